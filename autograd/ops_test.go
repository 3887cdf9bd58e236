package autograd_test

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/gophergrad/gophergrad/autograd"
	"github.com/gophergrad/gophergrad/tensor"
)

var samplesFile = flag.String("samples", "", "write the op table's samples to this file, for testdata/golden.py")

// golden is what PyTorch computed for one sample: the values of all outputs, the
// gradients of all floating inputs for the pattern weights, and the dtypes of all
// outputs and the first one for inputs of other dtypes (absent where PyTorch refuses).
type golden struct {
	Torch  string
	Out    [][]float64
	Shapes [][]int
	Grads  [][]float64
	DTypes map[string]struct {
		DTypes []string
		Out    []float64
	}
}

// sampleInput is a sample's input as golden.py reads it.
type sampleInput struct {
	Shape  []int
	DType  string
	Values []float64
}

func fraction(i, seed int) float64 {
	x := 0.5 + float64(i+1)*0.6180339887498949 + float64(seed)*0.2941
	return x - math.Floor(x)
}

// makeInput makes up the k-th input of a sample.
func makeInput(in tensor.Input, k int) sampleInput {
	s := sampleInput{Shape: append([]int{}, in.Shape...), DType: in.DType.String()}
	n := 1
	for _, size := range in.Shape {
		n *= size
	}
	s.Values = make([]float64, n)
	for i := range n {
		f := fraction(i, k)
		switch {
		case in.Hi < in.Lo: // rows of different positions
			row := n / in.Shape[0]
			s.Values[i] = float64((row - 1 - i%row + i/row) % row)
		case in.DType == tensor.Bool:
			s.Values[i] = math.Round(f)
		case in.DType == tensor.Int64:
			s.Values[i] = in.Lo + math.Floor(f*(in.Hi-in.Lo+1))
		default:
			s.Values[i] = float64(float32(in.Lo + f*(in.Hi-in.Lo)))
		}
	}
	return s
}

func sampleInputs(s tensor.Sample) []sampleInput {
	out := make([]sampleInput, len(s.In))
	for k, in := range s.In {
		out[k] = makeInput(in, k)
	}
	return out
}

// ofDType builds the inputs in dtype d. Integers beside floating-point inputs are indices and stay what they are.
func ofDType(ins []sampleInput, d tensor.DType) []*tensor.Tensor {
	xs := tensors(ins, d, false)
	if slices.ContainsFunc(ins, func(in sampleInput) bool { return in.DType != "int64" && in.DType != "bool" }) {
		return xs
	}
	for i, in := range ins {
		if in.DType == "int64" {
			xs[i] = xs[i].Cast(d)
		}
	}
	return xs
}

// tensors builds the inputs, floating ones in dtype d.
func tensors(ins []sampleInput, d tensor.DType, grad bool) []*tensor.Tensor {
	xs := make([]*tensor.Tensor, len(ins))
	for i, in := range ins {
		x := tensor.As(tensor.Float64).Zeros(in.Shape...)
		if len(in.Values) > 0 {
			x = tensor.FromSlice(in.Values, len(in.Values)).Reshape(in.Shape...)
		}
		switch in.DType {
		case "int64":
			xs[i] = x.Cast(tensor.Int64)
		case "bool":
			xs[i] = x.Cast(tensor.Bool)
		default:
			xs[i] = x.Cast(d).Detach()
			if grad {
				xs[i].SetRequiresGrad(true)
			}
		}
	}
	return xs
}

// strided returns copies of tensors that do not lie in row-major order.
func strided(xs []*tensor.Tensor) []*tensor.Tensor {
	out := make([]*tensor.Tensor, len(xs))
	for i, x := range xs {
		switch n := x.Dim(); {
		case n >= 2:
			out[i] = x.Transpose(0, n-1).Contiguous().Transpose(0, n-1)
		case n == 1:
			out[i] = tensor.Stack([]*tensor.Tensor{x, x}, 1).Select(1, 0)
		default:
			out[i] = x
		}
	}
	return out
}

