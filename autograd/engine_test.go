package autograd_test

import (
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/gophergrad/gophergrad/autograd"
	"github.com/gophergrad/gophergrad/tensor"
)

func leaf(v ...float64) *tensor.Tensor { return tensor.FromSlice(v).SetRequiresGrad(true) }

// panicOf returns the text of the error that f panics with.
func panicOf(t *testing.T, f func()) string {
	t.Helper()
	_, err := try(func() *tensor.Tensor { f(); return nil })
	if err == nil {
		t.Fatal("no panic")
	}
	if _, ok := err.(*tensor.Error); !ok {
		t.Fatalf("panicked with %v, not a *tensor.Error", err)
	}
	return err.Error()
}

// A chain of 100,000 operations neither recurses nor stays in memory.
func TestLongChain(t *testing.T) {
	x := leaf(1)
	before := heap()
	for range 3 {
		y := x
		for range 100_000 {
			y = y.AddScalar(1e-9)
		}
		y.Sum().Backward()
	}
	near(t, "grad", x.Grad().Float64s(), []float64{3}, 0)
	if after := heap(); after > before+2<<20 {
		t.Errorf("the heap grew from %d to %d bytes", before, after)
	}
}

func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// Detaching cuts the history off: a recurrent state that is detached every
// step keeps nothing of the steps before.
func TestDetachFreesHistory(t *testing.T) {
	w := leaf(0.5)
	h := tensor.As(tensor.Float64).Zeros(1 << 10)
	before := heap()
	for range 2000 {
		h = h.Mul(w).Tanh().Detach()
	}
	if after := heap(); after > before+1<<20 {
		t.Errorf("the heap grew from %d to %d bytes", before, after)
	}
	runtime.KeepAlive(h)
}

func TestAccumulation(t *testing.T) {
	x := leaf(1, 2)
	for range 2 {
		x.Square().Sum().Backward()
	}
	near(t, "two passes", x.Grad().Float64s(), []float64{4, 8}, 0)
	x.SetGrad(nil)
	x.Backward(tensor.Of([]float64{5, 6}))
	near(t, "a leaf's own gradient", x.Grad().Float64s(), []float64{5, 6}, 0)

	x.SetGrad(nil)
	autograd.Backward(x.Sum(), autograd.CreateGraph()) // whose gradient is one number, expanded
	x.Sum().Backward()
	near(t, "after a recorded pass", x.Grad().Float64s(), []float64{2, 2}, 0)
	near(t, "gradient of a gradient without slope", autograd.Grad(autograd.GradGraph(x.ReLU().Sum(), x)[0].Sum(), x)[0].Float64s(), []float64{0, 0}, 0)

	a, b := leaf(1), leaf(2)
	a.Add(b).Backward() // one gradient for both: they must not share memory
	a.Grad().ZeroInPlace()
	near(t, "the other operand's gradient", b.Grad().Float64s(), []float64{1}, 0)
}

func TestSecondPassNeedsRetainGraph(t *testing.T) {
	x := leaf(3)
	y := x.Square()
	autograd.Backward(y, autograd.RetainGraph())
	y.Backward()
	near(t, "grad", x.Grad().Float64s(), []float64{12}, 0)
	if msg := panicOf(t, func() { y.Backward() }); !strings.HasPrefix(msg, "Backward: ") || !strings.Contains(msg, "RetainGraph") {
		t.Errorf("unhelpful: %s", msg)
	}
}

