package autograd_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/gophergrad/gophergrad/autograd"
	"github.com/gophergrad/gophergrad/tensor"
)

// BenchmarkOps times operations by the names under which testdata/bench.py times
// PyTorch's; that script runs both and prints them side by side.
func BenchmarkOps(b *testing.B) {
	run := func(name string, f func()) {
		b.Run(name, func(b *testing.B) {
			b.ReportMetric(best(f), "ns/op")
			b.ReportMetric(testing.AllocsPerRun(1, f), "allocs")
		})
	}
	for _, n := range []int{4, 256, 3000} {
		benchSquare(n, func(name string, f func()) { run(fmt.Sprintf("%s %dx%d", name, n, n), f) })
	}
	benchLayers(run)
}

// best returns the nanoseconds of a call in the fastest of many batches of calls,
// which other work on the machine hardly disturbs; testdata/bench.py does the same.
func best(f func()) float64 {
	least, n := math.Inf(1), 1
	for total := 0.0; total < 60e6; {
		start := time.Now()
		for range n {
			f()
		}
		spent := float64(time.Since(start).Nanoseconds())
		least, total = min(least, spent/float64(n)), total+spent
		if spent < 1e6 {
			n *= 2
		}
	}
	return least
}

// benchSquare runs operations on n×n matrices.
func benchSquare(n int, run func(name string, f func())) {
	x, y, row := tensor.Randn(n, n), tensor.Randn(n, n), tensor.Randn(n)
	leaf := tensor.Randn(n, n).SetRequiresGrad(true)
	positive, mask := x.Abs().AddScalar(0.1), x.GtScalar(0)
	index, indices := tensor.RandInt(0, n, n), tensor.RandInt(0, n, n, n)
	for _, c := range []struct {
		name string
		f    func()
	}{
		{"add", func() { x.Add(y) }},
		{"add row", func() { x.Add(row) }},
		{"add column", func() { x.Add(row.Unsqueeze(1)) }},
		{"add transposed", func() { x.Add(y.T()) }},
		{"add inplace", func() { y.AddInPlace(row) }},
		{"mul scalar", func() { x.MulScalar(2) }},
		{"div", func() { x.Div(positive) }},
		{"pow 3", func() { x.Pow(3) }},
		{"gt", func() { x.Gt(y) }},
		{"where", func() { tensor.Where(mask, x, y) }},
		{"relu", func() { x.ReLU() }},
		{"exp", func() { x.Exp() }},
		{"log", func() { positive.Log() }},
		{"sqrt", func() { positive.Sqrt() }},
		{"sin", func() { x.Sin() }},
		{"tanh", func() { x.Tanh() }},
		{"sigmoid", func() { x.Sigmoid() }},
		{"gelu", func() { x.GELU() }},
		{"clone", func() { x.Clone() }},
		{"transposed copy", func() { x.T().Contiguous() }},
		{"to float64", func() { x.Cast(tensor.Float64) }},
		{"to bfloat16", func() { x.Cast(tensor.BFloat16) }},
		{"cat", func() { tensor.Cat([]*tensor.Tensor{x, y}, 1) }},
		{"sum", func() { x.Sum() }},
		{"sum rows", func() { x.Sum(1) }},
		{"sum columns", func() { x.Sum(0) }},
		{"var rows", func() { x.Var(1) }},
		{"max", func() { x.Max() }},
		{"max rows", func() { x.MaxDim(1) }},
		{"argmax columns", func() { x.ArgMax(0) }},
		{"cumsum rows", func() { x.CumSum(1) }},
		{"cumsum columns", func() { x.CumSum(0) }},
		{"softmax rows", func() { x.Softmax(1) }},
		{"softmax columns", func() { x.Softmax(0) }},
		{"log softmax", func() { x.LogSoftmax(1) }},
		{"sort", func() { x.Sort(1, false) }},
		{"topk", func() { x.TopK(4, 1) }},
		{"index select", func() { x.IndexSelect(0, index) }},
		{"index columns", func() { x.IndexSelect(1, index) }},
		{"gather", func() { x.Gather(1, indices) }},
		{"scatter add", func() { x.ScatterAdd(1, indices, y) }},
		{"embedding", func() { index.Embedding(x) }},
		{"matmul", func() { x.MatMul(y) }},
		{"matmul transposed", func() { x.MatMul(y.T()) }},
		{"matmul vector", func() { x.MatMul(row) }},
		{"tril", func() { x.Tril(0) }},
		{"view", func() { x.View(n * n) }},
		{"add recorded", func() { leaf.Add(y) }},
		{"add backward", func() { leaf.Add(y).Sum().Backward(); leaf.SetGrad(nil) }},
		{"gelu backward", func() { leaf.GELU().Sum().Backward(); leaf.SetGrad(nil) }},
		{"adam", func() {
			autograd.NoGrad(func() {
				leaf.AdamInPlace(x, y, positive, tensor.AdamStep{LR: 1e-3, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8, Step: 1})
			})
		}},
	} {
		if n > 2000 && (c.name == "sort" || c.name == "scatter add" || strings.HasPrefix(c.name, "matmul")) {
			continue // what takes seconds
		}
		run(c.name, c.f)
	}
}

