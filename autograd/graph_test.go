package autograd_test

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/gophergrad/gophergrad/autograd"
	"github.com/gophergrad/gophergrad/tensor"
)

// The lecture's static graph computes what the same program computes eagerly.
func TestStaticGraph(t *testing.T) {
	g := autograd.NewGraph()
	xp, yp := g.Placeholder(8, 10), g.Placeholder(8, 10)
	w1, w2 := g.Placeholder(10, 5), g.Placeholder(5, 10)
	loss := xp.MatMul(w1).ClampMin(0).MatMul(w2).Sub(yp).Pow(2).Sum(1).Mean()
	grads := g.Gradients(loss, w1, w2)
	for seed := range 3 {
		tensor.ManualSeed(seed)
		xv, yv := tensor.Randn(8, 10), tensor.Randn(8, 10)
		w1v, w2v := tensor.Randn(10, 5), tensor.Randn(5, 10)
		out, err := g.Run([]*tensor.Tensor{loss, grads[0], grads[1]}, autograd.Feed{xp: xv, yp: yv, w1: w1v, w2: w2v})
		if err != nil {
			t.Fatal(err)
		}
		w1v.SetRequiresGrad(true)
		w2v.SetRequiresGrad(true)
		want := xv.MatMul(w1v).ClampMin(0).MatMul(w2v).Sub(yv).Pow(2).Sum(1).Mean()
		want.Backward()
		for i, w := range []*tensor.Tensor{want, w1v.Grad(), w2v.Grad()} {
			near(t, fmt.Sprint("fetch ", i), out[i].Float64s(), w.Float64s(), 1e-5)
			if out[i].RequiresGrad() {
				t.Errorf("fetch %d has a history", i)
			}
		}
	}
}

// Second derivatives are gradients of gradients; masks, which no gradient flows
// through, are computed from the fed values.
func TestStaticGraphOfGradients(t *testing.T) {
	g := autograd.NewGraph()
	x := g.PlaceholderAs(tensor.Float64, 3)
	y := x.Pow(3).MaskedFill(x.LtScalar(0), 0).Sum()
	first := g.Gradients(y, x)[0]
	second := g.Gradients(first.Sum(), x)[0]
	out, err := g.Run([]*tensor.Tensor{first, second}, autograd.Feed{x: tensor.Of([]float64{-1, 2, 3})})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "first", out[0].Float64s(), []float64{0, 12, 27}, 1e-12)
	near(t, "second", out[1].Float64s(), []float64{0, 12, 18}, 1e-12)
}

func TestStaticGraphErrors(t *testing.T) {
	g := autograd.NewGraph()
	x, unused := g.Placeholder(2), g.Placeholder(3)
	y := x.Exp()
	v := tensor.Ones(2)
	if _, err := g.Run([]*tensor.Tensor{y}, autograd.Feed{x: v}); err != nil {
		t.Errorf("a placeholder that no fetch needs was asked for: %v", err)
	}
	for what, feed := range map[string]autograd.Feed{
		"no value":       {unused: tensor.Ones(3)},
		"of shape [3]":   {x: tensor.Ones(3)},
		"float64":        {x: v.Double()},
		"no placeholder": {x: v, y: v},
	} {
		if _, err := g.Run([]*tensor.Tensor{y}, feed); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("error is %v, want %q in it", err, what)
		}
	}
	for what, f := range map[string]func(){
		"read":     func() { y.Item() },
		"print":    func() { y.Float64s() },
		"change":   func() { autograd.NoGrad(func() { y.AddScalarInPlace(1) }) },
		"random":   func() { y.Dropout(0.5) },
		"unstable": func() { x.NonZero() },
	} {
		if _, err := try(func() *tensor.Tensor { f(); return nil }); err == nil || !strings.Contains(err.Error(), "static graph") {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// A tape follows what it watches during Record only, and nests.
func TestTapes(t *testing.T) {
	x := tensor.As(tensor.Float64).Scalar(3)
	outer := autograd.NewTape()
	outer.Watch(x)
	var first *tensor.Tensor
	dy := outer.Record(func() *tensor.Tensor {
		inner := autograd.NewTape()
		inner.Watch(x)
		y := inner.Record(func() *tensor.Tensor { return x.Pow(3) })
		first = inner.Gradient(y, x)[0]
		return first
	})
	near(t, "first derivative", first.Float64s(), []float64{27}, 1e-12)
	near(t, "second derivative", outer.Gradient(dy, x)[0].Float64s(), []float64{18}, 1e-12)
	if x.RequiresGrad() || x.Exp().RequiresGrad() {
		t.Error("x is followed after Record")
	}
	x.SubInPlace(tensor.Ones().Double()) // no leaf that requires a gradient

	tape := autograd.NewPersistentTape()
	tape.Watch(x)
	y := tape.Record(func() *tensor.Tensor { return x.Pow(2) })
	for range 2 {
		near(t, "persistent", tape.Gradient(y, x)[0].Float64s(), []float64{4}, 1e-12)
	}
	if g := tape.Gradient(y, tensor.Ones(2)); g[0] != nil {
		t.Error("a gradient of what the tape does not watch")
	}
	once := autograd.NewTape()
	once.Watch(x)
	y = once.Record(func() *tensor.Tensor { return x.Exp() })
	once.Gradient(y, x)
	if _, err := try(func() *tensor.Tensor { return once.Gradient(y, x)[0] }); err == nil {
		t.Error("a tape gave its gradient twice")
	}
}

// broken panics in Backward, not with a *tensor.Error.
type broken struct{}

func (broken) Forward(_ *autograd.Context, x ...*tensor.Tensor) *tensor.Tensor { return x[0].Clone() }
func (broken) Backward(_ *autograd.Context, grad *tensor.Tensor) []*tensor.Tensor {
	return make([]*tensor.Tensor, 1/(grad.Dim()-1))
}

// The error of a backward pass names the line of the forward pass.
func TestAnomalyNamesTheForwardLine(t *testing.T) {
	autograd.DetectAnomaly(func() {
		x := tensor.Zeros(2).SetRequiresGrad(true)
		y := x.Sqrt().MulScalar(0)
		_, err := try(func() *tensor.Tensor { y.Sum().Backward(); return nil })
		if err == nil || !strings.Contains(err.Error(), "SqrtBackward0 gave nan") || !strings.Contains(err.Error(), "graph_test.go:") {
			t.Errorf("error is %v", err)
		}

		z := x.Exp()
		w := z.Mul(z)
		autograd.NoGrad(func() { z.AddScalarInPlace(1) })
		_, err = try(func() *tensor.Tensor { w.Sum().Backward(); return nil })
		var te *tensor.Error
		if !errors.As(err, &te) || !strings.Contains(te.Msg, "changed in place") || !strings.Contains(te.Msg, "graph_test.go:") {
			t.Errorf("error is %v", err)
		}
	})
	func() {
		defer func() {
			if r := fmt.Sprint(recover()); !strings.Contains(r, "divide by zero") {
				t.Errorf("a function's own panic became %s", r)
			}
		}()
		autograd.DetectAnomaly(func() { autograd.Apply(broken{}, tensor.Ones(1).SetRequiresGrad(true)).Backward() })
	}()
	x := tensor.Of([]float64{math.Inf(1)}).SetRequiresGrad(true)
	x.Mul(tensor.ZerosLike(x)).Sum().Backward()
	if tensor.Ones(1).SetRequiresGrad(true).Exp().Node().Site != "" {
		t.Error("lines are still recorded")
	}
}
