package cpu

import "math"

// Conversions between element types, of slices of equal lengths.

// WidenF32 sets dst to x.
func WidenF32(dst []float64, x []float32) {
	inEights(dst, x, widenF32, func(v float32) float64 { return float64(v) })
}

// NarrowF64 sets dst to x, rounded to nearest.
func NarrowF64(dst []float32, x []float64) {
	inEights(dst, x, narrowF64, func(v float64) float32 { return float32(v) })
}

// FromBytes sets dst to x.
func FromBytes(dst []float32, x []uint8) {
	inEights(dst, x, fromBytes, func(v uint8) float32 { return float32(v) })
}

// FromF16 sets dst to the IEEE half-precision numbers x.
func FromF16(dst []float32, x []uint16) { inEights(dst, x, fromF16, F16ToF32) }

// ToF16 sets dst to x in IEEE half precision, rounded to nearest, ties to even.
func ToF16(dst []uint16, x []float32) { inEights(dst, x, toF16, F32ToF16) }

// FromBF16 sets dst to the bfloat16 numbers x.
func FromBF16(dst []float32, x []uint16) { inEights(dst, x, fromBF16, BF16ToF32) }

// ToBF16 sets dst to x in bfloat16, rounded to nearest, ties to even.
func ToBF16(dst []uint16, x []float32) { inEights(dst, x, toBF16, F32ToBF16) }

// What converts multiples of eight elements; arch files put assembly there.
var (
	widenF32          func(dst []float64, x []float32)
	narrowF64         func(dst []float32, x []float64)
	fromBytes         func(dst []float32, x []uint8)
	fromF16, fromBF16 func(dst []float32, x []uint16)
	toF16, toBF16     func(dst []uint16, x []float32)
)

// inEights converts by kernel, if there is one, and what is left one by one.
func inEights[D, S any](dst []D, x []S, kernel func(dst []D, x []S), one func(S) D) {
	n := 0
	if kernel != nil {
		n = len(dst) &^ 7
		kernel(dst[:n], x[:n])
	}
	for i, v := range x[n:len(dst)] {
		dst[n+i] = one(v)
	}
}

// BF16ToF32 widens a bfloat16 number.
func BF16ToF32(h uint16) float32 { return math.Float32frombits(uint32(h) << 16) }

// F32ToBF16 rounds to nearest, ties to even.
func F32ToBF16(f float32) uint16 {
	b := math.Float32bits(f)
	if f != f {
		return 0x7fc0
	}
	return uint16((b + 0x7fff + b>>16&1) >> 16)
}

// F16ToF32 widens an IEEE half-precision number.
func F16ToF32(h uint16) float32 {
	sign, exp, frac := uint32(h>>15)<<31, uint32(h>>10&31), uint32(h&1023)
	switch exp {
	case 0: // zero and subnormal
		f := float32(frac) * (1.0 / (1 << 24))
		return math.Float32frombits(math.Float32bits(f) | sign)
	case 31: // inf and nan
		return math.Float32frombits(sign | 0x7f800000 | frac<<13)
	}
	return math.Float32frombits(sign | (exp+112)<<23 | frac<<13)
}

// F32ToF16 rounds to nearest, ties to even.
func F32ToF16(f float32) uint16 {
	b := math.Float32bits(f)
	sign := uint16(b >> 16 & 0x8000)
	abs := b & 0x7fffffff
	switch {
	case abs > 0x7f800000: // nan
		return sign | 0x7e00
	case abs >= 0x477ff000: // rounds to infinity
		return sign | 0x7c00
	case abs < 0x38800000: // subnormal: let float addition round
		return sign | uint16(math.Float32bits(math.Float32frombits(abs)+0.5)-math.Float32bits(0.5))
	}
	return sign | uint16((abs-(112<<23)+0xfff+abs>>13&1)>>13)
}