func TestGrad(t *testing.T) {
	x, y, unused := leaf(2), leaf(3), leaf(4)
	inner := x.Mul(y)
	out := inner.Square() // x²y²
	g := autograd.GradGraph(out, x, inner)
	near(t, "d/dx", g[0].Float64s(), []float64{36}, 1e-12)
	near(t, "d/dinner", g[1].Float64s(), []float64{12}, 1e-12)
	second := autograd.GradGraph(g[0], x, y)
	near(t, "d²/dx²", second[0].Float64s(), []float64{18}, 1e-12)
	near(t, "d²/dxdy", second[1].Float64s(), []float64{24}, 1e-12)
	third := autograd.Grad(second[1], x)
	near(t, "d³/dx²dy", third[0].Float64s(), []float64{12}, 1e-12)
	if x.Grad() != nil {
		t.Error("Grad touched x.Grad()")
	}
	if got := autograd.Gradients([]*tensor.Tensor{x.Square()}, []*tensor.Tensor{unused}, autograd.AllowUnused()); got[0] != nil {
		t.Errorf("unused input got %v", got[0].Float64s())
	}
	panicOf(t, func() { autograd.Grad(x.Square(), unused) })
	panicOf(t, func() { autograd.Grad(x.Square(), tensor.Ones(1)) })
}

// What a pass did not go through keeps its values: it can go through it later.
func TestGradOfInnerThenOn(t *testing.T) {
	x := leaf(1, 2)
	y := x.Square()
	g := autograd.Grad(y.Square().Sum(), y)
	near(t, "the rest of the way", autograd.Gradients([]*tensor.Tensor{y}, []*tensor.Tensor{x}, autograd.Gradient(g...))[0].Float64s(), []float64{4, 32}, 0)
}

// Several roots, each with its gradient, to some of what they were computed from.
func TestBackwardAll(t *testing.T) {
	a, b, c := leaf(1, 2), leaf(3, 4), leaf(5, 6)
	y := a.Mul(b)
	roots := []*tensor.Tensor{y.Sum(), a.Mul(c).Sum(), y, c}
	weights := autograd.Gradient(nil, nil, tensor.Of([]float64{10, 20}), tensor.Of([]float64{1, 1}))
	autograd.BackwardAll(roots, weights, autograd.Inputs(a, y), autograd.RetainGraph())
	near(t, "leaf", a.Grad().Float64s(), []float64{38, 90}, 0)
	near(t, "inner tensor", y.Grad().Float64s(), []float64{11, 21}, 0)
	if !y.RetainsGrad() {
		t.Error("an inner tensor among the inputs does not keep its gradient")
	}
	if b.Grad() != nil || c.Grad() != nil {
		t.Error("others got gradients")
	}
	autograd.BackwardAll(roots, weights)
	near(t, "added up", a.Grad().Float64s(), []float64{76, 180}, 0)
	near(t, "root that is a leaf", c.Grad().Float64s(), []float64{2, 3}, 0)
	for want, f := range map[string]func(){
		"no one gradient":      func() { autograd.BackwardAll(roots) },
		"5 gradients":          func() { autograd.BackwardAll(roots, autograd.Gradient(nil, nil, nil, nil, nil)) },
		"does not require":     func() { autograd.Backward(a.Sum(), autograd.Inputs(tensor.Ones(2))) },
		"the tensor was not":   func() { autograd.BackwardAll([]*tensor.Tensor{a.Sum(), tensor.Ones(1)}) },
		"a leaf that requires": func() { a.MulScalarInPlace(2) },
		"its own gradient":     func() { a.SetGrad(a) },
		"accumulates":          func() { y.RegisterAccumulateHook(func(*tensor.Tensor) {}) },
	} {
		if msg := panicOf(t, f); !strings.Contains(msg, want) {
			t.Errorf("%q lacks %q", msg, want)
		}
	}

	y = a.Square().Sum()
	a.SetRequiresGrad(false) // between the passes
	y.Backward()
	near(t, "of what needs none any more", a.Grad().Float64s(), []float64{76, 180}, 0)
}

