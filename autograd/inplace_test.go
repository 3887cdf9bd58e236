package autograd_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/gophergrad/gophergrad/tensor"
)

// Complex tensors can be changed through views, too.
func TestComplexViewsInPlace(t *testing.T) {
	x := tensor.Complex(tensor.Of([]float64{1, 2}), tensor.Of([]float64{3, 4})).SetRequiresGrad(true)
	y := x.MulScalar(1)
	y.Select(0, 1).MulScalarInPlace(10)
	y.Mul(y).Real().Sum().Backward() // conj(2·z), times 100 for the second
	near(t, "gradient", x.Grad().AsReal().Float64s(), []float64{2, -6, 400, -800}, 1e-12)
}

// Every in-place form gives the values and gradients of the operation that it is named after, also through a view, and
// refuses leaves that require a gradient.
func TestInPlaceForms(t *testing.T) {
	index := tensor.Of([][]int{{0, 1, 1}, {1, 0, 1}})
	rows := tensor.Of([]int{1, 0})
	mask := tensor.Of([][]bool{{true, false, true}, {false, true, true}})
	source := tensor.Of([][]float64{{1, -2, 3}, {-4, 5, 0.5}}).Double()
	arguments := map[string][]any{
		"Pow": {3.0}, "Clamp": {0.5, 1.2}, "MaskedFill": {mask, 2.0}, "MaskedScatter": {mask, source}, "Tril": {0}, "Triu": {0}, "CumSum": {1},
		"IndexAdd": {0, rows, source}, "IndexCopy": {0, rows, source}, "IndexFill": {0, rows, 2.0},
		"Scatter": {0, index, source}, "ScatterValue": {0, index, 2.0}, "ScatterAdd": {0, index, source},
		"Add": {source}, "Lerp": {source, 0.3}, "Sub": {source}, "Mul": {source}, "Div": {source},
		"AddScalar": {2.0}, "SubScalar": {2.0}, "MulScalar": {2.0}, "DivScalar": {2.0}, "ClampMin": {1.0}, "ClampMax": {1.0},
	}
	// These record nothing, or have no counterpart.
	others := "AddScaled Adam Addcdiv Addcmul Bernoulli Cauchy Copy Exponential Fill FillDiagonal Geometric LogNormal Normal RandInt Random Uniform Zero"
	x0 := tensor.Of([][]float64{{0.3, 1.7, 0.9}, {2.2, 0.6, 1.1}}).Double()
	call := func(x *tensor.Tensor, name string, args []any) *tensor.Tensor {
		in := make([]reflect.Value, len(args))
		for i, a := range args {
			in[i] = reflect.ValueOf(a)
		}
		return reflect.ValueOf(x).MethodByName(name).Call(in)[0].Interface().(*tensor.Tensor)
	}
	for m := range reflect.TypeFor[*tensor.Tensor]().Methods() {
		name, inPlace := strings.CutSuffix(m.Name, "InPlace")
		if !inPlace || strings.Contains(" "+others+" ", " "+name+" ") {
			continue
		}
		t.Run(name, func(t *testing.T) {
			args := arguments[name]
			if len(args) != m.Type.NumIn()-1 {
				t.Fatalf("no arguments for %v", m.Type)
			}
			leaf := func() *tensor.Tensor { return x0.Clone().SetRequiresGrad(true) }
			a, b, c := leaf(), leaf(), leaf()
			want := call(a.MulScalar(1), name, args)
			got := b.MulScalar(1)
			if call(got, m.Name, args) != got {
				t.Error("it returns another tensor")
			}
			whole := c.MulScalar(1)
			call(whole.Transpose(0, 1).Transpose(0, 1), m.Name, args)
			near(t, "values", got.Float64s(), want.Float64s(), 0)
			near(t, "values through a view", whole.Float64s(), want.Float64s(), 0)
			for _, y := range []*tensor.Tensor{want, got, whole} {
				if y.RequiresGrad() {
					y.Mul(source).Sum().Backward()
				}
			}
			if a.Grad() != nil {
				near(t, "gradient", b.Grad().Float64s(), a.Grad().Float64s(), 1e-12)
				near(t, "gradient through a view", c.Grad().Float64s(), a.Grad().Float64s(), 1e-12)
			}
			if _, err := try(func() *tensor.Tensor { return call(leaf(), m.Name, args) }); err == nil || !strings.Contains(err.Error(), "leaf") {
				t.Errorf("of a leaf: %v", err)
			}
		})
	}
}

