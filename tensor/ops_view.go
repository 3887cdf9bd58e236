package tensor

import "slices"

// Views: results share the storage of their input.

// Geometry says how a tensor lies in its storage, in elements.
type Geometry struct {
	Shape, Strides []int
	Offset         int
}

// geometry returns how t lies.
func (t *Tensor) geometry() Geometry { return Geometry{t.Shape(), t.Strides(), t.offset} }

// extent returns the number of storage elements that a tensor reaches.
func (g Geometry) extent() int {
	if numel(g.Shape) == 0 {
		return 0
	}
	n := g.Offset + 1
	for i, s := range g.Shape {
		n += (s - 1) * g.Strides[i]
	}
	return n
}

// StridedAttrs are the geometries of a view, To, and of the tensor it is taken
// from.
type StridedAttrs struct{ From, To Geometry }

// ShapeAttrs is a target shape.
type ShapeAttrs struct{ Shape []int }

// DimsAttrs lists dimensions.
type DimsAttrs struct{ Dims []int }

// DimAttrs is one dimension.
type DimAttrs struct{ Dim int }

// SliceAttrs is a range of one dimension.
type SliceAttrs struct{ Dim, Start, Stop, Step int }

// view registers a view op.
func view(name string, f func(x *Tensor, attrs any) *Tensor, samples ...Sample) *Op {
	return register(Op{Name: name, View: true, f1: f, Samples: samples})
}

// one makes a sample of an op on one tensor of the given shape.
func one(torch string, attrs any, shape ...int) Sample {
	return Sample{Torch: torch, Attrs: attrs, In: []Input{in(-2, 2, shape...)}}
}

var (
	opView = view("view", func(x *Tensor, a any) *Tensor {
		return viewedAs(x, a.(ShapeAttrs).Shape)
	}, one("x.view(3, 2)", ShapeAttrs{[]int{3, 2}}, 2, 3), one("x.view(1, 1)", ShapeAttrs{[]int{1, 1}}), one("x.view(0)", ShapeAttrs{[]int{0}}, 0, 2))

	opPermute = view("permute", func(x *Tensor, a any) *Tensor {
		return permuted(x, a.(DimsAttrs).Dims)
	}, one("x.permute(2, 0, 1)", DimsAttrs{[]int{2, 0, 1}}, 2, 3, 4), one("x.permute([])", DimsAttrs{}))

	opExpand = view("expand", func(x *Tensor, a any) *Tensor {
		return expanded(x, a.(ShapeAttrs).Shape)
	}, one("x.expand(4, 2, 3)", ShapeAttrs{[]int{4, 2, 3}}, 2, 1), one("x.expand(2)", ShapeAttrs{[]int{2}}))

	opSlice = view("slice", func(x *Tensor, a any) *Tensor {
		return sliceOf(x, a.(SliceAttrs))
	}, one("x[:, 1:4:2]", SliceAttrs{1, 1, 4, 2}, 2, 5), one("x[1:1]", SliceAttrs{0, 1, 1, 1}, 2, 3))

	opSelect = view("select", func(x *Tensor, a any) *Tensor {
		return selectOf(x, a.(SliceAttrs))
	}, one("x.select(1, 2)", SliceAttrs{Dim: 1, Start: 2}, 2, 3), one("x[1]", SliceAttrs{Dim: 0, Start: 1}, 2))

	opDiagonal = view("diagonal", func(x *Tensor, a any) *Tensor {
		d := a.(DiagonalAttrs)
		rows, cols := x.shape[d.Dim1], x.shape[d.Dim2]
		n, off := min(rows, cols-d.Offset), x.offset+d.Offset*x.strides[d.Dim2]
		if d.Offset < 0 {
			n, off = min(rows+d.Offset, cols), x.offset-d.Offset*x.strides[d.Dim1]
		}
		if n <= 0 {
			n, off = 0, x.offset
		}
		lo, hi := min(d.Dim1, d.Dim2), max(d.Dim1, d.Dim2)
		shape := append(remove(remove(x.shape, hi), lo), n)
		return viewOf(x, shape, append(remove(remove(x.strides, hi), lo), x.strides[d.Dim1]+x.strides[d.Dim2]), off)
	}, one("x.diagonal(1)", DiagonalAttrs{1, 0, 1}, 3, 3), one("x.diagonal(-1, 0, 2)", DiagonalAttrs{-1, 0, 2}, 3, 2, 4))

	opUnfold = view("unfold", func(x *Tensor, a any) *Tensor {
		u := a.(UnfoldAttrs)
		v := viewOf(x, append(x.Shape(), u.Size), append(x.Strides(), x.strides[u.Dim]), x.offset)
		v.shape[u.Dim] = (x.shape[u.Dim]-u.Size)/u.Step + 1
		v.strides[u.Dim] *= u.Step
		return v
	}, one("x.unfold(1, 3, 2)", UnfoldAttrs{1, 3, 2}, 2, 7))
)

