package cpu

import (
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
)

func TestParallelCoversOnce(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	for _, n := range []int{0, 1, 9, 10, 11, 1000} {
		seen := make([]atomic.Int32, n)
		Parallel(n, 10, func(lo, hi int) {
			if hi-lo > 10 || lo >= hi {
				t.Errorf("a range of %d to %d", lo, hi)
			}
			for i := lo; i < hi; i++ {
				seen[i].Add(1)
			}
		})
		for i := range seen {
			if c := seen[i].Load(); c != 1 {
				t.Errorf("of %d, number %d was covered %d times", n, i, c)
			}
		}
	}
}

// TestParallelFromMany calls Parallel from goroutines and from within itself.
func TestParallelFromMany(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	var total atomic.Int64
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			Parallel(20, 1, func(lo, hi int) {
				Parallel(5, 1, func(lo, hi int) { total.Add(int64(hi - lo)) })
			})
		})
	}
	wg.Wait()
	if total.Load() != 8*20*5 {
		t.Errorf("%d calls, want %d", total.Load(), 8*20*5)
	}
}

func TestParallelPanic(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	defer func() {
		if p := recover(); p != "stop" {
			t.Errorf("recovered %v, want the panic of a range", p)
		}
	}()
	Parallel(100, 1, func(lo, hi int) {
		if lo == 50 {
			panic("stop")
		}
	})
}
