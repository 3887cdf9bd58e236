package cpu

import (
	"math"
	"slices"
)

// The vector kernels work on slices of dst's length (longer operands are cut); dst may be one of the operands, but must
// not overlap one otherwise. NaN and infinities pass as IEEE 754 says.

// AddF32 sets dst = x + y.
func AddF32(dst, x, y []float32) { addF32(dst, x[:len(dst)], y[:len(dst)]) }

// AddF64 sets dst = x + y.
func AddF64(dst, x, y []float64) { addF64(dst, x[:len(dst)], y[:len(dst)]) }

// SubF32 sets dst = x - y.
func SubF32(dst, x, y []float32) { subF32(dst, x[:len(dst)], y[:len(dst)]) }

// SubF64 sets dst = x - y.
func SubF64(dst, x, y []float64) { subF64(dst, x[:len(dst)], y[:len(dst)]) }

// MulF32 sets dst = x · y, element by element.
func MulF32(dst, x, y []float32) { mulF32(dst, x[:len(dst)], y[:len(dst)]) }

// MulF64 sets dst = x · y, element by element.
func MulF64(dst, x, y []float64) { mulF64(dst, x[:len(dst)], y[:len(dst)]) }

// DivF32 sets dst = x / y.
func DivF32(dst, x, y []float32) { divF32(dst, x[:len(dst)], y[:len(dst)]) }

// DivF64 sets dst = x / y.
func DivF64(dst, x, y []float64) { divF64(dst, x[:len(dst)], y[:len(dst)]) }

// SqrtF32 sets dst = √x, correctly rounded.
func SqrtF32(dst, x []float32) { sqrtF32(dst, x[:len(dst)]) }

// SqrtF64 sets dst = √x, correctly rounded.
func SqrtF64(dst, x []float64) { sqrtF64(dst, x[:len(dst)]) }

// RsqrtF32 sets dst = 1/√x, rounded twice.
func RsqrtF32(dst, x []float32) { rsqrtF32(dst, x[:len(dst)]) }

// LeakyReLUF32 sets dst = x where x > 0, slope·x elsewhere.
func LeakyReLUF32(dst, x []float32, slope float32) { leakyReLUF32(dst, x[:len(dst)], slope) }

// ScaleF32 sets dst = a·x.
func ScaleF32(dst, x []float32, a float32) { scaleF32(dst, x[:len(dst)], a) }

// ScaleF64 sets dst = a·x.
func ScaleF64(dst, x []float64, a float64) { scaleF64(dst, x[:len(dst)], a) }

// ShiftF32 sets dst = x + a.
func ShiftF32(dst, x []float32, a float32) { shiftF32(dst, x[:len(dst)], a) }

// ShiftF64 sets dst = x + a.
func ShiftF64(dst, x []float64, a float64) { shiftF64(dst, x[:len(dst)], a) }

// MaximumF32 sets dst to the larger of x and y, NaN where one is.
func MaximumF32(dst, x, y []float32) { maximumF32(dst, x[:len(dst)], y[:len(dst)]) }

// MaximumF64 sets dst to the larger of x and y, NaN where one is.
func MaximumF64(dst, x, y []float64) { maximumF64(dst, x[:len(dst)], y[:len(dst)]) }

// MinimumF32 sets dst to the smaller of x and y, NaN where one is.
func MinimumF32(dst, x, y []float32) { minimumF32(dst, x[:len(dst)], y[:len(dst)]) }

// MinimumF64 sets dst to the smaller of x and y, NaN where one is.
func MinimumF64(dst, x, y []float64) { minimumF64(dst, x[:len(dst)], y[:len(dst)]) }

// AbsF32 sets dst = |x|.
func AbsF32(dst, x []float32) { absF32(dst, x[:len(dst)]) }

// AbsF64 sets dst = |x|.
func AbsF64(dst, x []float64) { absF64(dst, x[:len(dst)]) }

// NegF32 sets dst = -x.
func NegF32(dst, x []float32) { negF32(dst, x[:len(dst)]) }

// NegF64 sets dst = -x.
func NegF64(dst, x []float64) { negF64(dst, x[:len(dst)]) }

// AffineF32 sets dst = a·x·w + b, rounding each time.
func AffineF32(dst, x, w, b []float32, a float32) {
	affineF32(dst, x[:len(dst)], w[:len(dst)], b[:len(dst)], a)
}

