package tensor

import "slices"

// Joining and repeating tensors.

// RollAttrs are the parameters of roll.
type RollAttrs struct{ Shifts, Dims []int }

// CatAttrs are the dimension that cat joins along, and where in it each tensor
// starts, the end last.
type CatAttrs struct {
	Dim    int
	Starts []int
}

var opCat = register(Op{Name: "cat", Complex: true, Samples: []Sample{
	{Torch: "torch.cat(xs, 1)", In: []Input{in(-2, 2, 2, 1), in(-2, 2, 2, 3), in(-2, 2, 2, 0)}, Attrs: CatAttrs{1, []int{0, 1, 4, 4}}},
	{Torch: "torch.cat(xs, 0)", In: []Input{in(-2, 2, 2), in(-2, 2, 3)}, Attrs: CatAttrs{0, []int{0, 2, 5}}},
}, fn: func(xs []*Tensor, attrs any) []*Tensor {
	a := attrs.(CatAttrs)
	return []*Tensor{joined(xs, a.Dim, a.Starts)}
}})

// joined returns tensors one after the other along a dimension, at starts.
func joined(xs []*Tensor, dim int, starts []int) *Tensor {
	sameDevice("Cat", xs...)
	var buf [inlineDims]int
	shape, d := append(buf[:0], xs[0].shape...), xs[0].dtype
	for i, x := range xs {
		d = PromoteTypes(d, x.dtype)
		if len(x.shape) != len(shape) || !sameShape(x.shape[:dim], shape[:dim]) || !sameShape(x.shape[dim+1:], shape[dim+1:]) {
			failOn("Cat", xs, "%s (tensor %d) and %s differ in a dimension other than %d", shapeText(x.shape), i, shapeText(xs[0].shape), dim)
		}
	}
	shape[dim] = starts[len(xs)]
	out := unset(shape, d)
	to, size := slice[uint8](out.storage), numel(shape[dim+1:])*d.Size() // bytes of an index
	for i, x := range xs {
		checkInterrupt()
		if x.dtype != d || !x.IsContiguous() || x.NumEl() > 4*grain { // much on several cores
			copyInto(viewOf(out, x.shape, out.strides, starts[i]*out.strides[dim]), x)
			continue
		}
		from, n := slice[uint8](x.storage)[x.offset*d.Size():], x.shape[dim]*size
		for o := range numel(shape[:dim]) {
			copy(to[(o*shape[dim]+starts[i])*size:][:n], from[o*n:])
		}
	}
	return out
}

var opSplit = register(Op{Name: "split_with_sizes", View: true, Samples: []Sample{
	one("x.split([2, 2, 1], 1)", CatAttrs{1, []int{0, 2, 4, 5}}, 2, 5), one("x.split([1, 0, 2], 0)", CatAttrs{0, []int{0, 1, 1, 3}}, 3),
}, fn: func(xs []*Tensor, attrs any) []*Tensor {
	x, a := xs[0], attrs.(CatAttrs)
	out := make([]*Tensor, len(a.Starts)-1)
	if end := a.Starts[len(out)]; a.Dim >= len(x.shape) || end != x.shape[a.Dim] {
		failOn("SplitSizes", xs, "the sizes add up to %d, which dimension %d of shape %s has not", end, a.Dim, shapeText(x.shape))
	}
	for i := range out {
		out[i] = sliceOf(x, SliceAttrs{a.Dim, a.Starts[i], a.Starts[i+1], 1})
	}
	return out
}})

var opUnbind = register(Op{Name: "unbind", View: true, Samples: []Sample{
	one("x.unbind(1)", DimAttrs{1}, 2, 3), one("x.unbind(0)", DimAttrs{0}, 3),
}, fn: func(xs []*Tensor, attrs any) []*Tensor {
	x, dim := xs[0], xs[0].dim("Unbind", attrs.(DimAttrs).Dim)
	out := make([]*Tensor, x.shape[dim])
	for i := range out {
		out[i] = selectOf(x, SliceAttrs{Dim: dim, Start: i})
	}
	return out
}})

