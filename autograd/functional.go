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

// MultiFunc is a Func with several results.
type MultiFunc func(xs ...*tensor.Tensor) []*tensor.Tensor

func (f Func) multi() MultiFunc { return func(xs ...*T) []*T { return []*T{f(xs...)} } }

// evaluation is a function's results at leaves with the values of its arguments,
// or, where an argument has a history, at aliases that continue it.
type evaluation struct {
	ys, xs []*T
	mode   []Option // of passes: recorded where ys depend on more than xs
}

func evaluate(f MultiFunc, xs []*T) *evaluation {
	e := &evaluation{xs: make([]*T, len(xs))}
	EnableGrad(func() {
		for i, x := range xs {
			if x.RequiresGrad() {
				e.xs[i] = x.ViewAs(x)
			} else {
				e.xs[i] = x.Detach().SetRequiresGrad(true)
			}
		}
		e.ys = f(e.xs...)
	})
	foreign := func(x *T) bool { return x != nil && !slices.Contains(e.xs, x) }
	outer := slices.ContainsFunc(e.ys, func(y *T) bool { return y.Node() == nil && y.RequiresGrad() && foreign(y) })
	for _, n := range history(e.ys, 0) {
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

// values returns ys, without the history that only leads to xs.
func (e *evaluation) values() []*T {
	out := slices.Clone(e.ys)
	if !collect(e.mode).graph {
		for i, y := range out {
			out[i] = y.Detach()
		}
	}
	return out
}

// slopes returns the gradients of the sum of ys, weighted by vs, zeros where it
// does not depend on an input.
func slopes(ys, vs, xs []*T, opts ...Option) []*T {
	var roots, weights []*T
	for i, y := range ys {
		if y.RequiresGrad() {
			roots, weights = append(roots, y), append(weights, vs[i])
		}
	}
	return zeroed(Gradients(roots, xs, append(opts, AllowUnused(), Gradient(weights...))...), xs)
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
	ys, grads := VJPMulti(f.multi(), []*T{v}, xs...)
	return ys[0], grads
}

// VJPMulti is VJP of a function with several results, a vector for each: the
// gradients of the sum of all Σ v·f.
func VJPMulti(f MultiFunc, vs []*tensor.Tensor, xs ...*tensor.Tensor) (ys, grads []*tensor.Tensor) {
	e := evaluate(f, xs)
	oneEach("VJP", vs, e.ys, "result")
	return e.values(), slopes(e.ys, vs, e.xs, e.mode...)
}

// JVP returns f(xs) and the product of f's Jacobian with the vectors vs, one for
// each of xs and of its shape: how f changes as xs move along vs.
func JVP(f Func, vs []*tensor.Tensor, xs ...*tensor.Tensor) (y, jvp *tensor.Tensor) {
	ys, jvps := JVPMulti(f.multi(), vs, xs...)
	return ys[0], jvps[0]
}

// JVPMulti is JVP of a function with several results. It differentiates the
// gradient with respect to the vectors it is weighted by, which it is linear in.
func JVPMulti(f MultiFunc, vs []*tensor.Tensor, xs ...*tensor.Tensor) (ys, jvps []*tensor.Tensor) {
	oneEach("JVP", vs, xs, "input")
	e := evaluate(f, xs)
	us := make([]*T, len(e.ys))
	for i, y := range e.ys {
		us[i] = tensor.ZerosLike(y).SetRequiresGrad(true)
	}
	return e.values(), slopes(slopes(e.ys, us, e.xs, CreateGraph()), vs, us, e.mode...)
}

// Jacobian returns the derivatives of every element of f(x), of shape (shape of
// f(x)…, shape of x…).
func Jacobian(f Func, x *tensor.Tensor) *tensor.Tensor { return Jacobians(f, x)[0] }

// Jacobians returns Jacobian with respect to each of several arguments.
func Jacobians(f Func, xs ...*tensor.Tensor) []*tensor.Tensor {
	return JacobiansMulti(f.multi(), xs...)[0]
}

// JacobiansMulti returns Jacobian of each of several results: [i][k] is that of
// result i with respect to xs[k].
func JacobiansMulti(f MultiFunc, xs ...*tensor.Tensor) [][]*tensor.Tensor {
	e := evaluate(f, xs)
	out := make([][]*T, len(e.ys))
	for i, y := range e.ys {
		out[i] = e.jacobians(y)
	}
	return out
}

// jacobians returns the derivatives of one of the results.
func (e *evaluation) jacobians(y *T) []*T {
	flat := y
	EnableGrad(func() { flat = y.Flatten() })
	rows := make([][]*T, len(e.xs)) // of every argument
	for i := range flat.NumEl() {
		var element *T
		EnableGrad(func() { element = flat.Select(0, i) })
		for k, g := range slopes([]*T{element}, []*T{nil}, e.xs, e.mode...) {
			rows[k] = append(rows[k], g)
		}
	}
	out := make([]*T, len(e.xs))
	for k, x := range e.xs {
		shape := append(y.Shape(), x.Shape()...)
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
	return JacobiansMulti(func(xs ...*T) []*T {
		e := evaluate(f.multi(), xs)
		return slopes(e.ys, []*T{nil}, e.xs, CreateGraph())
	}, xs...)
}

// HVP returns f(x) and the product of f's Hessian with v.
func HVP(f Func, v, x *tensor.Tensor) (y, hvp *tensor.Tensor) {
	y, products := HVPs(f, []*T{v}, x)
	return y, products[0]
}

// HVPs returns f(xs) and the product of f's Hessian with vs, a vector for each of
// several arguments and of its shape.
func HVPs(f Func, vs []*tensor.Tensor, xs ...*tensor.Tensor) (y *tensor.Tensor, hvps []*tensor.Tensor) {
	oneEach("HVP", vs, xs, "input")
	e := evaluate(f.multi(), xs)
	return e.values()[0], slopes(slopes(e.ys, []*T{nil}, e.xs, CreateGraph()), vs, e.xs, e.mode...)
}

// oneEach panics unless there is a vector for each input, or result.
func oneEach(op string, vs, ts []*T, what string) {
	if len(vs) != len(ts) {
		panic(&tensor.Error{Op: op, Msg: fmt.Sprintf("%d vectors for %d %ss; there is one for each", len(vs), len(ts), what)})
	}
}