func viewedAs(x *Tensor, shape []int) *Tensor {
	v := reshaped(x, shape)
	if v == nil {
		failOn("View", []*Tensor{x}, "strides %v of shape %s cannot be seen as %s without a copy; use Reshape", x.Strides(), shapeText(x.shape), shapeText(shape))
	}
	return v
}

func permuted(x *Tensor, dims []int) *Tensor {
	v := viewOf(x, x.shape, x.strides, x.offset)
	for i, d := range dims {
		v.shape[i], v.strides[i] = x.shape[d], x.strides[d]
	}
	return v
}

func expanded(x *Tensor, shape []int) *Tensor {
	v := header(len(shape), x.dtype)
	copy(v.shape, shape)
	broadcastInto(v.strides, x)
	v.storage, v.offset = x.storage, x.offset
	return v
}

func sliceOf(x *Tensor, s SliceAttrs) *Tensor {
	v := viewOf(x, x.shape, x.strides, x.offset)
	v.shape[s.Dim] = max(0, (s.Stop-s.Start+s.Step-1)/s.Step)
	v.strides[s.Dim] *= s.Step
	if v.shape[s.Dim] > 0 {
		v.offset += s.Start * x.strides[s.Dim]
	}
	return v
}

func selectOf(x *Tensor, s SliceAttrs) *Tensor {
	return viewOf(x, remove(x.shape, s.Dim), remove(x.strides, s.Dim), x.offset+s.Start*x.strides[s.Dim])
}

func unsqueezed(x *Tensor, s SliceAttrs) *Tensor {
	return viewOf(x, insert(x.shape, s.Dim, 1), insert(x.strides, s.Dim, s.Step), x.offset)
}

// sliced runs an operation on SliceAttrs, f.
func (t *Tensor) sliced(op *Op, f func(x *Tensor, s SliceAttrs) *Tensor, s SliceAttrs) *Tensor {
	return op.callLazily([]*Tensor{t}, func() *Tensor { return f(t, s) }, func() any { return s })
}

// DiagonalAttrs are the parameters of diagonal.
type DiagonalAttrs struct{ Offset, Dim1, Dim2 int }

// UnfoldAttrs are the parameters of unfold.
type UnfoldAttrs struct{ Dim, Size, Step int }

// remove returns s without the element at i.
func remove(s []int, i int) []int {
	return append(append(make([]int, 0, len(s)+1), s[:i]...), s[i+1:]...)
}

// insert returns s with v before the element at i.
func insert(s []int, i, v int) []int {
	return append(append(append(make([]int, 0, len(s)+1), s[:i]...), v), s[i:]...)
}

// reshaped returns x seen as another shape, nil if its strides do not allow it.
func reshaped(x *Tensor, shape []int) *Tensor {
	v := header(len(shape), x.dtype)
	copy(v.shape, shape)
	v.storage, v.offset = x.storage, x.offset
	strides := v.strides
	if x.IsContiguous() {
		contiguousStrides(strides, shape)
		return v
	}
	from, steps := collapse(x.shape, x.strides)
	i := len(from) - 1
	left := 1
	if i >= 0 {
		left = from[i]
	}
	for j := len(shape) - 1; j >= 0; j-- {
		for left == 1 && shape[j] != 1 && i > 0 {
			i--
			left = from[i]
		}
		n := shape[j]
		if n == 1 {
			strides[j] = 1
			continue
		}
		if left%n != 0 {
			return nil
		}
		strides[j] = steps[i] * (from[i] / left)
		left /= n
	}
	return v
}

