package rng

import "math"

// PyTorch draws normals by Box and Muller's transform in two ways: pair by pair in float64 below 16 numbers, the
// second of a pair kept for the next call; otherwise in blocks of 16, whose first and second eight uniforms pair up.
const normalBlock = 16

// NormalF32 fills dst with normal numbers, as torch.randn, torch.normal and normal_ do for contiguous float32.
func (g *Generator) NormalF32(dst []float32, mean, std float64) {
	n := len(dst)
	if n < normalBlock {
		for i := range dst {
			dst[i] = float32(g.normal(mean, std))
		}
		return
	}
	g.UniformF32(dst, 0, 1)
	boxMullerF32(dst[:n-n%normalBlock], float32(mean), float32(std))
	if n%normalBlock != 0 { // the last 16 are drawn again, over numbers already made
		g.UniformF32(dst[n-normalBlock:], 0, 1)
		boxMullerF32(dst[n-normalBlock:], float32(mean), float32(std))
	}
}

// NormalF64 fills dst with normal numbers, as torch.randn, torch.normal and normal_ do for contiguous float64.
func (g *Generator) NormalF64(dst []float64, mean, std float64) {
	n := len(dst)
	if n < normalBlock {
		for i := range dst {
			dst[i] = g.normal(mean, std)
		}
		return
	}
	g.UniformF64(dst, 0, 1)
	boxMullerF64(dst[:n-n%normalBlock], mean, std)
	if n%normalBlock != 0 {
		g.UniformF64(dst[n-normalBlock:], 0, 1)
		boxMullerF64(dst[n-normalBlock:], mean, std)
	}
}

// normal draws one number in float64 and keeps its pair for the next call.
func (g *Generator) normal(mean, std float64) float64 {
	if g.isCached {
		g.isCached = false
		return math.FMA(g.cached, std, mean)
	}
	u1, u2 := g.uniform(), g.uniform()
	radius := math.Sqrt(-2 * log1p(-u2))
	sin, cos := sincos(2 * math.Pi * u1)
	g.cached, g.isCached = radius*sin, true
	return math.FMA(radius*cos, std, mean)
}

// boxMullerF64 turns uniforms into normals, in place, block by block.
func boxMullerF64(d []float64, mean, std float64) {
	for ; len(d) > 0; d = d[normalBlock:] {
		for j := range normalBlock / 2 {
			radius := math.Sqrt(-2 * log(1-d[j]))
			sin, cos := sincos(2 * math.Pi * d[j+8])
			d[j], d[j+8] = math.FMA(radius*cos, std, mean), math.FMA(radius*sin, std, mean)
		}
	}
}
