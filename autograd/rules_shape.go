package autograd

import "github.com/gophergrad/gophergrad/tensor"

func init() {
	add(map[string]Rule{
		"view":      {{F: func(b *Back) *T { return b.G.Reshape(b.Shape(0)...) }}},
		"unsqueeze": {{F: func(b *Back) *T { return b.G.Reshape(b.Shape(0)...) }}},
		"squeeze":   {{F: func(b *Back) *T { return b.G.Reshape(b.Shape(0)...) }}},
		"expand":    {{F: pass1}}, // the engine sums to the input's shape
		"permute": {{F: func(b *Back) *T {
			dims := b.Attrs().(tensor.DimsAttrs).Dims
			inverse := make([]int, len(dims))
			for i, d := range dims {
				inverse[d] = i
			}
			return b.G.Permute(inverse...)
		}}},
	})
}
