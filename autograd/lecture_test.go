package autograd_test

import (
	"math"
	"testing"

	"github.com/gophergrad/gophergrad/autograd"
	"github.com/gophergrad/gophergrad/tensor"
)

// near fails unless two lists of numbers agree to a relative tolerance.
func near(t *testing.T, what string, got, want []float64, tol float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d values, want %d", what, len(got), len(want))
	}
	for i, w := range want {
		if g := got[i]; !(math.Abs(g-w) <= tol*(1+math.Abs(w)) || math.IsNaN(g) && math.IsNaN(w) || g == w) {
			t.Errorf("%s: value %d is %v, want %v\n got %v\nwant %v", what, i, g, w, got, want)
			return
		}
	}
}

// The lecture's first program: np.random.seed(0), gradients of sum(x·y + z).
func TestLectureNumbers(t *testing.T) {
	rng := tensor.NewNumPyRand(0)
	x, y, z := rng.Randn(3, 4), rng.Randn(3, 4), rng.Randn(3, 4)
	x, y = x.Detach().SetRequiresGrad(true), y.Detach().SetRequiresGrad(true)
	x.Mul(y).Add(z).Sum().Backward()
	near(t, "gradX", x.Grad().Float64s()[:4], []float64{0.76103773, 0.12167502, 0.44386323, 0.33367433}, 1e-7)
	near(t, "gradY", y.Grad().Float64s(), x.Float64s(), 0)
}

// The lecture's two-layer network with gradients by hand and by autograd: both
// must walk the same way.
func TestTwoLayerNetwork(t *testing.T) {
	n, dIn, h, dOut := 8, 20, 10, 3
	tensor.ManualSeed(0)
	x, y := tensor.Randn(n, dIn), tensor.Randn(n, dOut)
	w1, w2 := tensor.Randn(dIn, h), tensor.Randn(h, dOut)
	v1, v2 := w1.Clone().SetRequiresGrad(true), w2.Clone().SetRequiresGrad(true)
	lr := 1e-4
	for step := range 20 {
		h := x.MatMul(w1)
		hRelu := h.ClampMin(0)
		yPred := hRelu.MatMul(w2)
		byHand := yPred.Sub(y).Pow(2).Sum().Item()
		gradYPred := yPred.Sub(y).MulScalar(2)
		gradW2 := hRelu.T().MatMul(gradYPred)
		gradH := gradYPred.MatMul(w2.T()).MaskedFill(h.LtScalar(0), 0)
		gradW1 := x.T().MatMul(gradH)
		w1.SubInPlace(gradW1.MulScalar(lr))
		w2.SubInPlace(gradW2.MulScalar(lr))

		loss := x.MatMul(v1).ClampMin(0).MatMul(v2).Sub(y).Pow(2).Sum()
		loss.Backward()
		autograd.NoGrad(func() {
			v1.SubInPlace(v1.Grad().MulScalar(lr))
			v2.SubInPlace(v2.Grad().MulScalar(lr))
			v1.Grad().ZeroInPlace()
			v2.Grad().ZeroInPlace()
		})
		if math.Abs(loss.Item()-byHand) > 1e-5*byHand {
			t.Fatalf("step %d: loss %v by autograd, %v by hand", step, loss.Item(), byHand)
		}
	}
}

type myReLU struct{}

func (myReLU) Forward(ctx *autograd.Context, x ...*tensor.Tensor) *tensor.Tensor {
	ctx.SaveForBackward(x[0])
	return x[0].ClampMin(0)
}

func (myReLU) Backward(ctx *autograd.Context, grad *tensor.Tensor) []*tensor.Tensor {
	x := ctx.Saved()[0]
	return []*tensor.Tensor{grad.MaskedFill(x.LtScalar(0), 0)}
}

func TestCustomFunction(t *testing.T) {
	x := tensor.Of([]float64{-1, 0.5, 2}).SetRequiresGrad(true)
	autograd.Apply(myReLU{}, x.MulScalar(3)).Sum().Backward()
	near(t, "grad", x.Grad().Float64s(), []float64{0, 3, 3}, 0)
	y := autograd.Apply(myReLU{}, x)
	if got := y.Node().GradFn(); got != "myReLUBackward" {
		t.Errorf("grad_fn is %q", got)
	}
}
