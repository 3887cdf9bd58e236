package tensor

import "slices"

// Reductions bring the reduced dimensions last and fold rows. Where the rows
// are not contiguous the tensor is copied first, except when the leading
// dimensions are summed, which adds whole rows.

// ReduceAttrs are the dimensions that a reduction folds, all where Dims is nil,
// and whether they stay with size 1.
type ReduceAttrs struct {
	Dims    []int
	KeepDim bool
}

// fold is a reduction's kernel: the result of one row.
type fold struct {
	f32  func(a []float32) float32
	f64  func(a []float64) float64
	i64  func(a []int64) int64 // nil: integers are folded in the default dtype
	c128 func(a []complex128) complex128

	// for sums: how whole rows are added when the leading dimensions are folded
	add32 func(d, a, b []float32)
	add64 func(d, a, b []float64)

	whole   bool // the results of a row's parts do not fold to that of the row
	mean    bool // the result is divided by how many elements there are
	extreme bool // there is none of no elements

	out func(DType) DType // the result's dtype
}

// reduceDims appends to out, which is empty, dimensions counted from the start.
// None given are all, nil.
func reduceDims(op string, x *Tensor, dims, out []int) []int {
	if len(dims) == 0 {
		return nil
	}
	for _, d := range dims {
		d = wrapDim(op, d, x.shape)
		if slices.Contains(out, d) {
			fail(op, "dimension %d appears twice in %v", d, slices.Clone(dims))
		}
		out = append(out, d)
	}
	return out[:min(len(out), len(x.shape))] // a 0-d tensor has none
}

// folds reports whether a reduction folds dimension i.
func (a ReduceAttrs) folds(i int) bool { return a.Dims == nil || contains(a.Dims, i) }

// count returns how many elements are folded to one.
func (a ReduceAttrs) count(shape []int) int {
	n := 1
	for i, size := range shape {
		if a.folds(i) {
			n *= size
		}
	}
	return n
}

// appendShape appends the result's shape to buf.
func (a ReduceAttrs) appendShape(buf, shape []int) []int {
	for i, n := range shape {
		switch {
		case !a.folds(i):
			buf = append(buf, n)
		case a.KeepDim:
			buf = append(buf, 1)
		}
	}
	return buf
}

// trailing reports whether a folds the last of n dimensions, in order.
func (a ReduceAttrs) trailing(n int) bool {
	for i, d := range a.Dims {
		if d != n-len(a.Dims)+i {
			return false
		}
	}
	return true
}

func contains(s []int, v int) bool {
	for _, x := range s {
		if x == v {
			return true
		}
	}
	return false
}

// rowsOf returns x as a contiguous matrix of elements of dtype d whose rows are
// what a reduction folds.
func rowsOf(x *Tensor, a ReduceAttrs, d DType) *Tensor {
	if a.Dims != nil && !a.trailing(len(x.shape)) {
		v, at := viewOf(x, x.shape, x.strides, x.offset), 0
		place := func(i int) { v.shape[at], v.strides[at] = x.shape[i], x.strides[i]; at++ }
		for i := range x.shape {
			if !contains(a.Dims, i) {
				place(i)
			}
		}
		for i := range x.shape {
			if contains(a.Dims, i) {
				place(i)
			}
		}
		x = v
	}
	if x.dtype == d && x.IsContiguous() {
		return x
	}
	out := unset(x.shape, d)
	copyInto(out, x)
	return out
}

// of folds x's dimensions, for the method of the given name.
func (f *fold) of(method string, x *Tensor, a ReduceAttrs) *Tensor {
	d := x.dtype
	switch {
	case f.mean && !d.IsFloat() && !d.IsComplex():
		failOn(method, []*Tensor{x}, "the mean of %v is no %v; Cast to a floating-point dtype first", d, d)
	case f.mean && d.Size() == 2: // the sum may overflow where the mean does not
		d = Float32
	case f.i64 == nil:
		d = floatType(d)
	}
	if f.extreme && x.NumEl() == 0 && a.count(x.shape) == 0 {
		failOn(method, []*Tensor{x}, "shape %s has no elements along the dimensions to reduce, so there is no extreme", shapeText(x.shape))
	}
	return f.reduce(x, a, d, f.out(x.dtype))
}

