package tensor

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

	whole bool // the results of a row's parts do not fold to that of the row
}

// reduceDims normalises a list of dimensions; an empty list means all.
func reduceDims(op string, x *Tensor, dims []int) []int {
	if len(dims) == 0 {
		return nil
	}
	out, seen := make([]int, 0, len(dims)), make([]bool, len(x.shape)+1)
	for _, d := range dims {
		d = wrapDim(op, d, x.shape)
		if seen[d] {
			fail(op, "dimension %d appears twice in %v", d, dims)
		}
		if seen[d] = true; len(x.shape) > 0 {
			out = append(out, d)
		}
	}
	return out
}

// reducedShape returns the result's shape with and without the folded
// dimensions, and how many elements a row has.
func reducedShape(shape []int, a ReduceAttrs) (keep, drop []int, n int) {
	keep = append([]int{}, shape...)
	n = 1
	for i := range shape {
		if a.Dims == nil || contains(a.Dims, i) {
			n *= shape[i]
			keep[i] = 1
		} else {
			drop = append(drop, shape[i])
		}
	}
	return keep, drop, n
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
	if a.Dims != nil {
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

// reduce folds x's dimensions. The kernel computes in dtype d.
func (f *fold) reduce(x *Tensor, a ReduceAttrs, d, outType DType) *Tensor {
	keep, drop, n := reducedShape(x.shape, a)
	shape := drop
	if a.KeepDim {
		shape = keep
	}
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
		return narrowTo(out, outType)
	}
	rows := rowsOf(x, a, c)
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
	part := make([]C, n)
	for len(in) > 0 && !interrupted.Load() {
		clear(part)
		for i := 0; i < block && len(in) > 0; i++ {
			add(part, part, in[:n])
			in = in[n:]
		}
		add(out, out, part)
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
	parallel(len(out), grain/max(n, 1)+1, func(lo, hi int) {
		for i := lo; i < hi && !interrupted.Load(); i++ {
			out[i] = f(in[i*n : i*n+n])
		}
	})
}

func sumOf[C element](a []C) (sum C) {
	for _, x := range a {
		sum += x
	}
	return sum
}
