package tensor

// In-place forms of operations: the result takes the place of the elements and, where history is recorded, becomes the
// tensor's.

// inPlace replaces t's elements by f of them.
func (t *Tensor) inPlace(op string, f func(x *Tensor) *Tensor) *Tensor {
	t.checkInPlace(op)
	if wantsGrad(t) && GradEnabled() {
		t.become(t.fitting(op, f(t.former())))
		return t
	}
	v := t.fitting(op, f(t))
	if wantsGrad(v) && GradEnabled() {
		t.become(v)
		return t
	}
	copyInto(t, v)
	t.bump()
	return t
}

// fitting returns v unless it has another shape than t, or is of a kind of numbers that t cannot hold.
func (t *Tensor) fitting(op string, v *Tensor) *Tensor {
	switch {
	case !sameShape(v.shape, t.shape):
		fail(op, "the result has shape %s and does not fit into %s", shapeText(v.shape), shapeText(t.shape))
	case dtypes[v.dtype].kind > dtypes[t.dtype].kind:
		fail(op, "the result is %v and cannot be stored in a tensor of %v; Cast it first", v.dtype, t.dtype)
	}
	return v
}

// AbsInPlace is Abs in place.
func (t *Tensor) AbsInPlace() *Tensor { return t.inPlace("AbsInPlace", (*Tensor).Abs) }

// NegInPlace is Neg in place.
func (t *Tensor) NegInPlace() *Tensor { return t.inPlace("NegInPlace", (*Tensor).Neg) }

// ExpInPlace is Exp in place.
func (t *Tensor) ExpInPlace() *Tensor { return t.inPlace("ExpInPlace", (*Tensor).Exp) }

// LogInPlace is Log in place.
func (t *Tensor) LogInPlace() *Tensor { return t.inPlace("LogInPlace", (*Tensor).Log) }

// SinInPlace is Sin in place.
func (t *Tensor) SinInPlace() *Tensor { return t.inPlace("SinInPlace", (*Tensor).Sin) }

// CosInPlace is Cos in place.
func (t *Tensor) CosInPlace() *Tensor { return t.inPlace("CosInPlace", (*Tensor).Cos) }

// TanhInPlace is Tanh in place.
func (t *Tensor) TanhInPlace() *Tensor { return t.inPlace("TanhInPlace", (*Tensor).Tanh) }

// SigmoidInPlace is Sigmoid in place.
func (t *Tensor) SigmoidInPlace() *Tensor { return t.inPlace("SigmoidInPlace", (*Tensor).Sigmoid) }

// ReLUInPlace is ReLU in place.
func (t *Tensor) ReLUInPlace() *Tensor { return t.inPlace("ReLUInPlace", (*Tensor).ReLU) }

// SquareInPlace is Square in place.
func (t *Tensor) SquareInPlace() *Tensor { return t.inPlace("SquareInPlace", (*Tensor).Square) }

// RsqrtInPlace is Rsqrt in place.
func (t *Tensor) RsqrtInPlace() *Tensor { return t.inPlace("RsqrtInPlace", (*Tensor).Rsqrt) }

// ReciprocalInPlace is Reciprocal in place.
func (t *Tensor) ReciprocalInPlace() *Tensor {
	return t.inPlace("ReciprocalInPlace", (*Tensor).Reciprocal)
}

// FloorInPlace is Floor in place.
func (t *Tensor) FloorInPlace() *Tensor { return t.inPlace("FloorInPlace", (*Tensor).Floor) }

// CeilInPlace is Ceil in place.
func (t *Tensor) CeilInPlace() *Tensor { return t.inPlace("CeilInPlace", (*Tensor).Ceil) }

// RoundInPlace is Round in place.
func (t *Tensor) RoundInPlace() *Tensor { return t.inPlace("RoundInPlace", (*Tensor).Round) }

// TruncInPlace is Trunc in place.
func (t *Tensor) TruncInPlace() *Tensor { return t.inPlace("TruncInPlace", (*Tensor).Trunc) }

// PowInPlace is Pow in place.
func (t *Tensor) PowInPlace(v float64) *Tensor {
	return t.inPlace("PowInPlace", func(x *Tensor) *Tensor { return x.Pow(v) })
}

