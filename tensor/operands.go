package tensor

// How operations that have kernels of their own bring their operands to a dtype and layout that these take.

// floatOperands brings tensors, of which some may be nil, to one floating dtype that
// GEMM computes in, in place. It returns the one they had.
func floatOperands(op string, xs []*Tensor) DType {
	d := sameDType(op, xs...)
	if d == Bool {
		failOn(op, xs, "operands are bool; Cast them to a number")
	}
	c := Float32
	if d == Float64 || !d.IsFloat() { // where integers are exact up to 2⁵³
		c = Float64
	}
	for i, x := range xs {
		if x != nil {
			xs[i] = contiguousAs(x, c)
		}
	}
	return d
}

// contiguousAs returns x or a contiguous copy of dtype d.
func contiguousAs(x *Tensor, d DType) *Tensor {
	if x.dtype == d && x.IsContiguous() {
		return x
	}
	out := unset(x.shape, d)
	copyInto(out, x)
	return out
}

// sameDType returns the dtype of operands that must have one; some may be nil.
func sameDType(op string, xs ...*Tensor) DType {
	sameDevice(op, xs...)
	d := xs[0].dtype
	for _, x := range xs {
		if x != nil && x.dtype != d {
			failOn(op, xs, "operands are %v and %v; Cast one", d, x.dtype)
		}
	}
	return d
}

// elements returns a contiguous tensor's elements.
func elements[C elem](t *Tensor) []C {
	return slice[C](t.storage)[t.offset : t.offset+numel(t.shape)]
}

func narrowTo(t *Tensor, d DType) *Tensor {
	if t.dtype == d {
		return t
	}
	out := empty(t.shape, d)
	copyInto(out, t)
	return out
}

// orNone returns a contiguous tensor's elements, none for nil.
func orNone[C elem](t *Tensor) []C {
	if t == nil {
		return nil
	}
	return elements[C](t)
}
