package main

import (
	"fmt"
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// pair is a vector of complex numbers, real and imaginary parts apart.
type pair struct{ re, im VecVirtual }

// arithmetic is what butterflies compute with.
type arithmetic struct {
	isa
	add, sub, mul func(a, b, c Op) // c = a+b, b-a, a·b in the assembler's order
	fnma          func(x, y, sum Op)
	constant      func(name string, v float64) Mem
}

var (
	fftF32 = arithmetic{avx2F32, func(a, b, c Op) { VADDPS(a, b, c) }, func(a, b, c Op) { VSUBPS(a, b, c) }, func(a, b, c Op) { VMULPS(a, b, c) },
		func(x, y, sum Op) { VFNMADD231PS(x, y, sum) }, func(name string, v float64) Mem { return f32(name+"32", float32(v)) }}
	fftF64 = arithmetic{avx2F64, func(a, b, c Op) { VADDPD(a, b, c) }, func(a, b, c Op) { VSUBPD(a, b, c) }, func(a, b, c Op) { VMULPD(a, b, c) },
		func(x, y, sum Op) { VFNMADD231PD(x, y, sum) }, f64}
)

// passes writes one pass of Stockham's transform for every radix.
func (a arithmetic) passes() {
	a.pass(2, a.butterfly2)
	a.pass(3, a.butterfly3)
	a.pass(4, a.butterfly4)
	a.pass(5, a.butterfly5)
}

// pass writes the combination of r parts of src, m·s elements each, into m groups of r·s elements of dst; s is a multiple
// of eight. tw holds r-1 complex factors for each group.
func (a arithmetic) pass(r int, butterfly func(x []pair)) {
	TEXT(fmt.Sprintf("pass%d%s", r, a.name), NOSPLIT, fmt.Sprintf("func(dstRe, dstIm, srcRe, srcIm []%[1]s, m, s int, tw []%[1]s)", a.elem))
	Pragma("noescape")
	dst := [2]Register{Load(Param("dstRe").Base(), GP64()), Load(Param("dstIm").Base(), GP64())}
	src := [2]Register{Load(Param("srcRe").Base(), GP64()), Load(Param("srcIm").Base(), GP64())}
	tw := Load(Param("tw").Base(), GP64())
	m, s := Load(Param("m"), GP64()), stride(a.isa, "s")
	part, part3, s3, q := GP64(), GP64(), GP64(), GP64()
	MOVQ(s, part)
	IMULQ(m, part)
	LEAQ(Mem{Base: part, Index: part, Scale: 2}, part3)
	LEAQ(Mem{Base: s, Index: s, Scale: 2}, s3)
	at := func(base, step, step3 Register, k int) Mem {
		switch k {
		case 0:
			return Mem{Base: base}
		case 3:
			return Mem{Base: base, Index: step3, Scale: 1}
		}
		return Mem{Base: base, Index: step, Scale: uint8(k)}
	}
	Label("group")
	MOVQ(s, q)
	Label("elements")
	x := make([]pair, r)
	for k := range x {
		x[k] = pair{YMM(), YMM()}
		a.load(at(src[0], part, part3, k), x[k].re)
		a.load(at(src[1], part, part3, k), x[k].im)
	}
	butterfly(x)
	for k := range x {
		if k > 0 {
			a.rotate(&x[k], Mem{Base: tw, Disp: 2 * (k - 1) * a.size})
		}
		a.store(x[k].re, at(dst[0], s, s3, k))
		a.store(x[k].im, at(dst[1], s, s3, k))
	}
	for _, p := range append(src[:], dst[:]...) {
		ADDQ(U8(32), p)
	}
	SUBQ(U8(32), q)
	JNZ(LabelRef("elements"))
	for range r - 1 {
		ADDQ(s, dst[0])
		ADDQ(s, dst[1])
	}
	ADDQ(U8(2*(r-1)*a.size), tw)
	DECQ(m)
	JNZ(LabelRef("group"))
	VZEROUPPER()
	RET()
}

// rotate multiplies x by the complex number at w.
func (a arithmetic) rotate(x *pair, w Mem) {
	f, t := YMM(), YMM()
	a.broadcast(w.Offset(a.size), f)
	a.mul(f, x.im, t)
	a.mul(f, x.re, f)
	wr := YMM()
	a.broadcast(w, wr)
	im := YMM()
	a.mul(wr, x.im, im)
	a.add(f, im, x.im)
	a.mul(wr, x.re, x.re)
	a.sub(t, x.re, x.re)
}

// sumAndDifference replaces x and y by x+y and x-y.
func (a arithmetic) sumAndDifference(x, y *pair) {
	for _, v := range [][2]*VecVirtual{{&x.re, &y.re}, {&x.im, &y.im}} {
		d := YMM()
		a.sub(*v[1], *v[0], d)
		a.add(*v[1], *v[0], *v[0])
		*v[1] = d
	}
}

// spread replaces x and y by x - i·y and x + i·y.
func (a arithmetic) spread(x, y *pair) {
	re, im := YMM(), YMM()
	a.sub(y.im, x.re, re)
	a.add(y.im, x.re, x.re)
	a.add(y.re, x.im, im)
	a.sub(y.re, x.im, x.im)
	y.re, y.im = re, im
}

func (a arithmetic) butterfly2(x []pair) { a.sumAndDifference(&x[0], &x[1]) }

func (a arithmetic) butterfly3(x []pair) {
	a.sumAndDifference(&x[1], &x[2])
	half, root := a.constant("fftHalf", 0.5), a.constant("fftSin60", math.Sqrt(3)/2)
	for _, v := range [][3]*VecVirtual{{&x[0].re, &x[1].re, &x[2].re}, {&x[0].im, &x[1].im, &x[2].im}} {
		mid := YMM()
		a.mul(half, *v[1], mid)
		a.sub(mid, *v[0], mid)
		a.add(*v[1], *v[0], *v[0])
		*v[1] = mid
		a.mul(root, *v[2], *v[2])
	}
	a.spread(&x[1], &x[2])
}

func (a arithmetic) butterfly4(x []pair) {
	a.sumAndDifference(&x[0], &x[2])
	a.sumAndDifference(&x[1], &x[3])
	a.sumAndDifference(&x[0], &x[1]) // results 0 and 2
	a.spread(&x[2], &x[3])           // results 1 and 3
	x[1], x[2] = x[2], x[1]
}

func (a arithmetic) butterfly5(x []pair) {
	a.sumAndDifference(&x[1], &x[4])
	a.sumAndDifference(&x[2], &x[3])
	c1, c2 := a.constant("fftCos72", math.Cos(2*math.Pi/5)), a.constant("fftCos144", math.Cos(4*math.Pi/5))
	s1, s2 := a.constant("fftSin72", math.Sin(2*math.Pi/5)), a.constant("fftSin144", math.Sin(4*math.Pi/5))
	part := func(v [5]*VecVirtual) {
		m1, m2 := YMM(), YMM()
		a.mul(c1, *v[1], m1)
		a.fma(c2, *v[2], m1)
		a.add(*v[0], m1, m1)
		a.mul(c2, *v[1], m2)
		a.fma(c1, *v[2], m2)
		a.add(*v[0], m2, m2)
		a.add(*v[1], *v[0], *v[0])
		a.add(*v[2], *v[0], *v[0])
		*v[1], *v[2] = m1, m2
		n1, n2 := YMM(), YMM()
		a.mul(s1, *v[4], n1)
		a.fma(s2, *v[3], n1)
		a.mul(s2, *v[4], n2)
		a.fnma(s1, *v[3], n2)
		*v[4], *v[3] = n1, n2
	}
	part([5]*VecVirtual{&x[0].re, &x[1].re, &x[2].re, &x[3].re, &x[4].re})
	part([5]*VecVirtual{&x[0].im, &x[1].im, &x[2].im, &x[3].im, &x[4].im})
	a.spread(&x[1], &x[4])
	a.spread(&x[2], &x[3])
}

// split writes how complex numbers, of a multiple of eight, are taken apart, and join the inverse.
func (a arithmetic) splitAndJoin() {
	shuffle := func(even bool, x, y, to Op) {
		switch {
		case a.size == 4 && even:
			VSHUFPS(U8(0x88), y, x, to)
		case a.size == 4:
			VSHUFPS(U8(0xdd), y, x, to)
		case even:
			VUNPCKLPD(y, x, to)
		default:
			VUNPCKHPD(y, x, to)
		}
		VPERMPD(U8(0xd8), to, to)
	}
	loop := func(name, params string, body func(re, im, z Register)) {
		TEXT(name+a.name, NOSPLIT, fmt.Sprintf("func(%s []%s)", params, a.elem))
		Pragma("noescape")
		re, im, z := Load(Param("re").Base(), GP64()), Load(Param("im").Base(), GP64()), Load(Param("z").Base(), GP64())
		n := Load(Param("re").Len(), GP64())
		Label("loop")
		TESTQ(n, n)
		JZ(LabelRef("done"))
		body(re, im, z)
		ADDQ(U8(32), re)
		ADDQ(U8(32), im)
		ADDQ(U8(64), z)
		SUBQ(U8(a.lanes), n)
		JMP(LabelRef("loop"))
		Label("done")
		VZEROUPPER()
		RET()
	}
	loop("split", "re, im, z", func(re, im, z Register) {
		x, y, r, i := YMM(), YMM(), YMM(), YMM()
		a.load(Mem{Base: z}, x)
		a.load(Mem{Base: z, Disp: 32}, y)
		shuffle(true, x, y, r)
		shuffle(false, x, y, i)
		a.store(r, Mem{Base: re})
		a.store(i, Mem{Base: im})
	})
	loop("join", "z, re, im", func(re, im, z Register) {
		r, i := YMM(), YMM()
		a.load(Mem{Base: re}, r)
		a.load(Mem{Base: im}, i)
		a.interleave(r, i, Mem{Base: z})
	})
}

// interleave writes a vector of complex numbers to two vectors of memory.
func (a arithmetic) interleave(re, im VecVirtual, to Mem) {
	r, i, x, y := YMM(), YMM(), YMM(), YMM()
	VPERMPD(U8(0xd8), re, r)
	VPERMPD(U8(0xd8), im, i)
	if a.size == 4 {
		VUNPCKLPS(i, r, x)
		VUNPCKHPS(i, r, y)
	} else {
		VUNPCKLPD(i, r, x)
		VUNPCKHPD(i, r, y)
	}
	a.store(x, to)
	a.store(y, to.Offset(32))
}

// halves writes how the transform of real numbers x + i·y, eight side by side, is taken apart: even gives that of x,
// odd, which gets imaginary and real parts exchanged, that of y. The first of the n elements of p, q and z is not touched.
func (a arithmetic) halves() {
	const lanes = 8
	block := lanes * a.size
	for _, name := range []string{"even", "odd"} {
		TEXT(name+a.name, NOSPLIT, fmt.Sprintf("func(z, p, q []%s, n int)", a.elem))
		Pragma("noescape")
		z, p, q := Load(Param("z").Base(), GP64()), Load(Param("p").Base(), GP64()), Load(Param("q").Base(), GP64())
		n, back, back2 := Load(Param("n"), GP64()), GP64(), GP64()
		half := YMM()
		a.load(a.constant("fftHalf", 0.5), half)
		MOVQ(n, back) // from an element to the one that is as far from the other end, in bytes
		SUBQ(U8(2), back)
		IMUL3Q(U32(uint32(block)), back, back)
		SHRQ(U8(1), n)
		ADDQ(U8(block), p)
		ADDQ(U8(block), q)
		ADDQ(U32(uint32(2*block)), z)
		Label("loop")
		TESTQ(n, n)
		JZ(LabelRef("done"))
		LEAQ(Mem{Base: back, Index: back, Scale: 1}, back2)
		for at := 0; at < block; at += 32 {
			front := func(base Register) Mem { return Mem{Base: base, Disp: at} }
			mirror := func(base Register) Mem { return Mem{Base: base, Index: back, Scale: 1, Disp: at} }
			pa, qa, pb, qb, re, im, conj := YMM(), YMM(), YMM(), YMM(), YMM(), YMM(), YMM()
			a.load(front(p), pa)
			a.load(mirror(p), pb)
			a.load(front(q), qa)
			a.load(mirror(q), qb)
			if name == "odd" {
				qa, qb = qb, qa
			}
			a.add(pb, pa, re)
			a.sub(qb, qa, im)
			a.sub(qa, qb, conj)
			for _, v := range []VecVirtual{re, im, conj} {
				a.mul(half, v, v)
			}
			a.interleave(re, conj, Mem{Base: z, Index: back2, Scale: 1, Disp: 2 * at})
			a.interleave(re, im, Mem{Base: z, Disp: 2 * at}) // last: the middle is its own mirror
		}
		ADDQ(U8(block), p)
		ADDQ(U8(block), q)
		ADDQ(U32(uint32(2*block)), z)
		SUBQ(U32(uint32(2*block)), back)
		DECQ(n)
		JMP(LabelRef("loop"))
		Label("done")
		VZEROUPPER()
		RET()
	}
}