func TestInPlace(t *testing.T) {
	x := leaf(1, 2, 3)
	y := x.MulScalar(2)
	y.MulInPlace(y) // 4x²: needs the values before
	y.AddScalarInPlace(1)
	y.Sum().Backward()
	near(t, "values", y.Float64s(), []float64{5, 17, 37}, 0)
	near(t, "grad", x.Grad().Float64s(), []float64{8, 16, 24}, 0)

	z := x.Exp()
	z.AddScalarInPlace(1) // exp saved its result
	if msg := panicOf(t, func() { z.Sum().Backward() }); !strings.HasPrefix(msg, "Backward: ") || !strings.Contains(msg, "changed in place") {
		t.Errorf("unhelpful: %s", msg)
	}
	if msg := panicOf(t, func() { x.AddScalarInPlace(1) }); !strings.Contains(msg, "NoGrad") {
		t.Errorf("unhelpful: %s", msg)
	}
	autograd.NoGrad(func() { x.AddScalarInPlace(1) })
	near(t, "update", x.Float64s(), []float64{2, 3, 4}, 0)
	panicOf(t, func() { tensor.Ones(1).Expand(3).AddScalarInPlace(1) })
	panicOf(t, func() { tensor.Ones(2).AddInPlace(tensor.Ones(3, 2)) })
	panicOf(t, func() { tensor.As(tensor.Int64).Ones(2).MulScalarInPlace(1.5) })
}

// Writing through views changes the history of what they view.
func TestInPlaceOnViews(t *testing.T) {
	x := leaf(1, 2, 3)
	y := x.MulScalar(1)
	old := y.Narrow(0, 1, 2) // taken before the change: sees it
	y.Select(0, 1).MulScalarInPlace(10)
	y.Mul(tensor.Of([]float64{1, 1, 1})).Sum().Backward()
	near(t, "grad through the base", x.Grad().Float64s(), []float64{1, 10, 1}, 0)

	x.SetGrad(nil)
	old.Sum().Backward(tensor.Of(1.0))
	near(t, "grad through an older view", x.Grad().Float64s(), []float64{0, 10, 1}, 0)

	rows := tensor.As(tensor.Float64).Zeros(2, 3) // rows that are filled one by one
	a, b := leaf(1, 2, 3), leaf(4, 5, 6)
	rows.Select(0, 0).CopyInPlace(a.Square())
	rows.Select(0, 1).CopyInPlace(b)
	rows.Square().Sum().Backward()
	near(t, "first row", a.Grad().Float64s(), []float64{4, 32, 108}, 1e-12)
	near(t, "second row", b.Grad().Float64s(), []float64{8, 10, 12}, 1e-12)
}

// An in-place change keeps the history that it should.
func TestInPlaceHistories(t *testing.T) {
	x := leaf(1, 2)
	d := x.Detach()
	d.MulInPlace(x) // the operand lies in the same memory
	d.Sum().Backward()
	near(t, "an operand's gradient", x.Grad().Float64s(), []float64{1, 2}, 0)

	y := leaf(1, 2)
	z := y.MulScalar(2)
	z.FillInPlace(3).Sum().Backward()
	near(t, "what was overwritten", y.Grad().Float64s(), []float64{0, 0}, 0)

	part := tensor.Ones(4).View(2, 2).SetRequiresGrad(true).Select(0, 0)
	if msg := panicOf(t, func() { part.AddScalarInPlace(1) }); !strings.Contains(msg, "leaf") {
		t.Errorf("unhelpful: %s", msg)
	}
}

// A given gradient takes the dtype of what it is the gradient of.
func TestGivenGradients(t *testing.T) {
	for _, g := range []*tensor.Tensor{tensor.As(tensor.Float64).Ones(2), tensor.Of([]int{1, 1})} {
		x := tensor.Ones(2).SetRequiresGrad(true)
		x.Backward(g)
		if d := x.Grad().DType(); d != tensor.Float32 {
			t.Errorf("the gradient of %v is %v", x.DType(), d)
		}
	}
	x := tensor.Ones(2).SetRequiresGrad(true)
	if msg := panicOf(t, func() { x.Backward(tensor.Complex(x.Detach(), x.Detach())) }); !strings.Contains(msg, "complex") {
		t.Errorf("unhelpful: %s", msg)
	}
	if msg := panicOf(t, func() { x.SetGrad(tensor.As(tensor.Float64).Ones(2)) }); !strings.Contains(msg, "Cast") {
		t.Errorf("unhelpful: %s", msg)
	}
}

