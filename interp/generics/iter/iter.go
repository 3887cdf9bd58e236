// Package iter is the source of package iter's generics.
package iter

import (
	"iter"
	"runtime"
)

// Pull turns seq around: each next gives one more value and true, or zero and false after the last; stop ends it
// early. seq runs in a goroutine of its own, never at the same time as the caller.
func Pull[V any](seq iter.Seq[V]) (next func() (V, bool), stop func()) {
	var value V
	resume := coroutine(func(suspend func() bool) {
		seq(func(v V) bool {
			value = v
			return suspend()
		})
	})
	next = func() (V, bool) {
		var zero V
		if !resume(true) {
			return zero, false
		}
		v := value
		value = zero
		return v, true
	}
	return next, func() { resume(false) }
}

// Pull2 is Pull for pairs.
func Pull2[K, V any](seq iter.Seq2[K, V]) (next func() (K, V, bool), stop func()) {
	var key K
	var value V
	resume := coroutine(func(suspend func() bool) {
		seq(func(k K, v V) bool {
			key, value = k, v
			return suspend()
		})
	})
	next = func() (K, V, bool) {
		var zeroK K
		var zeroV V
		if !resume(true) {
			return zeroK, zeroV, false
		}
		k, v := key, value
		key, value = zeroK, zeroV
		return k, v, true
	}
	return next, func() { resume(false) }
}

// coroutine prepares body to run by turns with the caller. The first resume starts it, or cancels it if no more is
// wanted; each runs it up to its next suspend and reports whether it got there. In body, suspend reports whether more
// is wanted, and does not suspend again once it is not. A panic or Goexit of body is resume's.
func coroutine(body func(suspend func() bool)) (resume func(more bool) bool) {
	wake, suspended := make(chan bool), make(chan bool)
	started, running, stopped, finished := false, false, false, false
	var failure any
	suspend := func() bool {
		if stopped || !running {
			return false
		}
		suspended <- true
		return <-wake
	}
	run := func() {
		defer func() {
			if !finished {
				failure = recover()
			}
			suspended <- false
		}()
		body(suspend)
		finished = true
	}
	return func(more bool) bool {
		if running {
			panic("iter: next or stop called again before it returned")
		}
		if stopped {
			return false
		}
		stopped = !more
		if !started && stopped {
			return false
		}
		running = true
		if started {
			wake <- more
		} else {
			started = true
			go run()
		}
		again := <-suspended
		running = false
		if again {
			return true
		}
		stopped = true
		if failure != nil {
			panic(failure)
		}
		if !finished {
			runtime.Goexit()
		}
		return false
	}
}
