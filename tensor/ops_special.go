package tensor

import (
	"math"
	"math/cmplx"
)

// Special functions.

// PolygammaAttrs is the order of polygamma.
type PolygammaAttrs struct{ N int }

var (
	opLgamma  = unary("lgamma", "x.lgamma()", 0.3, 3, sameType, each(lgamma))
	opDigamma = unary("digamma", "x.digamma()", 0.3, 3, sameType, each(digamma))
	opSinc    = unary("sinc", "x.sinc()", -2, 2, sameType, eachF32(sincF32, sinc).complex1(complexSinc))
	opLogit   = unary("logit", "x.logit()", 0.1, 0.9, sameType, each(func(x float64) float64 { return logarithm(x / (1 - x)) }))
)

var opPolygamma = register(Op{Name: "polygamma", Samples: []Sample{
	{Torch: "torch.polygamma(1, x)", In: []Input{in(0.5, 3, 2, 3)}, Attrs: PolygammaAttrs{1}},
	{Torch: "torch.polygamma(2, x)", In: []Input{in(-0.9, -0.1, 2, 3)}, Attrs: PolygammaAttrs{2}},
}, f1: func(x *Tensor, a any) *Tensor {
	n := float64(a.(PolygammaAttrs).N)
	scale := math.Gamma(n+1) * math.Pow(-1, n+1)
	k := each(func(x float64) float64 { return scale * zeta(n+1, x) })
	return k.apply1(sameType, x)
}})

func lgamma(x float64) float64 {
	if math.IsInf(x, -1) { // Go's is -∞ there, C's is not
		return math.Inf(1)
	}
	if math.Abs(x) < 0x1p-1022 {
		return -logarithm(math.Abs(x))
	}
	v, _ := math.Lgamma(x)
	return v
}

// digamma shifts the argument up by ψ(x) = ψ(x+1) - 1/x to where seven terms of the asymptotic series are exact, from
// below 0 by reflection (Abramowitz and Stegun 6.3).
func digamma(x float64) float64 {
	if x == 0 {
		return math.Copysign(math.Inf(1), -x)
	}
	if x < 0 {
		if x == math.Floor(x) {
			return math.NaN()
		}
		_, frac := math.Modf(x)
		return digamma(1-x) - math.Pi/math.Tan(math.Pi*frac)
	}
	y := 0.0
	for ; x < 10; x++ {
		y -= 1 / x
	}
	z, series := 1/(x*x), 0.0
	for _, c := range [...]float64{1. / 12, -691. / 32760, 1. / 132, -1. / 240, 1. / 252, -1. / 120, 1. / 12} {
		series = series*z + c
	}
	return y + math.Log(x) - 0.5/x - series*z
}

func sinc(x float64) float64 {
	if x == 0 {
		return 1
	}
	return math.Sin(math.Pi*x) / (math.Pi * x)
}

// sincF32 rounds π·x as PyTorch does, and so is as small at integers, not nearer to 0.
func sincF32(d, a []float32) {
	for i, x := range a {
		if d[i] = 1; x != 0 {
			x *= math.Pi
			d[i] = float32(math.Sin(float64(x))) / x
		}
	}
}

func complexSinc(x complex128) complex128 {
	if x == 0 {
		return 1
	}
	return cmplx.Sin(math.Pi*x) / (math.Pi * x)
}

// Lgamma returns the logarithm of |Γ(t)|.
func (t *Tensor) Lgamma() *Tensor { return opLgamma.call1(t, nil) }

// Digamma returns the derivative of Lgamma.
func (t *Tensor) Digamma() *Tensor { return opDigamma.call1(t, nil) }

// Polygamma returns the n-th derivative of Digamma, which is the 0th.
func (t *Tensor) Polygamma(n int) *Tensor {
	switch {
	case n < 0:
		fail("Polygamma", "order %d; it must not be negative", n)
	case n == 0:
		return t.Digamma()
	}
	return opPolygamma.call1(t, PolygammaAttrs{n})
}

// Sinc returns sin(πt)/(πt), and 1 at 0.
func (t *Tensor) Sinc() *Tensor { return opSinc.call1(t, nil) }

// Logit returns log(t/(1 - t)), the inverse of Sigmoid.
func (t *Tensor) Logit() *Tensor { return opLogit.call1(t, nil) }
