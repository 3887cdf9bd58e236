package interp

import (
	"fmt"
	"go/scanner"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"github.com/gophergrad/gophergrad/interp/lower"
	"github.com/gophergrad/gophergrad/interp/rt"
	"github.com/gophergrad/gophergrad/kernel"
	"github.com/gophergrad/gophergrad/tensor"
)

// ANSI styles that read well on light and dark ground, and on the red on which JupyterLab shows errors.
const (
	red   = "\x1b[31m"
	green = "\x1b[32m"
	bold  = "\x1b[1m"
	reset = "\x1b[0m"
)

var ansi = regexp.MustCompile("\x1b\\[[0-9;]*m")

// problem is an error at a place in a cell.
type problem struct {
	file         string
	line, column int
	message      string
}

// shownProblems is how many problems of a cell are shown.
const shownProblems = 20

// report shows problems with the lines they are in and a caret below the place.
func report(name, label, source string, problems []problem) *kernel.CellError {
	lines := strings.Split(source, "\n")
	var values, trace []string
	more := max(len(problems)-shownProblems, 0)
	for _, p := range problems[:len(problems)-more] {
		values = append(values, fmt.Sprintf("%d:%d: %s", p.line, p.column, p.message))
		first, rest, _ := strings.Cut(p.message, "\n")
		trace = append(trace, fmt.Sprintf("%s%s:%d:%d:%s %s%s%s", green, p.file, p.line, p.column, reset, bold, first, reset))
		if rest != "" {
			trace = append(trace, rest)
		}
		if p.file == label && p.line >= 1 && p.line <= len(lines) {
			text, column := excerpt(strings.TrimRight(lines[p.line-1], "\r"), p.column)
			trace = append(trace, "    "+text, "    "+caretIndent(text, column)+red+"^"+reset)
		}
	}
	if more > 0 {
		trace = append(trace, fmt.Sprintf("… and %d more", more))
	}
	return &kernel.CellError{Name: name, Value: strings.Join(values, "\n"), Traceback: trace}
}

// excerpt cuts a long line to what is around a column: where lines are wrapped, a caret below is not at its place.
func excerpt(line string, column int) (string, int) {
	const around = 45 // bytes on either side
	at := min(max(column-1, 0), len(line))
	from, to := at-around, at+around
	for from > 0 && !utf8.RuneStart(line[from]) {
		from--
	}
	for to < len(line) && !utf8.RuneStart(line[to]) {
		to++
	}
	if len(line) > 2*around && to < len(line) {
		line = line[:to] + " …"
	}
	if len(line) > 2*around && from > 0 {
		line, column = "… "+line[from:], column-from+len("… ")
	}
	return line, column
}

// caretIndent is as wide as what stands before a column; columns count bytes.
func caretIndent(line string, column int) string {
	before := line[:min(max(column-1, 0), len(line))]
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return r
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf): // drawn over the letter before
			return -1
		}
		if kind := width.LookupRune(r).Kind(); kind == width.EastAsianWide || kind == width.EastAsianFullwidth {
			return '\u3000'
		}
		return ' '
	}, before)
}

func syntaxError(label, source string, errs scanner.ErrorList) *kernel.CellError {
	var problems []problem
	for _, e := range teach(errs, source) {
		problems = append(problems, problem{e.Pos.Filename, e.Pos.Line, e.Pos.Column, e.Msg})
	}
	return report("syntax error", label, source, problems)
}

// recalledText is the name of a result as a message shows it.
var recalledText = regexp.MustCompile("Out" + recallMark + `(\d+)`)

// unimported is how the type checker wraps the error of an import.
var unimported = regexp.MustCompile(`^could not import \S+ \((.*)\)$`)

var ownPackage = regexp.MustCompile(`\bmain\.(\pL)`)

// typeError shows what the type checker found, each with what may have been meant, which takes some time to find.
func (s *Session) typeError(ch *checked, errs []types.Error) *kernel.CellError {
	var problems []problem
	found := map[problem]types.Error{} // a function's types are checked with its declaration and with its body
	notes := map[problem]string{}
	for _, e := range errs {
		message := recalledText.ReplaceAllString(e.Msg, "Out[$1]")
		if !strings.Contains(message, `"`) { // types of earlier cells are of the same package to the user
			message = ownPackage.ReplaceAllString(message, "$1")
		}
		message = unimported.ReplaceAllString(message, "$1")
		if strings.HasPrefix(e.Msg, "\t") && len(problems) > 0 { // a continuation of the error before
			notes[problems[len(problems)-1]] += "\n" + message
			continue
		}
		pos := s.fset.Position(e.Pos)
		p := problem{pos.Filename, pos.Line, pos.Column, message}
		if _, known := found[p]; !known {
			found[p] = e
			problems = append(problems, p)
		}
	}
	slices.SortStableFunc(problems, func(a, b problem) int { return comparePlaces(a, b) })
	for i, p := range problems[:min(len(problems), shownProblems)] {
		problems[i].message += s.suggestion(ch, found[p]) + notes[p]
	}
	return report("compile error", ch.label, ch.source, problems)
}

func comparePlaces(a, b problem) int {
	if a.file != b.file {
		return 0
	}
	if a.line != b.line {
		return a.line - b.line
	}
	return a.column - b.column
}

func (s *Session) refusal(label, source string, r *lower.Refusal) *kernel.CellError {
	pos := s.fset.Position(r.Pos)
	if !r.Pos.IsValid() {
		pos = token.Position{Filename: label, Line: 1, Column: 1}
	}
	return report("unsupported", label, source, []problem{{pos.Filename, pos.Line, pos.Column, r.Error()}})
}

