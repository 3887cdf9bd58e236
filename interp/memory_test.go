package interp

import (
	"context"
	"runtime"
	"testing"
	"time"

	"github.com/gophergrad/gophergrad/kernel"
)

func TestLeakProbe(t *testing.T) {
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	run := func(code string) {
		count++
		out := &recorder{}
		if outcome := s.Execute(context.Background(), kernel.Cell{Code: code, Count: count}, out); outcome.Err != nil {
			t.Fatal(outcome.Err.Value)
		}
	}
	heap := func() float64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return float64(m.HeapAlloc) / 1e6
	}
	for i := range 8 {
		t0 := time.Now()
		for range 500 {
			run("x := 3\nfor i := range 10 { x += i }\nx")
		}
		t.Log(i, heap(), time.Since(t0)/500)
	}
	for i := range 3 {
		for range 100 {
			run("w := make([]float64, 1e6)")
		}
		t.Log("w", i, heap())
	}
}
