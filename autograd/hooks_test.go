package autograd_test

import (
	"strings"
	"testing"

	"github.com/gophergrad/gophergrad/autograd"
	"github.com/gophergrad/gophergrad/tensor"
)

// An optimizer that steps while the backward pass runs.
func TestAccumulateHook(t *testing.T) {
	x := leaf(1, 2)
	hook := x.RegisterAccumulateHook(func(p *tensor.Tensor) {
		p.SubInPlace(p.Grad())
		p.SetGrad(nil)
	})
	x.Square().Sum().Backward()
	near(t, "after the step", x.Float64s(), []float64{-1, -2}, 0)
	if x.Grad() != nil {
		t.Error("the hook's change of Grad is lost")
	}
	hook.Remove()
	x.Square().Sum().Backward()
	near(t, "without the hook", x.Grad().Float64s(), []float64{-2, -4}, 0)
}

func TestHooksAndRetainGrad(t *testing.T) {
	x := leaf(1, 2)
	y := x.MulScalar(3)
	y.RetainGrad()
	seen := 0
	y.RegisterHook(func(g *tensor.Tensor) *tensor.Tensor { seen++; return g.MulScalar(2) })
	x.RegisterHook(func(g *tensor.Tensor) *tensor.Tensor { seen++; return nil })
	autograd.Backward(y.Sum().Add(y.Sum()), autograd.RetainGraph())
	near(t, "inner grad, as the hook left it", y.Grad().Float64s(), []float64{4, 4}, 0)
	near(t, "leaf grad", x.Grad().Float64s(), []float64{12, 12}, 0)
	if seen != 2 {
		t.Errorf("hooks ran %d times, want once each", seen)
	}

	kept := y.Grad()
	autograd.Backward(y.Sum(), autograd.RetainGraph())
	near(t, "an inner gradient of two passes", y.Grad().Float64s(), []float64{6, 6}, 0)
	near(t, "what was read before", kept.Float64s(), []float64{4, 4}, 0)
	near(t, "inner gradient as Grad gives it", autograd.Grad(y.Sum(), y)[0].Float64s(), []float64{2, 2}, 0)

	z := leaf(1, 2)
	first := z.RegisterHook(func(g *tensor.Tensor) *tensor.Tensor { return g.MulScalar(10) })
	z.RegisterHook(func(g *tensor.Tensor) *tensor.Tensor { return g.AddScalar(1) })
	z.Sum().Backward()
	near(t, "hooks in order", z.Grad().Float64s(), []float64{11, 11}, 0)
	first.Remove()
	z.SetGrad(nil)
	z.Sum().Backward()
	near(t, "a hook removed", z.Grad().Float64s(), []float64{2, 2}, 0)

	w := leaf(1, 2)
	before := w.MulScalar(3)
	before.RetainGrad()
	before.RegisterHook(func(g *tensor.Tensor) *tensor.Tensor { return g.MulScalar(100) })
	before.MulScalarInPlace(5)
	before.Sum().Backward()
	near(t, "the gradient of what an in-place change made", before.Grad().Float64s(), []float64{1, 1}, 0)
	near(t, "through a hook of what was before", w.Grad().Float64s(), []float64{1500, 1500}, 0)

	inner := leaf(1, 2).Square()
	hooked := false
	inner.RegisterHook(func(g *tensor.Tensor) *tensor.Tensor { hooked = true; return tensor.Ones(3) })
	msg := panicOf(t, func() { inner.Sum().Backward() })
	if !hooked || !strings.HasPrefix(msg, "RegisterHook: ") || !strings.Contains(msg, "(3)") || !strings.Contains(msg, "float32") {
		t.Errorf("unhelpful: %s", msg)
	}
}

// Hooks on nodes see the gradients of an operation's results before it is differentiated, and those of its inputs after; the
// numbers are PyTorch's.
func TestNodeHooks(t *testing.T) {
	type list = []*tensor.Tensor
	x, c := leaf(1, 2), leaf(3, 4)
	y := x.Mul(c.Detach())
	y.RegisterHook(func(g *tensor.Tensor) *tensor.Tensor { return g.AddScalar(1) })
	y.RetainGrad()
	var in, out list
	hook := y.Node().RegisterHook(func(gradIn, gradOut list) list {
		in, out = gradIn, gradOut
		return list{gradIn[0].MulScalar(10), nil}
	})
	pre := y.Node().RegisterPreHook(func(gradOut list) list { return list{gradOut[0].MulScalar(2)} })
	autograd.Backward(y.Sum(), autograd.RetainGraph())
	near(t, "retained before both", y.Grad().Float64s(), []float64{2, 2}, 0)
	near(t, "gradient of the result", out[0].Float64s(), []float64{4, 4}, 0)
	near(t, "gradient of an input", in[0].Float64s(), []float64{12, 16}, 0)
	near(t, "as the hook left it", x.Grad().Float64s(), []float64{120, 160}, 0)
	if in[1] != nil {
		t.Errorf("the gradient of a constant is %v", in[1])
	}
	hook.Remove()
	pre.Remove()
	x.SetGrad(nil)
	y.Sum().Backward()
	near(t, "without hooks", x.Grad().Float64s(), []float64{6, 8}, 0)
	for want, f := range map[string]func(gradIn, gradOut list) list{
		"given 2 gradients and returned 1": func(gradIn, _ list) list { return gradIn[:1] },
		"returned one of shape (3)":        func(gradIn, _ list) list { return list{gradIn[0], tensor.As(tensor.Float64).Ones(3)} },
	} {
		y := x.Mul(c)
		y.Node().RegisterHook(f)
		if msg := panicOf(t, func() { y.Sum().Backward() }); !strings.Contains(msg, want) {
			t.Errorf("%q lacks %q", msg, want)
		}
	}
}
