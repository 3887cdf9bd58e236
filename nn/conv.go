package nn

import "github.com/gophergrad/gophergrad/tensor"

// conv is what convolutions over one to three dimensions have in common.
type conv struct {
	Weight *tensor.Tensor `nn:"parameter"` // (out × in/groups × kernel…); transposed: (in × out/groups × kernel…)
	Bias   *tensor.Tensor `nn:"parameter"` // (out), or nil

	name          string
	in, out       int
	kernel        []int
	attrs         tensor.ConvAttrs
	transposed    bool
	outputPadding []int
}

func newConv(name string, dims, in, out, kernel int, transposed bool, opts []Option) conv {
	constructor := "New" + name
	allowed := []string{"KernelSize", "Stride", "Padding", "Dilation", "Groups", "Bias"}
	if transposed {
		allowed = append(allowed, "OutputPadding")
	}
	o := collect(constructor, options{kernel: []int{kernel}, stride: []int{1}, padding: []int{0}, dilation: []int{1}, outputPadding: []int{0}, groups: 1, bias: true}, opts, allowed...)
	if in < 1 || out < 1 || o.groups < 1 || in%o.groups != 0 || out%o.groups != 0 {
		fail(constructor, "%d input and %d output channels do not split into %d groups", in, out, o.groups)
	}
	c := conv{name: name, in: in, out: out, kernel: spread(constructor, "kernel size", o.kernel, dims, 1), transposed: transposed,
		outputPadding: spread(constructor, "output padding", o.outputPadding, dims, 0)}
	c.attrs = tensor.ConvAttrs{
		Stride:   spread(constructor, "stride", o.stride, dims, 1),
		Padding:  spread(constructor, "padding", o.padding, dims, 0),
		Dilation: spread(constructor, "dilation", o.dilation, dims, 1),
		Groups:   o.groups,
	}
	shape := []int{out, in / o.groups}
	if transposed {
		shape = []int{in, out / o.groups}
	}
	c.Weight = trained(tensor.Empty(append(shape, c.kernel...)...))
	if o.bias {
		c.Bias = trained(tensor.Empty(out))
	}
	fanIn := shape[1]
	for _, k := range c.kernel {
		fanIn *= k
	}
	defaultInit(c.Weight, c.Bias, fanIn)
	return c
}

// spread repeats one number for each of dims dimensions, or checks that there
// is one for each; all must be at least least.
func spread(op, what string, n []int, dims, least int) []int {
	if len(n) == 1 && dims > 1 {
		n = append([]int{}, n...)
		for len(n) < dims {
			n = append(n, n[0])
		}
	}
	ok := len(n) == dims
	for _, v := range n {
		ok = ok && v >= least
	}
	if !ok {
		fail(op, "the %s is %v; it takes one number or %d, at least %d", what, n, dims, least)
	}
	return n
}

// Forward maps x of shape (batch × in × spatial…), or one example without batch,
// to (batch × out × spatial…).
func (c *conv) Forward(x *tensor.Tensor) *tensor.Tensor {
	dims := len(c.kernel)
	if x.Dim() == dims+1 {
		return c.Forward(x.Unsqueeze(0)).Squeeze(0)
	}
	if x.Dim() != dims+2 || x.Size(1) != c.in {
		failOn(c.name, []*tensor.Tensor{x}, "the input has shape %v; it must have %d dimensions, of which the second has the %d input channels and the last %d are spatial", x.Shape(), dims+2, c.in, dims)
	}
	if c.transposed {
		return x.ConvTranspose(c.Weight, c.Bias, c.attrs, c.outputPadding)
	}
	return x.Conv(c.Weight, c.Bias, c.attrs)
}

func (c *conv) String() string {
	s := []setting{{"", c.in}, {"", c.out}, {"kernel_size", c.kernel}, {"stride", c.attrs.Stride}}
	add := func(name string, v []int, otherwise int) {
		for _, n := range v {
			if n != otherwise {
				s = append(s, setting{name, v})
				return
			}
		}
	}
	add("padding", c.attrs.Padding, 0)
	add("dilation", c.attrs.Dilation, 1)
	if c.transposed {
		add("output_padding", c.outputPadding, 0)
	}
	if c.attrs.Groups != 1 {
		s = append(s, setting{"groups", c.attrs.Groups})
	}
	if c.Bias == nil {
		s = append(s, setting{"bias", false})
	}
	return line(c.name, s...)
}

// Conv1d correlates sequences with learned kernels.
type Conv1d struct{ conv }

// NewConv1d returns a layer from in to out channels with kernels of a size. It
// takes the options Stride, Padding, Dilation, Groups and Bias.
func NewConv1d(in, out, kernel int, opts ...Option) *Conv1d {
	return &Conv1d{newConv("Conv1d", 1, in, out, kernel, false, opts)}
}

// Conv2d correlates images with learned kernels.
type Conv2d struct{ conv }

// NewConv2d returns a layer from in to out channels with square kernels. It
// takes the options KernelSize, Stride, Padding, Dilation, Groups and Bias.
func NewConv2d(in, out, kernel int, opts ...Option) *Conv2d {
	return &Conv2d{newConv("Conv2d", 2, in, out, kernel, false, opts)}
}

// Conv3d correlates volumes with learned kernels.
type Conv3d struct{ conv }

// NewConv3d returns a layer from in to out channels with cubic kernels. It takes
// the options KernelSize, Stride, Padding, Dilation, Groups and Bias.
func NewConv3d(in, out, kernel int, opts ...Option) *Conv3d {
	return &Conv3d{newConv("Conv3d", 3, in, out, kernel, false, opts)}
}

// ConvTranspose1d is the derivative of a Conv1d, used forward to enlarge
// sequences.
type ConvTranspose1d struct{ conv }

// NewConvTranspose1d returns a layer from in to out channels. It takes the
// options of Conv1d and OutputPadding.
func NewConvTranspose1d(in, out, kernel int, opts ...Option) *ConvTranspose1d {
	return &ConvTranspose1d{newConv("ConvTranspose1d", 1, in, out, kernel, true, opts)}
}

// ConvTranspose2d is the derivative of a Conv2d, used forward to enlarge images.
type ConvTranspose2d struct{ conv }

// NewConvTranspose2d returns a layer from in to out channels. It takes the
// options of Conv2d and OutputPadding.
func NewConvTranspose2d(in, out, kernel int, opts ...Option) *ConvTranspose2d {
	return &ConvTranspose2d{newConv("ConvTranspose2d", 2, in, out, kernel, true, opts)}
}
