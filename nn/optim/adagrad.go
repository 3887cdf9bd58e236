package optim

import "github.com/gophergrad/gophergrad/tensor"

// Adagrad divides the gradient by the root of the sum of its squares (Duchi et
// al. 2011).
type Adagrad struct{ base }

// NewAdagrad returns the optimizer, with eps 1e-10. It takes the options
// LRDecay, InitialAccumulator, Eps, WeightDecay and Maximize.
func NewAdagrad(params []*tensor.Tensor, lr float64, opts ...Option) *Adagrad {
	defaults := Settings{LR: lr, Eps: 1e-10}
	return &Adagrad{newBase("NewAdagrad", params, defaults, opts, "LRDecay", "InitialAccumulator", "Eps")}
}

// Step changes every parameter that has a gradient.
func (o *Adagrad) Step() {
	o.each(func(g *Group, p, grad *tensor.Tensor, s *slots) {
		d := decayed(g, p, grad)
		if s.step == 1 {
			s.get("sum", p).FillInPlace(g.InitialAccumulator)
		}
		sum := s.get("sum", p).AddcmulInPlace(d, d, 1)
		p.AddcdivInPlace(d, sum.Sqrt().AddScalarInPlace(g.Eps), -g.LR/(1+float64(s.step-1)*g.LRDecay))
	})
}

// Adadelta scales the gradient by the ratio of two running root mean squares, of
// the steps and of the gradients (Zeiler 2012).
type Adadelta struct{ base }

// NewAdadelta returns the optimizer, with rho 0.9 and eps 1e-6; PyTorch's
// default learning rate is 1. It takes the options Rho, Eps, WeightDecay and
// Maximize.
func NewAdadelta(params []*tensor.Tensor, lr float64, opts ...Option) *Adadelta {
	return &Adadelta{newBase("NewAdadelta", params, Settings{LR: lr, Rho: 0.9, Eps: 1e-6}, opts, "Rho", "Eps")}
}

// Step changes every parameter that has a gradient.
func (o *Adadelta) Step() {
	o.each(func(g *Group, p, grad *tensor.Tensor, s *slots) {
		d := decayed(g, p, grad)
		square, steps := s.get("square_avg", p), s.get("acc_delta", p)
		square.MulScalarInPlace(g.Rho).AddcmulInPlace(d, d, 1-g.Rho)
		root := square.AddScalar(g.Eps).Sqrt()
		delta := steps.AddScalar(g.Eps).Sqrt().DivInPlace(root).MulInPlace(d)
		steps.MulScalarInPlace(g.Rho).AddcmulInPlace(delta, delta, 1-g.Rho)
		p.AddScaledInPlace(delta, -g.LR)
	})
}
