package tensor

import (
	"math"
	"reflect"
	"strings"
	"testing"
)

// Corners where PyTorch's result is not what the next best formula gives.
func TestEdges(t *testing.T) {
	nan, inf, zero := math.NaN(), math.Inf(1), math.Copysign(0, -1)
	f := func(v ...float64) *Tensor { return Of(v).Float() }
	for _, c := range []struct {
		name string
		got  *Tensor
		want string
	}{
		{"Sign", f(nan, zero, 3).Sign(), "[0., 0., 1.]"},
		{"Angle", f(zero, -1).Angle(), "[0.0000, 3.1416]"},
		{"Sin", f(zero, zero, zero, zero, zero).Sin(), "[-0., -0., -0., -0., -0.]"},
		{"Tanh", f(zero, zero, zero, zero, zero, zero, zero, zero).Tanh(), "[-0., -0., -0., -0., -0., -0., -0., -0.]"},
		{"Lgamma", f(-inf, -1).Lgamma(), "[inf, inf]"},
		{"Log2", Of([]float64{8, 1 + 1e-9}).Log2().MulScalar(1e9), "[3.0000e+09, 1.4427e+00], dtype=float64"},
		{"Digamma", Of([]float64{3.5, -0.25}).Digamma().MulScalar(1e9), "[1.1032e+09, 2.9141e+09], dtype=float64"},
		{"Heaviside", f(nan, 0, 1).Heaviside(0.5), "[0.0000, 0.5000, 1.0000]"},
		{"FloorDiv", f(-inf, -1e-40, 1, 5.999999).FloorDiv(f(2, 20, 0, 3)), "[nan, -1., inf,  1.]"},
		{"Quantile", f(1, nan, 2).Quantile(0.5), "nan"},
		{"QuantileDim", f(0, inf, -2).QuantileDim(0.5, 0), "0."},
		{"NanQuantile", f(nan, -inf, 1).NanQuantile(0.5, 0), "-inf"},
		{"Quantile of a number", Scalar(2).QuantileDim(0.5, 0), "2."},
		{"NanMedianDim", first(Of([][]float32{{nan32, 3, 1}, {nan32, nan32, nan32}}).NanMedianDim(1)), "[1., nan]"},
		{"Norm", f(1, inf).Norm(), "inf"},
		{"Normalize", f(1, inf).Normalize(2, 0, 1e-12), "[0., nan]"},
		{"NextAfter", f(1, 0, inf).Cast(BFloat16).NextAfter(f(2, -1, 0).Cast(BFloat16)), "[ 1.0078e+00, -9.1835e-41,  3.3895e+38], dtype=bfloat16"},
		{"Tanh of complex numbers", Of([]complex128{400, -400i}).Tanh(), "[1.+0.0000j, 0.-1.6199j], dtype=complex128"},
		{"PowTensor", Of([]complex128{0}).PowTensor(Of([]complex128{2i})), "[nan+nanj], dtype=complex128"},
		{"Asinh", Of([]complex128{-1e9}).Asinh(), "[-21.4164+0.j], dtype=complex128"},
		{"Diff", Of([]bool{true, false, false}).Diff(0), "[ True, False]"},
		{"Vander", Of([]uint8{20}).Vander(3), "[[  1,  20, 400]]"},
		{"Xlog1py", f(1).Cast(BFloat16).Xlog1py(Of([]int{1})), "[0.6914], dtype=bfloat16"},
		{"Ldexp", f(3).Cast(Float16).Ldexp(Of([]int{2})), "[12.], dtype=float16"},
		{"ClampMin", f(1, 2).ClampMin(nan), "[nan, nan]"},
		{"Clamp", f(1, 2).Clamp(0, nan), "[nan, nan]"},
		{"Eye", Eye(2, 3), "[[1., 0., 0.],\n        [0., 1., 0.]]"},
		{"AddcmulInPlace", Of([]int{1, 2}).AddcmulInPlace(Of([]int{3}), Of([]int{4, 5}), 2), "[25, 32]"},
		{"AddcdivInPlace", Of([]complex128{1}).AddcdivInPlace(Of([]complex128{2}), Of([]complex128{2i}), 0.5), "[1.-0.5000j], dtype=complex128"},
		{"Unique", first(Of([]int64{1 << 60, 1<<60 + 1}).Unique()), "[1152921504606846976, 1152921504606846977]"},
		{"UniqueConsecutive", first(Of([]int64{1 << 60, 1<<60 + 1}).UniqueConsecutive()), "[1152921504606846976, 1152921504606846977]"},
		{"SearchSorted", Of([]int64{1 << 60, 1<<60 + 2}).SearchSorted(Of([]int64{1<<60 + 1}), false), "[1]"},
		{"Cat", Cat([]*Tensor{Empty(0), Of([][]int{{1, 2}})}, 0), "[[1., 2.]]"},
		{"CartesianProd", CartesianProd(f(1, 2)), "[1., 2.]"},
		{"Chunk", Cat(Zeros(0, 2).Chunk(3, 0), 1), "[], size=(0, 6)"},
		{"Index", Arange(0, 24, 1).View(2, 3, 4).Index(NewAxis, Of(1), All, []int{2}), "[[[14],\n         [18],\n         [22]]]"},
		{"complex numbers are weak beside vectors", f(1).Add(Of(2i)), "[1.+2.j]"},
		{"ScatterReduce sum", f(1, 2).ScatterReduce(0, Of([]int{1, 1}), f(3, 4), "sum"), "[1., 9.]"},
		{"ScatterReduce prod", f(1, 2).ScatterReduce(0, Of([]int{1, 1}), f(3, 4), "prod"), "[ 1., 24.]"},
		{"ScatterReduce mean", f(1, 2).ScatterReduce(0, Of([]int{1, 1}), f(3, 4), "mean"), "[1., 3.]"},
		{"ScatterReduce mean of integers", Of([]int{1, 2}).ScatterReduce(0, Of([]int{1, 1}), Of([]int{3, -9}), "mean"), "[ 1, -2]"},
		{"NonZero", Of([]complex128{0, 2i}).NonZero(), "[[1]]"},
		{"AnyTrue", Of([]complex128{0, 2i}).AnyTrue(), "True"},
	} {
		if got := c.got.String(); got != "tensor("+c.want+")" {
			t.Errorf("%s: %s, want tensor(%s)", c.name, got, c.want)
		}
	}
}

