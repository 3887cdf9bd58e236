package tensor

import (
	"math"
	"math/cmplx"

	"github.com/gophergrad/gophergrad/tensor/internal/cpu"
)

// Functions of one tensor. Each is a line of the table and a method.

func copyTo[C element](d, a []C) { copy(d, a) }

// copying has an op copy elements as they lie, transposed ones in blocks.
func copying(op *Op) *Op {
	op.f1 = func(x *Tensor, _ any) *Tensor { return x.cloneData() }
	return op
}

func negInts(d, a []int64) {
	for i, x := range a {
		d[i] = -x
	}
}

func absInts(d, a []int64) {
	for i, x := range a {
		d[i] = max(x, -x)
	}
}

func square[C float32 | float64](d, a []C) { rowsOfType[C]().mul(d, a, a) }

func sign[C compute](d, a []C) {
	for i, x := range a {
		switch {
		case x > 0:
			d[i] = 1
		case x < 0:
			d[i] = -1
		default:
			d[i] = 0 // for nan too, as in PyTorch
		}
	}
}

func reluF32(d, a []float32) { cpu.ClampMinF32(d, a, 0) }
func reluF64(d, a []float64) { cpu.ClampMinF64(d, a, 0) }

func relu(d, a []int64) {
	for i, x := range a {
		if x < 0 {
			x = 0
		}
		d[i] = x
	}
}

func reciprocal[C float32 | float64](d, a []C) {
	for i, x := range a {
		d[i] = 1 / x
	}
}

// eachF32 is each with a faster loop for float32.
func eachF32(f32 func(d, a []float32), f func(float64) float64) kernels {
	k := each(f)
	k.f32.f1 = f32
	return k
}

// rounding adds the identity for integers to a rounding function.
func rounding(f func(float64) float64) kernels {
	k := each(f)
	k.i64.f1 = copyTo[int64]
	return k
}

