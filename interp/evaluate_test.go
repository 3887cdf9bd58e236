package interp

import (
	"context"
	"testing"
	"time"
)

func TestEvaluate(t *testing.T) {
	n := newNotebook(t, "x := 20\nfunc double(x int) int { return 2 * x }\nfunc count() int { x++; return x }")
	for expr, want := range map[string]string{
		"double(x) + 2":                     "42",
		`"a" + "b"`:                         "ab",
		"strconv.Atoi(\"7\")":               "7, <nil>",
		"func() int { y := 1; return y }()": "1",
	} {
		b, err := n.Evaluate(t.Context(), expr)
		if err != nil || text(b) != want {
			t.Errorf("%s: %s, %v; want %s", expr, text(b), err, want)
		}
	}
	for expr, want := range map[string]string{
		"nosuch":        "undefined: nosuch",
		"1 +":           "syntax error",
		"x = 3":         "syntax error",
		"[]int{}[x]":    "index out of range",
		"panic(\"no\")": "no",
	} {
		_, err := n.Evaluate(t.Context(), expr)
		if err == nil {
			t.Errorf("%s: no error", expr)
			continue
		}
		wants(t, err.Error(), want)
	}
	if n.ok("x"); n.result != "20" {
		t.Errorf("x is %s after expressions", n.result)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := n.Evaluate(ctx, "func() int { for {} }()"); err == nil {
		t.Error("an endless expression was not interrupted")
	}
}

func TestResultNames(t *testing.T) {
	n := newNotebook(t, "type point struct{ X int }\nfunc (p point) Twice() int { return 2 * p.X }\nfunc (p point) String() string { return `point` }\ntype oops struct{}\nfunc (oops) Error() string { return `oops` }",
		"6 * 7", "point{4}", "[]float64{1, 2}", "fmt.Stringer(nil)", "error(io.EOF)")
	for _, c := range []struct{ code, want string }{
		{"Out[2] + 1", "43"},
		{"Out[3].Twice()", "8"},
		{"len(Out[4])", "2"},
		{"Out[6].Error()", "EOF"},
		{"func() int { return Out[2] }()", "42"},
		{"y := Out[3]\ny.X", "4"},
		{"Out := []int{7, 8}\nOut[1]", "8"},
	} {
		if n.ok(c.code); n.result != c.want {
			t.Errorf("%s: %s, want %s", c.code, n.result, c.want)
		}
	}
	n = newNotebook(t, "type point struct{ X int }\nfunc (point) String() string { return `point` }\ntype oops struct{}\nfunc (oops) Error() string { return `oops` }",
		"error(oops{})", "fmt.Stringer(point{4})", "any(point{4})")
	if n.ok("fmt.Sprintln(Out[2].Error(), Out[3].String(), Out[4].(point).X)"); n.result != "oops point 4\n" {
		t.Errorf("interfaces with values of cells' types give %s", n.result)
	}
	n = newNotebook(t, "1.5", "_ * 2", "_ * 2", "_, err := strconv.Atoi(\"x\")\nerr != nil")
	if n.ok("Out[3]"); n.result != "6" {
		t.Errorf("_ * 2 twice: %s", n.result)
	}
	value, _ := n.fails("Out[77]")
	wants(t, value, "undefined: Out", "the latest 10 are kept")
}

// Results beyond the latest are let go.
func TestResultsAreLetGo(t *testing.T) {
	n := newNotebook(t, "[]int{1}", "len(Out[1])")
	for range maxResults {
		n.ok("1")
	}
	n.fails("Out[1]")
	if len(n.results) != maxResults {
		t.Errorf("%d results are kept", len(n.results))
	}
	for name := range n.names {
		if isRecalled(name) {
			t.Errorf("%s is still a variable", name)
		}
	}
}

// A result that a function uses stays as long as the session.
func TestResultsOfFunctions(t *testing.T) {
	n := newNotebook(t, "[]int{1, 2}", "f := func() int { return len(Out[1]) }\nfunc g() int { return Out[1][1] }")
	for range maxResults + 1 {
		n.ok("[]int{7}")
		n.ok("len(_)")
	}
	if n.ok("f() + 10 * g()"); n.result != "22" {
		t.Errorf("functions see other results: %s", n.result)
	}
}
