package autograd

import (
	"math"

	"github.com/gophergrad/gophergrad/tensor"
)

func init() {
	add(map[string]Rule{
		"var": {{in0, func(b *Back) *T { return varBack(b, b.G) }}},
		"std": {{in0 | out0, func(b *Back) *T { // through the square root, whose derivative counts as 0 at 0
			y := b.Out(0)
			return varBack(b, b.G.Div(apart(y).MulScalar(2)).MaskedFill(y.EqScalar(0), 0))
		}}},
		"norm": {{in0 | out0, func(b *Back) *T {
			a, x := b.Attrs().(tensor.NormAttrs), b.In(0)
			g, y := keep(b.Shape(0), a.ReduceAttrs, b.G), keep(b.Shape(0), a.ReduceAttrs, b.Out(0))
			zero, n := y.EqScalar(0), apart(y)
			switch {
			case a.P == 0:
				return tensor.ZerosLike(x)
			case a.P == 1:
				return x.Sign().Mul(g)
			case a.P == 2:
				return x.Mul(g.Div(n)).MaskedFill(zero, 0)
			case math.IsInf(a.P, 0): // shared by the extremes
				hit := x.Abs().Eq(y).Cast(x.DType())
				return x.Sign().Mul(hit.Div(hit.SumKeepDim(a.Dims...).ClampMin(1))).Mul(g)
			}
			part := x.Div(n) // whose powers neither overflow nor underflow all
			if a.P < 2 {
				return apart(part.Abs()).Pow(a.P-1).Mul(part.Sign()).Mul(g).MaskedFill(zero, 0)
			}
			return part.Mul(part.Abs().Pow(a.P-2)).Mul(g).MaskedFill(zero, 0)
		}}},
		"cumsum": {{F: func(b *Back) *T { return reverseCumSum(b.G, dimOf(b)) }}},
		"cumprod": {{in0 | out0, func(b *Back) *T { // dx_i = Σ_{j≥i} g_j·Π_{k≤j, k≠i} x_k
			x, d := b.In(0).Conj(), dimOf(b)
			if x.Dim() == 0 {
				return b.G
			}
			if !x.EqScalar(0).AnyTrue().Bools()[0] {
				return reverseCumSum(b.G.Mul(b.Out(0).Conj()), d).Div(x)
			}
			parts := make([]*T, x.Size(d))
			for i := range parts {
				hole := x.MaskedFill(position(x, d, i), 1)
				from := b.G.Mul(hole.CumProd(d)).Narrow(d, i, x.Size(d)-i)
				parts[i] = from.SumKeepDim(d)
			}
			return tensor.Cat(parts, d)
		}}},
		"logcumsumexp": {{in0 | out0, func(b *Back) *T { // Σ_{j≥i} g_j·exp(x_i - y_j), summed by logarithms, which do not overflow
			x, y, g, d := b.In(0), b.Out(0), b.G, dimOf(b)
			if x.Dim() == 0 {
				return g
			}
			if x.DType().Size() == 2 { // too narrow for logarithms
				x, y, g = x.Float(), y.Float(), g.Float()
			}
			part := func(size, absent *T) *T { // of the g that are there, which are size
				logs := apart(size).Log().MaskedFill(absent, -math.MaxFloat32)
				return logs.Sub(y).Flip(d).LogCumSumExp(d).Flip(d).Add(x).Exp()
			}
			if x.DType().IsComplex() {
				return part(g.Conj(), g.EqScalar(0)).Conj()
			}
			return part(g.Abs(), g.LeScalar(0)).Sub(part(g.Abs(), g.GeScalar(0)))
		}}},
		"cummax": picked,
		"cummin": picked,

		"pad": {{F: func(b *Back) *T {
			a := b.Attrs().(tensor.PadAttrs)
			n := len(a.Before)
			sizes := make([]int, 2*n)
			for i := range n {
				sizes[2*(n-1-i)], sizes[2*(n-1-i)+1] = -a.Before[i], -a.After[i]
			}
			return b.G.Pad(0, sizes...)
		}}},
		"tril":       {{F: func(b *Back) *T { return b.G.Tril(b.Attrs().(tensor.TriAttrs).Diagonal) }}},
		"triu":       {{F: func(b *Back) *T { return b.G.Triu(b.Attrs().(tensor.TriAttrs).Diagonal) }}},
		"diag_embed": {{F: func(b *Back) *T { return b.G.DiagonalDims(b.Attrs().(tensor.DiagonalAttrs).Offset, -2, -1) }}},
	})
}

// varBack is the derivative of the variance, 2/(n - correction)·(x - mean), for
// the gradient g.
func varBack(b *Back, g *T) *T {
	a, x := b.Attrs().(tensor.MomentAttrs), b.In(0)
	n := float64(x.NumEl()) / math.Max(1, float64(g.NumEl()))
	return keep(b.Shape(0), a.ReduceAttrs, g).Mul(x.Sub(x.MeanKeepDim(a.Dims...))).MulScalar(2 / (n - a.Correction))
}

func reverseCumSum(g *T, dim int) *T {
	if g.Dim() == 0 {
		return g
	}
	return g.Flip(dim).CumSum(dim).Flip(dim)
}

// position is a mask of index i of a dimension, to broadcast against x.
func position(x *T, dim, i int) *T {
	shape := make([]int, x.Dim())
	for d := range shape {
		shape[d] = 1
	}
	shape[dim] = x.Size(dim)
	return tensor.Arange(0, float64(x.Size(dim)), 1).EqScalar(float64(i)).Reshape(shape...)
}
