package interp

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gophergrad/gophergrad/tensor"
)

// TestHabits: errors in cells written as in other languages say how Go writes it.
func TestHabits(t *testing.T) {
	n := newNotebook(t, "a := tensor.Randn(2, 3)\nxs, s, i, f := []int{1}, \"s\", 3, 1.5")
	for code, advice := range map[string]string{
		"def f(x):\n    return x":           "1:5: expected ';', found f; Go declares functions as func",
		"for i in range(10):\n    print(i)": "for i := range 10",
		"import numpy as np":                "imports paths in quotes",
		"i == 3 and f == 1":                 "&& and ||",
		"2 ** 3":                            "math.Pow",
		"True":                              "Go writes true",
		"f\"{i}\"":                          "fmt.Sprintf",
		"'single'":                          "double quotes",
		"a.shape":                           "but does have method Shape",
		"torch.randn(2, 2)":                 "Go writes tensor.Randn",
		"x := [1, 2]":                       "[]float64{1, 2, 3}",
		"m := {\"a\": 1}":                   "map[string]int{",
		"if i == 3:\n    print(1)":          "braces",
		"while true { }":                    "only loop is for",
		"i is None":                         "== and !=",
		"a @ a":                             "a.MatMul(b)",
		"a.sum(dim=1)":                      "no keyword arguments",
		"a[:, 1]":                           "x.Index(tensor.All",
		"with torch.no_grad():\n    a":      "autograd.NoGrad(func() { … })",
		"xs.append(2)":                      "xs = append(xs, x)",
		"xs[-1]":                            "xs[len(xs)-1]",
		"s.upper()":                         "strings.ToUpper",
		"try:\n    i":                       "err != nil",
		"s * 3":                             "strings.Repeat",
		"i + f":                             "convert one of them, as in float64(x)",
		"math.Sqrt(i)":                      "convert it: float64(i)",
		"undeclared = 3":                    ":= declares a variable: undeclared := …",
		"i, f\ni":                           "fmt.Println(a, b) prints them",
		"randn(2, 3)":                       "did you mean tensor.Randn?",
		"nn.Linear(2, 3)":                   "nn.Linear is a type: nn.NewLinear makes one",
		"func g(x) { }":                     "have a name and a type: x int",
		"if i == 3\n{\n}":                   "at the end of the line",
		"i == 3 ? 1 : 2":                    "no ?: operator",
		"# note":                            "comments begin with //",
		"import \"numpy\"":                  "packages tensor and mat",
		"import \"math/randd\"":             "did you mean \"math/rand\"?",
		"import \"tensor\"":                 "tensor needs no import",
		"import \"github.com/x/y\"":         "cells cannot import \"github.com/x/y\"",
		"func g() {\n%time\n}":              "a magic stands on top level",
		"retrun 5":                          "did you mean return?",
		"type P strcut { X int }":           "did you mean struct?",
		"for i := range 3 { brek }":         "did you mean break?",
		"if i = 3 { }":                      "== compares",
		"x :=":                              "1:5: expected operand, found the end of the cell",
		"import":                            "1:7: missing import path, found the end of the cell",
		"func g() { }\ntype":                "2:5: expected a name, found the end of the cell",
	} {
		_, trace := n.fails(code)
		wants(t, trace, advice)
	}
	if _, trace := n.fails("loss"); strings.Contains(trace, ";") {
		t.Errorf("advice about a value: %s", trace)
	}
	if _, trace := n.fails("y := \"def f: 'x y' # or\" + + 3 }"); strings.Contains(trace, ";") {
		t.Errorf("advice about text: %s", trace)
	}
}

// TestAdviceExists: what advice names is there.
func TestAdviceExists(t *testing.T) {
	n := newNotebook(t)
	var texts []string
	for _, h := range habits {
		texts = append(texts, h.advice)
	}
	for _, s := range slips {
		texts = append(texts, s.advice)
	}
	for _, table := range []map[string]string{foreign, methodsElsewhere, torchFunctions} {
		for _, advice := range table {
			texts = append(texts, advice)
		}
	}
	for _, message := range []string{"invalid operation: s + 1 (mismatched types string and int)", "(untyped string constant) to type int"} {
		texts = append(texts, operation(message))
	}
	member := regexp.MustCompile(`\b(\w+)\.([A-Z]\w*)`)
	ch, _ := n.check(&cell{})
	for _, m := range member.FindAllStringSubmatch(strings.Join(texts, "\n"), -1) {
		if len(m[1]) == 1 {
			if _, ok := reflect.TypeFor[*tensor.Tensor]().MethodByName(m[2]); !ok && !slices.Contains([]string{"Close", "M", "Iter", "Get"}, m[2]) {
				t.Errorf("tensors have no %s", m[2])
			}
		} else if m[1] != "it" && !slices.Contains(n.membersOfPackage(ch, m[1]), m[2]) {
			t.Errorf("there is no %s", m[0])
		}
	}
}

func TestManyProblems(t *testing.T) {
	n := newNotebook(t)
	var code strings.Builder
	for i := range 50 {
		fmt.Fprintf(&code, "unknown%d()\n", i)
	}
	_, trace := n.fails(code.String())
	wants(t, trace, "In[1]:20:1: undefined: unknown19", "… and 30 more")
	if strings.Contains(trace, "unknown20") {
		t.Error(trace)
	}
}
