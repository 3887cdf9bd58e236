package rng

import (
	"math"
	"math/bits"
)

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

// Exponential fills dst with exponential numbers of a mean, as numpy.random.exponential does.
func (r *NumPy) Exponential(dst []float64, mean float64) {
	for i := range dst {
		dst[i] = -mean * log(1-r.uniform())
	}
}

// Poisson draws how many of the events happen that happen rate times on average, as numpy.random.poisson does.
func (r *NumPy) Poisson(rate float64) float64 { return poisson(rate, r.uniform) }

// RandInt fills dst with integers of [low, high), as numpy.random.randint does: bits as many as the range has, drawn
// again until they lie in it.
func (r *NumPy) RandInt(dst []int64, low, high int64) {
	for i := range dst {
		dst[i] = low + int64(r.upTo(uint64(high-low)-1))
	}
}

// Shuffle puts n things in random order by swapping two at a time, as numpy.random.shuffle does.
func (r *NumPy) Shuffle(n int, swap func(i, j int)) {
	for i := n - 1; i > 0; i-- {
		swap(i, int(r.upTo(uint64(i))))
	}
}

// upTo draws an integer of [0, most].
func (r *NumPy) upTo(most uint64) uint64 {
	mask := uint64(1)<<bits.Len64(most) - 1
	for most > 0 {
		v := uint64(0)
		if most>>32 == 0 {
			v = uint64(r.engine.uint32())
		} else {
			v = r.engine.uint64()
		}
		if v &= mask; v <= most {
			return v
		}
	}
	return 0
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
