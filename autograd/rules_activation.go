package autograd

import (
	"math"

	"github.com/gophergrad/gophergrad/tensor"
)

// gradientTimes makes a rule of an activation's derivative, a function of the
// input and the op's number.
func gradientTimes(f func(x *T, v float64) *T) Rule {
	return Rule{{in0, func(b *Back) *T {
		v := 0.0
		if a, ok := b.Attrs().(tensor.ScalarAttrs); ok {
			v = a.Value
		}
		return b.G.Mul(f(b.In(0), v))
	}}}
}

// step is where x > 0, as numbers.
func step(x *T) *T { return x.GtScalar(0).Cast(x.DType()) }

// apart returns x with 1 for 0: a divisor whose quotients, masked at 0, have finite derivatives there.
func apart(x *T) *T { return x.MaskedFill(x.EqScalar(0), 1) }

func init() {
	add(map[string]Rule{
		"leaky_relu": gradientTimes(func(x *T, slope float64) *T { return step(x).MulScalar(1 - slope).AddScalar(slope) }),
		"elu": gradientTimes(func(x *T, alpha float64) *T {
			return tensor.Where(x.LeScalar(0), x.ClampMax(0).Exp().MulScalar(alpha), tensor.OnesLike(x))
		}),
		"celu": gradientTimes(func(x *T, alpha float64) *T {
			return tensor.Where(x.LeScalar(0), x.ClampMax(0).DivScalar(alpha).Exp(), tensor.OnesLike(x))
		}),
		"hardshrink": {{in0, func(b *Back) *T { return b.G.MaskedFill(b.In(0).Abs().LeScalar(value(b)), 0) }}},
		"softshrink": {{in0, func(b *Back) *T { return b.G.MaskedFill(b.In(0).Abs().LeScalar(value(b)), 0) }}},
		"gelu":       {{in0, func(b *Back) *T { return b.G.GELUBackward(b.In(0)) }}},
		"gelu_backward": {{in1, func(b *Back) *T { return b.G.GELUBackward(b.In(1)) }}, {in0 | in1, func(b *Back) *T { // g·(2 - x²)·φ(x)
			x := b.In(1)
			return b.G.Mul(b.In(0)).Mul(x.Square().RSubScalar(2)).Mul(x.Square().MulScalar(-0.5).Exp()).MulScalar(1 / math.Sqrt(2*math.Pi))
		}}},
		"gelu_tanh": gradientTimes(func(x *T, _ float64) *T {
			c := math.Sqrt(2 / math.Pi)
			t := x.Add(x.Pow(3).MulScalar(0.044715)).MulScalar(c).Tanh()
			slope := x.Square().MulScalar(3 * 0.044715).AddScalar(1).MulScalar(c)
			return t.AddScalar(1).Add(x.Mul(t.Square().RSubScalar(1)).Mul(slope)).MulScalar(0.5)
		}),
		"silu": {{in0, func(b *Back) *T {
			if x := b.In(0).Conj(); x.DType().IsComplex() {
				s := x.Sigmoid()
				return b.G.Mul(s.Mul(x.Mul(s.RSubScalar(1)).AddScalar(1)))
			}
			return b.G.SiLUBackward(b.In(0))
		}}},
		"silu_backward": {{in1, func(b *Back) *T { return b.G.SiLUBackward(b.In(1)) }}, {in0 | in1, func(b *Back) *T { // g·s·(1 - s)·(2 + x·(1 - 2s))
			x, s := b.In(1), b.In(1).Sigmoid()
			return b.G.Mul(b.In(0)).Mul(s.Mul(s.RSubScalar(1))).Mul(x.Mul(s.MulScalar(2).RSubScalar(1)).AddScalar(2))
		}}},
		"sigmoid_backward": {{in1, func(b *Back) *T { return b.G.SigmoidBackward(b.In(1)) }}, {in0 | in1, func(b *Back) *T {
			return b.G.Mul(b.In(0)).Mul(b.In(1).MulScalar(2).RSubScalar(1))
		}}},
		"tanh_backward": {{in1, func(b *Back) *T { return b.G.TanhBackward(b.In(1)) }}, {in0 | in1, func(b *Back) *T {
			return b.G.Mul(b.In(0)).Mul(b.In(1)).MulScalar(-2)
		}}},
		"mish": gradientTimes(func(x *T, _ float64) *T {
			t := x.Softplus(1, 20).Tanh()
			return t.Add(x.Mul(x.Sigmoid()).Mul(t.Square().RSubScalar(1)))
		}),
		"hardsigmoid": {{in0, func(b *Back) *T {
			return b.G.MulScalar(float64(float32(1.0/6))).MaskedFill(b.In(0).Abs().LtScalar(3).LogicalNot(), 0)
		}}},
		"hardswish": gradientTimes(func(x *T, _ float64) *T {
			inner := x.DivScalar(3).AddScalar(0.5)
			return tensor.Where(x.LeScalar(-3), tensor.ZerosLike(x), tensor.Where(x.LtScalar(3), inner, tensor.OnesLike(x)))
		}),
		"softplus": {{in0, func(b *Back) *T {
			a, x := b.Attrs().(tensor.SoftplusAttrs), b.In(0).MulScalar(b.Attrs().(tensor.SoftplusAttrs).Beta)
			return b.G.Mul(tensor.Where(x.GtScalar(a.Threshold), tensor.OnesLike(x), x.Sigmoid()))
		}}},

		"lgamma":  gradientTimes(func(x *T, _ float64) *T { return x.Digamma() }),
		"digamma": gradientTimes(func(x *T, _ float64) *T { return x.Polygamma(1) }),
		"polygamma": {{in0, func(b *Back) *T {
			return b.G.Mul(b.In(0).Polygamma(b.Attrs().(tensor.PolygammaAttrs).N + 1))
		}}},
		"sinc": gradientTimes(func(x *T, _ float64) *T { // (cos πx - sinc x)/x, near 0 its series, which does not cancel
			near := x.Abs().LtScalar(0.1)
			small := x.MaskedFill(near.LogicalNot(), 0)
			square, series := small.Square().MulScalar(-math.Pi*math.Pi), tensor.ZerosLike(x)
			for n := 5.0; n > 0; n-- {
				series = series.Mul(square).AddScalar(2 * n / math.Gamma(2*n+2))
			}
			series = series.Mul(small).MulScalar(-math.Pi * math.Pi)
			return tensor.Where(near, series, x.MulScalar(math.Pi).Cos().Sub(x.Sinc()).Div(x.MaskedFill(near, 1))).Conj()
		}),
		"logit": {{in0, func(b *Back) *T { // 1/(x·(1 - x)) in [0, 1]
			x := b.In(0)
			return b.G.Div(x.Mul(x.RSubScalar(1)).Abs()).MaskedFill(x.LtScalar(0).LogicalOr(x.GtScalar(1)), math.NaN())
		}}},

		"softmax":     {{out0, func(b *Back) *T { return b.G.SoftmaxBackward(b.Out(0), dimOf(b)) }}},
		"log_softmax": {{out0, func(b *Back) *T { return b.G.LogSoftmaxBackward(b.Out(0), dimOf(b)) }}},
		// y·(g - Σ g·y): in g it is symmetric; in y it is g·(gg - Σ gg·y) - gg·Σ g·y
		"softmax_backward": {{in1, func(b *Back) *T { return b.G.SoftmaxBackward(b.In(1), dimOf(b)) }}, {in0 | in1, func(b *Back) *T {
			g, y, d := b.In(0), b.In(1), dimOf(b)
			return g.Mul(b.G.Sub(b.G.Mul(y).SumKeepDim(d))).Sub(b.G.Mul(g.Mul(y).SumKeepDim(d)))
		}}},
		// g - eʸ·Σ g
		"log_softmax_backward": {{in1, func(b *Back) *T { return b.G.Sub(b.G.Mul(b.In(1).Exp()).SumKeepDim(dimOf(b))) }}, {in0 | in1, func(b *Back) *T {
			return b.G.Mul(b.In(1).Exp()).Mul(b.In(0).SumKeepDim(dimOf(b))).Neg()
		}}},
	})
}

func dimOf(b *Back) int { return b.Attrs().(tensor.DimAttrs).Dim }
