package autograd_test

import (
	"strings"
	"testing"

	"github.com/gophergrad/gophergrad/autograd"
	"github.com/gophergrad/gophergrad/tensor"
)

type divMod struct{}

func (divMod) Forward(ctx *autograd.Context, x ...*tensor.Tensor) []*tensor.Tensor {
	ctx.SaveForBackward(x...)
	return []*tensor.Tensor{x[0].Mul(x[1]), x[0].Add(x[1])}
}

func (divMod) Backward(ctx *autograd.Context, g ...*tensor.Tensor) []*tensor.Tensor {
	x := ctx.Saved()
	return []*tensor.Tensor{g[0].Mul(x[1]).Add(g[1]), g[0].Mul(x[0]).Add(g[1])}
}

func TestMultiFunction(t *testing.T) {
	f := func(xs ...*tensor.Tensor) []*tensor.Tensor { return autograd.ApplyMulti(divMod{}, xs...) }
	x, y := leaf(1, 2), leaf(3, 5)
	if err := autograd.GradCheck(f, x, y); err != nil {
		t.Error(err)
	}
	if err := autograd.GradGradCheck(f, x, y); err != nil {
		t.Error(err)
	}
	f(x, y)[1].Sum().Backward() // one result unused
	near(t, "grad", x.Grad().Float64s(), []float64{1, 1}, 0)
}

// reversed returns its input, or a view of it, and turns its gradient around.
type reversed struct {
	result func(x *tensor.Tensor) *tensor.Tensor
}

func (r reversed) Forward(ctx *autograd.Context, x ...*tensor.Tensor) *tensor.Tensor {
	return r.result(x[0])
}

func (reversed) Backward(ctx *autograd.Context, g *tensor.Tensor) []*tensor.Tensor {
	return []*tensor.Tensor{g.Neg()}
}

// A result in the input's memory has the function's derivative; a change of either, which the derivative does not know
// of, is an error.
func TestFunctionReturnsItsInput(t *testing.T) {
	for _, r := range []reversed{
		{func(x *tensor.Tensor) *tensor.Tensor { return x }},
		{func(x *tensor.Tensor) *tensor.Tensor { return x.ViewAs(x) }},
		{func(x *tensor.Tensor) *tensor.Tensor { return x.Detach() }},
	} {
		x := leaf(1, 2)
		h := x.MulScalar(1)
		y := autograd.Apply(r, h)
		part := y.Narrow(0, 0, 1)
		y.Sum().Add(h.Sum().MulScalar(3)).Backward()
		near(t, "gradient", x.Grad().Float64s(), []float64{2, 2}, 0)
		for _, f := range []func(){
			func() { y.AddScalarInPlace(1) },
			func() { part.AddScalarInPlace(1) },
			func() { h.AddScalarInPlace(1); y.Sum().Backward() },
			func() { part.Sum().Backward() },
		} {
			if msg := panicOf(t, f); !strings.Contains(msg, "Clone()") {
				t.Errorf("unhelpful: %s", msg)
			}
		}
	}
}

// scaled multiplies its first input in place by its second and counts the positive results.
type scaled struct{ mark, giveBack bool }

func (s scaled) Forward(ctx *autograd.Context, x ...*tensor.Tensor) []*tensor.Tensor {
	x[0].MulInPlace(x[1])
	positive := x[0].GtScalar(0).Cast(tensor.Float64).Sum()
	if s.mark {
		ctx.MarkDirty(x[0])
	}
	ctx.MarkNonDifferentiable(positive)
	ctx.SaveForBackward(x[1], x[0])
	if s.giveBack {
		return []*tensor.Tensor{x[0], positive}
	}
	return []*tensor.Tensor{positive}
}

func (scaled) Backward(ctx *autograd.Context, g ...*tensor.Tensor) []*tensor.Tensor {
	return []*tensor.Tensor{g[0].Mul(ctx.Saved()[0]).MulScalar(2), nil} // twice what is right, to be told apart
}

