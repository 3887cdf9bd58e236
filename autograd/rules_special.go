package autograd

import (
	"math"

	"github.com/gophergrad/gophergrad/tensor"
)

// Derivatives of special functions (Abramowitz and Stegun 1964, chapters 6, 7 and 9).

// noParameter stands for the parameter of a function that has no known derivative in it.
var noParameter = D{F: func(b *Back) *T {
	panic(&tensor.Error{Op: "Backward", Msg: b.node.Op.Name + " has no derivative in its first operand; Detach() it if none is meant to flow"})
}}

func init() {
	// xᵃ⁻¹·e⁻ˣ/Γ(a)
	gammaDensity := func(b *Back) *T {
		a, x := b.In(0), b.In(1)
		return b.G.Mul(a.SubScalar(1).Mul(x.Log()).Sub(x).Sub(a.Lgamma()).Exp())
	}
	add(map[string]Rule{
		"i0":  gradientTimes(func(x *T, _ float64) *T { return x.I1() }),
		"i0e": gradientTimes(func(x *T, _ float64) *T { return x.I1e().Sub(x.Sign().Mul(x.I0e())) }),
		"i1": gradientTimes(func(x *T, _ float64) *T { // I0 - I1/x, 1/2 at 0
			return x.I0().Sub(x.I1().Div(apart(x))).MaskedFill(x.EqScalar(0), 0.5)
		}),
		"i1e": gradientTimes(func(x *T, _ float64) *T {
			return x.I0e().Sub(x.I1e().Mul(x.Sign())).Sub(x.I1e().Div(apart(x))).MaskedFill(x.EqScalar(0), 0.5)
		}),
		"bessel_j0": gradientTimes(func(x *T, _ float64) *T { return x.BesselJ1().Neg() }),
		"bessel_j1": gradientTimes(func(x *T, _ float64) *T { // J0 - J1/x, 1/2 at 0
			return x.BesselJ0().Sub(x.BesselJ1().Div(apart(x))).MaskedFill(x.EqScalar(0), 0.5)
		}),
		"bessel_y0":          gradientTimes(func(x *T, _ float64) *T { return x.BesselY1().Neg() }),
		"bessel_y1":          gradientTimes(func(x *T, _ float64) *T { return x.BesselY0().Sub(x.BesselY1().Div(x)) }),
		"modified_bessel_k0": gradientTimes(func(x *T, _ float64) *T { return x.ModifiedBesselK1().Neg() }),
		"modified_bessel_k1": gradientTimes(func(x *T, _ float64) *T { return x.ModifiedBesselK0().Add(x.ModifiedBesselK1().Div(x)).Neg() }),
		"erfcx":              gradientTimes(func(x *T, _ float64) *T { return x.Mul(x.Erfcx()).MulScalar(2).SubScalar(2 / math.Sqrt(math.Pi)) }),
		"ndtri": {{out0, func(b *Back) *T {
			return b.G.Mul(b.Out(0).Square().DivScalar(2).Exp()).MulScalar(math.Sqrt(2 * math.Pi))
		}}},
		"entr": gradientTimes(func(x *T, _ float64) *T { return x.Log().Neg().SubScalar(1) }),
		"log_ndtr": gradientTimes(func(x *T, _ float64) *T {
			return x.MulScalar(-math.Sqrt2 / 2).Erfcx().Reciprocal().MulScalar(math.Sqrt(2 / math.Pi))
		}),
		"igamma":  {noParameter, {in0 | in1, gammaDensity}},
		"igammac": {noParameter, {in0 | in1, func(b *Back) *T { return gammaDensity(b).Neg() }}},
		"zeta":    {noParameter, {in0 | in1, func(b *Back) *T { return b.G.Mul(b.In(0).Neg().Mul(b.In(0).AddScalar(1).Zeta(b.In(1)))) }}},
		"frexp":   {{tensor.Out1, func(b *Back) *T { return b.G.Ldexp(b.Out(1).Neg()) }}},
	})
}
