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
	fused(t, []*Tensor{y},
		func(d []float32, in [3][]float32) { cpu.AxpyF32(d, in[0], float32(alpha)) },
		func(d []float64, in [3][]float64) { cpu.AxpyF64(d, in[0], alpha) })
	return t
}

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
	step := cpu.Adam(a)
	fused(t, []*Tensor{grad, m, v},
		func(d []float32, in [3][]float32) { step.StepF32(d, in[0], in[1], in[2]) },
		func(d []float64, in [3][]float64) { step.StepF64(d, in[0], in[1], in[2]) })
	m.bump()
	v.bump()
	return t
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

// fused runs a kernel over the elements of fusible tensors and counts a change
// of t.
func fused(t *Tensor, in []*Tensor, f32 func(d []float32, in [3][]float32), f64 func(d []float64, in [3][]float64)) {
	if t.dtype == Float64 {
		eachPart(t, in, f64)
	} else {
		eachPart(t, in, f32)
	}
	t.bump()
}

func eachPart[C compute](t *Tensor, in []*Tensor, f func(d []C, in [3][]C)) {
	n := numel(t.shape)
	parallel(n, grain/4, func(lo, hi int) {
		var parts [3][]C
		for i, x := range in {
			parts[i] = slice[C](x.storage)[x.offset+lo : x.offset+hi]
		}
		f(slice[C](t.storage)[t.offset+lo:t.offset+hi], parts)
	})
}