var opRepeat = register(Op{Name: "repeat", Complex: true, Samples: []Sample{
	one("x.repeat(2, 1, 3)", ShapeAttrs{[]int{2, 1, 3}}, 2, 2), one("x.repeat(2)", ShapeAttrs{[]int{2}}),
	one("x.repeat(0, 1)", ShapeAttrs{[]int{0, 1}}, 2),
}, f1: func(x *Tensor, a any) *Tensor {
	times := a.(ShapeAttrs).Shape
	lead := len(times) - len(x.shape)
	// the result as (times₀, n₀, times₁, n₁, …), x broadcast over the times
	full, strides, shape := []int{}, []int{}, []int{}
	for i, k := range times {
		n, s := 1, 0
		if i >= lead {
			n, s = x.shape[i-lead], x.strides[i-lead]
		}
		full, strides, shape = append(full, k, n), append(strides, 0, s), append(shape, k*n)
	}
	out := unset(full, x.dtype)
	copyInto(out, viewOf(x, full, strides, x.offset))
	return viewOf(out, shape, contiguousOf(shape), 0)
}})

// contiguousOf returns the strides of row-major order.
func contiguousOf(shape []int) []int {
	s := make([]int, len(shape))
	contiguousStrides(s, shape)
	return s
}

var opFlip = register(Op{Name: "flip", Complex: true, Samples: []Sample{
	one("x.flip(1)", DimsAttrs{[]int{1}}, 2, 3), one("x.flip(0, 2)", DimsAttrs{[]int{0, 2}}, 2, 2, 3),
}, f1: func(x *Tensor, a any) *Tensor {
	out := empty(x.shape, x.dtype)
	if x.NumEl() == 0 {
		return out
	}
	reversed := viewOf(out, out.shape, out.strides, 0)
	for _, d := range a.(DimsAttrs).Dims {
		reversed.offset += (out.shape[d] - 1) * out.strides[d]
		reversed.strides[d] = -out.strides[d]
	}
	copyInto(reversed, x)
	return out
}})

var opRoll = register(Op{Name: "roll", Complex: true, Samples: []Sample{
	one("x.roll(2, 1)", RollAttrs{[]int{2}, []int{1}}, 2, 5), one("x.roll((-1, 1), (0, 1))", RollAttrs{[]int{-1, 1}, []int{0, 1}}, 3, 3),
}, f1: func(x *Tensor, attrs any) *Tensor {
	a := attrs.(RollAttrs)
	for i, d := range a.Dims {
		out, n := empty(x.shape, x.dtype), x.shape[d]
		if n == 0 {
			return out
		}
		k := ((a.Shifts[i] % n) + n) % n
		part := func(t *Tensor, from, to int) *Tensor {
			v := viewOf(t, t.shape, t.strides, t.offset+from*t.strides[d])
			v.shape[d] = to - from
			return v
		}
		copyInto(part(out, k, n), part(x, 0, n-k))
		copyInto(part(out, 0, k), part(x, n-k, n))
		x = out
	}
	return x
}})

// Cat joins tensors along a dimension; their other sizes must be equal, but that vectors without elements are left out.
func Cat(xs []*Tensor, dim int) *Tensor {
	if len(xs) == 0 {
		fail("Cat", "an empty list of tensors has no shape")
	}
	if slices.ContainsFunc(xs, isEmptyVector) {
		xs = withoutEmptyVectors(xs)
	}
	if len(xs[0].shape) == 0 {
		failOn("Cat", xs, "0-d tensors cannot be joined along a dimension; use Stack")
	}
	dim = wrapDim("Cat", dim, xs[0].shape)
	var buf [8]int
	starts := append(buf[:0], 0)
	for i, x := range xs {
		starts = append(starts, starts[i]+x.Size(min(dim, len(x.shape)-1)))
	}
	return opCat.callLazily(xs, func() *Tensor { return joined(xs, dim, starts) }, func() any { return CatAttrs{dim, slices.Clone(starts)} })
}

