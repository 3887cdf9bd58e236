package optim

import "github.com/gophergrad/gophergrad/tensor"

// SGD is stochastic gradient descent, with momentum if asked for.
type SGD struct{ base }

// NewSGD returns the optimizer p ← p - lr·grad. It takes the options Momentum,
// Dampening, Nesterov, WeightDecay and Maximize.
func NewSGD(params []*tensor.Tensor, lr float64, opts ...Option) *SGD {
	return &SGD{newBase("NewSGD", params, Settings{LR: lr}, opts, "Momentum", "Dampening", "Nesterov")}
}

// Step changes every parameter that has a gradient.
func (o *SGD) Step() {
	o.each(func(g *Group, p, grad *tensor.Tensor, s *slots) {
		d := decayed(g, p, grad)
		if g.Momentum != 0 {
			buf := s.tensors["momentum_buffer"]
			if buf == nil {
				buf = d.Clone()
				s.tensors["momentum_buffer"] = buf
			} else {
				buf.MulScalarInPlace(g.Momentum).AddScaledInPlace(d, 1-g.Dampening)
			}
			if g.Nesterov {
				d = d.Clone().AddScaledInPlace(buf, g.Momentum)
			} else {
				d = buf
			}
		}
		p.AddScaledInPlace(d, -g.LR)
	})
}

// RMSprop divides the gradient by a running root mean square (Tieleman and
// Hinton 2012).
type RMSprop struct{ base }

// NewRMSprop returns the optimizer, with alpha 0.99 and eps 1e-8. It takes the
// options Alpha, Eps, Momentum, Centered, WeightDecay and Maximize.
func NewRMSprop(params []*tensor.Tensor, lr float64, opts ...Option) *RMSprop {
	defaults := Settings{LR: lr, Alpha: 0.99, Eps: 1e-8}
	return &RMSprop{newBase("NewRMSprop", params, defaults, opts, "Alpha", "Eps", "Momentum", "Centered")}
}

// Step changes every parameter that has a gradient.
func (o *RMSprop) Step() {
	o.each(func(g *Group, p, grad *tensor.Tensor, s *slots) {
		d := decayed(g, p, grad)
		square := s.get("square_avg", p).MulScalarInPlace(g.Alpha)
		square.AddcmulInPlace(d, d, 1-g.Alpha)
		root := square
		if g.Centered {
			mean := s.get("grad_avg", p).LerpInPlace(d, 1-g.Alpha)
			root = square.Clone().AddcmulInPlace(mean, mean, -1)
		}
		root = root.Sqrt().AddScalarInPlace(g.Eps)
		if g.Momentum > 0 {
			buf := s.get("momentum_buffer", p).MulScalarInPlace(g.Momentum).AddcdivInPlace(d, root, 1)
			p.AddScaledInPlace(buf, -g.LR)
		} else {
			p.AddcdivInPlace(d, root, -g.LR)
		}
	})
}
