package tensor

import (
	"math"
	"slices"
)

// Operations that pick elements of rows: extremes, sorting, order statistics.
// Each returns values and their positions; nan counts as the largest number.

// PickAttrs are the parameters of sort, topk and kthvalue.
type PickAttrs struct {
	Dim        int
	K          int  // how many, or which
	Descending bool // largest first
	KeepDim    bool
}

// less orders with nan last.
func less[C compute](a, b C) bool { return a < b || b != b && a == a }

// picker fills pos with positions in row.
type picker struct {
	f32 func(pos []int64, row []float32, a PickAttrs)
	f64 func(pos []int64, row []float64, a PickAttrs)
	i64 func(pos []int64, row []int64, a PickAttrs)
}

// pick returns the k picked values of every row along a.Dim, if they are wanted, and
// their positions; the dimension goes if keep is not set and k is 1.
func (p *picker) pick(x *Tensor, a PickAttrs, k int, keep, wantValues bool) (values, indices *Tensor) {
	if len(x.shape) == 0 {
		return x.cloneData(), empty(nil, Int64)
	}
	c := x.dtype
	switch {
	case c == Float64:
	case c.IsFloat():
		c = Float32
	default:
		c = Int64
	}
	rows := rowsOf(x, ReduceAttrs{Dims: []int{a.Dim}}, c)
	defer rows.recycleUnless(x)
	last := len(x.shape) - 1
	var buf [inlineDims]int
	shape := append(append(buf[:0], x.shape[:a.Dim]...), x.shape[a.Dim+1:]...)
	if keep {
		shape = append(shape, k)
	}
	pos := empty(shape, Int64)
	var val *Tensor
	if wantValues {
		val = empty(shape, c)
	}
	n := x.shape[a.Dim]
	switch c {
	case Float64:
		pickRows(val, pos, elements[float64](rows), n, k, a, p.f64)
	case Float32:
		pickRows(val, pos, elements[float32](rows), n, k, a, p.f32)
	default:
		pickRows(val, pos, elements[int64](rows), n, k, a, p.i64)
	}
	back := func(t *Tensor, d DType) *Tensor {
		if !keep || a.Dim == last {
			return narrowTo(t, d)
		}
		out := empty(insert(remove(t.shape, last), a.Dim, k), d)
		copyInto(out, viewOf(t, out.shape, insert(remove(t.strides, last), a.Dim, 1), 0))
		return out
	}
	if wantValues {
		values = back(val, x.dtype)
	}
	return values, back(pos, Int64)
}

func pickRows[C compute](values, indices *Tensor, in []C, n, k int, a PickAttrs, f func([]int64, []C, PickAttrs)) {
	pos := elements[int64](indices)
	if len(pos) == 0 {
		return
	}
	var val []C
	if values != nil {
		val = elements[C](values)
	}
	rows, least := len(pos)/k, grain/8/max(n, 1)+1
	if rows <= least { // without a function on the heap
		pickRange(val, pos, in, n, k, a, f, 0, rows)
		checkInterrupt()
		return
	}
	parallel(rows, least, func(lo, hi int) { pickRange(val, pos, in, n, k, a, f, lo, hi) })
}

func pickRange[C compute](val []C, pos []int64, in []C, n, k int, a PickAttrs, f func([]int64, []C, PickAttrs), lo, hi int) {
	for i := lo; i < hi && !interrupted.Load(); i++ {
		row, at := in[i*n:i*n+n], pos[i*k:i*k+k]
		f(at, row, a)
		for j := range val[min(i*k, len(val)):min(i*k+k, len(val))] {
			val[i*k+j] = row[at[j]]
		}
	}
}

func pickMax[C compute](pos []int64, row []C, _ PickAttrs) { pos[0] = find(row, maxRows(row)) }
func pickMin[C compute](pos []int64, row []C, _ PickAttrs) { pos[0] = find(row, minRows(row)) }

// find returns the first position of v, which is in the row; nan is.
func find[C compute](row []C, v C) int64 {
	if v != v {
		return int64(slices.IndexFunc(row, func(x C) bool { return x != x }))
	}
	return int64(slices.Index(row, v))
}

// pickSorted fills pos with the first len(pos) positions of the stably sorted row.
func pickSorted[C compute](pos []int64, row []C, a PickAttrs) {
	order := pos
	if len(pos) < len(row) {
		order = make([]int64, len(row))
	}
	sortPositions(order, row, a.Descending)
	copy(pos, order)
}

