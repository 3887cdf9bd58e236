package rt

import "github.com/gophergrad/gophergrad/interp/debug"

// EnterCall begins a call of a function that is lowered for the debugger.
func (r *Runtime) EnterCall() *debug.Call {
	g := r.current()
	if g == nil || g.run.Quiet {
		return &debug.Call{}
	}
	if g.thread == nil {
		g.thread = r.Debugger.Thread(g.run.Cell, g.run.Out, g.run.done, r.Poll)
	}
	return g.thread.Enter()
}

// SetDebugged makes lowered code call the debugger, or not.
func (r *Runtime) SetDebugged(on bool) { *r.debugged = on }
