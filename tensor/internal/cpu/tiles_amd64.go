//go:build !noasm

package cpu

import "golang.org/x/sys/cpu"

var (
	tilesF32 = chooseTiles(avx2TilesF32, avx512TilesF32)
	tilesF64 = chooseTiles(avx2TilesF64, avx512TilesF64)

	avx2TilesF32 = tiles[float32]{rows: 6, lanes: 8, kernel: [][2]tileFunc[float32]{
		{gemmF32AVX2x1x1, gemmF32AVX2x1x2}, {gemmF32AVX2x2x1, gemmF32AVX2x2x2}, {gemmF32AVX2x3x1, gemmF32AVX2x3x2},
		{gemmF32AVX2x4x1, gemmF32AVX2x4x2}, {gemmF32AVX2x5x1, gemmF32AVX2x5x2}, {gemmF32AVX2x6x1, gemmF32AVX2x6x2},
	}, transpose: transposeF32AVX2, block: 8, dot: DotF32, axpy: AxpyF32, buffers: &bufferPool[float32]{}}

	avx2TilesF64 = tiles[float64]{rows: 6, lanes: 4, kernel: [][2]tileFunc[float64]{
		{gemmF64AVX2x1x1, gemmF64AVX2x1x2}, {gemmF64AVX2x2x1, gemmF64AVX2x2x2}, {gemmF64AVX2x3x1, gemmF64AVX2x3x2},
		{gemmF64AVX2x4x1, gemmF64AVX2x4x2}, {gemmF64AVX2x5x1, gemmF64AVX2x5x2}, {gemmF64AVX2x6x1, gemmF64AVX2x6x2},
	}, transpose: transposeF64AVX2, block: 4, dot: DotF64, axpy: AxpyF64, buffers: &bufferPool[float64]{}}

	avx512TilesF32 = tiles[float32]{rows: 14, lanes: 16, kernel: [][2]tileFunc[float32]{
		{gemmF32AVX512x1x1, gemmF32AVX512x1x2}, {gemmF32AVX512x2x1, gemmF32AVX512x2x2},
		{gemmF32AVX512x3x1, gemmF32AVX512x3x2}, {gemmF32AVX512x4x1, gemmF32AVX512x4x2},
		{gemmF32AVX512x5x1, gemmF32AVX512x5x2}, {gemmF32AVX512x6x1, gemmF32AVX512x6x2},
		{gemmF32AVX512x7x1, gemmF32AVX512x7x2}, {gemmF32AVX512x8x1, gemmF32AVX512x8x2},
		{gemmF32AVX512x9x1, gemmF32AVX512x9x2}, {gemmF32AVX512x10x1, gemmF32AVX512x10x2},
		{gemmF32AVX512x11x1, gemmF32AVX512x11x2}, {gemmF32AVX512x12x1, gemmF32AVX512x12x2},
		{gemmF32AVX512x13x1, gemmF32AVX512x13x2}, {gemmF32AVX512x14x1, gemmF32AVX512x14x2},
	}, transpose: transposeF32AVX2, block: 8, dot: DotF32, axpy: AxpyF32, buffers: &bufferPool[float32]{}}

	avx512TilesF64 = tiles[float64]{rows: 14, lanes: 8, kernel: [][2]tileFunc[float64]{
		{gemmF64AVX512x1x1, gemmF64AVX512x1x2}, {gemmF64AVX512x2x1, gemmF64AVX512x2x2},
		{gemmF64AVX512x3x1, gemmF64AVX512x3x2}, {gemmF64AVX512x4x1, gemmF64AVX512x4x2},
		{gemmF64AVX512x5x1, gemmF64AVX512x5x2}, {gemmF64AVX512x6x1, gemmF64AVX512x6x2},
		{gemmF64AVX512x7x1, gemmF64AVX512x7x2}, {gemmF64AVX512x8x1, gemmF64AVX512x8x2},
		{gemmF64AVX512x9x1, gemmF64AVX512x9x2}, {gemmF64AVX512x10x1, gemmF64AVX512x10x2},
		{gemmF64AVX512x11x1, gemmF64AVX512x11x2}, {gemmF64AVX512x12x1, gemmF64AVX512x12x2},
		{gemmF64AVX512x13x1, gemmF64AVX512x13x2}, {gemmF64AVX512x14x1, gemmF64AVX512x14x2},
	}, transpose: transposeF64AVX2, block: 4, dot: DotF64, axpy: AxpyF64, buffers: &bufferPool[float64]{}}
)

var (
	hasAVX2   = cpu.X86.HasAVX2 && cpu.X86.HasFMA && cpu.X86.HasBMI2
	hasAVX512 = hasAVX2 && cpu.X86.HasAVX512F && cpu.X86.HasAVX512VL && cpu.X86.HasAVX512DQ && cpu.X86.HasAVX512BW
)

// chooseTiles returns the best family that the processor runs.
func chooseTiles[T Float](avx2, avx512 tiles[T]) tiles[T] {
	switch {
	case hasAVX512:
		return avx512
	case hasAVX2:
		return avx2
	}
	return goTiles[T]()
}
