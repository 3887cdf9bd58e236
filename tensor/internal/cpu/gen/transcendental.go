package main

import (
	"fmt"
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// exp replaces x by eˣ: 2ⁿ·eʳ with |r| ≤ ln 2/2 and Cephes' polynomial for eʳ. Two factors make up 2ⁿ, so that results
// may be subnormal or infinite.
func (s isa) exp(x VecVirtual) {
	n, y, t := s.vector(), s.vector(), s.vector()
	// The second operand of MAX and MIN is the result if one is NaN.
	VMOVUPS(f32("expMin", -104), t)
	VMAXPS(x, t, x)
	VMOVUPS(f32("expMax", 89), t)
	VMINPS(x, t, x)
	VMULPS(f32("log2e", math.Log2E), x, n)
	s.round(n, n)
	VFNMADD231PS(f32("ln2Hi", 0.693359375), n, x)
	VFNMADD231PS(f32("ln2Lo", -2.12194440e-4), n, x)
	s.polynomial("exp", x, y, 1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1)
	VMULPS(x, x, t)
	VFMADD213PS(x, t, y)
	VADDPS(f32("one", 1), y, y)
	VCVTPS2DQ(n, n)
	half := s.vector()
	VPSRAD(U8(1), n, half)
	VPSUBD(half, n, n)
	for _, k := range []VecVirtual{half, n} {
		VPADDD(u32("bias", 127), k, k)
		VPSLLD(U8(23), k, k)
		VMULPS(k, y, y)
	}
	VMOVAPS(y, x)
}

// sigmoid replaces x by 1/(1+e⁻ˣ).
func (s isa) sigmoid(x VecVirtual) {
	one := s.vector()
	VXORPS(u32("signBit", 1<<31), x, x)
	s.exp(x)
	VMOVUPS(f32("one", 1), one)
	VADDPS(one, x, x)
	VDIVPS(x, one, x)
}

// tanh replaces x by its hyperbolic tangent: Cephes' polynomial below 0.625, else 1 - 2/(e²ˣ+1).
func (s isa) tanh(x VecVirtual) {
	z, near, far, sign := s.vector(), s.vector(), s.vector(), s.vector()
	VMULPS(x, x, z)
	s.polynomial("tanh", z, near, -5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1)
	VMULPS(z, near, near)
	VFMADD213PS(x, x, near)

	VANDPS(u32("signBit", 1<<31), x, sign)
	VANDPS(u32("absBits", 1<<31-1), x, x)
	VADDPS(x, x, far)
	s.exp(far)
	VADDPS(f32("one", 1), far, far)
	two := s.vector()
	VMOVUPS(f32("two", 2), two)
	VDIVPS(far, two, far)
	VMOVUPS(f32("one", 1), two)
	VSUBPS(far, two, far)
	s.compare(lessThan, f32("tanhBound", 0.625), x, z)
	s.blend(z, near, far, x)
	VORPS(sign, x, x) // of near only -0 has lost it
}

// erf replaces x by the error function: a polynomial in x² below 0.9, else 1 - e^-q(|x|). The coefficients are
// least-squares fits, weighted towards the least relative error.
func (s isa) erf(x VecVirtual) {
	z, near, far, sign := s.vector(), s.vector(), s.vector(), s.vector()
	VMULPS(x, x, z)
	s.polynomial("erfNear", z, near, -6.1114266e-4, 5.01625799e-3, -2.67819818e-2, 0.112822309, -0.376125336, 0.128379151)
	VFMADD213PS(x, x, near)

	VANDPS(u32("signBit", 1<<31), x, sign)
	VANDPS(u32("absBits", 1<<31-1), x, x)
	VMOVUPS(f32("erfMax", 4), z) // erf(4) rounds to 1
	VMINPS(x, z, z)
	s.polynomial("erfFar", z, far, -1.98220718e-4, 3.06549994e-3, -2.2315247e-2, 0.104113743, 0.636976004, 1.12779725, 1.66439466e-4)
	VXORPS(u32("signBit", 1<<31), far, far)
	s.exp(far)
	VMOVUPS(f32("one", 1), z)
	VSUBPS(far, z, far)
	VORPS(sign, far, far)
	s.compare(lessThan, f32("erfBound", 0.9), x, z)
	s.blend(z, near, far, x)
}

// normalCDF replaces x by Φ(x), the normal distribution.
func (s isa) normalCDF(x VecVirtual) {
	VMULPS(f32("sqrtHalf", math.Sqrt2/2), x, x)
	s.erf(x)
	VMULPS(f32("half", 0.5), x, x)
	VADDPS(f32("half", 0.5), x, x)
}

// gelu replaces x by x·Φ(x).
func (s isa) gelu(x VecVirtual) {
	t := s.vector()
	VMOVAPS(x, t)
	s.normalCDF(t)
	VMULPS(t, x, x)
}

// geluBackward multiplies g by Φ(x) + x·φ(x).
func (s isa) geluBackward(g, x VecVirtual) {
	cdf, pdf := s.vector(), s.vector()
	VMOVAPS(x, cdf)
	s.normalCDF(cdf)
	VMULPS(x, x, pdf)
	VMULPS(f32("minusHalf32", -0.5), pdf, pdf)
	s.exp(pdf)
	VMULPS(f32("normalPeak", float32(1/math.Sqrt(2*math.Pi))), pdf, pdf)
	VFMADD213PS(cdf, x, pdf)
	VMULPS(pdf, g, g)
}

// siluBackward multiplies g by s·(1 + x·(1 - s)), s = sigmoid(x).
func (s isa) siluBackward(g, x VecVirtual) {
	y, t := s.vector(), s.vector()
	VMOVAPS(x, y)
	s.sigmoid(y)
	VMOVUPS(f32("one", 1), t)
	VSUBPS(y, t, t)
	VFMADD213PS(f32("one", 1), x, t)
	VMULPS(y, t, t)
	VMULPS(t, g, g)
}

// ln replaces x by its natural logarithm: Cephes' polynomial for the mantissa, brought to [√½, √2], and the exponent's
// multiple of ln 2.
func (s isa) ln(x VecVirtual) {
	given, small, e, t := s.vector(), s.vector(), s.vector(), s.vector()
	VMOVAPS(x, given)
	s.compare(lessThan, f32("minNormal", 0x1p-126), x, small)
	VMULPS(f32("two23", 1<<23), x, t) // lifts subnormal numbers
	s.blend(small, t, x, x)
	VANDPS(f32("minus23", -23), small, small)
	VPSRLD(U8(23), x, e)
	VPSUBD(u32("bias1", 126), e, e)
	VCVTDQ2PS(e, e)
	VADDPS(small, e, e)
	VANDPS(u32("mantissa", 1<<23-1), x, x)
	VORPS(f32("half", 0.5), x, x)
	s.compare(lessThan, f32("sqrtHalf", math.Sqrt2/2), x, small)
	VANDPS(x, small, t)
	VSUBPS(f32("one", 1), x, x)
	VADDPS(t, x, x)
	VANDPS(f32("one", 1), small, t)
	VSUBPS(t, e, e)

	z, y := s.vector(), s.vector()
	VMULPS(x, x, z)
	s.polynomial("log", x, y, 7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1,
		-1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1)
	VMULPS(x, y, y)
	VMULPS(z, y, y)
	VFMADD231PS(f32("ln2Lo", -2.12194440e-4), e, y)
	VFNMADD231PS(f32("half", 0.5), z, y)
	VADDPS(y, x, x)
	VFMADD231PS(f32("ln2Hi", 0.693359375), e, x)

	// Infinity and NaN stand for themselves, 0 has -Inf, negative numbers NaN.
	VXORPS(z, z, z)
	s.compare(equal, z, given, t)
	s.blend(t, f32("minusInf", float32(math.Inf(-1))), given, y)
	s.compare(lessThan, z, given, t)
	VORPS(t, y, y)
	s.compare(lessThan, given, z, t)
	s.compare(lessThan, f32("inf", float32(math.Inf(1))), given, z)
	VANDPS(z, t, t)
	s.blend(t, x, y, x)
}

// polynomial evaluates a polynomial in x, highest power first.
func (s isa) polynomial(name string, x, y VecVirtual, coef ...float32) {
	VMOVUPS(f32(name+"0", coef[0]), y)
	for i, c := range coef[1:] {
		VFMADD213PS(f32(fmt.Sprint(name, i+1), c), x, y)
	}
}

var constants = map[string]Mem{}

// f32 is a constant of sixteen equal lanes.
func f32(name string, v float32) Mem { return u32(name, math.Float32bits(v)) }

func u32(name string, v uint32) Mem {
	m, ok := constants[name]
	if !ok {
		m = GLOBL(name, RODATA|NOPTR)
		for i := range 16 {
			DATA(4*i, U32(v))
		}
		constants[name] = m
	}
	return m
}
