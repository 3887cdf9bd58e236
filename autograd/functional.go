package autograd

import (
	"fmt"
	"slices"

	"github.com/gophergrad/gophergrad/tensor"
)

// Func is a function of tensors to be differentiated as a whole. It is recorded
// also within NoGrad. Its derivatives have a history where it depends on more that
// requires gradients than its arguments: a parameter that it uses, or what an
// argument was computed from.
type Func func(xs ...*tensor.Tensor) *tensor.Tensor

// evaluation is a function's result at leaves with the values of its arguments,
// or, where an argument has a history, at aliases that continue it.
type evaluation struct {
	y    *T
	xs   []*T
	mode []Option // of passes: recorded where y depends on more than xs
}

func evaluate(f Func, xs []*T) *evaluation {
	e := &evaluation{xs: make([]*T, len(xs))}
	EnableGrad(func() {
		for i, x := range xs {
			if x.RequiresGrad() {
				e.xs[i] = x.ViewAs(x)
			} else {
				e.xs[i] = x.Detach().SetRequiresGrad(true)
			}
		}
		e.y = f(e.xs...)
	})
	foreign := func(x *T) bool { return x != nil && !slices.Contains(e.xs, x) }
	outer := e.y.Node() == nil && e.y.RequiresGrad() && foreign(e.y)
	for _, n := range history([]*T{e.y}) {
		for _, in := range n.In {
			outer = outer || foreign(in.Leaf)
		}
	}
	e.mode = []Option{RetainGraph(), AllowUnused()}
	if outer {
		e.mode = append(e.mode, CreateGraph())
	}
	return e
}

// value returns y, without the history that only leads to xs.
func (e *evaluation) value() *T {
	if collect(e.mode).graph {
		return e.y
	}
	return e.y.Detach()
}

// slopes returns the gradients of y, weighted by v, zeros where y does not depend
// on an input.
func slopes(y, v *T, xs []*T, opts ...Option) []*T {
	out := make([]*T, len(xs))
	if y.RequiresGrad() {
		out = Gradients([]*T{y}, xs, append(opts, Gradient(v))...)
	}
	return zeroed(out, xs)
}

// zeroed puts zeros where there is no gradient.
func zeroed(grads, xs []*T) []*T {
	for i, g := range grads {
		if g == nil {
			grads[i] = tensor.ZerosLike(xs[i])
		}
	}
	return grads
}

// VJP returns f(xs) and the product of the vector v with f's Jacobian: the
// gradients of Σ v·f. v is 1 if it is nil and f's result one number.
func VJP(f Func, v *tensor.Tensor, xs ...*tensor.Tensor) (y *tensor.Tensor, grads []*tensor.Tensor) {
	e := evaluate(f, xs)
	return e.value(), slopes(e.y, v, e.xs, e.mode...)
}

// JVP returns f(xs) and the product of f's Jacobian with the vectors vs, one for
// each of xs and of its shape: how f changes as xs move along vs. It differentiates
// the gradient with respect to the vector it is weighted by, which it is linear in.
func JVP(f Func, vs []*tensor.Tensor, xs ...*tensor.Tensor) (y, jvp *tensor.Tensor) {
	if len(vs) != len(xs) {
		panic(&tensor.Error{Op: "JVP", Msg: fmt.Sprintf("%d vectors for %d inputs; each input moves along one", len(vs), len(xs))})
	}
	e := evaluate(f, xs)
	u := tensor.ZerosLike(e.y).SetRequiresGrad(true)
	along := tensor.ZerosLike(e.y)
	for i, g := range slopes(e.y, u, e.xs, CreateGraph(), AllowUnused()) {
		if g.RequiresGrad() {
			SetGradEnabled(collect(e.mode).graph, func() { along = along.Add(slopes(g, vs[i], []*T{u}, e.mode...)[0]) })
		}
	}
	return e.value(), along
}

// Jacobian returns the derivatives of every element of f(x), of shape (shape of
// f(x)…, shape of x…).
func Jacobian(f Func, x *tensor.Tensor) *tensor.Tensor {
	e := evaluate(f, []*T{x})
	flat := e.y
	EnableGrad(func() { flat = e.y.Flatten() })
	shape := append(e.y.Shape(), x.Shape()...)
	if flat.NumEl() == 0 {
		return tensor.On(x.Device()).As(x.DType()).Zeros(shape...)
	}
	rows := make([]*T, flat.NumEl())
	for i := range rows {
		var element *T
		EnableGrad(func() { element = flat.Select(0, i) })
		rows[i] = slopes(element, nil, e.xs, e.mode...)[0]
	}
	return tensor.Stack(rows, 0).Reshape(shape...)
}

// Hessian returns the second derivatives of f, a function with one number as
// result, of shape (shape of x…, shape of x…).
func Hessian(f Func, x *tensor.Tensor) *tensor.Tensor {
	return Jacobian(func(xs ...*T) *T {
		e := evaluate(f, xs)
		return slopes(e.y, nil, e.xs, CreateGraph(), AllowUnused())[0]
	}, x)
}

// HVP returns f(x) and the product of f's Hessian with v.
func HVP(f Func, v, x *tensor.Tensor) (y, hvp *tensor.Tensor) {
	e := evaluate(f, []*T{x})
	g := slopes(e.y, nil, e.xs, CreateGraph(), AllowUnused())[0]
	return e.value(), slopes(g, v, e.xs, e.mode...)[0]
}
