package rt

import (
	"runtime"
)

// Defers holds the deferred calls of one call of a function.
type Defers struct {
	calls     []func()
	panicking bool
	value     any
	outer     *Defers
}

// Push defers a call.
func (d *Defers) Push(f func()) { d.calls = append(d.calls, f) }

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
	}
	g := r.current()
	if g != nil {
		d.outer, g.defers = g.defers, d
	}
	if len(d.calls) > 0 {
		call := d.calls[len(d.calls)-1]
		d.calls = d.calls[:len(d.calls)-1]
		defer r.unwind(d)
		if g != nil {
			defer func() { g.defers = d.outer }()
		}
		call()
		return
	}
	if g != nil {
		g.defers = d.outer
	}
	if d.panicking {
		panic(d.value)
	}
}

// Recover is the builtin recover, called by a deferred function.
func (r *Runtime) Recover() any {
	g := r.current()
	if g == nil || g.defers == nil || !g.defers.panicking {
		return nil
	}
	d := g.defers
	d.panicking = false
	g.frames = nil
	return r.panicValue(d.value)
}

// Panic is the builtin panic.
func (r *Runtime) Panic(v any) {
	if v == nil {
		panic(new(runtime.PanicNilError))
	}
	panic(v)
}
