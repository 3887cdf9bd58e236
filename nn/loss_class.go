package nn

import "github.com/gophergrad/gophergrad/tensor"

// NLLLoss is the negative log likelihood of classes.
type NLLLoss struct {
	reduction reduction
	weight    *tensor.Tensor
	ignore    int
}

// NewNLLLoss returns the loss. It takes the options Reduction, Weight and
// IgnoreIndex.
func NewNLLLoss(opts ...Option) *NLLLoss {
	o := collect("NewNLLLoss", options{ignoreIndex: -100}, opts, "Reduction", "Weight", "IgnoreIndex")
	return &NLLLoss{newReduction("NewNLLLoss", o), o.weight, o.ignoreIndex}
}

// Forward takes log probabilities of shape (n × classes × …) or (classes) and
// the true classes, integers of shape (n × …) or ().
func (l *NLLLoss) Forward(input, target *tensor.Tensor) *tensor.Tensor {
	return l.reduction.likelihood(pickClasses("NLLLoss", input, target, l.weight, l.ignore))
}

func (*NLLLoss) String() string { return "NLLLoss()" }

// classLosses are the losses of examples and what they weigh in the mean; an
// ignored example has weight 0.
type classLosses struct {
	losses  *tensor.Tensor
	weights *tensor.Tensor // nil if all weigh 1
	skip    *tensor.Tensor // which are ignored, nil if none is
}

// classes reduces the losses of examples; the mean is a weighted one.
func (r reduction) classes(c classLosses) *tensor.Tensor {
	if r == "mean" && c.weights != nil {
		return c.losses.Sum().Div(c.weights.Sum())
	}
	return r.of(c.losses)
}

// likelihood is classes for what PyTorch computes at once, and prints so.
func (r reduction) likelihood(c classLosses) *tensor.Tensor {
	out := r.classes(c)
	if c.losses.Dim() > 1 {
		out.Node().PrintAs("NllLoss2DBackward0")
	} else {
		out.Node().PrintAs("NllLossBackward0")
	}
	return out
}

// pickClasses returns -logp[class] of every example, times its weight.
func pickClasses(op string, logp, target, weight *tensor.Tensor, ignore int) classLosses {
	dim := classDim(op, logp, target)
	index, weights, skip := exampleWeights(op, target, logp.Size(dim), ignore, weight, logp.DType())
	losses := logp.Gather(dim, index.Unsqueeze(dim)).Squeeze(dim).Neg()
	if weights != nil {
		losses = losses.Mul(weights)
	}
	return classLosses{without(losses, skip), weights, skip}
}

// without puts 0 for what is to be skipped, however large it and its gradient are.
func without(losses, skip *tensor.Tensor) *tensor.Tensor {
	if skip == nil {
		return losses
	}
	return losses.MaskedFill(skip, 0)
}

// classDim returns the dimension of the classes and checks that target has the
// others.
func classDim(op string, input, target *tensor.Tensor) int {
	dim := min(1, input.Dim()-1)
	if dim < 0 {
		failOn(op, []*tensor.Tensor{input}, "the input is a single number; it must have a dimension for the classes")
	}
	fits := target.Dim() == input.Dim()-1
	for i, j := 0, 0; fits && i < input.Dim(); i++ {
		if i != dim {
			fits = input.Size(i) == target.Size(j)
			j++
		}
	}
	if !fits {
		failOn(op, []*tensor.Tensor{input, target}, "input has shape %v and target %v; the target must have the input's shape without dimension %d, the classes", input.Shape(), target.Shape(), dim)
	}
	return dim
}

// exampleWeights returns target with ignored examples moved to class 0, the
// examples' weights, nil if all are 1, and which are ignored, nil if none is.
func exampleWeights(op string, target *tensor.Tensor, classes, ignore int, weight *tensor.Tensor, dtype tensor.DType) (index, weights, skip *tensor.Tensor) {
	if !target.DType().IsInt() {
		failOn(op, []*tensor.Tensor{target}, "the target holds %v; classes are integers", target.DType())
	}
	if weight != nil && (weight.Dim() != 1 || weight.NumEl() != classes) {
		failOn(op, []*tensor.Tensor{weight}, "the weight has shape %v; it must hold one number for each of %d classes", weight.Shape(), classes)
	}
	ignored := false
	for _, c := range target.Int64s() {
		if int(c) == ignore {
			ignored = true
		} else if c < 0 || int(c) >= classes {
			fail(op, "the target holds class %d; the input has classes 0 to %d", c, classes-1)
		}
	}
	index = target
	if ignored {
		skip = target.EqScalar(float64(ignore))
		index = target.MaskedFill(skip, 0)
		weights = skip.LogicalNot().Cast(dtype)
	}
	if weight != nil {
		weights = without(weight.Take(index), skip)
	}
	return index, weights, skip
}