// inferShape appends to buf a target shape of x's elements, one -1 replaced.
func inferShape(op string, x *Tensor, shape, buf []int) []int {
	n, out, unknown, rest := x.NumEl(), append(buf, shape...), -1, 1
	for i, s := range out {
		switch {
		case s == -1 && unknown < 0:
			unknown = i
		case s < 0:
			fail(op, "shape %s has a negative size or more than one -1", shapeText(shape))
		default:
			rest *= s
		}
	}
	if unknown >= 0 && rest > 0 && n%rest == 0 {
		out[unknown] = n / rest
		rest = n
	}
	if rest != n || unknown >= 0 && out[unknown] < 0 {
		failOn(op, []*Tensor{x}, "%d elements of shape %s do not fill %s", n, shapeText(x.shape), shapeText(shape))
	}
	return out
}

// View returns t's elements in another shape, sharing them; one size may be -1.
// It panics if the strides do not allow it; Reshape copies then.
func (t *Tensor) View(shape ...int) *Tensor {
	var buf [inlineDims]int
	return t.view(inferShape("View", t, shape, buf[:0]))
}

func (t *Tensor) view(shape []int) *Tensor {
	return opView.callLazily([]*Tensor{t}, func() *Tensor { return viewedAs(t, shape) }, func() any { return ShapeAttrs{slices.Clone(shape)} })
}

// Reshape is View, of a copy if need be.
func (t *Tensor) Reshape(shape ...int) *Tensor {
	var buf [inlineDims]int
	s := inferShape("Reshape", t, shape, buf[:0])
	if !t.IsContiguous() && reshaped(t, s) == nil {
		return t.Contiguous().view(s).named("UnsafeViewBackward0")
	}
	return t.view(s)
}

// ViewAs returns t in the shape of y.
func (t *Tensor) ViewAs(y *Tensor) *Tensor { return t.View(y.shape...) }

// Flatten merges dimensions start to end, all of them if none are given.
func (t *Tensor) Flatten(dims ...int) *Tensor {
	if len(t.shape) == 0 {
		return t.Reshape(1)
	}
	start, end := 0, len(t.shape)-1
	if len(dims) > 0 {
		start = t.dim("Flatten", dims[0])
	}
	if len(dims) > 1 {
		end = t.dim("Flatten", dims[1])
	}
	if start > end || len(dims) > 2 {
		fail("Flatten", "dimensions %v are no range: give the first and the last", dims)
	}
	var buf [inlineDims]int
	shape := append(append(append(buf[:0], t.shape[:start]...), numel(t.shape[start:end+1])), t.shape[end+1:]...)
	return t.Reshape(shape...)
}

// Unflatten splits a dimension into the given sizes, one of which may be -1.
func (t *Tensor) Unflatten(dim int, sizes ...int) *Tensor {
	dim = t.dim("Unflatten", dim)
	part := header(1, t.dtype)
	part.shape[0] = t.shape[dim]
	sizes = inferShape("Unflatten", part, sizes, nil)
	return t.View(append(append(t.Shape()[:dim:dim], sizes...), t.shape[dim+1:]...)...)
}

// Permute returns t with its dimensions in another order.
func (t *Tensor) Permute(dims ...int) *Tensor {
	if len(dims) != len(t.shape) {
		failOn("Permute", []*Tensor{t}, "%v names %d dimensions, shape %s has %d; name each once", slices.Clone(dims), len(dims), shapeText(t.shape), len(t.shape))
	}
	var buf [inlineDims]int
	return t.permute(reduceDims("Permute", t, dims, buf[:0]))
}