// Functions may change their input, a view too, and have results without gradients; the numbers are PyTorch's.
func TestFunctionInPlace(t *testing.T) {
	y := tensor.Of([]float64{2, 5})
	x := leaf(1, 2)
	h := x.MulScalar(3)
	out := autograd.ApplyMulti(scaled{true, true}, h, y)
	if out[0] != h || out[1].RequiresGrad() {
		t.Error("the changed input is not returned, or what was marked has a history")
	}
	out[0].Sum().Add(h.Sum()).Add(out[1]).Backward()
	near(t, "gradient", x.Grad().Float64s(), []float64{24, 60}, 0)

	x = leaf(1, 2, 3)
	h = x.MulScalar(3)
	autograd.ApplyMulti(scaled{true, true}, h.Narrow(0, 1, 2), y)
	h.Sum().Backward()
	near(t, "values", h.Float64s(), []float64{3, 12, 45}, 0)
	near(t, "gradient through a view", x.Grad().Float64s(), []float64{3, 12, 30}, 0)

	for want, f := range map[string]func(){
		"MarkDirty":   func() { autograd.ApplyMulti(scaled{false, true}, leaf(1, 2).MulScalar(3), y) },
		"must return": func() { autograd.ApplyMulti(scaled{true, false}, leaf(1, 2).MulScalar(3), y) },
		"a leaf":      func() { autograd.ApplyMulti(scaled{true, true}, leaf(1, 2), y) },
		"in place after": func() {
			h := leaf(1, 2).MulScalar(3)
			e := h.Square()
			autograd.ApplyMulti(scaled{true, true}, h, y)
			e.Sum().Backward()
		},
	} {
		if msg := panicOf(t, f); !strings.Contains(msg, want) {
			t.Errorf("%q lacks %q", msg, want)
		}
	}
}

// shifted adds its second input to the first, if there is one, and leaves it to the engine to sum the gradient up.
type shifted struct{}

func (shifted) Forward(ctx *autograd.Context, x ...*tensor.Tensor) *tensor.Tensor {
	ctx.SaveForBackward(x...)
	if x[1] == nil {
		return x[0].MulScalar(1)
	}
	return x[0].Add(x[1])
}

func (shifted) Backward(ctx *autograd.Context, g *tensor.Tensor) []*tensor.Tensor {
	if x := ctx.Saved(); (x[1] != nil) != ctx.NeedsInputGrad[1] {
		return nil
	}
	return []*tensor.Tensor{g, g}
}

// Inputs can be left out, and gradients of what was broadcast have the result's shape, as in PyTorch.
func TestFunctionOfOptionalInput(t *testing.T) {
	f := func(xs ...*tensor.Tensor) []*tensor.Tensor {
		return []*tensor.Tensor{autograd.Apply(shifted{}, xs[0].View(2, 2), xs[1])}
	}
	x, b := leaf(1, 2, 3, 4), leaf(5, 6)
	f(x, b)[0].Sum().Backward()
	near(t, "summed gradient", b.Grad().Float64s(), []float64{2, 2}, 0)
	for _, y := range []*tensor.Tensor{f(x, nil)[0], autograd.Checkpoint(func(xs ...*tensor.Tensor) []*tensor.Tensor { return f(xs[0], nil) }, x)[0]} {
		x.SetGrad(nil)
		y.Sum().Backward()
		near(t, "gradient without the other input", x.Grad().Float64s(), []float64{1, 1, 1, 1}, 0)
	}
}

// mistaken doubles its input and has any Backward.
type mistaken struct {
	gradients func(g *tensor.Tensor) []*tensor.Tensor
}

func (mistaken) Forward(ctx *autograd.Context, x ...*tensor.Tensor) *tensor.Tensor {
	return x[0].MulScalar(2)
}

