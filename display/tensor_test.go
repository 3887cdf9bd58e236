package display

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	_ "github.com/gophergrad/gophergrad/autograd"
	"github.com/gophergrad/gophergrad/tensor"
)

func TestTensorTables(t *testing.T) {
	for _, c := range []struct {
		name    string
		x       *tensor.Tensor
		caption string
		cells   []string
	}{
		{"matrix", tensor.Of([][]float32{{1, 2}, {3, 4.5}}), "tensor · 2 × 2 · float32 · cpu", []string{"1.0000", "2.0000", "3.0000", "4.5000"}},
		{"vector", tensor.Of([]float64{1, math.NaN(), math.Inf(-1)}), "tensor · 3 · float64 · cpu", []string{"1.", "nan", "-inf"}},
		{"scalar", tensor.Scalar(7), "tensor · scalar · float32 · cpu", nil},
		{"none", tensor.Zeros(0, 3), "tensor · 0 × 3 · float32 · cpu", nil},
		{"leaf", tensor.Ones(1).SetRequiresGrad(true), "tensor · 1 · float32 · cpu · requires grad", []string{"1."}},
		{"computed", tensor.Ones(1).SetRequiresGrad(true).MulScalar(2), "tensor · 1 · float32 · cpu · grad_fn MulBackward0", []string{"2."}},
		{"cube", tensor.Arange(0, 8, 1).Reshape(2, 2, 2), "[1, :, :]", strings.Split("0 1 2 3 4 5 6 7", " ")},
		{"strided", tensor.Arange(0, 6, 1).Reshape(2, 3).T(), "3 × 2", strings.Split("0 3 1 4 2 5", " ")},
		{"tall", tensor.Arange(0, 1002, 1).Reshape(501, 2), "501 × 2", strings.Split("0 1 2 3 4 5 ⋮ ⋮ 996 997 998 999 1000 1001", " ")},
		{"long", tensor.Arange(0, 1001, 1), "1001", strings.Split("0 1 2 ⋯ 998 999 1000", " ")},
		{"many matrices", tensor.Zeros(20, 1, 1), "12 of 20 matrices", strings.Fields(strings.Repeat("0. ", 12))},
		{"matrices left out", tensor.Zeros(500, 3, 1), "6 of 500 matrices", strings.Fields(strings.Repeat("0. ", 18))},
	} {
		b := Of(c.x)
		if b.String() != c.x.String() {
			t.Errorf("%s: text is %s", c.name, b)
		}
		if html := b.Data["text/html"].(string); !strings.Contains(html, ">"+c.caption) && !strings.Contains(html, c.caption+" ·") {
			t.Errorf("%s: %q is not in %s", c.name, c.caption, html)
		}
		if diff := cmp.Diff(c.cells, tableCells(t, b)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestTableEscapes(t *testing.T) {
	var b strings.Builder
	writeTable(&b, nil, []int{0}, []string{"<b>&"})
	writeNote(&b, "<i>")
	if html := b.String(); !strings.Contains(html, "&lt;b&gt;&amp;") || !strings.Contains(html, "&lt;i&gt;") {
		t.Errorf("not escaped: %s", html)
	}
}
