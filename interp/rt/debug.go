package rt

import "github.com/gophergrad/gophergrad/interp/debug"

// Debug runs the body of a function that is lowered for the debugger, which gets its call, nil where nothing can stop.
func (r *Runtime) Debug(body func(*debug.Call)) {
	g := r.current()
	if g == nil || g.run.Quiet {
		body(nil)
		return
	}
	if g.thread == nil {
		g.thread = r.Debugger.Thread(g.run.Cell, g.run.done, r.Poll)
	}
	g.thread.Enter(body)
}

// SetDebugged makes lowered code call the debugger, or not.
func (r *Runtime) SetDebugged(on bool) { *r.debugged = on }