// ClampInPlace is Clamp in place.
func (t *Tensor) ClampInPlace(lo, hi float64) *Tensor {
	return t.inPlace("ClampInPlace", func(x *Tensor) *Tensor { return x.Clamp(lo, hi) })
}

// MaskedFillInPlace sets t to v where mask is true.
func (t *Tensor) MaskedFillInPlace(mask *Tensor, v float64) *Tensor {
	return t.inPlace("MaskedFillInPlace", func(x *Tensor) *Tensor { return x.MaskedFill(mask, v) })
}

// MaskedScatterInPlace is MaskedScatter in place.
func (t *Tensor) MaskedScatterInPlace(mask, source *Tensor) *Tensor {
	return t.inPlace("MaskedScatterInPlace", func(x *Tensor) *Tensor { return x.MaskedScatter(mask, source) })
}

// TrilInPlace is Tril in place.
func (t *Tensor) TrilInPlace(diagonal int) *Tensor {
	return t.inPlace("TrilInPlace", func(x *Tensor) *Tensor { return x.Tril(diagonal) })
}

// TriuInPlace is Triu in place.
func (t *Tensor) TriuInPlace(diagonal int) *Tensor {
	return t.inPlace("TriuInPlace", func(x *Tensor) *Tensor { return x.Triu(diagonal) })
}

// CumSumInPlace is CumSum in place.
func (t *Tensor) CumSumInPlace(dim int) *Tensor {
	return t.inPlace("CumSumInPlace", func(x *Tensor) *Tensor { return x.CumSum(dim) })
}

// IndexAddInPlace is IndexAdd in place.
func (t *Tensor) IndexAddInPlace(dim int, index, source *Tensor) *Tensor {
	return t.inPlace("IndexAddInPlace", func(x *Tensor) *Tensor { return x.IndexAdd(dim, index, source) })
}

// IndexCopyInPlace is IndexCopy in place.
func (t *Tensor) IndexCopyInPlace(dim int, index, source *Tensor) *Tensor {
	return t.inPlace("IndexCopyInPlace", func(x *Tensor) *Tensor { return x.IndexCopy(dim, index, source) })
}

// IndexFillInPlace is IndexFill in place.
func (t *Tensor) IndexFillInPlace(dim int, index *Tensor, v float64) *Tensor {
	return t.inPlace("IndexFillInPlace", func(x *Tensor) *Tensor { return x.IndexFill(dim, index, v) })
}

// ScatterInPlace is Scatter in place.
func (t *Tensor) ScatterInPlace(dim int, index, source *Tensor) *Tensor {
	return t.inPlace("ScatterInPlace", func(x *Tensor) *Tensor { return x.Scatter(dim, index, source) })
}

// ScatterValueInPlace is ScatterValue in place.
func (t *Tensor) ScatterValueInPlace(dim int, index *Tensor, v float64) *Tensor {
	return t.inPlace("ScatterValueInPlace", func(x *Tensor) *Tensor { return x.ScatterValue(dim, index, v) })
}

// ScatterAddInPlace is ScatterAdd in place.
func (t *Tensor) ScatterAddInPlace(dim int, index, source *Tensor) *Tensor {
	return t.inPlace("ScatterAddInPlace", func(x *Tensor) *Tensor { return x.ScatterAdd(dim, index, source) })
}

// FillDiagonalInPlace sets the main diagonal of a matrix to v, or of more dimensions of one size.
func (t *Tensor) FillDiagonalInPlace(v float64) *Tensor {
	n, step := len(t.shape), 0
	for i, s := range t.strides {
		if step += s; n < 2 || n > 2 && t.shape[i] != t.shape[0] {
			failOn("FillDiagonalInPlace", []*Tensor{t}, "shape %s; want a matrix, or more dimensions of one size", shapeText(t.shape))
		}
	}
	if n == 2 {
		t.Diagonal(0).FillInPlace(v)
	} else {
		t.AsStrided(t.shape[:1], []int{step}, t.offset).FillInPlace(v)
	}
	return t
}
