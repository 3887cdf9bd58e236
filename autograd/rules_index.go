package autograd

import "github.com/gophergrad/gophergrad/tensor"

// picked puts the gradient of picked values where they were picked from; the
// positions are the second output.
var picked = Rule{{tensor.Out1, func(b *Back) *T {
	a, g, at := b.Attrs().(tensor.PickAttrs), b.G, b.Out(1)
	if len(g.Shape()) < len(b.Shape(0)) {
		g, at = g.Unsqueeze(a.Dim), at.Unsqueeze(a.Dim)
	}
	if len(b.Shape(0)) == 0 {
		return g
	}
	return likeInput(b, 0).ScatterAdd(a.Dim, at, g)
}}}

func init() {
	for _, op := range []string{"max_dim", "min_dim", "kthvalue", "median_dim", "nanmedian_dim", "mode", "sort", "topk"} {
		rules[op] = picked
	}
	add(map[string]Rule{
		"index_select": {{in1, func(b *Back) *T { return likeInput(b, 0).IndexAdd(dimOf(b), b.In(1), b.G) }}, none},
		"index_add":    {{F: pass1}, none, {in1, func(b *Back) *T { return b.G.IndexSelect(dimOf(b), b.In(1)) }}},
		"gather":       {{in1, func(b *Back) *T { return likeInput(b, 0).ScatterAdd(dimOf(b), b.In(1), b.G) }}, none},
		"scatter": {{in0 | in1 | in2 | out0, func(b *Back) *T {
			switch a := b.Attrs().(tensor.ScatterAttrs); a.Reduce {
			case "":
				return b.G.ScatterValue(a.Dim, b.In(1), 0)
			case "add":
				return b.G
			default:
				return scatterReduced(b, a, 0)
			}
		}}, none, {in0 | in1 | in2 | out0, func(b *Back) *T {
			a := b.Attrs().(tensor.ScatterAttrs)
			g := b.G
			if a.Reduce != "" && a.Reduce != "add" {
				return scatterReduced(b, a, 2)
			}
			g = g.Gather(a.Dim, b.In(1))
			return fitLeading(g, b.Shape(2))
		}}},
		"take": {{in1, func(b *Back) *T { return likeInput(b, 0).Put(b.In(1), b.G, true) }}, none},
		"put": {{in1, func(b *Back) *T {
			if b.Attrs().(tensor.PutAttrs).Accumulate {
				return b.G
			}
			at := b.In(1)
			return b.G.Put(at, tensor.On(b.G.Device()).As(b.G.DType()).Zeros(at.Shape()...), false)
		}}, none, {in1, func(b *Back) *T { return b.G.Take(b.In(1)).Reshape(b.Shape(2)...) }}},
	})
}

// fitLeading returns zeros of a shape with g in its leading corner.
func fitLeading(g *T, shape []int) *T {
	for d, n := range shape {
		if k := g.Size(d); k < n {
			pad := append([]int{}, g.Shape()...)
			pad[d] = n - k
			g = tensor.Cat([]*T{g, tensor.On(g.Device()).As(g.DType()).Zeros(pad...)}, d)
		}
	}
	return g
}

// scatterReduced differentiates products and extremes that were scattered: a
// product's factor gets the product of the others, an extreme what equals it, shared.
func scatterReduced(b *Back, a tensor.ScatterAttrs, input int) *T {
	x, at, src, out := b.In(0), b.In(1), b.In(2), b.Out(0)
	for d, n := range at.Shape() {
		src = src.Narrow(d, 0, n)
	}
	if a.Reduce == "mul" {
		product := func(x, src *T) *T { return x.ScatterReduce(a.Dim, at, src, "mul") }
		if input == 0 {
			return b.G.Mul(product(tensor.OnesLike(x), src).Conj())
		}
		zero := src.EqScalar(0)
		zeros := tensor.On(x.Device()).Zeros(x.Shape()...).ScatterAdd(a.Dim, at, zero.Float()).Gather(a.Dim, at)
		single := zero.LogicalAnd(zeros.EqScalar(1)) // the one 0 among the factors: left out instead of divided by
		others := tensor.Where(single, product(x, src.MaskedFill(single, 1)).Gather(a.Dim, at), out.Gather(a.Dim, at).Div(apart(src)))
		return fitLeading(b.G.Gather(a.Dim, at).Mul(others.Conj()), b.Shape(2))
	}
	hit := src.Eq(out.Gather(a.Dim, at)).Cast(b.G.DType())
	own := x.Eq(out).Cast(b.G.DType())
	g := b.G.Div(own.ScatterAdd(a.Dim, at, hit))
	if input == 0 {
		return g.Mul(own)
	}
	return fitLeading(g.Gather(a.Dim, at).Mul(hit), b.Shape(2))
}