var (
	copyKernels = k1(copyTo[float32], copyTo[float64], copyTo[int64]).complex1(func(x complex128) complex128 { return x })

	opClone      = copying(unary("clone", "x.clone()", -2, 2, sameType, copyKernels))
	opNeg        = unary("neg", "-x", -2, 2, sameType, k1(cpu.NegF32, cpu.NegF64, negInts).complex1(func(x complex128) complex128 { return -x }))
	opAbs        = unary("abs", "x.abs()", -2, 2, toReal, k1(cpu.AbsF32, cpu.AbsF64, absInts).complex1(func(x complex128) complex128 { return complex(cmplx.Abs(x), 0) }))
	opSquare     = unary("square", "x.square()", -2, 2, numeric, k1(square[float32], square[float64], func(d, a []int64) { mulInts(d, a, a) }).complex1(func(x complex128) complex128 { return x * x }))
	opSign       = unary("sign", "x.sgn()", -2, 2, sameType, k1(sign[float32], sign[float64], sign[int64]).complex1(direction))
	opReLU       = unary("relu", "x.relu()", -2, 2, sameType, k1(reluF32, reluF64, relu))
	opSqrt       = unary("sqrt", "x.sqrt()", 0.3, 3, sameType, k1(cpu.SqrtF32, cpu.SqrtF64, nil).complex1(cmplx.Sqrt))
	opRsqrt      = unary("rsqrt", "x.rsqrt()", 0.3, 3, sameType, eachF32(cpu.RsqrtF32, func(x float64) float64 { return 1 / math.Sqrt(x) }).complex1(func(x complex128) complex128 { return 1 / cmplx.Sqrt(x) }))
	opReciprocal = unary("reciprocal", "x.reciprocal()", 0.3, 3, sameType, k1(reciprocal[float32], reciprocal[float64], nil).complex1(func(x complex128) complex128 { return 1 / x }))
	opExp        = unary("exp", "x.exp()", -2, 2, sameType, eachF32(cpu.ExpF32, exponential).complex1(complexExponential))
	opExp2       = unary("exp2", "x.exp2()", -2, 2, sameType, each(math.Exp2).complex1(func(x complex128) complex128 { return cmplx.Exp(x * math.Ln2) }))
	opExpm1      = unary("expm1", "x.expm1()", -2, 2, sameType, each(math.Expm1).complex1(expm1))
	opLog        = unary("log", "x.log()", 0.3, 3, sameType, eachF32(cpu.LogF32, logarithm).complex1(cmplx.Log))
	opLog2       = unary("log2", "x.log2()", 0.3, 3, sameType, each(log2).complex1(func(x complex128) complex128 { return cmplx.Log(x) * math.Log2E }))
	opLog10      = unary("log10", "x.log10()", 0.3, 3, sameType, each(log10).complex1(cmplx.Log10))
	opLog1p      = unary("log1p", "x.log1p()", -0.5, 3, sameType, each(math.Log1p).complex1(log1p))
	opSin        = unary("sin", "x.sin()", -3, 3, sameType, k1(cpu.SinF32, cpu.SinF64, nil).complex1(cmplx.Sin))
	opCos        = unary("cos", "x.cos()", -3, 3, sameType, k1(cpu.CosF32, cpu.CosF64, nil).complex1(cmplx.Cos))
	opTan        = unary("tan", "x.tan()", -1, 1, sameType, each(math.Tan).complex1(tangent))
	opAsin       = unary("asin", "x.asin()", -0.9, 0.9, sameType, each(math.Asin).complex1(asin))
	opAcos       = unary("acos", "x.acos()", -0.9, 0.9, sameType, each(math.Acos).complex1(func(x complex128) complex128 { return math.Pi/2 - asin(x) }))
	opAtan       = unary("atan", "x.atan()", -2, 2, sameType, each(math.Atan).complex1(atan))
	opSinh       = unary("sinh", "x.sinh()", -2, 2, sameType, each(sinh).complex1(cmplx.Sinh))
	opCosh       = unary("cosh", "x.cosh()", -2, 2, sameType, each(cosh).complex1(cmplx.Cosh))
	opTanh       = unary("tanh", "x.tanh()", -2, 2, sameType, eachF32(cpu.TanhF32, math.Tanh).complex1(hyperbolicTangent))
	opAsinh      = unary("asinh", "x.asinh()", -2, 2, sameType, each(math.Asinh).complex1(asinh))
	opAcosh      = unary("acosh", "x.acosh()", 1.2, 3, sameType, each(math.Acosh).complex1(func(x complex128) complex128 { return cmplx.Log(x + cmplx.Sqrt(shift(x, 1))*cmplx.Sqrt(shift(x, -1))) }))
	opAtanh      = unary("atanh", "x.atanh()", -0.9, 0.9, sameType, each(math.Atanh).complex1(atanh))
	opErf        = unary("erf", "x.erf()", -2, 2, sameType, eachF32(cpu.ErfF32, math.Erf))
	opErfc       = unary("erfc", "x.erfc()", -2, 2, sameType, each(math.Erfc))
	opErfinv     = unary("erfinv", "x.erfinv()", -0.9, 0.9, sameType, each(math.Erfinv))
	opFloor      = unary("floor", "x.floor()", -2, 2, sameType, rounding(math.Floor))
	opCeil       = unary("ceil", "x.ceil()", -2, 2, sameType, rounding(math.Ceil))
	opRound      = unary("round", "x.round()", -2, 2, sameType, rounding(math.RoundToEven))
	opTrunc      = unary("trunc", "x.trunc()", -2, 2, sameType, rounding(math.Trunc))
	opFrac       = unary("frac", "x.frac()", -2, 2, sameType, each(func(x float64) float64 { return x - math.Trunc(x) }))
	opSigmoid    = unary("sigmoid", "x.sigmoid()", -3, 3, sameType, eachF32(cpu.SigmoidF32, cpu.Sigmoid).complex1(func(x complex128) complex128 { return 1 / (1 + cmplx.Exp(-x)) }))
	opLogSigmoid = unary("log_sigmoid", "F.logsigmoid(x)", -3, 3, sameType, each(logSigmoid))
	opIsNaN      = unary("isnan", "x.isnan()", -2, 2, toBool, predicate(math.IsNaN).complex1(func(x complex128) complex128 { return b2c(x != x) }))
	opIsInf      = unary("isinf", "x.isinf()", -2, 2, toBool, predicate(func(x float64) bool { return math.IsInf(x, 0) }).complex1(func(x complex128) complex128 { return b2c(cmplx.IsInf(x)) }))
	opIsPosInf   = unary("isposinf", "x.isposinf()", -2, 2, toBool, predicate(func(x float64) bool { return math.IsInf(x, 1) }))
	opIsNegInf   = unary("isneginf", "x.isneginf()", -2, 2, toBool, predicate(func(x float64) bool { return math.IsInf(x, -1) }))
	opIsFinite   = unary("isfinite", "x.isfinite()", -2, 2, toBool, predicate(func(x float64) bool { return x-x == 0 }).complex1(func(x complex128) complex128 { return b2c(x-x == 0) }))
	opSignBit    = unary("signbit", "x.signbit()", -2, 2, toBool, predicate(math.Signbit))
)