var nan32 = float32(math.NaN())

func first(x *Tensor, _ ...*Tensor) *Tensor { return x }

// What PyTorch refuses, because the result would not be what is expected.
func TestRefusals(t *testing.T) {
	mask, ints, x := Of([]bool{true, false}), Of([]int{1, 2}), Zeros(2, 3)
	for want, f := range map[string]func(){
		"Sub: bool":                     func() { mask.Sub(mask) },
		"SubInPlace: bool":              func() { Of([]bool{true}).SubInPlace(mask) },
		"SubScalar: bool":               func() { mask.SubScalar(1) },
		"RSubScalar: bool":              func() { mask.RSubScalar(1) },
		"Neg: bool":                     func() { mask.Neg() },
		"Pow: int64 to the power of -1": func() { ints.Pow(-1) },
		"SoftShrink: lambda = -1":       func() { x.SoftShrink(-1) },
		"CELU: alpha":                   func() { x.CELU(0) },
		"PadReflect: 3 and 0":           func() { x.PadReflect(3, 0) },
		"Rot90: dimension 1":            func() { x.Rot90(1, 1, -1) },
		"Index: index 5 is out of range for dimension 1 of shape (2×3)":            func() { x.Index(NewAxis, 0, 5) },
		"SetIndex: (3) and (4) do not broadcast":                                   func() { x.SetIndex(Ones(4), 0) },
		"Sum: dimension 2 is out of range for shape (2×3); it must lie in [-2, 1]": func() { x.Sum(2) },
		"Permute: [0] names 1 dimensions, shape (2×3) has 2":                       func() { x.Permute(0) },
		"Einsum: the letter j has size 2 in (2) and 3":                             func() { Einsum("ij,j", x, Ones(2)) },
		"Bernoulli: elements of (2)":                                               func() { Of([]float32{0.5, 2}).Bernoulli() },
		"SplitSizes: sizes [1 2] add up to 3":                                      func() { x.SplitSizes([]int{1, 2}, 0) },
		"BatchNorm: shape (2×3) wants":                                             func() { x.BatchNorm(Ones(3), Ones(3), Ones(2), nil, 1e-5) },
		"Embedding: index 9":                                                       func() { Of([]int{9}).Embedding(x) },
		"BitAnd: operands are int64 and float32":                                   func() { ints.BitAnd(Ones(2)) },
		"Inverse: shape (2×3)":                                                     func() { x.Inverse() },
		"Trace: shape (2)":                                                         func() { ints.Trace() },
		"Scatter: unknown reduction \"max\"":                                       func() { x.ScatterReduce(0, Of([][]int{{0}}), x, "max") },
		"Scatter: unknown reduction \"amax\"":                                      func() { Of([]complex128{1}).ScatterReduce(0, Of([]int{0}), Of([]complex128{1}), "amax") },
	} {
		if err := errorOf(f); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%v, want %s…", err, want)
		}
	}
}

// Errors name methods and functions that there are.
func TestMethodNames(t *testing.T) {
	typ := reflect.TypeFor[*Tensor]()
	for _, op := range Ops() {
		_, ok := typ.MethodByName(methodName(op.Name))
		if functions := "Cat Complex Where"; !op.Composite && !ok && !strings.Contains(functions, methodName(op.Name)) {
			t.Errorf("%s is %s, which is no method", op.Name, methodName(op.Name))
		}
	}
}