// Changing a view that was taken without recording would change its base behind
// the history's back.
func TestViewsTakenWithoutRecording(t *testing.T) {
	x := leaf(1, 2)
	y := x.MulScalar(1)
	var v *tensor.Tensor
	autograd.NoGrad(func() { v = y.Narrow(0, 0, 1) })
	if msg := panicOf(t, func() { v.MulScalarInPlace(2) }); !strings.Contains(msg, "NoGrad") {
		t.Errorf("unhelpful: %s", msg)
	}
	autograd.NoGrad(func() { v.MulScalarInPlace(2) })
	near(t, "changed within NoGrad", y.Float64s(), []float64{2, 2}, 0)
}

// NoGrad holds in its goroutine only, and ends when its function panics.
func TestModesBelongToGoroutines(t *testing.T) {
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			x := leaf(1)
			for range 500 {
				if i%2 == 0 {
					autograd.NoGrad(func() {
						if x.Square().RequiresGrad() {
							t.Error("recorded within NoGrad")
						}
						autograd.EnableGrad(func() {
							if !x.Square().RequiresGrad() {
								t.Error("EnableGrad within NoGrad records nothing")
							}
						})
					})
				} else if !x.Square().RequiresGrad() {
					t.Error("another goroutine's NoGrad is felt here")
				}
			}
		}()
	}
	wg.Wait()
	panicOf(t, func() { autograd.NoGrad(func() { tensor.Ones(2).Add(tensor.Ones(3)) }) })
	if !autograd.IsGradEnabled() {
		t.Error("NoGrad survived a panic")
	}
}

// Goroutines that train on shared parameters add up all their gradients.
func TestConcurrentBackward(t *testing.T) {
	w := leaf(2)
	h := w.MulScalar(3)
	h.RetainGrad()
	var wg sync.WaitGroup
	for range 8 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 100 {
				w.Square().Backward()
				autograd.Backward(h, autograd.RetainGraph())
			}
		}()
	}
	wg.Wait()
	near(t, "grad", w.Grad().Float64s(), []float64{5600}, 0)
	near(t, "grad of a shared inner tensor", h.Grad().Float64s(), []float64{800}, 0)
}

// GradCheck finds a wrong derivative.
func TestGradCheckFails(t *testing.T) {
	wrong := func(xs ...*tensor.Tensor) []*tensor.Tensor {
		return []*tensor.Tensor{xs[0].Square().Add(xs[0].Detach())}
	}
	if err := autograd.GradCheck(wrong, leaf(1, 2)); err == nil {
		t.Error("a wrong derivative passed")
	}
}

// The gradient of a real number with respect to complex ones.
func TestGradCheckComplex(t *testing.T) {
	z := tensor.Complex(tensor.Of([]float64{1, 2}), tensor.Of([]float64{3, -1})).SetRequiresGrad(true)
	right := func(xs ...*tensor.Tensor) []*tensor.Tensor {
		return []*tensor.Tensor{xs[0].Mul(xs[0]), xs[0].Abs().Mul(xs[1])}
	}
	wrong := func(xs ...*tensor.Tensor) []*tensor.Tensor { return []*tensor.Tensor{xs[0].Mul(xs[0].Detach())} }
	if err := autograd.GradCheck(right, z, leaf(1, 2)); err != nil {
		t.Error(err)
	}
	if err := autograd.GradGradCheck(right, z, leaf(1, 2)); err != nil {
		t.Error(err)
	}
	if err := autograd.GradCheck(wrong, z); err == nil {
		t.Error("a wrong derivative passed")
	}
	if err := autograd.GradCheck(right, z.Cast(tensor.Complex64), leaf(1, 2)); err == nil || !strings.Contains(err.Error(), "complex128") {
		t.Errorf("complex64: %v", err)
	}
}

