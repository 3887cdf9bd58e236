package autograd_test

import (
	"testing"

	"github.com/gophergrad/gophergrad/tensor"
)

// BenchmarkOps times operations by the names under which testdata/bench.py times
// PyTorch's; that script runs both and prints them side by side.
func BenchmarkOps(b *testing.B) {
	small, small2 := tensor.Randn(4, 4), tensor.Randn(4, 4)
	leaf := tensor.Randn(4, 4).SetRequiresGrad(true)
	big, big2, row := tensor.Randn(1000, 1000), tensor.Randn(1000, 1000), tensor.Randn(1000)
	x, w, bias := tensor.Randn(64, 1000), tensor.Randn(100, 1000), tensor.Randn(100)
	image, filter := tensor.Randn(16, 16, 32, 32), tensor.Randn(32, 16, 3, 3)
	index := tensor.RandInt(0, 1000, 1000)
	signal := tensor.Randn(64, 1024)
	trained := tensor.Randn(64, 1000).SetRequiresGrad(true)
	for _, c := range []struct {
		name string
		f    func()
	}{
		{"add 4x4", func() { small.Add(small2) }},
		{"mul scalar 4x4", func() { small.MulScalar(2) }},
		{"add 4x4 recorded", func() { leaf.Add(small) }},
		{"matmul 4x4", func() { small.MatMul(small2) }},
		{"sum 4x4", func() { small.Sum() }},
		{"view 4x4", func() { small.View(16) }},
		{"add backward 4x4", func() { leaf.Add(small).Sum().Backward(); leaf.SetGrad(nil) }},
		{"add 1000x1000", func() { big.Add(big2) }},
		{"add row 1000x1000", func() { big.Add(row) }},
		{"add transposed 1000x1000", func() { big.Add(big2.T()) }},
		{"exp 1000x1000", func() { big.Exp() }},
		{"sum 1000x1000", func() { big.Sum() }},
		{"sum rows 1000x1000", func() { big.Sum(1) }},
		{"softmax 1000x1000", func() { big.Softmax(1) }},
		{"max 1000x1000", func() { big.MaxDim(1) }},
		{"sort 64x1024", func() { signal.Sort(1, false) }},
		{"fft 64x1024", func() { signal.FFT(1) }},
		{"index 1000x1000", func() { big.IndexSelect(0, index) }},
		{"linear 64x1000x100", func() { x.Linear(w, bias) }},
		{"layer norm 64x1000", func() { x.LayerNorm([]int{1000}, row, row, 1e-5) }},
		{"layer norm backward 64x1000", func() { trained.LayerNorm([]int{1000}, row, row, 1e-5).Sum().Backward(); trained.SetGrad(nil) }},
		{"conv 16x16x32x32", func() { image.Conv2d(filter, nil, 1, 1) }},
		{"max pool 16x16x32x32", func() { image.MaxPool2d(2, 2, 0) }},
		{"randn 64x1000", func() { tensor.Randn(64, 1000) }},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.f()
			}
		})
	}
}
