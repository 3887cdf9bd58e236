package nn

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gophergrad/gophergrad/tensor"
)

// Option is a rare setting of a layer or loss. A constructor names the options
// it takes and panics if it is given another.
type Option struct {
	name string
	set  func(*options)
}

// options holds the values that constructors read. Zero values are defaults
// unless the constructor sets others first.
type options struct {
	bias, affine, track, ceil, includePad, bidirectional, batchFirst, logTarget bool
	kernel, stride, padding, dilation, outputPadding                            []int
	groups, layers, ignoreIndex, paddingIdx                                     int
	eps, momentum, dropout, smoothing, beta, delta, margin                      float64
	reduction, nonlinearity, approximate                                        string
	weight, posWeight                                                           *tensor.Tensor
}

// collect applies opts to the defaults o; allowed lists the options that apply.
func collect(constructor string, o options, opts []Option, allowed ...string) options {
	for _, opt := range opts {
		if !slices.Contains(allowed, opt.name) {
			fail(constructor, "the option %s does not apply; it takes %s", opt.name, strings.Join(allowed, ", "))
		}
		opt.set(&o)
	}
	return o
}

// fail panics with an error of the named constructor or layer.
func fail(op, format string, args ...any) {
	panic(&tensor.Error{Op: op, Msg: fmt.Sprintf(format, args...)})
}

// failOn is fail with the shapes of the operands.
func failOn(op string, xs []*tensor.Tensor, format string, args ...any) {
	e := &tensor.Error{Op: op, Msg: fmt.Sprintf(format, args...)}
	for _, x := range xs {
		e.Shapes, e.DTypes = append(e.Shapes, x.Shape()), append(e.DTypes, x.DType())
	}
	panic(e)
}

// Bias says whether a layer adds a bias; it does unless set to false.
func Bias(on bool) Option { return Option{"Bias", func(o *options) { o.bias = on }} }

// KernelSize sets the window's size for each dimension, where it is not square.
func KernelSize(n ...int) Option { return Option{"KernelSize", func(o *options) { o.kernel = n }} }

// Stride sets the step of a window, one number or one for each dimension.
func Stride(n ...int) Option { return Option{"Stride", func(o *options) { o.stride = n }} }

// Padding sets by how much each side of the input is widened, one number or one
// for each dimension.
func Padding(n ...int) Option { return Option{"Padding", func(o *options) { o.padding = n }} }

// OutputPadding enlarges the result of a transposed convolution at one end.
func OutputPadding(n ...int) Option {
	return Option{"OutputPadding", func(o *options) { o.outputPadding = n }}
}

// Dilation sets the step between the elements of a window.
func Dilation(n ...int) Option { return Option{"Dilation", func(o *options) { o.dilation = n }} }

// Groups splits the channels into groups that do not mix.
func Groups(n int) Option { return Option{"Groups", func(o *options) { o.groups = n }} }

// Eps sets the number that keeps a division finite.
func Eps(v float64) Option { return Option{"Eps", func(o *options) { o.eps = v }} }

// Momentum sets the weight of a new batch in the running statistics; 0 averages
// over all batches.
func Momentum(v float64) Option { return Option{"Momentum", func(o *options) { o.momentum = v }} }

// Affine says whether a normalisation has a learned weight and bias.
func Affine(on bool) Option { return Option{"Affine", func(o *options) { o.affine = on }} }

// TrackRunningStats says whether a normalisation keeps running statistics.
func TrackRunningStats(on bool) Option {
	return Option{"TrackRunningStats", func(o *options) { o.track = on }}
}

// CeilMode lets a pooling window start inside the input and end outside.
func CeilMode(on bool) Option { return Option{"CeilMode", func(o *options) { o.ceil = on }} }

// CountIncludePad says whether averages count the padding.
func CountIncludePad(on bool) Option {
	return Option{"CountIncludePad", func(o *options) { o.includePad = on }}
}

// Layers stacks n recurrent layers.
func Layers(n int) Option { return Option{"Layers", func(o *options) { o.layers = n }} }

// Bidirectional adds a recurrent layer that reads the sequence backwards.
func Bidirectional(on bool) Option {
	return Option{"Bidirectional", func(o *options) { o.bidirectional = on }}
}

// BatchFirst says that sequences have shape (batch × time × features) instead of
// (time × batch × features).
func BatchFirst(on bool) Option { return Option{"BatchFirst", func(o *options) { o.batchFirst = on }} }

// DropoutRate drops that share of the values between recurrent layers, or of
// the attention weights.
func DropoutRate(p float64) Option { return Option{"DropoutRate", func(o *options) { o.dropout = p }} }

// Nonlinearity chooses "tanh" or "relu" in an RNN.
func Nonlinearity(name string) Option {
	return Option{"Nonlinearity", func(o *options) { o.nonlinearity = name }}
}

// Approximate chooses GELU's formula: "none" or "tanh".
func Approximate(name string) Option {
	return Option{"Approximate", func(o *options) { o.approximate = name }}
}

// PaddingIdx names the index whose embedding is zero and is not trained.
func PaddingIdx(i int) Option { return Option{"PaddingIdx", func(o *options) { o.paddingIdx = i }} }

// Reduction says what a loss makes of the elements' losses: their "mean" unless
// set, their "sum", or "none" to keep them.
func Reduction(kind string) Option {
	return Option{"Reduction", func(o *options) { o.reduction = kind }}
}

// Weight gives each class a weight, a tensor of shape (classes).
func Weight(w *tensor.Tensor) Option { return Option{"Weight", func(o *options) { o.weight = w }} }

// PosWeight weighs positive examples, a tensor that broadcasts to the target.
func PosWeight(w *tensor.Tensor) Option {
	return Option{"PosWeight", func(o *options) { o.posWeight = w }}
}

// IgnoreIndex names the class whose examples do not count, -100 unless set.
func IgnoreIndex(i int) Option { return Option{"IgnoreIndex", func(o *options) { o.ignoreIndex = i }} }

// LabelSmoothing spreads that share of the target over all classes.
func LabelSmoothing(v float64) Option {
	return Option{"LabelSmoothing", func(o *options) { o.smoothing = v }}
}

// Beta sets where SmoothL1Loss passes from quadratic to linear.
func Beta(v float64) Option { return Option{"Beta", func(o *options) { o.beta = v }} }

// Delta sets where HuberLoss passes from quadratic to linear.
func Delta(v float64) Option { return Option{"Delta", func(o *options) { o.delta = v }} }

// Margin sets the distance that a margin loss asks for.
func Margin(v float64) Option { return Option{"Margin", func(o *options) { o.margin = v }} }

// LogTarget says that KLDivLoss's target holds logarithms.
func LogTarget(on bool) Option { return Option{"LogTarget", func(o *options) { o.logTarget = on }} }
