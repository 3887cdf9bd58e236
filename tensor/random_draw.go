package tensor

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// Draws with probabilities that tensors hold, and random values in place.

// Normal returns normally distributed numbers of given means and standard
// deviations, which broadcast.
func Normal(mean, std *Tensor) *Tensor {
	shape := broadcast("Normal", mean.shape, std.shape)
	return like(mean).Randn(shape...).Mul(std).Add(mean)
}

// Bernoulli returns 1 with the probability that t's element is, else 0.
func (t *Tensor) Bernoulli() *Tensor {
	t.checkReadable("Bernoulli")
	c := Float32 // PyTorch draws in the precision of the probabilities
	if t.dtype == Float64 {
		c = Float64
	}
	if p := t.Detach(); !p.GeScalar(0).LogicalAnd(p.LeScalar(1)).AllTrue().Bools()[0] {
		failOn("Bernoulli", []*Tensor{t}, "elements of %s are not all probabilities; they must lie in [0, 1]", shapeText(t.shape))
	}
	u := empty(t.shape, c)
	DefaultGenerator().uniform(u, 0, 1)
	return u.Lt(t.Detach()).Cast(t.dtype)
}

// Multinomial draws n positions of every row with probabilities in proportion
// to the row's elements; without replacement all are different.
func (t *Tensor) Multinomial(n int, replacement bool) *Tensor {
	t = t.Detach()
	if d := len(t.shape); d != 1 && d != 2 || !t.dtype.IsFloat() {
		failOn("Multinomial", []*Tensor{t}, "%v of shape %s; weights are a floating-point vector or the rows of such a matrix", t.dtype, shapeText(t.shape))
	}
	if n < 1 || !replacement && n > t.Size(-1) {
		failOn("Multinomial", []*Tensor{t}, "%d different positions of %d; draw at least one, or with replacement", n, t.Size(-1))
	}
	if t.LtScalar(0).AnyTrue().Item() != 0 || t.IsFinite().AllTrue().Item() == 0 || t.Sum(-1).EqScalar(0).AnyTrue().Item() != 0 {
		fail("Multinomial", "weights must be finite, not negative, and not all 0 in a row")
	}
	if replacement && n > 1 {
		return t.drawRepeatedly(n)
	}
	// the largest of p/q with q ~ Exp(1) are a draw without replacement
	ratio := t.Div(EmptyLike(t).ExponentialInPlace(1))
	if n == 1 {
		_, at := ratio.MaxKeepDim(-1)
		return at
	}
	_, at := ratio.TopK(n, -1)
	return at
}

// drawRepeatedly searches the cumulated weights for uniform numbers. They are summed one by one in float32, but for those of float64, as
// PyTorch does.
func (t *Tensor) drawRepeatedly(n int) *Tensor {
	d := Float32
	if t.dtype == Float64 {
		d = Float64
	}
	sums, k := t.Float64s(), t.Size(-1)
	for row := range slices.Chunk(sums, k) {
		for i := range row[1:] {
			row[i+1] = roundTo(d, row[i]+row[i+1])
		}
		for i := range row {
			row[i] = roundTo(d, row[i]/row[k-1])
		}
	}
	u := As(Float64).Rand(len(sums)/k, n).Float64s()
	out := make([]int64, len(u))
	for i, v := range u {
		at, _ := slices.BinarySearchFunc(sums[i/n*k:][:k], v, cmp.Compare[float64])
		out[i] = int64(at)
	}
	return indexVector(out).View(append(t.Shape()[:len(t.shape)-1], n)...)
}

// inPlaceRandom lets f fill a contiguous tensor, or the parts of a complex one, that then becomes t, element by
// element in the order in which t's lie in memory; inOrder says whether that is
// the row-major one. The kind of t's dtype must lie between two.
func (t *Tensor) inPlaceRandom(op string, from, to kind, f func(g *Generator, fresh *Tensor, inOrder bool)) *Tensor {
	t.checkInPlace(op)
	if k := dtypes[t.dtype].kind; k < from || k > to {
		names := []string{"bools", "integers", "floating-point numbers", "complex numbers"}
		failOn(op, []*Tensor{t}, "elements are %v; they must be %s", t.dtype, strings.Join(names[from:to+1], " or "))
	}
	order := memoryOrder(t)
	v := viewOf(t, t.shape, t.strides, t.offset)
	for i, d := range order {
		v.shape[i], v.strides[i] = t.shape[d], t.strides[d]
	}
	fresh := empty(v.shape, t.dtype)
	f(DefaultGenerator(), components(fresh), t.IsContiguous())
	if wantsGrad(t) && GradEnabled() { // the values depend on nothing
		back := viewOf(fresh, t.shape, t.strides, 0)
		for i, d := range order {
			back.strides[d] = fresh.strides[i]
		}
		return t.CopyInPlace(back).namedIfWhole(strings.TrimSuffix(op, "InPlace") + "Backward0")
	}
	copyInto(v, fresh)
	t.bump()
	return t
}

// UniformInPlace fills t with numbers drawn uniformly from [lo, hi), as are both parts of complex ones.
func (t *Tensor) UniformInPlace(lo, hi float64) *Tensor {
	return t.uniformInPlace("UniformInPlace", lo, hi)
}

func (t *Tensor) uniformInPlace(op string, lo, hi float64) *Tensor {
	least, most := t.dtype.bounds()
	if !(least <= lo && lo <= hi && hi <= most && hi-lo <= most) {
		failOn(op, []*Tensor{t}, "the range [%v, %v) of %v; the second bound must not be below the first, and both finite", lo, hi, t.dtype)
	}
	return t.inPlaceRandom(op, kindFloat, kindComplex, func(g *Generator, t *Tensor, _ bool) { g.uniform(t, lo, hi) })
}

