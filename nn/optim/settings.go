package optim

import (
	"fmt"
	"math"
)

// Settings are the numbers that steer an optimizer; each reads those that its
// constructor takes as options.
type Settings struct {
	LR          float64 // learning rate
	WeightDecay float64
	Maximize    bool // climb instead of descend

	Momentum, Dampening float64
	Nesterov            bool

	Beta1, Beta2, Eps float64
	AMSGrad           bool

	Alpha, Rho, LRDecay float64
	Centered            bool
	InitialAccumulator  float64
}

// problem says which setting is out of its range, "" if none is.
func (s *Settings) problem() string {
	for _, v := range []struct {
		name  string
		value float64
		below float64
	}{
		{"learning rate", s.LR, math.Inf(1)}, {"weight decay", s.WeightDecay, math.Inf(1)},
		{"momentum", s.Momentum, math.Inf(1)}, {"beta 1", s.Beta1, 1}, {"beta 2", s.Beta2, 1},
		{"epsilon", s.Eps, math.Inf(1)}, {"alpha", s.Alpha, math.Inf(1)}, {"rho", s.Rho, math.Nextafter(1, 2)},
		{"learning-rate decay", s.LRDecay, math.Inf(1)}, {"initial accumulator", s.InitialAccumulator, math.Inf(1)},
	} {
		if !(v.value >= 0 && v.value < v.below) {
			return fmt.Sprintf("the %s is %v; it must lie in [0, %v)", v.name, v.value, v.below)
		}
	}
	if s.Nesterov && (s.Momentum == 0 || s.Dampening != 0) {
		return "Nesterov momentum needs a momentum and no dampening"
	}
	return ""
}

// Option is a rare setting of an optimizer or a parameter group.
type Option struct {
	name string
	set  func(*Settings)
}

// LR sets a group's learning rate.
func LR(v float64) Option { return Option{"LR", func(s *Settings) { s.LR = v }} }

// WeightDecay pulls parameters towards 0.
func WeightDecay(v float64) Option {
	return Option{"WeightDecay", func(s *Settings) { s.WeightDecay = v }}
}

// Maximize climbs instead of descending.
func Maximize(on bool) Option { return Option{"Maximize", func(s *Settings) { s.Maximize = on }} }

// Momentum keeps that share of the last step.
func Momentum(v float64) Option { return Option{"Momentum", func(s *Settings) { s.Momentum = v }} }

// Dampening takes that share off the gradient that enters the momentum.
func Dampening(v float64) Option { return Option{"Dampening", func(s *Settings) { s.Dampening = v }} }

// Nesterov looks one step of momentum ahead (Sutskever et al. 2013).
func Nesterov(on bool) Option { return Option{"Nesterov", func(s *Settings) { s.Nesterov = on }} }

// Betas sets the shares that running means of the gradient and its square keep.
func Betas(beta1, beta2 float64) Option {
	return Option{"Betas", func(s *Settings) { s.Beta1, s.Beta2 = beta1, beta2 }}
}

// Eps sets the number that keeps a division finite.
func Eps(v float64) Option { return Option{"Eps", func(s *Settings) { s.Eps = v }} }

// AMSGrad divides by the largest mean square so far (Reddi et al. 2018).
func AMSGrad(on bool) Option { return Option{"AMSGrad", func(s *Settings) { s.AMSGrad = on }} }

// Alpha sets the share that RMSprop's mean square keeps.
func Alpha(v float64) Option { return Option{"Alpha", func(s *Settings) { s.Alpha = v }} }

// Centered divides by the gradient's standard deviation (Graves 2013).
func Centered(on bool) Option { return Option{"Centered", func(s *Settings) { s.Centered = on }} }

// LRDecay lets Adagrad's learning rate fall as LR/(1 + step·v).
func LRDecay(v float64) Option { return Option{"LRDecay", func(s *Settings) { s.LRDecay = v }} }

// InitialAccumulator starts Adagrad's sum of squares.
func InitialAccumulator(v float64) Option {
	return Option{"InitialAccumulator", func(s *Settings) { s.InitialAccumulator = v }}
}

// Rho sets the share that Adadelta's mean squares keep.
func Rho(v float64) Option { return Option{"Rho", func(s *Settings) { s.Rho = v }} }
