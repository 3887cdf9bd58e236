package nn

import "github.com/gophergrad/gophergrad/tensor"

// SoftMarginLoss is the mean of log(1 + exp(-target·input)), targets 1 or -1.
type SoftMarginLoss struct{ reduction reduction }

// NewSoftMarginLoss returns the loss. It takes the option Reduction.
func NewSoftMarginLoss(opts ...Option) *SoftMarginLoss {
	return &SoftMarginLoss{newReduction("NewSoftMarginLoss", collect("NewSoftMarginLoss", options{}, opts, "Reduction"))}
}

// Forward compares tensors of equal shapes.
func (l *SoftMarginLoss) Forward(input, target *tensor.Tensor) *tensor.Tensor {
	sameShapes("SoftMarginLoss", input, target)
	return l.reduction.as("SoftMarginLossBackward0", target.Mul(input).LogSigmoid().Neg())
}

func (*SoftMarginLoss) String() string { return "SoftMarginLoss()" }

// HingeEmbeddingLoss is the mean of input where target is 1 and of
// max(0, margin - input) where it is -1.
type HingeEmbeddingLoss struct {
	reduction reduction
	margin    float64
}

// NewHingeEmbeddingLoss returns the loss with margin 1. It takes the options
// Reduction and Margin.
func NewHingeEmbeddingLoss(opts ...Option) *HingeEmbeddingLoss {
	o := collect("NewHingeEmbeddingLoss", options{margin: 1}, opts, "Reduction", "Margin")
	return &HingeEmbeddingLoss{newReduction("NewHingeEmbeddingLoss", o), o.margin}
}

// Forward compares tensors of equal shapes.
func (l *HingeEmbeddingLoss) Forward(input, target *tensor.Tensor) *tensor.Tensor {
	sameShapes("HingeEmbeddingLoss", input, target)
	apart := input.RSubScalar(l.margin).ClampMin(0).MaskedFill(target.EqScalar(1), 0)
	return l.reduction.of(apart.Add(input.MaskedFill(target.EqScalar(-1), 0)))
}

func (*HingeEmbeddingLoss) String() string { return "HingeEmbeddingLoss()" }

// MultiMarginLoss is, for each example, the mean over classes of
// max(0, margin - input[true] + input[class]) for the wrong classes.
type MultiMarginLoss struct {
	reduction reduction
	margin    float64
}

// NewMultiMarginLoss returns the loss with margin 1. It takes the options
// Reduction and Margin.
func NewMultiMarginLoss(opts ...Option) *MultiMarginLoss {
	o := collect("NewMultiMarginLoss", options{margin: 1}, opts, "Reduction", "Margin")
	return &MultiMarginLoss{newReduction("NewMultiMarginLoss", o), o.margin}
}

// Forward takes scores of shape (n × classes) and true classes (n).
func (l *MultiMarginLoss) Forward(input, target *tensor.Tensor) *tensor.Tensor {
	dim := classDim("MultiMarginLoss", input, target)
	index := target.Unsqueeze(dim)
	violation := input.Sub(input.Gather(dim, index)).AddScalar(l.margin).ClampMin(0)
	isTrue := tensor.Arange(0, float64(input.Size(dim)), 1).Eq(index)
	return l.reduction.as("MultiMarginLossBackward0", violation.MaskedFill(isTrue, 0).Mean(dim))
}

func (*MultiMarginLoss) String() string { return "MultiMarginLoss()" }

// PoissonNLLLoss is the mean of exp(input) - target·input: the negative log
// likelihood of counts, up to a constant, for logarithms of their means.
type PoissonNLLLoss struct{ reduction reduction }

// NewPoissonNLLLoss returns the loss. It takes the option Reduction.
func NewPoissonNLLLoss(opts ...Option) *PoissonNLLLoss {
	return &PoissonNLLLoss{newReduction("NewPoissonNLLLoss", collect("NewPoissonNLLLoss", options{}, opts, "Reduction"))}
}

// Forward compares tensors of equal shapes.
func (l *PoissonNLLLoss) Forward(input, target *tensor.Tensor) *tensor.Tensor {
	sameShapes("PoissonNLLLoss", input, target)
	return l.reduction.of(input.Exp().Sub(target.Mul(input)))
}

func (*PoissonNLLLoss) String() string { return "PoissonNLLLoss()" }

// TripletMarginLoss is the mean of max(0, |a - p| - |a - n| + margin): an anchor
// is to be closer to a positive than to a negative example (Schroff et al. 2015).
type TripletMarginLoss struct {
	reduction reduction
	margin    float64
}

// NewTripletMarginLoss returns the loss with margin 1. It takes the options
// Reduction and Margin.
func NewTripletMarginLoss(opts ...Option) *TripletMarginLoss {
	o := collect("NewTripletMarginLoss", options{margin: 1}, opts, "Reduction", "Margin")
	return &TripletMarginLoss{newReduction("NewTripletMarginLoss", o), o.margin}
}

// Forward takes vectors (n × size).
func (l *TripletMarginLoss) Forward(anchor, positive, negative *tensor.Tensor) *tensor.Tensor {
	sameShapes("TripletMarginLoss", anchor, positive)
	sameShapes("TripletMarginLoss", anchor, negative)
	distance := func(x *tensor.Tensor) *tensor.Tensor {
		return anchor.Sub(x).AddScalar(1e-6).Square().Sum(-1).Sqrt()
	}
	return l.reduction.of(distance(positive).Sub(distance(negative)).AddScalar(l.margin).ClampMin(0))
}

func (*TripletMarginLoss) String() string { return "TripletMarginLoss()" }
