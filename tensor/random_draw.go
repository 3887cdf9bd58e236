package tensor

import (
	"cmp"
	"math"
	"slices"
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

// drawRepeatedly searches the cumulated weights for uniform numbers, rounding as
// PyTorch does.
func (t *Tensor) drawRepeatedly(n int) *Tensor {
	sums := t.CumSum(-1)
	sums = sums.Div(sums.Narrow(-1, t.Size(-1)-1, 1))
	c, k := sums.Float64s(), t.Size(-1)
	u := As(Float64).Rand(len(c)/k, n).Float64s()
	out := make([]int64, len(u))
	for i, v := range u {
		row := c[i/n*k:][:k]
		row[k-1] = 1
		at, _ := slices.BinarySearchFunc(row, v, cmp.Compare[float64])
		out[i] = int64(at)
	}
	return indexVector(out).View(append(t.Shape()[:len(t.shape)-1], n)...)
}

// inPlaceRandom lets f fill a contiguous tensor that then becomes t, element by
// element in the order in which t's lie in memory; inOrder says whether that is
// the row-major one.
func (t *Tensor) inPlaceRandom(op string, f func(g *Generator, fresh *Tensor, inOrder bool)) *Tensor {
	t.checkInPlace(op)
	if !t.dtype.IsFloat() {
		failOn(op, []*Tensor{t}, "elements are %v; they must be floating-point numbers", t.dtype)
	}
	order := memoryOrder(t)
	v := viewOf(t, t.shape, t.strides, t.offset)
	for i, d := range order {
		v.shape[i], v.strides[i] = t.shape[d], t.strides[d]
	}
	fresh := empty(v.shape, t.dtype)
	f(DefaultGenerator(), fresh, t.IsContiguous())
	if wantsGrad(t) && GradEnabled() { // the values depend on nothing
		back := viewOf(fresh, t.shape, t.strides, 0)
		for i, d := range order {
			back.strides[d] = fresh.strides[i]
		}
		return t.CopyInPlace(back)
	}
	copyInto(v, fresh)
	t.bump()
	return t
}

// UniformInPlace fills t with numbers drawn uniformly from [lo, hi).
func (t *Tensor) UniformInPlace(lo, hi float64) *Tensor {
	return t.inPlaceRandom("UniformInPlace", func(g *Generator, t *Tensor, _ bool) { g.uniform(t, lo, hi) })
}

// NormalInPlace fills t with normally distributed numbers.
func (t *Tensor) NormalInPlace(mean, std float64) *Tensor {
	return t.inPlaceRandom("NormalInPlace", func(g *Generator, t *Tensor, inOrder bool) { g.normal(t, mean, std, inOrder) })
}

// ExponentialInPlace fills t with numbers of density rate·exp(-rate·x).
func (t *Tensor) ExponentialInPlace(rate float64) *Tensor {
	if !(rate > 0) {
		fail("ExponentialInPlace", "the rate %v is not positive", rate)
	}
	return t.inPlaceRandom("ExponentialInPlace", func(g *Generator, t *Tensor, _ bool) {
		g.fillFloats(t, func(d []float64) { g.g.Exponential(d, rate) })
	})
}

// BernoulliInPlace sets each element to 1 with probability p, else to 0.
func (t *Tensor) BernoulliInPlace(p float64) *Tensor {
	if math.IsNaN(p) || p < 0 || p > 1 {
		fail("BernoulliInPlace", "the probability %v is not in [0, 1]", p)
	}
	return t.inPlaceRandom("BernoulliInPlace", func(g *Generator, t *Tensor, _ bool) {
		g.fillFloats(t, func(d []float64) { g.g.Bernoulli(d, p) })
	})
}

// fillFloats lets draw fill a contiguous tensor by way of float64.
func (g *Generator) fillFloats(t *Tensor, draw func(d []float64)) {
	d := make([]float64, t.NumEl())
	g.mu.Lock()
	draw(d)
	g.mu.Unlock()
	t.setFloats(d)
}
