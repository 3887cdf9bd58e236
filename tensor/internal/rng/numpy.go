package rng

import "math"

// NumPy is NumPy's legacy generator, numpy.random.RandomState. It is not safe for concurrent use.
type NumPy struct {
	engine   mt19937
	cached   float64
	isCached bool
}

// NewNumPy returns a generator seeded as numpy.random.seed(seed) seeds the global one.
func NewNumPy(seed uint32) *NumPy {
	r := &NumPy{}
	r.engine.seed(seed)
	return r
}

// Rand fills dst with uniform numbers of [0, 1), as numpy.random.rand does: 53 bits a draw.
func (r *NumPy) Rand(dst []float64) {
	for i := range dst {
		dst[i] = r.uniform()
	}
}

// Randn fills dst with standard normal numbers, as numpy.random.randn does, by Marsaglia's polar method.
func (r *NumPy) Randn(dst []float64) {
	for i := range dst {
		dst[i] = r.normal()
	}
}

func (r *NumPy) uniform() float64 {
	a, b := r.engine.uint32()>>5, r.engine.uint32()>>6
	return (float64(a)*(1<<26) + float64(b)) / (1 << 53)
}

func (r *NumPy) normal() float64 {
	if r.isCached {
		r.isCached = false
		return r.cached
	}
	for {
		x1, x2 := 2*r.uniform()-1, 2*r.uniform()-1
		s := float64(x1*x1) + float64(x2*x2)
		if s < 1 && s != 0 {
			f := math.Sqrt(-2 * log(s) / s)
			r.cached, r.isCached = f*x1, true
			return f * x2
		}
	}
}