// benchLayers runs what networks are made of, and what fits no square.
func benchLayers(run func(name string, f func())) {
	x, w, bias := tensor.Randn(64, 1000), tensor.Randn(100, 1000), tensor.Randn(100)
	row := tensor.Randn(1000)
	image, filter := tensor.Randn(16, 16, 32, 32), tensor.Randn(32, 16, 3, 3).SetRequiresGrad(true)
	trained := tensor.Randn(64, 1000).SetRequiresGrad(true)
	trainedImage := tensor.Randn(16, 16, 32, 32).SetRequiresGrad(true)
	channel := tensor.Randn(16)
	target := tensor.RandInt(0, 1000, 64)
	signal, odd, long := tensor.Randn(64, 1024), tensor.Randn(64, 1000), tensor.Randn(1<<20)
	batch, batch2 := tensor.Randn(64, 64, 64), tensor.Randn(64, 64, 64)
	double, double2 := tensor.Randn(512, 512).Double(), tensor.Randn(512, 512).Double()
	big, big2 := tensor.Randn(1000, 1000), tensor.Randn(1000, 1000)
	backward := func(y, leaf *tensor.Tensor) {
		y.Sum().Backward()
		leaf.SetGrad(nil)
	}
	for _, c := range []struct {
		name string
		f    func()
	}{
		{"linear 64x1000x100", func() { x.Linear(w, bias) }},
		{"matmul 1000x1000", func() { big.MatMul(big2) }},
		{"matmul float64 512x512", func() { double.MatMul(double2) }},
		{"matmul 64 of 64x64", func() { batch.MatMul(batch2) }},
		{"sort 64x1000", func() { x.Sort(1, false) }},
		{"sort 1048576", func() { long.Sort(0, false) }},
		{"fft 64x1024", func() { signal.FFT(1) }},
		{"fft 64x1000", func() { odd.FFT(1) }},
		{"fft columns 64x1024", func() { signal.FFT(0) }},
		{"rfft 64x1024", func() { signal.RFFT(1) }},
		{"fft 1048576", func() { long.FFT(0) }},
		{"layer norm 64x1000", func() { x.LayerNorm([]int{1000}, row, row, 1e-5) }},
		{"layer norm backward 64x1000", func() { backward(trained.LayerNorm([]int{1000}, row, row, 1e-5), trained) }},
		{"batch norm 16x16x32x32", func() { image.BatchNormTrain(channel, channel, 1e-5) }},
		{"batch norm backward 16x16x32x32", func() {
			y, _, _ := trainedImage.BatchNormTrain(channel, channel, 1e-5)
			backward(y, trainedImage)
		}},
		{"conv 16x16x32x32", func() { autograd.NoGrad(func() { image.Conv2d(filter, nil, 1, 1) }) }},
		{"conv backward 16x16x32x32", func() { backward(trainedImage.Conv2d(filter, nil, 1, 1), trainedImage); filter.SetGrad(nil) }},
		{"max pool 16x16x32x32", func() { image.MaxPool2d(2, 2, 0) }},
		{"max pool backward 16x16x32x32", func() { backward(trainedImage.MaxPool2d(2, 2, 0), trainedImage) }},
		{"cross entropy backward 64x1000", func() {
			backward(trained.LogSoftmax(1).Gather(1, target.Unsqueeze(1)).Neg(), trained)
		}},
		{"randn 64x1000", func() { tensor.Randn(64, 1000) }},
		{"rand 64x1000", func() { tensor.Rand(64, 1000) }},
	} {
		run(c.name, c.f)
	}
}