func (t *Tensor) permute(order []int) *Tensor {
	return opPermute.callLazily([]*Tensor{t}, func() *Tensor { return permuted(t, order) }, func() any { return DimsAttrs{slices.Clone(order)} })
}

// Transpose swaps two dimensions.
func (t *Tensor) Transpose(a, b int) *Tensor {
	if len(t.shape) == 0 && wrapDim("Transpose", a, t.shape) == wrapDim("Transpose", b, t.shape) {
		return t
	}
	var buf [inlineDims]int
	order := buf[:0]
	for i := range t.shape {
		order = append(order, i)
	}
	a, b = t.dim("Transpose", a), t.dim("Transpose", b)
	order[a], order[b] = b, a
	return t.permute(order).named("TransposeBackward0")
}

// T returns the transposed matrix; vectors and scalars stay as they are.
func (t *Tensor) T() *Tensor {
	switch len(t.shape) {
	case 0, 1:
		return t
	case 2:
		return t.Permute(1, 0)
	}
	failOn("T", []*Tensor{t}, "shape %s is no matrix; use Transpose or Permute", shapeText(t.shape))
	return nil
}

// MT transposes the last two dimensions.
func (t *Tensor) MT() *Tensor { return t.Transpose(-2, -1) }

// MoveDim moves dimension from to position to.
func (t *Tensor) MoveDim(from, to int) *Tensor {
	from, to = wrapDim("MoveDim", from, t.shape), wrapDim("MoveDim", to, t.shape)
	if len(t.shape) == 0 {
		return t
	}
	order := make([]int, 0, len(t.shape))
	for i := range t.shape {
		if i != from {
			order = append(order, i)
		}
	}
	return opPermute.call1(t, DimsAttrs{insert(order, to, from)})
}

// Expand broadcasts t to a shape without copying; -1 keeps a size.
func (t *Tensor) Expand(shape ...int) *Tensor {
	lead := len(shape) - len(t.shape)
	var buf [inlineDims]int
	want := append(buf[:0], shape...)
	for i, n := range t.shape {
		if lead >= 0 && want[lead+i] == -1 {
			want[lead+i] = n
		}
		if lead < 0 || n != 1 && n != want[lead+i] {
			failOn("Expand", []*Tensor{t}, "%s does not broadcast to %s", shapeText(t.shape), shapeText(shape))
		}
	}
	checkShape("Expand", want)
	return opExpand.callLazily([]*Tensor{t}, func() *Tensor { return expanded(t, want) }, func() any { return ShapeAttrs{slices.Clone(want)} })
}

// ExpandAs broadcasts t to the shape of y.
func (t *Tensor) ExpandAs(y *Tensor) *Tensor { return t.Expand(y.shape...) }

// BroadcastTo broadcasts t to a shape without copying.
func (t *Tensor) BroadcastTo(shape ...int) *Tensor { return t.Expand(shape...) }

// Unsqueeze inserts a dimension of size 1.
func (t *Tensor) Unsqueeze(dim int) *Tensor {
	dim = wrapDimTo("Unsqueeze", dim, len(t.shape)+1, t.shape)
	step := 1
	if dim < len(t.shape) {
		step = t.shape[dim] * t.strides[dim]
	}
	return t.sliced(opUnsqueeze, unsqueezed, SliceAttrs{Dim: dim, Step: step})
}

var opUnsqueeze = view("unsqueeze", func(x *Tensor, a any) *Tensor {
	return unsqueezed(x, a.(SliceAttrs))
}, one("x.unsqueeze(1)", SliceAttrs{Dim: 1, Step: 1}, 2, 3), one("x.unsqueeze(0)", SliceAttrs{Step: 1}))

var opSqueeze = view("squeeze", func(x *Tensor, a any) *Tensor {
	return squeezed(x, a.(DimsAttrs).Dims)
}, one("x.squeeze(1)", DimsAttrs{[]int{1}}, 2, 1, 3), one("x.squeeze()", DimsAttrs{[]int{0, 1}}, 1, 1))