// NormalInPlace fills t with normally distributed numbers; each part of complex ones has half of the variance.
func (t *Tensor) NormalInPlace(mean, std float64) *Tensor {
	return t.normalInPlace("NormalInPlace", mean, std)
}

func (t *Tensor) normalInPlace(op string, mean, std float64) *Tensor {
	if !(std >= 0) {
		fail(op, "the standard deviation %v is negative or nan", std)
	}
	if t.dtype.IsComplex() {
		std /= math.Sqrt2
	}
	return t.inPlaceRandom(op, kindFloat, kindComplex, func(g *Generator, t *Tensor, inOrder bool) { g.normal(t, mean, std, inOrder) })
}

// RandIntInPlace fills t with integers drawn uniformly from [low, high), which must fit its dtype.
func (t *Tensor) RandIntInPlace(low, high int) *Tensor {
	return t.randIntInPlace("RandIntInPlace", low, high)
}

func (t *Tensor) randIntInPlace(op string, low, high int) *Tensor {
	return t.inPlaceRandom(op, kindBool, kindFloat, func(g *Generator, t *Tensor, _ bool) { g.integers(op, t, low, high) })
}

// RandomInPlace fills t with integers drawn uniformly from all that its dtype has from 0 on; in floating-point dtypes up to the first power
// of two beyond which some are missing, such as 2²⁴ in Float32.
func (t *Tensor) RandomInPlace() *Tensor {
	return t.inPlaceRandom("RandomInPlace", kindBool, kindFloat, func(g *Generator, t *Tensor, _ bool) {
		most := uint64(1) << significand[t.dtype]
		if !t.dtype.IsFloat() {
			_, hi := t.dtype.bounds()
			most = uint64(hi)
		}
		if t.dtype == Int64 {
			most = math.MaxInt64
		}
		v := make([]int64, t.NumEl())
		g.mu.Lock()
		g.g.Random(v, most)
		g.mu.Unlock()
		t.setInts(v)
	})
}

// ExponentialInPlace fills t with numbers of density rate·exp(-rate·x).
func (t *Tensor) ExponentialInPlace(rate float64) *Tensor {
	if !(rate > 0) {
		fail("ExponentialInPlace", "the rate %v is not positive", rate)
	}
	return t.inPlaceRandom("ExponentialInPlace", kindFloat, kindFloat, func(g *Generator, t *Tensor, _ bool) {
		g.fillFloats(t, func(d []float64) { g.g.Exponential(d, rate) })
	})
}

// BernoulliInPlace sets each element to 1 with probability p, else to 0.
func (t *Tensor) BernoulliInPlace(p float64) *Tensor {
	if math.IsNaN(p) || p < 0 || p > 1 {
		fail("BernoulliInPlace", "the probability %v is not in [0, 1]", p)
	}
	return t.inPlaceRandom("BernoulliInPlace", kindBool, kindFloat, func(g *Generator, t *Tensor, _ bool) {
		g.fillFloats(t, func(d []float64) { g.g.Bernoulli(d, p) })
	})
}

// CauchyInPlace fills t with numbers of the Cauchy distribution with a median and a scale.
func (t *Tensor) CauchyInPlace(median, scale float64) *Tensor {
	if !(scale > 0) {
		fail("CauchyInPlace", "the scale %v is not positive", scale)
	}
	return t.inPlaceRandom("CauchyInPlace", kindFloat, kindFloat, func(g *Generator, t *Tensor, _ bool) {
		g.fillFloats(t, func(d []float64) { g.g.Cauchy(d, median, scale) })
	})
}

// LogNormalInPlace fills t with numbers whose logarithms are normally distributed, with a mean and a standard deviation.
func (t *Tensor) LogNormalInPlace(mean, std float64) *Tensor {
	if !(std > 0) {
		fail("LogNormalInPlace", "the standard deviation %v is not positive", std)
	}
	return t.inPlaceRandom("LogNormalInPlace", kindFloat, kindFloat, func(g *Generator, t *Tensor, _ bool) {
		g.fillFloats(t, func(d []float64) { g.g.LogNormal(d, mean, std) })
	})
}

// GeometricInPlace fills t with how many trials it takes until the first succeeds, each with probability p.
func (t *Tensor) GeometricInPlace(p float64) *Tensor {
	if !(p > 0 && p < 1) {
		fail("GeometricInPlace", "the probability %v is not in (0, 1)", p)
	}
	return t.inPlaceRandom("GeometricInPlace", kindInt, kindFloat, func(g *Generator, t *Tensor, _ bool) {
		g.fillFloats(t, func(d []float64) { g.g.Geometric(d, p) })
	})
}

// Poisson returns how many of the events happen that happen t times on average, elementwise.
func (t *Tensor) Poisson() *Tensor {
	t.checkReadable("Poisson")
	if !t.dtype.IsFloat() {
		failOn("Poisson", []*Tensor{t}, "elements are %v; they must be floating-point numbers", t.dtype)
	}
	rates := t.Float64s()
	for _, r := range rates {
		if !(r >= 0) || math.IsInf(r, 0) {
			failOn("Poisson", []*Tensor{t}, "rates of %s must not be negative and finite; one is %v", shapeText(t.shape), r)
		}
	}
	out, g := empty(t.shape, t.dtype), DefaultGenerator()
	g.fillFloats(out, func(d []float64) {
		for i, r := range rates {
			checkInterrupt()
			d[i] = g.g.Poisson(r)
		}
	})
	return out
}

// fillFloats lets draw fill a contiguous tensor by way of float64.
func (g *Generator) fillFloats(t *Tensor, draw func(d []float64)) {
	d := make([]float64, t.NumEl())
	func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		draw(d)
	}()
	t.setFloats(d)
}
