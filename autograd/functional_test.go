package autograd_test

import (
	"testing"

	"github.com/gophergrad/gophergrad/autograd"
	"github.com/gophergrad/gophergrad/tensor"
)

func cubes(xs ...*tensor.Tensor) *tensor.Tensor { return xs[0].Pow(3) }
func cubeSum(xs ...*tensor.Tensor) *tensor.Tensor {
	return xs[0].Pow(3).Sum().Mul(xs[0].Select(0, 0))
}

func TestFunctional(t *testing.T) {
	x, v := tensor.Of([]float64{1, 2}), tensor.Of([]float64{10, 1})
	_, g := autograd.VJP(cubes, v, x)
	near(t, "vjp", g[0].Float64s(), []float64{30, 12}, 1e-12)
	y, d := autograd.JVP(cubes, []*tensor.Tensor{v}, x)
	near(t, "value", y.Float64s(), []float64{1, 8}, 1e-12)
	near(t, "jvp", d.Float64s(), []float64{30, 12}, 1e-12)
	near(t, "jacobian", autograd.Jacobian(cubes, x).Float64s(), []float64{3, 0, 0, 12}, 1e-12)
	// f = (a³ + b³)·a: ∂²a = 12a², ∂a∂b = 3b², ∂²b = 6ab
	hessian := []float64{12, 12, 12, 12}
	near(t, "hessian", autograd.Hessian(cubeSum, x).Float64s(), hessian, 1e-12)
	_, h := autograd.HVP(cubeSum, v, x)
	near(t, "hvp", h.Float64s(), []float64{132, 132}, 1e-12)
}

func TestTape(t *testing.T) {
	x := tensor.Of(3.0)
	tape := autograd.NewTape()
	tape.Watch(x)
	y := tape.Record(func() *tensor.Tensor { return x.Square() })
	near(t, "gradient", tape.Gradient(y, x)[0].Float64s(), []float64{6}, 0)
	panicOf(t, func() { tape.Gradient(y, x) })

	outer, inner := autograd.NewPersistentTape(), autograd.NewPersistentTape()
	outer.Watch(x)
	inner.Watch(x)
	dy := outer.Record(func() *tensor.Tensor {
		y := inner.Record(func() *tensor.Tensor { return x.Pow(3) })
		return inner.Gradient(y, x)[0]
	})
	near(t, "second derivative", outer.Gradient(dy, x)[0].Float64s(), []float64{18}, 1e-12)
	near(t, "once more", outer.Gradient(dy, x)[0].Float64s(), []float64{18}, 1e-12)
}

// A checkpointed network has the gradients of the plain one, dropout included.
func TestCheckpoint(t *testing.T) {
	w := leaf(0.5, -1, 2)
	f := func(xs ...*tensor.Tensor) []*tensor.Tensor {
		return []*tensor.Tensor{xs[0].Mul(w).Dropout(0.5).Tanh().Mul(xs[1])}
	}
	grads := func(run func(x, y *tensor.Tensor) *tensor.Tensor) [][]float64 {
		tensor.ManualSeed(3)
		w.SetGrad(nil)
		x, y := leaf(1, 2, 3), leaf(0.1, 0.2, 0.3)
		run(x, y).Sum().Backward()
		return [][]float64{x.Grad().Float64s(), y.Grad().Float64s(), w.Grad().Float64s()}
	}
	plain := grads(func(x, y *tensor.Tensor) *tensor.Tensor { return f(x, y)[0] })
	saved := grads(func(x, y *tensor.Tensor) *tensor.Tensor { return autograd.Checkpoint(f, x, y)[0] })
	for i := range plain {
		near(t, "checkpointed gradient", saved[i], plain[i], 0)
	}
}

// Gradients of tensors large enough for recycled memory are those of a pass that
// recycles nothing.
func TestRecyclingIsInvisible(t *testing.T) {
	tensor.ManualSeed(1)
	x, w, v := tensor.Randn(64, 64), tensor.Randn(64, 64).SetRequiresGrad(true), tensor.Randn(64, 64).SetRequiresGrad(true)
	f := func() *tensor.Tensor {
		h := x.MatMul(w).Tanh()
		a := h.Add(h.T()).Mul(h) // h is used three times, once through a view
		b := tensor.Cat([]*tensor.Tensor{a, h.MatMul(v)}, 1).Reshape(-1, 64)
		return b.Add(b).Sub(h.Repeat(2, 1)).Square().Mean()
	}
	want := autograd.GradGraph(f(), w, v)
	for range 5 {
		w.SetGrad(nil)
		v.SetGrad(nil)
		f().Backward()
		near(t, "w", w.Grad().Float64s(), want[0].Float64s(), 1e-5)
		near(t, "v", v.Grad().Float64s(), want[1].Float64s(), 1e-5)
	}
}
