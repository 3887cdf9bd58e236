package interp

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"testing"
	"time"
)

// soakCells are cells of many kinds; i numbers the round, so that names can be new ones or come again.
var soakCells = []func(i int) string{
	func(i int) string { return fmt.Sprintf("x := %d\nfor j := range 10 { x += j }\nx", i) },
	func(i int) string { return fmt.Sprintf("new%d := []float64{%d}\nnew%d[0]++", i, i, i) },
	func(i int) string { return fmt.Sprintf("%%del new%d", i) },
	func(i int) string { return "w := make([]float64, 1e6)\nlen(w)" },
	func(i int) string { return fmt.Sprintf("y := %#v", []any{1, "a", 2.5}[i%3]) },
	func(i int) string {
		return fmt.Sprintf("type point struct{ x, y int }\nfunc (p point) sum() int { return p.x + p.y + %d }\npoint{1, 2}.sum()", i)
	},
	func(i int) string { return fmt.Sprintf("type shape struct{ side%d int }\ns := shape{%d}", i%3, i) },
	func(i int) string {
		return fmt.Sprintf("func f(n int) int { return n + %d }\nfunc g(n int) int { return f(n) }\ng(1)", i)
	},
	func(i int) string {
		return "func pick[T any](a, b T) T { return b }\npick(1, 2) + len(pick(`a`, `bc`))"
	},
	func(i int) string { return "big := make([]int, 1e5)\nhold := func() int { return len(big) }\nhold()" },
	func(i int) string { return "done := make(chan int)\ngo func() { done <- 1 }()\n<-done" },
	func(i int) string {
		return "t := tensor.Randn(100, 100).SetRequiresGrad(true)\nloss := t.MatMul(t).Sum()\nloss.Backward()"
	},
	func(i int) string {
		return "model := nn.NewLinear(10, 1)\nopt := optim.NewSGD(nn.Parameters(model), 0.01)\nfor range 3 {\nopt.ZeroGrad()\nmodel.Forward(tensor.Ones(4, 10)).Sum().Backward()\nopt.Step()\n}"
	},
	func(i int) string { return "display.Line(`loss`, []float64{3, 2, 1})" },
	func(i int) string { return "make([]int, 1e5)" },
	func(i int) string { return "len(_)" },
	func(i int) string { return fmt.Sprintf("fmt.Println(\"round\", %d)", i) },
	func(i int) string { return "import \"math/bits\"\nbits.Len(7)" },
	func(i int) string { return "var e error = fmt.Errorf(\"%w\", io.EOF)\nerrors.Is(e, io.EOF)" },
	func(i int) string { return "nosuch + 1 // fails" },
	func(i int) string { return "v := []int{1}\nv[3] // fails" },
	func(i int) string { return "1 + // fails" },
	func(i int) string { return "%%time\nf(3)" },
	func(i int) string { return "for { } // interrupted" },
}

// TestSoak runs a session of many cells: neither the memory it keeps nor what a cell costs grows. SOAK gives the number
// of cells, 10000 say.
func TestSoak(t *testing.T) {
	cells, _ := strconv.Atoi(os.Getenv("SOAK"))
	if cells == 0 {
		cells = 600
	}
	n := newNotebook(t)
	type stage struct {
		cells     int
		heap, rss int64
		median    time.Duration
	}
	var stages []stage
	var took []time.Duration
	began := time.Now()
	for i := 0; n.count < cells; i++ {
		for _, make := range soakCells {
			code := make(i)
			start := time.Now()
			n.soak(code)
			if i%10 == 0 {
				n.Complete(code, len(code))
				n.Inspect(code, len(code)/2, 0)
				n.Evaluate(t.Context(), "x + 1")
			}
			took = append(took, time.Since(start))
		}
		if len(took) >= cells/10 {
			slices.Sort(took)
			stages = append(stages, stage{n.count, heapBytes(), residentBytes(), took[len(took)/2]})
			took = nil
		}
	}
	for _, s := range stages {
		t.Logf("%6d cells: heap %6.1f MB, resident %6.1f MB, median cell %v", s.cells, float64(s.heap)/1e6, float64(s.rss)/1e6, s.median)
	}
	t.Logf("%v in all", time.Since(began))
	first, last := stages[1], stages[len(stages)-1] // the first stage fills caches
	if grown := last.heap - first.heap; grown > int64(last.cells-first.cells)*2000+2e6 {
		t.Errorf("the heap grew by %d bytes", grown)
	}
	if last.median > 2*first.median+time.Millisecond {
		t.Errorf("a cell took %v at first and %v at last", first.median, last.median)
	}
}

// soak runs a cell, which must fail exactly if it says so.
func (n *notebook) soak(code string) {
	n.t.Helper()
	ctx, cancel := context.WithCancel(n.t.Context())
	defer cancel()
	if code[:3] == "for" {
		time.AfterFunc(time.Millisecond, cancel)
	}
	failed := n.run(ctx, code).Err != nil
	if want := code[:3] == "for" || len(code) > 5 && code[len(code)-5:] == "fails"; failed != want {
		n.t.Fatalf("%s\nfailed: %v", code, failed)
	}
}

// heapBytes is what the heap keeps.
func heapBytes() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// residentBytes is the memory of the process, 0 where the system does not tell.
func residentBytes() int64 {
	text, _ := os.ReadFile("/proc/self/statm")
	var size, resident int64
	fmt.Sscan(string(text), &size, &resident)
	return resident * int64(os.Getpagesize())
}
