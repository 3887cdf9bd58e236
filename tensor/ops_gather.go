package tensor

import "slices"

// Indexing by tensors of positions: index_select, gather, take, and their
// adjoints index_add, scatter, put.

// ScatterAttrs are the parameters of scatter and gather.
type ScatterAttrs struct {
	Dim    int
	Reduce string // "" replaces, or "add", "mul", "amax", "amin"
}

// PutAttrs are the parameters of put.
type PutAttrs struct{ Accumulate bool }

// positions reads a tensor of indices into a dimension of size n, counted from
// either end; where none is negative they may be read as they lie.
func positions(op string, idx *Tensor, n int) []int64 {
	v := indices(op, idx)
	wrapped := false
	for i, p := range v {
		if uint64(p) < uint64(n) {
			continue
		}
		if !wrapped {
			v, wrapped = slices.Clone(v), true
		}
		v[i] = int64(wrapNegative(op, p, n))
	}
	return v
}

// move copies elements of the given size between two storages: dst[i] = src[j]
// for the pairs that each yields.
func move(dst, src *Tensor, each func(f func(i, j int))) {
	switch dst.dtype.Size() {
	case 16:
		d, s := slice[complex128](dst.storage), slice[complex128](src.storage)
		each(func(i, j int) { d[i] = s[j] })
	case 8:
		d, s := slice[uint64](dst.storage), slice[uint64](src.storage)
		each(func(i, j int) { d[i] = s[j] })
	case 4:
		d, s := slice[uint32](dst.storage), slice[uint32](src.storage)
		each(func(i, j int) { d[i] = s[j] })
	case 2:
		d, s := slice[uint16](dst.storage), slice[uint16](src.storage)
		each(func(i, j int) { d[i] = s[j] })
	default:
		d, s := slice[uint8](dst.storage), slice[uint8](src.storage)
		each(func(i, j int) { d[i] = s[j] })
	}
}

// combine is move with a function of both elements, for storages of any dtype.
func combine(dst, src *Tensor, reduce string, each func(f func(i, j int))) {
	switch {
	case reduce == "":
		move(dst, src, each)
	case dst.dtype == Float64:
		combineAs[float64](dst, src, reduce, each)
	case dst.dtype == Float32:
		combineAs[float32](dst, src, reduce, each)
	case dst.dtype == Int64:
		combineAs[int64](dst, src, reduce, each)
	case dst.dtype == Complex128:
		accumulateAs[complex128](dst, src, reduce, each)
	default: // by way of a type that the loops know
		c := Int64
		switch {
		case dst.dtype.IsFloat():
			c = Float32
		case dst.dtype.IsComplex():
			c = Complex128
		}
		d, s := wholeAs(dst, c), wholeAs(src, c)
		combine(d, s, reduce, each)
		copyInto(whole(dst), d)
	}
}

// whole returns a tensor over t's whole storage.
func whole(t *Tensor) *Tensor {
	return viewOf(t, []int{t.storage.bytes / t.dtype.Size()}, []int{1}, 0)
}

func wholeAs(t *Tensor, d DType) *Tensor {
	w := whole(t)
	out := empty(w.shape, d)
	copyInto(out, w)
	return out
}

func combineAs[C compute](dst, src *Tensor, reduce string, each func(f func(i, j int))) {
	d, s := slice[C](dst.storage), slice[C](src.storage)
	switch reduce {
	case "amax":
		each(func(i, j int) { d[i] = max(d[i], s[j]) })
	case "amin":
		each(func(i, j int) { d[i] = min(d[i], s[j]) })
	default:
		accumulateAs[C](dst, src, reduce, each)
	}
}

// accumulateAs is combineAs for sums and products, which complex numbers have too.
func accumulateAs[C element](dst, src *Tensor, reduce string, each func(f func(i, j int))) {
	d, s := slice[C](dst.storage), slice[C](src.storage)
	switch reduce {
	case "add":
		each(func(i, j int) { d[i] += s[j] })
	case "mul":
		each(func(i, j int) { d[i] *= s[j] })
	default:
		fail("Scatter", "unknown reduction %q of %v; use sum, prod or mean, or amax or amin of real numbers", reduce, dst.dtype)
	}
}

// contiguous returns x or an unrecorded contiguous copy.
func contiguous(x *Tensor) *Tensor {
	if x.IsContiguous() {
		return x
	}
	return x.cloneData()
}

