package interp

import (
	"cmp"
	"fmt"
	"strings"
	"sync"

	"github.com/gophergrad/gophergrad/kernel"
)

// muted keeps the text of a cell and shows nothing.
type muted struct {
	kernel.Output
	mu   sync.Mutex
	text strings.Builder
}

func (c *muted) Stream(_, text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.text.WriteString(text)
}
func (c *muted) Display(kernel.Bundle, string) {}
func (c *muted) Update(kernel.Bundle, string)  {}
func (c *muted) Result(kernel.Bundle)          {}
func (c *muted) Clear(bool)                    {}

// capture runs the cell below and gives the text that it shows to a variable.
func capture(c *call) error {
	out := &muted{Output: c.out}
	failed := c.failed(c.s.runGo(c.ctx, c.cell, c.part, out))
	if c.args == "" {
		return failed
	}
	variable := func(label string) (*cell, *kernel.CellError) {
		out.mu.Lock()
		defer out.mu.Unlock()
		source := fmt.Sprintf("var %s = %q", c.args, out.text.String())
		parsed, errs := parse(c.s.fset, label, source)
		if len(errs) > 0 {
			return nil, syntaxError(label, source, errs)
		}
		return parsed, nil
	}
	return cmp.Or(failed, c.failed(c.s.execute(c.ctx, c.cell, c.out, variable)))
}
