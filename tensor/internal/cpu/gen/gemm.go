package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// gemmTiles writes a GEMM micro-kernel for every number of rows up to the largest, one and two vectors wide.
func gemmTiles(s isa) {
	for rows := 1; rows <= s.rows; rows++ {
		for vecs := 1; vecs <= 2; vecs++ {
			gemmTile(s, rows, vecs)
		}
	}
}

// gemmTile writes C = A·B, or C += A·B, for a tile of C that stays in registers: rows × vecs vectors, the last of
// which has tail lanes. A is broadcast element by element through two strides, so it may lie packed, as it is or
// transposed; B's rows are contiguous.
func gemmTile(s isa, rows, vecs int) {
	TEXT(fmt.Sprintf("gemm%sx%dx%d", s.name, rows, vecs), NOSPLIT, fmt.Sprintf(
		"func(k int, a []%[1]s, rs, cs int, b []%[1]s, ldb int, c []%[1]s, ldc int, tail int, accumulate bool)", s.elem))

	mask := s.tail(Load(Param("tail"), GP64()))
	load := func(m Mem, j int, v Op) {
		if j == vecs-1 {
			s.loadTail(m, mask, v)
		} else {
			s.load(m, v)
		}
	}
	at := func(m Mem, j int) Mem { return m.Offset(j * s.lanes * s.size) }

	sum := make([]VecVirtual, rows*vecs)
	for i := range sum {
		sum[i] = s.vector()
		s.zero(sum[i])
	}
	accumulate := Load(Param("accumulate"), GP8())
	TESTB(accumulate, accumulate)
	JZ(LabelRef("multiply"))
	c := rowsOf(s, "c", "ldc", rows)
	for i := range rows {
		for j := range vecs {
			load(at(c(i), j), j, sum[i*vecs+j])
		}
	}

	Label("multiply")
	k := Load(Param("k"), GP64())
	a := rowsOf(s, "a", "rs", rows)
	cs := stride(s, "cs")
	b := Load(Param("b").Base(), GP64())
	ldb := stride(s, "ldb")
	TESTQ(k, k)
	JZ(LabelRef("store"))

	Label("loop")
	bv := make([]VecVirtual, vecs)
	for j := range bv {
		bv[j] = s.vector()
		load(at(Mem{Base: b}, j), j, bv[j])
	}
	for i := range rows {
		av := s.vector()
		s.broadcast(a(i), av)
		for j := range vecs {
			s.fma(bv[j], av, sum[i*vecs+j])
		}
	}
	ADDQ(cs, a(0).Base)
	if rows > 7 {
		ADDQ(cs, a(7).Base)
	}
	ADDQ(ldb, b)
	DECQ(k)
	JNZ(LabelRef("loop"))

	Label("store")
	c = rowsOf(s, "c", "ldc", rows)
	for i := range rows {
		for j := range vecs {
			if j == vecs-1 {
				s.storeTail(sum[i*vecs+j], mask, at(c(i), j))
			} else {
				s.store(sum[i*vecs+j], at(c(i), j))
			}
		}
	}
	VZEROUPPER()
	RET()
}

// stride loads a parameter that counts elements, as bytes.
func stride(s isa, param string) Register {
	r := Load(Param(param), GP64())
	SHLQ(U8(map[int]uint8{4: 2, 8: 3}[s.size]), r)
	return r
}

// rowsOf returns the address of each row of a matrix: seven rows are reached from one base by a stride, its triple
// and its quintuple, the seven after them from a second base.
func rowsOf(s isa, base, ld string, rows int) func(i int) Mem {
	p := Load(Param(base).Base(), GP64())
	s1 := stride(s, ld)
	s3, s5, p7 := GP64(), GP64(), GP64()
	if rows > 3 {
		LEAQ(Mem{Base: s1, Index: s1, Scale: 2}, s3)
	}
	if rows > 5 {
		LEAQ(Mem{Base: s1, Index: s1, Scale: 4}, s5)
	}
	if rows > 7 {
		LEAQ(Mem{Base: p, Index: s1, Scale: 8}, p7)
		SUBQ(s1, p7)
	}
	return func(i int) Mem {
		m := Mem{Base: p}
		if i >= 7 {
			m, i = Mem{Base: p7}, i-7
		}
		switch i {
		case 1, 2, 4:
			m.Index, m.Scale = s1, uint8(i)
		case 3, 6:
			m.Index, m.Scale = s3, uint8(i/3)
		case 5:
			m.Index, m.Scale = s5, 1
		}
		return m
	}
}
