package tensor

import "iter"

// Item returns the value of a tensor with one element; integers beyond 2⁵³ are rounded, which those of Int64s are not.
func (t *Tensor) Item() float64 {
	t.checkReadable("Item")
	if t.NumEl() != 1 {
		failOn("Item", []*Tensor{t}, "a tensor of shape %s has %d elements, not one; reduce it or Index it first", shapeText(t.shape), t.NumEl())
	}
	return read[float64](t)[0]
}

// read copies t's elements in row-major order.
func read[C compute](t *Tensor) []C {
	if t.dtype.IsComplex() {
		failOn("Float64s", []*Tensor{t}, "elements are %v, not one number each; take Real(), Imag() or Complex128s()", t.dtype)
	}
	checkMemory(t.shape, Float64) // an expanded one may have more elements than its storage
	out := make([]C, t.NumEl())
	shape, strides := collapse(t.shape, t.strides)
	gather(out, t, shape, strides, 0)
	return out
}

// Float64s returns a copy of the elements in row-major order.
func (t *Tensor) Float64s() []float64 { t.checkReadable("Float64s"); return read[float64](t) }

// Float32s returns a copy of the elements in row-major order.
func (t *Tensor) Float32s() []float32 { t.checkReadable("Float32s"); return read[float32](t) }

// Int64s returns a copy of the elements in row-major order, fractions cut off.
func (t *Tensor) Int64s() []int64 { t.checkReadable("Int64s"); return read[int64](t) }

// Complex128s returns a copy of the elements in row-major order.
func (t *Tensor) Complex128s() []complex128 {
	t.checkReadable("Complex128s")
	checkMemory(t.shape, Complex128)
	out := make([]complex128, t.NumEl())
	shape, strides := collapse(t.shape, t.strides)
	gatherComplex(out, t, shape, strides, 0)
	return out
}

// Bools returns, in row-major order, which elements are not zero.
func (t *Tensor) Bools() []bool {
	if t.dtype.IsComplex() {
		t = t.Detach().NeScalar(0)
	}
	v := t.Float64s()
	out := make([]bool, len(v))
	for i := range v {
		out[i] = v[i] != 0
	}
	return out
}

// At returns the element at an index of every dimension.
func (t *Tensor) At(index ...int) float64 {
	pos := t.position("At", index)
	return viewOf(t, nil, nil, pos).Item()
}

// position returns where the element at index lies in the storage.
func (t *Tensor) position(op string, index []int) int {
	if len(index) != len(t.shape) {
		fail(op, "%d indices for %d dimensions", len(index), len(t.shape))
	}
	pos := t.offset
	for d, i := range index {
		pos += t.index(op, d, i) * t.strides[d]
	}
	return pos
}

// index maps an index counted from the end to one counted from the start.
func (t *Tensor) index(op string, dim, i int) int {
	n := t.shape[dim]
	if i < -n || i >= n {
		failOn(op, []*Tensor{t}, "index %d is out of range for dimension %d of shape %s; it must lie in [%d, %d]", i, dim, shapeText(t.shape), -n, n-1)
	}
	if i < 0 {
		i += n
	}
	return i
}

// SetAt sets the element at an index of every dimension.
func (t *Tensor) SetAt(v float64, index ...int) {
	t.checkInPlace("SetAt")
	t.dtype.checkFits("SetAt", v)
	viewOf(t, nil, nil, t.position("SetAt", index)).fill(v)
	t.bump()
}

// All iterates over the elements in row-major order: position and value.
func (t *Tensor) All() iter.Seq2[int, float64] {
	return func(yield func(int, float64) bool) {
		for i, v := range t.Float64s() {
			if !yield(i, v) {
				return
			}
		}
	}
}
