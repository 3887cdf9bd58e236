package rng

import (
	"math"
	"math/big"
	"sync"
)

// PyTorch and NumPy take the float64 logarithm, sine and cosine from the C library. The functions here compute as
// glibc's do on machines with fused multiply-add, and so round alike: the logarithm by Szabolcs Nagy's method (2018),
// log(1+x) by fdlibm's, sine, cosine and tangent by IBM's Accurate Mathematical Library's (2001; since glibc 2.35 without the second
// stages that corrected the last bit). Results differ from the exact ones, rounded, about once in a thousand.

// pair is the unevaluated sum hi+lo.
type pair struct{ hi, lo float64 }

const (
	sinSteps = 128 // sine and cosine are tabulated for every 1/128
	expBits  = 7
	expSteps = 1 << expBits
)

// libmTables holds values at points; the functions add what a polynomial gives for the rest.
type libmTables struct {
	log      [logSteps]float64 // of the inverses of inverses
	sin, cos [sinSteps]pair    // up to 1, beyond π/4
	exp      [expSteps]pair    // 2^(i/128), and what the exact power exceeds it by, relatively
}

var tables = sync.OnceValue(func() *libmTables {
	t := &libmTables{}
	for i, inverse := range inverses {
		log, _ := bigLog(inverse).Float64()
		t.log[i] = -math.Round(log*0x1p43) / 0x1p43
	}
	for i := range t.sin {
		sin, cos := bigSinCos(float64(i) / sinSteps)
		t.sin[i], t.cos[i] = toPair(sin), toPair(cos)
	}
	root := newBig(2)
	for range expBits {
		root.Sqrt(root)
	}
	power := newBig(1)
	for i := range t.exp {
		t.exp[i] = toPair(power)
		t.exp[i].lo /= t.exp[i].hi
		power.Mul(power, root)
	}
	return t
})

func newBig(x float64) *big.Float { return new(big.Float).SetPrec(160).SetFloat64(x) }

func toPair(x *big.Float) pair {
	hi, _ := x.Float64()
	lo, _ := newBig(0).Sub(x, newBig(hi)).Float64()
	return pair{hi, lo}
}

