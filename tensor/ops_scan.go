package tensor

import "math"

// Scans: every element combines those before it along a dimension.

// scan computes d from a, both one row.
type scan struct {
	f32  func(d, a []float32)
	f64  func(d, a []float64)
	i64  func(d, a []int64)
	c128 func(d, a []complex128)
}

func (s *scan) apply(x *Tensor, dim int, d DType) *Tensor {
	if len(x.shape) == 0 {
		out := s.apply(viewOf(x, []int{1}, []int{1}, x.offset), 0, d)
		return viewOf(out, nil, nil, 0)
	}
	c := d
	switch {
	case d == Float64:
	case d.IsFloat():
		c = Float32
	case d.IsComplex():
		c = Complex128
	default:
		c = Int64
	}
	rows := rowsOf(x, ReduceAttrs{Dims: []int{dim}}, c)
	defer rows.recycleUnless(x)
	done, n := unset(rows.shape, c), x.shape[dim]
	if done.NumEl() > 0 {
		switch c {
		case Float64:
			scanRows(elements[float64](done), elements[float64](rows), n, s.f64)
		case Float32:
			scanRows(elements[float32](done), elements[float32](rows), n, s.f32)
		case Complex128:
			scanRows(elements[complex128](done), elements[complex128](rows), n, s.c128)
		default:
			scanRows(elements[int64](done), elements[int64](rows), n, s.i64)
		}
	}
	last := len(x.shape) - 1
	if dim == last && c == d {
		return done
	}
	out := unset(x.shape, d)
	copyInto(out, viewOf(done, x.shape, insert(remove(done.strides, last), dim, 1), 0))
	Recycle(done)
	return out
}

func scanRows[C element](d, a []C, n int, f func(d, a []C)) {
	rows, least := len(d)/n, grain/n+1
	if rows <= least { // without a function on the heap
		scanRange(d, a, n, f, 0, rows)
		checkInterrupt()
		return
	}
	parallel(rows, least, func(lo, hi int) { scanRange(d, a, n, f, lo, hi) })
}

func scanRange[C element](d, a []C, n int, f func(d, a []C), lo, hi int) {
	for i := lo * n; i < hi*n && !interrupted.Load(); i += n {
		f(d[i:i+n], a[i:i+n])
	}
}

func cumsumRow[C element](d, a []C) {
	var s C
	for i, x := range a {
		s += x
		d[i] = s
	}
}

func cumprodRow[C element](d, a []C) {
	p := C(1)
	for i, x := range a {
		p *= x
		d[i] = p
	}
}

func logCumSumExpRow[C float32 | float64](d, a []C) {
	s := math.Inf(-1)
	for i, x := range a {
		s = logAddExp(s, float64(x))
		d[i] = C(s)
	}
}

func complexLogCumSumExpRow(d, a []complex128) {
	s := complex(math.Inf(-1), 0)
	for i, x := range a {
		s = complexLogAddExp(s, x)
		d[i] = s
	}
}

func scanOp(name string, s scan, lo, hi float64, out func(DType) DType) *Op {
	return register(Op{Name: name, Complex: s.c128 != nil, FloatOnly: name == "logcumsumexp", Samples: []Sample{
		{Torch: "x." + name + "(1)", In: []Input{in(lo, hi, 2, 3)}, Attrs: DimAttrs{1}},
		{Torch: "x." + name + "(0)", In: []Input{in(lo, hi, 3, 2)}, Attrs: DimAttrs{0}},
		{Torch: "x." + name + "(0)", In: []Input{in(lo, hi)}, Attrs: DimAttrs{0}},
	}, f1: func(x *Tensor, a any) *Tensor { return s.apply(x, a.(DimAttrs).Dim, out(x.dtype)) }})
}

var (
	opCumSum       = scanOp("cumsum", scan{cumsumRow[float32], cumsumRow[float64], cumsumRow[int64], cumsumRow[complex128]}, -2, 2, sumType)
	opCumProd      = scanOp("cumprod", scan{cumprodRow[float32], cumprodRow[float64], cumprodRow[int64], cumprodRow[complex128]}, 0.5, 2, sumType)
	opLogCumSumExp = scanOp("logcumsumexp", scan{logCumSumExpRow[float32], logCumSumExpRow[float64], nil, complexLogCumSumExpRow}, -2, 2, floatType)
)

// pickCumMax finds, for every element, the last position of the largest so far.
func pickCumMax[C compute](pos []int64, row []C, _ PickAttrs) {
	at := 0
	for i, x := range row {
		if !less(x, row[at]) {
			at = i
		}
		pos[i] = int64(at)
	}
}

func pickCumMin[C compute](pos []int64, row []C, _ PickAttrs) {
	at := 0
	for i, x := range row {
		if x <= row[at] || x != x {
			at = i
		}
		pos[i] = int64(at)
	}
}

func wholeRow(x *Tensor, a PickAttrs) int { return x.sizeOr1(a.Dim) }

var (
	opCumMax = picking("cummax", picker{pickCumMax[float32], pickCumMax[float64], pickCumMax[int64]}, wholeRow,
		pickSample("x.cummax(1)", PickAttrs{Dim: 1}), pickSample("x.cummax(0)", PickAttrs{Dim: 0}))
	opCumMin = picking("cummin", picker{pickCumMin[float32], pickCumMin[float64], pickCumMin[int64]}, wholeRow,
		pickSample("x.cummin(1)", PickAttrs{Dim: 1}))
)

// CumSum returns the running sums along a dimension.
func (t *Tensor) CumSum(dim int) *Tensor {
	return opCumSum.call1(t, DimAttrs{wrapDim("CumSum", dim, t.shape)})
}

// CumProd returns the running products along a dimension.
func (t *Tensor) CumProd(dim int) *Tensor {
	return opCumProd.call1(t, DimAttrs{wrapDim("CumProd", dim, t.shape)})
}

// LogCumSumExp returns the logarithms of the running sums of eᵗ.
func (t *Tensor) LogCumSumExp(dim int) *Tensor {
	return opLogCumSumExp.call1(t, DimAttrs{wrapDim("LogCumSumExp", dim, t.shape)})
}

// CumMax returns the running maxima along a dimension and where they are.
func (t *Tensor) CumMax(dim int) (values, indices *Tensor) {
	return t.pickOne(opCumMax, "CumMax", PickAttrs{Dim: dim})
}

// CumMin returns the running minima along a dimension and where they are.
func (t *Tensor) CumMin(dim int) (values, indices *Tensor) {
	return t.pickOne(opCumMin, "CumMin", PickAttrs{Dim: dim})
}

// Diff returns the differences of neighbours along a dimension, for bools whether they differ.
func (t *Tensor) Diff(dim int) *Tensor {
	n := t.Size(dim)
	before, after := t.Narrow(dim, 0, max(n-1, 0)), t.Narrow(dim, min(1, n), max(n-1, 0))
	if t.dtype == Bool {
		return after.LogicalXor(before)
	}
	return after.Sub(before)
}
