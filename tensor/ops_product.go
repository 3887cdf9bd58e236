package tensor

import "math"

// Products beside MatMul, made of it.

func init() {
	viaMany("addmv", "torch.addmv(x, y, z, beta=0.5, alpha=2)", func(xs []*Tensor) []*Tensor { return []*Tensor{xs[0].AddMV(xs[1], xs[2], 0.5, 2)} }, in(-2, 2, 2), in(-2, 2, 2, 3), in(-2, 2, 3))
	viaMany("addr", "torch.addr(x, y, z, beta=0.5, alpha=2)", func(xs []*Tensor) []*Tensor { return []*Tensor{xs[0].AddR(xs[1], xs[2], 0.5, 2)} }, in(-2, 2, 2, 3), in(-2, 2, 2), in(-2, 2, 3))
	viaMany("baddbmm", "torch.baddbmm(x, y, z, beta=0.5, alpha=2)", func(xs []*Tensor) []*Tensor { return []*Tensor{xs[0].BAddBMM(xs[1], xs[2], 0.5, 2)} }, in(-2, 2, 2, 2, 4), in(-2, 2, 2, 2, 3), in(-2, 2, 2, 3, 4))
	viaMany("addbmm", "torch.addbmm(x, y, z, beta=0.5, alpha=2)", func(xs []*Tensor) []*Tensor { return []*Tensor{xs[0].AddBMM(xs[1], xs[2], 0.5, 2)} }, in(-2, 2, 2, 4), in(-2, 2, 2, 2, 3), in(-2, 2, 2, 3, 4))
	viaTwo("inner", "torch.inner(x, y)", func(x, y *Tensor) *Tensor { return x.Inner(y) }, in(-2, 2, 2, 3), in(-2, 2, 4, 3))
	viaTwo("vecdot", "torch.linalg.vecdot(x, y)", func(x, y *Tensor) *Tensor { return x.VecDot(y, -1) }, in(-2, 2, 2, 3), in(-2, 2, 3))
}

// plus returns beta·t + alpha·product; nan in t counts unless beta is 0.
func (t *Tensor) plus(product *Tensor, beta, alpha float64) *Tensor {
	scaled := product.scaled(alpha)
	if beta == 0 {
		return scaled.Expand(broadcast("Add", t.shape, scaled.shape)...).Contiguous()
	}
	return t.scaled(beta).Add(scaled)
}

// scaled returns t times a number of its own dtype: integers cut the number's fraction off.
func (t *Tensor) scaled(v float64) *Tensor {
	switch {
	case t.dtype.IsInt():
		t.dtype.checkFits("MulScalar", v)
		return t.MulScalar(math.Trunc(v))
	case t.dtype == Bool:
		return t.MulScalar(v).Bool()
	}
	return t.MulScalar(v)
}

// AddMV returns beta·t + alpha·(m·v) for a matrix m and a vector v.
func (t *Tensor) AddMV(m, v *Tensor, beta, alpha float64) *Tensor {
	return t.plus(m.MV(v), beta, alpha).named("AddmvBackward0")
}

// AddR returns beta·t + alpha·(x ⊗ y) for vectors x and y.
func (t *Tensor) AddR(x, y *Tensor, beta, alpha float64) *Tensor {
	return t.plus(x.Outer(y), beta, alpha).named("AddrBackward0")
}

// BAddBMM returns beta·t + alpha·(x·y) for batches of matrices.
func (t *Tensor) BAddBMM(x, y *Tensor, beta, alpha float64) *Tensor {
	return t.plus(x.BMM(y), beta, alpha).named("BaddbmmBackward0")
}

// AddBMM returns beta·t + alpha·Σ(x·y), summed over a batch of matrices.
func (t *Tensor) AddBMM(x, y *Tensor, beta, alpha float64) *Tensor {
	return t.plus(x.BMM(y).Sum(0).Cast(ResultType(x, y)), beta, alpha).named("AddbmmBackward0")
}

// Inner returns the products of t's and y's rows, summed over the last dimension of both.
func (t *Tensor) Inner(y *Tensor) *Tensor {
	if len(t.shape) == 0 || len(y.shape) == 0 {
		return t.Mul(y)
	}
	return t.Tensordot(y, []int{-1}, []int{-1})
}

// VecDot returns the scalar products along a dimension of t, conjugated, and y.
func (t *Tensor) VecDot(y *Tensor, dim int) *Tensor { return t.Conj().Mul(y).Sum(dim) }
