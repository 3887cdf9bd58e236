package rt

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// Caller is runtime.Caller, without the program counter, which cells do not have.
func (r *Runtime) Caller(skip int) (pc uintptr, file string, line int, ok bool) {
	frames := r.Stack()
	if skip < 0 || skip >= len(frames) || frames[skip].Elided {
		return 0, "", 0, false
	}
	return 0, frames[skip].Cell, frames[skip].Line, true
}

// StackText is debug.Stack: the places of cells in the form of Go's tracebacks. A deferred function sees those of the
// panic, also after it recovered.
func (r *Runtime) StackText() []byte {
	trace := goTrace()
	header, _, _ := bytes.Cut(trace, []byte("\n"))
	frames := r.frames(trace)
	if g := r.current(); g != nil && g.defers != nil && len(frames) > 0 {
		if panicked := slices.Concat(g.frames, g.recovered); panicked != nil {
			frames = append(frames[:1:1], panicked...)
		}
	}
	text := append(header, '\n')
	for _, f := range frames {
		switch {
		case f.Elided:
			text = append(text, "...additional frames elided...\n"...)
		case f.Function != "":
			text = fmt.Appendf(text, "main.%s(...)\n\t%s:%d\n", f.Function, f.Cell, f.Line)
		case strings.HasPrefix(f.Cell, "In["):
			text = fmt.Appendf(text, "%s\n\t%s:%d\n", f.Cell, f.Cell, f.Line)
		}
	}
	return text
}

// CopyStack is runtime.Stack.
func (r *Runtime) CopyStack(buf []byte, all bool) int { return copy(buf, r.StackText()) }

// PrintStack is debug.PrintStack.
func (r *Runtime) PrintStack() { r.host.Write(r.currentRun(), string(r.StackText())) }