// CrossEntropyLoss is the negative log likelihood of a softmax.
type CrossEntropyLoss struct {
	reduction reduction
	weight    *tensor.Tensor
	ignore    int
	smoothing float64
}

// NewCrossEntropyLoss returns the loss. It takes the options Reduction, Weight,
// IgnoreIndex and LabelSmoothing.
func NewCrossEntropyLoss(opts ...Option) *CrossEntropyLoss {
	o := collect("NewCrossEntropyLoss", options{ignoreIndex: -100}, opts, "Reduction", "Weight", "IgnoreIndex", "LabelSmoothing")
	if o.smoothing < 0 || o.smoothing > 1 {
		fail("NewCrossEntropyLoss", "label smoothing is %v; it must lie in [0, 1]", o.smoothing)
	}
	return &CrossEntropyLoss{newReduction("NewCrossEntropyLoss", o), o.weight, o.ignoreIndex, o.smoothing}
}

// Forward takes logits of shape (n × classes × …) or (classes), and either the
// true classes, integers of shape (n × …) or (), or the classes' probabilities,
// of the input's shape.
func (l *CrossEntropyLoss) Forward(input, target *tensor.Tensor) *tensor.Tensor {
	if target.DType().IsFloat() {
		return l.probabilities(input, target)
	}
	dim := classDim("CrossEntropyLoss", input, target)
	logp := input.LogSoftmax(dim)
	nll := pickClasses("CrossEntropyLoss", logp, target, l.weight, l.ignore)
	if l.smoothing == 0 {
		return l.reduction.likelihood(nll)
	}
	// the smoothed part: every class, however the example is weighted
	even := without(l.perClass(logp, dim).Sum(dim).Neg(), nll.skip)
	share := l.smoothing / float64(input.Size(dim))
	nll.losses = nll.losses.MulScalar(1 - l.smoothing).Add(even.MulScalar(share))
	out := l.reduction.classes(nll)
	out.Node().PrintAs("AddBackward0")
	return out
}

// probabilities is the loss for soft targets.
func (l *CrossEntropyLoss) probabilities(input, target *tensor.Tensor) *tensor.Tensor {
	if target.Dim() == input.Dim()-1 {
		failOn("CrossEntropyLoss", []*tensor.Tensor{input, target}, "the target of shape %v holds %v; classes are integers, which Long() makes of it, and probabilities have the input's shape %v", target.Shape(), target.DType(), input.Shape())
	}
	sameShapes("CrossEntropyLoss", input, target)
	dim := min(1, input.Dim()-1)
	if l.smoothing > 0 {
		target = target.MulScalar(1 - l.smoothing).AddScalar(l.smoothing / float64(input.Size(dim)))
	}
	losses := l.perClass(input.LogSoftmax(dim).Mul(target), dim).Sum(dim).Neg()
	return l.reduction.of(losses)
}

// perClass multiplies x by the classes' weights.
func (l *CrossEntropyLoss) perClass(x *tensor.Tensor, dim int) *tensor.Tensor {
	if l.weight == nil {
		return x
	}
	shape := make([]int, x.Dim())
	for i := range shape {
		shape[i] = 1
	}
	shape[dim] = -1
	return x.Mul(l.weight.Reshape(shape...))
}

func (*CrossEntropyLoss) String() string { return "CrossEntropyLoss()" }

// KLDivLoss is the Kullback–Leibler divergence target·(log target - input) of a
// distribution in logarithms from a target distribution.
type KLDivLoss struct {
	reduction string
	logTarget bool
}

// NewKLDivLoss returns the loss. It takes the options Reduction, which may also
// be "batchmean" (the divergence's own mean, over examples), and LogTarget.
func NewKLDivLoss(opts ...Option) *KLDivLoss {
	o := collect("NewKLDivLoss", options{}, opts, "Reduction", "LogTarget")
	if o.reduction != "batchmean" {
		o.reduction = string(newReduction("NewKLDivLoss", o))
	}
	return &KLDivLoss{o.reduction, o.logTarget}
}

// Forward takes log probabilities and probabilities of equal shapes.
func (l *KLDivLoss) Forward(input, target *tensor.Tensor) *tensor.Tensor {
	sameShapes("KLDivLoss", input, target)
	var losses *tensor.Tensor
	if l.logTarget {
		losses = target.Exp().Mul(target.Sub(input))
	} else {
		losses = target.Xlogy(target).Sub(target.Mul(input))
	}
	if l.reduction == "batchmean" {
		return losses.Sum().DivScalar(float64(input.Size(0)))
	}
	return reduction(l.reduction).of(losses)
}

func (*KLDivLoss) String() string { return "KLDivLoss()" }
