package autograd

import (
	"math"

	"github.com/gophergrad/gophergrad/tensor"
)

const (
	in0, in1, in2 = tensor.In0, tensor.In1, tensor.In2
	out0          = tensor.Out0
)

// value returns the number operand of an operation.
func value(b *Back) float64 { return b.Attrs().(tensor.ScalarAttrs).Value }

func pass1(b *Back) *T { return b.G }
func negG(b *Back) *T  { return b.G.Neg() }
func zero(b *Back) *T  { return tensor.ZerosLike(b.G) }

func init() {
	add(map[string]Rule{
		// d(x+y) = dx + dy and the like; v is a number
		"add":         {{F: pass1}, {F: pass1}},
		"add_scalar":  {{F: pass1}},
		"sub":         {{F: pass1}, {F: negG}},
		"sub_scalar":  {{F: pass1}},
		"rsub_scalar": {{F: negG}},
		"mul":         {{in1, func(b *Back) *T { return b.G.Mul(b.In(1).Conj()) }}, {in0, func(b *Back) *T { return b.G.Mul(b.In(0).Conj()) }}},
		"mul_scalar":  {{F: func(b *Back) *T { return b.G.MulScalar(value(b)) }}},
		"div": {{in1, func(b *Back) *T { return b.G.Div(b.In(1).Conj()) }},
			{in0 | in1, func(b *Back) *T { return b.G.Mul(b.In(0).Div(b.In(1)).Div(b.In(1)).Neg().Conj()) }}}, // y² may overflow
		"div_scalar":  {{F: func(b *Back) *T { return b.G.DivScalar(value(b)) }}},
		"rdiv_scalar": {{in0, func(b *Back) *T { return b.G.MulScalar(-value(b)).Div(b.In(0).Square().Conj()) }}},
		"pow": {{in0 | in1, func(b *Back) *T { // y·x^(y-1), 0 where y = 0
			x, y := b.In(0), b.In(1)
			return b.G.Mul(y.Mul(x.PowTensor(y.SubScalar(1))).Conj()).MaskedFill(y.EqScalar(0), 0)
		}}, {in0 | in1 | out0, func(b *Back) *T { // x^y·log x, 0 where x = 0 and y ≥ 0
			x, y := b.In(0), b.In(1)
			flat := y.Real().GeScalar(0)
			if y.DType().IsComplex() {
				flat = flat.LogicalAnd(y.Imag().EqScalar(0))
			}
			if y.DType().IsComplex() && !x.DType().IsComplex() { // negative numbers have complex logarithms
				x = tensor.Complex(x, tensor.ZerosLike(x))
			}
			return b.G.Mul(b.Out(0).Mul(x.Log()).Conj()).MaskedFill(x.EqScalar(0).LogicalAnd(flat), 0)
		}}},
		"pow_scalar": {{in0, func(b *Back) *T {
			v := value(b)
			if v == 0 {
				return zero(b)
			}
			return b.G.Mul(b.In(0).Pow(v - 1).MulScalar(v).Conj())
		}}},
		"rpow_scalar": {{out0, func(b *Back) *T { // vˣ·log v, 0 where v = 0 and x ≥ 0
			log := tensor.On(b.G.Device()).As(b.G.DType()).Full(value(b)).Log() // of a negative number, complex as the dtype
			g := b.G.Mul(b.Out(0).Mul(log).Conj())
			if value(b) != 0 {
				return g
			}
			return g.MaskedFill(b.Out(0).Abs().LeScalar(1), 0)
		}}},
		"square":           {{in0, func(b *Back) *T { return b.G.Mul(b.In(0).Conj()).MulScalar(2) }}},
		"remainder":        {{F: pass1}, {in0 | in1, func(b *Back) *T { return b.G.Mul(b.In(0).Detach().FloorDiv(b.In(1).Detach())).Neg() }}},
		"remainder_scalar": {{F: pass1}},
		"fmod":             {{F: pass1}, {in0 | in1, func(b *Back) *T { return b.G.Mul(b.In(0).Detach().Div(b.In(1).Detach()).Trunc()).Neg() }}},
		"fmod_scalar":      {{F: pass1}},
		"atan2": {{in0 | in1, func(b *Back) *T { return b.G.Mul(b.In(1).Mul(inverseSquare(b))) }},
			{in0 | in1, func(b *Back) *T { return b.G.Mul(b.In(0).Neg().Mul(inverseSquare(b))) }}},
		"hypot": {{in0 | out0, func(b *Back) *T { return b.G.Mul(b.In(0).Div(b.Out(0))) }},
			{in1 | out0, func(b *Back) *T { return b.G.Mul(b.In(1).Div(b.Out(0))) }}},
		"xlogy": {{in0 | in1, func(b *Back) *T { // log y, 0 where x = 0 and y ≤ 0
			return b.G.Mul(b.In(1).Log()).MaskedFill(b.In(0).EqScalar(0).LogicalAnd(b.In(1).LeScalar(0)), 0)
		}},
			{in0 | in1, func(b *Back) *T { return b.G.Mul(b.In(0).Div(b.In(1))) }}},
		"xlog1py": {{in0 | in1, func(b *Back) *T { // log (1 + y), 0 where x = 0 and y ≤ -1
			return b.G.Mul(b.In(1).Log1p()).MaskedFill(b.In(0).EqScalar(0).LogicalAnd(b.In(1).LeScalar(-1)), 0)
		}},
			{in0 | in1, func(b *Back) *T { return b.G.Mul(b.In(0).Div(b.In(1).AddScalar(1))) }}},
		"logaddexp2": {{in0 | in1, func(b *Back) *T { return b.G.Mul(b.In(0).Sub(b.In(1)).MulScalar(math.Ln2).Sigmoid()) }},
			{in0 | in1, func(b *Back) *T { return b.G.Mul(b.In(1).Sub(b.In(0)).MulScalar(math.Ln2).Sigmoid()) }}},
		"logaddexp": {{in0 | in1, func(b *Back) *T { return b.G.Mul(b.In(0).Sub(b.In(1)).Sigmoid().Conj()) }},
			{in0 | in1, func(b *Back) *T { return b.G.Mul(b.In(1).Sub(b.In(0)).Sigmoid().Conj()) }}},
		"nextafter": {{in0 | in1, func(b *Back) *T { return b.G.MaskedFill(b.In(0).Eq(b.In(1)), 0) }}, {F: zero}},
		"copysign":  {{in0 | out0, func(b *Back) *T { return b.G.Mul(b.In(0).Sign()).Mul(b.Out(0).Sign()) }}, {F: zero}},

		// extremes: equal operands share the gradient; an input at or beyond a bound that is a number has none
		"maximum":            {{in0 | in1, func(b *Back) *T { return larger(b.G, b.In(0), b.In(1)) }}, {in0 | in1, func(b *Back) *T { return larger(b.G, b.In(1), b.In(0)) }}},
		"minimum":            {{in0 | in1, func(b *Back) *T { return larger(b.G, b.In(1), b.In(0)) }}, {in0 | in1, func(b *Back) *T { return larger(b.G, b.In(0), b.In(1)) }}},
		"clamp_min":          {{in0, func(b *Back) *T { return b.G.ThresholdBackward(b.In(0), value(b)) }}},
		"clamp_max":          {{in0, func(b *Back) *T { return b.G.MaskedFill(b.In(0).LtScalar(value(b)).LogicalNot(), 0) }}},
		"threshold_backward": {{in1, func(b *Back) *T { return b.G.ThresholdBackward(b.In(1), value(b)) }}, {F: zero}},
		"clamp": {{in0, func(b *Back) *T {
			a := b.Attrs().(tensor.ClampAttrs)
			return b.G.MaskedFill(b.In(0).GtScalar(a.Min).LogicalAnd(b.In(0).LtScalar(a.Max)).LogicalNot(), 0)
		}}},
		"clamp_tensors": {
			{in0 | in1 | in2, func(b *Back) *T { x, _, _ := clampShares(b); return x }},
			{in0 | in1 | in2, func(b *Back) *T { _, lo, _ := clampShares(b); return lo }},
			{in0 | in1 | in2, func(b *Back) *T { _, _, hi := clampShares(b); return hi }},
		},
		"hardtanh": {{in0, func(b *Back) *T {
			a := b.Attrs().(tensor.ClampAttrs)
			return b.G.MaskedFill(b.In(0).LeScalar(a.Min).LogicalOr(b.In(0).GeScalar(a.Max)), 0)
		}}},
		"where": {none, {in0, func(b *Back) *T { return b.G.MaskedFill(b.In(0).LogicalNot(), 0) }},
			{in0, func(b *Back) *T { return b.G.MaskedFill(b.In(0), 0) }}},
		"masked_fill": {{in1, func(b *Back) *T { return b.G.MaskedFill(b.In(1), 0) }}, none},
		"lerp":        {{F: func(b *Back) *T { return b.G.MulScalar(1 - value(b)) }}, {F: func(b *Back) *T { return b.G.MulScalar(value(b)) }}},
		"lerp_tensor": {{in2, func(b *Back) *T { return b.G.Mul(b.In(2).RSubScalar(1).Conj()) }}, {in2, func(b *Back) *T { return b.G.Mul(b.In(2).Conj()) }},
			{in0 | in1, func(b *Back) *T { return b.G.Mul(b.In(1).Sub(b.In(0)).Conj()) }}},

		// functions of one tensor
		"clone":      {{F: pass1}},
		"cast":       {{F: pass1}},
		"neg":        {{F: negG}},
		"abs":        {{in0, func(b *Back) *T { return b.G.Mul(b.In(0).Sign()) }}},
		"relu":       {{out0, func(b *Back) *T { return b.G.ThresholdBackward(b.Out(0), 0) }}},
		"sqrt":       {{out0, func(b *Back) *T { return b.G.Div(b.Out(0).Conj().MulScalar(2)) }}},
		"rsqrt":      {{out0, func(b *Back) *T { return b.G.Mul(b.Out(0).Conj().Pow(3)).MulScalar(-0.5) }}},
		"reciprocal": {{out0, func(b *Back) *T { return b.G.Mul(b.Out(0).Conj().Square()).Neg() }}},
		"exp":        {{out0, func(b *Back) *T { return b.G.Mul(b.Out(0).Conj()) }}},
		"exp2":       {{out0, func(b *Back) *T { return b.G.Mul(b.Out(0).Conj()).MulScalar(math.Ln2) }}},
		"expm1":      {{out0, func(b *Back) *T { return b.G.Mul(b.Out(0).Conj().AddScalar(1)) }}},
		"log":        {{in0, func(b *Back) *T { return b.G.Div(b.In(0).Conj()) }}},
		"log2":       {{in0, func(b *Back) *T { return b.G.Div(b.In(0).Conj().MulScalar(math.Ln2)) }}},
		"log10":      {{in0, func(b *Back) *T { return b.G.Div(b.In(0).Conj().MulScalar(math.Ln10)) }}},
		"log1p":      {{in0, func(b *Back) *T { return b.G.Div(b.In(0).Conj().AddScalar(1)) }}},
		"sin":        {{in0, func(b *Back) *T { return b.G.Mul(b.In(0).Conj().Cos()) }}},
		"cos":        {{in0, func(b *Back) *T { return b.G.Mul(b.In(0).Conj().Sin()).Neg() }}},
		"tan":        {{out0, func(b *Back) *T { return b.G.Mul(b.Out(0).Conj().Square().AddScalar(1)) }}},
		"asin":       {{in0, func(b *Back) *T { return b.G.Mul(b.In(0).Conj().Square().RSubScalar(1).Rsqrt()) }}},
		"acos":       {{in0, func(b *Back) *T { return b.G.Mul(b.In(0).Conj().Square().RSubScalar(1).Rsqrt()).Neg() }}},
		"atan":       {{in0, func(b *Back) *T { return b.G.Div(b.In(0).Conj().Square().AddScalar(1)) }}},
		"sinh":       {{in0, func(b *Back) *T { return b.G.Mul(b.In(0).Conj().Cosh()) }}},
		"cosh":       {{in0, func(b *Back) *T { return b.G.Mul(b.In(0).Conj().Sinh()) }}},
		"tanh": {{out0, func(b *Back) *T {
			if y := b.Out(0); y.DType().IsComplex() {
				return b.G.Mul(y.Conj().Square().RSubScalar(1))
			}
			return b.G.TanhBackward(b.Out(0))
		}}},
		"asinh": {{in0, func(b *Back) *T { return b.G.Mul(b.In(0).Conj().Square().AddScalar(1).Rsqrt()) }}},
		"acosh": {{in0, func(b *Back) *T {
			x := b.In(0).Conj()
			if !x.DType().IsComplex() {
				return b.G.Mul(x.Square().SubScalar(1).Rsqrt())
			}
			return b.G.Div(x.SubScalar(1).Sqrt().Mul(x.AddScalar(1).Sqrt()))
		}}},
		"atanh":  {{in0, func(b *Back) *T { return b.G.Div(b.In(0).Conj().Square().RSubScalar(1)) }}},
		"erf":    {{in0, func(b *Back) *T { return b.G.Mul(gauss(b.In(0))) }}},
		"erfc":   {{in0, func(b *Back) *T { return b.G.Mul(gauss(b.In(0))).Neg() }}},
		"erfinv": {{out0, func(b *Back) *T { return b.G.Mul(b.Out(0).Square().Exp()).MulScalar(math.Sqrt(math.Pi) / 2) }}},
		"sigmoid": {{out0, func(b *Back) *T {
			if y := b.Out(0).Conj(); y.DType().IsComplex() {
				return b.G.Mul(y.Mul(y.RSubScalar(1)))
			}
			return b.G.SigmoidBackward(b.Out(0))
		}}},
		"log_sigmoid": {{in0, func(b *Back) *T { return b.G.Mul(b.In(0).Neg().Sigmoid()) }}},
		"frac":        {{F: pass1}},

		// piecewise constant functions
		"floor": {{F: zero}}, "ceil": {{F: zero}}, "round": {{F: zero}}, "trunc": {{F: zero}},
	})
}

