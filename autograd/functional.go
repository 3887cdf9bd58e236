package autograd

import "github.com/gophergrad/gophergrad/tensor"

// Func is a function of tensors to be differentiated as a whole.
type Func func(xs ...*tensor.Tensor) *tensor.Tensor

// fresh returns leaves with the values of xs, or, within a recorded computation,
// aliases of xs, so that the result stays differentiable.
func fresh(xs []*T) []*T {
	out := make([]*T, len(xs))
	for i, x := range xs {
		if x.RequiresGrad() {
			out[i] = x.ViewAs(x)
		} else {
			out[i] = x.Detach().SetRequiresGrad(true)
		}
	}
	return out
}

// VJP returns f(xs) and the product of the vector v with f's Jacobian: the
// gradients of Σ v·f. v is 1 if it is nil and f's result one number.
func VJP(f Func, v *tensor.Tensor, xs ...*tensor.Tensor) (y *tensor.Tensor, grads []*tensor.Tensor) {
	xs = fresh(xs)
	y = f(xs...)
	return y, zeroed(Gradients([]*T{y}, xs, Gradient(v), CreateGraph(), AllowUnused()), xs)
}

// zeroed puts zeros where a function does not depend on an input.
func zeroed(grads, xs []*T) []*T {
	for i, g := range grads {
		if g == nil {
			grads[i] = tensor.ZerosLike(xs[i])
		}
	}
	return grads
}

// JVP returns f(xs) and the product of f's Jacobian with the vectors vs: how f
// changes as xs move along vs. It differentiates the gradient with respect to
// the vector it is weighted by, which it is linear in.
func JVP(f Func, vs []*tensor.Tensor, xs ...*tensor.Tensor) (y, jvp *tensor.Tensor) {
	xs = fresh(xs)
	y = f(xs...)
	u := tensor.ZerosLike(y).SetRequiresGrad(true)
	grads := zeroed(Gradients([]*T{y}, xs, Gradient(u), CreateGraph(), AllowUnused()), xs)
	var linear, weights []*T
	for i, g := range grads {
		if g.RequiresGrad() {
			linear, weights = append(linear, g), append(weights, vs[i])
		}
	}
	if len(linear) == 0 {
		return y, tensor.ZerosLike(y)
	}
	return y, zeroed(Gradients(linear, []*T{u}, Gradient(weights...), CreateGraph(), AllowUnused()), []*T{u})[0]
}

// Jacobian returns the derivatives of every element of f(x), of shape (shape of
// f(x)…, shape of x…).
func Jacobian(f Func, x *tensor.Tensor) *tensor.Tensor {
	x = fresh([]*T{x})[0]
	y := f(x)
	flat := y.Flatten()
	rows := make([]*T, flat.NumEl())
	for i := range rows {
		if !y.RequiresGrad() {
			rows[i] = tensor.ZerosLike(x)
			continue
		}
		rows[i] = zeroed(Gradients([]*T{flat.Select(0, i)}, []*T{x}, CreateGraph(), AllowUnused()), []*T{x})[0]
	}
	shape := append(y.Shape(), x.Shape()...)
	if len(rows) == 0 {
		return tensor.ZerosLike(x).Expand(append([]int{1}, x.Shape()...)...).Narrow(0, 0, 0).Reshape(shape...)
	}
	return tensor.Stack(rows, 0).Reshape(shape...)
}

// Hessian returns the second derivatives of f, a function with one number as
// result, of shape (shape of x…, shape of x…).
func Hessian(f Func, x *tensor.Tensor) *tensor.Tensor {
	return Jacobian(func(xs ...*T) *T { return GradGraph(f(xs...), xs...)[0] }, x)
}

// HVP returns f(x) and the product of f's Hessian with v.
func HVP(f Func, v, x *tensor.Tensor) (y, hvp *tensor.Tensor) {
	x = fresh([]*T{x})[0]
	y = f(x)
	g := GradGraph(y, x)[0]
	if !g.RequiresGrad() {
		return y, tensor.ZerosLike(x)
	}
	return y, zeroed(Gradients([]*T{g}, []*T{x}, Gradient(v), CreateGraph(), AllowUnused()), []*T{x})[0]
}
