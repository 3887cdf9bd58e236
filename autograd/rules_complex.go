package autograd

import "github.com/gophergrad/gophergrad/tensor"

// imaginary returns i·x for real numbers x.
func imaginary(x *T) *T { return tensor.Complex(tensor.ZerosLike(x), x) }

// Gradients are ∂L/∂x + i·∂L/∂y with respect to z = x + iy, PyTorch's convention:
// a holomorphic function's derivative enters conjugated.
func init() {
	add(map[string]Rule{
		"conj":            {{F: func(b *Back) *T { return b.G.Conj() }}},
		"real":            {{F: pass1}},
		"imag":            {{F: func(b *Back) *T { return imaginary(b.G) }}},
		"complex":         {{F: func(b *Back) *T { return b.G.Real() }}, {F: func(b *Back) *T { return b.G.Imag() }}},
		"view_as_real":    {{F: func(b *Back) *T { return b.G.Contiguous().AsComplex() }}},
		"view_as_complex": {{F: func(b *Back) *T { return b.G.AsReal() }}},
		"angle": {{in0, func(b *Back) *T { // i·z/|z|², 0 at 0
			z := b.In(0)
			if !z.DType().IsComplex() {
				return zero(b)
			}
			return imaginary(b.G).Mul(z).Div(apart(z.Abs().Square()))
		}}},
		"sign": {{in0 | out0, func(b *Back) *T { // z/|z|: what is left of g along the circle, over |z|
			if !b.G.DType().IsComplex() {
				return zero(b)
			}
			z, s := b.In(0), b.Out(0)
			across := b.G.Mul(s.Conj()).Imag()
			return imaginary(across).Mul(s).Div(apart(z.Abs()))
		}}},
		"fft_r2c": {{F: func(b *Back) *T { // what the half lacks has no gradient
			dim, n := dimOf(b), b.Shape(0)[dimOf(b)]
			sizes := make([]int, 2*(b.G.Dim()-dim))
			sizes[len(sizes)-1] = n - b.G.Size(dim)
			return b.G.Pad(0, sizes...).IFFT(dim).MulScalar(float64(n)).Real()
		}}},
		"fft_c2c": {{F: func(b *Back) *T { // the transform is symmetric: its adjoint is the inverse one
			a := b.Attrs().(tensor.FFTAttrs)
			if a.Inverse {
				return b.G.FFT(a.Dim)
			}
			return b.G.IFFT(a.Dim).MulScalar(float64(b.OutShape(0)[a.Dim]))
		}}},
	})
}
