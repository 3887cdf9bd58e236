package tensor

// Copies of a tensor in which a part is replaced, the counterparts of Select, Slice and Diagonal.

func init() {
	viaTwo("select_scatter", "x.select_scatter(y, 1, 2)", func(x, y *Tensor) *Tensor { return x.SelectScatter(y, 1, 2) }, in(-2, 2, 2, 3), in(-2, 2, 2))
	viaTwo("slice_scatter", "x.slice_scatter(y, 1, 1, 5, 2)", func(x, y *Tensor) *Tensor { return x.SliceScatter(y, 1, 1, 5, 2) }, in(-2, 2, 2, 5), in(-2, 2, 2, 2))
	viaTwo("diagonal_scatter", "x.diagonal_scatter(y, 1)", func(x, y *Tensor) *Tensor { return x.DiagonalScatter(y, 1) }, in(-2, 2, 3, 3), in(-2, 2, 2))
}

// with returns a copy of t in which the part that view selects is src.
func (t *Tensor) with(op string, src *Tensor, view func(x *Tensor) *Tensor) *Tensor {
	out := t.Clone()
	part := view(out)
	if !sameShape(part.shape, src.shape) {
		failOn(op, []*Tensor{t, src}, "the source has shape %s, the part it replaces %s", shapeText(src.shape), shapeText(part.shape))
	}
	part.CopyInPlace(src)
	return out
}

// SelectScatter returns a copy of t with src at an index of a dimension.
func (t *Tensor) SelectScatter(src *Tensor, dim, index int) *Tensor {
	return t.with("SelectScatter", src, func(x *Tensor) *Tensor { return x.Select(dim, index) }).named("SelectScatterBackward0")
}

// SliceScatter returns a copy of t with src at the positions start, start+step, … before end of a dimension.
func (t *Tensor) SliceScatter(src *Tensor, dim, start, end, step int) *Tensor {
	return t.with("SliceScatter", src, func(x *Tensor) *Tensor { return x.Slice(dim, start, end, step) }).named("SliceScatterBackward0")
}

// DiagonalScatter returns a copy of a matrix with src on a diagonal, offset columns right of the main one.
func (t *Tensor) DiagonalScatter(src *Tensor, offset int) *Tensor {
	return t.with("DiagonalScatter", src, func(x *Tensor) *Tensor { return x.Diagonal(offset) }).named("DiagonalScatterBackward0")
}
