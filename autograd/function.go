package autograd

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/gophergrad/gophergrad/tensor"
)

// Function is an operation with a derivative of its own. Forward runs without
// recording; a tensor that is left out, such as a bias, is nil. Backward receives
// the gradient of the result and returns one gradient for each of Forward's
// tensors, nil where there is none; one of a shape that the tensor was broadcast
// to is summed up. Backward computes with tensor operations, so it can itself be
// differentiated.
type Function interface {
	Forward(ctx *Context, x ...*tensor.Tensor) *tensor.Tensor
	Backward(ctx *Context, grad *tensor.Tensor) []*tensor.Tensor
}

// MultiFunction is a Function with several results. A gradient is zero where a
// result was not used.
type MultiFunction interface {
	Forward(ctx *Context, x ...*tensor.Tensor) []*tensor.Tensor
	Backward(ctx *Context, grads ...*tensor.Tensor) []*tensor.Tensor
}

// Context carries values from a function's Forward to its Backward.
type Context struct {
	// NeedsInputGrad says for each input whether its gradient is wanted.
	NeedsInputGrad []bool
	// Values holds whatever else Forward leaves for Backward.
	Values map[string]any

	saved    []*T
	dirty    []*T // inputs that Forward changed in place
	constant []*T // results without a gradient
	node     *tensor.Node
	backward func(grads []*T) []*T
}

// SaveForBackward keeps tensors, or nil, for Backward, which gets them from Saved.
// It panics there if they were changed in place in the meantime.
func (c *Context) SaveForBackward(xs ...*tensor.Tensor) { c.saved = xs }

// MarkDirty says that Forward changed inputs in place. It must return them.
func (c *Context) MarkDirty(xs ...*tensor.Tensor) { c.dirty = append(c.dirty, xs...) }

// MarkNonDifferentiable says that no gradient flows to results; those of integers
// and bools have none anyway. Backward gets zeros for them.
func (c *Context) MarkNonDifferentiable(ys ...*tensor.Tensor) { c.constant = append(c.constant, ys...) }

// Saved returns the tensors that Forward saved.
func (c *Context) Saved() []*tensor.Tensor {
	if c.node == nil {
		return c.saved
	}
	out := make([]*T, c.node.NumSaved())
	for i := range out {
		out[i] = c.node.Use(i)
	}
	return out
}

// Apply runs a function and records it.
func Apply(fn Function, xs ...*tensor.Tensor) *tensor.Tensor {
	ctx := newContext(xs)
	ctx.backward = func(grads []*T) []*T { return fn.Backward(ctx, grads[0]) }
	return ctx.apply(fn, xs, func() []*T { return []*T{fn.Forward(ctx, xs...)} })[0]
}

// ApplyMulti runs a function with several results and records it.
func ApplyMulti(fn MultiFunction, xs ...*tensor.Tensor) []*tensor.Tensor {
	ctx := newContext(xs)
	ctx.backward = func(grads []*T) []*T { return fn.Backward(ctx, grads...) }
	return ctx.apply(fn, xs, func() []*T { return fn.Forward(ctx, xs...) })
}

func newContext(xs []*T) *Context {
	ctx := &Context{Values: map[string]any{}}
	for _, x := range xs {
		ctx.NeedsInputGrad = append(ctx.NeedsInputGrad, x != nil && x.RequiresGrad())
	}
	return ctx
}

func (c *Context) apply(fn any, xs []*T, forward func() []*T) []*T {
	var out []*T
	versions := make([]uint32, len(xs))
	for i, x := range xs {
		if x != nil {
			versions[i] = x.Version()
		}
	}
	NoGrad(func() { out = forward() })
	name := functionName(fn)
	recorded := tensor.GradEnabled() && slices.Contains(c.NeedsInputGrad, true)
	for i, x := range xs {
		dirty := slices.Contains(c.dirty, x)
		if dirty && !slices.Contains(out, x) {
			panic(&tensor.Error{Op: name, Msg: fmt.Sprintf("Forward must return input %d, which it marked as dirty", i)})
		}
		if recorded && c.NeedsInputGrad[i] && !dirty && x.Version() != versions[i] {
			panic(&tensor.Error{Op: name, Msg: fmt.Sprintf("Forward changed input %d in place without saying so; call ctx.MarkDirty and return it, or change a Clone()", i)})
		}
	}
	results := make([]*T, len(out)) // what is recorded of them
	for i, y := range out {
		if y == nil {
			panic(&tensor.Error{Op: name, Msg: fmt.Sprintf("Forward returned nil for result %d", i)})
		}
		if slices.Contains(xs, y) && !slices.Contains(c.dirty, y) { // the result gets a history of its own
			out[i] = y.Detach()
		}
		results[i] = out[i]
		if slices.Contains(c.constant, y) {
			results[i] = y.Detach()
		}
	}
	if !recorded {
		return out
	}
	c.node = tensor.RecordCustom(&tensor.Op{Name: name, GradFn: name + "Backward"}, c, xs, results...)
	for i, s := range c.saved {
		c.node.Save(i, s)
	}
	c.node.Pack()
	c.saved, c.dirty, c.constant = nil, nil, nil
	return out
}

// functionName returns the name of the function's type.
func functionName(fn any) string {
	switch fn := fn.(type) {
	case interface{ Name() string }:
		return fn.Name()
	case interface { // a value of a cell's type
		Parts() (typeName string, fields []reflect.StructField, values []reflect.Value)
	}:
		name, _, _ := fn.Parts()
		return name
	}
	t := reflect.TypeOf(fn)
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Name() == "" {
		return "Function"
	}
	return t.Name()
}

// custom runs a function's Backward and returns the gradients of the inputs.
func (p *pass) custom(c *Context, b *Back) []*T {
	for i, g := range b.Grads {
		if g == nil {
			b.Grads[i] = zeros(&b.node.Out[i])
		}
	}
	name := b.node.Op.Name
	var grads []*T
	watched(b.node, -1, func() *T { grads = c.backward(b.Grads); return nil })
	for i, g := range grads {
		watched(b.node, i, func() *T { return g })
	}
	if len(grads) != len(b.node.In) {
		panic(&tensor.Error{Op: name, Msg: fmt.Sprintf("Backward returned %d gradients for %d inputs", len(grads), len(b.node.In))})
	}
	out := make([]*T, len(grads))
	for i, e := range b.node.In {
		g := grads[i]
		if g == nil || !p.follows(e) {
			continue
		}
		m := e.Meta()
		if !m.BroadcastsTo(g.Shape()) {
			panic(&tensor.Error{Op: name, Shapes: [][]int{m.Shape(), g.Shape()},
				Msg: fmt.Sprintf("Backward returned a gradient of shape %v for input %d of shape %v", g.Shape(), i, m.Shape())})
		}
		out[i] = g.SumTo(m.Shape()...).Cast(m.DType)
	}
	return out
}
