package tensor

import "math"

// Variance, standard deviation and norms.

// MomentAttrs are the parameters of var: what ReduceAttrs says, and what is
// subtracted from the number of elements (1: Bessel's correction).
type MomentAttrs struct {
	ReduceAttrs
	Correction float64
}

// NormAttrs are the parameters of norm.
type NormAttrs struct {
	ReduceAttrs
	P float64
}

// varRow computes the variance of a row in two passes; it is 0 where all elements are equal.
func varRow[C float32 | float64](a []C, correction float64) float64 {
	if len(a) == 0 {
		return math.NaN()
	}
	first, sum, n := float64(a[0]), 0.0, float64(len(a))
	for _, x := range a {
		sum += float64(x) - first
	}
	mean, squares := first+sum/n, 0.0
	for _, x := range a {
		squares += (float64(x) - mean) * (float64(x) - mean)
	}
	return squares / max(0, n-correction)
}

var opVar = register(Op{Name: "var", FloatOnly: true, Samples: []Sample{
	one("x.var()", MomentAttrs{Correction: 1}, 2, 3, 2),
	one("x.var(1, correction=0)", MomentAttrs{ReduceAttrs{[]int{1}, false}, 0}, 2, 3),
	one("x.var((0, 2), keepdim=True)", MomentAttrs{ReduceAttrs{[]int{0, 2}, true}, 1}, 2, 3, 2),
}, f1: func(x *Tensor, attrs any) *Tensor {
	return moment("Var", x, attrs, func(variance float64) float64 { return variance })
}})

var opStd = register(Op{Name: "std", FloatOnly: true, Samples: []Sample{
	one("x.std(1)", MomentAttrs{ReduceAttrs{[]int{1}, false}, 1}, 2, 3),
	one("x.std((0, 2), keepdim=True, correction=0)", MomentAttrs{ReduceAttrs{[]int{0, 2}, true}, 0}, 2, 3, 2),
}, f1: func(x *Tensor, attrs any) *Tensor { return moment("Std", x, attrs, math.Sqrt) }})

// moment computes f of the variance, which need not fit x's dtype.
func moment(op string, x *Tensor, attrs any, f func(variance float64) float64) *Tensor {
	a := attrs.(MomentAttrs)
	if !x.dtype.IsFloat() {
		failOn(op, []*Tensor{x}, "the variance of %v is no %v; Cast to a floating-point dtype first", x.dtype, x.dtype)
	}
	k := fold{
		f32: func(r []float32) float32 { return float32(f(varRow(r, a.Correction))) },
		f64: func(r []float64) float64 { return f(varRow(r, a.Correction)) },
	}
	return k.reduceWhole(x, a.ReduceAttrs, x.dtype)
}

// reduceWhole is reduce for folds that must see a whole row at once.
func (f *fold) reduceWhole(x *Tensor, a ReduceAttrs, d DType) *Tensor {
	f.whole = true
	return f.reduce(x, a, d, d)
}

func normRow[C float32 | float64](a []C, p float64) C {
	sum := 0.0
	switch {
	case p == 2: // scaled where squares would overflow
		for _, x := range a {
			sum += float64(x) * float64(x)
		}
		if math.IsInf(sum, 1) {
			m := float64(normRow(a, math.Inf(1)))
			if math.IsInf(m, 1) {
				return C(m)
			}
			sum = 0
			for _, x := range a {
				sum += float64(x) / m * (float64(x) / m)
			}
			return C(m * math.Sqrt(sum))
		}
		return C(math.Sqrt(sum))
	case math.IsInf(p, 1):
		for _, x := range a {
			if v := math.Abs(float64(x)); v > sum || v != v {
				sum = v
			}
		}
		return C(sum)
	case math.IsInf(p, -1):
		sum = math.Inf(1)
		for _, x := range a {
			if v := math.Abs(float64(x)); v < sum || v != v {
				sum = v
			}
		}
		return C(sum)
	case p == 0:
		for _, x := range a {
			if x != 0 {
				sum++
			}
		}
		return C(sum)
	case p == 1:
		for _, x := range a {
			sum += math.Abs(float64(x))
		}
		return C(sum)
	}
	for _, x := range a {
		sum += math.Pow(math.Abs(float64(x)), p)
	}
	return C(math.Pow(sum, 1/p))
}

var opNorm = register(Op{Name: "norm", GradFn: "LinalgVectorNormBackward0", FloatOnly: true, Samples: []Sample{
	one("torch.linalg.vector_norm(x)", NormAttrs{P: 2}, 2, 3), one("torch.linalg.vector_norm(x, 1, 1)", NormAttrs{ReduceAttrs{[]int{1}, false}, 1}, 2, 3),
	one("torch.linalg.vector_norm(x, 3, 0, keepdim=True)", NormAttrs{ReduceAttrs{[]int{0}, true}, 3}, 2, 3),
	one("torch.linalg.vector_norm(x, float('inf'), 1)", NormAttrs{ReduceAttrs{[]int{1}, false}, math.Inf(1)}, 2, 3),
	one("torch.linalg.vector_norm(x, 0)", NormAttrs{P: 0}, 2, 3),
}, f1: func(x *Tensor, attrs any) *Tensor {
	a := attrs.(NormAttrs)
	if !x.dtype.IsFloat() {
		failOn("Norm", []*Tensor{x}, "the norm of %v is no %v; Cast to a floating-point dtype first", x.dtype, x.dtype)
	}
	if a.count(x.shape) == 0 && (a.P < 0 || math.IsInf(a.P, 1)) {
		failOn("Norm", []*Tensor{x}, "the %v-norm of nothing does not exist; shape %s has no elements along the dimensions to reduce", a.P, shapeText(x.shape))
	}
	f := fold{f32: func(r []float32) float32 { return normRow(r, a.P) }, f64: func(r []float64) float64 { return normRow(r, a.P) }}
	return f.reduceWhole(x, a.ReduceAttrs, x.dtype)
}})