// pickTop finds the positions of the first elements in order, of equal ones those that PyTorch finds.
func pickTop[C compute](pos []int64, row []C, a PickAttrs) {
	withEntries(row, a.Descending, func(list []entry) {
		topEntries(list, len(pos))
		for i := range pos {
			pos[i] = list[i].pos
		}
	})
}

// pickKth finds the position of the k-th smallest element, the first is 1, by Hoare's selection with the median of three
// as pivot, so that of equal elements it finds the one that PyTorch finds.
func pickKth[C compute](pos []int64, row []C, a PickAttrs) {
	order := make([]int64, len(row))
	for i := range order {
		order[i] = int64(i)
	}
	above := func(i, j int) bool { return less(row[order[j]], row[order[i]]) }
	swap := func(i, j int) { order[i], order[j] = order[j], order[i] }
	sort := func(i, j int) {
		if above(i, j) {
			swap(i, j)
		}
	}
	k, lo, hi := a.K-1, 0, len(row)-1
	for hi > lo+1 {
		swap(lo+(hi-lo)/2, lo+1)
		sort(lo+1, hi)
		sort(lo, hi)
		sort(lo+1, lo)
		i, j := lo+1, hi
		for {
			for i++; above(lo, i); i++ {
			}
			for j--; above(j, lo); j-- {
			}
			if j < i {
				break
			}
			swap(i, j)
		}
		swap(lo, j)
		if j <= k {
			lo = i
		}
		if j >= k {
			hi = j - 1
		}
	}
	if hi == lo+1 {
		sort(lo, hi)
	}
	pos[0] = order[k]
}

// pickRank finds the position of the k-th element of the stably sorted row.
func pickRank[C compute](pos []int64, row []C, a PickAttrs) {
	order := make([]int64, len(row))
	pickSorted(order, row, a)
	pos[0] = order[a.K-1]
}

// pickMedian finds the lower median; a nan wins.
func pickMedian[C compute](pos []int64, row []C, a PickAttrs) {
	for i, x := range row {
		if x != x {
			pos[0] = int64(i)
			return
		}
	}
	a.K = (len(row) + 1) / 2
	pickRank(pos, row, a)
}

// pickNanMedian finds the lower median of what is not nan, which is sorted to the end.
func pickNanMedian[C compute](pos []int64, row []C, a PickAttrs) {
	n := 0
	for _, x := range row {
		if x == x {
			n++
		}
	}
	a.K = max(n+1, 2) / 2
	pickRank(pos, row, a)
}

// pickMode finds a position of the most frequent value, the smallest of them: the last one that PyTorch's sorting makes of them.
func pickMode[C compute](pos []int64, row []C, _ PickAttrs) {
	withEntries(row, false, func(list []entry) {
		sortEntries(list)
		best, count := 0, 0
		for i, e := range list {
			if i > 0 && e.key == list[i-1].key {
				count++
			} else {
				count = 1
			}
			if count > best {
				best, pos[0] = count, e.pos
			}
		}
	})
}

// picking registers an op that picks k elements of each row, one and no
// dimension if k is 0.
func picking(name string, p picker, k func(x *Tensor, a PickAttrs) int, samples ...Sample) *Op {
	return register(Op{Name: name, Samples: samples, pick: func(x *Tensor, a PickAttrs, wantValues bool) (values, indices *Tensor) {
		n := 0
		if k != nil {
			n = k(x, a)
		}
		if n == 0 && k == nil {
			if len(x.shape) > 0 && x.shape[a.Dim] == 0 {
				failOn(methodName(name), []*Tensor{x}, "dimension %d of shape %s is empty, there is nothing to pick", a.Dim, shapeText(x.shape))
			}
			return p.pick(x, a, 1, a.KeepDim, wantValues)
		}
		return p.pick(x, a, n, true, wantValues)
	}})
}

func pickSample(torch string, a PickAttrs) Sample {
	return Sample{Torch: torch, In: []Input{in(-2, 2, 3, 4)}, Attrs: a}
}

