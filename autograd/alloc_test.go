package autograd_test

import (
	"testing"

	"github.com/gophergrad/gophergrad/autograd"
	"github.com/gophergrad/gophergrad/tensor"
)

// The common operations allocate their results and their elements, views only the result; where history is recorded, its
// node comes on top, its edges if they are more than two, and parameters that are not one small number.
func TestAllocations(t *testing.T) {
	x, y, row := tensor.Randn(4, 4), tensor.Randn(4, 4), tensor.Randn(4)
	mask, index, indices := x.GtScalar(0), tensor.RandInt(0, 4, 4), tensor.RandInt(0, 4, 4, 4)
	mean, variance := tensor.Randn(4, 4), tensor.Rand(4, 4)
	batch, filter := tensor.Randn(2, 4, 4), tensor.Randn(4, 1, 3, 3)
	for _, c := range []struct {
		name         string
		f            func(x *tensor.Tensor)
		plain, graph int
	}{
		{"Add", func(x *tensor.Tensor) { x.Add(y) }, 2, 3},
		{"Add of a row", func(x *tensor.Tensor) { x.Add(row) }, 2, 3},
		{"AddInPlace", func(x *tensor.Tensor) { y.AddInPlace(row) }, 0, 0},
		{"AddScaledInPlace", func(x *tensor.Tensor) { y.AddScaledInPlace(mean, 0.1) }, 0, 0},
		{"AdamInPlace", func(x *tensor.Tensor) { y.AdamInPlace(mean, mean, variance, tensor.AdamStep{Step: 1}) }, 0, 0},
		{"AddScalar", func(x *tensor.Tensor) { x.AddScalar(2) }, 2, 4},
		{"Pow", func(x *tensor.Tensor) { x.Pow(3) }, 2, 4},
		{"ReLU", func(x *tensor.Tensor) { x.ReLU() }, 2, 3},
		{"Exp", func(x *tensor.Tensor) { x.Exp() }, 2, 3},
		{"GELU", func(x *tensor.Tensor) { x.GELU() }, 2, 3},
		{"LeakyReLU", func(x *tensor.Tensor) { x.LeakyReLU(0.1) }, 2, 4},
		{"Gt", func(x *tensor.Tensor) { x.Gt(y) }, 2, 2},
		{"EqScalar", func(x *tensor.Tensor) { x.EqScalar(0) }, 2, 2},
		{"Where", func(x *tensor.Tensor) { tensor.Where(mask, x, y) }, 2, 4},
		{"MaskedFill", func(x *tensor.Tensor) { x.MaskedFill(mask, 0) }, 2, 3},
		{"Clamp", func(x *tensor.Tensor) { x.Clamp(-1, 1) }, 2, 4},
		{"Clone", func(x *tensor.Tensor) { x.Clone() }, 2, 3},
		{"Cast", func(x *tensor.Tensor) { x.Cast(tensor.Float64) }, 2, 3},
		{"Sum", func(x *tensor.Tensor) { x.Sum() }, 2, 3},
		{"Sum of rows", func(x *tensor.Tensor) { x.Sum(1) }, 2, 5},
		{"Sum of columns", func(x *tensor.Tensor) { x.Sum(0) }, 2, 5},
		{"Mean", func(x *tensor.Tensor) { x.Mean() }, 2, 3},
		{"Max", func(x *tensor.Tensor) { x.Max() }, 2, 3},
		{"MaxDim", func(x *tensor.Tensor) { x.MaxDim(1) }, 4, 7},
		{"ArgMax", func(x *tensor.Tensor) { x.ArgMax(1) }, 2, 2},
		{"Sort", func(x *tensor.Tensor) { x.Sort(1, false) }, 4, 7},
		{"TopK", func(x *tensor.Tensor) { x.TopK(2, 1) }, 4, 7},
		{"CumSum", func(x *tensor.Tensor) { x.CumSum(1) }, 2, 3},
		{"Softmax", func(x *tensor.Tensor) { x.Softmax(1) }, 2, 3},
		{"LogSoftmax", func(x *tensor.Tensor) { x.LogSoftmax(1) }, 2, 3},
		{"MatMul", func(x *tensor.Tensor) { x.MatMul(y) }, 2, 3},
		{"MM", func(x *tensor.Tensor) { x.MM(y) }, 2, 3},
		{"MatMul of a batch", func(x *tensor.Tensor) { batch.MatMul(batch) }, 2, 2},
		{"MatMul of a vector", func(x *tensor.Tensor) { x.MatMul(row) }, 4, 8},
		{"Linear", func(x *tensor.Tensor) { x.Linear(y, row) }, 2, 4},
		{"IndexSelect", func(x *tensor.Tensor) { x.IndexSelect(0, index) }, 2, 3},
		{"Embedding", func(x *tensor.Tensor) { index.Embedding(x) }, 2, 3},
		{"Gather", func(x *tensor.Tensor) { x.Gather(1, indices) }, 2, 3},
		{"Cat", func(x *tensor.Tensor) { tensor.Cat([]*tensor.Tensor{x, y}, 1) }, 2, 5},
		{"ScatterAdd", func(x *tensor.Tensor) { x.ScatterAdd(1, indices, y) }, 3, 6},
		{"LayerNorm", func(x *tensor.Tensor) { x.LayerNorm([]int{4}, row, row, 1e-5) }, 6, 11},
		{"BatchNormTrain", func(x *tensor.Tensor) { x.BatchNormTrain(row, row, 1e-5) }, 6, 11},
		{"Conv2d", func(x *tensor.Tensor) { x.View(1, 1, 4, 4).Conv2d(filter, row, 1, 1) }, 3, 12},
		{"MaxPool2d", func(x *tensor.Tensor) { x.View(1, 4, 4).MaxPool2d(2, 2, 0) }, 5, 11},
		{"AvgPool2d", func(x *tensor.Tensor) { x.View(1, 4, 4).AvgPool2d(2, 2, 0) }, 3, 8},
		{"Stack", func(x *tensor.Tensor) { tensor.Stack([]*tensor.Tensor{x, y}, 1) }, 4, 9},
		{"Tril", func(x *tensor.Tensor) { x.Tril(0) }, 2, 3},
		{"T", func(x *tensor.Tensor) { x.T() }, 1, 4},
		{"View", func(x *tensor.Tensor) { x.View(16) }, 1, 4},
		{"Unsqueeze", func(x *tensor.Tensor) { x.Unsqueeze(0) }, 1, 3},
		{"Select", func(x *tensor.Tensor) { x.Select(0, 1) }, 1, 3},
		{"Narrow", func(x *tensor.Tensor) { x.Narrow(0, 1, 2) }, 1, 3},
		{"Expand", func(x *tensor.Tensor) { x.Expand(2, 4, 4) }, 1, 4},
		{"Contiguous of a view", func(x *tensor.Tensor) { x.T().Contiguous() }, 3, 7},
		{"Detach", func(x *tensor.Tensor) { x.Detach() }, 1, 1},
		{"Item", func(x *tensor.Tensor) { x.Select(0, 1).Select(0, 0).Item() }, 3, 7},
	} {
		trained := x.Detach().SetRequiresGrad(true)
		count := func(x *tensor.Tensor) int {
			least := 1000
			for range 20 { // now and then a pool is empty
				least = min(least, int(testing.AllocsPerRun(1, func() { c.f(x) })))
			}
			return least
		}
		if n := count(x); n != c.plain {
			t.Errorf("%s: %d allocations, want %d", c.name, n, c.plain)
		}
		if n := count(trained); n != c.graph {
			t.Errorf("%s, recorded: %d allocations, want %d", c.name, n, c.graph)
		}
		autograd.NoGrad(func() {
			if n := count(trained); n != c.plain {
				t.Errorf("%s within NoGrad: %d allocations, want %d", c.name, n, c.plain)
			}
		})
	}
}
