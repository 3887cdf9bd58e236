package nn

import (
	"github.com/gophergrad/gophergrad/autograd"
	"github.com/gophergrad/gophergrad/tensor"
)

// normalize returns x with mean 0 and variance 1 over some dimensions, and the
// mean and variance, kept as size 1.
func normalize(x *tensor.Tensor, eps float64, dims ...int) (y, mean, variance *tensor.Tensor) {
	mean = x.MeanKeepDim(dims...)
	centered := x.Sub(mean)
	variance = centered.Square().MeanKeepDim(dims...)
	return centered.Mul(variance.AddScalar(eps).Rsqrt()), mean, variance
}

// scaled returns y·weight + bias, one number for each channel, dimension 1.
func scaled(y, weight, bias *tensor.Tensor) *tensor.Tensor {
	shape := channelShape(y.Dim())
	if weight != nil {
		y = y.Mul(weight.Reshape(shape...))
	}
	if bias != nil {
		y = y.Add(bias.Reshape(shape...))
	}
	return y
}

// channelShape is the shape by which one number for each channel broadcasts.
func channelShape(dims int) []int {
	shape := make([]int, dims-1) // without the batch
	for i := range shape {
		shape[i] = 1
	}
	shape[0] = -1
	return shape
}

// affine returns the weight 1 and bias 0 that normalisations start with, nil for
// what the options leave out.
func affine(o options, shape ...int) (weight, bias *tensor.Tensor) {
	if o.affine {
		weight = trained(tensor.Ones(shape...))
	}
	if o.affine && o.bias {
		bias = trained(tensor.Zeros(shape...))
	}
	return weight, bias
}

// channelNorm is what batch and instance normalisation have in common.
type channelNorm struct {
	Mode
	Weight            *tensor.Tensor `nn:"parameter"` // (channels), or nil
	Bias              *tensor.Tensor `nn:"parameter"`
	RunningMean       *tensor.Tensor `nn:"buffer"` // (channels), or nil
	RunningVar        *tensor.Tensor `nn:"buffer"`
	NumBatchesTracked *tensor.Tensor `nn:"buffer"`

	name          string
	channels      int
	dims          []int // allowed numbers of dimensions
	eps, momentum float64
	perExample    bool // statistics of each example alone
}

func newChannelNorm(name string, channels int, o options, opts []Option, dims ...int) channelNorm {
	o.eps, o.momentum, o.bias = 1e-5, 0.1, true
	o = collect("New"+name, o, opts, "Eps", "Momentum", "Affine", "Bias", "TrackRunningStats")
	if channels < 1 {
		fail("New"+name, "%d channels; there must be at least one", channels)
	}
	n := channelNorm{name: name, channels: channels, dims: dims, eps: o.eps, momentum: o.momentum}
	n.Weight, n.Bias = affine(o, channels)
	if o.track {
		n.RunningMean, n.RunningVar = tensor.Zeros(channels), tensor.Ones(channels)
		n.NumBatchesTracked = tensor.As(tensor.Int64).Zeros()
	}
	return n
}

// Forward maps x of shape (batch × channels × …) to the same shape. In training
// it uses the statistics of x, in evaluation the running ones if it keeps them.
func (n *channelNorm) Forward(x *tensor.Tensor) *tensor.Tensor {
	fits := false
	for _, d := range n.dims {
		fits = fits || x.Dim() == d
	}
	if !fits || x.Size(1) != n.channels {
		failOn(n.name, []*tensor.Tensor{x}, "the input has shape %v; it must have %v dimensions, the second of them %d channels", x.Shape(), n.dims, n.channels)
	}
	if !n.Training() && n.RunningMean != nil {
		shape := channelShape(x.Dim())
		factor := n.RunningVar.AddScalar(n.eps).Rsqrt().Reshape(shape...)
		return scaled(x.Sub(n.RunningMean.Reshape(shape...)).Mul(factor), n.Weight, n.Bias)
	}
	var over []int
	count := 1
	for d := range x.Dim() {
		if d != 1 && !(d == 0 && n.perExample) {
			over = append(over, d)
			count *= x.Size(d)
		}
	}
	if n.Training() && count < 2 {
		failOn(n.name, []*tensor.Tensor{x}, "the input has shape %v, one value for each channel; training needs more of them", x.Shape())
	}
	y, mean, variance := normalize(x, n.eps, over...)
	if n.RunningMean != nil {
		autograd.NoGrad(func() { n.track(mean, variance, float64(count)) })
	}
	return scaled(y, n.Weight, n.Bias)
}

