package main

import (
	"fmt"
	"strings"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// vecF32 and vecF64 write the elementwise kernels and reductions.
func vecF32() {
	elementwise(avx2F32, "add", "x, y", "", 4, func(in, _ []VecVirtual) { VADDPS(in[1], in[0], in[0]) })
	elementwise(avx2F32, "sub", "x, y", "", 4, func(in, _ []VecVirtual) { VSUBPS(in[1], in[0], in[0]) })
	elementwise(avx2F32, "mul", "x, y", "", 4, func(in, _ []VecVirtual) { VMULPS(in[1], in[0], in[0]) })
	elementwise(avx2F32, "div", "x, y", "", 4, func(in, _ []VecVirtual) { VDIVPS(in[1], in[0], in[0]) })
	elementwise(avx2F32, "sqrt", "x", "", 4, func(in, _ []VecVirtual) { VSQRTPS(in[0], in[0]) })
	elementwise(avx2F32, "scale", "x", "a", 4, func(in, c []VecVirtual) { VMULPS(c[0], in[0], in[0]) })
	elementwise(avx2F32, "shift", "x", "a", 4, func(in, c []VecVirtual) { VADDPS(c[0], in[0], in[0]) })
	elementwise(avx2F32, "axpy", "dst, x", "a", 4, func(in, c []VecVirtual) { VFMADD231PS(c[0], in[1], in[0]) })
	elementwise(avx2F32, "clampMin", "x", "low", 4, func(in, c []VecVirtual) { VMAXPS(in[0], c[0], in[0]) })
	elementwise(avx2F32, "maximum", "x, y", "", 4, func(in, _ []VecVirtual) {
		nan := YMM()
		VCMPPS(U8(unordered), in[0], in[0], nan)
		VMAXPS(in[1], in[0], in[1]) // y where one is NaN
		VBLENDVPS(nan, in[0], in[1], in[0])
	})
	elementwise(avx2F32, "minimum", "x, y", "", 4, func(in, _ []VecVirtual) {
		nan := YMM()
		VCMPPS(U8(unordered), in[0], in[0], nan)
		VMINPS(in[1], in[0], in[1]) // y where one is NaN
		VBLENDVPS(nan, in[0], in[1], in[0])
	})
	elementwise(avx2F32, "clampMax", "x", "high", 4, func(in, c []VecVirtual) { VMINPS(in[0], c[0], in[0]) })
	elementwise(avx2F32, "abs", "x", "", 4, func(in, _ []VecVirtual) {
		m := ones()
		VPSRLD(U8(1), m, m) // all bits but the sign
		VANDPS(m, in[0], in[0])
	})
	elementwise(avx2F32, "neg", "x", "", 4, func(in, _ []VecVirtual) {
		m := ones()
		VPSLLD(U8(31), m, m) // the sign
		VXORPS(m, in[0], in[0])
	})
	elementwise(avx2F32, "affine", "x, w, b", "a", 2, func(in, c []VecVirtual) { // what three loops would round to
		VMULPS(c[0], in[0], in[0])
		VMULPS(in[1], in[0], in[0])
		VADDPS(in[2], in[0], in[0])
	})
	elementwise(avx2F32, "shiftScale", "x", "a, b", 4, func(in, c []VecVirtual) {
		VADDPS(c[0], in[0], in[0])
		VMULPS(c[1], in[0], in[0])
	})
	elementwise(avx2F32, "addProducts", "dst, x, y", "", 2, func(in, _ []VecVirtual) {
		VMULPS(in[2], in[1], in[1])
		VADDPS(in[1], in[0], in[0])
	})
	elementwise(avx2F32, "reluBackward", "grad, x", "", 4, func(in, _ []VecVirtual) {
		zero := YMM()
		VXORPS(zero, zero, zero)
		VCMPPS(U8(notLessOrEqual), zero, in[1], in[1])
		VANDPS(in[1], in[0], in[0])
	})
	transcendentals(avx2F32)
	elementwise(avx2F32, "sigmoidBackward", "grad, y", "", 4, func(in, _ []VecVirtual) { // grad·y·(1 - y)
		t := YMM()
		VMOVUPS(f32("one", 1), t)
		VSUBPS(in[1], t, t)
		VMULPS(in[1], t, t)
		VMULPS(t, in[0], in[0])
	})
	elementwise(avx2F32, "tanhBackward", "grad, y", "", 4, func(in, _ []VecVirtual) { // grad·(1 - y²)
		t := YMM()
		VMOVUPS(f32("one", 1), t)
		VFNMADD231PS(in[1], in[1], t)
		VMULPS(t, in[0], in[0])
	})
	elementwise(avx2F32, "rsqrt", "x", "", 2, func(in, _ []VecVirtual) {
		one := YMM()
		VSQRTPS(in[0], in[0])
		VMOVUPS(f32("one", 1), one)
		VDIVPS(in[0], one, in[0])
	})
	elementwise(avx2F32, "leakyReLU", "x", "slope", 4, func(in, c []VecVirtual) {
		scaled, positive := YMM(), YMM()
		VXORPS(positive, positive, positive)
		VCMPPS(U8(lessThan), in[0], positive, positive)
		VMULPS(c[0], in[0], scaled)
		VBLENDVPS(positive, in[0], scaled, in[0])
	})
	sum(avx2F32)
	dot(avx2F32)
	extreme(avx2F32, "max", func(a, b, m Op) { VMAXPS(a, b, m) })
	extreme(avx2F32, "min", func(a, b, m Op) { VMINPS(a, b, m) })
	adam(avx2F32)
}

// transcendentals writes what takes long for each element.
func transcendentals(s isa) {
	elementwise(s, "exp", "x", "", 2, func(in, _ []VecVirtual) { s.exp(in[0]) })
	elementwise(s, "sigmoid", "x", "", 2, func(in, _ []VecVirtual) { s.sigmoid(in[0]) })
	elementwise(s, "tanh", "x", "", 2, func(in, _ []VecVirtual) { s.tanh(in[0]) })
	elementwise(s, "log", "x", "", 2, func(in, _ []VecVirtual) { s.ln(in[0]) })
	elementwise(s, "erf", "x", "", 2, func(in, _ []VecVirtual) { s.erf(in[0]) })
	elementwise(s, "gelu", "x", "", 1, func(in, _ []VecVirtual) { s.gelu(in[0]) })
	elementwise(s, "silu", "x", "", 1, func(in, _ []VecVirtual) {
		x := s.vector()
		VMOVAPS(in[0], x)
		s.sigmoid(in[0])
		VMULPS(x, in[0], in[0])
	})
	elementwise(s, "geluBackward", "grad, x", "", 1, func(in, _ []VecVirtual) { s.geluBackward(in[0], in[1]) })
	elementwise(s, "siluBackward", "grad, x", "", 1, func(in, _ []VecVirtual) { s.siluBackward(in[0], in[1]) })
}

func vecF64() {
	elementwise(avx2F64, "add", "x, y", "", 4, func(in, _ []VecVirtual) { VADDPD(in[1], in[0], in[0]) })
	elementwise(avx2F64, "sub", "x, y", "", 4, func(in, _ []VecVirtual) { VSUBPD(in[1], in[0], in[0]) })
	elementwise(avx2F64, "mul", "x, y", "", 4, func(in, _ []VecVirtual) { VMULPD(in[1], in[0], in[0]) })
	elementwise(avx2F64, "div", "x, y", "", 4, func(in, _ []VecVirtual) { VDIVPD(in[1], in[0], in[0]) })
	elementwise(avx2F64, "sqrt", "x", "", 4, func(in, _ []VecVirtual) { VSQRTPD(in[0], in[0]) })
	elementwise(avx2F64, "scale", "x", "a", 4, func(in, c []VecVirtual) { VMULPD(c[0], in[0], in[0]) })
	elementwise(avx2F64, "shift", "x", "a", 4, func(in, c []VecVirtual) { VADDPD(c[0], in[0], in[0]) })
	elementwise(avx2F64, "axpy", "dst, x", "a", 4, func(in, c []VecVirtual) { VFMADD231PD(c[0], in[1], in[0]) })
	elementwise(avx2F64, "clampMin", "x", "low", 4, func(in, c []VecVirtual) { VMAXPD(in[0], c[0], in[0]) })
	elementwise(avx2F64, "maximum", "x, y", "", 4, func(in, _ []VecVirtual) {
		nan := YMM()
		VCMPPD(U8(unordered), in[0], in[0], nan)
		VMAXPD(in[1], in[0], in[1])
		VBLENDVPD(nan, in[0], in[1], in[0])
	})
	elementwise(avx2F64, "minimum", "x, y", "", 4, func(in, _ []VecVirtual) {
		nan := YMM()
		VCMPPD(U8(unordered), in[0], in[0], nan)
		VMINPD(in[1], in[0], in[1])
		VBLENDVPD(nan, in[0], in[1], in[0])
	})
	elementwise(avx2F64, "clampMax", "x", "high", 4, func(in, c []VecVirtual) { VMINPD(in[0], c[0], in[0]) })
	elementwise(avx2F64, "abs", "x", "", 4, func(in, _ []VecVirtual) {
		m := ones()
		VPSRLQ(U8(1), m, m)
		VANDPD(m, in[0], in[0])
	})
	elementwise(avx2F64, "neg", "x", "", 4, func(in, _ []VecVirtual) {
		m := ones()
		VPSLLQ(U8(63), m, m)
		VXORPD(m, in[0], in[0])
	})
	elementwise(avx2F64, "affine", "x, w, b", "a", 2, func(in, c []VecVirtual) { // what three loops would round to
		VMULPD(c[0], in[0], in[0])
		VMULPD(in[1], in[0], in[0])
		VADDPD(in[2], in[0], in[0])
	})
	elementwise(avx2F64, "shiftScale", "x", "a, b", 4, func(in, c []VecVirtual) {
		VADDPD(c[0], in[0], in[0])
		VMULPD(c[1], in[0], in[0])
	})
	elementwise(avx2F64, "addProducts", "dst, x, y", "", 2, func(in, _ []VecVirtual) {
		VMULPD(in[2], in[1], in[1])
		VADDPD(in[1], in[0], in[0])
	})
	elementwise(avx2F64, "reluBackward", "grad, x", "", 4, func(in, _ []VecVirtual) {
		zero := YMM()
		VXORPD(zero, zero, zero)
		VCMPPD(U8(notLessOrEqual), zero, in[1], in[1])
		VANDPD(in[1], in[0], in[0])
	})
	sum(avx2F64)
	dot(avx2F64)
	extreme(avx2F64, "max", func(a, b, m Op) { VMAXPD(a, b, m) })
	extreme(avx2F64, "min", func(a, b, m Op) { VMINPD(a, b, m) })
}

// ones returns a vector with every bit set.
func ones() VecVirtual {
	v := YMM()
	VPCMPEQD(v, v, v)
	return v
}

// Predicates of a comparison; notLessOrEqual is true for NaN too.
const (
	equal          = 0
	lessThan       = 1
	unordered      = 3
	notLessOrEqual = 6
)

// elementwise writes a loop over slices of dst's length: body turns one vector of each input, in in[0], into the
// result. Inputs and scalars are lists of parameter names; body finds the scalars broadcast.
func elementwise(s isa, name, inputs, scalars string, unroll int, body func(in, scalars []VecVirtual)) {
	params := inputs
	if !strings.HasPrefix(inputs, "dst") {
		params = "dst, " + inputs
	}
	signature := fmt.Sprintf("func(%s []%s", params, s.elem)
	if scalars != "" {
		signature += fmt.Sprintf(", %s %s", scalars, s.elem)
	}
	TEXT(name+s.name, NOSPLIT, signature+")")
	Pragma("noescape")
	var in []Register
	for _, p := range strings.Split(inputs, ", ") {
		in = append(in, Load(Param(p).Base(), GP64()))
	}
	dst := in[0]
	if params != inputs {
		dst = Load(Param("dst").Base(), GP64())
	}
	var constants []VecVirtual
	if scalars != "" {
		for _, p := range strings.Split(scalars, ", ") {
			constants = append(constants, scalar(s, p))
		}
	}
	n, i := Load(Param("dst").Len(), GP64()), GP64()
	XORQ(i, i)
	overVectors(s, n, i, unroll, func(disp int, load func(m Mem, v Op), store func(v Op, m Mem)) {
		v := make([]VecVirtual, len(in))
		for j := range in {
			v[j] = s.vector()
			load(Mem{Base: in[j], Index: i, Scale: 1, Disp: disp}, v[j])
		}
		body(v, constants)
		store(v[0], Mem{Base: dst, Index: i, Scale: 1, Disp: disp})
	})
	VZEROUPPER()
	RET()
}

// scalar broadcasts a parameter.
func scalar(s isa, param string) VecVirtual {
	p, err := Param(param).Resolve()
	if err != nil {
		panic(err)
	}
	v := s.vector()
	s.broadcast(p.Addr, v)
	return v
}

// overVectors writes a loop over n elements, at byte i: unroll vectors at a time, then one, then what is left of one.
func overVectors(s isa, n, i Register, unroll int, body func(disp int, load func(m Mem, v Op), store func(v Op, m Mem))) {
	width := s.lanes * s.size
	load, store := func(m Mem, v Op) { s.load(m, v) }, func(v Op, m Mem) { s.store(v, m) }
	Label("unrolled")
	CMPQ(n, U32(unroll*s.lanes))
	JL(LabelRef("single"))
	for u := range unroll {
		body(u*width, load, store)
	}
	ADDQ(U32(unroll*width), i)
	SUBQ(U32(unroll*s.lanes), n)
	JMP(LabelRef("unrolled"))

	Label("single")
	CMPQ(n, U32(s.lanes))
	JL(LabelRef("tail"))
	body(0, load, store)
	ADDQ(U32(width), i)
	SUBQ(U32(s.lanes), n)
	JMP(LabelRef("single"))

	Label("tail")
	TESTQ(n, n)
	JZ(LabelRef("done"))
	mask := s.tail(n)
	body(0, func(m Mem, v Op) { s.loadTail(m, mask, v) }, func(v Op, m Mem) { s.storeTail(v, mask, m) })
	Label("done")
}

// sum writes the addition of x, of a multiple of 16 elements, to 16 partial sums in float64.
func sum(s isa) {
	TEXT("sum"+s.name, NOSPLIT, fmt.Sprintf("func(x []%s, sums *[16]float64)", s.elem))
	Pragma("noescape")
	x, n := Load(Param("x").Base(), GP64()), Load(Param("x").Len(), GP64())
	var acc [4]VecVirtual
	for j := range acc {
		acc[j] = YMM()
		VXORPD(acc[j], acc[j], acc[j])
	}
	Label("loop")
	CMPQ(n, U32(16))
	JL(LabelRef("done"))
	for j := range acc {
		m := Mem{Base: x, Disp: 4 * j * s.size}
		if s.size == 4 {
			v := YMM()
			VCVTPS2PD(m, v)
			VADDPD(v, acc[j], acc[j])
		} else {
			VADDPD(m, acc[j], acc[j])
		}
	}
	ADDQ(U8(16*s.size), x)
	SUBQ(U32(16), n)
	JMP(LabelRef("loop"))
	Label("done")
	sums := Load(Param("sums"), GP64())
	for j := range acc {
		VMOVUPD(acc[j], Mem{Base: sums, Disp: 32 * j})
	}
	VZEROUPPER()
	RET()
}

// sumWide is sum for float32 with vectors of eight float64, of blocks of 32; the sums of both halves of a block are added.
func sumWide() {
	TEXT("sumF32AVX512", NOSPLIT, "func(x []float32, sums *[16]float64)")
	Pragma("noescape")
	x, n := Load(Param("x").Base(), GP64()), Load(Param("x").Len(), GP64())
	var acc [4]VecVirtual
	for j := range acc {
		acc[j] = ZMM()
		VPXORQ(acc[j], acc[j], acc[j])
	}
	Label("loop")
	CMPQ(n, U32(32))
	JL(LabelRef("done"))
	for j := range acc {
		v := ZMM()
		VCVTPS2PD(Mem{Base: x, Disp: 32 * j}, v)
		VADDPD(v, acc[j], acc[j])
	}
	ADDQ(U32(128), x)
	SUBQ(U32(32), n)
	JMP(LabelRef("loop"))
	Label("done")
	sums := Load(Param("sums"), GP64())
	for j := range 2 {
		VADDPD(acc[j+2], acc[j], acc[j])
		VMOVUPD(acc[j], Mem{Base: sums, Disp: 64 * j})
	}
	VZEROUPPER()
	RET()
}

// extreme writes the largest or smallest elements of x, of a multiple of four vectors and at least as many elements, in
// the lanes of one vector: NaN in lanes that had one.
func extreme(s isa, name string, better func(a, b, m Op)) {
	TEXT(name+s.name, NOSPLIT, fmt.Sprintf("func(x []%s, lanes *[%d]%[1]s)", s.elem, s.lanes))
	Pragma("noescape")
	x, n := Load(Param("x").Base(), GP64()), Load(Param("x").Len(), GP64())
	unorderedOf := func(a, b, m Op) { VCMPPS(U8(unordered), a, b, m) }
	or := func(a, b, m Op) { VORPS(a, b, m) }
	if s.size == 8 {
		unorderedOf = func(a, b, m Op) { VCMPPD(U8(unordered), a, b, m) }
		or = func(a, b, m Op) { VORPD(a, b, m) }
	}
	var acc [4]VecVirtual
	for j := range acc {
		acc[j] = YMM()
		s.load(Mem{Base: x, Disp: 32 * j}, acc[j])
	}
	nan := YMM()
	s.zero(nan)
	Label("loop")
	for j := range acc {
		v, t := YMM(), YMM()
		s.load(Mem{Base: x, Disp: 32 * j}, v)
		unorderedOf(v, v, t)
		or(t, nan, nan)
		better(v, acc[j], acc[j])
	}
	ADDQ(U32(4*32), x)
	SUBQ(U32(4*s.lanes), n)
	JNZ(LabelRef("loop"))
	better(acc[1], acc[0], acc[0])
	better(acc[3], acc[2], acc[2])
	better(acc[2], acc[0], acc[0])
	or(nan, acc[0], acc[0]) // all ones are a NaN
	lanes := Load(Param("lanes"), GP64())
	s.store(acc[0], Mem{Base: lanes})
	VZEROUPPER()
	RET()
}

// dot writes the sum of x·y, in four accumulators.
func dot(s isa) {
	TEXT("dot"+s.name, NOSPLIT, fmt.Sprintf("func(x, y []%[1]s) %[1]s", s.elem))
	Pragma("noescape")
	x, y := Load(Param("x").Base(), GP64()), Load(Param("y").Base(), GP64())
	n, i := Load(Param("x").Len(), GP64()), GP64()
	XORQ(i, i)
	var acc [4]VecVirtual
	for j := range acc {
		acc[j] = YMM()
		s.zero(acc[j])
	}
	overVectors(s, n, i, len(acc), func(disp int, load func(m Mem, v Op), _ func(v Op, m Mem)) {
		a, b := YMM(), YMM()
		load(Mem{Base: x, Index: i, Scale: 1, Disp: disp}, a)
		load(Mem{Base: y, Index: i, Scale: 1, Disp: disp}, b)
		s.fma(a, b, acc[disp/32])
	})
	add := func(a, b, sum Op) { VADDPS(a, b, sum) }
	if s.size == 8 {
		add = func(a, b, sum Op) { VADDPD(a, b, sum) }
	}
	add(acc[1], acc[0], acc[0])
	add(acc[3], acc[2], acc[2])
	add(acc[2], acc[0], acc[0])
	half, t := acc[0].AsX(), XMM()
	VEXTRACTF128(U8(1), acc[0], t)
	add(t, half, half)
	VPERMILPD(U8(1), half, t)
	add(t, half, half)
	if s.size == 4 { // two lanes are left
		VPERMILPS(U8(1), half, t)
		add(t, half, half)
	}
	VZEROUPPER()
	Store(half, ReturnIndex(0))
	RET()
}

// adam writes the fused step of AdamStepF32, in PyTorch's order of operations.
func adam(s isa) {
	TEXT("adam"+s.name, NOSPLIT,
		"func(param, grad, m, v []float32, keep, l2, rest1, beta2, rest2, correction, eps, lr float32)")
	var at [4]Register
	for i, p := range []string{"param", "grad", "m", "v"} {
		at[i] = Load(Param(p).Base(), GP64())
	}
	keep, l2, rest1, beta2, rest2 := scalar(s, "keep"), scalar(s, "l2"), scalar(s, "rest1"), scalar(s, "beta2"), scalar(s, "rest2")
	correction, eps, lr := scalar(s, "correction"), scalar(s, "eps"), scalar(s, "lr")
	n, i := Load(Param("param").Len(), GP64()), GP64()
	XORQ(i, i)
	overVectors(s, n, i, 1, func(disp int, load func(m Mem, v Op), store func(v Op, m Mem)) {
		var r [4]VecVirtual
		for j := range r {
			r[j] = YMM()
			load(Mem{Base: at[j], Index: i, Scale: 1, Disp: disp}, r[j])
		}
		p, g, m, v := r[0], r[1], r[2], r[3]
		t := YMM()
		VMULPS(keep, p, p)
		VFMADD231PS(l2, p, g)
		VSUBPS(m, g, t)
		VFMADD231PS(rest1, t, m)
		VMULPS(beta2, v, v)
		VMULPS(rest2, g, t)
		VFMADD231PS(t, g, v)
		store(m, Mem{Base: at[2], Index: i, Scale: 1, Disp: disp})
		store(v, Mem{Base: at[3], Index: i, Scale: 1, Disp: disp})
		VSQRTPS(v, v)
		VDIVPS(correction, v, v)
		VADDPS(eps, v, v)
		VMULPS(lr, m, m)
		VDIVPS(v, m, m)
		VSUBPS(m, p, p)
		store(p, Mem{Base: at[0], Index: i, Scale: 1, Disp: disp})
	})
	VZEROUPPER()
	RET()
}
