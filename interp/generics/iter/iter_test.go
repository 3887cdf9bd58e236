package iter

import (
	"fmt"
	real "iter"
	"runtime"
	"testing"

	"pgregory.net/rapid"
)

// TestPull drives ours and the real Pull through the same random calls of next and stop, on an iterator that may
// panic or ignore that no more is wanted.
func TestPull(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, panicAt := rapid.IntRange(0, 4).Draw(t, "n"), rapid.IntRange(-5, 5).Draw(t, "panicAt")
		stubborn := rapid.Bool().Draw(t, "stubborn")
		steps := rapid.SliceOfN(rapid.SampledFrom([]string{"next", "next", "next", "stop"}), 0, 7).Draw(t, "steps")
		ours := trace(Pull[int], n, panicAt, stubborn, steps)
		if want := trace(real.Pull[int], n, panicAt, stubborn, steps); ours != want {
			t.Fatalf("%s\nwant %s", ours, want)
		}
		pull2 := func(pull func(real.Seq2[int, int]) (func() (int, int, bool), func())) func(real.Seq[int]) (func() (int, bool), func()) {
			return func(seq real.Seq[int]) (func() (int, bool), func()) {
				next, stop := pull(func(yield func(int, int) bool) { seq(func(v int) bool { return yield(v, v) }) })
				return func() (int, bool) { k, v, ok := next(); return 10*k + v, ok }, stop
			}
		}
		ours = trace(pull2(Pull2[int, int]), n, panicAt, stubborn, steps)
		if want := trace(pull2(real.Pull2[int, int]), n, panicAt, stubborn, steps); ours != want {
			t.Fatalf("%s\nwant %s", ours, want)
		}
	})
}

func trace(pull func(real.Seq[int]) (func() (int, bool), func()), n, panicAt int, stubborn bool, steps []string) (log string) {
	next, stop := pull(func(yield func(int) bool) {
		for i := range n {
			if i == panicAt {
				panic("broken")
			}
			more := yield(i)
			log += fmt.Sprint(" more=", more)
			if !more && !stubborn {
				return
			}
		}
		if panicAt == -1 {
			panic("at the end")
		}
	})
	for _, step := range steps {
		func() {
			defer func() {
				if p := recover(); p != nil {
					log += fmt.Sprint(" panic:", p)
				}
			}()
			log += " " + step
			if step == "stop" {
				stop()
				return
			}
			v, ok := next()
			log += fmt.Sprint("=", v, ok)
		}()
	}
	return log
}

func TestPullPassesGoexit(t *testing.T) {
	ended := make(chan bool)
	go func() {
		returned := false
		defer func() { ended <- returned }()
		next, _ := Pull(func(func(int) bool) { runtime.Goexit() })
		next()
		returned = true
	}()
	if <-ended {
		t.Error("next returned")
	}
}

func TestPullRefusesReentry(t *testing.T) {
	var next func() (int, bool)
	next, _ = Pull(func(yield func(int) bool) { next() })
	defer func() {
		if recover() == nil {
			t.Error("next inside seq did not panic")
		}
	}()
	next()
}
