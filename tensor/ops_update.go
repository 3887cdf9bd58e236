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