// Checks hold within NoGrad, and find that there is nothing to check.
func TestGradCheckWithinNoGrad(t *testing.T) {
	wrong := func(xs ...*tensor.Tensor) []*tensor.Tensor { return autograd.ApplyMulti(linearised{}, xs...) }
	constant := func(xs ...*tensor.Tensor) []*tensor.Tensor { return []*tensor.Tensor{xs[0].Detach()} }
	autograd.NoGrad(func() {
		if err := autograd.GradCheck(wrong, leaf(1, 2)); err != nil {
			t.Error(err)
		}
		if err := autograd.GradGradCheck(wrong, leaf(1, 2)); err == nil {
			t.Error("a wrong second derivative passed")
		}
		if err := autograd.GradGradCheck(constant, leaf(1, 2)); err == nil {
			t.Error("a constant passed")
		}
	})
}

// linearised is a cube whose second derivative is wrong.
type linearised struct{}

func (linearised) Forward(ctx *autograd.Context, x ...*tensor.Tensor) []*tensor.Tensor {
	ctx.SaveForBackward(x...)
	return []*tensor.Tensor{x[0].Pow(3)}
}

func (linearised) Backward(ctx *autograd.Context, g ...*tensor.Tensor) []*tensor.Tensor {
	x := ctx.Saved()[0]
	return []*tensor.Tensor{g[0].Mul(x.Mul(x.Detach())).MulScalar(3)}
}

func TestInterrupt(t *testing.T) {
	x := tensor.Ones(4)
	tensor.Interrupt()
	msg := panicOf(t, func() { x.Add(x) })
	tensor.ClearInterrupt()
	if msg != tensor.ErrInterrupted.Error() {
		t.Errorf("panicked with %q", msg)
	}
	x.Add(x)
}

func TestErrorsSayWhatWouldFit(t *testing.T) {
	for _, c := range []struct {
		f    func()
		want []string
	}{
		{func() { tensor.Ones(64, 1000).MatMul(tensor.Ones(100, 10)) }, []string{"MatMul: (64×1000) · (100×10)", "1000 and 100 differ"}},
		{func() { tensor.Ones(2, 3).Add(tensor.Ones(4, 3)) }, []string{"Add: (2×3) and (4×3)", "2 and 4"}},
		{func() { tensor.Randn(-1) }, []string{"Randn", "negative size"}},
		{func() { tensor.Ones(2, 3).View(4) }, []string{"View", "6 elements", "(4)"}},
		{func() { tensor.Ones(2).Backward() }, []string{"SetRequiresGrad"}},
		{func() { leaf(1, 2).Square().Backward() }, []string{"reduce it"}},
		{func() { leaf(1, 2).FloorDiv(leaf(1, 2)).Sum().Backward() }, []string{"floor_divide", "Detach()"}},
		{func() {
			_, v := tensor.Complex(leaf(2), leaf(1)).View(1, 1).Eigh()
			v.Imag().Sum().Backward()
		}, []string{"Eigh", "absolute value"}},
		{func() { tensor.Ones(2).To(tensor.CUDA(0)) }, []string{"cuda:0", "CUDAAvailable"}},
		{func() { tensor.RandInt(0, 3, 2).SetRequiresGrad(true) }, []string{"int64", "Cast"}},
		{func() { tensor.Ones(3).Select(0, 3) }, []string{"index 3", "shape (3)"}},
		{func() { tensor.Cat([]*tensor.Tensor{tensor.Ones(2, 3), tensor.Ones(3, 2)}, 0) }, []string{"Cat", "(3×2)", "(2×3)"}},
		{func() { tensor.Ones(1, 3, 8, 8).Conv2d(tensor.Ones(6, 4, 5, 5), nil, 1, 0) }, []string{"Conv", "4 input channels", "3"}},
		{func() { tensor.Of([][]float64{{1, 2}, {3}}) }, []string{"Of", "ragged"}},
		{func() { tensor.FromSlice([]float32{1, 2, 3}, 2, 2) }, []string{"FromSlice", "3 values", "(2×2)"}},
	} {
		msg := panicOf(t, c.f)
		for _, w := range c.want {
			if !strings.Contains(msg, w) {
				t.Errorf("%q lacks %q", msg, w)
			}
		}
	}
}
