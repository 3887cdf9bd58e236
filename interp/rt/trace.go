package rt

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Function is a function of a cell, for tracebacks.
type Function struct {
	Name string // as the user wrote it; empty for the cell itself
	Cell string
	line *int
}

// Frame is a place in a cell that a panic passed.
type Frame struct {
	Function, Cell string
	Line           int
}

// Failure is how a cell or goroutine ended other than by finishing.
type Failure struct {
	Value       any // what was panicked with
	Frames      []Frame
	Interrupted bool
	Overrun     bool // it recursed without end
	Exited      bool // it called runtime.Goexit
}

// Function numbers a function.
func (r *Runtime) Function(name, cell string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.functions = append(r.functions, Function{Name: name, Cell: cell})
	return len(r.functions) - 1
}

// Line connects the variable that holds the running line of a function.
func (r *Runtime) Line(id int, line *int) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.functions[id].line = line
	return 0
}

var declared = regexp.MustCompile(`(?m)^func (\w+)`)

// Evaluated remembers the source of lowered functions, by which the interpreter's positions are understood.
func (r *Runtime) Evaluated(source string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, m := range declared.FindAllStringSubmatch(source, -1) {
		r.sources[m[1]] = source
	}
}

// left is what the interpreter prints for every function that a panic leaves.
var left = regexp.MustCompile(`^(?:_\.go:)?(\d+):(\d+): panic: main\.(\w+)((?:\.func)*)\(\.\.\.\)`)

var stored = regexp.MustCompile(`L_(\d+) = \d`)

// Leave notes a line that the interpreter prints while a panic unwinds the calling goroutine, and reports whether it
// was one.
func (r *Runtime) Leave(text string) bool {
	if !strings.Contains(text, ": panic: ") {
		return false
	}
	g := r.current()
	m := left.FindStringSubmatch(text)
	if g == nil || m == nil {
		return true
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	line, _ := strconv.Atoi(m[1])
	lines := strings.SplitAfter(r.sources[m[3]], "\n")
	if line < 1 || line > len(lines) || line > 1 && strings.Contains(lines[line-2], "rt.Try(func(") { // the function around it comes next
		return true
	}
	id := stored.FindStringSubmatch(strings.Join(lines[line-1:], ""))
	if id == nil {
		return true
	}
	n, _ := strconv.Atoi(id[1])
	f := r.functions[n]
	frame := Frame{Function: f.Name, Cell: f.Cell}
	if f.line != nil {
		frame.Line = *f.line
	}
	g.frames = append(g.frames, frame)
	return true
}

// failure describes the panic p that ended g.
func (r *Runtime) failure(g *goroutine, p any) *Failure {
	return &Failure{Value: r.panicValue(p), Frames: g.frames}
}

// Text is the message of a panic's value.
func Text(value any) string {
	switch v := value.(type) {
	case error:
		return v.Error()
	case fmt.Stringer:
		return v.String()
	}
	return fmt.Sprint(value)
}
