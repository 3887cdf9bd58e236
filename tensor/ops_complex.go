package tensor

import (
	"math"
	"math/cmplx"
)

// Complex numbers and their parts. Gradients follow PyTorch's convention: that
// of a real loss L with respect to z = x + iy is ∂L/∂x + i·∂L/∂y.

// part returns the real (0) or imaginary (1) parts of complex elements, sharing
// their memory.
func part(x *Tensor, which int) *Tensor {
	v := asReal(x)
	n := len(x.shape)
	return viewOf(v, v.shape[:n], v.strides[:n], v.offset+which)
}

// asReal returns complex elements as pairs in a last dimension, sharing memory.
func asReal(x *Tensor) *Tensor {
	n := len(x.shape)
	v := header(n+1, x.dtype.realType())
	copy(v.shape, x.shape)
	for i, s := range x.strides {
		v.strides[i] = 2 * s
	}
	v.shape[n], v.strides[n] = 2, 1
	v.storage, v.offset = x.storage, 2*x.offset
	return v
}

// asComplex returns pairs in the last dimension as complex elements, sharing memory; nil if they do not lie as such.
func asComplex(x *Tensor) *Tensor {
	n := len(x.shape) - 1
	v := header(n, x.dtype.complexType())
	copy(v.shape, x.shape)
	fits := x.offset%2 == 0 && x.strides[n] == 1
	for i, s := range x.strides[:n] {
		v.strides[i] = s / 2
		fits = fits && (s%2 == 0 || x.shape[i] == 1)
	}
	if !fits {
		return nil
	}
	v.storage, v.offset = x.storage, x.offset/2
	return v
}

// join makes complex numbers of their parts.
func join(re, im *Tensor) *Tensor {
	out := unset(broadcast("Complex", re.shape, im.shape), re.dtype.complexType())
	copyInto(part(out, 0), re)
	copyInto(part(out, 1), im)
	return out
}

// direction returns x/|x|, 0 for 0.
func direction(x complex128) complex128 {
	if x == 0 {
		return 0
	}
	return x / complex(cmplx.Abs(x), 0)
}

// shift is x + r that leaves the sign of an imaginary 0, which says on what side of a branch cut x is.
func shift(x complex128, r float64) complex128 { return complex(real(x)+r, imag(x)) }

// expm1 is e^x - 1, exact for small x.
func expm1(x complex128) complex128 {
	half := math.Sin(imag(x) / 2)
	return complex(math.Expm1(real(x))*math.Cos(imag(x))-2*half*half, math.Exp(real(x))*math.Sin(imag(x)))
}

// log1p is log(1 + x), exact for small x.
func log1p(x complex128) complex128 {
	re, im := real(x), imag(x)
	if cmplx.Abs(x) < 0.5 {
		return complex(math.Log1p(re*(2+re)+im*im)/2, math.Atan2(im, 1+re))
	}
	return cmplx.Log(shift(x, 1))
}

// asinh is cmplx.Asinh without cancellation.
func asinh(x complex128) complex128 {
	if cmplx.IsInf(x) {
		return cmplx.Asinh(x)
	}
	if math.Signbit(real(x)) {
		return -asinh(-x)
	}
	square := x * x
	return log1p(x + square/(1+cmplx.Sqrt(shift(square, 1))))
}

// asin is asinh turned by a right angle.
func asin(x complex128) complex128 {
	y := asinh(complex(-imag(x), real(x)))
	return complex(imag(y), -real(y))
}

func atanh(x complex128) complex128 {
	if cmplx.IsInf(x) {
		return complex(math.Copysign(0, real(x)), math.Copysign(math.Pi/2, imag(x)))
	}
	return (log1p(x) - log1p(-x)) / 2
}

// atan is atanh turned by a right angle.
func atan(x complex128) complex128 {
	y := atanh(complex(-imag(x), real(x)))
	return complex(imag(y), -real(y))
}

// hyperbolicTangent is cmplx.Tanh without overflow.
func hyperbolicTangent(x complex128) complex128 {
	if math.Abs(real(x)) > 20 && !cmplx.IsInf(x) {
		return complex(math.Copysign(1, real(x)), 4*math.Sin(imag(x))*math.Cos(imag(x))*math.Exp(-2*math.Abs(real(x))))
	}
	return cmplx.Tanh(x)
}

// tangent is cmplx.Tan without overflow.
func tangent(x complex128) complex128 {
	y := hyperbolicTangent(complex(-imag(x), real(x)))
	return complex(imag(y), -real(y))
}

func needComplex(op string, x *Tensor) {
	if !x.dtype.IsComplex() {
		failOn(op, []*Tensor{x}, "elements are %v; Cast them to a complex dtype", x.dtype)
	}
}

