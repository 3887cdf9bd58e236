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
		{"Diag is a copy", func() *Tensor { x := Ones(1, 1); x.Diag(0).ZeroInPlace(); return x }(), "[[1.]]"},
		{"Sign", f(nan, zero, 3).Sign(), "[0., 0., 1.]"},
		{"Exp", Of([]float64{709.7}).Exp().MulScalar(1e-308), "[1.6550], dtype=float64"},
		{"Exp of complex numbers", Of([]complex128{709.7}).Exp().MulScalar(1e-308), "[1.6550+0.j], dtype=complex128"},
		{"Cosh", Of([]float64{710, -710}).Cosh().MulScalar(1e-308), "[1.1170, 1.1170], dtype=float64"},
		{"Sinh", Of([]float64{710, -710}).Sinh().MulScalar(1e-308), "[ 1.1170, -1.1170], dtype=float64"},
		{"I0", Of([]float64{709.7, 1e300, inf}).I0().MulScalar(1e-306), "[2.4788,    inf,    nan], dtype=float64"},
		{"I1", Of([]float64{1e300, -1e300}).I1(), "[inf, -inf], dtype=float64"},
		{"Igamma", f(0, inf).Igamma(f(2)), "[1., 0.]"},
		{"Igammac", f(0, inf).Igammac(f(2)), "[0., 1.]"},
		{"Std of large numbers", f(1e30, 3e30).Std().DivScalar(1e30), "1.4142"},
		{"LogSoftmax of large numbers", f(1e7, 1e7-2).LogSoftmax(0), "[-0.1269, -2.1269]"},
		{"LogCumSumExp of complex numbers", Complex(f(-inf, 0), f(0, 1)).LogCumSumExp(0), "[-inf+0.j, 0.+1.j]"},
		{"MatMul of large integers", Of([][]int{{1<<53 + 1, 3}}).MatMul(Of([]int{1, 1 << 62})), "[-4602678819172646911]"},
		{"Linear of small integers", Of([][]int8{{100}}).Linear(Of([][]int8{{2}}), Of([]int8{1})), "[[-55]], dtype=int8"},
		{"Conv2d of integers", As(UInt8).Full(200, 1, 1, 1, 1).Conv2d(As(UInt8).Full(2, 1, 1, 1, 1), nil, 1, 0), "[[[[144]]]], dtype=uint8"},
		{"Cov of integers", Of([]int{1, 2, 4}).Cov(), "2.3333"},
		{"Minimum of a number that becomes another", Of([]uint8{1, 253}).Minimum(Of(-4)), "[  1, 252], dtype=uint8"},
		{"Linear without features", Zeros(2, 1, 0).Linear(Zeros(3, 0), Ones(3)), "[[[1., 1., 1.]],\n\n        [[1., 1., 1.]]]"},
		{"Median of nothing", Empty(0).Median(), "nan"},
		{"Flip of a transposed matrix", Arange(0, 1369, 1).View(37, 37).Cast(Complex128).T().Flip(0).Index(0, Span(0, 2)).Real(), "[36., 73.], dtype=float64"},
		{"MatrixPower that overflows", Of([][]float64{{1e100, -1e100}, {1, 1}}).MatrixPower(4), "[[         inf,         -inf],\n        [ 1.0000e+300, -1.0000e+300]], dtype=float64"},
		{"Angle of inf", f(inf, nan).Angle(), "[0., nan]"},
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
		{"Clamp to an empty range", f(1, 5).Clamp(3, 2), "[2., 2.]"},
		{"LCM", As(UInt8).Full(255, 2).LCM(As(UInt8).Zeros(2)), "[0, 0], dtype=uint8"},
		{"Arange", Arange(-3, 5, 0.3).Narrow(0, 8, 4).MulScalar(1e8), "[-6.0000e+07, -3.0000e+07, -2.3842e+00,  3.0000e+07]"},
		{"Linspace", Linspace(-2.401807063827998, 0.7725522210252977, 33).Narrow(0, 24, 1).Double().MulScalar(1e6), "[-21037.6382], dtype=float64"},
		{"Linspace of integers", As(Int32).Linspace(0.9, 5.5, 6), "[0, 1, 2, 3, 4, 5], dtype=int32"},
		{"CosineSimilarity", f(1, 0).CosineSimilarity(Of([]float64{1, 1}), 0, 1e-8).MulScalar(1e9), "7.0711e+08, dtype=float64"},
		{"IsClose", Of([]bool{true, false}).IsClose(Of([]bool{true, true}), 0, 0), "[ True, False]"},
		{"IsClose of small integers", Of([]int8{127}).IsClose(Of([]int8{-128}), 0.1, 0.1), "[False]"},
		{"ClampMinInPlace", f(1).ClampMinInPlace(nan).ClampMaxInPlace(nan), "[nan]"},
		{"Mean", As(Float16).Full(1000, 100).Mean(), "1000., dtype=float16"},
		{"AdaptiveAvgPool", f(1, nan, 3, 5).View(1, 1, 4).AdaptiveAvgPool(2), "[[[nan, 4.]]]"},
		{"MaxPool of what dilation leaves", first(f(1, 2).View(1, 1, 2, 1).MaxPool(PoolAttrs{Kernel: [2]int{2, 2}, Stride: [2]int{1, 1}, Padding: [2]int{0, 1}, Dilation: [2]int{1, 2}})), "[[[[-inf]]]]"},
		{"AvgPool", f(1, 2).View(1, 1, 2, 1).AvgPool(PoolAttrs{Kernel: [2]int{2, 2}, Stride: [2]int{1, 2}, Dilation: [2]int{1, 1}, Ceil: true}), "[[[[1.5000]]]]"},
		{"Det", Zeros(2, 0, 0).Det(), "[1., 1.]"},
		{"MatrixExp", As(Complex64).Full(0, 1, 1).SetIndex(1i, 0, 0).MatrixExp(), "[[0.5403+0.8415j]]"},
		{"LstSq", As(Complex64).Full(2, 1, 1).LstSq(As(Complex64).Full(0, 1, 1).SetIndex(4i, 0, 0)).Real().AddScalar(0).Abs(), "[[0.]]"},
		{"Complex", Complex(f(1, 2), Scalar(3)), "[1.+3.j, 2.+3.j]"},
		{"AddMM", Full(nan, 1, 1).AddMM(f(2).View(1, 1), f(3).View(1, 1), 0, 1), "[[6.]]"},
		{"AddBMM", As(UInt8).Ones(1, 1).AddBMM(As(UInt8).Ones(2, 1, 1), As(UInt8).Ones(2, 1, 1), 1, 1), "[[3]], dtype=uint8"},
		{"Log", Of([]float64{1e-310}).Log(), "[-713.8014], dtype=float64"},
		{"Lgamma of a subnormal number", Of([]float64{1e-310}).Lgamma(), "[713.8014], dtype=float64"},
		{"Std", f(710, 0).Cast(Float16).Std(), "502., dtype=float16"},
		{"Cov", f(1, 3).View(1, 2).Cov(), "2."},
		{"CorrCoef", f(1, 3).View(1, 2).CorrCoef(), "1."},
		{"MaskedFill", Of([]bool{false, false}).MaskedFill(Of([]bool{true, false}), 0.5), "[ True, False]"},
		{"Full", As(UInt8).Full(-1, 2), "[255, 255], dtype=uint8"},
		{"PadCircular", f(1, 2, 3, 4).View(1, 4).PadCircular(-1, 2), "[[2., 3., 4., 2., 3.]]"},
		{"FillDiagonal", Zeros(2, 2, 2).FillDiagonalInPlace(1), "[[[1., 0.],\n         [0., 0.]],\n\n        [[0., 0.],\n         [0., 1.]]]"},
		{"Gather of a number", Scalar(5).Gather(0, Of([]int{0, 0})), "[5., 5.]"},
		{"Scatter into a number", Scalar(5).Scatter(0, Of(0), Scalar(7)), "7."},
		{"IndexSelect of a number", Scalar(5).IndexSelect(0, Of([]int{0})), "5."},
		{"IndexAdd to a number", Scalar(5).IndexAdd(0, Of([]int{0}), f(1)), "6."},
		{"IndexFill of a number", Scalar(5).IndexFill(0, Of([]int{0}), 1), "1."},
		{"IndexCopy to a number", Scalar(5).IndexCopy(0, Of([]int{0}), f(2)), "2."},
		{"TakeAlongDim", f(1, 2, 3).View(1, 3).TakeAlongDim(Of([][]int{{0}, {2}}), 1), "[[1.],\n        [3.]]"},
		{"MaskedScatter", f(1).MaskedScatter(Of([]bool{true, false}), f(5)), "[5., 1.]"},
		{"SetIndex", Zeros(2).SetIndex(f(1, 2).View(1, 1, 2), []int{1, 0}), "[2., 1.]"},
		{"SetIndex of a complex number", As(Complex64).Zeros(2).SetIndex(2i, 1), "[0.+0.j, 0.+2.j]"},
		{"Div of a small integer by a large number", Of(1 << 40).Div(As(UInt8).Full(2, 1)).MulScalar(1e-10), "[54.9756]"},
		{"Add of an integer that float16 rounds", Of([]int16{2049}).Add(f(2).Cast(Float16)), "[2050.], dtype=float16"},
		{"Remainder of an integer that float16 rounds", Of([]int16{32767}).Remainder(f(2).Cast(Float16)), "[0.], dtype=float16"},
		{"Fmod by a number that bfloat16 rounds", f(7.5).Cast(BFloat16).Fmod(Of(1.9961)), "[1.5000], dtype=bfloat16"},
		{"Mul by a number that bfloat16 would round", f(1).Cast(BFloat16).MulScalar(1 + 0x1p-8*1.001), "[1.0078], dtype=bfloat16"},
		{"EqScalar of a number that bfloat16 rounds", f(1).Cast(BFloat16).EqScalar(1 + 0x1p-9), "[True]"},
		{"AddScalarInPlace of a number that bfloat16 rounds", f(1).Cast(BFloat16).AddScalarInPlace(0x1p-8 * 1.001), "[1.], dtype=bfloat16"},
		{"AddScaledInPlace of a narrower tensor", Of([]float64{0}).AddScaledInPlace(f(1).Cast(BFloat16), 1.0/3).MulScalar(1e9), "[3.3333e+08], dtype=float64"},
		{"AddScalar of no integer", Of([]int{1}).AddScalar(1e30), "[1.0000e+30]"},
		{"GtScalar of no integer", Of([]int{math.MaxInt}).GtScalar(1e30), "[False]"},
		{"Cast to int32", f(nan, inf, -1e30, -1.5).Cast(Int32), "[-2147483648, -2147483648, -2147483648,          -1], dtype=int32"},
		{"Cast to uint8", f(nan, inf, 300, -1).Cast(UInt8), "[  0,   0,  44, 255], dtype=uint8"},
		{"Ldexp beyond the power's range", f(0, 1e-40, 3).Ldexp(Of([]int{3000, 140, -2})), "[  0.0000, 139.3789,   0.7500]"},
		{"ELU of 0", f(0, 1).ELU(nan), "[0., 1.]"},
		{"Sinc of an integer", f(1).Sinc().MulScalar(1e8), "[-2.7828]"},
		{"HardTanh of integers", Of([]int8{-5, 0, 5}).HardTanh(-1.7, 2.9), "[-1,  0,  2], dtype=int8"},
		{"Clamp to bounds beyond the dtype", Of([]int8{-5, 5}).Clamp(-1000, 3), "[-5,  3], dtype=int8"},
		{"NanToNum of integers", Of([]int{1}).NanToNum(inf, 0, 0), "[1]"},
		{"AddCMul of integers", Of([]int{1, 2}).AddCMul(Of([]int{3, 4}), Of([]int{5, 6}), 2.7), "[31, 50]"},
		{"Linspace of complex numbers", As(Complex64).Linspace(0, 1, 3), "[0.0000+0.j, 0.5000+0.j, 1.0000+0.j]"},
		{"Polygamma of order 0", f(1).Polygamma(0), "[-0.5772]"},
		{"Pow of integers to a number that is none", Of([]int{2}).Pow(-inf), "[0.]"},
		{"AddMM of bools", Of([][]bool{{false}}).AddMM(Of([][]bool{{true}}), Of([][]bool{{true}}), 1, 0.5), "[[True]]"},
		{"Trapezoid of integers", Of([]int{1, 2}).Trapezoid(2, 0), "3."},
		{"ZeroInPlace of an expanded tensor", Ones(1).Expand(2).ZeroInPlace(), "[0., 0.]"},
		{"Conv without a batch", Ones(1, 3, 3).Conv2d(Ones(1, 1, 3, 3), nil, 1, 0), "[[[9.]]]"},
		{"ConvTranspose without a batch", Ones(1, 2).ConvTranspose(Ones(1, 1, 1), nil, ConvAttrs{[]int{1}, []int{0}, []int{1}, 1, nil}, nil), "[[1., 1.]]"},
		{"IFFTN of a number", Scalar(3).IFFTN(), "3.+0.j"},
		{"LstSq of a vector", Of([][]float32{{2}, {2}}).LstSq(f(2, 4)), "[1.5000]"},
		{"ScatterReduce of integers", Of([]int{1, 9}).ScatterReduce(0, Of([]int{1, 1}), Of([]int{3, -9}), "amax", false), "[1, 3]"},
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
		"ClampMin: no uint8 lies in":    func() { As(UInt8).Ones(1).ClampMin(300) },
		"Clamp: complex64 is not":       func() { As(Complex64).Ones(1).Clamp(math.NaN(), 1) },
		"SoftShrink: lambda = -1":       func() { x.SoftShrink(-1) },
		"CELU: alpha":                   func() { x.CELU(0) },
		"ConvTranspose: input (1×1×1)": func() {
			Ones(1, 1, 1).ConvTranspose(Ones(1, 1, 1), nil, ConvAttrs{[]int{1}, []int{1}, []int{1}, 1, nil}, nil)
		},
		"PadReflect: 3 and 0": func() { x.PadReflect(3, 0) },
		"Rot90: dimension 1":  func() { x.Rot90(1, 1, -1) },
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
		"SVDFull: the added columns":                                               func() { Ones(2, 3).SetRequiresGrad(true).SVDFull() },
		"IndexAdd: the index has shape (1×2)":                                      func() { x.IndexAdd(0, Of([][]int{{0, 1}}), x) },
		"BMM: (2×3×1) · (1×1×3): batches of 2 and 1":                               func() { Zeros(2, 3, 1).BMM(Zeros(1, 1, 3)) },
		"Inverse: shape (2×3)":                                                     func() { x.Inverse() },
		"Trace: shape (2)":                                                         func() { ints.Trace() },
		"ScatterReduce: unknown reduction \"max\"":                                 func() { x.ScatterReduce(0, Of([][]int{{0}}), x, "max") },
		"ScatterReduce: unknown reduction \"amax\"":                                func() { Of([]complex128{1}).ScatterReduce(0, Of([]int{0}), Of([]complex128{1}), "amax") },
		"Full: 300 does not fit uint8":                                             func() { As(UInt8).Full(300, 2) },
		"Full: NaN does not fit int64":                                             func() { As(Int64).Full(math.NaN(), 2) },
		"MaskedFill: -1e+09 does not fit":                                          func() { x.Cast(Float16).MaskedFill(Zeros(2, 3).Bool(), -1e9) },
		"FillInPlace: +Inf does not fit":                                           func() { ints.Clone().FillInPlace(math.Inf(1)) },
		"Pad: 128 does not fit int8":                                               func() { ints.Cast(Int8).Pad(128, 1, 1) },
		"SetAt: 1e+300 does not fit":                                               func() { x.Clone().SetAt(1e300, 0, 0) },
		"Pad: 4 elements cannot":                                                   func() { x.Pad(0, -2, -2) },
		"OneHot: class -1":                                                         func() { Of([]int{-1, 1}).OneHot(3) },
		"Histc: 3 bins cannot divide":                                              func() { Of([]float64{1e300}).Histc(3, 0, 0) },
		"Histc: 3 bins":                                                            func() { Of([]float64{1, math.Inf(1)}).Histc(3, 0, 0) },
		"FillDiagonalInPlace: shape (2×3×2)":                                       func() { Zeros(2, 3, 2).FillDiagonalInPlace(1) },
		"FFTOpt: norm \"othro\"; it must be backward, forward or ortho":            func() { x.FFTOpt(FFTOptions{Norm: "othro"}) },
		"RFFTOpt: 1 sizes [3] for 2 dimensions [0 1]":                              func() { x.RFFTOpt(FFTOptions{Dims: []int{0, 1}, Sizes: []int{3}}) },
		"QuantileDim: interpolation \"middle\"":                                    func() { x.QuantileDim(0.5, 0, "middle") },
		"AdamInPlace: the gradient (3)":                                            func() { x.Clone().AdamInPlace(Ones(3), x.Clone(), x.Clone(), AdamStep{Step: 1}) },
		"AvgPoolBackward: kernel [2 2], stride [0 0]":                              func() { x.AvgPoolBackward(PoolAttrs{Kernel: [2]int{2, 2}, Dilation: [2]int{1, 1}, Size: [2]int{4, 4}}) },
		"AvgPoolBackward: images of [5 4]": func() {
			x.AvgPoolBackward(PoolAttrs{Kernel: [2]int{2, 2}, Stride: [2]int{2, 2}, Dilation: [2]int{1, 1}, Size: [2]int{5, 4}})
		},
		"MaxPoolBackward: positions must lie":                                      func() { x.MaxPoolBackward(Full(99, 2, 3).Long(), PoolAttrs{Size: [2]int{4, 4}}) },
		"LayerNormBackward: a gradient":                                            func() { x.LayerNormBackward(x, Ones(3), Ones(3), nil, NormalizeAttrs{Size: 3}) },
		"BatchNormBackward: means":                                                 func() { x.BatchNormBackward(x, Ones(2), Ones(3), nil, NormalizeAttrs{}) },
		"Restride: shape (2×3)":                                                    func() { x.Restride(StridedAttrs{}) },
		"ConvTranspose: stride [1], padding []":                                    func() { Ones(1, 1, 3).ConvTranspose(Ones(1, 1, 2), nil, ConvAttrs{Stride: []int{1}}, nil) },
		"AddMM: (4) and (2×3) do not broadcast":                                    func() { Ones(4).AddMM(x, Ones(3, 3), 1, 1) },
		"Ones: negative size":                                                      func() { Ones(-1) },
		"Einsum: \"ij...->...\" names 2 dimensions":                                func() { Einsum("ij...->...", Ones(2)) },
		"Einsum: a dimension of ...":                                               func() { Einsum("...,...->...", Ones(2), Ones(3)) },
		"Einsum: \"i1->i\": '1' is no letter":                                      func() { Einsum("i1->i", x) },
		"TensorSplit: 1099511627776 tensors do not fit":                            func() { x.TensorSplit(1<<40, 0) },
		"Combinations: a tensor of shape":                                          func() { Arange(0, 100, 1).Combinations(40, true) },
		"Histc: a tensor of shape":                                                 func() { x.Histc(1<<40, 0, 1) },
		"AdaptiveMaxPool: 1099511627776 tensors":                                   func() { Ones(1, 2, 2).AdaptiveMaxPool(1<<40, 1) },
		"Combinations: a tensor of shape (9223372036854775807":                     func() { Arange(0, 2, 1).Combinations(math.MaxInt, true) },
		"Pad: 9223372036854775807 elements":                                        func() { x.Pad(0, math.MaxInt, math.MaxInt) },
		"PixelShuffle: shape (1×2×3)":                                              func() { Ones(1, 2, 3).PixelShuffle(1 << 32) },
		"Poisson: rates of (1) must not be negative":                               func() { Of([]float32{-1}).Poisson() },
		"GeometricInPlace: the probability 1":                                      func() { Zeros(1).GeometricInPlace(1) },
		"NormP: the -1-norm of nothing":                                            func() { Empty(0).NormP(-1, false) },
		"Rearrange: \"a b\" has no ->":                                             func() { x.Rearrange("a b") },
		"Rearrange: \"a b c -> a\" names 3 dimensions; shape (2×3)":                func() { x.Rearrange("a b c -> a") },
		"Rearrange: \"a b -> a\": b is on the left only":                           func() { x.Rearrange("a b -> a") },
		"Rearrange: \"a b -> a b a\": a is not on the left, or on the right twice": func() { x.Rearrange("a b -> a b a") },
		"Rearrange: \"(a c) b -> a b c\": give the size of a or c":                 func() { x.Rearrange("(a c) b -> a b c") },
		"Rearrange: \"a (b c) -> a b c\": shape (2×3) does not fit; dimension 1 of size 3 is to be b·c": func() { x.Rearrange("a (b c) -> a b c", map[string]int{"b": 2}) },
		"Rearrange: \"a (b -> a b\": a parenthesis":                                                     func() { x.Rearrange("a (b -> a b") },
		"RepeatCounts: counts int64 of shape (2) for dimension 1":                                       func() { x.RepeatCounts(ints, 1) },
		"SearchSorted: (2×3) in sorted values of (4×5)":                                                 func() { Zeros(4, 5).SearchSorted(x, false) },
		"AddIndex: the source is float32":                                                               func() { ints.Clone().AddIndex(Zeros(2), []int{1, 0}) },
		"Meshgrid: coordinates of shape (2×3) (tensor 1)":                                               func() { Meshgrid(ints, x) },
		"Dot: (2) · (3): inner sizes 2 and 3 differ":                                                    func() { ints.Dot(Of([]int{1, 2, 3})) },
		"Gather: index 3 is out of range for size 3; it must lie in [-3, 2]":                            func() { x.Gather(1, Of([][]int{{3}})) },
		"ClampTensors: both bounds are nil":                                                             func() { x.ClampTensors(nil, nil) },
		"Of: ragged slices: 1 values where the first slice of this level has 0":                         func() { Of([][]int{{}, {1}}) },
		"Scatter: the source is float32":                                                                func() { ints.Scatter(0, Of([]int{0}), Zeros(1)) },
		"SetIndex: the source is float32":                                                               func() { ints.Clone().SetIndex(Zeros(2), []int{1, 0}) },
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
