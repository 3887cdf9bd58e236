package tensor

import "github.com/gophergrad/gophergrad/tensor/internal/cpu"

// In-place updates of several operands, as optimizers use them: in one pass where
// nothing is recorded and the operands have one floating-point dtype.

// quick reports whether t can be updated by xs in one pass, after the checks of
// an update in place.
func (t *Tensor) quick(op string, xs ...*Tensor) bool {
	t.checkInPlace(op)
	for _, x := range append(xs, t) {
		if wantsGrad(x) && GradEnabled() || !t.dtype.IsFloat() || x.dtype != t.dtype || x.storage.device != t.storage.device ||
			!sameShape(broadcast(op, t.shape, x.shape), t.shape) {
			return false
		}
	}
	return true
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
	if !t.quick("AddcmulInPlace", x, y) {
		return t.inPlace("AddcmulInPlace", func(t *Tensor) *Tensor { return t.AddCMul(x, y, value) })
	}
	k := k3(addcmul(float32(value)), addcmul(value), nil)
	k.into(t, t.dtype, 0, t, x, y)
	t.bump()
	return t
}

// AddcdivInPlace adds value·x/y to t, elementwise.
func (t *Tensor) AddcdivInPlace(x, y *Tensor, value float64) *Tensor {
	if !t.quick("AddcdivInPlace", x, y) {
		return t.inPlace("AddcdivInPlace", func(t *Tensor) *Tensor { return t.AddCDiv(x, y, value) })
	}
	k := k3(addcdiv(float32(value)), addcdiv(value), nil)
	k.into(t, t.dtype, 0, t, x, y)
	t.bump()
	return t
}

// LerpInPlace moves t towards end: t + weight·(end - t).
func (t *Tensor) LerpInPlace(end *Tensor, weight float64) *Tensor {
	if !t.quick("LerpInPlace", end) {
		return t.inPlace("LerpInPlace", func(t *Tensor) *Tensor { return t.Lerp(end, weight) })
	}
	lerpKernels.into(t, t.dtype, weight, t, end, nil)
	t.bump()
	return t
}

// SqrtInPlace replaces t's elements by their square roots.
func (t *Tensor) SqrtInPlace() *Tensor {
	if !t.quick("SqrtInPlace") {
		return t.inPlace("SqrtInPlace", (*Tensor).Sqrt)
	}
	k := k1(cpu.SqrtF32, cpu.SqrtF64, nil)
	k.into(t, t.dtype, 0, t)
	t.bump()
	return t
}