var (
	opConj = unary("conj", "x.conj()", -2, 2, sameType, k1(copyTo[float32], copyTo[float64], copyTo[int64]).complex1(cmplx.Conj))

	// toward the positive real axis 0, the negative one π, nan stays
	opAngle = unary("angle", "x.angle()", -2, 2, toReal, each(func(x float64) float64 {
		switch {
		case x < 0:
			return math.Pi
		case x != x:
			return x
		}
		return 0
	}).complex1(func(x complex128) complex128 { return complex(cmplx.Phase(x), 0) }))

	opReal = register(Op{Name: "real", View: true, Samples: []Sample{one("x.real.clone()", nil, 2, 3)}, f1: func(x *Tensor, _ any) *Tensor {
		if !x.dtype.IsComplex() {
			return x.cloneData()
		}
		return part(x, 0)
	}})

	opImag = register(Op{Name: "imag", View: true, Samples: []Sample{
		one("torch.complex(x, x * 0).imag * 1", nil, 2, 3),
	}, f1: func(x *Tensor, _ any) *Tensor {
		if !x.dtype.IsComplex() {
			return empty(x.shape, floatType(x.dtype))
		}
		return part(x, 1)
	}})

	opComplex = register(Op{Name: "complex", FloatOnly: true, Samples: []Sample{
		{Torch: "torch.complex(x, y)", In: []Input{in(-2, 2, 2, 3), in(-2, 2, 2, 3)}},
	}, f2: func(re, im *Tensor, _ any) *Tensor {
		sameDevice("Complex", re, im)
		if re.dtype.isHalf() {
			failOn("Complex", []*Tensor{re, im}, "there is no complex dtype with parts of %v; Cast them to float32", re.dtype)
		}
		if re.dtype != im.dtype || !re.dtype.IsFloat() {
			failOn("Complex", []*Tensor{re, im}, "parts are %v and %v; they must have one floating-point dtype", re.dtype, im.dtype)
		}
		return join(re, im)
	}})

	opAsReal = register(Op{Name: "view_as_real", View: true, Samples: []Sample{
		one("torch.view_as_real(torch.complex(x, x * 0))", nil, 2, 3),
	}, f1: func(x *Tensor, _ any) *Tensor {
		if !x.dtype.IsComplex() {
			x = copyAs(x, x.dtype.complexType())
		}
		return asReal(x)
	}})

	opAsComplex = register(Op{Name: "view_as_complex", View: true, FloatOnly: true, Samples: []Sample{
		one("torch.view_as_complex(x)", nil, 3, 2),
	}, f1: func(x *Tensor, _ any) *Tensor {
		if n := len(x.shape); n == 0 || x.shape[n-1] != 2 {
			failOn("AsComplex", []*Tensor{x}, "shape %s; the last dimension must hold the two parts", shapeText(x.shape))
		}
		if x.dtype != Float32 && x.dtype != Float64 {
			failOn("AsComplex", []*Tensor{x}, "there are no complex numbers with parts of %v; Cast them to float32", x.dtype)
		}
		v := asComplex(x)
		if v == nil {
			failOn("AsComplex", []*Tensor{x}, "with strides %v from %d on, the parts of a number are not one after the other at an even position; take Contiguous() first", x.Strides(), x.offset)
		}
		return v
	}})
)

