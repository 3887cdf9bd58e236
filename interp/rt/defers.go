package rt

import (
	"runtime"
	"strings"
)

// Defers holds the deferred calls of one call of a function.
type Defers struct {
	calls     []deferred
	running   deferred
	panicking bool
	value     any
	outer     *Defers
}

// deferred is a call; the deferred function runs that many interpreted calls below it, itself included.
type deferred struct {
	least, most int
	call        func()
}

// Push defers a call.
func (d *Defers) Push(least, most int, f func()) { d.calls = append(d.calls, deferred{least, most, f}) }

// Try runs the body of a function that defers, and then its deferred calls, as Go would.
func (r *Runtime) Try(body func(*Defers)) {
	d := &Defers{}
	defer r.unwind(d)
	body(d)
}

// unwind is deferred by Try: it runs the deferred calls, the last first, and panics on if none recovered. A deferred
// call that panics replaces the panic.
func (r *Runtime) unwind(d *Defers) {
	if p := recover(); p != nil {
		d.panicking, d.value = true, p
		if _, exits := p.(Exit); exits { // nothing is deferred until after it
			panic(p)
		}
	}
	g := r.current()
	if g != nil {
		if !d.panicking {
			g.recovered = nil
		}
		d.outer, g.defers = g.defers, d
		if d.panicking {
			r.leaveMaps(g)
		}
	}
	if len(d.calls) > 0 {
		d.running = d.calls[len(d.calls)-1]
		d.calls = d.calls[:len(d.calls)-1]
		defer r.unwind(d)
		if g != nil {
			defer func() { g.defers = d.outer }()
		}
		d.running.call()
		return
	}
	if g != nil {
		g.defers = d.outer
	}
	if d.panicking {
		panic(d.value)
	}
}

// Recover is the builtin recover, which stops a panic only if the deferred function itself calls it, unless any caller
// will do.
func (r *Runtime) Recover(anyCaller bool) any {
	g := r.current()
	if g == nil || g.defers == nil || !g.defers.panicking {
		return nil
	}
	d := g.defers
	if final(d.value) {
		return nil
	}
	if depth := interpretedCalls(); !anyCaller && (depth < d.running.least || depth > d.running.most) {
		return nil
	}
	d.panicking = false
	g.frames, g.recovered = nil, g.frames
	if g.thread != nil {
		g.thread.Recovered()
	}
	return r.panicValue(g, d.value)
}

// interpretedCalls counts the interpreted functions that run between the unwinding of a panic and Recover; the body of
// a function that defers, which Try calls, is no function of its own.
func interpretedCalls() int {
	var pcs [512]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs[:])])
	n := 0
	for {
		frame, more := frames.Next()
		switch {
		case strings.HasSuffix(frame.Function, "rt.(*Runtime).unwind"):
			return n
		case strings.HasSuffix(frame.Function, "rt.(*Runtime).Try"):
			n--
		case strings.HasSuffix(frame.Function, "interp.runCfg"):
			n++
		}
		if !more {
			return n
		}
	}
}

// Panic is the builtin panic.
func (r *Runtime) Panic(v any) {
	if v == nil {
		panic(new(runtime.PanicNilError))
	}
	panic(v)
}
