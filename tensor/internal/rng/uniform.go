package rng

import "math"

// UniformF32 fills dst with uniform numbers of [lo, hi), as torch.rand and uniform_ do for float32: 24 bits a draw,
// scaled and shifted by one fused operation, as PyTorch's AVX2 and AVX-512 builds do. What rounds up to hi becomes lo.
func (g *Generator) UniformF32(dst []float32, lo, hi float64) {
	scale, offset := float32(hi)-float32(lo), float32(lo)
	for len(dst) > 0 {
		w := g.engine.words(len(dst))
		d := dst[:len(w)]
		for i, y := range w {
			u := float32(int32(temper(y)&(1<<24-1))) * (1.0 / (1 << 24))
			if offset == 0 {
				d[i] = u * scale
			} else {
				d[i] = fma32(u, scale, offset)
			}
			if d[i] >= float32(hi) {
				d[i] = offset
			}
		}
		dst = dst[len(w):]
	}
}

// UniformF64 fills dst with uniform numbers of [lo, hi), as torch.rand and uniform_ do for float64: 53 bits a draw.
func (g *Generator) UniformF64(dst []float64, lo, hi float64) {
	for i := range dst {
		if dst[i] = math.FMA(g.uniform(), hi-lo, lo); dst[i] >= hi {
			dst[i] = lo
		}
	}
}

// uniform draws 53 bits of [0, 1).
func (g *Generator) uniform() float64 {
	return float64(int64(g.engine.uint64()&(1<<53-1))) * (1.0 / (1 << 53))
}

// Bernoulli fills dst with ones, of probability p, and zeros, as bernoulli_ does for every dtype, and dropout for its
// mask (where p is the probability to keep).
func (g *Generator) Bernoulli(dst []float64, p float64) {
	for i := range dst {
		dst[i] = 0
		if g.uniform() < p {
			dst[i] = 1
		}
	}
}

// Exponential fills dst with exponential numbers of the given rate, as exponential_ does (float32 tensors hold the
// same numbers, rounded).
func (g *Generator) Exponential(dst []float64, rate float64) {
	for i := range dst {
		dst[i] = -1 / rate * log1p(-g.uniform())
	}
}
