package tensor

import "math"

// Statistics and clean-up of data, made of other operations.

func init() {
	viaOne("nansum", "x.masked_fill(x > 1, float('nan')).nansum(1)", func(x *Tensor) *Tensor { return x.MaskedFill(x.GtScalar(1), math.NaN()).NanSum(1) }, -2, 2, 2, 3)
	viaOne("nanmean", "x.masked_fill(x > 1, float('nan')).nanmean()", func(x *Tensor) *Tensor { return x.MaskedFill(x.GtScalar(1), math.NaN()).NanMean() }, -2, 2, 2, 3)
	viaOne("nan_to_num", "(x / (x > 0)).nan_to_num(0.5, 7., -8.)", func(x *Tensor) *Tensor {
		return x.Div(x.GtScalar(0).Cast(x.dtype)).NanToNum(0.5, 7, -8)
	}, -2, 2, 2, 3)
	viaMany("aminmax", "torch.aminmax(x, dim=1)", func(xs []*Tensor) []*Tensor { lo, hi := xs[0].AMinMax(1); return []*Tensor{lo, hi} }, in(-2, 2, 2, 3))
	viaMany("var_mean", "torch.var_mean(x, 1)", func(xs []*Tensor) []*Tensor { v, m := xs[0].VarMean(1); return []*Tensor{v, m} }, in(-2, 2, 2, 3))
	viaMany("std_mean", "torch.std_mean(x, 1)", func(xs []*Tensor) []*Tensor { v, m := xs[0].StdMean(1); return []*Tensor{v, m} }, in(-2, 2, 2, 3))
	viaOne("cov", "torch.cov(x)", func(x *Tensor) *Tensor { return x.Cov() }, -2, 2, 3, 4)
	viaOne("corrcoef", "torch.corrcoef(x)", func(x *Tensor) *Tensor { return x.CorrCoef() }, -2, 2, 3, 4)
	viaTwo("cdist", "torch.cdist(x, y)", func(x, y *Tensor) *Tensor { return x.CDist(y, 2) }, in(-2, 2, 2, 3, 4), in(-2, 2, 2, 2, 4))
	viaTwo("pairwise_distance", "F.pairwise_distance(x, y)", func(x, y *Tensor) *Tensor { return x.PairwiseDistance(y, 2, 1e-6) }, in(-2, 2, 2, 3), in(-2, 2, 2, 3))
	viaOne("trapezoid", "torch.trapezoid(x, dx=0.5)", func(x *Tensor) *Tensor { return x.Trapezoid(0.5, -1) }, -2, 2, 2, 4)
	viaOne("heaviside", "torch.heaviside(x, torch.tensor(0.5, dtype=x.dtype))", func(x *Tensor) *Tensor { return x.Heaviside(0.5) }, -2, 2, 2, 3)
	viaTwo("fmax", "torch.fmax(x, y.masked_fill(y > 0, float('nan')))", func(x, y *Tensor) *Tensor { return x.FMax(y.MaskedFill(y.GtScalar(0), math.NaN())) }, in(-2, 2, 2, 3), in(-2, 2, 2, 3))
	viaTwo("fmin", "torch.fmin(x, y.masked_fill(y > 0, float('nan')))", func(x, y *Tensor) *Tensor { return x.FMin(y.MaskedFill(y.GtScalar(0), math.NaN())) }, in(-2, 2, 2, 3), in(-2, 2, 2, 3))
	viaOne("deg2rad", "x.deg2rad().rad2deg() + x.deg2rad()", func(x *Tensor) *Tensor { return x.Deg2Rad().Rad2Deg().Add(x.Deg2Rad()) }, -90, 90, 2, 3)
	viaMany("unique_consecutive", "torch.unique_consecutive(x, return_inverse=True, return_counts=True)", func(xs []*Tensor) []*Tensor {
		v, inverse, counts := xs[0].UniqueConsecutive()
		return []*Tensor{v, inverse, counts}
	}, ints(0, 1, 9))
	viaTwo("isin", "torch.isin(x, y)", func(x, y *Tensor) *Tensor { return x.IsIn(y) }, ints(0, 5, 2, 4), ints(1, 3, 2))
	viaTwo("bucketize", "torch.bucketize(x, y.sort()[0])", func(x, y *Tensor) *Tensor { v, _ := y.Sort(0, false); return x.Bucketize(v) }, in(-2, 2, 2, 3), in(-2, 2, 4))
	viaMany("histogram", "torch.histogram(x, 4, range=(-1., 2.), weight=y)", func(xs []*Tensor) []*Tensor {
		n, edges := xs[0].Histogram(4, -1, 2, xs[1])
		return []*Tensor{n, edges}
	}, in(-2, 2, 10), in(0.5, 1, 10))
	viaOne("nanmedian", "x.masked_fill(x > 1, float('nan')).nanmedian()", func(x *Tensor) *Tensor { return x.MaskedFill(x.GtScalar(1), math.NaN()).NanMedian() }, -2, 2, 2, 4)
	viaOne("renorm", "x.renorm(2, 0, 2.)", func(x *Tensor) *Tensor { return x.Renorm(2, 0, 2) }, -2, 2, 3, 4)
	viaOne("pdist", "F.pdist(x, 2)", func(x *Tensor) *Tensor { return x.PDist(2) }, -2, 2, 4, 3)
	viaOne("cumulative_trapezoid", "torch.cumulative_trapezoid(x, dx=0.5)", func(x *Tensor) *Tensor { return x.CumulativeTrapezoid(0.5, -1) }, -2, 2, 2, 4)
}

