package notebooks

import (
	"context"
	"fmt"
	"strings"

	"github.com/gophergrad/gophergrad/kernel"
)

// Execute runs the code cells of nb in order in session, streams what they show
// to term and records it in nb. It stops at the first failing cell that is not
// tagged raises-exception; cells tagged skip-execution are not run.
func (nb *Notebook) Execute(ctx context.Context, session kernel.Evaluator, term *Terminal) error {
	nb.describe(session.Info())
	run := &run{ctx: ctx, term: term, displays: map[string][]*Output{}}
	defer run.finish()
	for _, c := range nb.Cells {
		if c.Type == "code" {
			c.Outputs, c.ExecutionCount = nil, nil
		}
	}
	count := 0
	for i, c := range nb.Cells {
		if c.Type != "code" || strings.TrimSpace(string(c.Source)) == "" || c.HasTag("skip-execution") {
			continue
		}
		count++
		n := count
		c.ExecutionCount = &n
		out := &cellOutput{run: run, cell: c}
		cell := kernel.Cell{Code: string(c.Source), Name: c.ID, Count: n, StoreHistory: true}
		outcome := session.Execute(ctx, cell, out)
		if outcome.Err == nil {
			continue
		}
		out.fail(outcome.Err)
		if !c.HasTag("raises-exception") {
			return fmt.Errorf("cell %d (In[%d]) failed: %s", i+1, n, outcome.Err.Name)
		}
	}
	return nil
}

// describe records the language, and the kernel where the notebook names none.
func (nb *Notebook) describe(info kernel.Info) {
	nb.Metadata["language_info"] = info.Language
	if _, ok := nb.Metadata["kernelspec"]; !ok {
		nb.Metadata["kernelspec"] = map[string]any{
			"name": "gophergrad", "display_name": "Go (gophergrad)", "language": info.Language.Name,
		}
	}
}

// cellOutput records one cell's output and shows it in the terminal.
type cellOutput struct {
	run   *run
	cell  *Cell
	clear bool // remove the outputs when the next one arrives
}

// Stream implements [kernel.Output].
func (o *cellOutput) Stream(name, text string) {
	o.run.do(func() {
		o.run.term.stream(name, text)
		o.clearPending()
		if n := len(o.cell.Outputs); n > 0 {
			if last := o.cell.Outputs[n-1]; last.Type == "stream" && last.Name == name {
				last.Text += Text(text)
				return
			}
		}
		o.cell.Outputs = append(o.cell.Outputs, &Output{Type: "stream", Name: name, Text: Text(text)})
	})
}

// Display implements [kernel.Output].
func (o *cellOutput) Display(b kernel.Bundle, displayID string) {
	o.run.do(func() {
		output := &Output{Type: "display_data"}
		output.Data, output.Metadata = b.Encoded()
		if displayID != "" {
			o.run.displays[displayID] = append(o.run.displays[displayID], output)
		}
		o.add(output, b)
	})
}

// Update implements [kernel.Output].
func (o *cellOutput) Update(b kernel.Bundle, displayID string) {
	o.run.do(func() {
		for _, output := range o.run.displays[displayID] {
			output.Data, output.Metadata = b.Encoded()
		}
	})
}

// Result implements [kernel.Output].
func (o *cellOutput) Result(b kernel.Bundle) {
	o.run.do(func() {
		output := &Output{Type: "execute_result", ExecutionCount: o.cell.ExecutionCount}
		output.Data, output.Metadata = b.Encoded()
		o.add(output, b)
	})
}

// Clear implements [kernel.Output].
func (o *cellOutput) Clear(wait bool) {
	o.run.do(func() {
		o.clear = true
		if !wait {
			o.clearPending()
		}
	})
}

// ReadLine implements [kernel.Output].
func (o *cellOutput) ReadLine(prompt string, password bool) (string, error) {
	return o.run.term.readLine(o.run.ctx, prompt, password)
}

func (o *cellOutput) add(output *Output, b kernel.Bundle) {
	o.run.term.show(b)
	o.clearPending()
	o.cell.Outputs = append(o.cell.Outputs, output)
}

func (o *cellOutput) clearPending() {
	if o.clear {
		o.clear, o.cell.Outputs = false, nil
	}
}

func (o *cellOutput) fail(err *kernel.CellError) {
	o.run.do(func() {
		o.run.term.Fail(err)
		o.clearPending()
		o.cell.Outputs = append(o.cell.Outputs, &Output{
			Type: "error", EName: err.Name, EValue: err.Value, Traceback: err.Traceback,
		})
	})
}
