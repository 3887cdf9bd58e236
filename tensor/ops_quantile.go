package tensor

import "math"

// Quantiles, and how they lie between elements.

func init() {
	viaOne("quantile", "x.quantile(0.3, 1)", func(x *Tensor) *Tensor { return x.QuantileDim(0.3, 1) }, -2, 2, 2, 5)
	viaOne("quantiles", "x.quantile(torch.tensor([0.1, 0.5, 1.0], dtype=x.dtype), 1)", func(x *Tensor) *Tensor { return x.Quantiles([]float64{0.1, 0.5, 1}, 1) }, -2, 2, 2, 5)
	viaOne("quantiles_of_none", "x.quantile(torch.tensor([], dtype=x.dtype), 1)", func(x *Tensor) *Tensor { return x.Quantiles(nil, 1) }, -2, 2, 2, 5)
	viaOne("nanquantile", "x.masked_fill(x > 1, float('nan')).nanquantile(0.3, 1)", func(x *Tensor) *Tensor { return x.MaskedFill(x.GtScalar(1), math.NaN()).NanQuantile(0.3, 1) }, -2, 2, 3, 5)
	for _, how := range []string{"lower", "higher", "nearest", "midpoint"} {
		viaOne("quantile_"+how, "x.quantile(0.3, 0, interpolation='"+how+"')", func(x *Tensor) *Tensor { return x.QuantileDim(0.3, 0, how) }, -2, 2, 6, 2)
		viaOne("nanquantile_"+how, "x.masked_fill(x > 1, float('nan')).nanquantile(0.3, 1, interpolation='"+how+"')",
			func(x *Tensor) *Tensor { return x.MaskedFill(x.GtScalar(1), math.NaN()).NanQuantile(0.3, 1, how) }, -2, 2, 3, 6)
	}
}

// Quantile returns the q-quantile of all elements. Between two of them it lies as interpolation says: "linear", the default, "lower",
// "higher", "nearest" or "midpoint".
func (t *Tensor) Quantile(q float64, interpolation ...string) *Tensor {
	return t.Flatten().QuantileDim(q, 0, interpolation...)
}

// QuantileDim returns the q-quantiles along a dimension, interpolated as Quantile's; nan where an element is.
func (t *Tensor) QuantileDim(q float64, dim int, interpolation ...string) *Tensor {
	return t.quantile("Quantile", q, dim, interpolation, false)
}

// NanQuantile is QuantileDim of the elements that are not nan.
func (t *Tensor) NanQuantile(q float64, dim int, interpolation ...string) *Tensor {
	return t.quantile("NanQuantile", q, dim, interpolation, true)
}

// Quantiles returns several quantiles along a dimension, in a new first dimension.
func (t *Tensor) Quantiles(qs []float64, dim int, interpolation ...string) *Tensor {
	if len(qs) == 0 {
		return t.QuantileDim(0, dim, interpolation...).Unsqueeze(0).Narrow(0, 0, 0)
	}
	out := make([]*Tensor, len(qs))
	for i, q := range qs {
		out[i] = t.QuantileDim(q, dim, interpolation...)
	}
	return Stack(out, 0).named("SqueezeBackward4")
}

func (t *Tensor) quantile(op string, q float64, dim int, interpolation []string, skipNaN bool) *Tensor {
	if !(q >= 0 && q <= 1) {
		fail(op, "q = %v is not in [0, 1]", q)
	}
	if len(t.shape) == 0 {
		t = t.Unsqueeze(0)
	}
	t = t.Cast(floatType(t.dtype))
	if dim = t.dim(op, dim); t.shape[dim] == 0 {
		failOn(op, []*Tensor{t}, "dimension %d is empty", dim)
	}
	sorted, _ := t.Sort(dim, false) // nan comes last
	nan := sorted.Detach().IsNaN()
	last := nan.LogicalNot().SumKeepDim(dim).SubScalar(1).ClampMin(0)
	rank := t.dtype // PyTorch rounds positions as elements; here all can be told apart
	if n := t.shape[dim]; n > 1<<24 {
		rank = Float64
	} else if rank.Size() == 2 {
		rank = Float32
	}
	at := last.Cast(rank).MulScalar(q)
	if !skipNaN {
		at = at.MaskedFill(nan.AnyTrueKeepDim(dim), float64(t.shape[dim]-1))
	}
	how := "linear"
	if len(interpolation) > 0 {
		how = interpolation[0]
	}
	element := func(at *Tensor) *Tensor { return sorted.Gather(dim, at.Long()) }
	var y *Tensor
	switch lower := at.Floor(); how {
	case "linear":
		y = element(lower).LerpTensor(element(at.Ceil()), at.Sub(lower).Cast(t.dtype))
	case "midpoint":
		y = element(lower).Lerp(element(at.Ceil()), 0.5)
	case "lower":
		y = element(lower)
	case "higher":
		y = element(at.Ceil())
	case "nearest":
		y = element(at.Round())
	default:
		fail(op, "interpolation %q; it must be linear, lower, higher, nearest or midpoint", how)
	}
	return y.Squeeze(dim).named("SqueezeBackward4")
}
