package autograd

func init() {
	add(map[string]Rule{
		// d(XY) = dX·Y + X·dY
		"matmul": {{in1, func(b *Back) *T { return b.G.MatMul(b.In(1).Adjoint()) }}, {in0, func(b *Back) *T { return b.In(0).Adjoint().MatMul(b.G) }}},
		// x·wᵀ + b
		"linear": {{in1, func(b *Back) *T { return b.G.MatMul(b.In(1).Conj()) }}, {in0, func(b *Back) *T { return b.G.T().MatMul(b.In(0).Conj()) }}, {F: func(b *Back) *T { return b.G.Sum(0) }}},
	})
}
