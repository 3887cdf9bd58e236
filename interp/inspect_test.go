package interp

import (
	"strings"
	"testing"
)

func TestInspect(t *testing.T) {
	n := newNotebook(t,
		"// point is a place.\ntype point struct{ X, Y int }\n\n// Norm measures p.\nfunc (p *point) Norm() int {\n\t// by its first coordinate\n\treturn p.X\n}",
		"// double doubles.\nfunc double(x int) int { return 2 * x }",
		`pt := point{1, 2}
pp := &pt
xs := make([]float64, 1000)
m := map[string]point{"a": pt}
w := tensor.Ones(2, 2)
var nothing *point
var face fmt.Stringer
const answer = 42`)
	for _, c := range []struct {
		code   string
		detail int
		want   []string
	}{
		{"strings.Rep|eat", 0, []string{"func strings.Repeat(s string, count int) string", "Repeat returns a new string"}},
		{"strings.Repeat(|", 0, []string{"func strings.Repeat"}},
		{"strings.Repeat(\"a\", |)", 0, []string{"func strings.Repeat"}},
		{"fmt.Println(strings.Repeat(\"a\", 3)|", 0, []string{"func fmt.Println"}},
		{"stri|ngs.Repeat", 0, []string{"package strings // import \"strings\"", "simple functions to manipulate"}},
		{"fmt|", 0, []string{"package fmt"}},
		{"html|.EscapeString(\"\")", 0, []string{"package html"}},
		{"html.Escape|String(\"\")", 0, []string{"func html.EscapeString(s string) string"}},
		{"w.MatMul|(w)", 0, []string{"func (t *tensor.Tensor) MatMul("}},
		{"w|", 0, []string{"var w *tensor.Tensor", "[[1., 1.],"}},
		{"tensor.Tensor.Mat|Mul", 0, []string{"MatMul("}},
		{"tensor.Ten|sor", 0, []string{"type tensor.Tensor struct", "unexported fields", "MatMul("}},
		{"http.Server{}.Add|r", 0, []string{"field Addr string", "TCP address"}},
		{"pt|", 0, []string{"var pt point", "{X: 1, Y: 2}"}},
		{"pp|", 0, []string{"var pp *point", "&{X: 1, Y: 2}"}},
		{"nothing|", 0, []string{"var nothing *point", "nil"}},
		{"face|", 0, []string{"var face fmt.Stringer", "nil"}},
		{"xs|", 0, []string{"var xs []float64", "(1000 elements)"}},
		{"m|", 0, []string{"var m map[string]point", `{"a": {X: 1, Y: 2}}`}},
		{"answer|", 0, []string{"const answer untyped int", "42"}},
		{"poin|t", 0, []string{"type point struct {\n\tX int\n\tY int\n}", "point is a place.", "Norm() int"}},
		{"pt.Nor|m()", 0, []string{"func (p *point) Norm() int", "Norm measures p."}},
		{"double|", 0, []string{"func double(x int) int", "double doubles."}},
		{"double|", 1, []string{"Source", "return 2 * x"}},
		{"// triple triples.\nfunc triple(x int) int { return 3 * x }\ntriple|(2)", 0, []string{"func triple(x int) int", "triple triples."}},
		{"func f(count int) { cou|nt++ }", 0, []string{"var count int"}},
		{"len|", 0, []string{"func len(v T) int"}},
		{"err|or", 0, []string{"type error interface"}},
		{"slices.SortFu|nc", 0, []string{"func slices.SortFunc[", "sorts the slice"}},
		{"%who|", 0, []string{"list the variables"}},
		{"%tim|e f()", 0, []string{"how long it took"}},
		{"%%ti|me\nf()", 0, []string{"how long it took"}},
	} {
		code, at := cursor(t, c.code)
		b, ok := n.Inspect(code, at, c.detail)
		if !ok {
			t.Errorf("%s: nothing found", c.code)
			continue
		}
		wants(t, text(b), c.want...)
		if markdown, _ := b.Data["text/markdown"].(string); !strings.Contains(markdown, "```go\n") {
			t.Errorf("%s: markdown is %q", c.code, markdown)
		}
	}
	for _, marked := range []string{"nosuchname|", "|", "1 + |2", "// strings.Rep|eat"} {
		code, at := cursor(t, marked)
		if b, ok := n.Inspect(code, at, 0); ok {
			t.Errorf("%s: found %s", marked, text(b))
		}
	}
}

// Looking at a value runs no method of a cell, which might print, panic or not end.
func TestInspectRunsNothing(t *testing.T) {
	n := newNotebook(t, "type loud int\nfunc (l loud) String() string { panic(\"called\") }\nvar l loud = 3\nvar a any = l")
	for name, want := range map[string]string{"l": "3", "a": "3"} {
		b, ok := n.Inspect(name, 1, 0)
		if !ok {
			t.Fatalf("%s: nothing found", name)
		}
		wants(t, text(b), "Value:\n    "+want)
	}
}