func readGoldens(t *testing.T) map[string]golden {
	f, err := os.Open("../tensor/testdata/ops.json.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var g map[string]golden
	if err := json.NewDecoder(z).Decode(&g); err != nil {
		t.Fatal(err)
	}
	return g
}

// floatOf decodes the goldens' stand-ins for what JSON has no numbers for.
const (
	goldenInf = 1e300
	goldenNaN = 2e300
)

func decode(v []float64) []float64 {
	for i, x := range v {
		switch {
		case x == goldenNaN:
			v[i] = math.NaN()
		case math.Abs(x) == goldenInf:
			v[i] = math.Inf(int(math.Copysign(1, x)))
		}
	}
	return v
}

// variants are a sample with inputs of other shapes: all 0-d, and every size that occurs made 0 in turn. PyTorch and we
// refuse those that the operation or its parameters have no place for.
func variants(s tensor.Sample) map[string]tensor.Sample {
	out := map[string]tensor.Sample{}
	vary := func(name string, shape func([]int) []int) {
		v := s
		v.In = slices.Clone(s.In)
		for i, in := range v.In {
			if in.Hi < in.Lo {
				return // makes up rows
			}
			v.In[i].Shape = shape(in.Shape)
		}
		out[name] = v
	}
	vary("0-d", func([]int) []int { return nil })
	if zero, ok := out["0-d"]; ok {
		if a, ok := s.Attrs.(tensor.ReduceAttrs); ok { // as the methods do
			a.Dims = nil
			zero.Attrs = a
			out["0-d"] = zero
		}
	}
	for _, in := range s.In {
		for _, size := range in.Shape {
			vary(fmt.Sprintf("no %d", size), func(shape []int) []int {
				shape = slices.Clone(shape)
				for d, n := range shape {
					if n == size {
						shape[d] = 0
					}
				}
				return shape
			})
		}
	}
	return out
}

func writeSamples(t *testing.T, file string) {
	type entry struct {
		Torch string
		In    []sampleInput
	}
	all := map[string]entry{}
	for _, op := range tensor.Ops() {
		for i, s := range op.Samples {
			name := fmt.Sprintf("%s#%d", op.Name, i)
			all[name] = entry{s.Torch, sampleInputs(s)}
			for variant, v := range variants(s) {
				all[name+" "+variant] = entry{v.Torch, sampleInputs(v)}
			}
		}
	}
	b, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, b, 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestEveryOp walks the op table: each op has samples and a derivative or is
// listed without one; its values and gradients are PyTorch's; first and second
// derivatives agree with differences; strided inputs give what contiguous ones
// give; every dtype gives PyTorch's dtype or a clear error.
func TestEveryOp(t *testing.T) {
	if *samplesFile != "" {
		writeSamples(t, *samplesFile)
		return
	}
	goldens := readGoldens(t)
	for _, op := range tensor.Ops() {
		t.Run(op.Name, func(t *testing.T) {
			if len(op.Samples) == 0 {
				t.Fatal("no samples")
			}
			differentiable, known := autograd.Differentiable(op.Name)
			if !differentiable && !known && !op.Composite {
				t.Fatal("neither a rule nor in the list of operations without derivative")
			}
			checked := false
			for i, s := range op.Samples {
				name := fmt.Sprintf("%s#%d", op.Name, i)
				g, ok := goldens[name]
				if !ok || g.Torch != s.Torch {
					t.Fatalf("sample %d (%s) has no golden; run testdata/golden.py", i, s.Torch)
				}
				ins := sampleInputs(s)
				checkGolden(t, op, s, ins, g)
				checkDTypes(t, op, s, ins, g)
				if differentiable || op.Composite {
					checked = checkGradients(t, op, s, ins) || checked
					checkNarrowGradients(t, op, s, ins, g)
				}
				for variant, v := range variants(s) {
					v.Torch += ", " + variant
					checkVariant(t, op, v, name+" "+variant, goldens[name+" "+variant])
				}
			}
			if differentiable && !checked {
				t.Error("no sample has a derivative to check")
			}
		})
	}
}

func checkGolden(t *testing.T, op *tensor.Op, s tensor.Sample, ins []sampleInput, g golden) {
	t.Helper()
	inputs := tensors(ins, tensor.Float64, true)
	checkResults(t, op, s, inputs, inputs, g)
	narrow := op.Apply(s.Attrs, tensors(ins, tensor.Float32, false)...)
	for i := range g.Out {
		near(t, s.Torch+" in float32", reals(narrow[i]), g.Out[i], tolerance(s))
	}
	if op.Name == "view" || op.Name == "as_strided" || op.Name == "view_as_complex" {
		return // what they mean depends on how the input lies
	}
	s.Torch += " of strided inputs"
	inputs = tensors(ins, tensor.Float64, true)
	checkResults(t, op, s, inputs, strided(inputs), g)
}

// checkResults compares the results for xs, and the gradients of the inputs that they are or were made of, with PyTorch's.
func checkResults(t *testing.T, op *tensor.Op, s tensor.Sample, inputs, xs []*tensor.Tensor, g golden) {
	t.Helper()
	out := op.Apply(s.Attrs, xs...)
	if len(out) < len(g.Out) {
		t.Fatalf("%s: %d results, PyTorch has %d", s.Torch, len(out), len(g.Out))
	}
	for i := range g.Out {
		if fmt.Sprint(out[i].Shape()) != fmt.Sprint(g.Shapes[i]) {
			t.Fatalf("%s: result %d has shape %v, PyTorch's %v", s.Torch, i, out[i].Shape(), g.Shapes[i])
		}
		near(t, s.Torch, reals(out[i]), decode(g.Out[i]), 1e-9)
	}
	loss := weighted(out[:len(g.Out)])
	if loss == nil && len(g.Grads) > 0 {
		t.Errorf("%s: no result requires a gradient; PyTorch's do", s.Torch)
	} else if len(g.Grads) > 0 {
		loss.Backward()
		k := 0
		for _, x := range inputs {
			if x.DType() != tensor.Float64 {
				continue
			}
			got := make([]float64, x.NumEl())
			if x.Grad() != nil {
				got = x.Grad().Float64s()
			}
			near(t, s.Torch+": gradient of input", got, decode(g.Grads[k]), 1e-8)
			k++
		}
	}
}

// weighted adds up the results that require gradients with the goldens' weights; nil if none does.
func weighted(ys []*tensor.Tensor) (loss *tensor.Tensor) {
	for i, y := range ys {
		if !y.RequiresGrad() {
			continue
		}
		if y.DType().IsComplex() {
			y = y.AsReal()
		}
		w := make([]float64, y.NumEl())
		for j := range w {
			w[j] = 2*fraction(j, 50+i) - 1
		}
		term := y.Flatten().Mul(tensor.FromSlice(w, len(w))).Sum()
		if loss == nil {
			loss = term
		} else {
			loss = loss.Add(term)
		}
	}
	return loss
}

// checkNarrowGradients compares the gradients in narrower dtypes that PyTorch knows with those in float64.
func checkNarrowGradients(t *testing.T, op *tensor.Op, s tensor.Sample, ins []sampleInput, g golden) {
	t.Helper()
	for _, d := range []tensor.DType{tensor.Float32, tensor.Float16, tensor.BFloat16} {
		if _, ok := g.DTypes[d.String()]; !ok {
			continue
		}
		xs := tensors(ins, d, true)
		if _, err := try(func() *tensor.Tensor {
			if loss := weighted(op.Apply(s.Attrs, xs...)[:len(g.Out)]); loss != nil {
				loss.Backward()
			}
			return nil
		}); err != nil {
			t.Errorf("%s of %v: %v", s.Torch, d, err)
			continue
		}
		k := 0
		for _, x := range xs {
			if x.DType() != d {
				continue
			}
			if x.Grad() != nil && k < len(g.Grads) {
				near(t, fmt.Sprintf("%s of %v: gradient of input %d", s.Torch, d, k), x.Grad().Float64s(), decode(g.Grads[k]), 5*unit(d))
			}
			k++
		}
	}
}

// unlike are the variants that are not compared, and why not.
var unlike = map[string]string{
	"cat#0 no 1": ofShape, "cat#0 no 3": ofShape, "cat#1 no 2": ofShape, "cat#1 no 3": ofShape, "slice#0 no 5": ofShape, "squeeze#0 no 1": ofShape, "squeeze#1 0-d": ofShape, "squeeze#1 no 1": ofShape, "norm#2 0-d": ofShape, "irfft_sized#0 no 3": ofShape, "irfftn#0 no 3": ofShape, "hfft#0 no 4": ofShape,
	"complex_pinv#0 no 3": shortSlice, "complex_qr#0 no 3": shortSlice, "complex_solve#0 no 3": shortSlice, "complex_svd_squares#0 no 3": shortSlice, "complex_svdvals#0 no 3": shortSlice, "svd_full#0 no 4": shortSlice, "svd_full_wide#0 no 3": shortSlice,
	"complex_lerp#0 0-d":         "PyTorch transposes numbers, with a warning",
	"complex_logsumexp#0 no 3":   "PyTorch adds -inf+0j and -inf+0j to -inf+nanj",
	"conv#0 no 2":                noChannels,
	"conv#2 no 2":                noChannels,
	"conv#3 no 1":                noChannels,
	"conv#4 no 3":                noChannels,
	"householder_product#0 no 2": "no reflections make a constant, which PyTorch records",
	"ifftn#0 0-d":                "we refuse to transform no dimension",
	"vander#0 0-d":               "torch.linalg.vander makes a row of a number, torch.vander refuses",
}

const (
	ofShape    = "the parameters hold sizes or dimensions that the method works out for the sample's shape"
	noChannels = "PyTorch's result has no channels where the input has none"
	shortSlice = "Python slices what is too short without complaint"
)

// checkVariant compares a variant of a sample with PyTorch's result for it, if there is one.
func checkVariant(t *testing.T, op *tensor.Op, s tensor.Sample, name string, g golden) {
	t.Helper()
	if g.Torch == "" || unlike[name] != "" {
		return
	}
	if _, err := try(func() *tensor.Tensor { checkGolden(t, op, s, sampleInputs(s), g); return nil }); err != nil {
		t.Errorf("%s: %v; PyTorch gives %v of shape %v", s.Torch, err, g.Out, g.Shapes)
	}
}

// reals returns the elements, a complex one as two numbers.
func reals(x *tensor.Tensor) []float64 {
	if x.DType().IsComplex() {
		x = x.AsReal()
	}
	return x.Float64s()
}

func checkDTypes(t *testing.T, op *tensor.Op, s tensor.Sample, ins []sampleInput, g golden) {
	t.Helper()
	for d := tensor.Float32; d <= tensor.Complex128; d++ {
		want, ok := g.DTypes[d.String()]
		ok = ok && (d.IsFloat() || !op.FloatOnly)
		var got []*tensor.Tensor
		_, err := try(func() *tensor.Tensor { got = op.Apply(s.Attrs, ofDType(ins, d)...); return nil })
		var te *tensor.Error
		switch {
		case err != nil && !errors.As(err, &te):
			t.Errorf("%s of %v panics with %v, not a *tensor.Error", s.Torch, d, err)
		case err != nil && ok && (!d.IsComplex() || op.Complex):
			t.Errorf("%s of %v: %v, PyTorch gives %s", s.Torch, d, err, want.DTypes)
		case err != nil || !ok:
		default:
			for i, w := range want.DTypes {
				if !strings.Contains(s.Torch, "float64") && got[i].DType().String() != w {
					t.Errorf("%s of %v: result %d is %v, PyTorch's %s", s.Torch, d, i, got[i].DType(), w)
				}
			}
			near(t, fmt.Sprintf("%s of %v", s.Torch, d), reals(got[0]), decode(want.Out), unit(d))
		}
	}
}

// unit is the relative error that results in dtype d may have.
func unit(d tensor.DType) float64 {
	switch d {
	case tensor.BFloat16:
		return 5e-2
	case tensor.Float16:
		return 4e-3
	case tensor.Float64, tensor.Complex128:
		return 1e-8
	}
	return 2e-4
}

// tolerance is that of float32 results; float16 inside of a sample loosens it.
func tolerance(s tensor.Sample) float64 {
	if strings.Contains(s.Torch, "float16") {
		return 2e-3
	}
	return 2e-4
}

// try returns what f panics with as an error.
func try(f func() *tensor.Tensor) (out *tensor.Tensor, err error) {
	defer func() {
		if r := recover(); r != nil {
			if e, ok := r.(error); ok {
				err = e
			} else {
				err = fmt.Errorf("%v", r)
			}
		}
	}()
	return f(), nil
}

// checkGradients compares first and second derivatives with differences, and reports whether there are any.
func checkGradients(t *testing.T, op *tensor.Op, s tensor.Sample, ins []sampleInput) bool {
	t.Helper()
	f := func(xs ...*tensor.Tensor) []*tensor.Tensor { return op.Apply(s.Attrs, xs...) }
	xs := tensors(ins, tensor.Float64, true)
	floating := false
	for _, y := range op.Apply(s.Attrs, xs...) {
		floating = floating || y.RequiresGrad() && (y.DType() == tensor.Float64 || y.DType().IsComplex())
	}
	if !floating {
		return false
	}
	if err := autograd.GradCheck(f, xs...); err != nil {
		t.Errorf("%s: %v", s.Torch, err)
	}
	if err := autograd.GradGradCheck(f, xs...); err != nil {
		t.Errorf("%s, second derivative: %v", s.Torch, err)
	}
	return true
}
