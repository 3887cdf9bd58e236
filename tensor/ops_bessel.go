package tensor

import "math"

// Modified Bessel functions of the first kind, with and without the factor exp(-|x|).

var (
	opI0  = unary("i0", "torch.special.i0(x)", -3, 3, sameType, each(func(x float64) float64 { return scaledUp(besselI(0, x), x) }))
	opI0e = unary("i0e", "torch.special.i0e(x)", -60, 60, sameType, each(func(x float64) float64 { return besselI(0, x) }))
	opI1  = unary("i1", "torch.special.i1(x)", -3, 3, sameType, each(func(x float64) float64 { return scaledUp(besselI(1, x), x) }))
	opI1e = unary("i1e", "torch.special.i1e(x)", -60, 60, sameType, each(func(x float64) float64 { return besselI(1, x) }))
)

// scaledUp returns y·exp(|x|), infinite where y has become 0; nan at infinity, as in PyTorch.
func scaledUp(y, x float64) float64 {
	if math.Abs(x) > 720 && !math.IsInf(x, 0) {
		return math.Copysign(math.Inf(1), y)
	}
	return y * exponential(math.Abs(x))
}

// besselI returns exp(-|x|)·Iₙ(x) for n = 0 and 1: by its power series, whose terms are all of one sign, and far from 0 by
// Hankel's asymptotic expansion (Abramowitz and Stegun 1964, 9.6.10 and 9.7.1).
func besselI(n int, x float64) float64 {
	a := math.Abs(x)
	sum, term := 1.0, 1.0
	if a < 30 {
		for k := 1; term > sum*1e-17; k++ {
			term *= a * a / 4 / float64(k*(k+n))
			sum += term
		}
		sum *= math.Pow(a/2, float64(n)) * math.Exp(-a)
	} else {
		for k := 1; k < 20 && math.Abs(term) > 1e-17; k++ {
			odd := float64(2*k - 1)
			term *= -(float64(4*n*n) - odd*odd) / (float64(k) * 8 * a)
			sum += term
		}
		sum /= math.Sqrt(2 * math.Pi * a)
	}
	if n == 1 && x < 0 {
		return -sum
	}
	return sum
}

// I0 returns the modified Bessel function of the first kind of order 0.
func (t *Tensor) I0() *Tensor { return opI0.call1(t, nil) }

// I0e returns exp(-|t|)·I0(t), which does not overflow.
func (t *Tensor) I0e() *Tensor { return opI0e.call1(t, nil) }

// I1 returns the modified Bessel function of the first kind of order 1.
func (t *Tensor) I1() *Tensor { return opI1.call1(t, nil) }

// I1e returns exp(-|t|)·I1(t), which does not overflow.
func (t *Tensor) I1e() *Tensor { return opI1e.call1(t, nil) }
