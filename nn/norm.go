package nn

import (
	"slices"

	"github.com/gophergrad/gophergrad/autograd"
	"github.com/gophergrad/gophergrad/tensor"
)

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

// batchNorm is what batch normalisations have in common.
type batchNorm struct {
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
}

func newBatchNorm(name string, channels int, opts []Option, dims ...int) batchNorm {
	o := collect("New"+name, options{eps: 1e-5, momentum: 0.1, affine: true, bias: true, track: true}, opts, "Eps", "Momentum", "Affine", "Bias", "TrackRunningStats")
	if channels < 1 {
		fail("New"+name, "%d channels; there must be at least one", channels)
	}
	n := batchNorm{name: name, channels: channels, dims: dims, eps: o.eps, momentum: o.momentum}
	n.Weight, n.Bias = affine(o, channels)
	if o.track {
		n.RunningMean, n.RunningVar = tensor.Zeros(channels), tensor.Ones(channels)
		n.NumBatchesTracked = tensor.As(tensor.Int64).Zeros()
	}
	return n
}

// Forward maps x of shape (batch × channels × …) to the same shape. In training
// it uses the statistics of x, in evaluation the running ones if it keeps them.
func (n *batchNorm) Forward(x *tensor.Tensor) *tensor.Tensor {
	if !slices.Contains(n.dims, x.Dim()) || x.Size(1) != n.channels {
		failOn(n.name, []*tensor.Tensor{x}, "the input has shape %v; it must have %v dimensions, the second of them %d channels", x.Shape(), n.dims, n.channels)
	}
	if !n.Training() && n.RunningMean != nil {
		return x.BatchNorm(n.RunningMean, n.RunningVar, n.Weight, n.Bias, n.eps)
	}
	count := float64(x.NumEl() / n.channels)
	if n.Training() && count < 2 {
		failOn(n.name, []*tensor.Tensor{x}, "the input has shape %v, one value for each channel; training needs more of them", x.Shape())
	}
	y, mean, variance := x.BatchNormTrain(n.Weight, n.Bias, n.eps)
	if n.Training() && n.RunningMean != nil {
		autograd.NoGrad(func() { n.track(mean, variance.MulScalar(count/(count-1))) })
	}
	return y
}

// track moves the running statistics towards those of a batch.
func (n *batchNorm) track(mean, variance *tensor.Tensor) {
	n.NumBatchesTracked.AddScalarInPlace(1)
	m := n.momentum
	if m == 0 {
		m = 1 / n.NumBatchesTracked.Item()
	}
	n.RunningMean.LerpInPlace(mean, m)
	n.RunningVar.LerpInPlace(variance, m)
}

func (n *batchNorm) String() string {
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
type BatchNorm1d struct{ batchNorm }

// NewBatchNorm1d returns a layer for inputs (batch × channels) or (batch ×
// channels × length). It takes the options Eps, Momentum, Affine, Bias and
// TrackRunningStats.
func NewBatchNorm1d(channels int, opts ...Option) *BatchNorm1d {
	return &BatchNorm1d{newBatchNorm("BatchNorm1d", channels, opts, 2, 3)}
}

// BatchNorm2d normalises each channel over a batch of images.
type BatchNorm2d struct{ batchNorm }

// NewBatchNorm2d returns a layer for inputs (batch × channels × h × w). It takes
// the options Eps, Momentum, Affine, Bias and TrackRunningStats.
func NewBatchNorm2d(channels int, opts ...Option) *BatchNorm2d {
	return &BatchNorm2d{newBatchNorm("BatchNorm2d", channels, opts, 4)}
}

// InstanceNorm2d normalises each channel of each image (Ulyanov et al. 2016).
type InstanceNorm2d struct {
	Weight *tensor.Tensor `nn:"parameter"` // (channels), or nil
	Bias   *tensor.Tensor `nn:"parameter"`

	channels int
	eps      float64
}

// NewInstanceNorm2d returns a layer for inputs (batch × channels × h × w),
// without weight and bias unless asked for. It takes the options Eps, Affine and
// Bias.
func NewInstanceNorm2d(channels int, opts ...Option) *InstanceNorm2d {
	o := collect("NewInstanceNorm2d", options{eps: 1e-5, bias: true}, opts, "Eps", "Affine", "Bias")
	l := &InstanceNorm2d{channels: channels, eps: o.eps}
	l.Weight, l.Bias = affine(o, channels)
	return l
}

// Forward maps (batch × channels × h × w) to the same shape.
func (l *InstanceNorm2d) Forward(x *tensor.Tensor) *tensor.Tensor {
	if x.Dim() != 4 || x.Size(1) != l.channels {
		failOn("InstanceNorm2d", []*tensor.Tensor{x}, "the input has shape %v; it must have 4 dimensions, the second of them %d channels", x.Shape(), l.channels)
	}
	return x.GroupNorm(l.channels, l.Weight, l.Bias, l.eps)
}

func (l *InstanceNorm2d) String() string {
	return line("InstanceNorm2d", setting{"", l.channels}, setting{"eps", l.eps}, setting{"momentum", 0.1},
		setting{"affine", l.Weight != nil}, setting{"bias", l.Bias != nil}, setting{"track_running_stats", false})
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
	return x.LayerNorm(l.shape, l.Weight, l.Bias, l.eps)
}

func (l *LayerNorm) String() string {
	return line("LayerNorm", setting{"", l.shape}, setting{"eps", l.eps}, setting{"elementwise_affine", l.Weight != nil}, setting{"bias", l.Bias != nil})
}

// RMSNorm divides each example by its root mean square over the last dimensions
// (Zhang and Sennrich 2019).
type RMSNorm struct {
	Weight *tensor.Tensor `nn:"parameter"` // of the normalised shape, or nil

	size int
	eps  float64
}

// NewRMSNorm returns a layer over a last dimension of this size, eps 1e-6 unless
// set. It takes the options Eps and Affine.
func NewRMSNorm(size int, opts ...Option) *RMSNorm {
	o := collect("NewRMSNorm", options{eps: 1e-6, affine: true}, opts, "Eps", "Affine")
	l := &RMSNorm{size: size, eps: o.eps}
	l.Weight, _ = affine(o, size)
	return l
}

// Forward maps x of shape (… × size) to the same shape.
func (l *RMSNorm) Forward(x *tensor.Tensor) *tensor.Tensor {
	if x.Dim() == 0 || x.Size(-1) != l.size {
		failOn("RMSNorm", []*tensor.Tensor{x}, "the input has shape %v; its last dimension must be %d", x.Shape(), l.size)
	}
	return x.RMSNorm(l.Weight, l.eps)
}

func (l *RMSNorm) String() string {
	return line("RMSNorm", setting{"", []int{l.size}}, setting{"eps", l.eps}, setting{"elementwise_affine", l.Weight != nil})
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
	return x.GroupNorm(l.groups, l.Weight, l.Bias, l.eps)
}

func (l *GroupNorm) String() string {
	return line("GroupNorm", setting{"", l.groups}, setting{"", l.channels}, setting{"eps", l.eps}, setting{"affine", l.Weight != nil}, setting{"bias", l.Bias != nil})
}
