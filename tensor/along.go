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
// positions in the indexed tensor are base + j·step + index·dimStep.
type alongRow struct {
	at                         []int64
	first, base, step, dimStep int
}

// along calls f for every row of idx, which points into dimension dim of t, on
// several cores if f may run out of order.
func along(op string, t *Tensor, dim int, idx *Tensor, anyOrder bool, f func(r alongRow)) {
	at, last := indices(op, idx), len(idx.shape)-1
	strides := append([]int{}, t.strides...)
	dimStep := strides[dim]
	strides[dim] = 0
	n := idx.shape[last]
	rows := numel(idx.shape[:last])
	run := func(lo, hi int) {
		w := newWalk(t.offset, idx.shape[:last], strides[:last], lo)
		for i := lo; i < hi && !interrupted.Load(); i++ {
			base, _, _ := w.run(1)
			f(alongRow{at[i*n : i*n+n], i * n, base, strides[last], dimStep})
		}
	}
	if anyOrder {
		parallel(rows, grain/4/max(n, 1)+1, run)
	} else {
		run(0, rows)
		checkInterrupt()
	}
}

// gatherAlong sets dst's elements to those of t that idx points to.
func gatherAlong[W any](out, t *Tensor, dim int, idx *Tensor) {
	d, s, n := storageAs[W](out.storage), storageAs[W](t.storage), t.shape[dim]
	along("Gather", t, dim, idx, true, func(r alongRow) {
		row := d[r.first:][:len(r.at)]
		for j, p := range r.at {
			row[j] = s[r.base+j*r.step+wrapIndex("Gather", p, n)*r.dimStep]
		}
	})
}

// scatterAlong sets the elements of out that idx points to, to src's.
func scatterAlong[W any](out, src *Tensor, dim int, idx *Tensor) {
	d, s, n := storageAs[W](out.storage), storageAs[W](src.storage), out.shape[dim]
	along("Scatter", out, dim, idx, apart(out, dim), func(r alongRow) {
		for j, v := range s[src.offset+r.first:][:len(r.at)] {
			d[r.base+j*r.step+wrapIndex("Scatter", r.at[j], n)*r.dimStep] = v
		}
	})
}

// addAlong adds src's elements to those of out that idx points to.
func addAlong[C compute](out, src *Tensor, dim int, idx *Tensor) {
	d, s, n := slice[C](out.storage), slice[C](src.storage), out.shape[dim]
	along("Scatter", out, dim, idx, apart(out, dim), func(r alongRow) {
		for j, v := range s[src.offset+r.first:][:len(r.at)] {
			d[r.base+j*r.step+wrapIndex("Scatter", r.at[j], n)*r.dimStep] += v
		}
	})
}

// apart reports whether different rows of indices never lead to one element.
func apart(out *Tensor, dim int) bool { return dim == len(out.shape)-1 }