var opIndexAdd = register(Op{Name: "index_add", Complex: true, Samples: []Sample{
	{Torch: "x.index_add(0, y, z)", In: []Input{in(-2, 2, 3, 2), ints(0, 2, 4), in(-2, 2, 4, 2)}, Attrs: DimAttrs{0}},
	{Torch: "x.index_add(1, y, z)", In: []Input{in(-2, 2, 2, 3), ints(0, 2, 2), in(-2, 2, 2, 2)}, Attrs: DimAttrs{1}},
}, fn: func(xs []*Tensor, a any) []*Tensor {
	x, src, dim := xs[0], xs[2], a.(DimAttrs).Dim
	at := positions("IndexAdd", xs[1], x.shape[dim])
	want := x.Shape()
	want[dim] = len(at)
	if !sameShape(src.shape, want) {
		failOn("IndexAdd", xs, "the source has shape %s; %d indices into dimension %d of %s want %s", shapeText(src.shape), len(at), dim, shapeText(x.shape), shapeText(want))
	}
	out := x.cloneData()
	rows := func(t *Tensor, i int) *Tensor {
		return viewOf(t, remove(t.shape, dim), remove(t.strides, dim), t.offset+i*t.strides[dim])
	}
	for i, p := range at {
		row := rows(out, int(p))
		addKernels.into(row, out.dtype, 0, row, rows(src, i))
	}
	return []*Tensor{out}
}})

// checkAlong panics unless idx fits t in every dimension but dim.
func checkAlong(op string, t, idx *Tensor, dim int) {
	if len(t.shape) != len(idx.shape) {
		failOn(op, []*Tensor{t, idx}, "the index has %d dimensions, the tensor %d; they must be equal", len(idx.shape), len(t.shape))
	}
	for d, n := range idx.shape {
		if d != dim && n > t.shape[d] {
			failOn(op, []*Tensor{t, idx}, "index of shape %s is larger than %s in dimension %d", shapeText(idx.shape), shapeText(t.shape), d)
		}
	}
}

var opGather = register(Op{Name: "gather", Complex: true, Samples: []Sample{
	{Torch: "x.gather(1, y)", In: []Input{in(-2, 2, 2, 4), ints(0, 3, 2, 3)}, Attrs: DimAttrs{1}},
	{Torch: "x.gather(0, y)", In: []Input{in(-2, 2, 3, 2), ints(0, 2, 2, 2)}, Attrs: DimAttrs{0}},
}, f2: func(x, idx *Tensor, a any) *Tensor {
	out := unset(idx.shape, x.dtype)
	if out.NumEl() > 0 {
		dim := a.(DimAttrs).Dim
		switch x.dtype.Size() {
		case 16:
			along("Gather", x, dim, idx, out, x, gatherRow[complex128])
		case 8:
			along("Gather", x, dim, idx, out, x, gatherRow[uint64])
		case 4:
			along("Gather", x, dim, idx, out, x, gatherRow[uint32])
		case 2:
			along("Gather", x, dim, idx, out, x, gatherRow[uint16])
		default:
			along("Gather", x, dim, idx, out, x, gatherRow[uint8])
		}
	}
	return out
}})

var opScatter = register(Op{Name: "scatter", Complex: true, Samples: []Sample{
	{Torch: "x.scatter(1, y, z)", In: []Input{in(-2, 2, 3, 3), permutation(3, 3), in(-2, 2, 3, 3)}, Attrs: ScatterAttrs{Dim: 1}},
	{Torch: "x.scatter_add(1, y, z)", In: []Input{in(-2, 2, 2, 3), ints(0, 2, 2, 4), in(-2, 2, 2, 4)}, Attrs: ScatterAttrs{1, "add"}},
}, f3: func(x, idx, src *Tensor, a any) *Tensor {
	out := x.cloneData()
	if idx.NumEl() > 0 {
		scatterInto(out, contiguousTo(src, idx.shape), idx, a.(ScatterAttrs))
	}
	return out
}})

func scatterInto(out, src, idx *Tensor, a ScatterAttrs) {
	size := out.dtype.Size()
	switch {
	case a.Reduce == "add" && out.dtype == Float32:
		along("Scatter", out, a.Dim, idx, out, src, addRow[float32])
	case a.Reduce == "add" && out.dtype == Float64:
		along("Scatter", out, a.Dim, idx, out, src, addRow[float64])
	case a.Reduce == "add" && out.dtype == Int64:
		along("Scatter", out, a.Dim, idx, out, src, addRow[int64])
	case a.Reduce != "":
		combine(out, src, a.Reduce, func(f func(i, j int)) {
			along("Scatter", out, a.Dim, idx, out, src, func(_, _ []uint8, r alongRow) {
				for j, p := range r.at {
					f(r.base+j*r.step+wrapIndex("Scatter", p, r.n)*r.dimStep, src.offset+r.first+j)
				}
			})
		})
	case size == 16:
		along("Scatter", out, a.Dim, idx, out, src, scatterRow[complex128])
	case size == 8:
		along("Scatter", out, a.Dim, idx, out, src, scatterRow[uint64])
	case size == 4:
		along("Scatter", out, a.Dim, idx, out, src, scatterRow[uint32])
	case size == 2:
		along("Scatter", out, a.Dim, idx, out, src, scatterRow[uint16])
	default:
		along("Scatter", out, a.Dim, idx, out, src, scatterRow[uint8])
	}
}

