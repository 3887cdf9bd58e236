package interp

import (
	"fmt"
	"go/scanner"
	"go/types"
	"strings"

	"github.com/gophergrad/gophergrad/interp/lower"
	"github.com/gophergrad/gophergrad/interp/rt"
	"github.com/gophergrad/gophergrad/kernel"
	"github.com/gophergrad/gophergrad/tensor"
)

// ANSI colors that read well on light and dark ground.
const (
	red   = "\x1b[31m"
	cyan  = "\x1b[36m"
	bold  = "\x1b[1m"
	reset = "\x1b[0m"
)

// problem is an error at a place in a cell.
type problem struct {
	file         string
	line, column int
	message      string
}

// report shows problems with the lines they are in and a caret below the place.
func report(name, label, source string, problems []problem) *kernel.CellError {
	lines := strings.Split(source, "\n")
	var values, trace []string
	for _, p := range problems {
		values = append(values, fmt.Sprintf("%d:%d: %s", p.line, p.column, p.message))
		trace = append(trace, fmt.Sprintf("%s%s:%d:%d:%s %s%s%s", cyan, p.file, p.line, p.column, reset, bold, p.message, reset))
		if p.file == label && p.line >= 1 && p.line <= len(lines) {
			text := lines[p.line-1]
			trace = append(trace, "    "+text, "    "+caretIndent(text, p.column)+red+"^"+reset)
		}
	}
	return &kernel.CellError{Name: name, Value: strings.Join(values, "\n"), Traceback: trace}
}

// caretIndent is as wide as what stands before a column; columns count bytes.
func caretIndent(line string, column int) string {
	before := line[:min(max(column-1, 0), len(line))]
	return strings.Map(func(r rune) rune {
		if r == '\t' {
			return r
		}
		return ' '
	}, before)
}

func syntaxError(label, source string, errs scanner.ErrorList) *kernel.CellError {
	var problems []problem
	for _, e := range errs {
		problems = append(problems, problem{e.Pos.Filename, e.Pos.Line, e.Pos.Column, e.Msg})
	}
	return report("syntax error", label, source, problems)
}

func (s *Session) typeError(label, source string, errs []types.Error) *kernel.CellError {
	var problems []problem
	for _, e := range errs {
		pos := s.fset.Position(e.Pos)
		if strings.HasPrefix(e.Msg, "\t") && len(problems) > 0 { // a continuation of the error before
			problems[len(problems)-1].message += "\n" + e.Msg
			continue
		}
		problems = append(problems, problem{pos.Filename, pos.Line, pos.Column, e.Msg})
	}
	return report("compile error", label, source, problems)
}

func (s *Session) refusal(label, source string, r *lower.Refusal) *kernel.CellError {
	pos := s.fset.Position(r.Pos)
	if !r.Pos.IsValid() {
		pos.Filename, pos.Line, pos.Column = label, 1, 1
	}
	return report("unsupported", label, source, []problem{{pos.Filename, pos.Line, pos.Column, r.Error()}})
}

// internalError is a failure of the interpreter itself: a bug of ours, which must not end the session.
func (s *Session) internalError(p any) *kernel.CellError {
	text := fmt.Sprint(p)
	return &kernel.CellError{
		Name:      "internal error",
		Value:     text,
		Traceback: []string{red + "internal error" + reset + ": the interpreter cannot run this cell; nothing of it has run.", text},
	}
}

// failureError describes how a running cell failed.
func (s *Session) failureError(f *rt.Failure) *kernel.CellError {
	switch {
	case f.Interrupted:
		return &kernel.CellError{Name: "interrupted", Value: "the cell was interrupted", Traceback: []string{red + "interrupted" + reset + ": variables keep the values they had"}}
	case f.Overrun:
		return &kernel.CellError{Name: "runtime error", Value: "stack overflow: a function calls itself without end",
			Traceback: []string{red + "runtime error" + reset + ": stack overflow: a function calls itself without end"}}
	case f.Exited:
		return &kernel.CellError{Name: "exit", Value: "the cell ended its goroutine (runtime.Goexit)", Traceback: []string{"the cell called runtime.Goexit"}}
	}
	name, value := "panic", rt.Text(f.Value)
	switch v := f.Value.(type) {
	case interface{ RuntimeError() }:
		name, value = "runtime error", strings.TrimPrefix(value, "runtime error: ")
	case *tensor.Error:
		name = "tensor error"
	case exitError:
		name = "exit"
		_ = v
	}
	trace := []string{red + name + reset + ": " + bold + value + reset}
	place := ""
	for _, frame := range f.Frames {
		at := fmt.Sprintf("%s:%d", frame.Cell, frame.Line)
		if frame.Function != "" {
			trace = append(trace, fmt.Sprintf("    %s%s%s in %s", cyan, at, reset, frame.Function))
		} else {
			trace = append(trace, fmt.Sprintf("    %s%s%s", cyan, at, reset))
		}
		if place == "" {
			place = " (" + at + ")"
		}
	}
	return &kernel.CellError{Name: name, Value: value + place, Traceback: trace}
}