func init() {
	z := "torch.complex(x, y)"
	pair := func(name, torch string, f func(z *Tensor) *Tensor) {
		viaTwo(name, torch, func(x, y *Tensor) *Tensor { return f(Complex(x, y)) }, in(0.3, 2, 2, 3), in(-2, 2, 2, 3))
	}
	pair("complex_mul", z+" * torch.complex(y, x)", func(z *Tensor) *Tensor { return z.Mul(Complex(z.Imag(), z.Real())) })
	pair("complex_div", z+" / torch.complex(y, x)", func(z *Tensor) *Tensor { return z.Div(Complex(z.Imag(), z.Real())) })
	pair("complex_add_real", z+" + x", func(z *Tensor) *Tensor { return z.Add(z.Real()) })
	pair("complex_scale", "("+z+" * 1.5 - 2) / 3", func(z *Tensor) *Tensor { return z.MulScalar(1.5).SubScalar(2).DivScalar(3) })
	pair("complex_abs", z+".abs()", func(z *Tensor) *Tensor { return z.Abs() })
	pair("complex_angle", z+".angle()", func(z *Tensor) *Tensor { return z.Angle() })
	pair("complex_conj", "("+z+".conj() * "+z+").resolve_conj()", func(z *Tensor) *Tensor { return z.Conj().Mul(z) })
	pair("complex_sgn", z+".sgn()", func(z *Tensor) *Tensor { return z.Sign() })
	pair("complex_exp", z+".exp()", func(z *Tensor) *Tensor { return z.Exp() })
	pair("complex_log", z+".log()", func(z *Tensor) *Tensor { return z.Log() })
	pair("complex_sqrt", z+".sqrt()", func(z *Tensor) *Tensor { return z.Sqrt() })
	pair("complex_pow", z+" ** 1.5", func(z *Tensor) *Tensor { return z.Pow(1.5) })
	pair("complex_powers", z+" ** torch.complex(y, x) + (-1.5) ** "+z+" + (-1 - x) ** "+z, func(z *Tensor) *Tensor {
		return z.PowTensor(Complex(z.Imag(), z.Real())).Add(z.RPowScalar(-1.5)).Add(z.Real().RSubScalar(-1).PowTensor(z))
	})
	pair("complex_prod", z+".prod(1) + "+z+".prod()", func(z *Tensor) *Tensor { return z.Prod(1).Add(z.Prod()) })
	pair("complex_square", z+".square()", func(z *Tensor) *Tensor { return z.Square() })
	pair("complex_reciprocal", z+".reciprocal()", func(z *Tensor) *Tensor { return z.Reciprocal() })
	pair("complex_trigonometry", "("+z+".sin() * "+z+".cos() + "+z+".tanh() - "+z+".sinh() / "+z+".cosh() + "+z+".tan())", func(z *Tensor) *Tensor {
		return z.Sin().Mul(z.Cos()).Add(z.Tanh()).Sub(z.Sinh().Div(z.Cosh())).Add(z.Tan())
	})
	pair("complex_exponentials", z+".exp2() + "+z+".expm1() + "+z+".sigmoid()", func(z *Tensor) *Tensor { return z.Exp2().Add(z.Expm1()).Add(z.Sigmoid()) })
	pair("complex_logarithms", z+".log2() + "+z+".log10() * "+z+".log1p() + "+z+".rsqrt()", func(z *Tensor) *Tensor {
		return z.Log2().Add(z.Log10().Mul(z.Log1p())).Add(z.Rsqrt())
	})
	pair("complex_arcs", z+".asin() * "+z+".acos() + "+z+".atan()", func(z *Tensor) *Tensor { return z.Asin().Mul(z.Acos()).Add(z.Atan()) })
	pair("complex_areas", z+".asinh() * "+z+".acosh() + "+z+".atanh()", func(z *Tensor) *Tensor { return z.Asinh().Mul(z.Acosh()).Add(z.Atanh()) })
	pair("complex_predicates", "("+z+" / (x > 1)).isinf() | ("+z+" * (x > 1)).logical_not() | "+z+".isnan() & "+z+".isfinite()", func(z *Tensor) *Tensor {
		on := z.Real().GtScalar(1)
		return z.Div(on).IsInf().LogicalOr(z.Mul(on).LogicalNot()).LogicalOr(z.IsNaN().LogicalAnd(z.IsFinite()))
	})
	pair("complex_scans", z+".cumsum(1) + "+z+".cumprod(0)", func(z *Tensor) *Tensor { return z.CumSum(1).Add(z.CumProd(0)) })
	pair("complex_norm", "torch.linalg.vector_norm("+z+", 3, 1) + "+z+".var(1) + "+z+".std()", func(z *Tensor) *Tensor { return z.NormP(3, false, 1).Add(z.Var(1)).Add(z.Std()) })
	pair("complex_scatter", z+".scatter_add(1, torch.tensor([[2, 2, 0], [1, 0, 1]]), "+z+") + "+z+".take(torch.tensor([4, 0, 0]))", func(z *Tensor) *Tensor {
		return z.ScatterAdd(1, Of([][]int{{2, 2, 0}, {1, 0, 1}}), z).Add(z.Take(Of([]int{4, 0, 0})))
	})
	pair("complex_masked", z+".masked_scatter(x > 1, "+z+".flip(1)) + "+z+"[x > 0.5].prod()", func(z *Tensor) *Tensor {
		return z.MaskedScatter(z.Real().GtScalar(1), z.Flip(1)).Add(z.Index(z.Real().GtScalar(0.5)).Prod())
	})
	pair("complex_logsumexp", z+".logsumexp(1) + "+z+".logsumexp((0, 1))", func(z *Tensor) *Tensor { return z.LogSumExp(1).Add(z.LogSumExp()) })
	pair("complex_logcumsumexp", z+".logcumsumexp(1) + "+z+".logcumsumexp(0)", func(z *Tensor) *Tensor { return z.LogCumSumExp(1).Add(z.LogCumSumExp(0)) })
	pair("complex_logaddexp", "torch.logaddexp("+z+", "+z+".flip(1))", func(z *Tensor) *Tensor { return z.LogAddExp(z.Flip(1)) })
	pair("complex_sinc", z+".sinc() + ("+z+" - "+z+").sinc()", func(z *Tensor) *Tensor { return z.Sinc().Add(z.Sub(z).Sinc()) })
	pair("complex_silu", z+" * "+z+".sigmoid()", func(z *Tensor) *Tensor { return z.SiLU() })
	pair("complex_linear", "F.linear("+z+", "+z+".flip(1), "+z+"[0, :2]) + F.linear("+z+", "+z+")", func(z *Tensor) *Tensor {
		return z.Linear(z.Flip(1), z.Index(0, Span(0, 2))).Add(z.Linear(z, nil))
	})
	pair("complex_conv", "F.conv1d("+z+".unsqueeze(1), "+z+"[:, None, :2], "+z+"[:, 0]) + F.conv_transpose1d("+z+".unsqueeze(1), "+z+"[None], "+z+"[0, :2])[:, :, 2:4]", func(z *Tensor) *Tensor {
		a := ConvAttrs{[]int{1}, []int{0}, []int{1}, 1, nil}
		x, w := z.Unsqueeze(1), z.Index(All, NewAxis, Span(0, 2))
		return x.Conv(w, z.Select(1, 0), a).Add(x.ConvTranspose(z.Unsqueeze(0), z.Select(0, 0).Narrow(0, 0, 2), a, nil).Narrow(2, 2, 2))
	})
	pair("complex_sum", z+".sum(1) + "+z+".mean()", func(z *Tensor) *Tensor { return z.Sum(1).Add(z.Mean()) })
	pair("complex_matmul", z+" @ torch.complex(y, x).mT", func(z *Tensor) *Tensor { return z.MatMul(Complex(z.Imag(), z.Real()).MT()) })
	pair("complex_where", "torch.where(x > 1, "+z+", 0)", func(z *Tensor) *Tensor { return z.MaskedFill(z.Real().LeScalar(1), 0) })
	pair("complex_cat", "torch.cat(["+z+", "+z+".flip(1)], 1)[:, torch.tensor([0, 2, 5])]", func(z *Tensor) *Tensor {
		return Cat([]*Tensor{z, z.Flip(1)}, 1).Index(All, []int{0, 2, 5})
	})
	pair("complex_gather", z+".gather(1, torch.tensor([[0, 2, 0], [1, 1, 0]])) + "+z+".unfold(1, 2, 1).sum(2)[:, :1]", func(z *Tensor) *Tensor {
		return z.Gather(1, Of([][]int{{0, 2, 0}, {1, 1, 0}})).Add(z.Unfold(1, 2, 1).Sum(2).Narrow(1, 0, 1))
	})
	viaTwo("polar", "torch.polar(x, y)", func(x, y *Tensor) *Tensor { return Polar(x, y) }, in(0.5, 2, 2, 3), in(-2, 2, 2, 3))
}