// permutation makes an input of different positions along each first index.
func permutation(shape ...int) Input { return Input{Shape: shape, Lo: 0, Hi: -1, DType: Int64} }

// contiguousTo returns the leading part of x of the given shape, contiguous.
func contiguousTo(x *Tensor, shape []int) *Tensor {
	if sameShape(x.shape, shape) {
		return contiguous(x)
	}
	return contiguous(viewOf(x, shape, x.strides, x.offset))
}

var opTake = register(Op{Name: "take", Complex: true, Samples: []Sample{
	{Torch: "x.take(y)", In: []Input{in(-2, 2, 2, 3), ints(0, 5, 2, 2)}},
}, f2: func(x, idx *Tensor, _ any) *Tensor {
	at := positions("Take", idx, x.NumEl())
	out := empty(idx.shape, x.dtype)
	x = contiguous(x)
	move(out, x, func(f func(i, j int)) {
		for i, p := range at {
			f(i, x.offset+int(p))
		}
	})
	return out
}})

var opPut = register(Op{Name: "put", Complex: true, Samples: []Sample{
	{Torch: "x.put(y, z)", In: []Input{in(-2, 2, 2, 3), permutation(1, 6), in(-2, 2, 1, 6)}, Attrs: PutAttrs{}},
	{Torch: "x.put(y, z, accumulate=True)", In: []Input{in(-2, 2, 2, 3), ints(0, 5, 4), in(-2, 2, 4)}, Attrs: PutAttrs{true}},
}, fn: func(xs []*Tensor, attrs any) []*Tensor {
	x, idx, src := xs[0], xs[1], xs[2]
	at := positions("Put", idx, x.NumEl())
	if src.NumEl() != len(at) {
		failOn("Put", xs, "%d values for %d positions", src.NumEl(), len(at))
	}
	out, reduce := x.cloneData(), ""
	if attrs.(PutAttrs).Accumulate {
		reduce = "add"
	}
	src = contiguous(src)
	combine(out, src, reduce, func(f func(i, j int)) {
		for i, p := range at {
			f(int(p), src.offset+i)
		}
	})
	return []*Tensor{out}
}})

// IndexAdd returns t with the slices of src added at the given indices of a
// dimension.
func (t *Tensor) IndexAdd(dim int, index, src *Tensor) *Tensor {
	needVector("IndexAdd", index)
	if len(t.shape) == 0 {
		return t.vector().IndexAdd(dim, index, src.vector()).Reshape()
	}
	return opIndexAdd.call([]*Tensor{t, index, t.source("IndexAdd", src)}, DimAttrs{t.dim("IndexAdd", dim)})[0]
}

// Gather returns, for every element of index, the element of t at that position
// of dim and at the element's own position elsewhere.
func (t *Tensor) Gather(dim int, index *Tensor) *Tensor {
	if len(t.shape) == 0 {
		return t.vector().Gather(dim, index.vector()).Reshape(index.shape...)
	}
	dim = t.dim("Gather", dim)
	checkAlong("Gather", t, index, dim)
	return opGather.call2(t, index, DimAttrs{dim})
}

// Scatter returns t with the elements of src written where Gather would read;
// if a position appears twice, either value may stay.
func (t *Tensor) Scatter(dim int, index, src *Tensor) *Tensor {
	return t.scatter("Scatter", dim, index, src, "")
}

// ScatterAdd returns t with the elements of src added where Gather would read.
func (t *Tensor) ScatterAdd(dim int, index, src *Tensor) *Tensor {
	return t.scatter("ScatterAdd", dim, index, src, "add").named("ScatterAddBackward0")
}

func (t *Tensor) scatter(op string, dim int, index, src *Tensor, reduce string) *Tensor {
	if len(t.shape) == 0 {
		return t.vector().scatter(op, dim, index.vector(), src.vector(), reduce).Reshape()
	}
	dim = t.dim(op, dim)
	checkAlong(op, t, index, dim)
	checkAlong(op, src, index, -1)
	return opScatter.call3(t, index, t.source(op, src), ScatterAttrs{dim, reduce})
}

