package rng

import (
	"math"
	"math/big"
	"sync"
)

// PyTorch and NumPy take the float64 logarithm, sine and cosine from the C library. Those of glibc are the correctly
// rounded ones but for about one number in a thousand, so the functions here are accurate to some 68 bits before they
// round; Go's own differ from glibc's far more often.

// pair is the unevaluated sum hi+lo, about 106 bits.
type pair struct{ hi, lo float64 }

const (
	logSteps = 128 // the logarithm's table has an entry for every 1/128
	sinSteps = 64  // the sine's for every 1/64
)

// roundedTables holds values at evenly spaced points; the functions add what a polynomial gives for the rest.
type roundedTables struct {
	inverse  [2 * logSteps]float64 // ten bits of logSteps/i
	log      [2 * logSteps]pair    // minus its logarithm
	sin, cos [7 * sinSteps]pair    // of i/sinSteps, beyond 2π
	ln2      pair                  // the high part in 42 bits: its product with an exponent is exact
}

var tables = sync.OnceValue(func() *roundedTables {
	t := &roundedTables{}
	ln2 := bigLog(2)
	t.ln2.hi = math.Float64frombits(math.Float64bits(toPair(ln2).hi) &^ (1<<11 - 1))
	t.ln2.lo, _ = newBig(0).Sub(ln2, newBig(t.ln2.hi)).Float64()
	for i := logSteps / 2; i < 2*logSteps; i++ {
		t.inverse[i] = math.Round(512*logSteps/float64(i)) / 512
		t.log[i] = toPair(newBig(0).Neg(bigLog(t.inverse[i])))
	}
	// Turning by 1/sinSteps goes from one entry to the next.
	s, c := newBig(0), newBig(0)
	term := newBig(1)
	for n := range 20 {
		switch n % 4 {
		case 0:
			c.Add(c, term)
		case 1:
			s.Add(s, term)
		case 2:
			c.Sub(c, term)
		case 3:
			s.Sub(s, term)
		}
		term.Quo(term, newBig(float64(n+1)*sinSteps))
	}
	sin, cos := newBig(0), newBig(1)
	mul := func(x, y *big.Float) *big.Float { return newBig(0).Mul(x, y) }
	for i := range t.sin {
		t.sin[i], t.cos[i] = toPair(sin), toPair(cos)
		sin, cos = newBig(0).Add(mul(sin, c), mul(cos, s)), newBig(0).Sub(mul(cos, c), mul(sin, s))
	}
	return t
})

func newBig(x float64) *big.Float { return new(big.Float).SetPrec(160).SetFloat64(x) }

func toPair(x *big.Float) pair {
	hi, _ := x.Float64()
	lo, _ := newBig(0).Sub(x, newBig(hi)).Float64()
	return pair{hi, lo}
}

// bigLog is 2·artanh((x-1)/(x+1)) as a series, for x in [½, 2].
func bigLog(x float64) *big.Float {
	z := newBig(0).Quo(newBig(x-1), newBig(x+1))
	square := newBig(0).Mul(z, z)
	sum := newBig(0)
	for n := 1.0; n < 90; n += 2 {
		sum.Add(sum, newBig(0).Quo(z, newBig(n)))
		z.Mul(z, square)
	}
	return sum.Mul(sum, newBig(2))
}

// log returns the natural logarithm of x, which is positive and normal.
func log(x float64) float64 {
	t := tables()
	m, exp := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m, exp = 2*m, exp-1
	}
	k, i := float64(exp), int(m*logSteps+0.5)
	c := t.inverse[i]
	p := m * c
	r, rest := p-1, math.FMA(m, c, -p) // r+rest = m·c-1 exactly, |r| < 2⁻⁷
	q := r * r
	tail := r * q * (1./3 + r*(-1./4+r*(1./5+r*(-1./6+r*(1./7+r*(-1./8+r*(1./9+r*(-1./10))))))))
	tail += rest*(1-r) - math.FMA(r, r, -q)/2

	sum, e1 := twoSum(k*t.ln2.hi, t.log[i].hi)
	sum, e2 := twoSum(sum, r)
	sum, e3 := twoSum(sum, -q/2)
	return sum + (e1 + e2 + e3 + (k*t.ln2.lo + t.log[i].lo) + tail)
}

// sincos returns the sine and cosine of x in [0, 2π].
func sincos(x float64) (sin, cos float64) {
	t := tables()
	i := int(x*sinSteps + 0.5)
	r := x - float64(i)/sinSteps // exact, |r| ≤ 2⁻⁷
	q := r * r
	s := r * q * (-1./6 + q*(1./120+q*(-1./5040)))        // sin r - r
	c := q * (-1./2 + q*(1./24+q*(-1./720+q*(1./40320)))) // cos r - 1
	a, b := t.sin[i], t.cos[i]
	return rotate(a, b, r, s, c), rotate(b, pair{-a.hi, -a.lo}, r, s, c)
}

// rotate returns a·(1+c) + b·(r+s).
func rotate(a, b pair, r, s, c float64) float64 {
	p := b.hi * r
	sum, e := twoSum(a.hi, p)
	return sum + (e + math.FMA(b.hi, r, -p) + (a.lo + b.lo*r) + (a.hi*c + b.hi*s))
}

// twoSum returns a+b and what the sum lost to rounding (Knuth).
func twoSum(a, b float64) (sum, lost float64) {
	sum = a + b
	t := sum - a
	return sum, (a - (sum - t)) + (b - t)
}