func (m mistaken) Backward(ctx *autograd.Context, g *tensor.Tensor) []*tensor.Tensor {
	return m.gradients(g)
}

func TestMistakenFunctions(t *testing.T) {
	for want, f := range map[string]func(g *tensor.Tensor) []*tensor.Tensor{
		"returned 2 gradients for 1 inputs":                           func(g *tensor.Tensor) []*tensor.Tensor { return []*tensor.Tensor{g, g} },
		"returned 0 gradients for 1 inputs":                           func(g *tensor.Tensor) []*tensor.Tensor { return nil },
		"returned a gradient of shape [] for input 0 of shape [2]":    func(g *tensor.Tensor) []*tensor.Tensor { return []*tensor.Tensor{g.Sum()} },
		"returned a gradient of shape [1] for input 0 of shape [2]":   func(g *tensor.Tensor) []*tensor.Tensor { return []*tensor.Tensor{g.SumKeepDim(0)} },
		"returned a gradient of shape [2 3] for input 0 of shape [2]": func(g *tensor.Tensor) []*tensor.Tensor { return []*tensor.Tensor{tensor.Ones(2, 3)} },
	} {
		y := autograd.Apply(mistaken{f}, leaf(1, 2))
		if msg := panicOf(t, func() { y.Sum().Backward() }); !strings.Contains(msg, "mistaken: Backward "+want) {
			t.Errorf("%q lacks %q", msg, want)
		}
	}
}

// What is packed between forward and backward gives the same derivatives, second ones too; PyTorch packs as often.
func TestSavedTensorsHooks(t *testing.T) {
	a, b := leaf(1, 2), leaf(3, 4)
	f := func() *tensor.Tensor {
		y := a.Mul(b).MulScalar(0.1).Exp()
		return autograd.ApplyMulti(divMod{}, y, autograd.Apply(shifted{}, a.View(1, 2), nil).View(2))[0]
	}
	packed, unpacked := 0, 0
	pack := func(x *tensor.Tensor) any { packed++; return x.Float64s() }
	unpack := func(p any) *tensor.Tensor { unpacked++; return tensor.FromSlice(p.([]float64)) }
	var y *tensor.Tensor
	autograd.SavedTensorsHooks(func(*tensor.Tensor) any { panic("an outer hook") }, nil, func() {
		autograd.SavedTensorsHooks(pack, unpack, func() {
			autograd.NoGrad(func() { f() })
			y = a.Mul(b).Exp()
			if packed != 3 {
				t.Errorf("packed %d tensors", packed)
			}
		})
	})
	y.Sum().Backward()
	if unpacked != 3 {
		t.Errorf("unpacked %d tensors", unpacked)
	}

	shaped := func(x *tensor.Tensor) any { return x.Clone() }
	var got *tensor.Tensor
	autograd.SavedTensorsHooks(shaped, func(p any) *tensor.Tensor { return p.(*tensor.Tensor) }, func() { got = f() })
	for _, n := range autograd.History(got) {
		for _, s := range n.SavedTensors() {
			if s.Tensor != nil {
				t.Errorf("%s holds a tensor", n.GradFn())
			}
		}
	}
	want := f()
	for range 3 {
		g, w := autograd.GradGraph(got.Sum(), a, b), autograd.GradGraph(want.Sum(), a, b)
		for i := range g {
			near(t, "gradient", g[i].Float64s(), w[i].Float64s(), 1e-12)
		}
		got, want = g[0].Add(g[1]), w[0].Add(w[1])
	}

	autograd.SavedTensorsHooks(shaped, func(any) *tensor.Tensor { return tensor.Ones(3) }, func() { y = a.Exp() })
	if msg := panicOf(t, func() { y.Sum().Backward() }); !strings.Contains(msg, "(2) and float64 was packed and unpacked as one of shape (3) and float32") {
		t.Errorf("unhelpful: %s", msg)
	}
}