// gauss is the derivative of the error function, 2/√π · exp(-x²).
func gauss(x *T) *T { return x.Square().Neg().Exp().MulScalar(2 / math.Sqrt(math.Pi)) }

// inverseSquare returns 1/(x² + y²) of the two inputs, 0 where both are 0.
func inverseSquare(b *Back) *T {
	square := b.In(0).Square().Add(b.In(1).Square())
	return square.Reciprocal().MaskedFill(square.EqScalar(0), 0)
}

// clampShares returns the gradients of the first input and of the bounds, which may be nil: the upper one counts where they have
// crossed, and a bound that is met gets half.
func clampShares(b *Back) (x, lo, hi *T) {
	in := b.In(0)
	never := in.Lt(in)
	below, above, atLo, atHi := never, never, never, never
	if b.node.Has(1) {
		below, atLo = in.Lt(b.In(1)), in.Eq(b.In(1))
	}
	if b.node.Has(2) {
		above, atHi = in.Gt(b.In(2)), in.Eq(b.In(2))
	}
	if b.node.Has(1) && b.node.Has(2) {
		crossed, apart := b.In(1).Gt(b.In(2)), b.In(1).Lt(b.In(2))
		below, above = below.LogicalAnd(crossed.LogicalNot()), above.LogicalOr(crossed)
		atLo, atHi = atLo.LogicalAnd(apart), atHi.LogicalAnd(apart)
	}
	share := func(whole, half *T) *T {
		return tensor.Where(half, b.G.MulScalar(0.5), b.G.MaskedFill(whole.LogicalNot(), 0))
	}
	return share(below.LogicalOr(above).LogicalNot(), atLo.LogicalOr(atHi)), share(below, atLo), share(above, atHi)
}

// larger returns g where x > y, half of it where they are equal, else 0.
func larger(g, x, y *T) *T {
	return tensor.Where(x.Eq(y), g.MulScalar(0.5), g.MaskedFill(x.Lt(y), 0))
}

var nonDifferentiable = names(
	// results are Bool or integers
	"eq", "ne", "lt", "le", "gt", "ge", "eq_scalar", "ne_scalar", "lt_scalar", "le_scalar", "gt_scalar", "ge_scalar",
	"logical_and", "logical_or", "logical_xor", "logical_not",
	"gcd", "lcm", "bitwise_and", "bitwise_or", "bitwise_xor", "bitwise_not", "bitwise_left_shift", "bitwise_right_shift",
	"isnan", "isinf", "isposinf", "isneginf", "isfinite", "signbit", "any", "all",
	// stand for rules that are written out where a pass is recorded
	"native_layer_norm_backward", "native_batch_norm_backward",
)

// Backward through these is an error, as in PyTorch.
var refused = names("floor_divide", "floor_divide_scalar")

func names(list ...string) map[string]bool {
	m := map[string]bool{}
	for _, n := range list {
		m[n] = true
	}
	return m
}
