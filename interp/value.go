package interp

import (
	"fmt"
	"strings"

	"github.com/gophergrad/gophergrad/display"
	"github.com/gophergrad/gophergrad/interp/rt"
	"github.com/gophergrad/gophergrad/kernel"
)

// resultBundle shows the values of a cell's last expression.
func resultBundle(values []any) kernel.Bundle {
	if len(values) == 1 {
		return kernel.Bundle(display.Of(values[0]))
	}
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = fmt.Sprint(v)
	}
	return kernel.Bundle(display.Of(display.Text(strings.Join(texts, ", "))))
}

// sink is where the display package shows what the calling goroutine displays; nil outside of cells.
func (s *Session) sink() display.Sink {
	run := s.currentRun()
	if run == nil {
		return nil
	}
	if out, ok := run.Out.(kernel.Output); ok {
		return cellSink{out}
	}
	return nil
}

// currentRun is the run that the calling goroutine belongs to, the latest for a goroutine of compiled code.
func (s *Session) currentRun() *rt.Run {
	if run := s.rt.Current(); run != nil {
		return run
	}
	return s.stdio.latest.Load()
}

// cellSink shows bundles in the output of a cell.
type cellSink struct{ out kernel.Output }

func (c cellSink) Display(b display.Bundle, id string) { c.out.Display(kernel.Bundle(b), id) }
func (c cellSink) Update(b display.Bundle, id string)  { c.out.Update(kernel.Bundle(b), id) }
func (c cellSink) Clear(wait bool)                     { c.out.Clear(wait) }
