//go:build !noasm

package cpu

var asmTilesF32, asmTilesF64 = map[string]tiles[float32]{}, map[string]tiles[float64]{}

func init() {
	if hasAVX2 {
		asmTilesF32["avx2"], asmTilesF64["avx2"] = avx2TilesF32, avx2TilesF64
	}
	if hasAVX512 {
		asmTilesF32["avx512"], asmTilesF64["avx512"] = avx512TilesF32, avx512TilesF64
	}
}
