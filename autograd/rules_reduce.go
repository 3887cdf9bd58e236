package autograd

import (
	"math"

	"github.com/gophergrad/gophergrad/tensor"
)

// spread broadcasts what a reduction returned, such as its gradient, back to
// the shape of its input.
func spread(b *Back, g *T) *T { return keepDims(b, g).Expand(b.Shape(0)...) }

// keepDims gives a reduction's result the reduced dimensions with size 1.
func keepDims(b *Back, g *T) *T {
	return keep(b.Shape(0), b.Attrs().(tensor.ReduceAttrs), g)
}

// keep gives a reduction's result the reduced dimensions of an input's shape,
// with size 1.
func keep(shape []int, a tensor.ReduceAttrs, g *T) *T {
	shape = append([]int{}, shape...)
	for i := range shape {
		if a.Dims == nil {
			shape[i] = 1
		}
	}
	for _, d := range a.Dims {
		shape[d] = 1
	}
	return g.Reshape(shape...)
}

// share divides the gradient of an extreme evenly among the elements equal to it; that of all, if it is nan, among those that are.
func share(b *Back) *T {
	hit, a := b.In(0).Eq(keepDims(b, b.Out(0))), b.Attrs().(tensor.ReduceAttrs)
	if a.Dims == nil && math.IsNaN(b.Out(0).Item()) {
		hit = b.In(0).IsNaN()
	}
	mask := hit.Cast(b.G.DType())
	return keepDims(b, b.G).Mul(mask).Div(mask.SumKeepDim(a.Dims...))
}

func init() {
	add(map[string]Rule{
		"sum": {{F: func(b *Back) *T { return spread(b, b.G) }}},
		"mean": {{F: func(b *Back) *T {
			n := 1
			for _, s := range b.Shape(0) {
				n *= s
			}
			for _, s := range b.OutShape(0) {
				n /= max(s, 1)
			}
			return spread(b, b.G.DivScalar(float64(n)))
		}}},
		"prod":      {{in0 | out0, prodBack}},
		"amax":      {{in0 | out0, share}},
		"amin":      {{in0 | out0, share}},
		"median":    {{in0 | out0, share}},
		"logsumexp": {{in0 | out0, func(b *Back) *T { return keepDims(b, b.G).Mul(b.In(0).Sub(keepDims(b, b.Out(0))).Exp().Conj()) }}},
	})
}

// prodBack gives every factor the product of the others: out/x, or, where
// factors are 0, by leaving each one out in turn.
func prodBack(b *Back) *T {
	x, a := b.In(0), b.Attrs().(tensor.ReduceAttrs)
	if !x.EqScalar(0).AnyTrue().Bools()[0] {
		return keepDims(b, b.G).Mul(keepDims(b, b.Out(0)).Div(x).Conj())
	}
	// the folded dimensions as one last dimension of size n
	var keep, fold []int
	for d := range x.Dim() {
		folded := a.Dims == nil
		for _, f := range a.Dims {
			folded = folded || f == d
		}
		if folded {
			fold = append(fold, d)
		} else {
			keep = append(keep, d)
		}
	}
	order := append(keep, fold...)
	moved := x.Permute(order...)
	shape := moved.Shape()
	rows := moved.Reshape(append(shape[:len(keep):len(keep)], -1)...)
	n := rows.Size(-1)
	others := rows.Unsqueeze(-2).Expand(append(shape[:len(keep):len(keep)], n, n)...)
	others = others.MaskedFill(tensor.Eye(n).Bool(), 1).Prod(-1)
	inverse := make([]int, len(order))
	for i, d := range order {
		inverse[d] = i
	}
	return others.Reshape(shape...).Permute(inverse...).Conj().Mul(keepDims(b, b.G))
}
