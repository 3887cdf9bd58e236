package autograd

import (
	"fmt"
	"slices"

	"github.com/gophergrad/gophergrad/tensor"
)

// Option is a rare setting of a backward pass.
type Option func(*options)

type options struct {
	retain, graph, unused bool
	anyInput              bool // inputs need not require gradients any more
	gradients, inputs     []*T
}

// RetainGraph keeps the values that derivatives need, so that another pass can
// go through the same history.
func RetainGraph() Option { return func(o *options) { o.retain = true } }

// CreateGraph records the pass, so that gradients can be differentiated again.
func CreateGraph() Option { return func(o *options) { o.retain, o.graph = true, true } }

// AllowUnused gives nil for what the result does not depend on.
func AllowUnused() Option { return func(o *options) { o.unused = true } }

// Gradient gives the gradients of the results, 1 for scalars unless given.
func Gradient(g ...*tensor.Tensor) Option { return func(o *options) { o.gradients = g } }

// Inputs restricts Backward to the tensors whose Grad is to be filled; they may be
// inner ones.
func Inputs(xs ...*tensor.Tensor) Option { return func(o *options) { o.inputs = xs } }

func collect(opts []Option) (o options) {
	for _, opt := range opts {
		opt(&o)
	}
	return o
}

// Backward adds the gradient of y with respect to each leaf to the leaf's Grad.
func Backward(y *tensor.Tensor, opts ...Option) { BackwardAll([]*T{y}, opts...) }

// BackwardAll adds the gradient of the sum of ys, weighted by Gradient, with
// respect to each leaf to the leaf's Grad, in one pass.
func BackwardAll(ys []*tensor.Tensor, opts ...Option) {
	o := collect(opts)
	p := newPass(o)
	if o.inputs != nil {
		needGrad("Backward", o.inputs)
		p.target(ys, o.inputs)
		for _, x := range o.inputs {
			x.RetainGrad()
		}
	}
	p.begin("Backward", ys, o.gradients)
	p.run()
	for _, l := range p.leaves {
		deposit(l, o.graph)
	}
}

// needGrad panics if one of xs does not require a gradient.
func needGrad(op string, xs []*T) {
	for i, x := range xs {
		if !x.RequiresGrad() {
			panic(&tensor.Error{Op: op, Msg: fmt.Sprintf("input %d does not require a gradient; call SetRequiresGrad(true) before computing with it", i)})
		}
	}
}

// backward is the hook behind Tensor.Backward.
func backward(y *T, gradient []*T) { Backward(y, Gradient(gradient...)) }

// deposit adds a gradient to a leaf's Grad, unless the leaf needs none any more,
// and runs what waits for that.
func deposit(l *leaf, graph bool) {
	if !l.x.RequiresGrad() {
		return
	}
	SetGradEnabled(graph, func() {
		l.x.AccumulateGrad(l.grad, l.own)
		l.x.RunAccumulateHooks()
	})
}

// Grad returns the gradients of y with respect to xs, without touching any
// Grad. It panics if y does not depend on one of them.
func Grad(y *tensor.Tensor, xs ...*tensor.Tensor) []*tensor.Tensor { return Gradients([]*T{y}, xs) }

// GradGraph is Grad with the gradients recorded, so that they can be
// differentiated again.
func GradGraph(y *tensor.Tensor, xs ...*tensor.Tensor) []*tensor.Tensor {
	return Gradients([]*T{y}, xs, CreateGraph())
}

// Gradients returns the gradients of the sum of ys, weighted by Gradient, with
// respect to each of xs.
func Gradients(ys, xs []*tensor.Tensor, opts ...Option) []*tensor.Tensor {
	o := collect(opts)
	p := newPass(o)
	if !o.anyInput {
		needGrad("Grad", xs)
	}
	p.target(ys, xs)
	p.captured = map[tensor.Edge]*T{}
	for _, x := range xs {
		p.captured[edgeTo(x)] = nil
	}
	p.begin("Grad", ys, o.gradients)
	p.run()
	for _, l := range p.leaves {
		p.captured[edgeTo(l.x)] = l.grad
	}
	out := make([]*T, len(xs))
	for i, x := range xs {
		if out[i] = p.captured[edgeTo(x)]; out[i] == nil && !o.unused {
			panic(&tensor.Error{Op: "Grad", Msg: fmt.Sprintf("the result does not depend on input %d; pass autograd.AllowUnused() to get nil for it", i)})
		}
	}
	return out
}

// target restricts a pass to what leads to xs.
func (p *pass) target(ys, xs []*T) {
	leaves, leads := map[*T]bool{}, map[*tensor.Node]bool{}
	for _, x := range xs {
		if n := x.Node(); n != nil {
			leads[n] = true
		} else {
			leaves[x] = true
		}
	}
	p.needed = func(e tensor.Edge) bool { return e.Leaf != nil && leaves[e.Leaf] || e.Node != nil && leads[e.Node] }
	for _, n := range history(ys, 0) { // inputs come before what uses them
		leads[n] = leads[n] || slices.ContainsFunc(n.In, p.needed)
	}
}