// ShiftScaleF32 sets dst = (x + a)·b.
func ShiftScaleF32(dst, x []float32, a, b float32) { shiftScaleF32(dst, x[:len(dst)], a, b) }

// AddProductsF32 adds x·y to dst, rounding twice.
func AddProductsF32(dst, x, y []float32) { addProductsF32(dst, x[:len(dst)], y[:len(dst)]) }

// AffineF64 sets dst = a·x·w + b, rounding each time.
func AffineF64(dst, x, w, b []float64, a float64) {
	affineF64(dst, x[:len(dst)], w[:len(dst)], b[:len(dst)], a)
}

// ShiftScaleF64 sets dst = (x + a)·b.
func ShiftScaleF64(dst, x []float64, a, b float64) { shiftScaleF64(dst, x[:len(dst)], a, b) }

// AddProductsF64 adds x·y to dst, rounding twice.
func AddProductsF64(dst, x, y []float64) { addProductsF64(dst, x[:len(dst)], y[:len(dst)]) }

// AxpyF32 adds a·x to dst, rounding once, as PyTorch's add_(x, alpha=a) does.
func AxpyF32(dst, x []float32, a float32) { axpyF32(dst, x[:len(dst)], a) }

// AxpyF64 adds a·x to dst, rounding once.
func AxpyF64(dst, x []float64, a float64) { axpyF64(dst, x[:len(dst)], a) }

// ClampMinF32 sets dst = max(x, low), NaN where x is NaN. With low = 0 it is ReLU.
func ClampMinF32(dst, x []float32, low float32) { clampMinF32(dst, x[:len(dst)], low) }

// ClampMinF64 sets dst = max(x, low), NaN where x is NaN.
func ClampMinF64(dst, x []float64, low float64) { clampMinF64(dst, x[:len(dst)], low) }

// ClampMaxF32 sets dst = min(x, high), NaN where x is NaN.
func ClampMaxF32(dst, x []float32, high float32) { clampMaxF32(dst, x[:len(dst)], high) }

// ClampMaxF64 sets dst = min(x, high), NaN where x is NaN.
func ClampMaxF64(dst, x []float64, high float64) { clampMaxF64(dst, x[:len(dst)], high) }

// ReLUBackwardF32 sets dst to grad where x > 0 or is NaN, else to 0, as PyTorch's threshold_backward.
func ReLUBackwardF32(dst, grad, x []float32) { reluBackwardF32(dst, grad[:len(dst)], x[:len(dst)]) }

// ReLUBackwardF64 sets dst to grad where x > 0 or is NaN, else to 0.
func ReLUBackwardF64(dst, grad, x []float64) { reluBackwardF64(dst, grad[:len(dst)], x[:len(dst)]) }

// ExpF32 sets dst = eˣ, within 2 units in the last place.
func ExpF32(dst, x []float32) { expF32(dst, x[:len(dst)]) }

// SigmoidF32 sets dst = 1/(1+e⁻ˣ), within 3 units in the last place; below x = -89, 0.
func SigmoidF32(dst, x []float32) { sigmoidF32(dst, x[:len(dst)]) }

// TanhF32 sets dst to the hyperbolic tangent of x, within 3 units in the last place.
func TanhF32(dst, x []float32) { tanhF32(dst, x[:len(dst)]) }

// GELUF32 sets dst = x·Φ(x), Φ the normal distribution.
func GELUF32(dst, x []float32) { geluF32(dst, x[:len(dst)]) }

// SiLUF32 sets dst = x/(1+e⁻ˣ).
func SiLUF32(dst, x []float32) { siluF32(dst, x[:len(dst)]) }

// GELUBackwardF32 sets dst to grad times the derivative of GELU at x.
func GELUBackwardF32(dst, grad, x []float32) { geluBackwardF32(dst, grad[:len(dst)], x[:len(dst)]) }

// SiLUBackwardF32 sets dst to grad times the derivative of SiLU at x.
func SiLUBackwardF32(dst, grad, x []float32) { siluBackwardF32(dst, grad[:len(dst)], x[:len(dst)]) }

// SigmoidBackwardF32 sets dst to grad times the derivative of the sigmoid where it is y.
func SigmoidBackwardF32(dst, grad, y []float32) {
	sigmoidBackwardF32(dst, grad[:len(dst)], y[:len(dst)])
}