// exponential is math.Exp, whose assembly overflows before its result does.
func exponential(x float64) float64 {
	if x > 709 {
		return math.Exp(x-1) * math.E
	}
	return math.Exp(x)
}

func complexExponential(x complex128) complex128 {
	if r := real(x); r > 709 && r <= math.MaxFloat64 {
		y := cmplx.Exp(shift(x, -1))
		return complex(real(y)*math.E, imag(y)*math.E)
	}
	return cmplx.Exp(x)
}

// sinh and cosh are math's, where the exponential overflows and its half does not, too.
func sinh(x float64) float64 {
	if math.Abs(x) > 700 {
		return math.Copysign(cosh(x), x)
	}
	return math.Sinh(x)
}

func cosh(x float64) float64 {
	if a := math.Abs(x); a > 700 {
		return exponential(a-1) * (math.E / 2)
	}
	return math.Cosh(x)
}

func log10(x float64) float64 {
	if 0 < x && x < 0x1p-1022 {
		return logarithm(x) * math.Log10E
	}
	return math.Log10(x)
}

// logarithm is math.Log, whose assembly takes a subnormal number for another.
func logarithm(x float64) float64 {
	if 0 < x && x < 0x1p-1022 {
		return math.Log(x*0x1p54) - 54*math.Ln2
	}
	return math.Log(x)
}

// log2 is math.Log2 where that is exact, and without its cancellation near 1 elsewhere.
func log2(x float64) float64 {
	if frac, exp := math.Frexp(x); frac == 0.5 {
		return float64(exp - 1)
	}
	return logarithm(x) * math.Log2E
}

func logSigmoid(x float64) float64 { return min(x, 0) - math.Log1p(math.Exp(-math.Abs(x))) }

func predicate(f func(float64) bool) kernels {
	return each(func(x float64) float64 {
		if f(x) {
			return 1
		}
		return 0
	})
}

// Clone returns a copy of t.
func (t *Tensor) Clone() *Tensor { return opClone.call1(t, nil) }

// Neg returns -t.
func (t *Tensor) Neg() *Tensor {
	noBools("Neg", t)
	return opNeg.call1(t, nil)
}

// Abs returns |t|, real also for complex t; the derivative at 0 is 0.
func (t *Tensor) Abs() *Tensor { return opAbs.call1(t, nil) }

// Square returns t².
func (t *Tensor) Square() *Tensor { return opSquare.call1(t, nil) }

// Sign returns -1, 0 or 1, for complex numbers t/|t| (torch.sgn).
func (t *Tensor) Sign() *Tensor { return opSign.call1(t, nil) }

// ReLU returns max(t, 0); the derivative at 0 is 0.
func (t *Tensor) ReLU() *Tensor { return opReLU.call1(t, nil) }

// Sqrt returns √t.
func (t *Tensor) Sqrt() *Tensor { return opSqrt.call1(t, nil) }

// Rsqrt returns 1/√t.
func (t *Tensor) Rsqrt() *Tensor { return opRsqrt.call1(t, nil) }

// Reciprocal returns 1/t.
func (t *Tensor) Reciprocal() *Tensor { return opReciprocal.call1(t, nil) }

// Exp returns eᵗ.
func (t *Tensor) Exp() *Tensor { return opExp.call1(t, nil) }

// Exp2 returns 2ᵗ.
func (t *Tensor) Exp2() *Tensor { return opExp2.call1(t, nil) }

// Expm1 returns eᵗ - 1, exact for small t.
func (t *Tensor) Expm1() *Tensor { return opExpm1.call1(t, nil) }

// Log returns the natural logarithm.
func (t *Tensor) Log() *Tensor { return opLog.call1(t, nil) }

// Log2 returns the logarithm to base 2.
func (t *Tensor) Log2() *Tensor { return opLog2.call1(t, nil) }

// Log10 returns the logarithm to base 10.
func (t *Tensor) Log10() *Tensor { return opLog10.call1(t, nil) }

// Log1p returns log(1 + t), exact for small t.
func (t *Tensor) Log1p() *Tensor { return opLog1p.call1(t, nil) }

// Sin returns the sine.
func (t *Tensor) Sin() *Tensor { return opSin.call1(t, nil) }

