package tensor

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// The incomplete gamma functions, Hurwitz' zeta function and the multivariate gamma function.

var (
	opIgamma  = parametric("igamma", "torch.igamma(x.to(y.dtype), y)", each2(lowerGamma))
	opIgammac = parametric("igammac", "torch.igammac(x.to(y.dtype), y)", each2(upperGamma))
	opZeta    = parametric("zeta", "torch.special.zeta(x, y)", each2(zeta))
)

// parametric registers a function of a parameter and a variable, which has no derivative in the parameter.
func parametric(name, torch string, k kernels) *Op {
	title := methodName(name)
	return register(Op{Name: name, FloatOnly: true, Samples: []Sample{
		{Torch: torch, In: []Input{ints(2, 4, 2, 3), in(0.3, 4, 2, 3)}},
		{Torch: torch, In: []Input{ints(2, 4, 2, 1), in(0.3, 4, 3)}},
	}, f2: func(x, y *Tensor, _ any) *Tensor { return k.apply2(title, sameType, x, y) }})
}

func init() {
	viaOne("mvlgamma", "x.mvlgamma(3)", func(x *Tensor) *Tensor { return x.Mvlgamma(3) }, 1.5, 4, 2, 3)
}

func lowerGamma(a, x float64) float64 { return within(a, x, 1, mathext.GammaIncReg) }

func upperGamma(a, x float64) float64 { return within(a, x, 0, mathext.GammaIncRegComp) }

// within is f where an incomplete gamma function is defined, and its limits: that for a = 0, and the other for a = ∞.
func within(a, x, limit float64, f func(a, x float64) float64) float64 {
	switch {
	case a == 0 && x > 0:
		return limit
	case math.IsInf(a, 1) && x >= 0 && !math.IsInf(x, 1):
		return 1 - limit
	case !(a > 0 && x >= 0):
		return math.NaN()
	}
	return f(a, x)
}

func zeta(x, q float64) float64 {
	switch {
	case x == 1:
		return math.Inf(1)
	case !(x > 1):
		return math.NaN()
	case q <= 0 && q == math.Floor(q):
		return math.Inf(1)
	case q < 0 && x != math.Floor(x):
		return math.NaN()
	}
	return mathext.Zeta(x, q)
}

// Igamma returns the regularized lower incomplete gamma function P(t, x), for t > 0 and x ≥ 0. It has a derivative in x.
func (t *Tensor) Igamma(x *Tensor) *Tensor { return opIgamma.call2(t, x, nil) }

// Igammac returns the regularized upper incomplete gamma function Q(t, x) = 1 - P(t, x). It has a derivative in x.
func (t *Tensor) Igammac(x *Tensor) *Tensor { return opIgammac.call2(t, x, nil) }

// Zeta returns Hurwitz' zeta function Σ 1/(k+q)ᵗ over k ≥ 0, for t > 1. It has a derivative in q.
func (t *Tensor) Zeta(q *Tensor) *Tensor { return opZeta.call2(t, q, nil) }

// Mvlgamma returns the logarithm of the multivariate gamma function of p dimensions, for t > (p-1)/2.
func (t *Tensor) Mvlgamma(p int) *Tensor {
	if p < 1 {
		fail("Mvlgamma", "dimension %d; it must be positive", p)
	}
	sum := t.Lgamma().AddScalar(float64(p*(p-1)) / 4 * math.Log(math.Pi))
	for j := 1; j < p; j++ {
		sum = sum.Add(t.SubScalar(float64(j) / 2).Lgamma())
	}
	return sum.named("MvlgammaBackward0")
}
