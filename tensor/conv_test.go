package tensor

import (
	"math"
	"testing"
)

// TestConvByDefinition compares convolutions of all small geometries with their definition, and the gradients with the
// inner products that define them: ⟨conv(x, w), g⟩ = ⟨x, conv_input(g, w)⟩ = ⟨w, conv_weight(g, x)⟩.
func TestConvByDefinition(t *testing.T) {
	const batch, in, out, height, width = 2, 2, 3, 5, 6
	x := As(Float64).Randn(batch, in, height, width)
	for code := range 3 * 3 * 2 * 3 * 2 {
		pick := func(n int) int { v := code % n; code /= n; return v }
		kh, kw, stride, padding, dilation := pick(3)+1, pick(3)+1, pick(2)+1, pick(3), pick(2)+1
		a := ConvAttrs{Stride: []int{stride, stride}, Padding: []int{padding, padding}, Dilation: []int{dilation, dilation}, Groups: 1}
		w := As(Float64).Randn(out, in, kh, kw)
		y := x.Conv(w, nil, a)
		for i, got := range y.All() {
			c, r, n, o := i%y.Size(3), i/y.Size(3)%y.Size(2), i/(y.Size(3)*y.Size(2))/out, i/(y.Size(3)*y.Size(2))%out
			want := 0.0
			for ch := range in {
				for p := range kh {
					for q := range kw {
						h, v := r*stride+p*dilation-padding, c*stride+q*dilation-padding
						if h >= 0 && h < height && v >= 0 && v < width {
							want += x.At(n, ch, h, v) * w.At(o, ch, p, q)
						}
					}
				}
			}
			if math.Abs(got-want) > 1e-12 {
				t.Fatalf("%+v with a %d×%d kernel: %v at %d, want %v", a, kh, kw, got, i, want)
			}
		}
		g := As(Float64).Randn(y.Shape()...)
		want := y.Mul(g).Sum().Item()
		to := func(shape []int) ConvAttrs { b := a; b.Shape = shape; return b }
		byInput := g.ConvInput(w, to(x.Shape())).Mul(x).Sum().Item()
		byWeight := g.ConvWeight(x, to(w.Shape())).Mul(w).Sum().Item()
		if math.Abs(byInput-want) > 1e-10 || math.Abs(byWeight-want) > 1e-10 {
			t.Fatalf("%+v with a %d×%d kernel: inner products %v and %v, want %v", a, kh, kw, byInput, byWeight, want)
		}
	}
}