var (
	opMaxDim = picking("max_dim", picker{pickMax[float32], pickMax[float64], pickMax[int64]}, nil,
		pickSample("x.max(1)", PickAttrs{Dim: 1}), pickSample("x.max(0, keepdim=True)", PickAttrs{Dim: 0, KeepDim: true}))
	opMinDim = picking("min_dim", picker{pickMin[float32], pickMin[float64], pickMin[int64]}, nil,
		pickSample("x.min(1)", PickAttrs{Dim: 1}), pickSample("x.min(0, keepdim=True)", PickAttrs{Dim: 0, KeepDim: true}))
	opKthValue = picking("kthvalue", picker{pickKth[float32], pickKth[float64], pickKth[int64]}, nil,
		pickSample("x.kthvalue(2, 1)", PickAttrs{Dim: 1, K: 2}),
		Sample{Torch: "x.kthvalue(9, 1)", In: []Input{ints(0, 3, 3, 17)}, Attrs: PickAttrs{Dim: 1, K: 9}})
	opMedianDim = picking("median_dim", picker{pickMedian[float32], pickMedian[float64], pickMedian[int64]}, nil,
		pickSample("x.median(1)", PickAttrs{Dim: 1}), pickSample("x.median(0)", PickAttrs{Dim: 0}))
	opNanMedianDim = picking("nanmedian_dim", picker{pickNanMedian[float32], pickNanMedian[float64], pickNanMedian[int64]}, nil,
		pickSample("x.nanmedian(1)", PickAttrs{Dim: 1}), pickSample("x.nanmedian(0)", PickAttrs{Dim: 0}))
	opMode = picking("mode", picker{pickMode[float32], pickMode[float64], pickMode[int64]}, nil,
		Sample{Torch: "x.mode(1)", In: []Input{ints(0, 2, 3, 7)}, Attrs: PickAttrs{Dim: 1}}, pickSample("x.mode(1)", PickAttrs{Dim: 1}),
		Sample{Torch: "x.mode(1)", In: []Input{ints(0, 2, 3, 50)}, Attrs: PickAttrs{Dim: 1}})
	opSort = picking("sort", picker{pickSorted[float32], pickSorted[float64], pickSorted[int64]},
		func(x *Tensor, a PickAttrs) int { return x.sizeOr1(a.Dim) },
		pickSample("x.sort(1)", PickAttrs{Dim: 1}), pickSample("x.sort(0, True)", PickAttrs{Dim: 0, Descending: true}))
	opTopK = picking("topk", picker{pickTop[float32], pickTop[float64], pickTop[int64]},
		func(x *Tensor, a PickAttrs) int { return a.K },
		pickSample("x.topk(2, 1)", PickAttrs{Dim: 1, K: 2, Descending: true}), pickSample("x.topk(2, 0, largest=False)", PickAttrs{Dim: 0, K: 2}),
		Sample{Torch: "x.topk(25, 1)", In: []Input{ints(0, 3, 2, 60)}, Attrs: PickAttrs{Dim: 1, K: 25, Descending: true}},
		Sample{Torch: "x.topk(3, 1, largest=False)", In: []Input{ints(0, 30, 2, 200)}, Attrs: PickAttrs{Dim: 1, K: 3}})
)

func (t *Tensor) sizeOr1(dim int) int {
	if len(t.shape) == 0 {
		return 1
	}
	return t.shape[dim]
}

func (t *Tensor) pickOne(op *Op, name string, a PickAttrs) (values, indices *Tensor) {
	a.Dim = wrapDim(name, a.Dim, t.shape)
	return op.callPick(t, a, true)
}

// positionsOf returns where pickOne finds its values, without a history.
func (t *Tensor) positionsOf(op *Op, name string, a PickAttrs) *Tensor {
	a.Dim = wrapDim(name, a.Dim, t.shape)
	_, indices := op.callPick(t, a, false)
	return indices
}

// MaxDim returns the largest elements along a dimension and where they are.
func (t *Tensor) MaxDim(dim int) (values, indices *Tensor) {
	return t.pickOne(opMaxDim, "MaxDim", PickAttrs{Dim: dim})
}

// MaxKeepDim is MaxDim with the dimension kept as size 1.
func (t *Tensor) MaxKeepDim(dim int) (values, indices *Tensor) {
	return t.pickOne(opMaxDim, "MaxKeepDim", PickAttrs{Dim: dim, KeepDim: true})
}

// MinDim returns the smallest elements along a dimension and where they are.
func (t *Tensor) MinDim(dim int) (values, indices *Tensor) {
	return t.pickOne(opMinDim, "MinDim", PickAttrs{Dim: dim})
}

// MinKeepDim is MinDim with the dimension kept as size 1.
func (t *Tensor) MinKeepDim(dim int) (values, indices *Tensor) {
	return t.pickOne(opMinDim, "MinKeepDim", PickAttrs{Dim: dim, KeepDim: true})
}

// ArgMax returns where the largest element along a dimension is; without a
// dimension, its position among all elements.
func (t *Tensor) ArgMax(dim ...int) *Tensor { return t.arg(opMaxDim, "ArgMax", dim) }

