package rt

import (
	"reflect"
	"runtime"
	"strings"
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
	return panicValue(d.value)
}

// Panic is the builtin panic.
func (r *Runtime) Panic(v any) {
	if v == nil {
		panic(new(runtime.PanicNilError))
	}
	panic(v)
}

// runtimeError is a panic that the Go runtime would raise.
type runtimeError string

func (e runtimeError) Error() string { return "runtime error: " + string(e) }

// RuntimeError marks it as a runtime.Error.
func (runtimeError) RuntimeError() {}

// panicValue gives the value of a panic as Go would: the interpreter works through reflection, whose panics stand for
// those of the runtime.
func panicValue(p any) any {
	switch v := p.(type) {
	case reflect.Value:
		if v.IsValid() && v.CanInterface() {
			return panicValue(v.Interface())
		}
		return nil
	case *reflect.ValueError:
		return runtimeError("invalid memory address or nil pointer dereference")
	case string:
		if text, ok := reflected(v); ok {
			return runtimeError(text)
		}
	case error:
		if i := strings.Index(v.Error(), "interface conversion: "); i >= 0 && strings.Contains(reflect.TypeOf(v).String(), "cfgError") {
			return runtimeError(v.Error()[i:])
		}
	}
	return p
}

// reflected translates a panic of package reflect.
func reflected(text string) (string, bool) {
	switch {
	case strings.HasPrefix(text, "reflect: slice index out of range"),
		strings.HasPrefix(text, "reflect: array index out of range"),
		strings.HasPrefix(text, "reflect: string index out of range"):
		return "index out of range", true
	case strings.HasPrefix(text, "reflect.Value.Slice"), strings.HasPrefix(text, "reflect.Value.Slice3"):
		return "slice bounds out of range", true
	case strings.HasPrefix(text, "reflect: call of nil function"), strings.HasPrefix(text, "reflect.Value.Call: call of nil function"),
		strings.HasPrefix(text, "reflect: Method on nil interface value"),
		strings.HasPrefix(text, "reflect: call of reflect.Value."):
		return "invalid memory address or nil pointer dereference", true
	case strings.HasPrefix(text, "reflect.MakeSlice: negative"), strings.HasPrefix(text, "reflect.MakeSlice: len > cap"):
		return "makeslice: len out of range", true
	}
	return "", false
}
