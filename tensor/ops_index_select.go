package tensor

// Selecting along a dimension by a vector of positions.

var opIndexSelect = register(Op{Name: "index_select", Complex: true, Samples: []Sample{
	{Torch: "x.index_select(1, y)", In: []Input{in(-2, 2, 2, 4), ints(0, 3, 3)}, Attrs: DimAttrs{1}},
	{Torch: "x.index_select(0, y)", In: []Input{in(-2, 2, 3, 2), ints(0, 2, 5)}, Attrs: DimAttrs{0}},
}, f2: func(x, idx *Tensor, a any) *Tensor {
	dim := a.(DimAttrs).Dim
	at := positions("IndexSelect", idx, x.shape[dim])
	var buf [inlineDims]int
	shape := append(buf[:0], x.shape...)
	shape[dim] = len(at)
	out := unset(shape, x.dtype)
	x = contiguous(x)
	outer, n, inner := numel(shape[:dim]), x.shape[dim], numel(shape[dim+1:])
	switch size := x.dtype.Size(); {
	case inner != 1:
		selectRows(slice[uint8](out.storage), slice[uint8](x.storage)[x.offset*size:], at, outer, n, inner*size)
	case size == 16:
		selectElements(slice[complex128](out.storage), slice[complex128](x.storage)[x.offset:], at, outer, n)
	case size == 8:
		selectElements(storageAs[uint64](out.storage), storageAs[uint64](x.storage)[x.offset:], at, outer, n)
	case size == 4:
		selectElements(storageAs[uint32](out.storage), storageAs[uint32](x.storage)[x.offset:], at, outer, n)
	case size == 2:
		selectElements(storageAs[uint16](out.storage), storageAs[uint16](x.storage)[x.offset:], at, outer, n)
	default:
		selectElements(storageAs[uint8](out.storage), storageAs[uint8](x.storage)[x.offset:], at, outer, n)
	}
	return out
}})

// selectRows copies, in each of outer groups of n rows, those at the given
// positions, of size bytes each.
func selectRows(dst, src []uint8, at []int64, outer, n, size int) {
	rows, least := outer*len(at), 4*grain/max(size, 1)+1
	if rows <= least { // without a function on the heap
		selectRange(dst, src, at, n, size, 0, rows)
		checkInterrupt()
		return
	}
	parallel(rows, least, func(lo, hi int) { selectRange(dst, src, at, n, size, lo, hi) })
}

func selectRange(dst, src []uint8, at []int64, n, size, lo, hi int) {
	for i := lo; i < hi && !interrupted.Load(); i++ {
		copy(dst[i*size:][:size], src[(i/len(at)*n+int(at[i%len(at)]))*size:])
	}
}

// selectElements is selectRows for rows of one element.
func selectElements[W any](dst, src []W, at []int64, outer, n int) {
	least := grain/2/max(len(at), 1) + 1
	if outer <= least { // without a function on the heap
		elementRange(dst, src, at, n, 0, outer)
		checkInterrupt()
		return
	}
	parallel(outer, least, func(lo, hi int) { elementRange(dst, src, at, n, lo, hi) })
}

func elementRange[W any](dst, src []W, at []int64, n, lo, hi int) {
	for o := lo; o < hi && !interrupted.Load(); o++ {
		row, from := dst[o*len(at):][:len(at)], src[o*n:][:n]
		for i, p := range at {
			row[i] = from[p]
		}
	}
}

// IndexSelect returns the given indices of a dimension; index is a vector.
func (t *Tensor) IndexSelect(dim int, index *Tensor) *Tensor {
	if len(index.shape) > 1 {
		failOn("IndexSelect", []*Tensor{t, index}, "the index has shape %s; it must be a vector", shapeText(index.shape))
	}
	if len(t.shape) == 0 {
		return t.vector().IndexSelect(dim, index).Reshape()
	}
	dim = t.dim("IndexSelect", dim)
	return opIndexSelect.call2(t, index, DimAttrs{dim})
}

// needVector panics if an index has more than one dimension.
func needVector(op string, index *Tensor) {
	if len(index.shape) > 1 {
		failOn(op, []*Tensor{index}, "the index has shape %s; it must be a vector or a number", shapeText(index.shape))
	}
}
