package tensor

import "github.com/gophergrad/gophergrad/tensor/internal/cpu"

// In-place updates of several operands in one pass, as optimizers use them. They
// record nothing and thus want autograd.NoGrad around them where t or an operand
// requires a gradient.

// checkUpdate panics unless the operands fit an unrecorded update of t.
func (t *Tensor) checkUpdate(op string, xs ...*Tensor) {
	t.checkInPlace(op)
	all := append([]*Tensor{t}, xs...)
	sameDevice(op, all...)
	for _, x := range all {
		if wantsGrad(x) && GradEnabled() {
			fail(op, "this update is not recorded; wrap it in autograd.NoGrad(func() { … })")
		}
		if !t.dtype.IsFloat() || x.dtype != t.dtype {
			failOn(op, all, "operands are %v and %v; they must have one floating-point dtype", t.dtype, x.dtype)
		}
		if !sameShape(broadcast(op, t.shape, x.shape), t.shape) {
			failOn(op, all, "%s does not broadcast to %s", shapeText(x.shape), shapeText(t.shape))
		}
	}
}

func axpy[C float32 | float64](f func(d, x []C, a C)) func(d, a, b, s []C) {
	return func(d, a, b, s []C) {
		if &d[0] != &a[0] {
			copy(d, a)
		}
		f(d, b, s[0])
	}
}

func addcmul[C float32 | float64](v C) func(d, a, b, c []C) {
	return func(d, a, b, c []C) {
		for i, x := range a {
			d[i] = x + v*b[i]*c[i]
		}
	}
}

func addcdiv[C float32 | float64](v C) func(d, a, b, c []C) {
	return func(d, a, b, c []C) {
		for i, x := range a {
			d[i] = x + v*b[i]/c[i]
		}
	}
}

var axpyKernels = k3(axpy(cpu.AxpyF32), axpy(cpu.AxpyF64), nil)

// AddScaledInPlace adds alpha·x to t.
func (t *Tensor) AddScaledInPlace(x *Tensor, alpha float64) *Tensor {
	t.checkUpdate("AddScaledInPlace", x)
	if t.NumEl() > 0 {
		axpyKernels.into(t, t.dtype, alpha, t, x, nil)
	}
	t.bump()
	return t
}

// AddcmulInPlace adds value·x·y to t, elementwise.
func (t *Tensor) AddcmulInPlace(x, y *Tensor, value float64) *Tensor {
	t.checkUpdate("AddcmulInPlace", x, y)
	k := k3(addcmul(float32(value)), addcmul(value), nil)
	k.into(t, t.dtype, 0, t, x, y)
	t.bump()
	return t
}

// AddcdivInPlace adds value·x/y to t, elementwise.
func (t *Tensor) AddcdivInPlace(x, y *Tensor, value float64) *Tensor {
	t.checkUpdate("AddcdivInPlace", x, y)
	k := k3(addcdiv(float32(value)), addcdiv(value), nil)
	k.into(t, t.dtype, 0, t, x, y)
	t.bump()
	return t
}

// LerpInPlace moves t towards end: t + weight·(end - t).
func (t *Tensor) LerpInPlace(end *Tensor, weight float64) *Tensor {
	t.checkUpdate("LerpInPlace", end)
	lerpKernels.into(t, t.dtype, weight, t, end, nil)
	t.bump()
	return t
}

// SqrtInPlace replaces t's elements by their square roots.
func (t *Tensor) SqrtInPlace() *Tensor {
	t.checkUpdate("SqrtInPlace")
	k := k1(cpu.SqrtF32, cpu.SqrtF64, nil)
	k.into(t, t.dtype, 0, t)
	t.bump()
	return t
}

// AdamStep holds the numbers of one step of Adam (Kingma and Ba 2015) or AdamW
// (Loshchilov and Hutter 2019).
type AdamStep struct {
	LR, Beta1, Beta2, Eps float64
	L2                    float64 // Adam's weight decay: L2·param is added to the gradient
	Decay                 float64 // AdamW's weight decay: param first shrinks by LR·Decay
	Step                  int     // 1 for the first step
}

// Update changes a parameter and the running means m and v of its gradient and
// the gradient's square, in PyTorch's order of operations. The four are
// contiguous, of one shape and of dtype Float32 or Float64.
func (a AdamStep) Update(param, grad, m, v *Tensor) {
	param.checkUpdate("AdamStep", grad, m, v)
	grad = contiguous(grad)
	n := param.NumEl()
	for _, x := range []*Tensor{param, grad, m, v} {
		if !x.IsContiguous() || !sameShape(x.shape, param.shape) || x.dtype != Float32 && x.dtype != Float64 {
			failOn("AdamStep", []*Tensor{param, grad, m, v}, "parameter, gradient and means must be contiguous, of one shape, in float32 or float64")
		}
	}
	step := cpu.Adam{LR: a.LR, Beta1: a.Beta1, Beta2: a.Beta2, Eps: a.Eps, L2: a.L2, Decay: a.Decay, Step: a.Step}
	parallel(n, grain, func(lo, hi int) {
		if param.dtype == Float64 {
			step.StepF64(elements[float64](param)[lo:hi], elements[float64](grad)[lo:hi], elements[float64](m)[lo:hi], elements[float64](v)[lo:hi])
		} else {
			step.StepF32(elements[float32](param)[lo:hi], elements[float32](grad)[lo:hi], elements[float32](m)[lo:hi], elements[float32](v)[lo:hi])
		}
	})
	param.bump()
	m.bump()
	v.bump()
}
