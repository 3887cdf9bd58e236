// Command gen writes the assembly of float32 normal numbers with avo.
package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

//go:generate go run . -out ../normal32_amd64.s -stubs ../normal32_amd64.go -pkg rng

func main() {
	ConstraintExpr("!noasm")
	TEXT("boxMullerAVX2", NOSPLIT, "func(d []float32, mean, std float32)")
	Doc("boxMullerAVX2 is boxMullerGo, eight pairs at a time. len(d) is a multiple of 16, and not 0.")
	d := Load(Param("d").Base(), GP64())
	n := Load(Param("d").Len(), GP64())
	mean, std := YMM(), YMM()
	m, err := Param("mean").Resolve()
	check(err)
	s, err := Param("std").Resolve()
	check(err)
	VBROADCASTSS(m.Addr, mean)
	VBROADCASTSS(s.Addr, std)

	Label("block")
	u := YMM()
	VMOVUPS(float("one", 1), u)
	VSUBPS(Mem{Base: d}, u, u)
	radius := log(u)
	VMULPS(float("minusTwo", -2), radius, radius)
	VSQRTPS(radius, radius)
	theta := YMM()
	VMOVUPS(float("twoPi", 2*math.Pi), theta)
	VMULPS(Mem{Base: d, Disp: 32}, theta, theta)
	sin, cos := sincos(theta)
	for i, v := range []VecVirtual{cos, sin} {
		VMULPS(radius, v, v)
		VFMADD213PS(mean, std, v)
		VMOVUPS(v, Mem{Base: d, Disp: 32 * i})
	}
	ADDQ(U8(64), d)
	SUBQ(U8(16), n)
	JNZ(LabelRef("block"))
	VZEROUPPER()
	RET()
	Generate()
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

// log is log32 of normal32.go, for x in (0, 1]; x is overwritten.
func log(x VecVirtual) VecVirtual {
	e, small, t := YMM(), YMM(), YMM()
	VPSRLD(U8(23), x, e)
	VPSUBD(bits("bias", 126), e, e)
	VCVTDQ2PS(e, e)
	VANDPS(bits("mantissa", 0x007fffff), x, x)
	VORPS(float("half", 0.5), x, x)
	VCMPPS(U8(1), float("sqrtHalf", 0.707106781186547524), x, small) // x < √½
	VANDPS(x, small, t)
	VSUBPS(float("one", 1), x, x)
	VADDPS(t, x, x)
	VANDPS(float("one", 1), small, t)
	VSUBPS(t, e, e)

	z, y := YMM(), YMM()
	VMULPS(x, x, z)
	horner("log", x, y, 7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1,
		-1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1)
	VMULPS(x, y, y)
	VMULPS(float("logQ1", -2.12194440e-4), e, t)
	VFMADD213PS(t, z, y)
	VFNMADD231PS(float("half", 0.5), z, y)
	VADDPS(y, x, x)
	VFMADD231PS(float("logQ2", 0.693359375), e, x)
	return x
}

// sincos is sincos32 of normal32.go, for x in [0, 2π); x is overwritten.
func sincos(x VecVirtual) (sin, cos VecVirtual) {
	octant, y := YMM(), YMM()
	VMULPS(float("fourOverPi", 1.27323954473516), x, y)
	VCVTTPS2DQ(y, octant)
	VPADDD(bits("bit0", 1), octant, octant)
	VPAND(bits("even", 0xfffffffe), octant, octant)
	VCVTDQ2PS(octant, y)
	VFMADD231PS(float("piQ1", -0.78515625), y, x)
	VFMADD231PS(float("piQ2", -2.4187564849853515625e-4), y, x)
	VFMADD231PS(float("piQ3", -3.77489497744594108e-8), y, x)

	z, t := YMM(), YMM()
	sin, cos = YMM(), YMM()
	VMULPS(x, x, z)
	horner("cos", z, cos, 2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2)
	VMULPS(z, cos, cos)
	VMULPS(float("half", 0.5), z, t)
	VFMSUB213PS(t, z, cos)
	VADDPS(float("one", 1), cos, cos)
	horner("sin", z, sin, -1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1)
	VMULPS(z, sin, sin)
	VFMADD213PS(x, x, sin)

	// Bit 1 of the octant swaps the two; bit 2 turns the sine's sign, and bit 2 of octant-2, inverted, the cosine's.
	swap, sign := YMM(), YMM()
	VPSLLD(U8(30), octant, swap)
	VBLENDVPS(swap, cos, sin, t)
	VBLENDVPS(swap, sin, cos, cos)
	VPAND(bits("bit2", 4), octant, sign)
	VPSLLD(U8(29), sign, sign)
	VXORPS(sign, t, sin)
	VPSUBD(bits("bit1", 2), octant, sign)
	VPANDN(bits("bit2", 4), sign, sign)
	VPSLLD(U8(29), sign, sign)
	VXORPS(sign, cos, cos)
	return sin, cos
}

// horner evaluates a polynomial, highest power first, each step fused.
func horner(name string, x, y VecVirtual, coef ...float32) {
	VMOVUPS(float(name+"0", coef[0]), y)
	for i, c := range coef[1:] {
		VFMADD213PS(float(name+string(rune('1'+i)), c), x, y)
	}
}

var constants = map[string]Mem{}

func float(name string, v float32) Mem { return bits(name, math.Float32bits(v)) }

// bits is a constant of eight equal lanes.
func bits(name string, v uint32) Mem {
	m, ok := constants[name]
	if !ok {
		m = GLOBL(name, RODATA|NOPTR)
		for i := range 8 {
			DATA(4*i, U32(v))
		}
		constants[name] = m
	}
	return m
}
