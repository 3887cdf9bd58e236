package tensor

import (
	"math"
	"math/cmplx"
	"slices"

	"github.com/gophergrad/gophergrad/tensor/internal/cpu"
)

// Sums, products, extremes and moments.

func prodRows[C element](a []C) C {
	p := C(1)
	for _, x := range a {
		p *= x
	}
	return p
}

func maxRows[C compute](a []C) C {
	switch s := any(a).(type) {
	case []float32:
		return C(cpu.MaxF32(s))
	case []float64:
		return C(cpu.MaxF64(s))
	}
	return slices.Max(a)
}

func minRows[C compute](a []C) C {
	switch s := any(a).(type) {
	case []float32:
		return C(cpu.MinF32(s))
	case []float64:
		return C(cpu.MinF64(s))
	}
	return slices.Min(a)
}

func anyRows[C element](a []C) C {
	for _, x := range a {
		if x != 0 {
			return 1
		}
	}
	return 0
}

func allRows[C element](a []C) C {
	for _, x := range a {
		if x == 0 {
			return 0
		}
	}
	return 1
}

func logSumExpRows[C float32 | float64](a []C) C {
	if len(a) == 0 {
		return C(math.Inf(-1))
	}
	m := maxRows(a)
	if math.IsInf(float64(m), 0) {
		return m
	}
	s := 0.0
	for _, x := range a {
		s += math.Exp(float64(x - m))
	}
	return m + C(math.Log(s))
}

func complexLogSumExpRows(a []complex128) complex128 {
	if len(a) == 0 {
		return complex(math.Inf(-1), 0)
	}
	m := real(a[0])
	for _, x := range a {
		if r := real(x); r > m || r != r {
			m = r
		}
	}
	if math.IsInf(m, 0) {
		m = 0
	}
	s := complex128(0)
	for _, x := range a {
		s += cmplx.Exp(shift(x, -m))
	}
	return shift(cmplx.Log(s), m)
}

// reduction registers a fold, sampled on [lo, hi].
func reduction(name, method string, f fold, lo, hi float64, out func(DType) DType) *Op {
	empties := []Sample{}
	if f.f64([]float64{0.5}) != 0.5 || name == "sum" || name == "prod" || name == "logsumexp" {
		empties = append(empties, Sample{Torch: "x." + name + "(0)", In: []Input{in(lo, hi, 0, 2)}, Attrs: ReduceAttrs{[]int{0}, false}})
	}
	whole := "x." + name + "()"
	if name == "logsumexp" {
		whole = "x.logsumexp((0, 1, 2))"
	}
	return folding(Op{Name: name, Samples: append(empties,
		Sample{Torch: whole, In: []Input{in(lo, hi, 2, 3, 2)}, Attrs: ReduceAttrs{}},
		Sample{Torch: "x." + name + "(1)", In: []Input{in(lo, hi, 2, 3)}, Attrs: ReduceAttrs{[]int{1}, false}},
		Sample{Torch: "x." + name + "(0, keepdim=True)", In: []Input{in(lo, hi, 2, 3)}, Attrs: ReduceAttrs{[]int{0}, true}},
		Sample{Torch: "x." + name + "(0)", In: []Input{in(lo, hi)}, Attrs: ReduceAttrs{}},
	)}, method, f, out)
}

// folding registers an operation that is a fold.
func folding(op Op, method string, f fold, out func(DType) DType) *Op {
	f.out = out
	op.Complex, op.fold = f.c128 != nil, &f
	op.f1 = func(x *Tensor, a any) *Tensor { return f.of(method, x, a.(ReduceAttrs)) }
	return register(op)
}

func sumType(d DType) DType {
	if d.IsFloat() || d.IsComplex() {
		return d
	}
	return Int64
}

func same(d DType) DType { return d }

// truth is the dtype of any and all: PyTorch keeps UInt8.
func truth(d DType) DType {
	if d == UInt8 {
		return d
	}
	return Bool
}

var (
	opSum       = reduction("sum", "Sum", sumFold, -2, 2, sumType)
	opProd      = reduction("prod", "Prod", fold{f32: prodRows[float32], f64: prodRows[float64], i64: prodRows[int64], c128: prodRows[complex128]}, 0.5, 2, sumType)
	opAmax      = reduction("amax", "AMax", fold{f32: maxRows[float32], f64: maxRows[float64], i64: maxRows[int64], extreme: true}, -2, 2, same)
	opAmin      = reduction("amin", "AMin", fold{f32: minRows[float32], f64: minRows[float64], i64: minRows[int64], extreme: true}, -2, 2, same)
	opAny       = reduction("any", "Any", fold{f32: anyRows[float32], f64: anyRows[float64], i64: anyRows[int64], c128: anyRows[complex128]}, -2, 2, truth)
	opAll       = reduction("all", "All", fold{f32: allRows[float32], f64: allRows[float64], i64: allRows[int64], c128: allRows[complex128]}, -2, 2, truth)
	opLogSumExp = reduction("logsumexp", "LogSumExp", fold{f32: logSumExpRows[float32], f64: logSumExpRows[float64], c128: complexLogSumExpRows}, -2, 2, floatType)
)

var opMean = folding(Op{Name: "mean", Samples: []Sample{
	one("x.mean()", ReduceAttrs{}, 2, 3, 2), one("x.mean(1)", ReduceAttrs{[]int{1}, false}, 2, 3),
	one("x.mean((0, 2), keepdim=True)", ReduceAttrs{[]int{0, 2}, true}, 2, 3, 2), one("x.mean()", ReduceAttrs{}),
}}, "Mean", meanFold, same)

