package nn

import (
	"math"

	"github.com/gophergrad/gophergrad/tensor"
)

// Linear computes x·Weightᵀ + Bias.
type Linear struct {
	Weight *tensor.Tensor `nn:"parameter"` // (out × in)
	Bias   *tensor.Tensor `nn:"parameter"` // (out), or nil
}

// NewLinear returns a layer from in to out features. Weight and bias are drawn
// from U(-1/√in, 1/√in). It takes the option Bias.
func NewLinear(in, out int, opts ...Option) *Linear {
	o := collect("NewLinear", options{bias: true}, opts, "Bias")
	if in < 0 || out < 0 {
		fail("NewLinear", "from %d to %d features; they cannot be negative", in, out)
	}
	l := &Linear{Weight: trained(tensor.Empty(out, in))}
	if o.bias {
		l.Bias = trained(tensor.Empty(out))
	}
	defaultInit(l.Weight, l.Bias, in)
	return l
}

// trained marks t as a parameter.
func trained(t *tensor.Tensor) *tensor.Tensor { return t.SetRequiresGrad(true) }

// defaultInit draws weight and bias as PyTorch's layers do: Kaiming's uniform
// bound with the gain of a leaky ReLU of slope √5, which comes to 1/√fanIn.
func defaultInit(weight, bias *tensor.Tensor, fanIn int) {
	if fanIn == 0 {
		return
	}
	InitKaimingUniform(weight, math.Sqrt(5), "leaky_relu")
	if bias != nil {
		bound := 1 / math.Sqrt(float64(fanIn))
		InitUniform(bias, -bound, bound)
	}
}

// Forward maps x of shape (… × in) to (… × out).
func (l *Linear) Forward(x *tensor.Tensor) *tensor.Tensor { return x.Linear(l.Weight, l.Bias) }

func (l *Linear) String() string {
	return line("Linear", setting{"in_features", l.Weight.Size(1)}, setting{"out_features", l.Weight.Size(0)}, setting{"bias", l.Bias != nil})
}

// Identity returns its input.
type Identity struct{}

// NewIdentity returns a layer that does nothing.
func NewIdentity() *Identity { return &Identity{} }

// Forward returns x.
func (*Identity) Forward(x *tensor.Tensor) *tensor.Tensor { return x }

func (*Identity) String() string { return "Identity()" }

// Flatten merges dimensions into one.
type Flatten struct{ start, end int }

// NewFlatten merges all dimensions but the first, or those from dims[0] to
// dims[1].
func NewFlatten(dims ...int) *Flatten {
	f := &Flatten{1, -1}
	if len(dims) > 0 {
		f.start = dims[0]
	}
	if len(dims) > 1 {
		f.end = dims[1]
	}
	return f
}

// Forward maps (n × a × b × …) to (n × a·b·…).
func (f *Flatten) Forward(x *tensor.Tensor) *tensor.Tensor { return x.Flatten(f.start, f.end) }

func (f *Flatten) String() string {
	return line("Flatten", setting{"start_dim", f.start}, setting{"end_dim", f.end})
}

// Unflatten splits a dimension.
type Unflatten struct {
	dim   int
	sizes []int
}

// NewUnflatten splits dimension dim into the given sizes.
func NewUnflatten(dim int, sizes ...int) *Unflatten { return &Unflatten{dim, sizes} }

// Forward maps (n × a·b) to (n × a × b).
func (f *Unflatten) Forward(x *tensor.Tensor) *tensor.Tensor { return x.Unflatten(f.dim, f.sizes...) }

func (f *Unflatten) String() string {
	return line("Unflatten", setting{"dim", f.dim}, setting{"unflattened_size", f.sizes})
}
