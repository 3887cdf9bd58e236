package interp

import (
	"strings"
	"testing"

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
}

func TestRuntimeErrors(t *testing.T) {
	n := newNotebook(t,
		"func at(xs []int, i int) int {\n\treturn xs[i] // boom\n}",
		"func sum(xs []int, i int) int {\n\tif i == 0 {\n\t\treturn at(xs, 9)\n\t}\n\treturn xs[0] + sum(xs, i-1)\n}")
	value, trace := n.fails("xs := []int{1}\n\nsum(xs, 30)")
	wants(t, value, "runtime error: index out of range", "(In[1]:2)")
	wants(t, trace, "In[1]:2 in at\n    return xs[i] // boom\nIn[2]:3 in sum\n    return at(xs, 9)\n", "  … called by itself, 30 times\nIn[3]:3\n    sum(xs, 30)")

	n.ok("func even(n int) bool { if n == 0 { panic(\"zero\") }\nreturn odd(n - 1) }\nfunc odd(n int) bool {\nreturn even(n - 1) }")
	_, trace = n.fails("even(20)")
	wants(t, trace, "panic: zero\n", "  … these calls 9 times more")

	_, trace = n.fails("tensor.Ones(2, 3).MatMul(tensor.Ones(2, 3))")
	wants(t, trace, "tensor error: ", "In[6]:1\n    tensor.Ones(2, 3).MatMul")
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
