//go:build !noasm

package cpu

import (
	"math"
	"testing"
)

// TestTranscendentalAVX2 tests what other kernels stand for where the machine has wider vectors.
func TestTranscendentalAVX2(t *testing.T) {
	if !hasAVX512 {
		t.Skip("without AVX-512 the other tests test these kernels")
	}
	testUlps(t, "exp", expF32AVX2, math.Exp, 2)
	testUlps(t, "sigmoid", sigmoidF32AVX2, sigmoid, 3)
	testUlps(t, "tanh", tanhF32AVX2, math.Tanh, 3)
	testUlps(t, "log", logF32AVX2, math.Log, 2)
	testUlps(t, "erf", erfF32AVX2, math.Erf, 3)
	for n := range 70 {
		x, g, narrow, wide := make([]float32, n), make([]float32, n), make([]float32, n), make([]float32, n)
		for i := range x {
			x[i], g[i] = float32(i)/7-5, float32(i%3)+1
		}
		for name, pair := range map[string][2]func(dst, g, x []float32){
			"geluBackward": {geluBackwardF32AVX2, geluBackwardF32AVX512}, "siluBackward": {siluBackwardF32AVX2, siluBackwardF32AVX512},
			"gelu": {func(d, _, x []float32) { geluF32AVX2(d, x) }, func(d, _, x []float32) { geluF32AVX512(d, x) }},
			"silu": {func(d, _, x []float32) { siluF32AVX2(d, x) }, func(d, _, x []float32) { siluF32AVX512(d, x) }},
		} {
			pair[0](narrow, g, x)
			pair[1](wide, g, x)
			for i, v := range narrow {
				if v != wide[i] {
					t.Fatalf("%s of %v: %v in narrow vectors, %v in wide ones", name, x[i], v, wide[i])
				}
			}
		}
		if a, b := sumBlocksF32(g), sumWideF32(g); math.Abs(a-b) > 1e-12 {
			t.Fatalf("sums of %d elements: %v and %v", n, a, b)
		}
	}
}
