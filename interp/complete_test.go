package interp

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gophergrad/gophergrad/kernel"
)

func TestComplete(t *testing.T) {
	n := newNotebook(t, "type point struct { X, Y int; label string }\nfunc (p *point) Norm() int { return p.X }\ntype deep struct { *point; extra int }",
		"pt := point{1, 2, \"a\"}\nd := deep{&pt, 1}\ncounter := 3\nw := tensor.Ones(2)\nconst answer = 42")
	for _, c := range []struct {
		code string
		want string // in this order, others may stand between
		not  string
	}{
		{"strings.Repe|", "Repeat", "Replace"},
		{"strings.re|", "Repeat Replace", ""},
		{"pt.|", "label Norm X Y", ""},
		{"d.|", "extra label Norm point X Y", ""},
		{"w.Mat|", "MatMul", ""},
		{"w.MatMul(w).Su|", "Sub Sum", ""},
		{"coun|", "counter", ""},
		{"counter + ans|", "answer", ""},
		{"fmt.Println(coun|", "counter", ""},
		{"fmt.Println(pt.|", "X", ""},
		{"if pt.|", "X", ""},
		{"if pt.| {\n}", "X", ""},
		{"for i := range pt.|", "X", ""},
		{"pt.|\ny := 2", "X", ""},
		{"func f(alpha int) int {\n\talphabet := 1\n\treturn alph|\n}", "alpha alphabet", ""},
		{"func f(alpha int) {\n\tg := func(alpine int) {\n\t\talp|\n", "alpha alpine", ""},
		{"func f() {\n\tlat|\n\tlater := 1\n}", "", "later"},
		{"func f() { for index := 0; index < 3; index++ { inde| } }", "index", ""},
		{"func (p *point) Twice() int { return p.|", "label Norm X", ""},
		{"func Map[T any](items []T, double func(T) T) { it|", "items", ""},
		{"local := 5\nloc|", "local", ""},
		{"swi|", "switch", ""},
		{"appe|", "append", ""},
		{"tens|", "tensor", ""},
		{"html.Esc|", "EscapeString", ""},
		{"suffixa|", "suffixarray", ""},
		{"point{|", "label X Y", ""},
		{"point{X: 1, |", "Y", " X "},
		{"&point{La|", "label", ""},
		{"[]point{{X: 1, |", "label", ""},
		{"nn.NewLinear(3, 4).For|", "Forward", ""},
		{"import \"encoding/j|", "encoding/json", ""},
		{"import (\n\t\"fmt\"\n\t\"math/ra|", "math/rand math/rand/v2", ""},
		{"s := \"coun|\"", "", "counter"},
		{"os.Open(\"testdata/ses|\")", "testdata/session.txt", ""},
		{"go pt.|", "Norm", ""},
		{"defer func() { pt.|", "Norm", ""},
		{"outer:\nfor { for { break ou|", "outer", "coun"},
		{"func f() {\nlater:\n\tgoto la|\n}", "later", ""},
		{"one:\nfunc() { goto o|", "", "one"},
		{"// coun|", "", "counter"},
		{"type T struct { p poin|", "point", ""},
		{"var x pt.|", "X", ""},
		{"%whos\npt.|", "X", ""},
		{"%time pt.|", "X", ""},
		{"%%time\npt.|", "X", ""},
		{"%ti|", "%time %timeit", ""},
		{"%%wri|", "%%writefile", ""},
		{"%|", "%cd %help %time %who %%bash", ""},
		{"!cat testdata/ses|", "testdata/session.txt", ""},
		{"?coun|", "counter", "answer"},
		{"%del coun|", "counter", "answer"},
		{"?strings.Repe|", "Repeat", "Replace"},
		{"", "", ""},
	} {
		if c.code == "" {
			continue
		}
		code, at := cursor(t, c.code)
		got := n.Complete(code, at)
		var texts []string
		for _, m := range got.Matches {
			texts = append(texts, m.Text)
		}
		rest := texts
		for _, want := range strings.Fields(c.want) {
			i := slices.Index(rest, want)
			if i < 0 {
				t.Errorf("%q: no %s (in order) in %v", c.code, want, texts[:min(len(texts), 30)])
				break
			}
			rest = rest[i+1:]
		}
		if c.not != "" && slices.Contains(texts, strings.TrimSpace(c.not)) {
			t.Errorf("%q offers %s", c.code, c.not)
		}
		if got.End != at || got.Start > at {
			t.Errorf("%q: replaces %d to %d", c.code, got.Start, got.End)
		}
	}
}

func TestCompletionTypes(t *testing.T) {
	n := newNotebook(t, "type point struct{ X int }\nvar pt point")
	want := map[string]kernel.Match{
		"strings.Repea|": {Text: "Repeat", Type: "function", Signature: "(s string, count int) string"},
		"strings.Buil|":  {Text: "Builder", Type: "class"},
		"pt.|":           {Text: "X", Type: "property"},
		"strin|":         {Text: "strings", Type: "module"},
		"pt|":            {Text: "pt", Type: "instance"},
		"retu|":          {Text: "return", Type: "keyword"},
	}
	for marked, match := range want {
		code, at := cursor(t, marked)
		if got := n.Complete(code, at).Matches; !slices.Contains(got, match) {
			t.Errorf("%s: %v, want %v", marked, got, match)
		}
	}
}

// Completion and inspection must answer at once while a cell runs, and may not look at values then.
func TestCompleteWhileRunning(t *testing.T) {
	n := newNotebook(t, "m := map[int]int{}\nready := make(chan bool)")
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan kernel.Outcome, 1)
	go func() { ended <- n.run(ctx, "for i := 0; ; i++ { m[i] = i; delete(m, i-100) }") }()
	for n.running.Load() == 0 {
		select {
		case outcome := <-ended:
			t.Fatal(outcome.Err)
		case <-time.After(time.Millisecond):
		}
	}
	for range 20 {
		if got := n.Complete("strings.Rep", 11).Matches; len(got) == 0 {
			t.Error("no completion while a cell runs")
		}
		b, ok := n.Inspect("m", 1, 0)
		if !ok || !strings.Contains(text(b), "map[int]int") {
			t.Errorf("inspection while a cell runs: %v", text(b))
		}
	}
	stop()
	if outcome := <-ended; outcome.Err == nil || outcome.Err.Name != "interrupted" {
		t.Errorf("the cell ended with %v", outcome.Err)
	}
}

// Whatever is being written, completion and inspection neither panic nor change the session.
func TestCompleteAnywhere(t *testing.T) {
	n := newNotebook(t, "kept := 1")
	source, err := os.ReadFile("../tests/conformance/cells.txt")
	if err != nil {
		t.Fatal(err)
	}
	code := string(source)[:6000]
	for at := 0; at < len(code); at += 97 {
		cell := code[max(0, at-200):at]
		n.Complete(cell, len(cell))
		n.Inspect(cell, len(cell), 1)
		n.IsComplete(cell)
	}
	if n.ok("kept"); n.result != "1" {
		t.Errorf("kept is %s", n.result)
	}
}

func BenchmarkComplete(b *testing.B) {
	s, err := New()
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(s.Close)
	for name, code := range map[string]string{"member": "tensor.Ra", "name": thirtyLines + "\npoi", "prelude": "x"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				s.Complete(code, len(code))
			}
		})
	}
}

func BenchmarkInspect(b *testing.B) {
	s, err := New()
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(s.Close)
	code := thirtyLines + "\nstrings.Repeat("
	for b.Loop() {
		if _, ok := s.Inspect(code, len(code), 0); !ok {
			b.Fatal("nothing found")
		}
	}
}