// Cos returns the cosine.
func (t *Tensor) Cos() *Tensor { return opCos.call1(t, nil) }

// Tan returns the tangent.
func (t *Tensor) Tan() *Tensor { return opTan.call1(t, nil) }

// Asin returns the arc sine.
func (t *Tensor) Asin() *Tensor { return opAsin.call1(t, nil) }

// Acos returns the arc cosine.
func (t *Tensor) Acos() *Tensor { return opAcos.call1(t, nil) }

// Atan returns the arc tangent.
func (t *Tensor) Atan() *Tensor { return opAtan.call1(t, nil) }

// Sinh returns the hyperbolic sine.
func (t *Tensor) Sinh() *Tensor { return opSinh.call1(t, nil) }

// Cosh returns the hyperbolic cosine.
func (t *Tensor) Cosh() *Tensor { return opCosh.call1(t, nil) }

// Tanh returns the hyperbolic tangent.
func (t *Tensor) Tanh() *Tensor { return opTanh.call1(t, nil) }

// Asinh returns the inverse hyperbolic sine.
func (t *Tensor) Asinh() *Tensor { return opAsinh.call1(t, nil) }

// Acosh returns the inverse hyperbolic cosine.
func (t *Tensor) Acosh() *Tensor { return opAcosh.call1(t, nil) }

// Atanh returns the inverse hyperbolic tangent.
func (t *Tensor) Atanh() *Tensor { return opAtanh.call1(t, nil) }

// Erf returns the error function.
func (t *Tensor) Erf() *Tensor { return opErf.call1(t, nil) }

// Erfc returns 1 - erf(t).
func (t *Tensor) Erfc() *Tensor { return opErfc.call1(t, nil) }

// Erfinv returns the inverse of the error function.
func (t *Tensor) Erfinv() *Tensor { return opErfinv.call1(t, nil) }

// Floor returns t rounded down.
func (t *Tensor) Floor() *Tensor { return opFloor.call1(t, nil) }

// Ceil returns t rounded up.
func (t *Tensor) Ceil() *Tensor { return opCeil.call1(t, nil) }

// Round returns t rounded to the nearest integer, halves to even.
func (t *Tensor) Round() *Tensor { return opRound.call1(t, nil) }

// RoundTo returns t rounded to a number of decimals, to tens, hundreds and so on
// where it is negative.
func (t *Tensor) RoundTo(decimals int) *Tensor {
	if decimals < 0 {
		scale := math.Pow10(-decimals)
		return t.DivScalar(scale).Round().MulScalar(scale).named("RoundBackward1")
	}
	scale := math.Pow10(decimals)
	return t.MulScalar(scale).Round().DivScalar(scale).named("RoundBackward1")
}

// Trunc returns t rounded towards 0.
func (t *Tensor) Trunc() *Tensor { return opTrunc.call1(t, nil) }

// Frac returns t - Trunc(t).
func (t *Tensor) Frac() *Tensor { return opFrac.call1(t, nil) }

// Sigmoid returns 1/(1 + e⁻ᵗ).
func (t *Tensor) Sigmoid() *Tensor { return opSigmoid.call1(t, nil) }

// LogSigmoid returns log(1/(1 + e⁻ᵗ)) without overflow.
func (t *Tensor) LogSigmoid() *Tensor { return opLogSigmoid.call1(t, nil) }

// IsNaN returns which elements are nan.
func (t *Tensor) IsNaN() *Tensor { return opIsNaN.call1(t, nil) }

// IsInf returns which elements are infinite.
func (t *Tensor) IsInf() *Tensor { return opIsInf.call1(t, nil) }

// IsPosInf returns where t is +∞.
func (t *Tensor) IsPosInf() *Tensor { return opIsPosInf.call1(t, nil) }

// IsNegInf returns where t is -∞.
func (t *Tensor) IsNegInf() *Tensor { return opIsNegInf.call1(t, nil) }

// IsFinite returns which elements are neither infinite nor nan.
func (t *Tensor) IsFinite() *Tensor { return opIsFinite.call1(t, nil) }

// IsReal returns which elements have no imaginary part; all of a tensor that is not complex.
func (t *Tensor) IsReal() *Tensor {
	if t.dtype.IsComplex() {
		return t.Imag().EqScalar(0)
	}
	return like(t).As(Bool).Ones(t.shape...)
}

// SignBit returns which elements carry a minus sign.
func (t *Tensor) SignBit() *Tensor { return opSignBit.call1(t, nil) }
