package autograd_test

import (
	"testing"

	"github.com/gophergrad/gophergrad/autograd"
	"github.com/gophergrad/gophergrad/tensor"
)

func BenchmarkAdd4x4(b *testing.B) {
	x, y := tensor.Randn(4, 4), tensor.Randn(4, 4)
	b.ReportAllocs()
	for b.Loop() {
		x.Add(y)
	}
}

func BenchmarkAdd4x4Recorded(b *testing.B) {
	x, y := tensor.Randn(4, 4).SetRequiresGrad(true), tensor.Randn(4, 4)
	b.ReportAllocs()
	for b.Loop() {
		x.Add(y)
	}
}

func BenchmarkMulScalar4x4(b *testing.B) {
	x := tensor.Randn(4, 4)
	b.ReportAllocs()
	for b.Loop() {
		x.MulScalar(2)
	}
}

func BenchmarkAddBroadcast64x100(b *testing.B) {
	x, y := tensor.Randn(64, 100), tensor.Randn(100)
	b.ReportAllocs()
	for b.Loop() {
		x.Add(y)
	}
}

func BenchmarkMatMul64x1000x100(b *testing.B) {
	x, y := tensor.Randn(64, 1000), tensor.Randn(1000, 100)
	b.ReportAllocs()
	for b.Loop() {
		x.MatMul(y)
	}
}

// The lecture's network trained by hand and with autograd (sections 4 and 5).
func BenchmarkLectureManual(b *testing.B) {
	x, y := tensor.Randn(64, 1000), tensor.Randn(64, 10)
	w1, w2 := tensor.Randn(1000, 100), tensor.Randn(100, 10)
	lr := 1e-6
	b.ReportAllocs()
	for b.Loop() {
		h := x.MatMul(w1)
		hRelu := h.ClampMin(0)
		yPred := hRelu.MatMul(w2)
		_ = yPred.Sub(y).Pow(2).Sum().Item()
		gradYPred := yPred.Sub(y).MulScalar(2)
		gradW2 := hRelu.T().MatMul(gradYPred)
		gradH := gradYPred.MatMul(w2.T()).MaskedFill(h.LtScalar(0), 0)
		gradW1 := x.T().MatMul(gradH)
		w1.SubInPlace(gradW1.MulScalar(lr))
		w2.SubInPlace(gradW2.MulScalar(lr))
	}
}

func BenchmarkLectureAutograd(b *testing.B) {
	x, y := tensor.Randn(64, 1000), tensor.Randn(64, 10)
	w1, w2 := tensor.Randn(1000, 100).SetRequiresGrad(true), tensor.Randn(100, 10).SetRequiresGrad(true)
	lr := 1e-6
	b.ReportAllocs()
	for b.Loop() {
		x.MatMul(w1).ClampMin(0).MatMul(w2).Sub(y).Pow(2).Sum().Backward()
		autograd.NoGrad(func() {
			w1.SubInPlace(w1.Grad().MulScalar(lr))
			w2.SubInPlace(w2.Grad().MulScalar(lr))
			w1.Grad().ZeroInPlace()
			w2.Grad().ZeroInPlace()
		})
	}
}

// LeNet's convolutions, forward and backward, on a batch of 64 CIFAR images.
func BenchmarkLeNetConvs(b *testing.B) {
	x := tensor.Randn(64, 3, 32, 32)
	w1, w2 := tensor.Randn(6, 3, 5, 5).SetRequiresGrad(true), tensor.Randn(16, 6, 5, 5).SetRequiresGrad(true)
	b.ReportAllocs()
	for b.Loop() {
		h := x.Conv2d(w1, nil, 1, 0).ReLU().MaxPool2d(2, 2, 0)
		h.Conv2d(w2, nil, 1, 0).ReLU().MaxPool2d(2, 2, 0).Sum().Backward()
		w1.SetGrad(nil)
		w2.SetGrad(nil)
	}
}
