//go:build !noasm

package cpu

import (
	"math"
	"slices"
)

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
	minimumF32, minimumF64 = minimumF32AVX2, minimumF64AVX2
	clampMaxF32, clampMaxF64 = clampMaxF32AVX2, clampMaxF64AVX2
	affineF32, affineF64 = affineF32AVX2, affineF64AVX2
	shiftScaleF32, shiftScaleF64 = shiftScaleF32AVX2, shiftScaleF64AVX2
	addProductsF32, addProductsF64 = addProductsF32AVX2, addProductsF64AVX2
	absF32, absF64 = absF32AVX2, absF64AVX2
	negF32, negF64 = negF32AVX2, negF64AVX2
	axpyF32, axpyF64 = axpyF32AVX2, axpyF64AVX2
	clampMinF32, clampMinF64 = clampMinF32AVX2, clampMinF64AVX2
	reluBackwardF32, reluBackwardF64 = reluBackwardF32AVX2, reluBackwardF64AVX2
	expF32, sigmoidF32, tanhF32 = expF32AVX2, sigmoidF32AVX2, tanhF32AVX2
	logF32, erfF32 = logF32AVX2, erfF32AVX2
	geluF32, geluBackwardF32 = geluF32AVX2, geluBackwardF32AVX2
	siluF32, siluBackwardF32 = siluF32AVX2, siluBackwardF32AVX2
	sigmoidBackwardF32, tanhBackwardF32 = sigmoidBackwardF32AVX2, tanhBackwardF32AVX2
	rsqrtF32, leakyReLUF32 = rsqrtF32AVX2, leakyReLUF32AVX2
	sinF32, sinF64 = angles(sinF32AVX2, math.Sin), angles(sinF64AVX2, math.Sin)
	cosF32, cosF64 = angles(cosF32AVX2, math.Cos), angles(cosF64AVX2, math.Cos)
	maxF32, maxF64 = maxBlocksF32, maxBlocksF64
	minF32, minF64 = minBlocksF32, minBlocksF64
	widenF32, narrowF64, fromBytes = widenF32AVX2, narrowF64AVX2, fromBytesAVX2
	fromF16, toF16, fromBF16, toBF16 = fromF16AVX2, toF16AVX2, fromBF16AVX2, toBF16AVX2
	transposeBlockF32, transposeBlockF64 = 8, 4
	transposeF32, transposeF64 = transposeF32AVX2, transposeF64AVX2
	adamF32 = adamF32AVX2
	dotF32, dotF64 = dotF32AVX2, dotF64AVX2
	sumF32, sumF64 = sumBlocksF32, sumBlocksF64
	if hasAVX512 {
		sumF32 = sumWideF32
		expF32, sigmoidF32, tanhF32 = expF32AVX512, sigmoidF32AVX512, tanhF32AVX512
		logF32, erfF32 = logF32AVX512, erfF32AVX512
		geluF32, geluBackwardF32 = geluF32AVX512, geluBackwardF32AVX512
		siluF32, siluBackwardF32 = siluF32AVX512, siluBackwardF32AVX512
	}
}

// sumWideF32 is sumBlocksF32 with blocks of 32.
func sumWideF32(x []float32) float64 {
	var lanes [16]float64
	n := len(x) &^ 31
	sumF32AVX512(x[:n], &lanes)
	return sumLanes(&lanes) + sum(x[n:])
}

// sumLanes adds lanes in pairs, which do not wait for each other.
func sumLanes(l *[16]float64) float64 {
	for half := 8; half > 0; half /= 2 {
		for i := range half {
			l[i] += l[i+half]
		}
	}
	return l[0]
}

// sumBlocksF32 and sumBlocksF64 add up the blocks of 16, and the rest. Two
// functions, since lanes stays on the stack only of a known callee.
func sumBlocksF32(x []float32) float64 {
	var lanes [16]float64
	n := len(x) &^ 15
	sumF32AVX2(x[:n], &lanes)
	return sumLanes(&lanes) + sum(x[n:])
}

func sumBlocksF64(x []float64) float64 {
	var lanes [16]float64
	n := len(x) &^ 15
	sumF64AVX2(x[:n], &lanes)
	return sum(lanes[:]) + sum(x[n:])
}

// angles makes a kernel of one that takes multiples of four small angles; exact does the others.
func angles[T Float](kernel func(dst, x []T) (done int), exact func(float64) float64) func(dst, x []T) {
	return func(dst, x []T) {
		for i := 0; i < len(x); {
			i += kernel(dst[i:i+(len(x)-i)&^3], x[i:])
			for end := min(i+4, len(x)); i < end; i++ {
				dst[i] = T(exact(float64(x[i])))
			}
		}
	}
}

func maxBlocksF32(x []float32) float32 {
	n := len(x) &^ 31
	if n == 0 {
		return slices.Max(x)
	}
	var lanes [8]float32
	maxF32AVX2(x[:n], &lanes)
	l := &lanes // in pairs, which do not wait for each other
	m := max(max(max(l[0], l[1]), max(l[2], l[3])), max(max(l[4], l[5]), max(l[6], l[7])))
	for _, v := range x[n:] {
		m = max(m, v)
	}
	return m
}

func maxBlocksF64(x []float64) float64 {
	n := len(x) &^ 15
	if n == 0 {
		return slices.Max(x)
	}
	var lanes [4]float64
	maxF64AVX2(x[:n], &lanes)
	return max(slices.Max(lanes[:]), slices.Max(x[min(n, len(x)-1):]))
}

func minBlocksF32(x []float32) float32 {
	n := len(x) &^ 31
	if n == 0 {
		return slices.Min(x)
	}
	var lanes [8]float32
	minF32AVX2(x[:n], &lanes)
	l := &lanes // in pairs, which do not wait for each other
	m := min(min(min(l[0], l[1]), min(l[2], l[3])), min(min(l[4], l[5]), min(l[6], l[7])))
	for _, v := range x[n:] {
		m = min(m, v)
	}
	return m
}

func minBlocksF64(x []float64) float64 {
	n := len(x) &^ 15
	if n == 0 {
		return slices.Min(x)
	}
	var lanes [4]float64
	minF64AVX2(x[:n], &lanes)
	return min(slices.Min(lanes[:]), slices.Min(x[min(n, len(x)-1):]))
}
