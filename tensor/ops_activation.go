package tensor

import (
	"math"
	"math/cmplx"

	"github.com/gophergrad/gophergrad/tensor/internal/cpu"
)

// Activation functions. Those with a number take it as ScalarAttrs.

// SoftplusAttrs are the parameters of softplus.
type SoftplusAttrs struct{ Beta, Threshold float64 }

// shaped registers a function of an element and a number.
func shaped(name, torch string, v float64, f func(x, v float64) float64) *Op {
	return shapedBy(name, torch, v, each2(f))
}

func shapedBy(name, torch string, v float64, k kernels) *Op {
	return register(Op{Name: name, Samples: []Sample{one(torch, ScalarAttrs{v}, 2, 3), one(torch, ScalarAttrs{v})},
		number: func(x *Tensor, v float64) *Tensor { return k.applyScalar(sameType, x, v, false) }})
}

func leakyReLU(d, a []float64, slope float64) {
	for i, x := range a {
		if x <= 0 {
			x *= slope
		}
		d[i] = x
	}
}

var (
	opLeakyReLU = shapedBy("leaky_relu", "F.leaky_relu(x, 0.1)", 0.1, withScalar(kernels{}, cpu.LeakyReLUF32, leakyReLU))

	opELU = shaped("elu", "F.elu(x, 1.3)", 1.3, func(x, alpha float64) float64 {
		if x >= 0 {
			return x
		}
		return alpha * math.Expm1(x)
	})
	opCELU = shaped("celu", "F.celu(x, 1.3)", 1.3, func(x, alpha float64) float64 {
		if x >= 0 {
			return x
		}
		return alpha * math.Expm1(x/alpha)
	})
	opHardShrink = shaped("hardshrink", "F.hardshrink(x, 0.5)", 0.5, func(x, lambda float64) float64 {
		if math.Abs(x) <= lambda {
			return 0
		}
		return x
	})
	opSoftShrink = shaped("softshrink", "F.softshrink(x, 0.5)", 0.5, func(x, lambda float64) float64 {
		switch {
		case x > lambda:
			return x - lambda
		case x < -lambda:
			return x + lambda
		}
		return x * 0 // keeps nan
	})

	opGELU     = unary("gelu", "F.gelu(x)", -3, 3, sameType, eachF32(cpu.GELUF32, cpu.GELU))
	opGELUTanh = unary("gelu_tanh", "F.gelu(x, approximate='tanh')", -3, 3, sameType, each(func(x float64) float64 {
		return x / 2 * (1 + math.Tanh(math.Sqrt(2/math.Pi)*(x+0.044715*x*x*x)))
	}))
	opSiLU        = unary("silu", "F.silu(x)", -3, 3, sameType, eachF32(cpu.SiLUF32, cpu.SiLU).complex1(func(x complex128) complex128 { return x / (1 + cmplx.Exp(-x)) }))
	opMish        = unary("mish", "F.mish(x)", -3, 3, sameType, each(func(x float64) float64 { return x * math.Tanh(softplus(x)) }))
	opHardSigmoid = unary("hardsigmoid", "F.hardsigmoid(x)", -4, 4, sameType, each(func(x float64) float64 { return min(max(x+3, 0), 6) / 6 }))
	opHardSwish   = unary("hardswish", "F.hardswish(x)", -4, 4, sameType, each(func(x float64) float64 { return x * min(max(x+3, 0), 6) / 6 }))
)

func softplus(x float64) float64 { return max(x, 0) + math.Log1p(math.Exp(-math.Abs(x))) }

var opSoftplus = register(Op{Name: "softplus", Samples: []Sample{
	one("F.softplus(x)", SoftplusAttrs{1, 20}, 2, 3), one("F.softplus(x, 2, 1)", SoftplusAttrs{2, 1}, 2, 3),
}, f1: func(x *Tensor, a any) *Tensor {
	p := a.(SoftplusAttrs)
	k := each(func(x float64) float64 {
		if x*p.Beta > p.Threshold {
			return x
		}
		return softplus(x*p.Beta) / p.Beta
	})
	return k.apply1(sameType, x)
}})

// slopeOp registers the derivative of an activation times a gradient, a function
// of the gradient and of the activation's input or result.
func slopeOp(name, torch string, f32 func(d, g, x []float32), f func(g, x float64) float64) *Op {
	k := each2(f)
	k.f32.f2 = f32
	return register(Op{Name: name, FloatOnly: true, Samples: []Sample{{Torch: torch, In: []Input{in(-2, 2, 2, 3), in(-0.9, 0.9, 2, 3)}}},
		f2: func(g, x *Tensor, _ any) *Tensor { return k.apply2(methodName(name), sameType, g, x) }})
}

var (
	opGELUBackward    = slopeOp("gelu_backward", "x * (0.5 * (1 + (y / 2**0.5).erf()) + y * (-y * y / 2).exp() / (2 * torch.pi)**0.5)", cpu.GELUBackwardF32, cpu.GELUBackward)
	opSiLUBackward    = slopeOp("silu_backward", "x * y.sigmoid() * (1 + y * (1 - y.sigmoid()))", cpu.SiLUBackwardF32, cpu.SiLUBackward)
	opSigmoidBackward = slopeOp("sigmoid_backward", "x * y * (1 - y)", cpu.SigmoidBackwardF32, cpu.SigmoidBackward)
	opTanhBackward    = slopeOp("tanh_backward", "x * (1 - y * y)", cpu.TanhBackwardF32, cpu.TanhBackward)
)