// ArgMin returns where the smallest element along a dimension is; without a
// dimension, its position among all elements.
func (t *Tensor) ArgMin(dim ...int) *Tensor { return t.arg(opMinDim, "ArgMin", dim) }

// ArgMaxKeepDim is ArgMax with the dimension kept as size 1.
func (t *Tensor) ArgMaxKeepDim(dim int) *Tensor {
	return t.positionsOf(opMaxDim, "ArgMaxKeepDim", PickAttrs{Dim: dim, KeepDim: true})
}

// ArgMinKeepDim is ArgMin with the dimension kept as size 1.
func (t *Tensor) ArgMinKeepDim(dim int) *Tensor {
	return t.positionsOf(opMinDim, "ArgMinKeepDim", PickAttrs{Dim: dim, KeepDim: true})
}

func (t *Tensor) arg(op *Op, name string, dim []int) *Tensor {
	switch len(dim) {
	case 0:
		return t.Detach().Flatten().positionsOf(op, name, PickAttrs{})
	case 1:
		return t.positionsOf(op, name, PickAttrs{Dim: dim[0]})
	}
	fail(name, "dimensions %v; give one or none", slices.Clone(dim))
	return nil
}

// Sort returns the elements along a dimension in ascending or descending order
// and where they were; equal ones keep their order.
func (t *Tensor) Sort(dim int, descending bool) (values, indices *Tensor) {
	return t.pickOne(opSort, "Sort", PickAttrs{Dim: dim, Descending: descending})
}

// ArgSort returns the positions that Sort would put in order.
func (t *Tensor) ArgSort(dim int, descending bool) *Tensor {
	return t.positionsOf(opSort, "ArgSort", PickAttrs{Dim: dim, Descending: descending})
}

// TopK returns the k largest elements along a dimension, largest first, and
// where they are: of equal ones those that PyTorch finds, in its order.
func (t *Tensor) TopK(k, dim int) (values, indices *Tensor) { return t.topK("TopK", k, dim, true) }

// BottomK returns the k smallest elements along a dimension, smallest first, and
// where they are.
func (t *Tensor) BottomK(k, dim int) (values, indices *Tensor) {
	return t.topK("BottomK", k, dim, false)
}

func (t *Tensor) topK(name string, k, dim int, largest bool) (values, indices *Tensor) {
	if n := t.sizeOr1(wrapDim(name, dim, t.shape)); k < 0 || k > n {
		failOn(name, []*Tensor{t}, "k = %d is not within dimension %d of size %d", k, dim, n)
	}
	return t.pickOne(opTopK, name, PickAttrs{Dim: dim, K: k, Descending: largest})
}

// KthValue returns the k-th smallest elements along a dimension, counted from
// 1, and where they are.
func (t *Tensor) KthValue(k, dim int) (values, indices *Tensor) {
	if n := t.sizeOr1(wrapDim("KthValue", dim, t.shape)); k < 1 || k > n {
		failOn("KthValue", []*Tensor{t}, "k = %d is not in [1, %d], the size of dimension %d", k, n, dim)
	}
	return t.pickOne(opKthValue, "KthValue", PickAttrs{Dim: dim, K: k})
}

// MedianDim returns the lower medians along a dimension and where they are.
func (t *Tensor) MedianDim(dim int) (values, indices *Tensor) {
	return t.pickOne(opMedianDim, "MedianDim", PickAttrs{Dim: dim})
}

var opMedian = register(Op{Name: "median", Samples: []Sample{one("x.median()", ReduceAttrs{}, 2, 4)}, f1: func(x *Tensor, _ any) *Tensor {
	if x.NumEl() == 0 {
		if !x.dtype.IsFloat() {
			failOn("Median", []*Tensor{x}, "shape %s has no elements, and %v no nan to say so", shapeText(x.shape), x.dtype)
		}
		return like(x).Full(math.NaN())
	}
	v, _ := x.cloneGeometry().Flatten().MedianDim(0)
	return v
}})

// Median returns the lower median of all elements; the gradient is shared evenly
// by equal ones.
func (t *Tensor) Median() *Tensor { return opMedian.call1(t, everything) }

// NanMedianDim returns the lower medians of the elements that are not nan along a dimension, and where they are; nan
// where there are no others.
func (t *Tensor) NanMedianDim(dim int) (values, indices *Tensor) {
	return t.pickOne(opNanMedianDim, "NanMedianDim", PickAttrs{Dim: dim})
}

// Mode returns the most frequent elements along a dimension and where they are.
func (t *Tensor) Mode(dim int) (values, indices *Tensor) {
	return t.pickOne(opMode, "Mode", PickAttrs{Dim: dim})
}