// source returns src as elements of t, into which it is going to be written.
func (t *Tensor) source(op string, src *Tensor) *Tensor {
	if dtypes[src.dtype].kind > dtypes[t.dtype].kind {
		failOn(op, []*Tensor{t, src}, "the source is %v and cannot be stored in a tensor of %v; Cast it first", src.dtype, t.dtype)
	}
	return src.Cast(t.dtype)
}

// vector returns t, or a 0-d t as a vector: what operations along a dimension take it for.
func (t *Tensor) vector() *Tensor {
	if len(t.shape) == 0 {
		return t.Unsqueeze(0)
	}
	return t
}

// ScatterValue returns t with v written where Gather would read.
func (t *Tensor) ScatterValue(dim int, index *Tensor, v float64) *Tensor {
	return t.Scatter(dim, index, like(t).full("ScatterValue", v, index.shape)).named("ScatterBackward1")
}

// Take returns the elements at positions counted in row-major order.
func (t *Tensor) Take(index *Tensor) *Tensor { return opTake.call2(t, index, nil) }

// Put returns t with values written, or added, at positions counted in
// row-major order.
func (t *Tensor) Put(index, values *Tensor, accumulate bool) *Tensor {
	return opPut.call([]*Tensor{t, index, t.source("Put", values)}, PutAttrs{accumulate})[0]
}

// TakeAlongDim is Gather with index broadcast against t.
func (t *Tensor) TakeAlongDim(index *Tensor, dim int) *Tensor {
	dim = t.dim("TakeAlongDim", dim)
	if len(index.shape) != len(t.shape) {
		failOn("TakeAlongDim", []*Tensor{t, index}, "the index has %d dimensions, the tensor %d; they must be equal", len(index.shape), len(t.shape))
	}
	shape := broadcast("TakeAlongDim", remove(t.shape, dim), remove(index.shape, dim))
	return t.Expand(insert(shape, dim, t.shape[dim])...).Gather(dim, index.Expand(insert(shape, dim, index.shape[dim])...))
}

// MaskedSelect returns the elements where mask is true, as a vector.
func (t *Tensor) MaskedSelect(mask *Tensor) *Tensor {
	if mask.dtype != Bool {
		failOn("MaskedSelect", []*Tensor{t, mask}, "the mask is %v; it must be bool", mask.dtype)
	}
	shape := broadcast("MaskedSelect", t.shape, mask.shape)
	var at []int64
	for i, on := range mask.Detach().Expand(shape...).Bools() {
		if on {
			at = append(at, int64(i))
		}
	}
	return t.Expand(shape...).Take(indexVector(at)).named("MaskedSelectBackward0")
}

// indexVector returns an Int64 vector.
func indexVector(v []int64) *Tensor {
	t := empty([]int{len(v)}, Int64)
	copy(slice[int64](t.storage), v)
	return t
}

// NonZero returns the positions of the elements that are not 0, one a row.
func (t *Tensor) NonZero() *Tensor {
	var at []int64
	n := 0
	for i, on := range t.Bools() {
		if on {
			n++
			for d := range t.shape {
				at = append(at, int64(i/numel(t.shape[d+1:])%t.shape[d]))
			}
		}
	}
	out := empty([]int{n, len(t.shape)}, Int64)
	copy(slice[int64](out.storage), at)
	return out
}

// UnravelIndex returns where in a tensor of the given shape the elements are that t counts, in row-major order: an Int64 tensor for
// every dimension. Negative numbers count from the end, and those beyond it from the start again.
func (t *Tensor) UnravelIndex(shape ...int) []*Tensor {
	checkShape("UnravelIndex", shape)
	if !t.dtype.IsInt() || numel(shape) == 0 && t.NumEl() > 0 {
		failOn("UnravelIndex", []*Tensor{t}, "%d elements of %v in shape %s; want integers, and an element for them", t.NumEl(), t.dtype, shapeText(shape))
	}
	out, rest := make([]*Tensor, len(shape)), t.Detach().Long()
	for d, n := range slices.Backward(shape) {
		out[d] = rest.RemainderScalar(float64(n))
		rest = rest.FloorDivScalar(float64(n))
	}
	return out
}

// OneHot returns, for a tensor of class numbers, vectors with 1 at the class:
// Int64 with a last dimension of the given size, the largest class + 1 if it is
// negative.
func (t *Tensor) OneHot(classes int) *Tensor {
	if classes < 0 {
		classes = int(t.Max().Item()) + 1
	}
	if t.NumEl() > 0 && t.Min().Item() < 0 {
		fail("OneHot", "class %v is negative; classes are 0 to %d", t.Min().Item(), classes-1)
	}
	positions("OneHot", t, classes)
	out := empty(append(t.Shape(), classes), Int64)
	return out.ScatterValue(-1, t.Detach().Unsqueeze(-1), 1)
}