// track moves the running statistics towards those of a batch, the variance
// towards its unbiased estimate.
func (n *channelNorm) track(mean, variance *tensor.Tensor, count float64) {
	n.NumBatchesTracked.AddScalarInPlace(1)
	m := n.momentum
	if m == 0 {
		m = 1 / n.NumBatchesTracked.Item()
	}
	for _, s := range []struct{ running, now *tensor.Tensor }{{n.RunningMean, mean}, {n.RunningVar, variance.MulScalar(count / (count - 1))}} {
		now := s.now
		if n.perExample {
			now = now.Mean(0)
		}
		s.running.MulScalarInPlace(1 - m).AddInPlace(now.Reshape(-1).MulScalar(m))
	}
}

func (n *channelNorm) String() string {
	momentum := any(n.momentum)
	if n.momentum == 0 {
		momentum = none{}
	}
	return line(n.name, setting{"", n.channels}, setting{"eps", n.eps}, setting{"momentum", momentum},
		setting{"affine", n.Weight != nil}, setting{"bias", n.Bias != nil}, setting{"track_running_stats", n.RunningMean != nil})
}

// none prints as Python's None.
type none struct{}

func (none) String() string { return "None" }

// BatchNorm1d normalises each channel over a batch of vectors or sequences
// (Ioffe and Szegedy 2015).
type BatchNorm1d struct{ channelNorm }

// NewBatchNorm1d returns a layer for inputs (batch × channels) or (batch ×
// channels × length). It takes the options Eps, Momentum, Affine, Bias
// and TrackRunningStats.
func NewBatchNorm1d(channels int, opts ...Option) *BatchNorm1d {
	return &BatchNorm1d{newChannelNorm("BatchNorm1d", channels, options{affine: true, track: true}, opts, 2, 3)}
}

// BatchNorm2d normalises each channel over a batch of images.
type BatchNorm2d struct{ channelNorm }

// NewBatchNorm2d returns a layer for inputs (batch × channels × h × w). It takes
// the options Eps, Momentum, Affine, Bias and TrackRunningStats.
func NewBatchNorm2d(channels int, opts ...Option) *BatchNorm2d {
	return &BatchNorm2d{newChannelNorm("BatchNorm2d", channels, options{affine: true, track: true}, opts, 4)}
}

// InstanceNorm2d normalises each channel of each image (Ulyanov et al. 2016).
type InstanceNorm2d struct{ channelNorm }

// NewInstanceNorm2d returns a layer for inputs (batch × channels × h × w),
// without weights and running statistics unless asked for. It takes the options
// Eps, Momentum, Affine, Bias and TrackRunningStats.
func NewInstanceNorm2d(channels int, opts ...Option) *InstanceNorm2d {
	n := newChannelNorm("InstanceNorm2d", channels, options{}, opts, 4)
	n.perExample = true
	return &InstanceNorm2d{n}
}

// LayerNorm normalises each example over its last dimensions (Ba et al. 2016).
type LayerNorm struct {
	Weight *tensor.Tensor `nn:"parameter"` // of the normalised shape, or nil
	Bias   *tensor.Tensor `nn:"parameter"`

	shape []int
	eps   float64
}

// NewLayerNorm returns a layer that normalises over last dimensions of these
// sizes. Options follow by [NewLayerNormOpt].
func NewLayerNorm(shape ...int) *LayerNorm { return NewLayerNormOpt(shape) }

// NewLayerNormOpt is NewLayerNorm with the options Eps, Affine and Bias.
func NewLayerNormOpt(shape []int, opts ...Option) *LayerNorm {
	o := collect("NewLayerNormOpt", options{eps: 1e-5, affine: true, bias: true}, opts, "Eps", "Affine", "Bias")
	if len(shape) == 0 {
		fail("NewLayerNorm", "no sizes to normalise over")
	}
	l := &LayerNorm{shape: append([]int{}, shape...), eps: o.eps}
	l.Weight, l.Bias = affine(o, shape...)
	return l
}

