package tensor

import "math"

// Operations on integers, and on the parts of floating-point numbers.

var (
	opGCD = bitwise("gcd", "torch.gcd(x, y)", func(d, a, b []int64) {
		for i, x := range a {
			d[i] = gcd(x, b[i])
		}
	})
	opLCM = bitwise("lcm", "torch.lcm(x, y)", func(d, a, b []int64) {
		for i, x := range a {
			d[i] = 0 // also where both are
			if g := gcd(x, b[i]); g != 0 {
				d[i] = max(x/g*b[i], -(x / g * b[i]))
			}
		}
	})
	opFrexp = register(Op{Name: "frexp", Auxiliary: true, Samples: []Sample{
		{Torch: "torch.frexp(x)", In: []Input{in(-20, 20, 2, 3)}},
	}, fn: func(in []*Tensor, _ any) []*Tensor {
		x := in[0]
		if !x.dtype.IsFloat() {
			failOn("Frexp", in, "elements are %v; they must be floating-point numbers", x.dtype)
		}
		mantissa := each(func(v float64) float64 { m, _ := math.Frexp(v); return m })
		exponent := each(func(v float64) float64 { _, e := math.Frexp(v); return float64(e) })
		return []*Tensor{mantissa.apply1(sameType, x), exponent.apply1(sameType, x).Cast(Int32)}
	}})
)

func init() {
	viaTwo("ldexp", "torch.ldexp(x, y)", func(x, y *Tensor) *Tensor { return x.Ldexp(y) }, in(-2, 2, 2, 3), ints(-3, 5, 3))
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return max(a, -a)
}

// GCD returns the greatest common divisors of two integer tensors, elementwise.
func (t *Tensor) GCD(y *Tensor) *Tensor { return opGCD.call2(t, y, nil) }

// LCM returns the least common multiples of two integer tensors, elementwise.
func (t *Tensor) LCM(y *Tensor) *Tensor { return opLCM.call2(t, y, nil) }

// Frexp returns mantissa in ±[0.5, 1) and exponent, Int32, with t = mantissa·2^exponent.
func (t *Tensor) Frexp() (mantissa, exponent *Tensor) {
	out := opFrexp.call([]*Tensor{t}, nil)
	return out[0], out[1]
}

// Ldexp returns t·2^exponent, elementwise. With integers for exponents, the power alone may be out of the dtype's range.
func (t *Tensor) Ldexp(exponent *Tensor) *Tensor {
	d := floatType(ResultType(t, exponent))
	if !exponent.dtype.IsInt() || d.IsComplex() {
		if !exponent.dtype.IsFloat() {
			exponent = exponent.Cast(d)
		}
		return t.Mul(exponent.Exp2()).named("LdexpBackward0")
	}
	e := exponent.Double().Clamp(-2000, 2000)
	half := e.MulScalar(0.5).Trunc()
	return t.Double().Mul(half.Exp2()).Mul(e.Sub(half).Exp2()).Cast(d).named("LdexpBackward0")
}
