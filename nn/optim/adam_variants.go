package optim

import (
	"math"

	"github.com/gophergrad/gophergrad/tensor"
)

// Adamax is Adam with the largest gradient in place of the root mean square
// (Kingma and Ba 2015).
type Adamax struct{ base }

// NewAdamax returns the optimizer, with betas 0.9 and 0.999 and eps 1e-8. It
// takes the options Betas, Eps, WeightDecay and Maximize.
func NewAdamax(params []*tensor.Tensor, lr float64, opts ...Option) *Adamax {
	return &Adamax{newBase("NewAdamax", params, adamDefaults(lr), opts, "Betas", "Eps")}
}

// Step changes every parameter that has a gradient.
func (o *Adamax) Step() {
	o.each(func(g *Group, p, grad *tensor.Tensor, s *slots) {
		d := decayed(g, p, grad)
		m, largest := s.get("exp_avg", p).LerpInPlace(d, 1-g.Beta1), s.get("exp_inf", p)
		largest.CopyInPlace(largest.MulScalar(g.Beta2).Maximum(d.Abs().AddScalarInPlace(g.Eps)))
		p.AddcdivInPlace(m, largest, -g.LR/(1-math.Pow(g.Beta1, float64(s.step))))
	})
}

// NAdam is Adam with Nesterov momentum (Dozat 2016).
type NAdam struct{ base }

// NewNAdam returns the optimizer, with betas 0.9 and 0.999 and eps 1e-8. It
// takes the options Betas, Eps, WeightDecay and Maximize.
func NewNAdam(params []*tensor.Tensor, lr float64, opts ...Option) *NAdam {
	return &NAdam{newBase("NewNAdam", params, adamDefaults(lr), opts, "Betas", "Eps")}
}

// momentumDecay is how fast NAdam's momentum reaches beta 1, PyTorch's default.
const momentumDecay = 4e-3

// Step changes every parameter that has a gradient.
func (o *NAdam) Step() {
	o.each(func(g *Group, p, grad *tensor.Tensor, s *slots) {
		d := decayed(g, p, grad)
		mu := func(step int) float64 { return g.Beta1 * (1 - 0.5*math.Pow(0.96, float64(step)*momentumDecay)) }
		now, next := mu(s.step), mu(s.step+1)
		product := now
		for i := 1; i < s.step; i++ {
			product *= mu(i)
		}
		m := s.get("exp_avg", p).LerpInPlace(d, 1-g.Beta1)
		v := s.get("exp_avg_sq", p).MulScalarInPlace(g.Beta2).AddcmulInPlace(d, d, 1-g.Beta2)
		root := v.DivScalar(1 - math.Pow(g.Beta2, float64(s.step))).SqrtInPlace().AddScalarInPlace(g.Eps)
		p.AddcdivInPlace(d, root, -g.LR*(1-now)/(1-product))
		p.AddcdivInPlace(m, root, -g.LR*next/(1-product*next))
	})
}

// RAdam is Adam that waits to divide by the root mean square until its variance
// is small (Liu et al. 2020).
type RAdam struct{ base }

// NewRAdam returns the optimizer, with betas 0.9 and 0.999 and eps 1e-8. It
// takes the options Betas, Eps, WeightDecay and Maximize.
func NewRAdam(params []*tensor.Tensor, lr float64, opts ...Option) *RAdam {
	return &RAdam{newBase("NewRAdam", params, adamDefaults(lr), opts, "Betas", "Eps")}
}

// Step changes every parameter that has a gradient.
func (o *RAdam) Step() {
	o.each(func(g *Group, p, grad *tensor.Tensor, s *slots) {
		d := decayed(g, p, grad)
		m := s.get("exp_avg", p).LerpInPlace(d, 1-g.Beta1)
		v := s.get("exp_avg_sq", p).MulScalarInPlace(g.Beta2).AddcmulInPlace(d, d, 1-g.Beta2)
		t := float64(s.step)
		kept := math.Pow(g.Beta2, t)
		most := 2/(1-g.Beta2) - 1
		length := most - 2*t*kept/(1-kept) // of the average that v is
		step := g.LR / (1 - math.Pow(g.Beta1, t))
		if length <= 5 {
			p.AddScaledInPlace(m, -step)
			return
		}
		rect := math.Sqrt((length - 4) * (length - 2) * most / ((most - 4) * (most - 2) * length))
		p.AddcdivInPlace(m, v.Sqrt().AddScalarInPlace(g.Eps), -step*rect*math.Sqrt(1-kept))
	})
}
