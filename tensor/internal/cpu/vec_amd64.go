//go:build !noasm

package cpu

func init() {
	if !hasAVX2 {
		return
	}
	addF32, addF64 = addF32AVX2, addF64AVX2
	subF32, subF64 = subF32AVX2, subF64AVX2
	mulF32, mulF64 = mulF32AVX2, mulF64AVX2
	divF32, divF64 = divF32AVX2, divF64AVX2
	sqrtF32, sqrtF64 = sqrtF32AVX2, sqrtF64AVX2
	scaleF32, scaleF64 = scaleF32AVX2, scaleF64AVX2
	axpyF32, axpyF64 = axpyF32AVX2, axpyF64AVX2
	clampMinF32, clampMinF64 = clampMinF32AVX2, clampMinF64AVX2
	reluBackwardF32, reluBackwardF64 = reluBackwardF32AVX2, reluBackwardF64AVX2
	expF32, sigmoidF32, tanhF32 = expF32AVX2, sigmoidF32AVX2, tanhF32AVX2
	adamF32 = adamF32AVX2

	sumF32 = func(x []float32) float64 { return sumBlocks(x, sumF32AVX2) }
	sumF64 = func(x []float64) float64 { return sumBlocks(x, sumF64AVX2) }
	dotF32 = func(x, y []float32) float32 {
		var lanes [32]float32
		n := len(x) &^ 31
		dotF32AVX2(x[:n], y[:n], &lanes)
		return pairwise(lanes[:]) + dot(x[n:], y[n:])
	}
	dotF64 = func(x, y []float64) float64 {
		var lanes [16]float64
		n := len(x) &^ 15
		dotF64AVX2(x[:n], y[:n], &lanes)
		return pairwise(lanes[:]) + dot(x[n:], y[n:])
	}
}

func sumBlocks[T Float](x []T, add func(x []T, sums *[16]float64)) float64 {
	var lanes [16]float64
	n := len(x) &^ 15
	add(x[:n], &lanes)
	return pairwise(lanes[:]) + sum(x[n:])
}

// pairwise adds up a power of two of numbers, in halves.
func pairwise[T Float](x []T) T {
	for n := len(x) / 2; n > 0; n /= 2 {
		for i := range n {
			x[i] += x[i+n]
		}
	}
	return x[0]
}
