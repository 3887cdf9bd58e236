package tensor

import "slices"

// numel returns the product of the sizes.
func numel(shape []int) int {
	n := 1
	for _, s := range shape {
		n *= s
	}
	return n
}

// contiguousStrides fills strides for row-major order and returns the number of
// elements.
func contiguousStrides(strides, shape []int) int {
	n := 1
	for i := len(shape) - 1; i >= 0; i-- {
		strides[i] = n
		n *= max(shape[i], 1)
	}
	if numel(shape) == 0 {
		return 0
	}
	return n
}

// isContiguous reports whether the strides are those of row-major order;
// strides of dimensions of size 1 do not matter.
func isContiguous(shape, strides []int) bool {
	n := 1
	for i := len(shape) - 1; i >= 0; i-- {
		if shape[i] != 1 {
			if strides[i] != n && numel(shape) != 0 {
				return false
			}
			n *= shape[i]
		}
	}
	return true
}

func sameShape(a, b []int) bool {
	if len(a) != len(b) {
		return false
	}
	for i, n := range a {
		if n != b[i] {
			return false
		}
	}
	return true
}

// wrapDim maps a dimension of a shape counted from the end to one counted from
// the start. That of a 0-d tensor has 0 and -1.
func wrapDim(op string, dim int, shape []int) int {
	return wrapDimTo(op, dim, max(len(shape), 1), shape)
}

// wrapDimTo is wrapDim for another number of dimensions than the shape has.
func wrapDimTo(op string, dim, limit int, shape []int) int {
	if dim < -limit || dim >= limit {
		failFor(op, [][]int{slices.Clone(shape)}, "dimension %d is out of range for shape %s; it must lie in [%d, %d]", dim, shapeText(shape), -limit, limit-1)
	}
	if dim < 0 {
		dim += limit
	}
	return dim
}

// dim is wrapDim for a dimension of t that must exist.
func (t *Tensor) dim(op string, dim int) int {
	if len(t.shape) == 0 {
		fail(op, "a 0-d tensor has no dimension %d", dim)
	}
	return wrapDim(op, dim, t.shape)
}

// broadcastsTo reports whether a tensor of one shape can be seen as one of another.
func broadcastsTo(from, to []int) bool {
	lead := len(to) - len(from)
	for i, n := range from {
		if lead < 0 || n != to[lead+i] && n != 1 {
			return false
		}
	}
	return true
}

// broadcast returns the shape that a and b broadcast to (NumPy's rule), which may
// be a or b itself.
func broadcast(op string, a, b []int) []int {
	switch {
	case broadcastsTo(b, a):
		return a
	case broadcastsTo(a, b):
		return b
	}
	n := max(len(a), len(b))
	out := make([]int, n)
	for i := 1; i <= n; i++ {
		x, y := 1, 1
		if i <= len(a) {
			x = a[len(a)-i]
		}
		if i <= len(b) {
			y = b[len(b)-i]
		}
		switch {
		case x == y || y == 1:
			out[n-i] = x
		case x == 1:
			out[n-i] = y
		default:
			failFor(op, [][]int{slices.Clone(a), slices.Clone(b)}, "%s and %s do not broadcast: sizes %d and %d in dimension %d differ and neither is 1",
				shapeText(a), shapeText(b), x, y, n-i)
		}
	}
	return out
}

// checkShape panics if a size is negative.
func checkShape(op string, shape []int) {
	for _, n := range shape {
		if n < 0 {
			failFor(op, [][]int{slices.Clone(shape)}, "negative size in shape %s", shapeText(shape))
		}
	}
}
