package optim

import "github.com/gophergrad/gophergrad/tensor"

// Rprop gives each element a step of its own, which grows while the gradient
// keeps its sign and shrinks when it turns (Riedmiller and Braun 1993).
type Rprop struct{ base }

// How Rprop's steps shrink and grow, and their bounds: PyTorch's defaults.
const (
	rpropShrink, rpropGrow   = 0.5, 1.2
	rpropLeast, rpropLargest = 1e-6, 50
)

// NewRprop returns the optimizer, whose steps start at lr. It takes the options
// WeightDecay and Maximize. It is meant for whole data sets, not for batches.
func NewRprop(params []*tensor.Tensor, lr float64, opts ...Option) *Rprop {
	return &Rprop{newBase("NewRprop", params, Settings{LR: lr}, opts)}
}

// Step changes every parameter that has a gradient.
func (o *Rprop) Step() {
	o.each(func(g *Group, p, grad *tensor.Tensor, s *slots) {
		d := decayed(g, p, grad)
		if s.step == 1 {
			s.get("step_size", p).FillInPlace(g.LR)
		}
		previous, size := s.get("prev", p), s.get("step_size", p)
		sign := d.Mul(previous)
		kept, turned := sign.GtScalar(0), sign.LtScalar(0)
		factor := tensor.OnesLike(p).MaskedFill(kept, rpropGrow).MaskedFill(turned, rpropShrink)
		size.MulInPlace(factor).ClampMinInPlace(rpropLeast).ClampMaxInPlace(rpropLargest)
		d = d.MaskedFill(turned, 0) // no step after a turn
		p.AddcmulInPlace(d.Sign(), size, -1)
		previous.CopyInPlace(d)
	})
}
