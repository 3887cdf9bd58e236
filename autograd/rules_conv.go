package autograd

import "github.com/gophergrad/gophergrad/tensor"

func convOf(b *Back) tensor.ConvAttrs { return b.Attrs().(tensor.ConvAttrs) }

func producing(a tensor.ConvAttrs, shape []int) tensor.ConvAttrs {
	a.Shape = append([]int{}, shape...)
	return a
}

func poolOf(b *Back) tensor.PoolAttrs { return b.Attrs().(tensor.PoolAttrs) }

// poolingTo returns the pooling's attributes with the size of a tensor's planes.
func poolingTo(b *Back, shape []int) tensor.PoolAttrs {
	a := poolOf(b)
	a.Size = [2]int{shape[len(shape)-2], shape[len(shape)-1]}
	return a
}

func init() {
	add(map[string]Rule{
		// linear in image x and weight w; each form is a derivative of the others
		"conv": {{in1, func(b *Back) *T { return b.G.ConvInput(b.In(1), producing(convOf(b), b.Shape(0))) }},
			{in0, func(b *Back) *T { return b.G.ConvWeight(b.In(0), producing(convOf(b), b.Shape(1))) }},
			{F: func(b *Back) *T {
				dims := []int{0}
				for d := 2; d < b.G.Dim(); d++ {
					dims = append(dims, d)
				}
				return b.G.Sum(dims...)
			}}},
		"conv_input": {{in1, func(b *Back) *T { return b.G.Conv(b.In(1), nil, convOf(b)) }},
			{in0, func(b *Back) *T { return b.In(0).ConvWeight(b.G, producing(convOf(b), b.Shape(1))) }}},
		"conv_weight": {{in1, func(b *Back) *T { return b.In(1).Conv(b.G, nil, convOf(b)) }},
			{in0, func(b *Back) *T { return b.In(0).ConvInput(b.G, producing(convOf(b), b.Shape(1))) }}},

		"max_pool": {{tensor.Out1, func(b *Back) *T { return b.G.MaxPoolBackward(b.Out(1), poolingTo(b, b.Shape(0))) }}},
		"max_pool_backward": {{in1, func(b *Back) *T {
			at := b.In(1)
			n := at.Dim()
			return b.G.Flatten(n-2, n-1).Gather(-1, at.Flatten(n-2, n-1)).Reshape(at.Shape()...)
		}}, none},
		"avg_pool":          {{F: func(b *Back) *T { return b.G.AvgPoolBackward(poolingTo(b, b.Shape(0))) }}},
		"avg_pool_backward": {{F: func(b *Back) *T { return b.G.AvgPool(poolOf(b)) }}},
	})
}
