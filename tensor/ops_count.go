package tensor

import (
	"math"
	"sort"
)

// Counting: distinct values, histograms, searching sorted values.

// Unique returns the distinct elements, sorted, for every element of t the
// position of its value among them, and how often each occurs.
func (t *Tensor) Unique() (values, inverse, counts *Tensor) {
	values, inverse, counts = t.Flatten().UniqueDim(0)
	return values, inverse.View(t.shape...), counts
}

// UniqueDim returns the distinct slices of a dimension, in the order of their
// first elements, then their second ones and so on, for every slice of t the
// position of its value among them, and how often each occurs.
func (t *Tensor) UniqueDim(dim int) (values, inverse, counts *Tensor) {
	dim = t.dim("UniqueDim", dim)
	slices := t.Detach().MoveDim(dim, 0)
	n := slices.shape[0]
	size := numel(slices.shape[1:])
	rows, order := slices.Reshape(n, size), As(Int64).Arange(0, float64(n), 1)
	for j := size - 1; j >= 0; j-- { // the sort is stable: what counts most comes last
		at := rows.Select(1, j).IndexSelect(0, order).ArgSort(0, false)
		order = order.IndexSelect(0, at)
	}
	sorted := slices.IndexSelect(0, order)
	first, run, length := runs(sorted)
	where := make([]int64, n)
	for i, p := range order.Int64s() {
		where[p] = run[i]
	}
	return sorted.IndexSelect(0, indexVector(first)).MoveDim(0, dim), indexVector(where), indexVector(length)
}

// runs returns where the runs of equal slices of the first dimension begin, which of them each slice belongs to, and how
// long they are.
func runs(v *Tensor) (first, run, length []int64) {
	n := v.shape[0]
	if n == 0 {
		return nil, nil, nil
	}
	first, run, length = []int64{0}, []int64{0}, []int64{1}
	differ := v.Narrow(0, 1, n-1).Ne(v.Narrow(0, 0, n-1)).Reshape(n-1, numel(v.shape[1:])).AnyTrue(1)
	for i, differs := range differ.Bools() {
		if differs {
			first, length = append(first, int64(i+1)), append(length, 0)
		}
		length[len(length)-1]++
		run = append(run, int64(len(length)-1))
	}
	return first, run, length
}

// BinCount returns how often each of 0, 1, … occurs in an integer vector, or the
// sums of the weights that belong to them; there are at least minLength counts.
func (t *Tensor) BinCount(weights *Tensor, minLength int) *Tensor {
	if !t.dtype.IsInt() || len(t.shape) != 1 {
		failOn("BinCount", []*Tensor{t}, "%v of shape %s; counts are of an integer vector", t.dtype, shapeText(t.shape))
	}
	n := minLength
	for _, v := range t.Int64s() {
		if v < 0 {
			fail("BinCount", "the value %d is negative", v)
		}
		n = max(n, int(v)+1)
	}
	switch {
	case weights == nil:
		weights = OnesLike(t).Long()
	case weights.dtype != Float32:
		weights = weights.Double()
	}
	return like(weights).Zeros(n).IndexAdd(0, t.Long(), weights)
}

// Histc counts the elements in equal bins from lo to hi, both included; if the
// two are equal, from the smallest element to the largest.
func (t *Tensor) Histc(bins int, lo, hi float64) *Tensor {
	if bins < 1 || lo > hi {
		fail("Histc", "%d bins from %v to %v; there must be a bin and an ascending range", bins, lo, hi)
	}
	x := t.Detach()
	if lo == hi && x.NumEl() > 0 {
		lo, hi = x.Min().Item(), x.Max().Item()
	}
	if lo == hi {
		lo, hi = lo-1, hi+1
	}
	if width := hi - lo; !(width > 0) || math.IsInf(width, 0) {
		failOn("Histc", []*Tensor{t}, "%d bins cannot divide the range from %v to %v", bins, lo, hi)
	}
	checkMemory([]int{bins}, Float64)
	counts := make([]float64, bins)
	for _, v := range x.Float64s() {
		if v >= lo && v <= hi {
			counts[min(int((v-lo)/(hi-lo)*float64(bins)), bins-1)]++
		}
	}
	return FromSlice(counts).Cast(t.dtype)
}

// SearchSorted returns, for every element of values, where it would be inserted
// in the ascending vector t: before equal elements, after them if right is set.
// Where t has more dimensions, of the sizes of values but for the last, each of
// its rows is searched for the row of values.
func (t *Tensor) SearchSorted(values *Tensor, right bool) *Tensor {
	n := len(t.shape) - 1
	if n < 0 || n > 0 && (len(values.shape) != n+1 || !sameShape(values.shape[:n], t.shape[:n])) {
		failOn("SearchSorted", []*Tensor{t, values}, "%s in sorted values of %s; these must be a vector, or have the same shape but for the last size", shapeText(values.shape), shapeText(t.shape))
	}
	if ResultType(t, values).IsInt() {
		return indexVector(searchRows(t.Int64s(), values.Int64s(), numel(t.shape[:n]), right)).View(values.shape...)
	}
	return indexVector(searchRows(t.Float64s(), values.Float64s(), numel(t.shape[:n]), right)).View(values.shape...)
}

func searchRows[C compute](sorted, xs []C, rows int, right bool) (out []int64) {
	n, m := len(sorted)/max(rows, 1), len(xs)/max(rows, 1)
	for r := range rows {
		out = append(out, searchSorted(sorted[r*n:][:n], xs[r*m:][:m], right)...)
	}
	return out
}

func searchSorted[C compute](sorted, xs []C, right bool) []int64 {
	out := make([]int64, len(xs))
	for i, x := range xs {
		out[i] = int64(sort.Search(len(sorted), func(j int) bool { return !less(sorted[j], x) && (!right || less(x, sorted[j])) }))
	}
	return out
}
