package autograd

import (
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"

	"github.com/gophergrad/gophergrad/tensor"
)

var anomalies atomic.Int32 // how many DetectAnomaly run

// DetectAnomaly runs f, a forward and backward pass, with every operation
// remembering the line that ran it. A backward pass in it panics where a
// derivative fails or gives nan, and names the line of the forward pass. It is
// slow and holds for all goroutines.
func DetectAnomaly(f func()) {
	if anomalies.Add(1) == 1 {
		tensor.RecordSites(func() string { return CallSite() })
	}
	defer func() {
		if anomalies.Add(-1) == 0 {
			tensor.RecordSites(nil)
		}
	}()
	f()
}

// CallSite returns the line of the program that runs in this goroutine, as
// file:line: the innermost one outside of this module's packages. An interpreter
// puts a function here that knows the lines it runs.
var CallSite = func() string {
	pc := make([]uintptr, 64)
	frames := runtime.CallersFrames(pc[:runtime.Callers(2, pc)])
	for {
		f, more := frames.Next()
		inside := strings.Contains(f.Function, "/gophergrad/tensor.") || strings.Contains(f.Function, "/gophergrad/autograd.") ||
			strings.Contains(f.Function, "/gophergrad/nn.")
		if !inside {
			return fmt.Sprintf("%s:%d", f.File, f.Line)
		}
		if !more {
			return "an unknown line"
		}
	}
}

// watched returns the gradient of input i that f computes. Under DetectAnomaly
// it panics if that has a nan or f fails, and names the forward line.
func watched(n *tensor.Node, i int, f func() *T) *T {
	if anomalies.Load() == 0 || n.Site == "" {
		return f()
	}
	defer func() {
		switch e := recover().(type) {
		case nil:
		case *tensor.Error:
			if e != tensor.ErrInterrupted && !strings.Contains(e.Msg, n.Site) {
				e = &tensor.Error{Op: e.Op, Shapes: e.Shapes, DTypes: e.DTypes, Msg: fmt.Sprintf("%s (%s of the forward pass at %s)", e.Msg, n.GradFn(), n.Site)}
			}
			panic(e)
		default:
			panic(e)
		}
	}()
	g := f()
	if g != nil && (g.DType().IsFloat() || g.DType().IsComplex()) && g.Detach().Ne(g.Detach()).AnyTrue().Item() != 0 {
		panic(&tensor.Error{Op: "Backward", Msg: fmt.Sprintf("%s gave nan in the gradient of input %d; it ran at %s", n.GradFn(), i, n.Site)})
	}
	return g
}