// TanhBackwardF32 sets dst to grad times the derivative of the hyperbolic tangent where it is y.
func TanhBackwardF32(dst, grad, y []float32) { tanhBackwardF32(dst, grad[:len(dst)], y[:len(dst)]) }

// LogF32 sets dst to the natural logarithm of x, within 2 units in the last place.
func LogF32(dst, x []float32) { logF32(dst, x[:len(dst)]) }

// ErfF32 sets dst to the error function of x, within 3 units in the last place.
func ErfF32(dst, x []float32) { erfF32(dst, x[:len(dst)]) }

// SinF32 sets dst to the sine of x, computed in float64.
func SinF32(dst, x []float32) { sinF32(dst, x[:len(dst)]) }

// SinF64 sets dst to the sine of x, within 1 unit in the last place.
func SinF64(dst, x []float64) { sinF64(dst, x[:len(dst)]) }

// CosF32 sets dst to the cosine of x, computed in float64.
func CosF32(dst, x []float32) { cosF32(dst, x[:len(dst)]) }

// CosF64 sets dst to the cosine of x, within 1 unit in the last place.
func CosF64(dst, x []float64) { cosF64(dst, x[:len(dst)]) }

// MaxF32 returns the largest element of x, which must not be empty, NaN if there is one.
func MaxF32(x []float32) float32 { return maxF32(x) }

// MaxF64 returns the largest element of x, which must not be empty, NaN if there is one.
func MaxF64(x []float64) float64 { return maxF64(x) }

// MinF32 returns the smallest element of x, which must not be empty, NaN if there is one.
func MinF32(x []float32) float32 { return minF32(x) }

// MinF64 returns the smallest element of x, which must not be empty, NaN if there is one.
func MinF64(x []float64) float64 { return minF64(x) }

// SumF32 returns the sum of x, added up in float64.
func SumF32(x []float32) float64 { return sumF32(x) }

// SumF64 returns the sum of x.
func SumF64(x []float64) float64 { return sumF64(x) }

// DotF32 returns the sum of x·y over x's length, added up in a number of float32 lanes.
func DotF32(x, y []float32) float32 { return dotF32(x, y[:len(x)]) }

// DotF64 returns the sum of x·y over x's length.
func DotF64(x, y []float64) float64 { return dotF64(x, y[:len(x)]) }

// What the kernels call; arch files put assembly in place of the Go loops.
var (
	addF32, addF64                   = add[float32], add[float64]
	subF32, subF64                   = sub[float32], sub[float64]
	mulF32, mulF64                   = mul[float32], mul[float64]
	divF32, divF64                   = div[float32], div[float64]
	sqrtF32, sqrtF64                 = each[float32](math.Sqrt), each[float64](math.Sqrt)
	scaleF32, scaleF64               = scale[float32], scale[float64]
	shiftF32, shiftF64               = shift[float32], shift[float64]
	maximumF32, maximumF64           = maximum[float32], maximum[float64]
	axpyF32, axpyF64                 = axpy[float32], axpy[float64]
	clampMinF32, clampMinF64         = clampMin[float32], clampMin[float64]
	reluBackwardF32, reluBackwardF64 = reluBackward[float32], reluBackward[float64]
	expF32                           = each[float32](math.Exp)
	sigmoidF32                       = each[float32](func(x float64) float64 { return 1 / (1 + float64(float32(math.Exp(-x)))) })
	tanhF32                          = each[float32](math.Tanh)
	logF32, erfF32                   = each[float32](math.Log), each[float32](math.Erf)
	sinF32, sinF64                   = each[float32](math.Sin), each[float64](math.Sin)
	cosF32, cosF64                   = each[float32](math.Cos), each[float64](math.Cos)
	geluF32, geluBackwardF32         = each[float32](GELU), each2[float32](GELUBackward)
	siluF32, siluBackwardF32         = each[float32](SiLU), each2[float32](SiLUBackward)
	sigmoidBackwardF32               = each2[float32](SigmoidBackward)
	tanhBackwardF32                  = each2[float32](TanhBackward)
	rsqrtF32                         = rsqrt
	leakyReLUF32                     = leakyReLU[float32]
	affineF32, affineF64             = affine[float32], affine[float64]
	shiftScaleF32, shiftScaleF64     = shiftScale[float32], shiftScale[float64]
	addProductsF32, addProductsF64   = addProducts[float32], addProducts[float64]
	minimumF32, minimumF64           = minimum[float32], minimum[float64]
	clampMaxF32, clampMaxF64         = clampMax[float32], clampMax[float64]
	absF32, absF64                   = each[float32](math.Abs), each[float64](math.Abs)
	negF32, negF64                   = neg[float32], neg[float64]
	maxF32, maxF64                   = slices.Max[[]float32], slices.Max[[]float64]
	minF32, minF64                   = slices.Min[[]float32], slices.Min[[]float64]
	sumF32, sumF64                   = sum[float32], sum[float64]
	dotF32, dotF64                   = dot[float32], dot[float64]
)

