package tensor

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// The normal distribution's functions, and entropy.

var (
	opErfcx  = unary("erfcx", "torch.special.erfcx(x)", -2, 30, sameType, each(erfcx))
	opNdtri  = unary("ndtri", "torch.special.ndtri(x)", 0.01, 0.99, sameType, each(ndtri))
	opEntr   = unary("entr", "torch.special.entr(x)", 0.1, 2, sameType, each(entr))
	opLogNdr = unary("log_ndtr", "torch.special.log_ndtr(x)", -30, 4, sameType, each(logNdtr))
)

func init() {
	viaOne("ndtr", "torch.special.ndtr(x)", func(x *Tensor) *Tensor { return x.Ndtr() }, -4, 4, 2, 3)
}

// erfcx uses that exp(x²) is finite up to 26, and from there on the continued fraction of erfc (Abramowitz and Stegun 1964, 7.1.14).
func erfcx(x float64) float64 {
	if !(x > 25) {
		return exponential(x*x) * math.Erfc(x)
	}
	f := x
	for k := 12.0; k > 0; k-- {
		f = x + k/2/f
	}
	return 1 / (math.Sqrt(math.Pi) * f)
}

func ndtri(p float64) float64 {
	switch {
	case p == 0:
		return math.Inf(-1)
	case p == 1:
		return math.Inf(1)
	case !(p > 0 && p < 1):
		return math.NaN()
	}
	return mathext.NormalQuantile(p)
}

func entr(x float64) float64 {
	switch {
	case x == 0:
		return 0
	case x < 0:
		return math.Inf(-1)
	}
	return -x * math.Log(x)
}

func logNdtr(x float64) float64 {
	if z := x / math.Sqrt2; z < -1 {
		return math.Log(erfcx(-z)/2) - z*z
	}
	return math.Log1p(-math.Erfc(x/math.Sqrt2) / 2)
}

// Erfcx returns exp(t²)·Erfc(t), which does not underflow.
func (t *Tensor) Erfcx() *Tensor { return opErfcx.call1(t, nil) }

// Ndtr returns the standard normal distribution function.
func (t *Tensor) Ndtr() *Tensor {
	return t.MulScalar(-math.Sqrt2 / 2).Erfc().MulScalar(0.5).named("MulBackward1")
}

// LogNdtr returns the logarithm of Ndtr, precisely also far left of 0.
func (t *Tensor) LogNdtr() *Tensor { return opLogNdr.call1(t, nil) }

// Ndtri returns the inverse of Ndtr, for t in [0, 1].
func (t *Tensor) Ndtri() *Tensor { return opNdtri.call1(t, nil) }

// Entr returns -t·log(t), 0 at 0 and -∞ left of it.
func (t *Tensor) Entr() *Tensor { return opEntr.call1(t, nil) }