// internalError is a failure of the interpreter itself: a bug of ours, which must not end the session.
func (s *Session) internalError(p any) *kernel.CellError {
	text := fmt.Sprint(p)
	return &kernel.CellError{
		Name:      "internal error",
		Value:     text,
		Traceback: []string{headline("internal error", "the interpreter cannot run this cell; nothing of it has run."), text},
	}
}

func headline(name, message string) string { return red + name + reset + ": " + bold + message + reset }

// interruptedError is the error of a cell that the user stopped.
func interruptedError() *kernel.CellError {
	return &kernel.CellError{
		Name: "interrupted", Value: "the cell was interrupted",
		Traceback: []string{headline("interrupted", "variables keep the values they had")},
	}
}

// failureError describes how a running cell failed; ch is the cell, nil for a goroutine that outlived it.
func (s *Session) failureError(f *rt.Failure, ch *checked) *kernel.CellError {
	name, value := "panic", ""
	switch {
	case f.Interrupted, f.Value == tensor.ErrInterrupted:
		err := interruptedError()
		err.Traceback = append(err.Traceback, s.frames(f.Frames, ch)...)
		return err
	case f.Overrun:
		name, value = "runtime error", "stack overflow: a function calls itself without end"
	case f.Exited:
		name, value = "exit", "the cell ended its goroutine (runtime.Goexit)"
	default:
		value = f.Text
		switch f.Value.(type) {
		case interface{ RuntimeError() }:
			name, value = "runtime error", strings.TrimPrefix(value, "runtime error: ")
			if strings.HasSuffix(value, "nil pointer dereference") && f.Callee != "" {
				value += inside(f.Callee)
			}
		case *tensor.Error:
			name = "tensor error"
		case *rt.Refusal:
			name = "unsupported"
		case rt.Race:
			name = "data race"
		case rt.Exit:
			name = "exit"
		}
	}
	trace := append([]string{headline(name, value)}, s.frames(f.Frames, ch)...)
	if len(f.Frames) > 0 {
		value = fmt.Sprintf("%s (%s:%d)", value, f.Frames[0].Cell, f.Frames[0].Line)
	}
	return &kernel.CellError{Name: name, Value: value, Traceback: trace}
}

// inside tells of a nil pointer that a compiled function met.
func inside(callee string) string {
	text := " in " + callee + ": what it was called on or given is nil or holds nil"
	if strings.HasPrefix(callee, "tensor.") {
		text += "; Grad() is nil before Backward"
	}
	return text
}

// longestCycle is how many functions may call each other in a ring for their frames to be shown once.
const longestCycle = 4

// shownFrames is how many frames are shown of each end of a traceback.
const shownFrames = 10

// frames shows where a panic passed, the innermost first, with the source of each line; what repeats is shown once.
func (s *Session) frames(frames []rt.Frame, ch *checked) []string {
	frames = slices.DeleteFunc(slices.Clone(frames), func(f rt.Frame) bool { // what calls a program's main
		return f.Function == "" && !strings.HasPrefix(f.Cell, "In[") && !f.Elided
	})
	var out []string
	for i := 0; i < len(frames); {
		period, times := repetition(frames[i:])
		for _, frame := range frames[i : i+period] {
			out = append(out, s.frame(frame, ch))
		}
		switch {
		case times > 1 && period == 1:
			out = append(out, fmt.Sprintf("  … this call %d times more", times-1))
		case times > 1:
			out = append(out, fmt.Sprintf("  … these calls %d times more", times-1))
		}
		i += period * times
	}
	if more := len(out) - 2*shownFrames; more > 0 {
		out = slices.Replace(out, shownFrames, shownFrames+more, fmt.Sprintf("  … %d places more", more))
	}
	return out
}

// frame shows one place with its source.
func (s *Session) frame(frame rt.Frame, ch *checked) string {
	if frame.Elided {
		return "  … calls too deep to be listed"
	}
	place := fmt.Sprintf("%s%s:%d%s", green, frame.Cell, frame.Line, reset)
	if frame.Function != "" {
		place += " in " + frame.Function
	}
	if text := s.sourceLine(frame, ch); text != "" {
		place += "\n    " + text
	}
	return place
}

// repetition finds how many of the first frames repeat, and how often.
func repetition(frames []rt.Frame) (period, times int) {
	for period = 1; period <= longestCycle && 2*period <= len(frames); period++ {
		times = 1
		for (times+1)*period <= len(frames) && slices.Equal(frames[:period], frames[times*period:(times+1)*period]) {
			times++
		}
		if times > 2 || times == 2 && period == 1 {
			return period, times
		}
	}
	return 1, 1
}

// sourceLine is the text of a frame's line, "" if the cell's source is not kept.
func (s *Session) sourceLine(frame rt.Frame, ch *checked) string {
	source := ""
	if ch != nil && ch.label == frame.Cell {
		source = ch.source
	} else {
		s.mu.Lock()
		defer s.mu.Unlock()
		for _, e := range s.names {
			if e.cell == frame.Cell {
				source = e.source
				break
			}
		}
	}
	lines := strings.Split(source, "\n")
	if frame.Line < 1 || frame.Line > len(lines) {
		return ""
	}
	return strings.TrimSpace(lines[frame.Line-1])
}

// callSite names the line of a cell that the calling goroutine runs; compiled names that of a goroutine of compiled code.
func callSite(runtime *rt.Runtime, compiled func() string) func() string {
	return func() string {
		if frames := runtime.Stack(); len(frames) > 0 {
			return fmt.Sprintf("%s:%d", frames[0].Cell, frames[0].Line)
		}
		return compiled()
	}
}
