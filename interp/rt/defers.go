package rt

import (
	"bytes"
	"regexp"
	"runtime"
)

// Defers holds the deferred calls of one call of a function.
type Defers struct {
	calls     []func()
	panicking bool
	value     any
	outer     *Defers
	depth     int // how many deferred calls are around it
}

// Push defers a call.
func (d *Defers) Push(call func()) { d.calls = append(d.calls, call) }

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
		if d.outer, g.defers = g.defers, d; d.outer != nil {
			d.depth = d.outer.depth + 1
		}
		if d.panicking {
			r.leaveMaps(g)
		}
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
	if d.panicking && (g == nil || g.ending.IsZero()) { // else the goroutine ends, whatever panicked
		panic(d.value)
	}
}

// Recover is the builtin recover, which stops a panic only if the deferred function itself calls it.
func (r *Runtime) Recover() any {
	g := r.current()
	if g == nil || g.defers == nil || !g.defers.panicking {
		return nil
	}
	d := g.defers
	if final(d.value) || !deferred(goTrace()) {
		return nil
	}
	d.panicking = false
	g.frames, g.recovered = nil, g.frames
	if g.thread != nil {
		g.thread.Recovered()
	}
	return r.panicValue(g, d.value)
}

// deferred reports whether the function of a cell that Go's traceback begins in is a deferred one: whether nothing but
// wrappers, which have no place, and the machinery of calls stand between it and the unwinding of the panic.
func deferred(trace []byte) bool {
	functions := 0
	for line := range bytes.Lines(trace) {
		switch {
		case bytes.Contains(line, []byte("rt.(*Runtime).unwind(")):
			return functions == 1
		case interpreted.Match(line):
			if p, place := placeIn(frameIn(line)); p != nil && lineOf(place) > 0 {
				functions++
			}
		case !machinery.Match(line):
			return false
		}
	}
	return false
}

// machinery are the lines of a traceback that a call of one interpreted function by another, also through an interface,
// leaves.
var machinery = regexp.MustCompile(`^(\t|goroutine |reflect\.|panic\(|runtime\.|github\.com/(traefik/yaegi|gophergrad/gophergrad/interp)/)`)

// Panic is the builtin panic.
func (r *Runtime) Panic(v any) {
	if v == nil {
		panic(new(runtime.PanicNilError))
	}
	panic(v)
}
