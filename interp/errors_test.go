package interp

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gophergrad/gophergrad/interp/rt"
)

func TestCompileErrors(t *testing.T) {
	n := newNotebook(t)
	_, trace := n.fails("x := 1\nfunc f() {\n\tnosuch(x)\n\tvar s string = 3\n\t_ = s\n}\ny := \"größe\" + nosuch2")
	want := `In[1]:3:2: undefined: nosuch; did you mean nosuch?
    	nosuch(x)
    	^
In[1]:4:17: cannot use 3 (untyped int constant) as string value in variable declaration
    	var s string = 3
    	               ^
In[1]:7:18: undefined: nosuch2
    y := "größe" + nosuch2
                   ^`
	want = strings.Replace(want, "; did you mean nosuch?", "", 1)
	if trace != want {
		t.Errorf("got\n%s\nwant\n%s", trace, want)
	}
	_, trace = n.fails("x := 1\nif x {\n")
	wants(t, trace, "In[2]:2:6: ", "    if x {\n         ^")
	_, trace = n.fails("\ts := \"日本e\u0301\"; nosuch3") // letters of two columns and of none
	wants(t, trace, "\n    \t      \u3000\u3000    ^")
	long := strings.Repeat("ä", 100)
	_, trace = n.fails("s := \"" + long + "\" + nosuch4 + \"" + long + "\"")
	wants(t, trace, "\n    … "+strings.Repeat("ä", 21)+"\" + nosuch4 + \"", "ä …\n    "+strings.Repeat(" ", 27)+"^")
	_, trace = n.fails("type P struct{}\nfunc (p *P) Inc() {}\nP{}.Inc()")
	wants(t, trace, "3:5: cannot call pointer method Inc on P")
}

// What may have been meant is looked for where it is shown.
func TestThousandsOfErrors(t *testing.T) {
	n := newNotebook(t)
	cost := func(errors int) float64 {
		code := strings.Repeat("nosuch()\n", errors)
		return testing.AllocsPerRun(1, func() {
			_, trace := n.fails(code)
			wants(t, trace, fmt.Sprintf("… and %d more", errors-shownProblems))
		})
	}
	if each := (cost(3000) - cost(1000)) / 2000; each > 200 {
		t.Errorf("each error more costs %v allocations", each)
	}
}

// What is nested up to the limits runs; beyond, it is refused before anything calls itself too often.
func TestNesting(t *testing.T) {
	for _, c := range []struct {
		before, open, inner, close string
		most                       int
	}{
		{"", "{\n", "", "}\n", maxScopes - 1},
		{"", "for range 1 {\n", "", "}\n", maxScopes/2 - 1},
		{"x := 0\nif x > 0 {\n}", " else if x > 1 {\n}", "", "", maxScopes - 3},
		{"", "switch 1 {\ncase 1:\n", "", "}\n", maxScopes/2 - 1},
		{"", "func() {\n", "", "}()\n", maxScopes - 2},
		{"x := 1\ny := x", "+x", "", "", maxNesting - 10},
		{"y := ", "(", "1", ")", maxNesting - 10},
		{"var p ", "*", "int", "", maxNesting - 10},
	} {
		nested := func(levels int) string {
			return c.before + strings.Repeat(c.open, levels) + c.inner + strings.Repeat(c.close, levels)
		}
		n := newNotebook(t, nested(c.most))
		tooDeep := nested(maxNesting + 10)
		value, _ := n.fails(tooDeep)
		wants(t, value, "syntax error: ", "nested too deeply")
		if c := n.Complete(tooDeep+"\nfmt.Pr", len(tooDeep)+7); len(c.Matches) > 0 {
			t.Errorf("%s… is completed", c.Matches[0].Text)
		}
	}
}

