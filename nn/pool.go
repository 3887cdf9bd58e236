package nn

import (
	"fmt"

	"github.com/gophergrad/gophergrad/tensor"
)

// MaxPool2d takes the largest element of each window.
type MaxPool2d struct{ pool }

// NewMaxPool2d returns a layer of square windows, stride apart. It takes the
// options KernelSize, Stride, Padding, Dilation and CeilMode.
func NewMaxPool2d(kernel, stride int, opts ...Option) *MaxPool2d {
	return &MaxPool2d{newPool("MaxPool2d", 2, kernel, stride, opts, "Dilation")}
}

// AvgPool2d takes the mean of each window.
type AvgPool2d struct{ pool }

// NewAvgPool2d returns a layer of square windows, stride apart. It takes the
// options KernelSize, Stride, Padding, CeilMode and CountIncludePad.
func NewAvgPool2d(kernel, stride int, opts ...Option) *AvgPool2d {
	return &AvgPool2d{newPool("AvgPool2d", 2, kernel, stride, opts, "CountIncludePad")}
}

// MaxPool1d takes the largest element of each window.
type MaxPool1d struct{ pool }

// NewMaxPool1d returns a layer of windows, stride apart. It takes the options of
// MaxPool2d.
func NewMaxPool1d(kernel, stride int, opts ...Option) *MaxPool1d {
	return &MaxPool1d{newPool("MaxPool1d", 1, kernel, stride, opts, "Dilation")}
}

// AvgPool1d takes the mean of each window.
type AvgPool1d struct{ pool }

// NewAvgPool1d returns a layer of windows, stride apart. It takes the options of
// AvgPool2d.
func NewAvgPool1d(kernel, stride int, opts ...Option) *AvgPool1d {
	return &AvgPool1d{newPool("AvgPool1d", 1, kernel, stride, opts, "CountIncludePad")}
}

// pool is what pooling layers have in common.
type pool struct {
	name  string
	dims  int
	attrs tensor.PoolAttrs
}

func newPool(name string, dims, kernel, stride int, opts []Option, allowed ...string) pool {
	constructor := "New" + name
	o := collect(constructor, options{kernel: []int{kernel}, stride: []int{stride}, padding: []int{0}, dilation: []int{1}, includePad: true},
		opts, append(allowed, "KernelSize", "Stride", "Padding", "CeilMode")...)
	a := tensor.PoolAttrs{Ceil: o.ceil, ExcludePad: !o.includePad}
	for _, f := range []struct {
		to          *[2]int
		what        string
		from        []int
		least, rest int
	}{{&a.Kernel, "kernel size", o.kernel, 1, 1}, {&a.Stride, "stride", o.stride, 1, 1}, {&a.Padding, "padding", o.padding, 0, 0}, {&a.Dilation, "dilation", o.dilation, 1, 1}} {
		f.to[0] = f.rest // sequences are images of height 1
		copy(f.to[2-dims:], spread(constructor, f.what, f.from, dims, f.least))
	}
	return pool{name, dims, a}
}

// Forward maps (… × spatial…) to the pooled sizes.
func (p *pool) Forward(x *tensor.Tensor) *tensor.Tensor {
	if x.Dim() < p.dims+1 || x.Dim() > p.dims+2 {
		failOn(p.name, []*tensor.Tensor{x}, "the input has shape %v; it must have %d dimensions, batch, channels and %d spatial ones", x.Shape(), p.dims+2, p.dims)
	}
	if p.dims == 1 {
		return p.planes(x.Unsqueeze(-2)).Squeeze(-2)
	}
	return p.planes(x)
}

func (p *pool) planes(x *tensor.Tensor) *tensor.Tensor {
	if p.name[:3] == "Avg" {
		return x.AvgPool(p.attrs)
	}
	y, _ := x.MaxPool(p.attrs)
	return y
}

func (p *pool) String() string {
	show := func(v [2]int) any {
		if v[0] == v[1] || p.dims == 1 {
			return v[1]
		}
		return v[:]
	}
	s := []setting{{"kernel_size", show(p.attrs.Kernel)}, {"stride", show(p.attrs.Stride)}, {"padding", show(p.attrs.Padding)}}
	if p.name[:3] == "Max" {
		s = append(s, setting{"dilation", show(p.attrs.Dilation)}, setting{"ceil_mode", p.attrs.Ceil})
	} else if p.dims == 1 {
		for i := range s {
			s[i].value = []int{s[i].value.(int)}
		}
	}
	return line(p.name, s...)
}

// AdaptiveAvgPool2d takes means over equal parts of an image.
type AdaptiveAvgPool2d struct{ sizes []int }

// NewAdaptiveAvgPool2d returns a layer whose result has the given height and
// width, or both equal.
func NewAdaptiveAvgPool2d(size ...int) *AdaptiveAvgPool2d {
	return &AdaptiveAvgPool2d{spread("NewAdaptiveAvgPool2d", "output size", size, 2, 1)}
}

// Forward maps (… × h × w) to (… × the output size).
func (p *AdaptiveAvgPool2d) Forward(x *tensor.Tensor) *tensor.Tensor {
	return x.AdaptiveAvgPool(p.sizes...)
}

func (p *AdaptiveAvgPool2d) String() string { return adaptiveLine("AdaptiveAvgPool2d", p.sizes) }

// AdaptiveMaxPool2d takes the largest elements of equal parts of an image.
type AdaptiveMaxPool2d struct{ sizes []int }

// NewAdaptiveMaxPool2d returns a layer whose result has the given height and
// width, or both equal.
func NewAdaptiveMaxPool2d(size ...int) *AdaptiveMaxPool2d {
	return &AdaptiveMaxPool2d{spread("NewAdaptiveMaxPool2d", "output size", size, 2, 1)}
}

// Forward maps (… × h × w) to (… × the output size).
func (p *AdaptiveMaxPool2d) Forward(x *tensor.Tensor) *tensor.Tensor {
	return x.AdaptiveMaxPool(p.sizes...)
}

func (p *AdaptiveMaxPool2d) String() string { return adaptiveLine("AdaptiveMaxPool2d", p.sizes) }

func adaptiveLine(name string, sizes []int) string {
	if sizes[0] == sizes[1] {
		return fmt.Sprintf("%s(output_size=%d)", name, sizes[0])
	}
	return line(name, setting{"output_size", sizes})
}
