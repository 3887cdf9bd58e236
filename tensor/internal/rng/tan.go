package rng

import "math"

// sum is a + b exactly.
func sum(a, b float64) pair {
	s := a + b
	of := s - a
	return pair{s, (a - (s - of)) + (b - of)}
}

// tan is the tangent of a number at most π/2 away from 0. It is rounded as the exact one but for very rare cases, as
// glibc's is.
func tan(x float64) float64 {
	t := tables()
	a := pair{hi: math.Abs(x)}
	turned := a.hi > math.Pi/4
	if turned { // the cotangent of what is left to π/2
		a = sum(math.Pi/2-a.hi, 6.123233995736766e-17)
	}
	k := math.Round(a.hi * sinSteps)
	d := sum(a.hi-k/sinSteps, a.lo)
	square := d.hi * d.hi
	sin := d.lo + d.hi*square*polynomial(square, -1./6, 1./120, -1./5040) // what it has beyond d.hi
	versin := square * polynomial(square, 1./2, -1./24, 1./720)
	s, c := t.sin[int(k)], t.cos[int(k)]
	plus := func(of, by pair, sign float64) pair { // of·cos d + sign·by·sin d
		product := by.hi * d.hi
		out := sum(of.hi, sign*product)
		out.lo += of.lo - of.hi*versin + sign*(math.FMA(by.hi, d.hi, -product)+by.hi*sin+by.lo*d.hi)
		return sum(out.hi, out.lo)
	}
	over, under := plus(s, c, 1), plus(c, s, -1)
	if turned {
		over, under = under, over
	}
	q := over.hi / under.hi
	q += (math.FMA(-q, under.hi, over.hi) + over.lo - q*under.lo) / under.hi
	return math.Copysign(q, x)
}
