package autograd

import "github.com/gophergrad/gophergrad/tensor"

func reshapeBack(b *Back) *T { return b.G.Reshape(b.Shape(0)...) }

// likeInput returns zeros of the i-th input's shape and G's dtype.
func likeInput(b *Back, i int) *T {
	return tensor.On(b.G.Device()).As(b.G.DType()).Zeros(b.Shape(i)...)
}

// embed returns zeros of the input's shape with the gradient in a view of them.
func embed(b *Back, view func(x *T) *T) *T {
	x := likeInput(b, 0)
	view(x).CopyInPlace(b.G)
	return x
}

func init() {
	add(map[string]Rule{
		"view": {{F: reshapeBack}}, "unsqueeze": {{F: reshapeBack}}, "squeeze": {{F: reshapeBack}},
		"expand": {{F: pass1}}, // the engine sums to the input's shape
		"permute": {{F: func(b *Back) *T {
			dims := b.Attrs().(tensor.DimsAttrs).Dims
			inverse := make([]int, len(dims))
			for i, d := range dims {
				inverse[d] = i
			}
			return b.G.Permute(inverse...)
		}}},
		"slice": {{F: func(b *Back) *T {
			a := b.Attrs().(tensor.SliceAttrs)
			return embed(b, func(x *T) *T { return x.Slice(a.Dim, a.Start, a.Stop, a.Step) })
		}}},
		"select": {{F: func(b *Back) *T {
			a := b.Attrs().(tensor.SliceAttrs)
			return embed(b, func(x *T) *T { return x.Select(a.Dim, a.Start) })
		}}},
		"split_with_sizes": {{F: func(b *Back) *T { return tensor.Cat(b.grads(), b.Attrs().(tensor.CatAttrs).Dim) }}},
		"unbind":           {{F: func(b *Back) *T { return tensor.Stack(b.grads(), dimOf(b)) }}},
		"diagonal": {{F: func(b *Back) *T {
			a := b.Attrs().(tensor.DiagonalAttrs)
			return embed(b, func(x *T) *T { return x.DiagonalDims(a.Offset, a.Dim1, a.Dim2) })
		}}},
		"unfold": {{F: func(b *Back) *T { // windows overlap: add where each came from
			a := b.Attrs().(tensor.UnfoldAttrs)
			x := likeInput(b, 0)
			to := x.Unfold(a.Dim, a.Size, a.Step)
			return b.G.RestrideBackward(tensor.StridedAttrs{
				From: tensor.Geometry{Shape: x.Shape(), Strides: x.Strides()},
				To:   tensor.Geometry{Shape: to.Shape(), Strides: to.Strides()}})
		}}},
		"as_strided": {{F: func(b *Back) *T { // places in memory share their gradient among the elements that lie there
			a := b.Attrs().(tensor.StridedAttrs)
			there := tensor.On(b.G.Device()).As(b.G.DType()).Ones(a.From.Shape...).RestrideBackward(tensor.StridedAttrs{From: a.From, To: a.From})
			return b.G.RestrideBackward(a).Div(there)
		}}},
		"restride":          {{F: func(b *Back) *T { return b.G.RestrideBackward(b.Attrs().(tensor.StridedAttrs)) }}},
		"restride_backward": {{F: func(b *Back) *T { return b.G.Restride(b.Attrs().(tensor.StridedAttrs)) }}},
		"as_strided_scatter": {{F: func(b *Back) *T { // what was overwritten has no gradient
			a := b.Attrs().(tensor.StridedAttrs)
			written := tensor.On(b.G.Device()).Ones(a.To.Shape...).RestrideBackward(a)
			return b.G.MaskedFill(written.NeScalar(0), 0)
		}}, {F: func(b *Back) *T { return b.G.Restride(b.Attrs().(tensor.StridedAttrs)) }}},

		"repeat": {{F: func(b *Back) *T { // sum over the copies
			times := b.Attrs().(tensor.ShapeAttrs).Shape
			in, lead := b.Shape(0), len(times)-len(b.Shape(0))
			var split, copies []int
			for i, k := range times {
				n := 1
				if i >= lead {
					n = in[i-lead]
				}
				copies = append(copies, len(split))
				split = append(split, k, n)
			}
			if len(copies) == 0 {
				return b.G
			}
			return b.G.Reshape(split...).Sum(copies...).Reshape(in...)
		}}},
		"flip": {{F: func(b *Back) *T { return b.G.Flip(b.Attrs().(tensor.DimsAttrs).Dims...) }}},
		"roll": {{F: func(b *Back) *T {
			a, g := b.Attrs().(tensor.RollAttrs), b.G
			for i, d := range a.Dims {
				g = g.Roll(-a.Shifts[i], d)
			}
			return g
		}}},
	})
	eachRules["cat"] = Each{F: func(b *Back, i int) *T {
		a := b.Attrs().(tensor.CatAttrs)
		return b.G.Narrow(a.Dim, a.Starts[i], a.Starts[i+1]-a.Starts[i])
	}}
}
