package optim

import (
	"math"

	"github.com/gophergrad/gophergrad/tensor"
)

// Adam divides a running mean of the gradient by a running root mean square
// (Kingma and Ba 2015).
type Adam struct {
	base
	decoupled bool // weight decay shrinks the parameter, not the gradient
}

// NewAdam returns the optimizer, with betas 0.9 and 0.999 and eps 1e-8. It takes
// the options Betas, Eps, AMSGrad, WeightDecay and Maximize.
func NewAdam(params []*tensor.Tensor, lr float64, opts ...Option) *Adam {
	return newAdam("NewAdam", params, adamDefaults(lr), false, opts)
}

// NewAdamW returns Adam with decoupled weight decay, 0.01 unless set
// (Loshchilov and Hutter 2019).
func NewAdamW(params []*tensor.Tensor, lr float64, opts ...Option) *Adam {
	s := adamDefaults(lr)
	s.WeightDecay = 0.01
	return newAdam("NewAdamW", params, s, true, opts)
}

func newAdam(name string, params []*tensor.Tensor, s Settings, decoupled bool, opts []Option) *Adam {
	return &Adam{newBase(name, params, s, opts, "Betas", "Eps", "AMSGrad"), decoupled}
}

func adamDefaults(lr float64) Settings { return Settings{LR: lr, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8} }

// Step changes every parameter that has a gradient.
func (o *Adam) Step() {
	o.each(func(g *Group, p, grad *tensor.Tensor, s *slots) {
		m, v := s.get("exp_avg", p), s.get("exp_avg_sq", p)
		if g.AMSGrad {
			o.amsgrad(g, p, grad, m, v, s)
			return
		}
		a := tensor.AdamStep{LR: g.LR, Beta1: g.Beta1, Beta2: g.Beta2, Eps: g.Eps, Step: s.step}
		if o.decoupled {
			a.Decay = g.WeightDecay
		} else {
			a.L2 = g.WeightDecay
		}
		p.AdamInPlace(grad, m, v, a)
	})
}

// amsgrad is a step that divides by the largest root mean square so far.
func (o *Adam) amsgrad(g *Group, p, grad, m, v *tensor.Tensor, s *slots) {
	if o.decoupled {
		p.MulScalarInPlace(1 - g.LR*g.WeightDecay)
	} else {
		grad = decayed(g, p, grad)
	}
	m.LerpInPlace(grad, 1-g.Beta1)
	v.MulScalarInPlace(g.Beta2).AddcmulInPlace(grad, grad, 1-g.Beta2)
	largest := s.get("max_exp_avg_sq", p)
	largest.CopyInPlace(largest.Maximum(v))
	step := float64(s.step)
	root := largest.Sqrt().DivScalarInPlace(math.Sqrt(1 - math.Pow(g.Beta2, step))).AddScalarInPlace(g.Eps)
	p.AddcdivInPlace(m, root, -g.LR/(1-math.Pow(g.Beta1, step)))
}