func TestRuntimeErrors(t *testing.T) {
	n := newNotebook(t,
		"func at(xs []int, i int) int {\n\treturn xs[i] // boom\n}",
		"func sum(xs []int, i int) int {\n\tif i == 0 {\n\t\treturn at(xs, 9)\n\t}\n\treturn xs[0] + sum(xs, i-1)\n}")
	value, trace := n.fails("xs := []int{1}\n\nsum(xs, 30)")
	wants(t, value, "runtime error: index out of range", "(In[1]:2)")
	wants(t, trace, "In[1]:2 in at\n    return xs[i] // boom\nIn[2]:3 in sum\n    return at(xs, 9)\n", "In[2]:5 in sum\n    return xs[0] + sum(xs, i-1)\n  … this call ", "In[3]:3\n    sum(xs, 30)")

	n.ok("func even(n int) bool { if n == 0 { panic(\"zero\") }\nreturn odd(n - 1) }\nfunc odd(n int) bool {\nreturn even(n - 1) }")
	_, trace = n.fails("even(20)")
	wants(t, trace, "panic: zero\n", "  … these calls 9 times more")

	n.ok("func run(f func()) {\n\tf()\n}\ntype V struct{}\nfunc (v *V) Bad() {\n\tpanic(1)\n}")
	if _, trace = n.fails("run((&V{}).Bad)"); trace != "panic: 1\nIn[6]:6 in (*V).Bad\n    panic(1)\nIn[6]:2 in run\n    f()\nIn[7]:1\n    run((&V{}).Bad)" {
		t.Errorf("the call of a method value shows\n%s", trace)
	}

	_, trace = n.fails("tensor.Ones(2, 3).MatMul(tensor.Ones(2, 3))")
	wants(t, trace, "tensor error: ", "In[8]:1\n    tensor.Ones(2, 3).MatMul")

	_, trace = n.fails("tensor.Ones(2).Grad().MulScalar(2)")
	wants(t, trace, "nil pointer dereference in tensor.(*Tensor).MulScalar: ", "; Grad() is nil before Backward\nIn[9]:1\n")
	_, trace = n.fails("autograd.NoGrad(func() { var p *[2]int; p[0]++ })")
	wants(t, trace, "nil pointer dereference\nIn[10]:1 in func literal\n")
}

// TestFramesHaveTheirOwnLines also for functions that run several times at once.
func TestFramesHaveTheirOwnLines(t *testing.T) {
	n := newNotebook(t, `func down(n int, end func()) int {
	if n <= 0 {
		end()
		return 0
	}
	if n%2 == 0 {
		return down(n-1, end)
	}
	defer func() {}()
	up := down(n-1, end)
	return up + 1
}`)
	_, trace := n.fails("down(3, func() {\n\tpanic(1)\n})")
	want := "panic: 1\nIn[2]:2 in func literal\n    panic(1)\nIn[1]:3 in down\n    end()\nIn[1]:10 in down\n    up := down(n-1, end)\n" +
		"In[1]:7 in down\n    return down(n-1, end)\nIn[1]:10 in down\n    up := down(n-1, end)\nIn[2]:1\n    down(3, func() {"
	if trace != want {
		t.Errorf("got\n%s\nwant\n%s", trace, want)
	}
	n.ok("other := make(chan bool)\ngo down(1, func() { <-other })")
	_, trace = n.fails("down(1, func() { panic(2) })")
	wants(t, trace, "In[1]:3 in down\n    end()\nIn[1]:10 in down")
	n.ok("close(other)")

	_, trace = n.fails("down(200, func() { panic(3) })")
	wants(t, trace, "In[6]:1 in func literal\n    down(200, func() { panic(3) })\nIn[1]:3 in down", "\n  … calls too deep to be listed\n", "In[6]:1\n    down(200")
}

// TestEndlessRecursionAfterItsCell in a goroutine is its end alone.
func TestEndlessRecursionAfterItsCell(t *testing.T) {
	n := newNotebook(t, "func inf(n int) int { return inf(n+1) + 1 }\nstart := make(chan bool)\ngo func() {\n\t<-start\n\tinf(0)\n}()")
	failed := make(chan bool)
	first := n.screen
	n.ok("close(start)")
	go func() {
		for !strings.Contains(first.errors(), "stack overflow") {
			time.Sleep(time.Millisecond)
		}
		close(failed)
	}()
	select {
	case <-failed:
	case <-time.After(time.Minute):
		t.Fatal(first.errors())
	}
	wants(t, first.errors(), "In[1]:1 in inf", "In[1]:5 in func literal")
}

