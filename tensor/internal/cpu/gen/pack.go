package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// The transposing packs read n×n blocks of a row-major matrix, n the lanes of a YMM register, and write each block's
// columns as rows. Loading 128-bit halves of rows i and i+n/2 into one register leaves only in-lane shuffles.

func transposeF32() {
	TEXT("transposeF32AVX2", NOSPLIT, "func(blocks int, src []float32, ld int, dst []float32, ldd int)")
	Doc("transposeF32AVX2 writes the transpose of 8 rows of 8·blocks columns.")
	blocks, src, dst, row, ldd := blockParams(avx2F32, 8)
	Label("loop")
	for half := range 2 {
		var r, c [4]VecVirtual
		for i := range r {
			r[i] = halves(row(i).Offset(16*half), row(i+4).Offset(16*half))
		}
		ab, cd, ab2, cd2 := YMM(), YMM(), YMM(), YMM()
		VUNPCKLPS(r[1], r[0], ab)
		VUNPCKLPS(r[3], r[2], cd)
		VUNPCKHPS(r[1], r[0], ab2)
		VUNPCKHPS(r[3], r[2], cd2)
		for i := range c {
			c[i] = YMM()
		}
		VUNPCKLPD(cd, ab, c[0])
		VUNPCKHPD(cd, ab, c[1])
		VUNPCKLPD(cd2, ab2, c[2])
		VUNPCKHPD(cd2, ab2, c[3])
		for i := range c {
			VMOVUPS(c[i], Mem{Base: dst})
			ADDQ(ldd, dst)
		}
	}
	nextBlock(blocks, src, row(7).Base)
}

func transposeF64() {
	TEXT("transposeF64AVX2", NOSPLIT, "func(blocks int, src []float64, ld int, dst []float64, ldd int)")
	Doc("transposeF64AVX2 writes the transpose of 4 rows of 4·blocks columns.")
	blocks, src, dst, row, ldd := blockParams(avx2F64, 4)
	Label("loop")
	for half := range 2 {
		r0 := halves(row(0).Offset(16*half), row(2).Offset(16*half))
		r1 := halves(row(1).Offset(16*half), row(3).Offset(16*half))
		c0, c1 := YMM(), YMM()
		VUNPCKLPD(r1, r0, c0)
		VUNPCKHPD(r1, r0, c1)
		for _, c := range []VecVirtual{c0, c1} {
			VMOVUPD(c, Mem{Base: dst})
			ADDQ(ldd, dst)
		}
	}
	nextBlock(blocks, src, row(3).Base)
}

func blockParams(s isa, rows int) (blocks, src, dst Register, row func(i int) Mem, ldd Register) {
	blocks = Load(Param("blocks"), GP64())
	row = rowsOf(s, "src", "ld", rows)
	dst = Load(Param("dst").Base(), GP64())
	ldd = stride(s, "ldd")
	return blocks, row(0).Base, dst, row, ldd
}

// halves loads lo and hi into the halves of a register.
func halves(lo, hi Mem) VecVirtual {
	v := YMM()
	VMOVUPS(lo, v.AsX())
	VINSERTF128(U8(1), hi, v, v)
	return v
}

// nextBlock goes on to the block 32 bytes to the right, or returns; last is the base of the last row's address.
func nextBlock(blocks, src, last Register) {
	ADDQ(U8(32), src)
	if last != src {
		ADDQ(U8(32), last)
	}
	DECQ(blocks)
	JNZ(LabelRef("loop"))
	VZEROUPPER()
	RET()
}
