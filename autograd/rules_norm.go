package autograd

import "github.com/gophergrad/gophergrad/tensor"

// normBack is the derivative of y = w·h + c with h = (x - mean)/√(variance + eps),
// the moments taken over some dimensions:
//
//	dx = (g·w - mean(g·w) - h·mean(g·w·h))/√(variance + eps), dw = Σ g·h, dc = Σ g
//
// w has a shape that broadcasts to x's, and is nil for 1.
func normBack(g, x, w *T, dims []int, eps float64) []*T {
	centred := x.Sub(x.MeanKeepDim(dims...))
	rstd := centred.Square().MeanKeepDim(dims...).AddScalar(eps).Rsqrt()
	h, gw := centred.Mul(rstd), g
	if w != nil {
		gw = g.Mul(w)
	}
	dx := rstd.Mul(gw.Sub(gw.MeanKeepDim(dims...)).Sub(h.Mul(gw.Mul(h).MeanKeepDim(dims...))))
	return []*T{dx, g.Mul(h), g}
}

// normRule is the derivative of a norm: plain where the pass is recorded, in one
// fused operation where it is not.
func normRule(plain, fused func(b *Back, x, w *T, a tensor.NormalizeAttrs) []*T) Rule {
	input := func(i int) D {
		return D{in0 | in1 | tensor.Out1 | tensor.Out2, func(b *Back) *T {
			return b.together(i, func() []*T {
				var w *T
				if len(b.node.In) > 1 && b.node.Has(1) {
					w = b.In(1)
				}
				f := fused
				if tensor.GradEnabled() {
					f = plain
				}
				return f(b, b.In(0), w, b.Attrs().(tensor.NormalizeAttrs))
			})
		}}
	}
	return Rule{input(0), input(1), input(2)}
}

func init() {
	add(map[string]Rule{
		"native_layer_norm": normRule(func(b *Back, x, w *T, a tensor.NormalizeAttrs) []*T {
			rows := func(t *T) *T { return t.Reshape(-1, a.Size) }
			if w != nil {
				w = w.Flatten()
			}
			out := normBack(rows(b.G), rows(x), w, []int{1}, a.Eps)
			return []*T{out[0].Reshape(x.Shape()...), paramGrad(b, 1, out[1].Sum(0)), paramGrad(b, 2, out[2].Sum(0))}
		}, func(b *Back, x, w *T, a tensor.NormalizeAttrs) []*T {
			dx, dw, db := b.G.LayerNormBackward(x, b.Out(1), b.Out(2), w, a)
			return []*T{dx, paramGrad(b, 1, dw), paramGrad(b, 2, db)}
		}),
		"native_batch_norm": normRule(func(b *Back, x, w *T, a tensor.NormalizeAttrs) []*T {
			dims := []int{0}
			shape := []int{x.Size(1)}
			for d := 2; d < x.Dim(); d++ {
				dims, shape = append(dims, d), append(shape, 1)
			}
			if w != nil {
				w = w.Reshape(shape...)
			}
			out := normBack(b.G, x, w, dims, a.Eps)
			return []*T{out[0], out[1].Sum(dims...), out[2].Sum(dims...)}
		}, func(b *Back, x, w *T, a tensor.NormalizeAttrs) []*T {
			dx, dw, db := b.G.BatchNormBackward(x, b.Out(1), b.Out(2), w, a)
			return []*T{dx, dw, db}
		}),
	})
}

// paramGrad gives the gradient of a parameter the parameter's shape.
func paramGrad(b *Back, i int, g *T) *T {
	if i >= len(b.node.In) || !b.node.In[i].Live() {
		return g
	}
	return g.Reshape(b.Shape(i)...)
}