func isEmptyVector(x *Tensor) bool { return len(x.shape) == 1 && x.shape[0] == 0 }

// withoutEmptyVectors leaves out what fits, as in PyTorch, whatever follows; its dtype counts.
func withoutEmptyVectors(xs []*Tensor) []*Tensor {
	d := xs[0].dtype
	for _, x := range xs {
		d = PromoteTypes(d, x.dtype)
	}
	full := slices.DeleteFunc(slices.Clone(xs), isEmptyVector)
	if len(full) == 0 {
		return xs
	}
	full[0] = full[0].Cast(d)
	return full
}

// Stack joins tensors of equal shapes along a new dimension.
func Stack(xs []*Tensor, dim int) *Tensor {
	if len(xs) == 0 {
		fail("Stack", "an empty list of tensors has no shape")
	}
	wide := make([]*Tensor, len(xs))
	for i, x := range xs {
		if !sameShape(x.shape, xs[0].shape) {
			failOn("Stack", xs, "shapes %s and %s (tensor %d) differ", shapeText(xs[0].shape), shapeText(x.shape), i)
		}
		wide[i] = x.Unsqueeze(dim)
	}
	return Cat(wide, dim).named("StackBackward0")
}

// Split cuts a dimension into pieces of a size; the last may be smaller.
func (t *Tensor) Split(size, dim int) []*Tensor {
	dim = t.dim("Split", dim)
	if size < 1 {
		fail("Split", "pieces of %d; the size must be positive", size)
	}
	starts := []int{0}
	for at := 0; at < t.shape[dim] || at == 0; at += size {
		starts = append(starts, min(at+size, t.shape[dim]))
	}
	out := opSplit.call([]*Tensor{t}, CatAttrs{dim, starts})
	out[0].named("SplitBackward0") // and the others, which share its node
	return out
}

// SplitSizes cuts a dimension into pieces of the given sizes.
func (t *Tensor) SplitSizes(sizes []int, dim int) []*Tensor {
	dim = t.dim("SplitSizes", dim)
	checkShape("SplitSizes", sizes)
	starts := []int{0}
	for i, n := range sizes {
		starts = append(starts, starts[i]+n)
	}
	if total := starts[len(sizes)]; total != t.shape[dim] {
		failOn("SplitSizes", []*Tensor{t}, "sizes %v add up to %d, dimension %d of shape %s has %d", sizes, total, dim, shapeText(t.shape), t.shape[dim])
	}
	return opSplit.call([]*Tensor{t}, CatAttrs{dim, starts})
}

// Chunk cuts a dimension into n pieces, or fewer if it is short.
func (t *Tensor) Chunk(n, dim int) []*Tensor {
	if n < 1 {
		fail("Chunk", "%d pieces; the number must be positive", n)
	}
	checkCount(n)
	if t.Size(dim) == 0 {
		return t.SplitSizes(make([]int, n), dim)
	}
	return t.Split((t.Size(dim)-1)/n+1, dim)
}

// Unbind returns the slices of a dimension, which disappears.
func (t *Tensor) Unbind(dim int) []*Tensor {
	return opUnbind.call([]*Tensor{t}, DimAttrs{t.dim("Unbind", dim)})
}

// Repeat tiles t, the given number of times along every dimension.
func (t *Tensor) Repeat(times ...int) *Tensor {
	checkShape("Repeat", times)
	if len(times) < len(t.shape) {
		fail("Repeat", "%d numbers for %d dimensions; give one for each", len(times), len(t.shape))
	}
	return opRepeat.call1(t, ShapeAttrs{append([]int{}, times...)})
}

