package nn

import (
	"github.com/gophergrad/gophergrad/autograd"
	"github.com/gophergrad/gophergrad/tensor"
)

// Loss compares an output with what it should be.
type Loss interface {
	Forward(input, target *tensor.Tensor) *tensor.Tensor
}

// reduction is what a loss makes of its elements' losses.
type reduction string

func newReduction(constructor string, o options) reduction {
	switch o.reduction {
	case "":
		return "mean"
	case "mean", "sum", "none":
		return reduction(o.reduction)
	}
	fail(constructor, "reduction %q is unknown; use mean, sum or none", o.reduction)
	return ""
}

func (r reduction) of(losses *tensor.Tensor) *tensor.Tensor {
	switch r {
	case "none":
		return losses
	case "sum":
		return losses.Sum()
	}
	return losses.Mean()
}

// as is of for a loss that PyTorch computes at once, and prints so.
func (r reduction) as(gradFn string, losses *tensor.Tensor) *tensor.Tensor {
	out := r.of(losses)
	out.Node().PrintAs(gradFn)
	return out
}

// sameShapes panics unless input and target have one shape: broadcasting would
// compare the wrong pairs in silence.
func sameShapes(op string, input, target *tensor.Tensor) {
	same := input.Dim() == target.Dim()
	for i := 0; same && i < input.Dim(); i++ {
		same = input.Size(i) == target.Size(i)
	}
	if !same {
		failOn(op, []*tensor.Tensor{input, target}, "input has shape %v and target %v; they must be equal", input.Shape(), target.Shape())
	}
}

// MSELoss is the mean of (input - target)².
type MSELoss struct{ reduction reduction }

// NewMSELoss returns the mean squared error. It takes the option Reduction.
func NewMSELoss(opts ...Option) *MSELoss {
	return &MSELoss{newReduction("NewMSELoss", collect("NewMSELoss", options{}, opts, "Reduction"))}
}

// Forward compares tensors of equal shapes.
func (l *MSELoss) Forward(input, target *tensor.Tensor) *tensor.Tensor {
	sameShapes("MSELoss", input, target)
	return l.reduction.as("MseLossBackward0", input.Sub(target).Square())
}

func (*MSELoss) String() string { return "MSELoss()" }

// L1Loss is the mean of |input - target|.
type L1Loss struct{ reduction reduction }

// NewL1Loss returns the mean absolute error. It takes the option Reduction.
func NewL1Loss(opts ...Option) *L1Loss {
	return &L1Loss{newReduction("NewL1Loss", collect("NewL1Loss", options{}, opts, "Reduction"))}
}

// Forward compares tensors of equal shapes.
func (l *L1Loss) Forward(input, target *tensor.Tensor) *tensor.Tensor {
	sameShapes("L1Loss", input, target)
	return l.reduction.of(input.Sub(target).Abs())
}

func (*L1Loss) String() string { return "L1Loss()" }

// SmoothL1Loss is the mean of d²/(2·beta) where d = |input - target| < beta,
// d - beta/2 elsewhere (Girshick 2015).
type SmoothL1Loss struct {
	reduction reduction
	beta      float64
}

// NewSmoothL1Loss returns the loss with beta 1. It takes the options Reduction
// and Beta.
func NewSmoothL1Loss(opts ...Option) *SmoothL1Loss {
	o := collect("NewSmoothL1Loss", options{beta: 1}, opts, "Reduction", "Beta")
	if o.beta < 0 {
		fail("NewSmoothL1Loss", "beta is %v; it cannot be negative", o.beta)
	}
	return &SmoothL1Loss{newReduction("NewSmoothL1Loss", o), o.beta}
}

// Forward compares tensors of equal shapes.
func (l *SmoothL1Loss) Forward(input, target *tensor.Tensor) *tensor.Tensor {
	sameShapes("SmoothL1Loss", input, target)
	d := input.Sub(target).Abs()
	if l.beta == 0 {
		return l.reduction.of(d)
	}
	square := d.Square().MulScalar(0.5).DivScalar(l.beta)
	return l.reduction.as("SmoothL1LossBackward0", tensor.Where(d.LtScalar(l.beta), square, d.SubScalar(0.5*l.beta)))
}

func (*SmoothL1Loss) String() string { return "SmoothL1Loss()" }

// HuberLoss is the mean of d²/2 where d = |input - target| ≤ delta,
// delta·(d - delta/2) elsewhere (Huber 1964).
type HuberLoss struct {
	reduction reduction
	delta     float64
}