// GELUBackward returns t times the derivative of GELU at x.
func (t *Tensor) GELUBackward(x *Tensor) *Tensor { return opGELUBackward.call2(t, x, nil) }

// SiLUBackward returns t times the derivative of SiLU at x.
func (t *Tensor) SiLUBackward(x *Tensor) *Tensor { return opSiLUBackward.call2(t, x, nil) }

// SigmoidBackward returns t·y·(1 - y): t times the derivative of a sigmoid y.
func (t *Tensor) SigmoidBackward(y *Tensor) *Tensor { return opSigmoidBackward.call2(t, y, nil) }

// TanhBackward returns t·(1 - y²): t times the derivative of a hyperbolic tangent y.
func (t *Tensor) TanhBackward(y *Tensor) *Tensor { return opTanhBackward.call2(t, y, nil) }

// LeakyReLU returns t where t > 0, else slope·t.
func (t *Tensor) LeakyReLU(slope float64) *Tensor { return opLeakyReLU.callNumber(t, slope) }

// ELU returns t where t > 0, else alpha·(eᵗ - 1).
func (t *Tensor) ELU(alpha float64) *Tensor { return opELU.callNumber(t, alpha) }

// SELU returns the self-normalising ELU (Klambauer et al. 2017).
func (t *Tensor) SELU() *Tensor {
	return t.ELU(1.6732632423543772848170429916717).MulScalar(1.0507009873554804934193349852946).named("EluBackward0")
}

// CELU returns t where t > 0, else alpha·(exp(t/alpha) - 1).
func (t *Tensor) CELU(alpha float64) *Tensor {
	if alpha == 0 {
		fail("CELU", "alpha is 0; t is divided by it")
	}
	return opCELU.callNumber(t, alpha)
}

// HardShrink returns t where |t| > lambda, else 0.
func (t *Tensor) HardShrink(lambda float64) *Tensor {
	return opHardShrink.callNumber(t, lambda)
}

// SoftShrink returns t moved by lambda towards 0, and 0 between.
func (t *Tensor) SoftShrink(lambda float64) *Tensor {
	if !(lambda >= 0) {
		fail("SoftShrink", "lambda = %v; it must not be negative", lambda)
	}
	return opSoftShrink.callNumber(t, lambda)
}

// GELU returns t·Φ(t), Φ the normal distribution (Hendrycks and Gimpel 2016).
func (t *Tensor) GELU() *Tensor { return opGELU.call1(t, nil) }

// GELUTanh is GELU by its tanh approximation.
func (t *Tensor) GELUTanh() *Tensor { return opGELUTanh.call1(t, nil) }

// SiLU returns t·sigmoid(t), also called swish.
func (t *Tensor) SiLU() *Tensor { return opSiLU.call1(t, nil) }

// Mish returns t·tanh(softplus(t)) (Misra 2019).
func (t *Tensor) Mish() *Tensor { return opMish.call1(t, nil) }

// HardSigmoid returns a piecewise linear sigmoid.
func (t *Tensor) HardSigmoid() *Tensor { return opHardSigmoid.call1(t, nil) }

// HardSwish returns t·HardSigmoid(t).
func (t *Tensor) HardSwish() *Tensor { return opHardSwish.call1(t, nil) }

// HardTanh returns t bounded to [lo, hi], of which an integer tensor cuts fractions off.
func (t *Tensor) HardTanh(lo, hi float64) *Tensor {
	if !(lo <= hi) {
		fail("HardTanh", "[%v, %v] is no range", lo, hi)
	}
	if t.dtype.IsInt() { // stays what it is
		lo, hi = math.Trunc(lo), math.Trunc(hi)
		t.checkBounds("HardTanh", lo, hi)
	}
	return opHardTanh.call1(t, ClampAttrs{lo, hi})
}

// ReLU6 returns t bounded to [0, 6].
func (t *Tensor) ReLU6() *Tensor { return t.HardTanh(0, 6) }

// Softplus returns log(1 + exp(beta·t))/beta, and t where beta·t > threshold.
func (t *Tensor) Softplus(beta, threshold float64) *Tensor {
	return opSoftplus.call1(t, SoftplusAttrs{beta, threshold})
}

// Softsign returns t/(1 + |t|).
func (t *Tensor) Softsign() *Tensor { return t.Div(t.Abs().AddScalar(1)) }

// TanhShrink returns t - tanh(t).
func (t *Tensor) TanhShrink() *Tensor { return t.Sub(t.Tanh()) }

// Threshold returns t where t > threshold, else v.
func (t *Tensor) Threshold(threshold, v float64) *Tensor {
	return t.MaskedFill(t.LeScalar(threshold), v).named("ThresholdBackward0")
}

// PReLU returns t where t > 0, else weight·t; weight is one number or one for
// every channel, the second dimension.
func (t *Tensor) PReLU(weight *Tensor) *Tensor {
	if n := weight.NumEl(); n != 1 {
		if len(t.shape) < 2 || t.shape[1] != n {
			failOn("PReLU", []*Tensor{t, weight}, "%d weights do not fit shape %s, whose second dimension holds the channels", n, shapeText(t.shape))
		}
		shape := make([]int, len(t.shape)-1)
		for i := range shape {
			shape[i] = 1
		}
		shape[0] = n
		weight = weight.Reshape(shape...)
	} else {
		weight = weight.Reshape()
	}
	positive := t.GtScalar(0)
	return Where(positive, t, weight.Mul(t.MaskedFill(positive, 0))).named("PreluKernelBackward0")
}
