package tensor

import (
	"math"

	"github.com/gophergrad/gophergrad/tensor/internal/cpu"
)

// Softmax and its relatives work on rows: the dimension is moved last, and
// every row is a contiguous slice.

// rowwise computes f on every row of x along dim. x and the result have x's
// shape; more holds further tensors of that shape whose rows f gets too.
func rowwise(x *Tensor, dim int, f32 func(d, a, b []float32), f64 func(d, a, b []float64), more ...*Tensor) *Tensor {
	d := floatType(x.dtype)
	c := Float32
	if d == Float64 {
		c = Float64
	}
	if len(x.shape) == 0 {
		more = append([]*Tensor{}, more...)
		for i, m := range more {
			more[i] = viewOf(m, []int{1}, []int{1}, m.offset)
		}
		out := rowwise(viewOf(x, []int{1}, []int{1}, x.offset), 0, f32, f64, more...)
		return viewOf(out, nil, nil, 0)
	}
	a := ReduceAttrs{Dims: []int{dim}}
	in := rowsOf(x, a, c)
	second := in
	if len(more) > 0 {
		second = rowsOf(more[0], a, c)
		defer second.recycleUnless(more[0])
	}
	defer in.recycleUnless(x)
	rows := unset(in.shape, c)
	n := x.shape[dim]
	if c == Float64 {
		eachRow(slice[float64](rows.storage), slice[float64](in.storage)[in.offset:], slice[float64](second.storage)[second.offset:], n, f64)
	} else {
		eachRow(slice[float32](rows.storage), slice[float32](in.storage)[in.offset:], slice[float32](second.storage)[second.offset:], n, f32)
	}
	if dim == len(x.shape)-1 && c == d {
		return rows
	}
	out := unset(x.shape, d)
	last := len(x.shape) - 1
	back := viewOf(rows, insert(remove(rows.shape, last), dim, n), insert(remove(rows.strides, last), dim, 1), 0)
	copyInto(out, back)
	Recycle(rows)
	return out
}

func eachRow[C compute](d, a, b []C, n int, f func(d, a, b []C)) {
	if n == 0 || len(d) == 0 {
		return
	}
	rows, least := len(d)/n, grain/8/n+1
	if rows <= least { // without a function on the heap
		rowRange(d, a, b, n, f, 0, rows)
		checkInterrupt()
		return
	}
	parallel(rows, least, func(lo, hi int) { rowRange(d, a, b, n, f, lo, hi) })
}

func rowRange[C compute](d, a, b []C, n int, f func(d, a, b []C), lo, hi int) {
	for i := lo * n; i < hi*n && !interrupted.Load(); i += n {
		f(d[i:i+n], a[i:i+n], b[i:i+n])
	}
}

// expRow sets d = exp(a - m) and returns the sum.
func expRow[C float32 | float64](d, a []C, m C) float64 {
	switch e := any(d).(type) {
	case []float32:
		cpu.ShiftF32(e, any(a).([]float32), -float32(m))
		cpu.ExpF32(e, e)
		return cpu.SumF32(e)
	case []float64:
		cpu.ShiftF64(e, any(a).([]float64), -float64(m))
		for i, x := range e {
			e[i] = math.Exp(x)
		}
		return cpu.SumF64(e)
	}
	return 0
}

func softmaxRow[C float32 | float64](d, a, _ []C) {
	inv := C(1 / expRow(d, a, maxRows(a)))
	rowsOfType[C]().scale(d, d, inv)
}

func logSoftmaxRow[C float32 | float64](d, a, _ []C) {
	m := maxRows(a)
	sum, k := expRow(d, a, m), rowsOfType[C]()
	k.shift(d, a, -m) // first, so that large elements keep what tells them apart
	k.shift(d, d, -C(math.Log(sum)))
}

// softmaxBackwardRow computes y·(g - Σ g·y).
func softmaxBackwardRow[C float32 | float64](d, g, y []C) {
	k := rowsOfType[C]()
	k.shift(d, g, -k.dot(g, y))
	k.mul(d, d, y)
}