// NanSum is Sum with nan counted as 0.
func (t *Tensor) NanSum(dims ...int) *Tensor {
	return t.MaskedFill(t.IsNaN(), 0).Sum(dims...).named("NansumBackward0")
}

// NanMean is Mean of the elements that are not nan.
func (t *Tensor) NanMean(dims ...int) *Tensor {
	return t.NanSum(dims...).Div(t.IsNaN().LogicalNot().Sum(dims...).Cast(t.dtype))
}

// NanMedian is Median of the elements that are not nan.
func (t *Tensor) NanMedian() *Tensor {
	return t.MaskedSelect(t.IsNaN().LogicalNot()).Median().named("NanmedianBackward0")
}

// NanToNum replaces nan and the infinities by numbers.
func (t *Tensor) NanToNum(nan, posInf, negInf float64) *Tensor {
	if !t.dtype.IsFloat() && !t.dtype.IsComplex() {
		return t.Clone()
	}
	inf := t.IsInf()
	return t.MaskedFill(t.IsNaN(), nan).MaskedFill(inf.LogicalAnd(t.GtScalar(0)), posInf).MaskedFill(inf.LogicalAnd(t.LtScalar(0)), negInf).named("NanToNumBackward0")
}

// AMinMax returns AMin and AMax.
func (t *Tensor) AMinMax(dims ...int) (lo, hi *Tensor) {
	return t.AMin(dims...).named("AminmaxBackward0"), t.AMax(dims...).named("AminmaxBackward0")
}

// VarMean returns Var and Mean.
func (t *Tensor) VarMean(dims ...int) (variance, mean *Tensor) {
	return t.Var(dims...).named("VarMeanBackward0"), t.Mean(dims...).named("VarMeanBackward0")
}

// StdMean returns Std and Mean.
func (t *Tensor) StdMean(dims ...int) (std, mean *Tensor) {
	return t.Std(dims...).named("StdMeanBackward0"), t.Mean(dims...).named("StdMeanBackward0")
}

// Cov returns the covariances of the rows of a matrix, one variable each, with
// n-1 in the denominator; of a vector, its variance.
func (t *Tensor) Cov() *Tensor {
	if len(t.shape) > 2 {
		failOn("Cov", []*Tensor{t}, "shape %s; variables are a vector or the rows of a matrix", shapeText(t.shape))
	}
	if len(t.shape) == 0 {
		t = t.Unsqueeze(0)
	}
	t = t.Cast(floatType(t.dtype))
	c := t.Sub(t.MeanKeepDim(-1))
	return c.MatMul(c.Transpose(0, -1).Conj()).DivScalar(max(0, float64(t.Size(-1)-1))).Squeeze()
}

// CorrCoef returns the correlations of the rows of a matrix.
func (t *Tensor) CorrCoef() *Tensor {
	c := t.Cov()
	if len(c.shape) == 0 {
		return c.Div(c)
	}
	std := c.Diagonal(0).Sqrt()
	c = c.Div(std.Unsqueeze(1)).Div(std)
	if c.dtype.IsComplex() {
		return Complex(c.Real().Clamp(-1, 1), c.Imag().Clamp(-1, 1))
	}
	return c.Clamp(-1, 1)
}

// CDist returns the p-norms of the differences of all pairs of rows of two
// matrices, or of batches of them.
func (t *Tensor) CDist(y *Tensor, p float64) *Tensor {
	if len(t.shape) < 2 || len(y.shape) < 2 || t.Size(-1) != y.Size(-1) {
		failOn("CDist", []*Tensor{t, y}, "%s and %s: rows of equal length are compared", shapeText(t.shape), shapeText(y.shape))
	}
	return t.Unsqueeze(-2).Sub(y.Unsqueeze(-3)).NormP(p, false, -1).named("CdistBackward0")
}

// PairwiseDistance returns the p-norms of t - y + eps along the last dimension.
func (t *Tensor) PairwiseDistance(y *Tensor, p, eps float64) *Tensor {
	return t.Sub(y).AddScalar(eps).NormP(p, false, -1).named("NormBackward1")
}

// Trapezoid integrates along a dimension by the trapezoidal rule, for samples
// spacing apart.
func (t *Tensor) Trapezoid(spacing float64, dim int) *Tensor {
	return t.neighbours(dim, spacing).Sum(dim).named("MulBackward1")
}

