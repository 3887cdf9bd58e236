package autograd_test

import (
	"strings"
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

// Results have a history only where the function uses more that requires
// gradients than its arguments, and NoGrad around it changes nothing.
func TestFunctionalHistories(t *testing.T) {
	x, v, w := tensor.Of([]float64{1, 2}), tensor.Of([]float64{10, 1}), leaf(3)
	scaled := func(xs ...*tensor.Tensor) *tensor.Tensor { return xs[0].Pow(3).Mul(w).Sum() }
	all := func(f autograd.Func, x *tensor.Tensor) []*tensor.Tensor {
		y0, g := autograd.VJP(f, nil, x)
		y1, d := autograd.JVP(f, []*tensor.Tensor{v}, x)
		y2, h := autograd.HVP(f, v, x)
		return []*tensor.Tensor{y0, g[0], y1, d, y2, h, autograd.Jacobian(f, x), autograd.Hessian(f, x)}
	}
	autograd.NoGrad(func() {
		for i, r := range all(cubeSum, x) {
			if r.RequiresGrad() {
				t.Errorf("result %d has a history: %v", i, r)
			}
		}
		near(t, "jacobian within NoGrad", autograd.Jacobian(cubeSum, x).Float64s(), []float64{12, 12}, 1e-12)
	})
	for i, r := range append(all(scaled, x), all(cubeSum, leaf(1, 2))...) {
		if !r.RequiresGrad() {
			t.Errorf("result %d has no history: %v", i, r)
		}
	}
	autograd.Hessian(scaled, x).Sum().Backward()
	near(t, "a parameter's gradient through a Hessian", w.Grad().Float64s(), []float64{18}, 1e-12)
	for i, r := range all(func(...*tensor.Tensor) *tensor.Tensor { return tensor.Of(1.0) }, x) {
		if i%2 == 1 || i > 5 {
			near(t, "derivatives of a constant", r.Float64s(), make([]float64, r.NumEl()), 0)
		}
	}
	if msg := panicOf(t, func() { autograd.JVP(cubes, nil, x) }); !strings.Contains(msg, "0 vectors for 1 inputs") {
		t.Errorf("unhelpful: %s", msg)
	}
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

// Grad leaves the parameters alone that a checkpointed function uses, and says
// that it cannot see them.
func TestGradThroughCheckpoint(t *testing.T) {
	w, x := leaf(2), leaf(3)
	f := func(xs ...*tensor.Tensor) []*tensor.Tensor { return []*tensor.Tensor{xs[0].Mul(w)} }
	near(t, "gradient", autograd.Grad(autograd.Checkpoint(f, x)[0], x)[0].Float64s(), []float64{2}, 0)
	if w.Grad() != nil {
		t.Error("Grad touched a parameter")
	}
	y := autograd.Checkpoint(f, x)[0].Add(w)
	if msg := panicOf(t, func() { autograd.Grad(y, x, w) }); !strings.Contains(msg, "argument") {
		t.Errorf("unhelpful: %s", msg)
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
