package interp

import (
	"fmt"
	"go/types"
	"reflect"
	"strings"

	"github.com/gophergrad/gophergrad/display"
	"github.com/gophergrad/gophergrad/interp/box"
	"github.com/gophergrad/gophergrad/interp/rt"
	"github.com/gophergrad/gophergrad/kernel"
)

// resultBundle shows the values of a cell's last expression.
func (s *Session) resultBundle(values []any) kernel.Bundle {
	defer s.rt.Lend(values...)()
	rt.Finite(values...)
	values = rt.Shown(values)
	if len(values) == 1 {
		if name, ok := functionType(values[0]); ok {
			return kernel.Bundle(display.Of(display.Text(name)))
		}
		return brief(kernel.Bundle(display.Of(values[0])))
	}
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = fmt.Sprint(v)
	}
	return brief(kernel.Bundle(display.Of(display.Text(strings.Join(texts, ", ")))))
}

// longest is how much text of a result is shown.
const longest = 10_000

// brief leaves out the middle of a result's text that is very long.
func brief(b kernel.Bundle) kernel.Bundle {
	text, ok := b.Data["text/plain"].(string)
	if !ok || len(b.Data) > 1 || len(text) <= longest {
		return b
	}
	head, tail := strings.ToValidUTF8(text[:longest*9/10], ""), strings.ToValidUTF8(text[len(text)-longest/10:], "")
	b.Data["text/plain"] = fmt.Sprintf("%s … %s\n(%d bytes of text, fmt.Println shows all)", head, tail, len(text))
	return b
}

// functionType is the type of v if v is a function, of which fmt prints the address only.
func functionType(v any) (string, bool) {
	if b, ok := v.(box.Box); ok {
		_, isFunc := b.Type.Go.Underlying().(*types.Signature)
		return b.Type.Name, isFunc && !b.HasText()
	}
	t := reflect.TypeOf(v)
	if t == nil || t.Kind() != reflect.Func {
		return "", false
	}
	return t.String(), true
}

// sink is where the display package shows what the calling goroutine displays; nil outside of cells.
func (s *Session) sink() display.Sink {
	run := s.currentRun()
	if out := s.stdio.output(run); out != nil {
		return cellSink{s, run, out}
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
type cellSink struct {
	s   *Session
	run *rt.Run
	out kernel.Output
}

func (c cellSink) Display(b display.Bundle, id string) { c.out.Display(kernel.Bundle(b), id) }
func (c cellSink) Update(b display.Bundle, id string)  { c.out.Update(kernel.Bundle(b), id) }
func (c cellSink) Clear(wait bool)                     { c.out.Clear(wait) }
func (c cellSink) ReadLine(prompt string, password bool) (string, error) {
	return c.s.readLine(c.out, prompt, password)
}
