package interp

import (
	"context"
	"fmt"
	"go/types"
	"runtime"
	"testing"
	"weak"

	"github.com/gophergrad/gophergrad/kernel"
)

// TestForgets runs many cells, and the same variable with big values again and again, at nearly flat memory.
func TestForgets(t *testing.T) {
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	count := 0
	run := func(n int, code string) {
		for range n {
			count++
			if outcome := s.Execute(context.Background(), kernel.Cell{Code: code, Count: count}, &recorder{}); outcome.Err != nil {
				t.Fatal(outcome.Err.Value)
			}
		}
	}
	heap := func() int64 {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	small := "x := 3\nfor i := range 10 { x += i }\nfmt.Sprint(x)"
	run(50, small)
	before := heap()
	run(400, small)
	if grown := (heap() - before) / 400; grown > 6000 {
		t.Errorf("each small cell keeps %d bytes", grown)
	}
	before = heap()
	for i := range 200 {
		run(1, fmt.Sprintf("v%d := []int{1}\nfor i := range 3 { v%d[0] += i }", i, i))
	}
	if grown := (heap() - before) / 200; grown > 12000 {
		t.Errorf("each new variable keeps %d bytes", grown)
	}
	for _, big := range []string{
		"w := make([]float64, 1e6)",
		"w := tensor.Zeros(1000, 1000)",
		"w := tensor.Randn(100, 1000).SetRequiresGrad(true).MulScalar(2).Sum()",
	} {
		run(3, big)
		before = heap()
		run(30, big)
		if grown := heap() - before; grown > 12e6 {
			t.Errorf("%s: 30 times keep %d bytes", big, grown)
		}
	}
}

// A declaration that was made again, as by a debugger that comes and goes, is let go.
func TestForgetsDeclarations(t *testing.T) {
	n := newNotebook(t)
	var old []weak.Pointer[types.TypeName]
	for range 20 {
		n.ok("type point struct{ X int }\nfunc (p point) Sum(y int) int { return p.X + y }")
		old = append(old, weak.Make(n.names["point"].obj.(*types.TypeName)))
	}
	for range 300 { // what yaegi holds is swept now and then
		n.ok("func f() int { return 1 }\nf()")
	}
	runtime.GC()
	kept := 0
	for _, declaration := range old {
		if declaration.Value() != nil {
			kept++
		}
	}
	if kept > 3 {
		t.Errorf("%d of 20 declarations are kept", kept)
	}
}
