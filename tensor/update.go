package tensor

import "github.com/gophergrad/gophergrad/tensor/internal/cpu"

// Updates that optimizers make, fused into one pass over memory.

// AddScaledInPlace adds alpha·y to t, rounded once where the machine can.
func (t *Tensor) AddScaledInPlace(y *Tensor, alpha float64) *Tensor {
	recorded := GradEnabled() && (wantsGrad(t) || wantsGrad(y))
	if recorded || !fusible(t, y) {
		return t.AddInPlace(y.Cast(ResultType(t, y)).MulScalar(alpha))
	}
	t.checkInPlace("AddScaledInPlace")
	addScaled.into(t, t.dtype, alpha, y, nil)
	t.bump()
	return t
}

// addScaled adds a multiple to what lies in the result, which must be fusible with the operand.
var addScaled = withScalar(kernels{}, cpu.AxpyF32, cpu.AxpyF64)

// AdamStep holds the numbers of one step of Adam (Kingma and Ba 2015) or AdamW
// (Loshchilov and Hutter 2019).
type AdamStep struct {
	LR, Beta1, Beta2, Eps float64
	L2                    float64 // L2·param is added to the gradient
	Decay                 float64 // the parameter first shrinks by LR·Decay
	Step                  int     // 1 for the first step
}

// AdamInPlace updates t by one step of Adam, and the running means m and v of
// its gradient and of the gradient's square, in PyTorch's order of operations.
func (t *Tensor) AdamInPlace(grad, m, v *Tensor, a AdamStep) *Tensor {
	t.checkInPlace("AdamInPlace")
	for _, x := range []*Tensor{grad, m, v} {
		if !sameShape(x.shape, t.shape) {
			failOn("AdamInPlace", []*Tensor{t, grad, m, v}, "the gradient %s and the means %s and %s must have the parameter's shape %s",
				shapeText(grad.shape), shapeText(m.shape), shapeText(v.shape), shapeText(t.shape))
		}
	}
	if !fusible(t, grad, m, v) {
		c := Float32
		if t.dtype == Float64 {
			c = Float64
		}
		p, cm, cv := copyAs(t, c), copyAs(m, c), copyAs(v, c)
		p.AdamInPlace(copyAs(grad.Detach(), c), cm, cv, a)
		m.CopyInPlace(cm)
		v.CopyInPlace(cv)
		return t.CopyInPlace(p)
	}
	if t.dtype == Float64 {
		adam(elements[float64](t), elements[float64](grad), elements[float64](m), elements[float64](v), a, cpu.Adam.StepF64)
	} else {
		adam(elements[float32](t), elements[float32](grad), elements[float32](m), elements[float32](v), a, cpu.Adam.StepF32)
	}
	t.bump()
	m.bump()
	v.bump()
	return t
}

func adam[C compute](param, grad, m, v []C, a AdamStep, step func(a cpu.Adam, param, grad, m, v []C)) {
	const least = grain / 4
	if len(param) <= least { // without a function on the heap
		step(cpu.Adam(a), param, grad, m, v)
		return
	}
	parallel(len(param), least, func(lo, hi int) { step(cpu.Adam(a), param[lo:hi], grad[lo:hi], m[lo:hi], v[lo:hi]) })
}

// copyAs copies t into a new contiguous tensor of a dtype.
func copyAs(t *Tensor, d DType) *Tensor {
	out := empty(t.shape, d)
	copyInto(out, t)
	return out
}

// fusible reports whether the tensors are contiguous, of one shape, and all
// Float32 or all Float64.
func fusible(ts ...*Tensor) bool {
	for _, t := range ts {
		if t.dtype != ts[0].dtype || t.dtype > Float64 || !t.IsContiguous() || !sameShape(t.shape, ts[0].shape) {
			return false
		}
	}
	return true
}
