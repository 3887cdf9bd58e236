package atomic

import (
	"sync"
	"testing"
)

func TestPointer(t *testing.T) {
	var p Pointer[int]
	a, b := new(int), new(int)
	if p.Load() != nil || p.CompareAndSwap(a, b) || !p.CompareAndSwap(nil, a) || p.Load() != a || p.Swap(b) != a {
		t.Error("wrong pointer")
	}
	p.Store(nil)
	if p.Load() != nil {
		t.Error("Store did nothing")
	}
}

func TestPointerConcurrently(t *testing.T) {
	var p Pointer[int]
	p.Store(new(int))
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 100 {
				for {
					old := p.Load()
					next := *old + 1
					if p.CompareAndSwap(old, &next) {
						break
					}
				}
			}
		})
	}
	all.Wait()
	if *p.Load() != 800 {
		t.Errorf("counted %d of 800", *p.Load())
	}
}