// Forward maps x of shape (… × the normalised shape) to the same shape.
func (l *LayerNorm) Forward(x *tensor.Tensor) *tensor.Tensor {
	y, _, _ := normalize(x, l.eps, lastDims("LayerNorm", x, l.shape)...)
	if l.Weight != nil {
		y = y.Mul(l.Weight)
	}
	if l.Bias != nil {
		y = y.Add(l.Bias)
	}
	return y
}

// lastDims returns the last dimensions of x, which must have the given sizes.
func lastDims(op string, x *tensor.Tensor, shape []int) []int {
	dims := make([]int, len(shape))
	for i, n := range shape {
		dims[i] = x.Dim() - len(shape) + i
		if dims[i] < 0 || x.Size(dims[i]) != n {
			failOn(op, []*tensor.Tensor{x}, "the input has shape %v; its last dimensions must be %v", x.Shape(), shape)
		}
	}
	return dims
}

func (l *LayerNorm) String() string {
	return line("LayerNorm", setting{"", l.shape}, setting{"eps", l.eps}, setting{"elementwise_affine", l.Weight != nil}, setting{"bias", l.Bias != nil})
}

// RMSNorm divides each example by its root mean square over the last dimensions
// (Zhang and Sennrich 2019).
type RMSNorm struct {
	Weight *tensor.Tensor `nn:"parameter"` // of the normalised shape, or nil

	shape []int
	eps   float64
}

// NewRMSNorm returns a layer over a last dimension of this size, eps 1e-6 unless
// set. It takes the options Eps and Affine.
func NewRMSNorm(size int, opts ...Option) *RMSNorm {
	o := collect("NewRMSNorm", options{eps: 1e-6, affine: true}, opts, "Eps", "Affine")
	l := &RMSNorm{shape: []int{size}, eps: o.eps}
	l.Weight, _ = affine(o, size)
	return l
}

// Forward maps x of shape (… × size) to the same shape.
func (l *RMSNorm) Forward(x *tensor.Tensor) *tensor.Tensor {
	dims := lastDims("RMSNorm", x, l.shape)
	y := x.Mul(x.Square().MeanKeepDim(dims...).AddScalar(l.eps).Rsqrt())
	if l.Weight != nil {
		y = y.Mul(l.Weight)
	}
	return y
}

func (l *RMSNorm) String() string {
	return line("RMSNorm", setting{"", l.shape}, setting{"eps", l.eps}, setting{"elementwise_affine", l.Weight != nil})
}

// GroupNorm normalises groups of channels of each example (Wu and He 2018).
type GroupNorm struct {
	Weight *tensor.Tensor `nn:"parameter"` // (channels), or nil
	Bias   *tensor.Tensor `nn:"parameter"`

	groups, channels int
	eps              float64
}

// NewGroupNorm returns a layer that splits channels into groups. It takes the
// options Eps, Affine and Bias.
func NewGroupNorm(groups, channels int, opts ...Option) *GroupNorm {
	o := collect("NewGroupNorm", options{eps: 1e-5, affine: true, bias: true}, opts, "Eps", "Affine", "Bias")
	if groups < 1 || channels < 1 || channels%groups != 0 {
		fail("NewGroupNorm", "%d channels do not split into %d groups", channels, groups)
	}
	l := &GroupNorm{groups: groups, channels: channels, eps: o.eps}
	l.Weight, l.Bias = affine(o, channels)
	return l
}

// Forward maps x of shape (batch × channels × …) to the same shape.
func (l *GroupNorm) Forward(x *tensor.Tensor) *tensor.Tensor {
	if x.Dim() < 2 || x.Size(1) != l.channels {
		failOn("GroupNorm", []*tensor.Tensor{x}, "the input has shape %v; its second dimension must be %d channels", x.Shape(), l.channels)
	}
	y, _, _ := normalize(x.Reshape(x.Size(0), l.groups, -1), l.eps, 2)
	return scaled(y.Reshape(x.Shape()...), l.Weight, l.Bias)
}

func (l *GroupNorm) String() string {
	return line("GroupNorm", setting{"", l.groups}, setting{"", l.channels}, setting{"eps", l.eps}, setting{"affine", l.Weight != nil}, setting{"bias", l.Bias != nil})
}
