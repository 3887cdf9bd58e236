package autograd_test

import (
	"math"
	"testing"

	"github.com/gophergrad/gophergrad/autograd"
	"github.com/gophergrad/gophergrad/tensor"
)

// Where a derivative does not exist, or its formula overflows, the gradient is PyTorch's (2.15), which computed the
// numbers here: x's and y's gradients of f's sum.
func TestSubgradients(t *testing.T) {
	type T = tensor.Tensor
	nan, inf := math.NaN(), math.Inf(1)
	root := math.Sqrt(0.5)
	places := []float64{-1, -1, 1, 1, 0.5, 0, -1.5, 0.25}
	sampled := func(padding string) func(x, _ *T) *T {
		image := tensor.Of([]float64{1, 2, 4, 8}).View(1, 1, 2, 2)
		return func(x, _ *T) *T {
			return image.GridSample(x.View(1, 1, -1, 2), tensor.GridOptions{Padding: padding, AlignCorners: true})
		}
	}
	for _, c := range []struct {
		name  string
		f     func(x, y *T) *T
		x, y  []float64
		dx    []float64
		dy    []float64
		twice bool // the gradients are those of the first gradient of x
	}{
		{name: "clamp", f: func(x, _ *T) *T { return x.Clamp(-0.5, 1) }, x: []float64{-0.5, 1, 0, inf, nan}, dx: []float64{0, 0, 1, 0, 0}},
		{name: "clamp tensors", f: func(x, y *T) *T { return x.ClampTensors(y, y.Detach().SubScalar(1).Abs()) }, x: []float64{0, 0, 0.2, 1, 1, nan, 0.5}, y: []float64{0, -1, 0, 0, 0, 0, 0.5},
			dx: []float64{0.5, 1, 1, 0.5, 0.5, 1, 1}, dy: []float64{0.5, 0, 0, 0, 0, 0, 0}},
		{name: "clamp tensors that cross", f: func(x, y *T) *T { return x.ClampTensors(x.Detach().AddScalar(3), y) }, x: []float64{0, 1}, y: []float64{0, 1}, dx: []float64{0, 0}, dy: []float64{1, 1}},
		{name: "clamp by one tensor", f: func(x, y *T) *T { return x.ClampTensors(y, nil) }, x: []float64{0, 1, 2}, y: []float64{1, 1, 1}, dx: []float64{0, 0.5, 1}, dy: []float64{1, 0.5, 0}},
		{name: "clamp_min", f: func(x, _ *T) *T { return x.ClampMin(0.5) }, x: []float64{0.5, 1, nan}, dx: []float64{0, 1, 0}},
		{name: "clamp_max", f: func(x, _ *T) *T { return x.ClampMax(0.5) }, x: []float64{0.5, 0, nan}, dx: []float64{0, 1, 0}},
		{name: "relu6", f: func(x, _ *T) *T { return x.ReLU6() }, x: []float64{0, 6, 3}, dx: []float64{0, 0, 1}},
		{name: "relu", f: func(x, _ *T) *T { return x.ReLU() }, x: []float64{0, 1}, dx: []float64{0, 1}},
		{name: "abs", f: func(x, _ *T) *T { return x.Abs() }, x: []float64{0, -1}, dx: []float64{0, -1}},
		{name: "hardswish", f: func(x, _ *T) *T { return x.HardSwish() }, x: []float64{-3, 3, 0}, dx: []float64{0, 1, 0.5}},
		{name: "elu", f: func(x, _ *T) *T { return x.ELU(1) }, x: []float64{0, nan}, dx: []float64{1, 1}},
		{name: "elu twice", f: func(x, _ *T) *T { return x.ELU(1) }, x: []float64{0, 1}, dx: []float64{0, 0}, twice: true},
		{name: "prelu", f: func(x, y *T) *T { return x.PReLU(y) }, x: []float64{0, 1, inf, -2}, y: []float64{0.25}, dx: []float64{0.25, 1, 1, 0.25}, dy: []float64{-2}},
		{name: "logit", f: func(x, _ *T) *T { return x.Logit() }, x: []float64{-1, 0, math.Copysign(0, -1), 0.5, 2}, dx: []float64{nan, inf, inf, 4, nan}},
		{name: "acosh", f: func(x, _ *T) *T { return x.Acosh() }, x: []float64{-1, 1, -math.Sqrt2}, dx: []float64{inf, inf, 1}},
		{name: "sinc", f: func(x, _ *T) *T { return x.Sinc() }, x: []float64{0, 1e-200, 1}, dx: []float64{0, -math.Pi * math.Pi / 3 * 1e-200, -1}},
		{name: "hardtanh", f: func(x, _ *T) *T { return x.HardTanh(-1, 1) }, x: []float64{-1, 1, nan}, dx: []float64{0, 0, 1}},
		{name: "i1e", f: func(x, _ *T) *T { return x.I1e() }, x: []float64{0, 1e-310}, dx: []float64{0.5, 0.5}},
		{name: "norm of small numbers", f: func(x, _ *T) *T { return x.Float().NormP(3, false) }, x: []float64{0, 1e-30}, dx: []float64{0, 1}},
		{name: "slogdet", f: func(x, _ *T) *T { _, l := x.DiagEmbed(0).SLogDet(); return l }, x: []float64{1, 0}, dx: []float64{nan, nan}},
		{name: "as_strided of what shares memory", f: func(x, y *T) *T { return x.Expand(2, 3).AsStrided([]int{2, 2}, []int{0, 1}, 1).Mul(y.View(2, 2)) },
			x: []float64{1, 2, 3}, y: []float64{1, 2, 3, 4}, dx: []float64{0, 4, 6}, dy: []float64{2, 3, 2, 3}},
		{name: "repeated singular values", f: func(x, y *T) *T { _, s, _ := x.View(2, 2).SVD(); return s.Mul(y) }, x: []float64{1, 0, 0, 1}, y: []float64{1, 1}, dx: []float64{1, 0, 0, 1}, dy: []float64{1, 1}},
		{name: "repeated eigenvalues", f: func(x, _ *T) *T { s, _ := x.View(2, 2).Eigh(); return s }, x: []float64{1, 0, 0, 1}, dx: []float64{1, 0, 0, 1}},
		{name: "repeated complex eigenvalues", f: func(x, _ *T) *T { s, _ := x.View(2, 2).Eig(); return s.Real() }, x: []float64{1, 0, 0, 1}, dx: []float64{1, 0, 0, 1}},
		{name: "eigenvectors", f: func(x, _ *T) *T {
			_, v := x.View(2, 2).Eigh()
			return v.Abs().Mul(tensor.Of([][]float64{{1, 2}, {3, 5}}))
		}, x: []float64{1, 2, 2, 4},
			dx: []float64{0.14310835055998655, 0.10733126291998991, 0.10733126291998991, -0.14310835055998655}},
		{name: "nuclear norm of 0", f: func(x, _ *T) *T { return x.View(2, 2).MatrixNorm("nuc") }, x: []float64{0, 0, 0, 0}, dx: []float64{1, 0, 0, 1}},
		{name: "condition", f: func(x, _ *T) *T { return x.View(2, 2).Cond() }, x: []float64{1, 0, 0, 1}, dx: []float64{1, 0, 0, -1}},
		{name: "atan2", f: (*T).Atan2, x: []float64{0, 0}, y: []float64{0, 1}, dx: []float64{0, 1}, dy: []float64{0, 0}},
		{name: "xlogy", f: (*T).Xlogy, x: []float64{0, 0, 0}, y: []float64{2, 0, -1}, dx: []float64{math.Ln2, 0, 0}, dy: []float64{0, nan, 0}},
		{name: "xlog1py", f: (*T).Xlog1py, x: []float64{0, 0, 0, 0}, y: []float64{1, -2, -1, inf}, dx: []float64{math.Ln2, 0, 0, inf}, dy: []float64{0, 0, nan, 0}},
		{name: "0 to a power", f: func(x, _ *T) *T { return x.RPowScalar(0) }, x: []float64{0, 1, -1}, dx: []float64{0, 0, -inf}},
		{name: "logaddexp", f: (*T).LogAddExp, x: []float64{inf, -inf, 1}, y: []float64{1, 1, 1}, dx: []float64{1, 0, 0.5}, dy: []float64{0, 1, 0.5}},
		{name: "div", f: (*T).Div, x: []float64{1e-200}, y: []float64{1e-200}, dx: []float64{1e200}, dy: []float64{-1e200}},
		{name: "remainder", f: (*T).Remainder, x: []float64{1}, y: []float64{0.1}, dx: []float64{1}, dy: []float64{-9}},
		{name: "maximum", f: (*T).Maximum, x: []float64{1, 2}, y: []float64{1, 3}, dx: []float64{0.5, 0}, dy: []float64{0.5, 1}},
		{name: "max", f: func(x, _ *T) *T { return x.Max() }, x: []float64{1, 1, 0}, dx: []float64{0.5, 0.5, 0}},
		{name: "max of nan", f: func(x, _ *T) *T { return x.Max() }, x: []float64{1, nan, nan}, dx: []float64{0, 0.5, 0.5}},
		{name: "median of nan", f: func(x, _ *T) *T { return x.Median() }, x: []float64{1, nan, 3, nan}, dx: []float64{0, 0.5, 0, 0.5}},
		{name: "amax of nan", f: func(x, _ *T) *T { return x.AMax(0) }, x: []float64{1, nan}, dx: []float64{nan, nan}},
		{name: "hardsigmoid", f: func(x, _ *T) *T { return x.HardSigmoid() }, x: []float64{0.5}, dx: []float64{0.16666667163372039795}},
		{name: "median", f: func(x, _ *T) *T { return x.Median() }, x: []float64{1, 2, 1, 0, 1}, dx: []float64{1. / 3, 0, 1. / 3, 0, 1. / 3}},
		{name: "nanmedian", f: func(x, _ *T) *T { return x.NanMedian() }, x: []float64{1, nan, 1, 0}, dx: []float64{0.5, 0, 0.5, 0}},
		{name: "std", f: func(x, _ *T) *T { return x.Std() }, x: []float64{1, 1, 1}, dx: []float64{0, 0, 0}},
		{name: "std of equal numbers whose sum rounds", f: func(x, _ *T) *T { return x.Std() }, x: []float64{-0.9, -0.9, -0.9}, dx: []float64{0, 0, 0}},
		{name: "std of equal complex numbers", f: func(x, _ *T) *T { return tensor.Complex(x, x).StdCorrection(0, false) }, x: []float64{1, 1}, dx: []float64{0, 0}},
		{name: "std of one", f: func(x, _ *T) *T { return x.Std() }, x: []float64{1}, dx: []float64{nan}},
		{name: "norm", f: func(x, _ *T) *T { return x.Norm() }, x: []float64{0, 0}, dx: []float64{0, 0}},
		{name: "norm 1.5", f: func(x, _ *T) *T { return x.NormP(1.5, false) }, x: []float64{1, 0}, dx: []float64{1, 0}},
		{name: "norm 3 twice", f: func(x, _ *T) *T { return x.NormP(3, false) }, x: []float64{0, 0}, dx: []float64{0, 0}, twice: true},
		{name: "norm inf", f: func(x, _ *T) *T { return x.NormP(inf, false) }, x: []float64{1, -1}, dx: []float64{0.5, -0.5}},
		{name: "norm inf of nan", f: func(x, _ *T) *T { return x.NormP(inf, false) }, x: []float64{1, nan, 3}, dx: []float64{0, 0, 0}},
		{name: "cdist twice", f: func(x, y *T) *T { return x.View(1, 2).CDist(y.View(1, 2), 2) }, x: []float64{0, 0}, y: []float64{0, 0}, dx: []float64{0, 0}, dy: []float64{0, 0}, twice: true},
		{name: "pairwise_distance", f: func(x, y *T) *T { return x.PairwiseDistance(y, 2, 1e-6) }, x: []float64{0, 0}, y: []float64{0, 0}, dx: []float64{root, root}, dy: []float64{-root, -root}},
		{name: "i1 twice", f: func(x, _ *T) *T { return x.I1() }, x: []float64{0}, dx: []float64{0}, twice: true},
		{name: "logcumsumexp", f: func(x, _ *T) *T { return x.LogCumSumExp(0).Mul(tensor.Of([]float64{2, -1})) }, x: []float64{-1000, 0}, dx: []float64{2, -1}},
		{name: "prod", f: func(x, _ *T) *T { return x.Prod() }, x: []float64{0, 2, 3}, dx: []float64{6, 0, 0}},
		{name: "cumprod", f: func(x, _ *T) *T { return x.CumProd(0) }, x: []float64{2, 0, 3}, dx: []float64{1, 8, 0}},
		{name: "scattered product", f: func(x, y *T) *T { return x.ScatterReduce(0, tensor.Of([]int{0, 0, 1, 1}), y, "mul") }, x: []float64{0, 2}, y: []float64{3, 4, 0, 5}, dx: []float64{12, 0}, dy: []float64{0, 0, 10, 0}},
		{name: "adaptive_max_pool", f: func(x, _ *T) *T { return x.View(1, 1, 2, 2).AdaptiveMaxPool(1, 1) }, x: []float64{0, 1, 1, 1}, dx: []float64{0, 1, 0, 0}},
		{name: "lp_pool", f: func(x, _ *T) *T { return x.View(1, 1, 2, 2).LPPool2d(3, 2, 2) }, x: []float64{1, -1, 2, -2}, dx: []float64{0, 0, 0, 0}},
		{name: "max_pool3d", f: func(x, _ *T) *T { return x.View(1, 1, 2, 2, 2).MaxPool3d(2, 2, 0) }, x: []float64{0, 0, 1, 0, 1, 1, 0, 1}, dx: []float64{0, 0, 1, 0, 0, 0, 0, 0}},
		{name: "grid_sample, border", f: sampled("border"), x: places, dx: []float64{0, 0, 0, 0, 1.25, 2.625, 0, 1.5}},
		{name: "grid_sample, reflection", f: sampled("reflection"), x: places, dx: []float64{0, 0, 0, 0, 1.25, 2.625, -1.4375, 1.875}},
		{name: "grid_sample, zeros", f: sampled("zeros"), x: places, dx: []float64{0.5, 1.5, -4, -4, 1.25, 2.625, 1.4375, 1.125}},
		{name: "gumbel_softmax", f: func(x, _ *T) *T { tensor.ManualSeed(0); return x.GumbelSoftmax(1, true, 0).Narrow(0, 0, 2) }, x: []float64{0.5, -1, 2, 0.25},
			dx: []float64{0.03331653745836144, 0.021197134576651334, -0.052308390811844546, -0.0022052812231682134}},
	} {
		x := leaf(c.x...)
		inputs := []*T{x}
		var y *T
		if c.y != nil {
			y = leaf(c.y...)
			inputs = append(inputs, y)
		}
		got := autograd.Gradients([]*T{c.f(x, y).Sum()}, inputs, autograd.CreateGraph())
		if c.twice {
			got = autograd.Gradients([]*T{got[0].Sum()}, inputs, autograd.AllowUnused())
		}
		for i, want := range [][]float64{c.dx, c.dy}[:len(inputs)] {
			g := make([]float64, len(want))
			if got[i] != nil {
				g = got[i].Float64s()
			}
			near(t, c.name, g, want, 1e-12)
		}
	}
}

// The determinant of a singular matrix has its cofactors as derivatives.
func TestSingularDeterminant(t *testing.T) {
	x := tensor.Of([][]float64{{1, 2}, {2, 4}}).SetRequiresGrad(true)
	x.Det().Backward()
	near(t, "cofactors", x.Grad().Float64s(), []float64{4, -2, -2, 1}, 1e-12)
}
