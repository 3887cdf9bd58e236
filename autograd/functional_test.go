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

// Functions of several arguments; the numbers are PyTorch's.
func TestFunctionalOfSeveral(t *testing.T) {
	x, y := tensor.Of([]float64{1, 2}), tensor.Of([]float64{3, 4})
	f := func(xs ...*tensor.Tensor) *tensor.Tensor { // Σ x²y · y₀
		return xs[0].Square().Mul(xs[1]).Sum().Mul(xs[1].Select(0, 0))
	}
	j := autograd.Jacobians(func(xs ...*tensor.Tensor) *tensor.Tensor { return xs[0].Mul(xs[1].Select(0, 0)) }, x, y)
	near(t, "∂/∂x", j[0].Float64s(), []float64{3, 0, 0, 3}, 0)
	near(t, "∂/∂y", j[1].Float64s(), []float64{1, 0, 2, 0}, 0)
	h := autograd.Hessians(f, x, y)
	near(t, "∂²/∂x²", h[0][0].Float64s(), []float64{18, 0, 0, 24}, 0)
	near(t, "∂²/∂x∂y", h[0][1].Float64s(), []float64{12, 0, 16, 12}, 0)
	near(t, "∂²/∂y∂x", h[1][0].Float64s(), []float64{12, 16, 0, 12}, 0)
	near(t, "∂²/∂y²", h[1][1].Float64s(), []float64{2, 4, 4, 0}, 0)
	v, p := autograd.HVPs(f, []*tensor.Tensor{tensor.Of([]float64{1, -1}), tensor.Of([]float64{2, 0.5})}, x, y)
	near(t, "value", v.Float64s(), []float64{57}, 0)
	near(t, "hvp, x", p[0].Float64s(), []float64{42, 14}, 0)
	near(t, "hvp, y", p[1].Float64s(), []float64{2, -4}, 0)
	if msg := panicOf(t, func() { autograd.HVPs(f, nil, x, y) }); !strings.Contains(msg, "0 vectors for 2 inputs") {
		t.Errorf("unhelpful: %s", msg)
	}
	none := autograd.Jacobian(func(xs ...*tensor.Tensor) *tensor.Tensor { return xs[0].Narrow(0, 0, 0) }, x)
	if s := none.Shape(); len(s) != 2 || s[0] != 0 || s[1] != 2 {
		t.Errorf("the derivatives of nothing have shape %v", s)
	}
}

