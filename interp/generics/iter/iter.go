// Package iter is the source of package iter's generics.
package iter

import (
	"iter"
	"runtime"
)

// Pull turns seq around: each next gives one more value and true, or zero and false after the last; stop ends it
// early. seq runs in a goroutine of its own, by turns with the caller, who gets its panic or Goexit.
func Pull[V any](seq iter.Seq[V]) (next func() (V, bool), stop func()) {
	var value V
	var failure any
	wake, suspended := make(chan bool), make(chan bool)
	started, running, stopped, finished := false, false, false, false
	yield := func(v V) bool {
		if stopped {
			return false
		}
		if !running {
			panic("iter.Pull: yield called again before next")
		}
		value = v
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
		seq(yield)
		finished = true
	}
	// resume lets seq run up to its next yield, which is told whether more is wanted, and reports whether it got there.
	resume := func(more bool) bool {
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

type pair[K, V any] struct {
	key   K
	value V
}

// Pull2 is Pull for pairs.
func Pull2[K, V any](seq iter.Seq2[K, V]) (next func() (K, V, bool), stop func()) {
	nextPair, stop := Pull(func(yield func(pair[K, V]) bool) {
		seq(func(k K, v V) bool { return yield(pair[K, V]{k, v}) })
	})
	next = func() (K, V, bool) {
		p, ok := nextPair()
		return p.key, p.value, ok
	}
	return next, stop
}
