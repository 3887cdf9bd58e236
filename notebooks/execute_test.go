package notebooks

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gophergrad/gophergrad/kernel"
)

// script is a session whose cells are functions, found by the cell's code.
type script struct {
	kernel.Evaluator
	cells map[string]func(out kernel.Output) *kernel.CellError
}

func (s script) Info() kernel.Info {
	return kernel.Info{Language: kernel.LanguageInfo{Name: "go"}}
}

func (s script) Execute(_ context.Context, c kernel.Cell, out kernel.Output) kernel.Outcome {
	return kernel.Outcome{Err: s.cells[c.Code](out)}
}

func text(s string) kernel.Bundle {
	return kernel.Bundle{Data: map[string]any{"text/plain": s}}
}

// terminal is one without a user: what it shows is read from the buffers.
func terminal(input string) (t *Terminal, stdout, stderr *bytes.Buffer) {
	stdout, stderr = new(bytes.Buffer), new(bytes.Buffer)
	return &Terminal{out: stdout, err: stderr, in: bufio.NewReader(strings.NewReader(input))}, stdout, stderr
}

// notebook is one of code cells; a cell's tags follow its code after a #.
func notebook(cells ...string) *Notebook {
	nb := &Notebook{Metadata: map[string]any{}}
	for _, c := range cells {
		code, tag, _ := strings.Cut(c, "#")
		nb.Cells = append(nb.Cells, &Cell{Type: "code", Source: Text(code), Metadata: map[string]any{"tags": []any{tag}}})
	}
	return nb
}

func TestExecuteRecordsAndShowsOutputs(t *testing.T) {
	session := script{cells: map[string]func(kernel.Output) *kernel.CellError{
		"streams": func(out kernel.Output) *kernel.CellError {
			out.Stream("stdout", "a")
			out.Stream("stdout", "b\n")
			out.Stream("stderr", "c\n")
			return nil
		},
		"display": func(out kernel.Output) *kernel.CellError {
			out.Display(text("0 %"), "bar")
			out.Result(text("7"))
			return nil
		},
		"update": func(out kernel.Output) *kernel.CellError {
			out.Update(text("100 %"), "bar")
			return nil
		},
		"clear": func(out kernel.Output) *kernel.CellError {
			out.Stream("stdout", "old\n")
			out.Clear(true)
			out.Display(text("new"), "")
			out.Clear(true)
			return nil
		},
		"impossible": func(out kernel.Output) *kernel.CellError {
			out.Display(kernel.Bundle{Data: map[string]any{"application/json": math.NaN(), "text/plain": "NaN"}}, "")
			return nil
		},
		"ask": func(out kernel.Output) *kernel.CellError {
			line, err := out.ReadLine("name? ", false)
			if err != nil {
				t.Error(err)
			}
			out.Stream("stdout", line+"\n")
			return nil
		},
	}}
	nb := notebook("streams", "display", "  ", "update", "clear", "ask", "impossible")
	term, stdout, stderr := terminal("gopher\n")
	if err := nb.Execute(context.Background(), session, term); err != nil {
		t.Fatal(err)
	}
	two, none := 2, map[string]json.RawMessage{}
	shown := func(text string) map[string]json.RawMessage {
		return map[string]json.RawMessage{"text/plain": json.RawMessage(strconv.Quote(text))}
	}
	want := [][]*Output{
		{{Type: "stream", Name: "stdout", Text: "ab\n"}, {Type: "stream", Name: "stderr", Text: "c\n"}},
		{
			{Type: "display_data", Data: shown("100 %"), Metadata: none},
			{Type: "execute_result", Data: shown("7"), Metadata: none, ExecutionCount: &two},
		},
		nil, nil,
		{{Type: "display_data", Data: shown("new"), Metadata: none}},
		{{Type: "stream", Name: "stdout", Text: "gopher\n"}},
		{{Type: "display_data", Data: shown("application/json cannot be shown: json: unsupported value: NaN"), Metadata: none}},
	}
	for i, c := range nb.Cells {
		if diff := cmp.Diff(want[i], c.Outputs); diff != "" {
			t.Errorf("cell %d: %s", i+1, diff)
		}
	}
	if nb.Cells[2].ExecutionCount != nil || *nb.Cells[3].ExecutionCount != 3 {
		t.Error("a blank cell was counted")
	}
	if got := stdout.String(); got != "ab\n0 %\n7\nold\nnew\nname? gopher\nNaN\n" {
		t.Errorf("terminal shows %q", got)
	}
	if stderr.String() != "c\n" {
		t.Errorf("terminal shows errors %q", stderr)
	}
}

func TestExecuteStopsAtAFailingCell(t *testing.T) {
	var ran []string
	cell := func(name string, err *kernel.CellError) func(kernel.Output) *kernel.CellError {
		return func(kernel.Output) *kernel.CellError {
			ran = append(ran, name)
			return err
		}
	}
	failure := &kernel.CellError{Name: "Panic", Value: "oops", Traceback: []string{"\x1b[31mPanic\x1b[0m: oops"}}
	session := script{cells: map[string]func(kernel.Output) *kernel.CellError{
		"fine": cell("fine", nil), "fails": cell("fails", failure), "never": cell("never", nil),
	}}
	nb := notebook("fails#raises-exception", "never#skip-execution", "fine", "fails", "never")
	term, _, stderr := terminal("")
	err := nb.Execute(context.Background(), session, term)
	if err == nil || !strings.Contains(err.Error(), "cell 4 (In[3])") {
		t.Errorf("error %v does not name cell 4", err)
	}
	if diff := cmp.Diff([]string{"fails", "fine", "fails"}, ran); diff != "" {
		t.Error(diff)
	}
	if stderr.String() != "Panic: oops\nPanic: oops\n" {
		t.Errorf("terminal shows errors %q", stderr)
	}
	if o := nb.Cells[0].Outputs; len(o) != 1 || o[0].Type != "error" || o[0].EName != "Panic" {
		t.Errorf("the expected failure was recorded as %+v", o)
	}
}

func TestOutputAfterTheEndIsDropped(t *testing.T) {
	var late kernel.Output
	session := script{cells: map[string]func(kernel.Output) *kernel.CellError{
		"leaves": func(out kernel.Output) *kernel.CellError { late = out; return nil },
	}}
	nb := notebook("leaves")
	term, stdout, _ := terminal("")
	if err := nb.Execute(context.Background(), session, term); err != nil {
		t.Fatal(err)
	}
	late.Stream("stdout", "late")
	if stdout.Len() > 0 || nb.Cells[0].Outputs != nil {
		t.Errorf("late output was shown: %q %v", stdout, nb.Cells[0].Outputs)
	}
}
