package lower

import (
	"fmt"
	"go/ast"
	"go/token"
)

// Refusal says that a cell contains something that cannot be run rightly. Nothing of the cell has run.
type Refusal struct {
	Pos  token.Pos
	What string
}

func (r *Refusal) Error() string { return "gophergrad cannot run " + r.What }

// refuse builds the refusal of a construct at node, nil if the caller knows no position.
func refuse(node ast.Node, format string, args ...any) *Refusal {
	r := &Refusal{What: fmt.Sprintf(format, args...)}
	if node != nil {
		r.Pos = node.Pos()
	}
	return r
}

// Locate gives a refusal without a position that of the statement being lowered.
func (l *Lowerer) Locate(r *Refusal) {
	if !r.Pos.IsValid() {
		r.Pos = l.running
	}
}

// refused are functions of the library whose results would tell of the interpreter, or that would end its process.
var refused = map[string]string{
	"testing.AllocsPerRun":        "it would count what the interpreter allocates (compile what you measure)",
	"runtime.FuncForPC":           counters,
	"runtime.Callers":             counters,
	"runtime.CallersFrames":       counters,
	"testing.Main":                "it ends the process (call the functions to be tested)",
	"runtime.Breakpoint":          "without a debugger around it it ends the process",
	"runtime/debug.SetMaxStack":   "functions deeper than that would end the process (endless recursion is an error anyway)",
	"runtime/debug.SetMaxThreads": "one thread more would end the process",
	"syscall.Exec":                "another program would take the place of the session (use os/exec)",
	"syscall.RawSyscall":          "it bypasses the interpreter",
	"syscall.RawSyscall6":         "it bypasses the interpreter",
}

const counters = "functions of cells have no program counters (runtime.Caller and debug.Stack tell files and lines)"