// The parts of complex numbers are views: what is written there changes the numbers, and their histories follow each
// other. The numbers are PyTorch's.
func TestPartsAreViews(t *testing.T) {
	for name, c := range map[string]struct {
		write func(z *tensor.Tensor) *tensor.Tensor // returns what is differentiated
		want  []float64
	}{
		"real":    {func(z *tensor.Tensor) *tensor.Tensor { z.Real().MulScalarInPlace(3); return z.Abs().Square() }, []float64{26, 52}},
		"imag":    {func(z *tensor.Tensor) *tensor.Tensor { z.Imag().MulScalarInPlace(3); return z.Abs().Square() }, []float64{74, 148}},
		"as real": {func(z *tensor.Tensor) *tensor.Tensor { z.AsReal().MulScalarInPlace(3); return z.Abs().Square() }, []float64{90, 180}},
		"part of it": {func(z *tensor.Tensor) *tensor.Tensor {
			z.Imag().Narrow(0, 1, 1).FillInPlace(0)
			return z.Abs().Square()
		}, []float64{10, 4}},
		"older view": {func(z *tensor.Tensor) *tensor.Tensor { r := z.Real(); z.MulScalarInPlace(3); return r }, []float64{3, 3}},
		"view of view": {func(z *tensor.Tensor) *tensor.Tensor {
			r := z.AsReal().Select(-1, 1)
			z.Real().FillInPlace(7)
			return r
		}, []float64{2, 2}},
	} {
		x := leaf(1, 2)
		y := c.write(tensor.Complex(x, x.MulScalar(2)))
		y.Sum().Backward()
		near(t, name, x.Grad().Float64s(), c.want, 1e-12)
	}
	z := tensor.Complex(tensor.Ones(2), tensor.Ones(2))
	z.Imag().FillInPlace(5)
	if s := z.String(); s != "tensor([1.+5.j, 1.+5.j])" {
		t.Error(s)
	}
}

// Pairs seen as complex numbers are a view, too, in both directions. The numbers are PyTorch's.
func TestPairsAsComplexAreViews(t *testing.T) {
	turn := func(z *tensor.Tensor) { z.MulInPlace(tensor.Complex(tensor.Of(0.0), tensor.Of(1.0))) }
	for name, c := range map[string]struct {
		write func(pairs *tensor.Tensor) *tensor.Tensor // returns what is differentiated
		want  []float64
	}{
		"whole": {func(p *tensor.Tensor) *tensor.Tensor { turn(p.AsComplex()); return p }, []float64{10, -1, 1000, -100}},
		"part":  {func(p *tensor.Tensor) *tensor.Tensor { turn(p.AsComplex().Select(0, 0)); return p }, []float64{10, -1, 100, 1000}},
		"older view": {func(p *tensor.Tensor) *tensor.Tensor {
			z := p.AsComplex()
			p.MulScalarInPlace(3)
			return z.AsReal()
		}, []float64{3, 30, 300, 3000}},
		"part of a part": {func(p *tensor.Tensor) *tensor.Tensor { p.AsComplex().Imag().MulScalarInPlace(5); return p }, []float64{1, 50, 100, 5000}},
		"overwritten": {func(p *tensor.Tensor) *tensor.Tensor {
			p.View(4).View(2, 2).AsComplex().Select(0, 1).FillInPlace(7)
			return p
		}, []float64{1, 10, 0, 0}},
	} {
		x := leaf(1, 2, 3, 4)
		c.write(x.MulScalar(1).View(2, 2)).Mul(tensor.Of([][]float64{{1, 10}, {100, 1000}})).Sum().Backward()
		near(t, name, x.Grad().Float64s(), c.want, 0)
	}
	for want, x := range map[string]*tensor.Tensor{
		"two parts":    tensor.Ones(2, 3),
		"Contiguous()": tensor.Ones(2, 2).T(),
		"float16":      tensor.As(tensor.Float16).Ones(2),
	} {
		if msg := panicOf(t, func() { x.AsComplex() }); !strings.Contains(msg, want) {
			t.Errorf("%q lacks %q", msg, want)
		}
	}
}

// What gives all elements one value may be written to expanded tensors, and leaves nothing to be freed by a pass.
func TestFill(t *testing.T) {
	x := leaf(1, 2)
	h := x.MulScalar(1)
	h.Narrow(0, 0, 1).Expand(3).FillInPlace(5)
	h.Sum().Backward()
	near(t, "gradient", x.Grad().Float64s(), []float64{0, 1}, 0)
	y := x.MulScalar(1).ZeroInPlace()
	for range 2 {
		y.Backward(tensor.Ones(2))
	}
	near(t, "gradient of what was overwritten", x.Grad().Float64s(), []float64{0, 1}, 0)
}
