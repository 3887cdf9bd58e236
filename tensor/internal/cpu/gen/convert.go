package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
)

// conversions writes what turns eight elements at a time into another type.
func conversions() {
	convert("widenF32", "float32", "float64", 4, 8, func(src, dst Mem) {
		for i := range 2 {
			v := YMM()
			VCVTPS2PD(src.Offset(16*i), v)
			VMOVUPD(v, dst.Offset(32*i))
		}
	})
	convert("narrowF64", "float64", "float32", 8, 4, func(src, dst Mem) {
		for i := range 2 {
			v := XMM()
			VCVTPD2PSY(src.Offset(32*i), v)
			VMOVUPS(v, dst.Offset(16*i))
		}
	})
	convert("fromF16", "uint16", "float32", 2, 4, func(src, dst Mem) {
		v := YMM()
		VCVTPH2PS(src, v)
		VMOVUPS(v, dst)
	})
	convert("toF16", "float32", "uint16", 4, 2, func(src, dst Mem) {
		v := YMM()
		VMOVUPS(src, v)
		VCVTPS2PH(U8(0), v, dst)
	})
	convert("fromBF16", "uint16", "float32", 2, 4, func(src, dst Mem) {
		v := YMM()
		VPMOVZXWD(src, v)
		VPSLLD(U8(16), v, v)
		VMOVUPS(v, dst)
	})
	convert("toBF16", "float32", "uint16", 4, 2, func(src, dst Mem) { // to nearest, ties to even
		v, up, nan := YMM(), YMM(), YMM()
		VMOVUPS(src, v)
		VCMPPS(U8(unordered), v, v, nan)
		VPSRLD(U8(16), v, up)
		VPAND(u32("lowBit", 1), up, up)
		VPADDD(u32("almostHalf", 0x7fff), up, up)
		VPADDD(v, up, v)
		VPSRLD(U8(16), v, v)
		VBLENDVPS(nan, u32("bfloat16NaN", 0x7fc0), v, v)
		high := XMM()
		VEXTRACTI128(U8(1), v, high)
		VPACKUSDW(high, v.AsX(), high)
		VMOVDQU(high, dst)
	})
	convert("fromBytes", "uint8", "float32", 1, 4, func(src, dst Mem) {
		v := YMM()
		VPMOVZXBD(src, v)
		VCVTDQ2PS(v, v)
		VMOVUPS(v, dst)
	})
}

// convert writes a loop over slices of a multiple of eight elements of the given sizes.
func convert(name, from, to string, fromSize, toSize int, body func(src, dst Mem)) {
	TEXT(name+"AVX2", NOSPLIT, fmt.Sprintf("func(dst []%s, src []%s)", to, from))
	Pragma("noescape")
	dst, src := Load(Param("dst").Base(), GP64()), Load(Param("src").Base(), GP64())
	n := Load(Param("dst").Len(), GP64())
	Label("loop")
	TESTQ(n, n)
	JZ(LabelRef("done"))
	body(Mem{Base: src}, Mem{Base: dst})
	ADDQ(U32(8*fromSize), src)
	ADDQ(U32(8*toSize), dst)
	SUBQ(U8(8), n)
	JMP(LabelRef("loop"))
	Label("done")
	VZEROUPPER()
	RET()
}
