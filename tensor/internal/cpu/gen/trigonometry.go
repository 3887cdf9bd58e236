package main

import (
	"fmt"
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// trigonometry writes sine and cosine, computed in float64 for both types.
func trigonometry() {
	for quarter, name := range []string{"sin", "cos"} {
		angles(name+"F64AVX2", "float64", 8, quarter, func(m Mem, v VecVirtual) { VMOVUPD(m, v) }, func(v VecVirtual, m Mem) { VMOVUPD(v, m) })
		angles(name+"F32AVX2", "float32", 4, quarter, func(m Mem, v VecVirtual) { VCVTPS2PD(m, v) }, func(v VecVirtual, m Mem) {
			VCVTPD2PSY(v, v.AsX())
			VMOVUPS(v.AsX(), m)
		})
	}
}

// angles writes a loop over slices of a multiple of four elements, which stops before four with one that is too large
// to be reduced, and returns how many it did.
func angles(name, elem string, size, quarter int, load func(m Mem, v VecVirtual), store func(v VecVirtual, m Mem)) {
	TEXT(name, NOSPLIT, fmt.Sprintf("func(dst, x []%s) (done int)", elem))
	Pragma("noescape")
	dst, x := Load(Param("dst").Base(), GP64()), Load(Param("x").Base(), GP64())
	n, i, bits := Load(Param("dst").Len(), GP64()), GP64(), GP32()
	XORQ(i, i)
	Label("loop")
	CMPQ(i, n)
	JGE(LabelRef("done"))
	v, t := YMM(), YMM()
	load(Mem{Base: x, Index: i, Scale: uint8(size)}, v)
	VANDPD(f64Bits("absBits64", 1<<63-1), v, t)
	VCMPPD(U8(notLessOrEqual), f64("angleMax", 1<<28), t, t)
	VMOVMSKPD(t, bits)
	TESTL(bits, bits)
	JNZ(LabelRef("done"))
	sine(v, quarter)
	store(v, Mem{Base: dst, Index: i, Scale: uint8(size)})
	ADDQ(U8(4), i)
	JMP(LabelRef("loop"))
	Label("done")
	VZEROUPPER()
	Store(i, ReturnIndex(0))
	RET()
}

// sine replaces x by sin(x + quarter·π/2): the angle less its multiple of π/2, in three parts (Cody and Waite 1980),
// then fdlibm's polynomials for sine and cosine.
func sine(x VecVirtual, quarter int) {
	k, t, z, s, c, zero := YMM(), YMM(), YMM(), YMM(), YMM(), YMM()
	if quarter == 0 { // the sine of -0, whose sign the reduction loses
		VXORPD(t, t, t)
		VCMPPD(U8(equal), t, x, zero)
		VANDPD(x, zero, zero)
	}
	VMULPD(f64("twoOverPi", 2/math.Pi), x, k)
	VROUNDPD(U8(0), k, k)
	VFNMADD231PD(f64("halfPi1", 0x1.921fb54442d18p+0), k, x)
	VFNMADD231PD(f64("halfPi2", 0x1.1a62633145c07p-54), k, x)
	VFNMADD231PD(f64("halfPi3", -0x1.f1976b7ed8fbcp-110), k, x)

	VMULPD(x, x, z)
	polynomial64("sin", z, s, 1.58969099521155010221e-10, -2.50507602534068634195e-08, 2.75573137070700676789e-06,
		-1.98412698298579493134e-04, 8.33333333332248946124e-03, -1.66666666666666324348e-01)
	VMULPD(z, s, s)
	VFMADD213PD(x, x, s)
	polynomial64("cos", z, c, -1.13596475577881948265e-11, 2.08757232129817482790e-09, -2.75573143513906633035e-07,
		2.48015872894767294178e-05, -1.38888888888741095749e-03, 4.16666666666666019037e-02)
	VFMADD213PD(f64("minusHalf", -0.5), z, c) // c·z - ½: the coefficients are of z² on
	VFMADD213PD(f64("one64", 1), z, c)

	n := XMM()
	VCVTPD2DQY(k, n)
	if quarter > 0 {
		VPADDD(u32("lowBit", 1), n, n)
	}
	VPMOVSXDQ(n, k)
	VPSLLQ(U8(63), k, t)
	VBLENDVPD(t, c, s, x)
	VPSRLQ(U8(1), k, t)
	VPSLLQ(U8(63), t, t)
	VXORPD(t, x, x)
	if quarter == 0 {
		VORPD(zero, x, x)
	}
}

// polynomial64 is polynomial in float64.
func polynomial64(name string, x, y VecVirtual, coef ...float64) {
	VMOVUPD(f64(name+"64_0", coef[0]), y)
	for i, c := range coef[1:] {
		VFMADD213PD(f64(fmt.Sprintf("%s64_%d", name, i+1), c), x, y)
	}
}

// f64 is a constant of four equal lanes.
func f64(name string, v float64) Mem { return f64Bits(name, math.Float64bits(v)) }

func f64Bits(name string, v uint64) Mem {
	m, ok := constants[name]
	if !ok {
		m = GLOBL(name, RODATA|NOPTR)
		for i := range 4 {
			DATA(8*i, U64(v))
		}
		constants[name] = m
	}
	return m
}
