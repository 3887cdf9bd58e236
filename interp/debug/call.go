package debug

import (
	"runtime"
	"strings"
)

// Call is a call of a function, or of the body of a range over a function, which is one too. The zero Call is one that
// nothing stops.
type Call struct {
	thread *Thread
	caller *Call
	owner  *Call // of a range's body: the call of the function that it is written in
	depth  int
	point  int   // where it is
	locals []any // pointers to the variables visible there
}

// Enter begins a call of a function.
func (t *Thread) Enter() *Call { return t.push(nil) }

func (t *Thread) push(owner *Call) *Call {
	c := &Call{thread: t, caller: t.call, owner: owner, point: -1}
	if t.call != nil {
		c.depth = t.call.depth + 1
	}
	t.call = c
	return c
}

// Exit ends the call of a function, which defers it.
func (c *Call) Exit() {
	if c.thread == nil {
		return
	}
	if c.thread.failed == nil && panicking() {
		c.thread.failed = c.thread.call
	}
	c.thread.call = c.caller
}

// panicking reports whether the interpreted function that runs its deferred calls does so because of a panic.
func panicking() bool {
	var pcs [16]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs[:])])
	for leaving := false; ; {
		frame, more := frames.Next()
		if leaving || !more {
			return frame.Function == "runtime.gopanic"
		}
		leaving = strings.HasSuffix(frame.Function, "interp.runCfg.func1")
	}
}

// Body enters the body of a range over a function that is written in c.
func (c *Call) Body() *Call {
	if c.thread == nil {
		return c
	}
	return c.thread.push(c)
}

// Leave leaves the body of a range over a function.
func (c *Call) Leave() {
	if c.thread != nil {
		c.thread.call = c.caller
	}
}

// home is the call of the function that c is written in.
func (c *Call) home() *Call {
	for c.owner != nil {
		c = c.owner
	}
	return c
}

// At is called before a statement, with pointers to the variables that are visible there.
func (c *Call) At(point int, locals ...any) {
	if c.thread == nil {
		return
	}
	c.point, c.locals = point, locals
	if !c.thread.at(c) {
		c.thread.poll()
	}
}

// at stops the goroutine if something wants it to, and reports false if it is to end instead of going on.
func (t *Thread) at(c *Call) bool {
	t.d.mu.Lock()
	defer t.d.mu.Unlock()
	if !t.await() {
		return false
	}
	if reason, text := t.stops(c); reason != "" {
		t.stop(reason, text)
	}
	select {
	case <-t.done:
		return false
	default:
		return true
	}
}

// Frame is a call on the stack of a stopped goroutine.
type Frame struct {
	Point
	Values []any // pointers to the Locals
}

// Stack lists the calls of the stopped goroutine, the innermost first; none if it is another one that is stopped.
func (d *Debugger) Stack(id int) []Frame {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.stopped == nil || d.stopped.ID != id {
		return nil
	}
	var frames []Frame
	for c := d.stopped.call; c != nil; c = c.caller {
		if c.point >= 0 {
			frames = append(frames, Frame{d.points[c.point], c.locals})
		}
	}
	return frames
}