// Complex returns complex numbers with the given real and imaginary parts.
func Complex(re, im *Tensor) *Tensor { return opComplex.call2(re, im, nil) }

// Polar returns complex numbers of the given absolute values and angles.
func Polar(abs, angle *Tensor) *Tensor {
	return Complex(abs.Mul(angle.Cos()), abs.Mul(angle.Sin())).named("PolarBackward0")
}

// Real returns a view of the real parts, t itself where it is real.
func (t *Tensor) Real() *Tensor {
	if !t.dtype.IsComplex() {
		return t
	}
	return opReal.call1(t, nil).named("SelectBackward0")
}

// Imag returns a view of the imaginary parts.
func (t *Tensor) Imag() *Tensor {
	needComplex("Imag", t)
	return opImag.call1(t, nil).named("SelectBackward0")
}

// Conj returns the complex conjugates, t itself where it is real.
func (t *Tensor) Conj() *Tensor {
	if !t.dtype.IsComplex() {
		return t
	}
	return opConj.call1(t, nil)
}

// Adjoint returns the conjugates of the transposed matrices.
func (t *Tensor) Adjoint() *Tensor { return t.MT().Conj() }

// Angle returns the angle with the positive real axis, in radians.
func (t *Tensor) Angle() *Tensor { return opAngle.call1(t, nil) }

// AsReal returns a view of complex elements as pairs of numbers, in a new last
// dimension (torch.view_as_real).
func (t *Tensor) AsReal() *Tensor {
	needComplex("AsReal", t)
	return opAsReal.call1(t, nil)
}

// AsComplex returns a view of the pairs in the last dimension, of size 2, as
// complex numbers (torch.view_as_complex). The parts of a number must be
// neighbours in memory; if they are not, it panics: take Contiguous() first.
func (t *Tensor) AsComplex() *Tensor { return opAsComplex.call1(t, nil) }