// Functions of several arguments with several results; the numbers are PyTorch's.
func TestFunctionalOfSeveralResults(t *testing.T) {
	x, y := tensor.Of([]float64{1, 2}), tensor.Of([]float64{3, 4})
	f := func(xs ...*tensor.Tensor) []*tensor.Tensor {
		return []*tensor.Tensor{xs[0].Mul(xs[1].Select(0, 0)), xs[0].Square().Mul(xs[1]).Sum()}
	}
	j := autograd.JacobiansMulti(f, x, y)
	near(t, "∂f/∂x", j[0][0].Float64s(), []float64{3, 0, 0, 3}, 0)
	near(t, "∂f/∂y", j[0][1].Float64s(), []float64{1, 0, 2, 0}, 0)
	near(t, "∂g/∂x", j[1][0].Float64s(), []float64{6, 16}, 0)
	near(t, "∂g/∂y", j[1][1].Float64s(), []float64{1, 4}, 0)
	v, w := tensor.Of([]float64{1, -1}), tensor.Of([]float64{2, 0.5})
	ys, grads := autograd.VJPMulti(f, []*tensor.Tensor{v, tensor.Of(2.0)}, x, y)
	near(t, "f", ys[0].Float64s(), []float64{3, 6}, 0)
	near(t, "g", ys[1].Float64s(), []float64{19}, 0)
	near(t, "vjp, x", grads[0].Float64s(), []float64{15, 29}, 0)
	near(t, "vjp, y", grads[1].Float64s(), []float64{1, 8}, 0)
	_, jvps := autograd.JVPMulti(f, []*tensor.Tensor{v, w}, x, y)
	near(t, "jvp, f", jvps[0].Float64s(), []float64{5, 1}, 0)
	near(t, "jvp, g", jvps[1].Float64s(), []float64{-6}, 0)
	if msg := panicOf(t, func() { autograd.VJPMulti(f, nil, x, y) }); !strings.Contains(msg, "0 vectors for 2 results") {
		t.Errorf("unhelpful: %s", msg)
	}
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
	if g := autograd.NewTape().Gradient(tensor.Ones(1), x); g[0] != nil {
		t.Errorf("the gradient of what was not recorded is %v", g[0])
	}
	v := tensor.Of([]float64{1, 2})
	tape = autograd.NewTape()
	tape.Watch(v)
	y = tape.Record(func() *tensor.Tensor { return v.Square() })
	near(t, "jacobian", tape.Jacobian(y, v).Float64s(), []float64{2, 0, 0, 4}, 0)

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

// What is watched while a tape records is followed from there on. An inner gradient belongs to the outer tape also where that
// follows others than the inner one; outside of tapes it has no history.
func TestTapeFollowsParameters(t *testing.T) {
	w, x := leaf(2), tensor.Of([]float64{3})
	outer, inner := autograd.NewTape(), autograd.NewTape()
	loss := outer.Record(func() *tensor.Tensor {
		u := inner.Record(func() *tensor.Tensor {
			inner.Watch(x)
			return w.Mul(x.Pow(3))
		})
		return inner.Gradient(u, x)[0].Square() // (3wx²)²
	})
	g := outer.Gradient(loss, w)[0]
	near(t, "gradient of a gradient", g.Float64s(), []float64{2 * 27 * 27 * 2}, 1e-12)
	if g.RequiresGrad() || x.RequiresGrad() {
		t.Error("something outlives the tapes")
	}
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
	own := grads(func(x, y *tensor.Tensor) (out *tensor.Tensor) { // the backward pass runs outside of Use
		tensor.NewGenerator(3).Use(func() { out = autograd.Checkpoint(f, x, y)[0] })
		return out
	})
	for i := range plain {
		near(t, "checkpointed gradient", saved[i], plain[i], 0)
		near(t, "with a generator of its own", own[i], plain[i], 0)
	}
}

// A checkpointed part keeps no values, and is like any other in what can be done with its gradients: asked for with
// respect to a parameter that it uses, taken without an argument that requires one, differentiated again; parts nest.
func TestCheckpointIsPartOfTheGraph(t *testing.T) {
	w := leaf(1, 2)
	cube := func(xs ...*tensor.Tensor) []*tensor.Tensor { return []*tensor.Tensor{xs[0].Mul(w).Exp().Pow(3)} }
	nested := func(xs ...*tensor.Tensor) []*tensor.Tensor { return autograd.Checkpoint(cube, xs[0].Sin()) }
	written := func(xs ...*tensor.Tensor) []*tensor.Tensor {
		h := autograd.ApplyMulti(divMod{}, xs[0].Mul(w), xs[0])[0]
		h.SinInPlace()
		h.Narrow(0, 0, 1).MulInPlace(w.Narrow(0, 1, 1))
		return []*tensor.Tensor{h.Exp()}
	}
	for _, f := range []func(...*tensor.Tensor) []*tensor.Tensor{cube, nested, written} {
		for _, x := range []*tensor.Tensor{leaf(0.3, 0.4), tensor.Of([]float64{0.3, 0.4})} {
			wanted := []*tensor.Tensor{w}
			if x.RequiresGrad() {
				wanted = append(wanted, x.MulScalar(1))
				x = wanted[1] // an inner tensor
			}
			plain, saved := f(x)[0], autograd.Checkpoint(f, x)[0]
			for _, n := range autograd.History(saved) {
				for _, s := range n.SavedTensors() {
					if s.Tensor != nil {
						t.Errorf("%s kept a value", n.GradFn())
					}
				}
			}
			for order := range 3 {
				want, got := autograd.GradGraph(plain.Sum(), wanted...), autograd.GradGraph(saved.Sum(), wanted...)
				for i := range want {
					near(t, "gradient", got[i].Float64s(), want[i].Float64s(), 1e-12)
				}
				if plain, saved = want[0], got[0]; order == 0 && w.Grad() != nil {
					t.Error("Grad touched a parameter")
				}
			}
		}
	}
}

// What changes between the two runs of a checkpointed part is an error.
func TestCheckpointMustRepeat(t *testing.T) {
	w, calls := leaf(2), 0
	for what, f := range map[string]func(xs ...*tensor.Tensor) []*tensor.Tensor{
		"other operations": func(xs ...*tensor.Tensor) []*tensor.Tensor {
			if calls++; calls > 1 {
				return []*tensor.Tensor{xs[0].Exp().Sin()}
			}
			return []*tensor.Tensor{xs[0].Exp().Exp()}
		},
		"differs":  func(xs ...*tensor.Tensor) []*tensor.Tensor { return []*tensor.Tensor{xs[0].Mul(w)} },
		"in place": func(xs ...*tensor.Tensor) []*tensor.Tensor { return []*tensor.Tensor{xs[0].MulScalarInPlace(2).Exp()} },
	} {
		x := leaf(3).MulScalar(1)
		y := autograd.Checkpoint(f, x)[0]
		autograd.NoGrad(func() { w.MulScalarInPlace(2) })
		if msg := panicOf(t, func() { y.Backward() }); !strings.Contains(msg, what) {
			t.Errorf("%q lacks %q", msg, what)
		}
	}
	x := leaf(3).MulScalar(1)
	y := autograd.Checkpoint(func(xs ...*tensor.Tensor) []*tensor.Tensor { return []*tensor.Tensor{xs[0].Exp()} }, x)[0]
	x.MulScalarInPlace(2) // which no derivative asks for
	if msg := panicOf(t, func() { y.Backward() }); !strings.Contains(msg, "input 0 was changed") {
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
