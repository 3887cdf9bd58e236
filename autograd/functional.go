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
	oneEach("JVP", vs, xs)
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
func Jacobian(f Func, x *tensor.Tensor) *tensor.Tensor { return Jacobians(f, x)[0] }

// Jacobians returns Jacobian with respect to each of several arguments.
func Jacobians(f Func, xs ...*tensor.Tensor) []*tensor.Tensor {
	e := evaluate(f, xs)
	flat := e.y
	EnableGrad(func() { flat = e.y.Flatten() })
	rows := make([][]*T, len(xs)) // of every argument
	for i := range flat.NumEl() {
		var element *T
		EnableGrad(func() { element = flat.Select(0, i) })
		for k, g := range slopes(element, nil, e.xs, e.mode...) {
			rows[k] = append(rows[k], g)
		}
	}
	out := make([]*T, len(xs))
	for k, x := range xs {
		shape := append(e.y.Shape(), x.Shape()...)
		if rows[k] == nil {
			out[k] = tensor.On(x.Device()).As(x.DType()).Zeros(shape...)
		} else {
			out[k] = tensor.Stack(rows[k], 0).Reshape(shape...)
		}
	}
	return out
}

// Hessian returns the second derivatives of f, a function with one number as
// result, of shape (shape of x…, shape of x…).
func Hessian(f Func, x *tensor.Tensor) *tensor.Tensor { return Hessians(f, x)[0][0] }

// Hessians returns the second derivatives of f with respect to several arguments:
// [i][k] has the shape (shape of xs[i]…, shape of xs[k]…).
func Hessians(f Func, xs ...*tensor.Tensor) [][]*tensor.Tensor {
	out := make([][]*T, len(xs))
	for i := range xs {
		out[i] = Jacobians(func(xs ...*T) *T {
			e := evaluate(f, xs)
			return slopes(e.y, nil, e.xs[i:i+1], CreateGraph(), AllowUnused())[0]
		}, xs...)
	}
	return out
}

// HVP returns f(x) and the product of f's Hessian with v.
func HVP(f Func, v, x *tensor.Tensor) (y, hvp *tensor.Tensor) {
	y, products := HVPs(f, []*T{v}, x)
	return y, products[0]
}

// HVPs returns f(xs) and the product of f's Hessian with vs, a vector for each of
// several arguments and of its shape.
func HVPs(f Func, vs []*tensor.Tensor, xs ...*tensor.Tensor) (y *tensor.Tensor, hvps []*tensor.Tensor) {
	oneEach("HVP", vs, xs)
	e := evaluate(f, xs)
	hvps = make([]*T, len(xs))
	for i, g := range slopes(e.y, nil, e.xs, CreateGraph(), AllowUnused()) {
		for k, h := range slopes(g, vs[i], e.xs, e.mode...) {
			if hvps[k] == nil {
				hvps[k] = h
			} else {
				SetGradEnabled(collect(e.mode).graph, func() { hvps[k] = hvps[k].Add(h) })
			}
		}
	}
	return e.value(), hvps
}

// oneEach panics unless there is a vector for each input.
func oneEach(op string, vs, xs []*T) {
	if len(vs) != len(xs) {
		panic(&tensor.Error{Op: op, Msg: fmt.Sprintf("%d vectors for %d inputs; each input moves along one", len(vs), len(xs))})
	}
}
