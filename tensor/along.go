package tensor

import "unsafe"

// Walking an index tensor row by row, as gather and scatter do.

// storageAs returns a whole storage as elements of W's size.
func storageAs[W any](s *Storage) []W {
	var zero W
	return unsafe.Slice((*W)(unsafe.Pointer(unsafe.SliceData(slice[uint8](s)))), s.bytes/int(unsafe.Sizeof(zero)))
}

// indices reads a tensor of indices, as it lies if it can.
func indices(op string, idx *Tensor) []int64 {
	if idx.dtype != Int64 && idx.dtype != Int32 {
		failOn(op, []*Tensor{idx}, "indices of dtype %v; they must be int64 or int32", idx.dtype)
	}
	if v, ok := directSlice[int64](idx); ok {
		return v
	}
	return read[int64](idx)
}

// wrapIndex maps an index counted from either end to one counted from the start.
func wrapIndex(op string, i int64, n int) int {
	if uint64(i) < uint64(n) {
		return int(i)
	}
	return wrapNegative(op, i, n)
}

func wrapNegative(op string, i int64, n int) int {
	if i >= 0 || i < -int64(n) {
		fail(op, "index %d is out of range for size %d; it must lie in [%d, %d]", i, n, -n, n-1)
	}
	return int(i) + n
}

// alongRow is one row of an index tensor: elements [first, first+len(at)), whose
// positions in the indexed tensor are base + j·step + index·dimStep, index in [-n, n).
type alongRow struct {
	at                            []int64
	first, base, step, dimStep, n int
}

// alongRows are the rows of idx, which points into dimension dim of t.
type alongRows struct {
	at   []int64
	lead []int // the sizes of idx but the last
	t    *Tensor
	dim  int
	n    int // elements of a row
}

func (r *alongRows) row(i int) alongRow {
	last := len(r.lead)
	row := alongRow{at: r.at[i*r.n:][:r.n], first: i * r.n, base: r.t.offset, step: r.t.strides[last], dimStep: r.t.strides[r.dim], n: r.t.shape[r.dim]}
	if r.dim == last {
		row.step = 0
	}
	for d := last - 1; d >= 0; d-- {
		if d != r.dim {
			row.base += i % r.lead[d] * r.t.strides[d]
		}
		i /= r.lead[d]
	}
	return row
}

// along calls f for every row of idx, which points into dimension dim of t, with the
// elements of dst and src, one of which is t; on several cores where rows do not
// write to the same elements.
func along[W any](op string, t *Tensor, dim int, idx, dst, src *Tensor, f func(dst, src []W, r alongRow)) {
	last := len(idx.shape) - 1
	r := alongRows{indices(op, idx), idx.shape[:last], t, dim, idx.shape[last]}
	d, s := storageAs[W](dst.storage), storageAs[W](src.storage)
	if t == dst {
		s = s[src.offset:]
	}
	rows, least := numel(r.lead), grain/4/max(r.n, 1)+1
	if rows <= least || t == dst && dim != last { // without a function on the heap
		alongRange(&r, d, s, f, 0, rows)
		checkInterrupt()
		return
	}
	shared := r
	parallel(rows, least, func(lo, hi int) { alongRange(&shared, d, s, f, lo, hi) })
}

func alongRange[W any](r *alongRows, dst, src []W, f func(dst, src []W, r alongRow), lo, hi int) {
	for i := lo; i < hi && !interrupted.Load(); i++ {
		f(dst, src, r.row(i))
	}
}

// gatherRow sets a row of dst to the elements of src that r points to.
func gatherRow[W any](dst, src []W, r alongRow) {
	row := dst[r.first:][:len(r.at)]
	for j, p := range r.at {
		row[j] = src[r.base+j*r.step+wrapIndex("Gather", p, r.n)*r.dimStep]
	}
}

// scatterRow sets the elements of dst that r points to, to a row of src.
func scatterRow[W any](dst, src []W, r alongRow) {
	for j, v := range src[r.first:][:len(r.at)] {
		dst[r.base+j*r.step+wrapIndex("Scatter", r.at[j], r.n)*r.dimStep] = v
	}
}

// addRow adds a row of src to the elements of dst that r points to.
func addRow[C compute](dst, src []C, r alongRow) {
	for j, v := range src[r.first:][:len(r.at)] {
		dst[r.base+j*r.step+wrapIndex("Scatter", r.at[j], r.n)*r.dimStep] += v
	}
}
