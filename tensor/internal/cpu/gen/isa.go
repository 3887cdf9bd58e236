package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// isa is an instruction set at one element type: what the generated loops say of vectors.
type isa struct {
	name  string // in function names
	elem  string // Go's element type
	size  int    // bytes an element
	lanes int    // elements a vector
	rows  int    // rows of the largest GEMM tile

	vector    func() VecVirtual
	load      func(m, v Op)
	store     func(v, m Op)
	broadcast func(m, v Op)
	fma       func(x, y, sum Op) // sum += x*y
	zero      func(v Op)

	// of float32: compare sets lanes to ones where a predicate of y and x holds, blend takes x where a mask is set, else y
	round   func(x, to Op)
	compare func(predicate uint64, x, y, mask Op)
	blend   func(mask, x, y, to Op)

	// tail prepares a mask of the first n lanes, 1 ≤ n ≤ lanes, for loadTail and storeTail.
	tail      func(n Register) Op
	loadTail  func(m, mask, v Op)
	storeTail func(v, mask, m Op)
}

var avx2F32 = isa{
	name: "F32AVX2", elem: "float32", size: 4, lanes: 8, rows: 6,
	vector: YMM,
	load:   func(m, v Op) { VMOVUPS(m, v) }, store: func(v, m Op) { VMOVUPS(v, m) },
	broadcast: func(m, v Op) { VBROADCASTSS(m, v) },
	fma:       func(x, y, sum Op) { VFMADD231PS(x, y, sum) },
	zero:      func(v Op) { VXORPS(v, v, v) },
	round:     func(x, to Op) { VROUNDPS(U8(0), x, to) },
	compare:   func(predicate uint64, x, y, mask Op) { VCMPPS(U8(predicate), x, y, mask) },
	blend:     func(mask, x, y, to Op) { VBLENDVPS(mask, x, y, to) },
	tail:      func(n Register) Op { return tailMask("tailMask32", 4, 8, n) },
	loadTail:  func(m, mask, v Op) { VMASKMOVPS(m, mask, v) },
	storeTail: func(v, mask, m Op) { VMASKMOVPS(v, mask, m) },
}

var avx2F64 = isa{
	name: "F64AVX2", elem: "float64", size: 8, lanes: 4, rows: 6,
	vector: YMM,
	load:   func(m, v Op) { VMOVUPD(m, v) }, store: func(v, m Op) { VMOVUPD(v, m) },
	broadcast: func(m, v Op) { VBROADCASTSD(m, v) },
	fma:       func(x, y, sum Op) { VFMADD231PD(x, y, sum) },
	zero:      func(v Op) { VXORPD(v, v, v) },
	tail:      func(n Register) Op { return tailMask("tailMask64", 8, 4, n) },
	loadTail:  func(m, mask, v Op) { VMASKMOVPD(m, mask, v) },
	storeTail: func(v, mask, m Op) { VMASKMOVPD(v, mask, m) },
}

var avx512F32 = isa{
	name: "F32AVX512", elem: "float32", size: 4, lanes: 16, rows: 14,
	vector: ZMM,
	load:   func(m, v Op) { VMOVUPS(m, v) }, store: func(v, m Op) { VMOVUPS(v, m) },
	broadcast: func(m, v Op) { VBROADCASTSS(m, v) },
	fma:       func(x, y, sum Op) { VFMADD231PS(x, y, sum) },
	zero:      func(v Op) { VPXORD(v, v, v) },
	round:     func(x, to Op) { VRNDSCALEPS(U8(0), x, to) },
	compare: func(predicate uint64, x, y, mask Op) {
		k := K()
		VCMPPS(U8(predicate), x, y, k)
		VPMOVM2D(k, mask)
	},
	blend: func(mask, x, y, to Op) {
		k := K()
		VPMOVD2M(mask, k)
		VBLENDMPS(x, y, k, to)
	},
	tail:      tailBits,
	loadTail:  func(m, mask, v Op) { VMOVUPS_Z(m, mask, v) },
	storeTail: func(v, mask, m Op) { VMOVUPS(v, mask, m) },
}

var avx512F64 = isa{
	name: "F64AVX512", elem: "float64", size: 8, lanes: 8, rows: 14,
	vector: ZMM,
	load:   func(m, v Op) { VMOVUPD(m, v) }, store: func(v, m Op) { VMOVUPD(v, m) },
	broadcast: func(m, v Op) { VBROADCASTSD(m, v) },
	fma:       func(x, y, sum Op) { VFMADD231PD(x, y, sum) },
	zero:      func(v Op) { VPXORQ(v, v, v) },
	tail:      tailBits,
	loadTail:  func(m, mask, v Op) { VMOVUPD_Z(m, mask, v) },
	storeTail: func(v, mask, m Op) { VMOVUPD(v, mask, m) },
}

// tailBits sets the low n bits of a mask register.
func tailBits(n Register) Op {
	bits := GP32()
	XORL(bits, bits)
	NOTL(bits)
	BZHIL(n.(GPVirtual).As32(), bits, bits)
	mask := K()
	KMOVW(bits, mask)
	return mask
}

var tailTables = map[string]Mem{}

// tailMask loads n lanes of ones followed by zeros, from a table of both.
func tailMask(name string, size, lanes int, n Register) Op {
	table, ok := tailTables[name]
	if !ok {
		table = GLOBL(name, RODATA|NOPTR)
		for i := range lanes * size / 8 {
			DATA(8*i, U64(1<<64-1))
		}
		for i := range lanes * size / 8 {
			DATA(8*(lanes*size/8+i), U64(0))
		}
		tailTables[name] = table
	}
	at, i, mask := GP64(), GP64(), YMM()
	LEAQ(table, at)
	MOVQ(U32(lanes), i)
	SUBQ(n, i)
	VMOVUPS(Mem{Base: at, Index: i, Scale: uint8(size)}, mask)
	return mask
}