// Tile is Repeat with missing leading numbers taken as 1.
func (t *Tensor) Tile(times ...int) *Tensor {
	for len(times) < len(t.shape) {
		times = insert(times, 0, 1)
	}
	return t.Repeat(times...)
}

// RepeatInterleave repeats every element n times along a dimension.
func (t *Tensor) RepeatInterleave(n, dim int) *Tensor {
	dim = t.dim("RepeatInterleave", dim)
	shape := insert(t.shape, dim+1, n)
	checkShape("RepeatInterleave", shape)
	return t.Unsqueeze(dim+1).Expand(shape...).Flatten(dim, dim+1).named("ViewBackward0")
}

// Flip reverses the given dimensions.
func (t *Tensor) Flip(dims ...int) *Tensor {
	return opFlip.call1(t, DimsAttrs{append([]int{}, reduceDims("Flip", t, dims, nil)...)})
}

// RepeatCounts repeats the i-th slice of a dimension as often as the i-th of counts, a vector of integers, says.
func (t *Tensor) RepeatCounts(counts *Tensor, dim int) *Tensor {
	dim = t.dim("RepeatCounts", dim)
	if len(counts.shape) != 1 || counts.shape[0] != t.shape[dim] || !counts.dtype.IsInt() {
		failOn("RepeatCounts", []*Tensor{t, counts}, "counts %v of shape %s for dimension %d of size %d; give one integer for each index", counts.dtype, shapeText(counts.shape), dim, t.shape[dim])
	}
	var at []int64
	for i, n := range counts.Int64s() {
		if n < 0 {
			fail("RepeatCounts", "index %d is to be repeated %d times", i, n)
		}
		at = append(at, slices.Repeat([]int64{int64(i)}, int(n))...)
	}
	return t.IndexSelect(dim, indexVector(at))
}

// Roll moves the elements of a dimension by shift, those that leave at one end
// enter at the other.
func (t *Tensor) Roll(shift, dim int) *Tensor {
	return opRoll.call1(t, RollAttrs{[]int{shift}, []int{t.dim("Roll", dim)}})
}

// Rot90 rotates k times by 90° from dimension a towards b.
func (t *Tensor) Rot90(k, a, b int) *Tensor {
	a, b = t.dim("Rot90", a), t.dim("Rot90", b)
	if a == b {
		failOn("Rot90", []*Tensor{t}, "dimension %d cannot be rotated towards itself; give two of the %d", a, len(t.shape))
	}
	switch ((k % 4) + 4) % 4 {
	case 1:
		return t.Flip(b).Transpose(a, b).named("Rot90Backward0")
	case 2:
		return t.Flip(a, b).named("Rot90Backward0")
	case 3:
		return t.Flip(a).Transpose(a, b).named("Rot90Backward0")
	}
	return t
}

// MeshgridXY is Meshgrid with the first vector along the second dimension and the second along the first, as plots have them
// ("xy" indexing).
func MeshgridXY(xs ...*Tensor) []*Tensor {
	if len(xs) < 2 {
		return Meshgrid(xs...)
	}
	xs = slices.Clone(xs)
	xs[0], xs[1] = xs[1], xs[0]
	out := Meshgrid(xs...)
	out[0], out[1] = out[1], out[0]
	return out
}

// Meshgrid returns, for vectors, tensors of the coordinates of all their
// combinations, the first vector along the first dimension ("ij" indexing).
func Meshgrid(xs ...*Tensor) []*Tensor {
	shape := make([]int, len(xs))
	for i, x := range xs {
		if len(x.shape) > 1 {
			failOn("Meshgrid", xs, "coordinates of shape %s (tensor %d); they must be vectors", shapeText(x.shape), i)
		}
		shape[i] = x.NumEl()
	}
	out := make([]*Tensor, len(xs))
	for i, x := range xs {
		one := make([]int, len(xs))
		for j := range one {
			one[j] = 1
		}
		one[i] = shape[i]
		out[i] = x.Reshape(one...).Expand(shape...)
	}
	return out
}