// TestFramesAfterRecovery are those of the latest panic.
func TestFramesAfterRecovery(t *testing.T) {
	n := newNotebook(t, "func bad() { panic(1) }")
	_, trace := n.fails("func() {\n\tdefer func() { recover() }()\n\tbad()\n}()\nvar p *int\n*p = 1")
	if strings.Contains(trace, "bad") {
		t.Error(trace)
	}
	_, trace = n.fails("func twice() {\n\tdefer func() {\n\t\tpanic(\"second\")\n\t}()\n\tpanic(\"first\")\n}\ntwice()")
	wants(t, trace, "panic: second\nIn[3]:3 in func literal\n", "In[3]:7\n    twice()")
	n.ok("s := fmt.Sprint(tmp{})\ntype tmp struct{}\nfunc (tmp) String() string { panic(4) }") // fmt recovers
	_, trace = n.fails("*p = 1")
	if strings.Contains(trace, "String") {
		t.Error(trace)
	}
}

// A method that compiled code calls is no part of the cell that gave its type to compiled code first.
func TestTracebackThroughCompiledCode(t *testing.T) {
	n := newNotebook(t, "type list struct{}\nfunc (list) Len() int { panic(1) }\nfunc (list) Less(i, j int) bool { return false }\nfunc (list) Swap(i, j int) {}")
	n.fails("sort.Sort(list{})")
	n.ok("func later() {\n\tsort.Sort(list{})\n}")
	_, trace := n.fails("later()")
	wants(t, trace, "In[1]:2 in list.Len\n    func (list) Len() int { panic(1) }\nIn[3]:2 in later\n")
}

func TestInterruptShowsWhere(t *testing.T) {
	n := newNotebook(t, "func spin() {\n\tfor {\n\t}\n}")
	trace := ""
	for try := 0; try < 10 && !strings.Contains(trace, "In["); try++ { // a busy machine may not come to the line in time
		ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		n.count = 1
		trace = ansi.ReplaceAllString(strings.Join(n.run(ctx, "x := 1\nspin()").Err.Traceback, "\n"), "")
		cancel()
	}
	wants(t, trace, "interrupted: ", "In[1]:2 in spin\n", "In[2]:2\n    spin()")
}

func TestAnomalyNamesTheForwardLine(t *testing.T) {
	n := newNotebook(t, "x := tensor.Zeros(3).SetRequiresGrad(true)\nfunc root(x *tensor.Tensor) *tensor.Tensor {\n\treturn x.Sqrt()\n}")
	value, _ := n.fails("autograd.DetectAnomaly(func() {\n\ty := root(x).Mul(tensor.Zeros(3))\n\ty.Sum().Backward()\n})")
	wants(t, value, "Sqrt", "at In[1]:3")
}

func TestRepetition(t *testing.T) {
	frame := func(name string) rt.Frame { return rt.Frame{Function: name} }
	a, b, c := frame("a"), frame("b"), frame("c")
	for _, test := range []struct {
		frames        []rt.Frame
		period, times int
	}{
		{[]rt.Frame{a}, 1, 1},
		{[]rt.Frame{a, a, b}, 1, 2},
		{[]rt.Frame{a, b, a, b}, 1, 1},
		{[]rt.Frame{a, b, a, b, a, b, c}, 2, 3},
		{[]rt.Frame{a, b, c, a, b, c, a, b, c}, 3, 3},
	} {
		if period, times := repetition(test.frames); period != test.period || times != test.times {
			t.Errorf("%v: %d, %d; want %d, %d", test.frames, period, times, test.period, test.times)
		}
	}
}

func TestWhatNoLongerFitsIsNamed(t *testing.T) {
	n := newNotebook(t, "type T struct{ A int }\nfunc NewT(a int) *T { return &T{a} }\nfunc Use(t *T) int { return t.A }", "type T struct{ A, B int }")
	if got, want := n.errors(), "NewT stays as it was, it does not fit any more: In[1]:2:34: too few values in struct literal of type T\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	n.ok("NewT(1).A + Use(&T{2, 3})")
	if n.errors() != "" || n.result != "3" {
		t.Errorf("result %q, errors %q", n.result, n.errors())
	}
}
