package tensor

import "math"

// Scattering that reduces, made of scatter.

func init() {
	scattered := func(name, torch string, f func(x, index, src *Tensor) *Tensor) {
		viaMany(name, torch, func(xs []*Tensor) []*Tensor { return []*Tensor{f(xs[0], xs[1], xs[2])} }, in(-2, 2, 3, 3), ints(0, 1, 3, 4), in(-2, 2, 3, 4))
	}
	scattered("scatter_prod", "x.scatter_reduce(1, y, z, 'prod')", func(x, index, src *Tensor) *Tensor { return x.ScatterReduce(1, index, src, "prod") })
	scattered("scatter_mean", "x.scatter_reduce(1, y, z, 'mean')", func(x, index, src *Tensor) *Tensor { return x.ScatterReduce(1, index, src, "mean") })
	scattered("scatter_amax_of_source", "x.scatter_reduce(1, y, z, 'amax', include_self=False)", func(x, index, src *Tensor) *Tensor { return x.ScatterReduce(1, index, src, "amax", false) })
	scattered("scatter_mean_of_source", "x.scatter_reduce(1, y, z, 'mean', include_self=False)", func(x, index, src *Tensor) *Tensor { return x.ScatterReduce(1, index, src, "mean", false) })
	viaMany("index_reduce", "x.index_reduce(0, y, z, 'amin')", func(xs []*Tensor) []*Tensor { return []*Tensor{xs[0].IndexReduce(0, xs[1], xs[2], "amin")} }, in(-2, 2, 3, 2), ints(0, 1, 4), in(-2, 2, 4, 2))
}

// ScatterReduce is Scatter that combines with what is there: by "sum" or "add", "prod" or "mul", "mean", "amax" or
// "amin". With false for includeSelf, the elements of t that are written to do not take part.
func (t *Tensor) ScatterReduce(dim int, index, src *Tensor, reduce string, includeSelf ...bool) *Tensor {
	fresh := len(includeSelf) > 0 && !includeSelf[0]
	how, start := reduce, 0.0 // PyTorch's names of one thing, and what changes nothing
	switch reduce {
	case "sum", "mean":
		how = "add"
	case "prod", "mul":
		how, start = "mul", 1
	case "amax":
		start = math.Inf(-1)
	case "amin":
		start = math.Inf(1)
	}
	into := t
	switch {
	case fresh && math.IsInf(start, 0) && !t.dtype.IsFloat(): // any of the source changes nothing, too
		into = t.Scatter(dim, index, src)
	case fresh:
		into = t.ScatterValue(dim, index, start)
	}
	out := into.scatter("ScatterReduce", dim, index, src, how)
	if reduce != "mean" {
		return out.named("ScatterReduceBackward0")
	}
	n := OnesLike(t.Detach())
	if fresh {
		n = n.ScatterValue(dim, index, 0)
	}
	n = n.ScatterAdd(dim, index, OnesLike(src.Detach()))
	if t.dtype.IsInt() {
		return out.FloorDiv(n)
	}
	return out.Div(n).named("ScatterReduceBackward0")
}

// IndexReduce is ScatterReduce of whole slices of src, to the given indices of a dimension.
func (t *Tensor) IndexReduce(dim int, index, src *Tensor, reduce string, includeSelf ...bool) *Tensor {
	needVector("IndexReduce", index)
	dim = wrapDim("IndexReduce", dim, t.shape)
	shape := make([]int, len(t.shape))
	for i := range shape {
		shape[i] = 1
	}
	if len(shape) > 0 {
		shape[dim] = index.NumEl()
	}
	return t.ScatterReduce(dim, index.Reshape(shape...).Expand(src.shape...), src, reduce, includeSelf...).named("IndexReduceBackward0")
}
