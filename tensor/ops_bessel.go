package tensor

import "math"

// Bessel functions, and modified ones, those of the first kind with and without the factor exp(-|x|).

var (
	opI0  = unary("i0", "torch.special.i0(x)", -3, 3, sameType, each(func(x float64) float64 { return scaledUp(besselI(0, x), x) }))
	opI0e = unary("i0e", "torch.special.i0e(x)", -60, 60, sameType, each(func(x float64) float64 { return besselI(0, x) }))
	opI1  = unary("i1", "torch.special.i1(x)", -3, 3, sameType, each(func(x float64) float64 { return scaledUp(besselI(1, x), x) }))
	opI1e = unary("i1e", "torch.special.i1e(x)", -60, 60, sameType, each(func(x float64) float64 { return besselI(1, x) }))

	opBesselJ0 = unary("bessel_j0", "torch.special.bessel_j0(x)", -2, 2, sameType, each(finite(math.J0)))
	opBesselJ1 = unary("bessel_j1", "torch.special.bessel_j1(x)", -2, 2, sameType, each(finite(math.J1)))
	opBesselY0 = unary("bessel_y0", "torch.special.bessel_y0(x)", 0.5, 2, sameType, each(finite(math.Y0)))
	opBesselY1 = unary("bessel_y1", "torch.special.bessel_y1(x)", 0.5, 2, sameType, each(finite(math.Y1)))
	opBesselK0 = unary("modified_bessel_k0", "torch.special.modified_bessel_k0(x)", 0.1, 20, sameType, each(func(x float64) float64 { return besselK(0, x) }))
	opBesselK1 = unary("modified_bessel_k1", "torch.special.modified_bessel_k1(x)", 0.1, 20, sameType, each(func(x float64) float64 { return besselK(1, x) }))
)

// finite makes f nan at infinity, as in PyTorch.
func finite(f func(x float64) float64) func(x float64) float64 {
	return func(x float64) float64 {
		if math.IsInf(x, 0) {
			return math.NaN()
		}
		return f(x)
	}
}

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

// besselK returns Kₙ(x) = ∫ exp(-x·cosh t)·cosh(n·t) dt over t ≥ 0 by the trapezoidal rule, whose error falls exponentially with the
// step's inverse square for large x and with its inverse for small ones (Abramowitz and Stegun 1964, 9.6.24).
func besselK(n int, x float64) float64 {
	switch {
	case !(x >= 0):
		return math.NaN()
	case x == 0:
		return math.Inf(1)
	}
	step := min(0.25, 0.7/math.Sqrt(x))
	sum, term := 0.0, math.Exp(-x)/2
	for t := step; term > sum*1e-17; t += step {
		sum += term
		term = math.Exp(-x*math.Cosh(t)) * math.Cosh(float64(n)*t)
	}
	return step * sum
}

// I0 returns the modified Bessel function of the first kind of order 0.
func (t *Tensor) I0() *Tensor { return opI0.call1(t, nil) }

// I0e returns exp(-|t|)·I0(t), which does not overflow.
func (t *Tensor) I0e() *Tensor { return opI0e.call1(t, nil) }

// I1 returns the modified Bessel function of the first kind of order 1.
func (t *Tensor) I1() *Tensor { return opI1.call1(t, nil) }

// I1e returns exp(-|t|)·I1(t), which does not overflow.
func (t *Tensor) I1e() *Tensor { return opI1e.call1(t, nil) }

// BesselJ0 returns the Bessel function of the first kind of order 0.
func (t *Tensor) BesselJ0() *Tensor { return opBesselJ0.call1(t, nil) }

// BesselJ1 returns the Bessel function of the first kind of order 1.
func (t *Tensor) BesselJ1() *Tensor { return opBesselJ1.call1(t, nil) }

// BesselY0 returns the Bessel function of the second kind of order 0, nan left of 0.
func (t *Tensor) BesselY0() *Tensor { return opBesselY0.call1(t, nil) }

// BesselY1 returns the Bessel function of the second kind of order 1, nan left of 0.
func (t *Tensor) BesselY1() *Tensor { return opBesselY1.call1(t, nil) }

// ModifiedBesselK0 returns the modified Bessel function of the second kind of order 0, nan left of 0.
func (t *Tensor) ModifiedBesselK0() *Tensor { return opBesselK0.call1(t, nil) }

// ModifiedBesselK1 returns the modified Bessel function of the second kind of order 1, nan left of 0.
func (t *Tensor) ModifiedBesselK1() *Tensor { return opBesselK1.call1(t, nil) }
