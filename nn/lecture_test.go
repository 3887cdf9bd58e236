package nn_test

import (
	"math"
	"testing"

	"github.com/gophergrad/gophergrad/autograd"
	"github.com/gophergrad/gophergrad/nn"
	"github.com/gophergrad/gophergrad/nn/optim"
	"github.com/gophergrad/gophergrad/tensor"
)

// The lecture's training loops. Each entry draws its data and its model from the
// default generator and returns a step, which returns the loss.

const n, dIn, h, dOut = 64, 1000, 100, 10

var loops = map[string]func() func() *T{
	"manual": func() func() *T {
		x, y := tensor.Randn(n, dIn), tensor.Randn(n, dOut)
		w1, w2 := tensor.Randn(dIn, h), tensor.Randn(h, dOut)
		lr := 1e-6
		return func() *T {
			h := x.MatMul(w1)
			hRelu := h.ClampMin(0)
			yPred := hRelu.MatMul(w2)
			loss := yPred.Sub(y).Pow(2).Sum()
			gradYPred := yPred.Sub(y).MulScalar(2)
			gradW2 := hRelu.T().MatMul(gradYPred)
			gradH := gradYPred.MatMul(w2.T()).MaskedFill(h.LtScalar(0), 0)
			gradW1 := x.T().MatMul(gradH)
			w1.SubInPlace(gradW1.MulScalar(lr))
			w2.SubInPlace(gradW2.MulScalar(lr))
			return loss
		}
	},
	"autograd": func() func() *T {
		x, y := tensor.Randn(n, dIn), tensor.Randn(n, dOut)
		w1 := tensor.Randn(dIn, h).SetRequiresGrad(true)
		w2 := tensor.Randn(h, dOut).SetRequiresGrad(true)
		lr := 1e-6
		return func() *T {
			loss := x.MatMul(w1).ClampMin(0).MatMul(w2).Sub(y).Pow(2).Sum()
			loss.Backward()
			autograd.NoGrad(func() {
				w1.SubInPlace(w1.Grad().MulScalar(lr))
				w2.SubInPlace(w2.Grad().MulScalar(lr))
				w1.Grad().ZeroInPlace()
				w2.Grad().ZeroInPlace()
			})
			return loss
		}
	},
	"nn": loop(twoLayers, func(model nn.Module) func() {
		return func() {
			autograd.NoGrad(func() {
				for _, p := range nn.Parameters(model) {
					p.SubInPlace(p.Grad().MulScalar(1e-2))
				}
			})
		}
	}),
	"optim":  loop(twoLayers, func(m nn.Module) func() { return optim.NewAdam(nn.Parameters(m), 1e-4).Step }),
	"custom": loop(newTwoLayerNet, func(m nn.Module) func() { return optim.NewSGD(nn.Parameters(m), 1e-4).Step }),
	"lenet": func() func() *T {
		m := newLeNet()
		opt := optim.NewSGD(nn.Parameters(m), 1e-3, optim.Momentum(0.9))
		criterion := nn.NewCrossEntropyLoss()
		x, labels := tensor.Randn(4, 3, 32, 32), tensor.RandInt(0, 10, 4)
		return func() *T {
			opt.ZeroGrad()
			loss := criterion.Forward(m.Forward(x), labels)
			loss.Backward()
			opt.Step()
			return loss
		}
	},
	"parallel": loop(func() nn.Module {
		return nn.NewSequential(newParallelBlock(dIn, h), newParallelBlock(h, h), nn.NewLinear(h, dOut))
	}, func(m nn.Module) func() { return optim.NewAdam(nn.Parameters(m), 1e-4).Step }),
}

type leNet struct {
	conv1, conv2  *nn.Conv2d
	pool          *nn.MaxPool2d
	fc1, fc2, fc3 *nn.Linear
}

func newLeNet() *leNet {
	return &leNet{
		conv1: nn.NewConv2d(3, 6, 5), pool: nn.NewMaxPool2d(2, 2), conv2: nn.NewConv2d(6, 16, 5),
		fc1: nn.NewLinear(16*5*5, 120), fc2: nn.NewLinear(120, 84), fc3: nn.NewLinear(84, 10),
	}
}

func (m *leNet) Forward(x *T) *T {
	x = m.pool.Forward(m.conv1.Forward(x).ReLU())
	x = m.pool.Forward(m.conv2.Forward(x).ReLU())
	x = x.View(-1, 16*5*5)
	x = m.fc1.Forward(x).ReLU()
	x = m.fc2.Forward(x).ReLU()
	return m.fc3.Forward(x)
}

func loop(model func() nn.Module, update func(m nn.Module) func()) func() func() *T {
	return func() func() *T {
		x, y := tensor.Randn(n, dIn), tensor.Randn(n, dOut)
		m := model()
		step := update(m)
		lossFn := nn.NewMSELoss()
		return func() *T {
			loss := lossFn.Forward(m.Forward(x), y)
			nn.ZeroGrad(m)
			loss.Backward()
			step()
			return loss
		}
	}
}

func twoLayers() nn.Module {
	return nn.NewSequential(nn.NewLinear(dIn, h), nn.NewReLU(), nn.NewLinear(h, dOut))
}

type twoLayerNet struct{ linear1, linear2 *nn.Linear }

func newTwoLayerNet() nn.Module { return &twoLayerNet{nn.NewLinear(dIn, h), nn.NewLinear(h, dOut)} }

func (m *twoLayerNet) Forward(x *T) *T { return m.linear2.Forward(m.linear1.Forward(x).ClampMin(0)) }

type parallelBlock struct{ linear1, linear2 *nn.Linear }

func newParallelBlock(in, out int) *parallelBlock {
	return &parallelBlock{nn.NewLinear(in, out), nn.NewLinear(in, out)}
}

func (m *parallelBlock) Forward(x *T) *T {
	return m.linear1.Forward(x).Mul(m.linear2.Forward(x)).ClampMin(0)
}

// From one seed, the losses at steps 99, 199, … are PyTorch's to four digits,
// down to where the order of float32 additions shows: there PyTorch's own
// "manual" and "autograd", one computation, differ as much.
func TestLectureLossesAreThoseOfPyTorch(t *testing.T) {
	for name, want := range golden.Lecture {
		t.Run(name, func(t *testing.T) {
			tensor.ManualSeed(0)
			step := loops[name]()
			for i := range 500 {
				loss := step()
				if i%100 != 99 {
					continue
				}
				w := want[i/100]
				got := loss.Item()
				fourDigits := math.Abs(got-w) <= 1e-4*w
				noise := math.Abs(got-w) <= 2e-5 && got < 1.3*w && w < 1.3*got
				if !fourDigits && !noise {
					t.Errorf("loss at step %d: %.6g, PyTorch %.6g", i, got, w)
				}
			}
		})
	}
}

func BenchmarkLecture(b *testing.B) {
	for _, name := range []string{"manual", "autograd", "nn", "optim", "custom", "parallel", "lenet"} {
		b.Run(name, func(b *testing.B) {
			tensor.ManualSeed(0)
			step := loops[name]()
			b.ReportAllocs()
			for b.Loop() {
				step().Item()
			}
		})
	}
}
