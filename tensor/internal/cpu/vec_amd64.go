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
	shiftF32, shiftF64 = shiftF32AVX2, shiftF64AVX2
	maximumF32, maximumF64 = maximumF32AVX2, maximumF64AVX2
	axpyF32, axpyF64 = axpyF32AVX2, axpyF64AVX2
	clampMinF32, clampMinF64 = clampMinF32AVX2, clampMinF64AVX2
	reluBackwardF32, reluBackwardF64 = reluBackwardF32AVX2, reluBackwardF64AVX2
	expF32, sigmoidF32, tanhF32 = expF32AVX2, sigmoidF32AVX2, tanhF32AVX2
	logF32, erfF32 = logF32AVX2, erfF32AVX2
	adamF32 = adamF32AVX2
	dotF32, dotF64 = dotF32AVX2, dotF64AVX2
	sumF32, sumF64 = sumBlocksF32, sumBlocksF64
}

// sumBlocksF32 and sumBlocksF64 add up the blocks of 16, and the rest. Two
// functions, since lanes stays on the stack only of a known callee.
func sumBlocksF32(x []float32) float64 {
	var lanes [16]float64
	n := len(x) &^ 15
	sumF32AVX2(x[:n], &lanes)
	return sum(lanes[:]) + sum(x[n:])
}

func sumBlocksF64(x []float64) float64 {
	var lanes [16]float64
	n := len(x) &^ 15
	sumF64AVX2(x[:n], &lanes)
	return sum(lanes[:]) + sum(x[n:])
}
