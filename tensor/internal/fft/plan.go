package fft

import (
	"math"
	"sync"
)

// plan holds what transforms of one size share.
type plan[F Float] struct {
	n     int
	steps []step[F]
}

// step is one pass over the elements: m groups of s·radix, and radix-1 factors for each group.
type step[F Float] struct {
	run      func(dstRe, dstIm, srcRe, srcIm []F, m, s int, twiddles []F)
	m, s     int
	twiddles []F
}

// plans keeps those of recent sizes.
type plans[F Float] struct {
	sync.Mutex
	bySize map[int]*plan[F]
}

const maxPlans = 64

var (
	plans32 plans[float32]
	plans64 plans[float64]
)

// planOf returns the plan for n, nil if n has a prime factor greater than 5.
func planOf[F Float](n int) *plan[F] {
	all := kept[F]()
	all.Lock()
	defer all.Unlock()
	if p, ok := all.bySize[n]; ok {
		return p
	}
	if all.bySize == nil || len(all.bySize) == maxPlans {
		all.bySize = map[int]*plan[F]{}
	}
	p := newPlan[F](n)
	all.bySize[n] = p
	return p
}

func kept[F Float]() *plans[F] {
	if p, ok := any(&plans32).(*plans[F]); ok {
		return p
	}
	return any(&plans64).(*plans[F])
}

func newPlan[F Float](n int) *plan[F] {
	p, rest, s := &plan[F]{n: n}, n, lanes
	for rest > 1 {
		radix := radixOf(rest)
		if radix == 0 {
			return nil
		}
		m := rest / radix
		tw := make([]F, 0, 2*m*(radix-1))
		for i := range m {
			for k := 1; k < radix; k++ {
				re, im := root(i*k, rest)
				tw = append(tw, F(re), F(im))
			}
		}
		p.steps = append(p.steps, step[F]{passOf[F](radix), m, s, tw})
		rest, s = m, s*radix
	}
	return p
}

// radixOf returns a radix that divides n, 0 if none does.
func radixOf(n int) int {
	for _, r := range []int{4, 2, 3, 5} {
		if n%r == 0 {
			return r
		}
	}
	return 0
}

// root returns exp(-2πi·k/n).
func root(k, n int) (re, im float64) {
	k %= n
	if 8*k > n { // the library is exact to half a unit below π/4 and nearly so elsewhere
		switch {
		case 4*k == n:
			return 0, -1
		case 2*k == n:
			return -1, 0
		case 4*k == 3*n:
			return 0, 1
		}
	}
	sin, cos := math.Sincos(2 * math.Pi * float64(k) / float64(n))
	return cos, -sin
}

// split halves a long transform: the factor nearest to its square root.
func (p *plan[F]) split() (n1, n2 int) {
	n1 = 1
	for f := 1; f*f <= p.n; f++ {
		if p.n%f == 0 {
			n1 = f
		}
	}
	return n1, p.n / n1
}