func add[T Float](dst, x, y []T) {
	for i := range dst {
		dst[i] = x[i] + y[i]
	}
}

func sub[T Float](dst, x, y []T) {
	for i := range dst {
		dst[i] = x[i] - y[i]
	}
}

func mul[T Float](dst, x, y []T) {
	for i := range dst {
		dst[i] = x[i] * y[i]
	}
}

func div[T Float](dst, x, y []T) {
	for i := range dst {
		dst[i] = x[i] / y[i]
	}
}

func each[T Float](f func(float64) float64) func(dst, x []T) {
	return func(dst, x []T) {
		for i := range dst {
			dst[i] = T(f(float64(x[i])))
		}
	}
}

func rsqrt(dst, x []float32) {
	for i := range dst {
		dst[i] = 1 / float32(math.Sqrt(float64(x[i])))
	}
}

func leakyReLU[T Float](dst, x []T, slope T) {
	for i := range dst {
		if v := x[i]; v > 0 {
			dst[i] = v
		} else {
			dst[i] = v * slope
		}
	}
}

func each2[T Float](f func(x, y float64) float64) func(dst, x, y []T) {
	return func(dst, x, y []T) {
		for i := range dst {
			dst[i] = T(f(float64(x[i]), float64(y[i])))
		}
	}
}

func scale[T Float](dst, x []T, a T) {
	for i := range dst {
		dst[i] = a * x[i]
	}
}

func shift[T Float](dst, x []T, a T) {
	for i := range dst {
		dst[i] = x[i] + a
	}
}

func maximum[T Float](dst, x, y []T) {
	for i := range dst {
		dst[i] = max(x[i], y[i])
	}
}

func axpy[T Float](dst, x []T, a T) {
	for i := range dst {
		dst[i] = fma(a, x[i], dst[i])
	}
}

func clampMin[T Float](dst, x []T, low T) {
	for i := range dst {
		if v := x[i]; v < low {
			dst[i] = low
		} else {
			dst[i] = v
		}
	}
}

func minimum[T Float](dst, x, y []T) {
	for i := range dst {
		dst[i] = min(x[i], y[i])
	}
}

func clampMax[T Float](dst, x []T, high T) {
	for i := range dst {
		if v := x[i]; v > high {
			dst[i] = high
		} else {
			dst[i] = v
		}
	}
}

func affine[T Float](dst, x, w, b []T, a T) {
	for i := range dst {
		dst[i] = T(T(a*x[i])*w[i]) + b[i]
	}
}

func shiftScale[T Float](dst, x []T, a, b T) {
	for i := range dst {
		dst[i] = (x[i] + a) * b
	}
}

func addProducts[T Float](dst, x, y []T) {
	for i := range dst {
		dst[i] += T(x[i] * y[i])
	}
}

func neg[T Float](dst, x []T) {
	for i := range dst {
		dst[i] = -x[i]
	}
}

func reluBackward[T Float](dst, grad, x []T) {
	for i := range dst {
		if x[i] <= 0 {
			dst[i] = 0
		} else {
			dst[i] = grad[i]
		}
	}
}

func sum[T Float](x []T) float64 {
	var s float64
	for _, v := range x {
		s += float64(v)
	}
	return s
}

func dot[T Float](x, y []T) T {
	var s T
	for i, v := range x {
		s += v * y[i]
	}
	return s
}

// fma returns x·y + z rounded once; for float32 but for double rounding in about one in 10⁹ cases.
func fma[T Float](x, y, z T) T { return T(math.FMA(float64(x), float64(y), float64(z))) }
