package nn

import (
	"github.com/gophergrad/gophergrad/autograd"
	"github.com/gophergrad/gophergrad/tensor"
)

// ClipGradNorm scales the gradients of params down to a common 2-norm of at most
// max, and returns the norm that they had (Pascanu et al. 2013).
func ClipGradNorm(params []*tensor.Tensor, max float64) float64 {
	var norm float64
	autograd.NoGrad(func() {
		var norms []*tensor.Tensor
		for _, p := range params {
			if g := p.Grad(); g != nil {
				norms = append(norms, g.Square().Sum().Sqrt())
			}
		}
		if len(norms) == 0 {
			return
		}
		norm = tensor.Stack(norms, 0).Square().Sum().Sqrt().Item()
		if scale := max / (norm + 1e-6); scale < 1 {
			for _, p := range params {
				if g := p.Grad(); g != nil {
					g.MulScalarInPlace(scale)
				}
			}
		}
	})
	return norm
}

// ClipGradValue bounds every element of the gradients of params to [-limit, limit].
func ClipGradValue(params []*tensor.Tensor, limit float64) {
	autograd.NoGrad(func() {
		for _, p := range params {
			if g := p.Grad(); g != nil {
				g.ClampMinInPlace(-limit).ClampMaxInPlace(limit)
			}
		}
	})
}