// bigSinCos sums the series of sine and cosine, for |x| of at most 1.
func bigSinCos(x float64) (sin, cos *big.Float) {
	sums := [2]*big.Float{newBig(0), newBig(0)} // of cosine and sine
	term, by := newBig(1), newBig(x)
	for n := range 30 {
		if n%4 < 2 {
			sums[n%2].Add(sums[n%2], term)
		} else {
			sums[n%2].Sub(sums[n%2], term)
		}
		term.Quo(term.Mul(term, by), newBig(float64(n+1)))
	}
	return sums[1], sums[0]
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

// polynomial evaluates Σ cᵢ·xⁱ by Horner's rule, rounding once a step.
func polynomial(x float64, c ...float64) float64 {
	y := c[len(c)-1]
	for i := len(c) - 2; i >= 0; i-- {
		y = math.FMA(x, y, c[i])
	}
	return y
}

// log returns the natural logarithm of x, which is positive and normal.
func log(x float64) float64 {
	if 1-0x1p-4 <= x && x < 1+0x1.09p-4 {
		return logNearOne(x)
	}
	const first = 0x3fe6 << 48 // the bits of 0.6875
	bits := math.Float64bits(x)
	above := bits - first
	i, k := above>>45%logSteps, float64(int64(above)>>52)
	z := math.Float64frombits(bits - above&(0xfff<<52))
	r := math.FMA(z, inverses[i], -1)
	w := math.FMA(k, 0x1.62e42fefa38p-1, tables().log[i])
	hi := w + r
	lo := math.FMA(k, 0x1.ef35793c7673p-45, w-hi+r)
	q := r * r
	p := math.FMA(q, math.FMA(r, -0x1.55575e506c89fp-3, 0x1.999b324f10111p-3), math.FMA(r, -0x1.fffffffeb459p-3, 0x1.555555551305bp-2))
	return math.FMA(r*q, p, math.FMA(q, -0x1.0000000000001p-1, lo)) + hi
}

func logNearOne(x float64) float64 {
	r := x - 1
	q := r * r
	c := r * q
	p := math.FMA(c, -0x1.5521375d145cdp-4, math.FMA(q, 0x1.78182f7afd085p-4, math.FMA(r, -0x1.999eb43b068ffp-4, 0x1.c7184282ad6cap-4)))
	p = math.FMA(c, p, math.FMA(q, -0x1.fffffa4423d65p-4, math.FMA(r, 0x1.24924a344de58p-3, -0x1.55555556745a7p-3)))
	p = math.FMA(c, p, math.FMA(q, 0x1.999999995dd0cp-3, math.FMA(r, -0x1.ffffffffffdcbp-3, 0x1.5555555555577p-2)))
	high := math.FMA(r, 0x1p27, r) - r*0x1p27 // r's upper bits, whose square is exact
	low := r - high
	half := high * high * -0.5
	hi := r + half
	lo := math.FMA(-0.5*low, high+r, r-hi+half)
	return math.FMA(c, p, lo) + hi
}

// exp returns eˣ: a table's 2^(i/128), scaled, times what a polynomial gives for the rest (Nagy 2018).
func exp(x float64) float64 {
	if !(math.Abs(x) < 700) {
		return math.Exp(x)
	}
	const round = 0x1.8p52
	shifted := math.FMA(x, 0x1.71547652b82fep0*expSteps, round)
	n := shifted - round
	r := math.FMA(n, -0x1.cf79abc9e3b39p-40/expSteps, math.FMA(n, -0x1.62e42fefa0000p-1/expSteps, x))
	power := tables().exp[int(n)&(expSteps-1)]
	scale := math.Ldexp(power.hi, int(n)>>expBits)
	q := r * r
	rest := math.FMA(q*q, math.FMA(r, 0x1.1111167a4d017p-7, 0x1.55555cf172b91p-5), math.FMA(q, math.FMA(r, 0x1.555555555543cp-3, 0x1.ffffffffffdbdp-2), power.lo+r))
	return math.FMA(scale, rest, scale)
}

// log1p returns log(1+x) for x in (-1, 0].
func log1p(x float64) float64 {
	const ln2Hi, ln2Lo = 6.93147180369123816490e-01, 1.90821492927058770002e-10
	if x > -0x1p-29 {
		if x > -0x1p-54 {
			return x
		}
		return x - x*x*0.5
	}
	f, k, c := x, 0, 0.0
	if math.Float64bits(x)>>32 > 0xbfd2bec3 { // 1+x is below √½: take a power of two out
		u := 1 + x
		m := math.Float64bits(u)
		k = int(m>>52) - 1023
		c = (x - (u - 1)) / u
		if m &= 1<<52 - 1; m>>32 < 0x6a09e {
			u = math.Float64frombits(m | 1023<<52)
		} else {
			k++
			u = math.Float64frombits(m | 1022<<52)
		}
		f = u - 1
	}
	half := 0.5 * f * f
	s := f / (2 + f)
	z := s * s
	q := z * z
	r1 := math.FMA(z, 6.666666666666735130e-01, q*math.FMA(z, 2.857142874366239149e-01, 3.999999999940941908e-01))
	r2 := math.FMA(z, 1.818357216161805012e-01, 2.222219843214978396e-01)
	r3 := math.FMA(z, 1.479819860510658591e-01, 1.531383769920937332e-01)
	r := math.FMA(q*q*q, r3, math.FMA(q*q, r2, r1))
	t := float64(s * (half + r))
	if k == 0 {
		return f - (half - t)
	}
	n := float64(k)
	return float64(n*ln2Hi) - ((half - (t + (float64(n*ln2Lo) + c))) - f)
}

// sincos returns the sine and cosine of x in [0, 2π].
func sincos(x float64) (sin, cos float64) {
	const halfPi, halfPiLow = 0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54
	switch {
	case x < 0.855469:
		return sinOf(x, 0), cosOf(x, 0)
	case x < 2.426265:
		y := halfPi - x
		a := y + halfPiLow
		return cosOf(y, halfPiLow), sinOf(a, y-a+halfPiLow)
	}
	// less the multiple n of π/2, which stands in four parts
	const round = 0x1.8p52
	t := math.FMA(x, 0x1.45f306dc9c883p-1, round)
	n := t - round
	y := math.FMA(n, 0x1.dde973cp-27, math.FMA(n, -0x1.921fb58p0, x))
	t = math.FMA(n, 0x1.cb3b398p-55, y)
	d := math.FMA(n, 0x1.cb3b398p-55, y-t)
	a := math.FMA(n, 0x1.d747f23e32ed7p-83, t)
	d += math.FMA(n, 0x1.d747f23e32ed7p-83, t-a)
	s, c := sinOf(a, d), cosOf(a, d)
	switch int(n) & 3 {
	case 1:
		return c, -s
	case 2:
		return -s, -c
	case 3:
		return -c, s
	}
	return s, c
}

// sinOf returns sin(x+d) for |x| below 1 and a tiny d.
func sinOf(x, d float64) float64 {
	if math.Abs(x) < 0.126 {
		q := x * x
		p := polynomial(q, -0x1.5555555555555p-3, 0x1.1111111110ecep-7, -0x1.a01a019db08b8p-13, 0x1.71de27b9a7ed9p-19, -0x1.addffc2fcdf59p-26)
		return x + math.FMA(math.FMA(p, x, -0.5*d), q, d)
	}
	if x < 0 {
		return -sinOf(-x, -d)
	}
	t := tables()
	i := math.RoundToEven(x * sinSteps)
	x -= i / sinSteps
	q := x * x
	s := x + math.FMA(x*q, polynomial(q, sinC3, sinC5), d)
	c := math.FMA(x, d, q*polynomial(q, cosC2, cosC4, cosC6))
	sin, cos := t.sin[int(i)], t.cos[int(i)]
	return sin.hi + math.FMA(cos.hi, s, math.FMA(-sin.hi, c, math.FMA(s, cos.lo, sin.lo)))
}

// cosOf returns cos(x+d) for |x| below 1 and a tiny d.
func cosOf(x, d float64) float64 {
	if x < 0 {
		x, d = -x, -d
	}
	t := tables()
	i := math.RoundToEven(x * sinSteps)
	x = x - i/sinSteps + d
	q := x * x
	s := math.FMA(x*q, polynomial(q, sinC3, sinC5), x)
	c := q * polynomial(q, cosC2, cosC4, cosC6)
	sin, cos := t.sin[int(i)], t.cos[int(i)]
	return cos.hi + math.FMA(-sin.hi, s, math.FMA(-cos.hi, c, math.FMA(-s, sin.lo, cos.lo)))
}

// The series of sine and of 1 - cosine within 1/256.
const (
	sinC3, sinC5        = -1.66666666666664880952546298448555e-01, 8.33333214285722277379541354343671e-03
	cosC2, cosC4, cosC6 = 4.99999999999999999999950396842453e-01, -4.16666666666664434524222570944589e-02, 1.38888874007937613028114285595617e-03
)
