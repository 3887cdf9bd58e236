package tensor

import (
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
)

//go:embed testdata/print_golden.json
var printGolden []byte

// TestPrintGolden compares String with what testdata/print_golden.py had PyTorch print.
func TestPrintGolden(t *testing.T) {
	var golden struct {
		Cases []struct {
			DType, Data, Grad, Text string
			Shape                   []int
			Options                 struct {
				Precision, Threshold, EdgeItems, LineWidth *int
				Sci                                        *bool `json:"sci_mode"`
				Profile                                    string
			}
		}
	}
	if err := json.Unmarshal(printGolden, &golden); err != nil {
		t.Fatal(err)
	}
	if len(golden.Cases) < 200 {
		t.Fatalf("only %d cases", len(golden.Cases))
	}
	defer SetPrintOptions(PrintDefault)
	for _, c := range golden.Cases {
		data, err := base64.StdEncoding.DecodeString(c.Data)
		if err != nil {
			t.Fatal(err)
		}
		x := empty(c.Shape, dtypeNamed(t, c.DType))
		fillBytes(x, data)
		switch c.Grad {
		case "":
		case "leaf":
			x.SetRequiresGrad(true)
		default:
			x.node = &Node{Op: &Op{GradFn: c.Grad}}
		}
		o := map[string]PrintOptions{"": PrintDefault, "short": PrintShort, "full": PrintFull}[c.Options.Profile]
		for to, from := range map[*int]*int{&o.Precision: c.Options.Precision, &o.Threshold: c.Options.Threshold,
			&o.EdgeItems: c.Options.EdgeItems, &o.LineWidth: c.Options.LineWidth} {
			if from != nil {
				*to = *from
			}
		}
		if sci := c.Options.Sci; sci != nil {
			o.Sci = map[bool]SciMode{true: SciAlways, false: SciNever}[*sci]
		}
		SetPrintOptions(o)
		if got := x.String(); got != c.Text {
			t.Errorf("%s %v, options %+v:\n%s\nwant\n%s", c.DType, c.Shape, o, got, c.Text)
		}
	}
}

func dtypeNamed(t *testing.T, name string) DType {
	for d := range numDTypes {
		if d.String() == name {
			return d
		}
	}
	t.Fatalf("no dtype %q", name)
	return 0
}

// fillBytes repeats data through x's storage.
func fillBytes(x *Tensor, data []byte) {
	all := slice[uint8](x.storage)[:x.NumEl()*x.dtype.Size()]
	for len(all) > 0 {
		all = all[copy(all, data):]
	}
}

func TestPrintOptions(t *testing.T) {
	defer SetPrintOptions(PrintDefault)
	for _, change := range []func(o *PrintOptions){
		func(o *PrintOptions) { o.Precision = -1 }, func(o *PrintOptions) { o.Precision = 1e6 }, func(o *PrintOptions) { o.Threshold = -1 },
		func(o *PrintOptions) { o.EdgeItems = -1 }, func(o *PrintOptions) { o.LineWidth = -1 }, func(o *PrintOptions) { o.Sci = 3 },
	} {
		o := PrintDefault
		change(&o)
		if err := errorOf(func() { SetPrintOptions(o) }); err == nil {
			t.Errorf("%+v is accepted", o)
		}
	}
	SetPrintOptions(PrintOptions{EdgeItems: math.MaxInt})
	if got, want := Zeros(2).String(), "tensor([0.,\n        0.])"; got != want {
		t.Errorf("with all items at the edge a tensor prints %s, want %s", got, want)
	}
}

// Verbs for numbers write tensors as they write slices, and a tensor without dimensions as its number.
func TestPrintVerbs(t *testing.T) {
	floats, ints := [][]float32{{0.1, -2}, {3.14159, 4e9}}, []int64{-1, 20}
	complexes, bools := []complex128{1 + 2i}, []bool{true, false}
	for _, c := range []struct {
		verbs   []string
		x       *Tensor
		numbers any
	}{
		{[]string{"%.3f", "%g", "%8.2e", "%+.1f", "%d"}, Of(floats), floats},
		{[]string{"%.2f"}, Of(floats).T(), [][]float32{{0.1, 3.14159}, {-2, 4e9}}},
		{[]string{"%d", "%03d", "%x", "%f"}, Of(ints), ints},
		{[]string{"%.1f"}, Of(complexes), complexes},
		{[]string{"%t"}, Of(bools), bools},
		{[]string{"%.4f", "%g", "%6.1f|"}, Ones(3).SetRequiresGrad(true).MulScalar(0.1).Sum(), float32(0.3)},
		{[]string{"%.1f"}, Zeros(2, 0), [][]float32{{}, {}}},
		{[]string{"%v", "%s", "%+v", "%q"}, Of(ints), "tensor([-1, 20])"},
	} {
		for _, verb := range c.verbs {
			if got, want := fmt.Sprintf(verb, c.x), fmt.Sprintf(verb, c.numbers); strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(want), " ") {
				t.Errorf("%s writes %s, not %s", verb, got, want)
			}
		}
	}
	if got := fmt.Sprintf("%v %.3f", (*Tensor)(nil), (*Tensor)(nil)); got != "<nil> <nil>" {
		t.Error(got)
	}
}

// TestPrintView prints elements that do not lie in order.
func TestPrintView(t *testing.T) {
	x := empty([]int{2, 3}, Float32)
	copy(slice[float32](x.storage), []float32{1, 2, 3, 4, 5, 6})
	got := viewOf(x, []int{3, 2}, []int{1, 3}, 0).String()
	want := "tensor([[1., 4.],\n        [2., 5.],\n        [3., 6.]])"
	if got != want {
		t.Errorf("a transposed view prints\n%s\nwant\n%s", got, want)
	}
}

// TestPrintDefaultDType prints as PyTorch does after torch.set_default_dtype(torch.float64).
func TestPrintDefaultDType(t *testing.T) {
	SetDefaultDType(Float64)
	defer SetDefaultDType(Float32)
	for _, c := range []struct {
		shape []int
		dtype DType
		want  string
	}{
		{[]int{1}, Float64, "tensor([0.])"},
		{[]int{1}, Float32, "tensor([0.], dtype=float32)"},
		{[]int{0}, Float64, "tensor([])"},
		{[]int{0}, Float32, "tensor([], dtype=float32)"},
	} {
		if got := empty(c.shape, c.dtype).String(); got != c.want {
			t.Errorf("%v of %v prints %s, want %s", c.shape, c.dtype, got, c.want)
		}
	}
}
