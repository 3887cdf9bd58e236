package tensor

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// Special functions.

// PolygammaAttrs is the order of polygamma.
type PolygammaAttrs struct{ N int }

var (
	opLgamma  = unary("lgamma", "x.lgamma()", 0.3, 3, sameType, each(func(x float64) float64 { v, _ := math.Lgamma(x); return v }))
	opDigamma = unary("digamma", "x.digamma()", 0.3, 3, sameType, each(mathext.Digamma))
	opSinc    = unary("sinc", "x.sinc()", -2, 2, sameType, each(sinc))
	opLogit   = unary("logit", "x.logit()", 0.1, 0.9, sameType, each(func(x float64) float64 { return math.Log(x / (1 - x)) }))
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

func sinc(x float64) float64 {
	if x == 0 {
		return 1
	}
	return math.Sin(math.Pi*x) / (math.Pi * x)
}

// Lgamma returns the logarithm of |Γ(t)|.
func (t *Tensor) Lgamma() *Tensor { return opLgamma.call1(t, nil) }

// Digamma returns the derivative of Lgamma.
func (t *Tensor) Digamma() *Tensor { return opDigamma.call1(t, nil) }

// Polygamma returns the n-th derivative of Digamma, for n ≥ 1.
func (t *Tensor) Polygamma(n int) *Tensor {
	if n < 1 {
		fail("Polygamma", "order %d; it must be positive, Digamma is order 0", n)
	}
	return opPolygamma.call1(t, PolygammaAttrs{n})
}

// Sinc returns sin(πt)/(πt), and 1 at 0.
func (t *Tensor) Sinc() *Tensor { return opSinc.call1(t, nil) }

// Logit returns log(t/(1 - t)), the inverse of Sigmoid.
func (t *Tensor) Logit() *Tensor { return opLogit.call1(t, nil) }