// logSoftmaxBackwardRow computes g - exp(y)·Σ g.
func logSoftmaxBackwardRow[C float32 | float64](d, g, y []C) {
	k := rowsOfType[C]()
	expRow(d, y, 0)
	k.scale(d, d, C(-k.sum(g)))
	k.add(d, d, g)
}

func softmaxOp(name, torch string, f32 func(d, a, b []float32), f64 func(d, a, b []float64)) *Op {
	return register(Op{Name: name, FloatOnly: true, Samples: []Sample{
		one(torch+"(x, 1)", DimAttrs{1}, 2, 3), one(torch+"(x, 0)", DimAttrs{0}, 3, 2), one(torch+"(x, 0)", DimAttrs{0}),
		one(torch+"(x, 1)", DimAttrs{1}, 2, 3, 2), one(torch+"(x, 1)", DimAttrs{1}, 2, 0),
	}, f1: func(x *Tensor, a any) *Tensor { return rowwise(x, a.(DimAttrs).Dim, f32, f64) }})
}

func softmaxBackwardOp(name, torch string, f32 func(d, g, y []float32), f64 func(d, g, y []float64)) *Op {
	return register(Op{Name: name, FloatOnly: true, Samples: []Sample{
		{Torch: torch, In: []Input{in(-2, 2, 2, 3), in(0.1, 0.5, 2, 3)}, Attrs: DimAttrs{1}},
	}, f2: func(g, y *Tensor, a any) *Tensor {
		if !sameShape(g.shape, y.shape) {
			failOn(methodName(name), []*Tensor{g, y}, "the gradient has shape %s, the softmax %s; they must be equal", shapeText(g.shape), shapeText(y.shape))
		}
		return rowwise(g, a.(DimAttrs).Dim, f32, f64, y)
	}})
}

var (
	opSoftmax            = softmaxOp("softmax", "torch.softmax", softmaxRow[float32], softmaxRow[float64])
	opLogSoftmax         = softmaxOp("log_softmax", "torch.log_softmax", logSoftmaxRow[float32], logSoftmaxRow[float64])
	opSoftmaxBackward    = softmaxBackwardOp("softmax_backward", "y * (x - (x * y).sum(1, True))", softmaxBackwardRow[float32], softmaxBackwardRow[float64])
	opLogSoftmaxBackward = softmaxBackwardOp("log_softmax_backward", "x - y.exp() * x.sum(1, True)", logSoftmaxBackwardRow[float32], logSoftmaxBackwardRow[float64])
)

// Softmax returns eᵗ / Σ eᵗ along a dimension.
func (t *Tensor) Softmax(dim int) *Tensor {
	return opSoftmax.call1(t, DimAttrs{wrapDim("Softmax", dim, t.shape)})
}

// LogSoftmax returns log(Softmax(dim)), exact where that underflows.
func (t *Tensor) LogSoftmax(dim int) *Tensor {
	return opLogSoftmax.call1(t, DimAttrs{wrapDim("LogSoftmax", dim, t.shape)})
}

// Softmin returns Softmax of -t.
func (t *Tensor) Softmin(dim int) *Tensor { return t.Neg().Softmax(dim) }

// SoftmaxBackward returns y·(t - Σ t·y) along dim: the derivative of a softmax y
// times the gradient t.
func (t *Tensor) SoftmaxBackward(y *Tensor, dim int) *Tensor {
	return opSoftmaxBackward.call2(t, y, DimAttrs{wrapDim("SoftmaxBackward", dim, t.shape)})
}

// LogSoftmaxBackward returns t - eʸ·Σ t along dim: the derivative of a
// log-softmax y times the gradient t.
func (t *Tensor) LogSoftmaxBackward(y *Tensor, dim int) *Tensor {
	return opLogSoftmaxBackward.call2(t, y, DimAttrs{wrapDim("LogSoftmaxBackward", dim, t.shape)})
}