// CumulativeTrapezoid is Trapezoid up to each sample but the first.
func (t *Tensor) CumulativeTrapezoid(spacing float64, dim int) *Tensor {
	return t.neighbours(dim, spacing).CumSum(dim)
}

// neighbours returns the areas between adjacent elements along a dimension.
func (t *Tensor) neighbours(dim int, spacing float64) *Tensor {
	n := t.Size(dim)
	pairs := max(0, n-1)
	return t.Narrow(dim, 0, pairs).Add(t.Narrow(dim, n-pairs, pairs)).Cast(floatType(t.dtype)).MulScalar(spacing / 2)
}

// Renorm scales the parts of t along a dimension whose p-norm exceeds limit down to it.
func (t *Tensor) Renorm(p float64, dim int, limit float64) *Tensor {
	dim = t.dim("Renorm", dim)
	var others []int
	for d := range t.shape {
		if d != dim {
			others = append(others, d)
		}
	}
	norm := t.NormP(p, true, others...)
	return t.Mul(Where(norm.GtScalar(limit), norm.AddScalar(1e-7).RDivScalar(limit), OnesLike(norm))).named("RenormBackward0")
}

// PDist returns the p-norm distances between the rows of a matrix, of each pair once.
func (t *Tensor) PDist(p float64) *Tensor {
	if len(t.shape) != 2 {
		failOn("PDist", []*Tensor{t}, "shape %s; want a matrix", shapeText(t.shape))
	}
	pairs := TriuIndices(t.shape[0], t.shape[0], 1)
	return t.Index(pairs.Select(0, 0)).Sub(t.Index(pairs.Select(0, 1))).NormP(p, false, 1).named("PdistBackward0")
}

// Heaviside returns 1 where t > 0, v at 0, and 0 elsewhere.
func (t *Tensor) Heaviside(v float64) *Tensor {
	return t.GtScalar(0).Cast(t.dtype).MaskedFill(t.EqScalar(0), v)
}

// FMax returns the larger of t and y, elementwise; a number wins over nan.
func (t *Tensor) FMax(y *Tensor) *Tensor {
	return Where(y.IsNaN(), t, Where(t.IsNaN(), y, t.Maximum(y))).named("FmaxBackward0")
}

// FMin returns the smaller of t and y, elementwise; a number wins over nan.
func (t *Tensor) FMin(y *Tensor) *Tensor {
	return Where(y.IsNaN(), t, Where(t.IsNaN(), y, t.Minimum(y))).named("FminBackward0")
}

// Deg2Rad converts degrees to radians.
func (t *Tensor) Deg2Rad() *Tensor { return t.MulScalar(math.Pi / 180).named("Deg2RadBackward0") }

// Rad2Deg converts radians to degrees.
func (t *Tensor) Rad2Deg() *Tensor { return t.MulScalar(180 / math.Pi).named("Rad2DegBackward0") }

// UniqueConsecutive returns the elements without those that repeat the one
// before, for every element the position of its value among them, and the
// lengths of the runs.
func (t *Tensor) UniqueConsecutive() (values, inverse, counts *Tensor) {
	v := t.Detach().Flatten()
	first, run, n := runs(v)
	return v.IndexSelect(0, indexVector(first)), indexVector(run).View(t.shape...), indexVector(n)
}

// IsIn returns which elements are among those of values.
func (t *Tensor) IsIn(values *Tensor) *Tensor {
	return t.Detach().Unsqueeze(-1).Eq(values.Detach().Flatten()).AnyTrue(-1).Bool()
}

// Bucketize returns, for every element, the number of ascending boundaries below
// it, or, if right is given and true, at most as large.
func (t *Tensor) Bucketize(boundaries *Tensor, right ...bool) *Tensor {
	return boundaries.SearchSorted(t, len(right) > 0 && right[0])
}

// Histogram counts the elements, or adds their weights if these are not nil, in
// equal bins from lo to hi, and returns the edges of the bins, too.
func (t *Tensor) Histogram(bins int, lo, hi float64, weights *Tensor) (counts, edges *Tensor) {
	if bins < 1 || !(lo < hi) {
		fail("Histogram", "%d bins from %v to %v; there must be a bin and an ascending range", bins, lo, hi)
	}
	edges = like(t).Linspace(lo, hi, bins+1)
	x := t.Detach().Flatten()
	inside := x.GeScalar(lo).LogicalAnd(x.LeScalar(hi))
	at := edges.SearchSorted(x.MaskedSelect(inside), true).SubScalar(1).Clamp(0, float64(bins-1))
	w := OnesLike(x)
	if weights != nil {
		if !sameShape(weights.shape, t.shape) {
			failOn("Histogram", []*Tensor{t, weights}, "weights of shape %s for elements of shape %s", shapeText(weights.shape), shapeText(t.shape))
		}
		w = weights.Flatten().Cast(x.dtype)
	}
	return like(t).Zeros(bins).IndexAdd(0, at, w.MaskedSelect(inside)), edges
}