func squeezed(x *Tensor, dims []int) *Tensor {
	v := header(len(x.shape)-len(dims), x.dtype)
	at := 0
	for i, n := range x.shape {
		if !contains(dims, i) {
			v.shape[at], v.strides[at] = n, x.strides[i]
			at++
		}
	}
	v.storage, v.offset = x.storage, x.offset
	return v
}

// Squeeze removes the given dimensions where their size is 1, all such
// dimensions if none are given.
func (t *Tensor) Squeeze(dims ...int) *Tensor {
	var wanted, buf [inlineDims]int
	drop, list := reduceDims("Squeeze", t, dims, wanted[:0]), buf[:0]
	for i, n := range t.shape {
		if n == 1 && (contains(drop, i) || len(dims) == 0) {
			list = append(list, i)
		}
	}
	out := opSqueeze.callLazily([]*Tensor{t}, func() *Tensor { return squeezed(t, list) }, func() any { return DimsAttrs{slices.Clone(list)} })
	switch len(dims) {
	case 0:
		return out
	case 1:
		return out.named("SqueezeBackward1")
	}
	return out.named("SqueezeBackward2")
}

// Narrow returns length indices of a dimension, from start on.
func (t *Tensor) Narrow(dim, start, length int) *Tensor {
	dim = t.dim("Narrow", dim)
	if start < 0 {
		start += t.shape[dim]
	}
	if start < 0 || length < 0 || start+length > t.shape[dim] {
		failOn("Narrow", []*Tensor{t}, "[%d, %d) is not within dimension %d of size %d", start, start+length, dim, t.shape[dim])
	}
	return t.sliced(opSlice, sliceOf, SliceAttrs{dim, start, start + length, 1})
}

// Slice returns indices start, start+step, … below stop of a dimension. As in
// Python, negative bounds count from the end and bounds outside are moved in.
func (t *Tensor) Slice(dim, start, stop, step int) *Tensor {
	dim = t.dim("Slice", dim)
	if step < 1 {
		fail("Slice", "step %d; it must be positive, use Flip to reverse", step)
	}
	n := t.shape[dim]
	clip := func(i int) int {
		if i < 0 {
			i += n
		}
		return min(max(i, 0), n)
	}
	start, stop = clip(start), clip(stop)
	return t.sliced(opSlice, sliceOf, SliceAttrs{dim, start, max(start, stop), step})
}

// Select returns one index of a dimension, which disappears.
func (t *Tensor) Select(dim, index int) *Tensor {
	dim = t.dim("Select", dim)
	return t.sliced(opSelect, selectOf, SliceAttrs{Dim: dim, Start: t.index("Select", dim, index)})
}

// Diagonal returns a view of the offset-th diagonal of the first two dimensions.
func (t *Tensor) Diagonal(offset int) *Tensor { return t.DiagonalDims(offset, 0, 1) }

// DiagonalDims returns the offset-th diagonal of two dimensions, as the last one.
func (t *Tensor) DiagonalDims(offset, dim1, dim2 int) *Tensor {
	a := DiagonalAttrs{offset, t.dim("Diagonal", dim1), t.dim("Diagonal", dim2)}
	if a.Dim1 == a.Dim2 {
		fail("Diagonal", "dimension %d given twice", a.Dim1)
	}
	return opDiagonal.call1(t, a)
}

// Unfold returns windows of a dimension, size long and step apart; the window
// is the new last dimension.
func (t *Tensor) Unfold(dim, size, step int) *Tensor {
	dim = t.dim("Unfold", dim)
	if size < 0 || size > t.shape[dim] || step < 1 {
		failOn("Unfold", []*Tensor{t}, "windows of %d by steps of %d do not fit dimension %d of size %d", size, step, dim, t.shape[dim])
	}
	return opUnfold.call1(t, UnfoldAttrs{dim, size, step})
}

// Contiguous returns t, or a copy in row-major order if it is not.
func (t *Tensor) Contiguous() *Tensor {
	if t.IsContiguous() {
		return t
	}
	return t.Clone()
}