var sumFold = fold{f32: func(a []float32) float32 { return float32(cpu.SumF32(a)) }, f64: cpu.SumF64, i64: sumOf[int64], c128: sumOf[complex128], add32: cpu.AddF32, add64: cpu.AddF64}

var meanFold = func() fold { f := sumFold; f.mean = true; return f }()

// everything is what most reductions fold, allocated once.
var everything any = ReduceAttrs{}

func (t *Tensor) reduceBy(op *Op, name string, dims []int, keep bool) *Tensor {
	var buf [inlineDims]int
	a := ReduceAttrs{reduceDims(name, t, dims, buf[:0]), keep}
	return op.callLazily([]*Tensor{t}, func() *Tensor { return op.fold.of(name, t, a) }, func() any {
		if len(dims) == 0 && !keep {
			return everything
		}
		return ReduceAttrs{slices.Clone(a.Dims), keep}
	})
}

// Sum adds the elements along the given dimensions, all if none are given.
// Integers and bools give Int64.
func (t *Tensor) Sum(dims ...int) *Tensor { return t.reduceBy(opSum, "Sum", dims, false) }

// SumKeepDim is Sum with the dimensions kept as size 1.
func (t *Tensor) SumKeepDim(dims ...int) *Tensor { return t.reduceBy(opSum, "Sum", dims, true) }

// Mean averages along the given dimensions, all if none are given.
func (t *Tensor) Mean(dims ...int) *Tensor { return t.reduceBy(opMean, "Mean", dims, false) }

// MeanKeepDim is Mean with the dimensions kept as size 1.
func (t *Tensor) MeanKeepDim(dims ...int) *Tensor { return t.reduceBy(opMean, "Mean", dims, true) }

// Prod multiplies the elements along the given dimensions, all if none are given.
func (t *Tensor) Prod(dims ...int) *Tensor { return t.reduceBy(opProd, "Prod", dims, false) }

// ProdKeepDim is Prod with the dimensions kept as size 1.
func (t *Tensor) ProdKeepDim(dims ...int) *Tensor { return t.reduceBy(opProd, "Prod", dims, true) }

// AMax returns the largest elements along the given dimensions; the gradient is
// shared evenly by equal ones.
func (t *Tensor) AMax(dims ...int) *Tensor { return t.reduceBy(opAmax, "AMax", dims, false) }

// AMaxKeepDim is AMax with the dimensions kept as size 1.
func (t *Tensor) AMaxKeepDim(dims ...int) *Tensor { return t.reduceBy(opAmax, "AMax", dims, true) }

// AMin returns the smallest elements along the given dimensions.
func (t *Tensor) AMin(dims ...int) *Tensor { return t.reduceBy(opAmin, "AMin", dims, false) }

// AMinKeepDim is AMin with the dimensions kept as size 1.
func (t *Tensor) AMinKeepDim(dims ...int) *Tensor { return t.reduceBy(opAmin, "AMin", dims, true) }

// Max returns the largest element of all.
func (t *Tensor) Max() *Tensor { return t.AMax().named("MaxBackward1") }

// Min returns the smallest element of all.
func (t *Tensor) Min() *Tensor { return t.AMin().named("MinBackward1") }

// AnyTrue returns whether an element along the given dimensions is not 0.
func (t *Tensor) AnyTrue(dims ...int) *Tensor { return t.reduceBy(opAny, "AnyTrue", dims, false) }

// AllTrue returns whether all elements along the given dimensions are not 0.
func (t *Tensor) AllTrue(dims ...int) *Tensor { return t.reduceBy(opAll, "AllTrue", dims, false) }

// AnyTrueKeepDim is AnyTrue with the dimensions kept as size 1.
func (t *Tensor) AnyTrueKeepDim(dims ...int) *Tensor {
	return t.reduceBy(opAny, "AnyTrueKeepDim", dims, true)
}

// AllTrueKeepDim is AllTrue with the dimensions kept as size 1.
func (t *Tensor) AllTrueKeepDim(dims ...int) *Tensor {
	return t.reduceBy(opAll, "AllTrueKeepDim", dims, true)
}

// LogSumExp returns log Σ eᵗ along the given dimensions, without overflow.
func (t *Tensor) LogSumExp(dims ...int) *Tensor {
	return t.reduceBy(opLogSumExp, "LogSumExp", dims, false)
}

// LogSumExpKeepDim is LogSumExp with the dimensions kept as size 1.
func (t *Tensor) LogSumExpKeepDim(dims ...int) *Tensor {
	return t.reduceBy(opLogSumExp, "LogSumExp", dims, true)
}

// SumTo adds t up to the shape that broadcast to t's: the adjoint of Expand.
func (t *Tensor) SumTo(shape ...int) *Tensor {
	if sameShape(t.shape, shape) {
		return t
	}
	lead := len(t.shape) - len(shape)
	var dims []int
	for i := range t.shape {
		if i < lead || t.shape[i] != 1 && shape[i-lead] == 1 {
			dims = append(dims, i)
		}
	}
	if lead < 0 || !sameShape(broadcast("SumTo", t.shape, shape), t.shape) {
		failOn("SumTo", []*Tensor{t}, "%s does not broadcast to %s", shapeText(shape), shapeText(t.shape))
	}
	out := t
	if len(dims) > 0 {
		out = t.SumKeepDim(dims...)
	}
	return out.Reshape(shape...)
}