// NewHuberLoss returns the loss with delta 1. It takes the options Reduction and
// Delta.
func NewHuberLoss(opts ...Option) *HuberLoss {
	o := collect("NewHuberLoss", options{delta: 1}, opts, "Reduction", "Delta")
	if o.delta <= 0 {
		fail("NewHuberLoss", "delta is %v; it must be positive", o.delta)
	}
	return &HuberLoss{newReduction("NewHuberLoss", o), o.delta}
}

// Forward compares tensors of equal shapes.
func (l *HuberLoss) Forward(input, target *tensor.Tensor) *tensor.Tensor {
	sameShapes("HuberLoss", input, target)
	d := input.Sub(target).Abs()
	linear := d.SubScalar(0.5 * l.delta).MulScalar(l.delta)
	return l.reduction.as("HuberLossBackward0", tensor.Where(d.LeScalar(l.delta), d.Square().MulScalar(0.5), linear))
}

func (*HuberLoss) String() string { return "HuberLoss()" }

// BCELoss is the binary cross entropy of probabilities.
type BCELoss struct {
	reduction reduction
	weight    *tensor.Tensor
}

// NewBCELoss returns the loss. It takes the options Reduction and Weight, here
// one that broadcasts to the elements.
func NewBCELoss(opts ...Option) *BCELoss {
	o := collect("NewBCELoss", options{}, opts, "Reduction", "Weight")
	return &BCELoss{newReduction("NewBCELoss", o), o.weight}
}

// Forward compares probabilities with targets in [0, 1], of equal shapes.
func (l *BCELoss) Forward(input, target *tensor.Tensor) *tensor.Tensor {
	sameShapes("BCELoss", input, target)
	losses := autograd.Apply(binaryCrossEntropy{}, input, target)
	if l.weight != nil {
		losses = losses.Mul(l.weight)
	}
	return l.reduction.as("BinaryCrossEntropyBackward0", losses)
}

func (*BCELoss) String() string { return "BCELoss()" }

// binaryCrossEntropy is -t·log x - (1-t)·log(1-x), logarithms cut off at -100 so
// that a sure and wrong answer costs a finite amount.
type binaryCrossEntropy struct{}

func (binaryCrossEntropy) Name() string { return "BinaryCrossEntropy" }

func (binaryCrossEntropy) Forward(ctx *autograd.Context, xs ...*tensor.Tensor) *tensor.Tensor {
	ctx.SaveForBackward(xs...)
	x, t := xs[0], xs[1]
	if x.Readable() {
		for _, v := range x.Float64s() {
			if !(v >= 0 && v <= 1) {
				fail("BCELoss", "the input holds %v; probabilities lie in [0, 1]: BCEWithLogitsLoss takes any numbers", v)
			}
		}
	}
	no := x.Neg().Log1p().ClampMin(-100)
	return t.SubScalar(1).Mul(no).Sub(t.Mul(x.Log().ClampMin(-100)))
}

func (binaryCrossEntropy) Backward(ctx *autograd.Context, grad *tensor.Tensor) []*tensor.Tensor {
	x, t := ctx.Saved()[0], ctx.Saved()[1]
	out := []*tensor.Tensor{grad.Mul(x.Sub(t)).Div(x.RSubScalar(1).Mul(x).ClampMin(1e-12)), nil}
	if ctx.NeedsInputGrad[1] {
		out[1] = grad.Mul(x.Neg().Log1p().Sub(x.Log()))
	}
	return out
}

// BCEWithLogitsLoss is the binary cross entropy of a sigmoid, without overflow.
type BCEWithLogitsLoss struct {
	reduction         reduction
	weight, posWeight *tensor.Tensor
}

// NewBCEWithLogitsLoss returns the loss. It takes the options Reduction, Weight
// and PosWeight.
func NewBCEWithLogitsLoss(opts ...Option) *BCEWithLogitsLoss {
	o := collect("NewBCEWithLogitsLoss", options{}, opts, "Reduction", "Weight", "PosWeight")
	return &BCEWithLogitsLoss{newReduction("NewBCEWithLogitsLoss", o), o.weight, o.posWeight}
}

// Forward compares logits with targets in [0, 1], of equal shapes.
func (l *BCEWithLogitsLoss) Forward(input, target *tensor.Tensor) *tensor.Tensor {
	sameShapes("BCEWithLogitsLoss", input, target)
	yes := input.LogSigmoid()
	if l.posWeight != nil {
		yes = yes.Mul(l.posWeight.SubScalar(1).Mul(target).AddScalar(1))
	}
	losses := target.RSubScalar(1).Mul(input).Sub(yes)
	if l.weight != nil {
		losses = losses.Mul(l.weight)
	}
	return l.reduction.as("BinaryCrossEntropyWithLogitsBackward0", losses)
}

func (*BCEWithLogitsLoss) String() string { return "BCEWithLogitsLoss()" }