// reduce folds x's dimensions. The kernel computes in dtype d.
func (f *fold) reduce(x *Tensor, a ReduceAttrs, d, outType DType) *Tensor {
	var buf [inlineDims]int
	shape, n := a.appendShape(buf[:0], x.shape), a.count(x.shape)
	c := d // the type the kernel computes in
	switch {
	case d == Float64:
	case d.IsFloat():
		c = Float32
	case d.IsComplex():
		c = Complex128
	default:
		c = Int64
	}
	if f.add32 != nil && x.dtype == c && c.IsFloat() && x.IsContiguous() && leading(a.Dims) {
		out := empty(shape, c)
		if c == Float64 {
			addRows(elements[float64](out), elements[float64](x), f.add64)
		} else {
			addRows(elements[float32](out), elements[float32](x), f.add32)
		}
		return f.finish(out, n, d, outType)
	}
	rows := rowsOf(x, a, c)
	defer rows.recycleUnless(x)
	out := empty(shape, c)
	switch c {
	case Float64:
		foldRows(slice[float64](out.storage), slice[float64](rows.storage)[rows.offset:], n, f.whole, f.f64)
	case Float32:
		foldRows(slice[float32](out.storage), slice[float32](rows.storage)[rows.offset:], n, f.whole, f.f32)
	case Complex128:
		foldRows(slice[complex128](out.storage), slice[complex128](rows.storage)[rows.offset:], n, f.whole, f.c128)
	default:
		foldRows(slice[int64](out.storage), slice[int64](rows.storage)[rows.offset:], n, f.whole, f.i64)
	}
	return f.finish(out, n, d, outType)
}

// finish divides sums of n elements where the mean is wanted, and brings results to
// their dtype.
func (f *fold) finish(out *Tensor, n int, d, outType DType) *Tensor {
	if f.mean {
		out = narrowTo(out, d)
		divKernels.into(out, d, float64(n), out, nil)
	}
	return narrowTo(out, outType)
}

// leading reports whether dims are the first dimensions, in order.
func leading(dims []int) bool {
	for i, d := range dims {
		if d != i {
			return false
		}
	}
	return dims != nil
}

// addRows adds the rows of a matrix, as long as out, in blocks, so that the
// error does not grow with the number of rows.
func addRows[C compute](out, in []C, add func(d, a, b []C)) {
	const block = 128
	n := len(out)
	if n == 0 {
		return
	}
	if len(in) <= block*n {
		addBlock(out, in, add)
		return
	}
	part := make([]C, n)
	for len(in) > 0 && !interrupted.Load() {
		clear(part)
		m := min(block*n, len(in))
		addBlock(part, in[:m], add)
		in = in[m:]
		add(out, out, part)
	}
}

func addBlock[C compute](out, in []C, add func(d, a, b []C)) {
	for n := len(out); len(in) > 0; in = in[n:] {
		add(out, out, in[:n])
	}
}

func foldRows[C element](out, in []C, n int, whole bool, f func([]C) C) {
	if !whole && len(out) == 1 && n > 2*grain { // one long row: fold parts, then their results
		const part = 16 << 10
		parts := make([]C, (n+part-1)/part)
		parallel(len(parts), 2, func(lo, hi int) {
			for i := lo; i < hi && !interrupted.Load(); i++ {
				parts[i] = f(in[i*part : min(n, (i+1)*part)])
			}
		})
		out[0] = f(parts)
		return
	}
	least := grain/max(n, 1) + 1
	if len(out) <= least { // without a function on the heap
		foldRange(out, in, n, f, 0, len(out))
		checkInterrupt()
		return
	}
	parallel(len(out), least, func(lo, hi int) { foldRange(out, in, n, f, lo, hi) })
}

func foldRange[C element](out, in []C, n int, f func([]C) C, lo, hi int) {
	for i := lo; i < hi && !interrupted.Load(); i++ {
		out[i] = f(in[i*n : i*n+n])
	}
}

func sumOf[C element](a []C) (sum C) {
	for _, x := range a {
		sum += x
	}
	return sum
}