// Var returns the variance along the given dimensions, all if none are given,
// with n-1 in the denominator.
func (t *Tensor) Var(dims ...int) *Tensor { return t.VarCorrection(1, false, dims...) }

// VarCorrection is Var with n-correction in the denominator, and the
// dimensions kept as size 1 if keep is set.
func (t *Tensor) VarCorrection(correction float64, keep bool, dims ...int) *Tensor {
	if t.dtype.IsComplex() {
		return t.Real().VarCorrection(correction, keep, dims...).Add(t.Imag().VarCorrection(correction, keep, dims...)).named("VarBackward0")
	}
	return opVar.call1(t, MomentAttrs{ReduceAttrs{reduceDims("Var", t, dims, nil), keep}, correction})
}

// Std returns the square root of Var; its derivative at 0 is 0.
func (t *Tensor) Std(dims ...int) *Tensor { return t.StdCorrection(1, false, dims...) }

// StdCorrection returns the square root of VarCorrection.
func (t *Tensor) StdCorrection(correction float64, keep bool, dims ...int) *Tensor {
	if t.dtype.IsComplex() {
		variance := t.VarCorrection(correction, keep, dims...)
		zero := variance.EqScalar(0)
		return variance.MaskedFill(zero, 1).Sqrt().MaskedFill(zero, 0).named("StdBackward0")
	}
	return opStd.call1(t, MomentAttrs{ReduceAttrs{reduceDims("Std", t, dims, nil), keep}, correction})
}

// Norm returns the Euclidean norm along the given dimensions, all if none are
// given; its derivative at 0 is 0.
func (t *Tensor) Norm(dims ...int) *Tensor { return t.NormP(2, false, dims...) }

// NormP returns the p-norm, (Σ |t|ᵖ)^(1/p), for any p, math.Inf(1) and 0 (the
// number of elements that are not 0) included.
func (t *Tensor) NormP(p float64, keep bool, dims ...int) *Tensor {
	if t.dtype.IsComplex() {
		t = t.Abs()
	}
	return opNorm.call1(t, NormAttrs{ReduceAttrs{reduceDims("Norm", t, dims, nil), keep}, p})
}

// Normalize divides t by its p-norm along a dimension, or by eps where that is
// larger.
func (t *Tensor) Normalize(p float64, dim int, eps float64) *Tensor {
	return t.Div(t.NormP(p, true, dim).ClampMin(eps))
}

// CosineSimilarity returns the cosine of the angle between t and y along a
// dimension of both broadcast; norms below eps count as eps.
func (t *Tensor) CosineSimilarity(y *Tensor, dim int, eps float64) *Tensor {
	d := floatType(PromoteTypes(t.dtype, y.dtype))
	xs := BroadcastTensors(t.Cast(d), y.Cast(d))
	t, y = xs[0], xs[1]
	n := t.NormP(2, false, dim).ClampMin(eps).Mul(y.NormP(2, false, dim).ClampMin(eps))
	return t.Mul(y).Sum(dim).Div(n).named("SumBackward1")
}

// Dist returns the p-norm of t - y.
func (t *Tensor) Dist(y *Tensor, p float64) *Tensor {
	return t.Sub(y).NormP(p, false).named("DistBackward0")
}

// AllClose reports whether |t - y| ≤ atol + rtol·|y| everywhere.
func (t *Tensor) AllClose(y *Tensor, rtol, atol float64) bool {
	return t.IsClose(y, rtol, atol).AllTrue().Item() != 0
}

// IsClose returns where |t - y| ≤ atol + rtol·|y|; infinities must be equal, nan
// is close to nothing.
func (t *Tensor) IsClose(y *Tensor, rtol, atol float64) *Tensor {
	t, y = t.Detach(), y.Detach()
	if d := ResultType(t, y); dtypes[d].kind < kindFloat { // differences of integers may wrap around
		t, y = t.Cast(Float64), y.Cast(Float64)
	}
	near := t.Sub(y).Abs().Le(y.Abs().MulScalar(rtol).AddScalar(atol)).LogicalAnd(y.IsFinite()).LogicalAnd(t.IsFinite())
	return near.LogicalOr(t.Eq(y))
}

// Equal reports whether t and y have the same shape and elements.
func (t *Tensor) Equal(y *Tensor) bool {
	return sameShape(t.shape, y.shape) && t.Detach().Eq(y.Detach()).AllTrue().Item() != 0
}

// CountNonZero returns how many elements along the given dimensions are not 0.
func (t *Tensor) CountNonZero(dims ...int) *Tensor { return t.Detach().NeScalar(0).Sum(dims...) }
