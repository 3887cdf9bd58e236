package tensor

import (
	"math"

	"github.com/gophergrad/gophergrad/tensor/internal/fft"
)

// Discrete Fourier transforms. Forward ones are not scaled, inverse ones are divided by the number of elements (PyTorch's
// norm "backward").

// FFTAttrs are the parameters of fft_c2c.
type FFTAttrs struct {
	Dim     int
	Inverse bool // the exponent is positive; nothing is scaled
}

var opFFT = register(Op{Name: "fft_c2c", GradFn: "FftC2CBackward0", Complex: true, Samples: []Sample{
	one("torch.fft.fft(x, dim=1)", FFTAttrs{Dim: 1}, 2, 5), one("torch.fft.fft(x, dim=0)", FFTAttrs{Dim: 0}, 4, 3),
	one("torch.fft.ifft(x, dim=1, norm='forward')", FFTAttrs{1, true}, 2, 6),
}, f1: func(x *Tensor, attrs any) *Tensor {
	a := attrs.(FFTAttrs)
	d := x.dtype.complexType()
	out, n := unset(x.shape, d), x.shape[a.Dim]
	if !x.dtype.IsComplex() && !a.Inverse && realFFT(out, x, a.Dim, n) {
		return out
	}
	in, outer, inner := contiguous(cast(x, d)), numel(x.shape[:a.Dim]), numel(x.shape[a.Dim+1:])
	if d == Complex64 {
		fft.Transform(parts[float32](out), parts[float32](in), outer, n, inner, a.Inverse)
	} else {
		fft.Transform(parts[float64](out), parts[float64](in), outer, n, inner, a.Inverse)
	}
	return out
}})

var opRFFT = register(Op{Name: "fft_r2c", GradFn: "FftR2CBackward0", FloatOnly: true, Samples: []Sample{
	one("torch.fft.rfft(x, dim=1)", DimAttrs{1}, 2, 5), one("torch.fft.rfft(x, dim=0)", DimAttrs{0}, 6, 3),
	one("torch.fft.rfft(x, dim=1)", DimAttrs{1}, 2, 7),
}, f1: func(x *Tensor, attrs any) *Tensor {
	dim, d := attrs.(DimAttrs).Dim, x.dtype.complexType()
	var buf [inlineDims]int
	shape := append(buf[:0], x.shape...)
	shape[dim] = shape[dim]/2 + 1
	out := unset(shape, d)
	if !realFFT(out, x, dim, shape[dim]) {
		full := opFFT.f1(cast(x, d), FFTAttrs{Dim: dim})
		copyInto(out, viewOf(full, shape, full.strides, 0))
	}
	return out
}})

// realFFT sets out to the first elements, keep along dim, of a real tensor's transform, if there is a faster way than that of complex numbers.
func realFFT(out, x *Tensor, dim, keep int) bool {
	in, outer, n, inner := contiguousAs(x, out.dtype.realType()), numel(x.shape[:dim]), x.shape[dim], numel(x.shape[dim+1:])
	if in.dtype == Float32 {
		return fft.Real(parts[float32](out), elements[float32](in), outer, n, inner, keep)
	}
	return fft.Real(parts[float64](out), elements[float64](in), outer, n, inner, keep)
}

// parts returns the real and imaginary parts of a contiguous complex tensor.
func parts[F float32 | float64](t *Tensor) []F {
	return slice[F](t.storage)[2*t.offset : 2*(t.offset+numel(t.shape))]
}

// cast returns x or an unrecorded copy of another dtype.
func cast(x *Tensor, d DType) *Tensor {
	if x.dtype == d {
		return x
	}
	return copyAs(x, d)
}

func init() {
	viaOne("fft", "torch.fft.fft(x)", func(x *Tensor) *Tensor { return x.FFT(-1) }, -2, 2, 2, 5)
	viaTwo("ifft", "torch.fft.ifft(torch.complex(x, y))", func(x, y *Tensor) *Tensor { return Complex(x, y).IFFT(-1) }, in(-2, 2, 2, 5), in(-2, 2, 2, 5))
	viaOne("rfft", "torch.fft.rfft(x, dim=0)", func(x *Tensor) *Tensor { return x.RFFT(0) }, -2, 2, 6, 2)
	viaTwo("irfft", "torch.fft.irfft(torch.complex(x, y), 6)", func(x, y *Tensor) *Tensor { return Complex(x, y).IRFFT(6, -1) }, in(-2, 2, 2, 4), in(-2, 2, 2, 4))
	viaTwo("irfft_resized", "torch.fft.irfft(torch.complex(x, y), 5, dim=0) + torch.fft.irfft(torch.complex(x, y), 9, dim=0)[:5]", func(x, y *Tensor) *Tensor {
		return Complex(x, y).IRFFT(5, 0).Add(Complex(x, y).IRFFT(9, 0).Narrow(0, 0, 5))
	}, in(-2, 2, 4, 2), in(-2, 2, 4, 2))
	viaTwo("irfft_odd", "torch.fft.irfft(torch.complex(x, y), 7)", func(x, y *Tensor) *Tensor { return Complex(x, y).IRFFT(7, -1) }, in(-2, 2, 2, 4), in(-2, 2, 2, 4))
	viaOne("fft2", "torch.fft.fft2(x)", func(x *Tensor) *Tensor { return x.FFTN(-2, -1) }, -2, 2, 2, 3, 4)
	viaTwo("ifftn", "torch.fft.ifftn(torch.complex(x, y))", func(x, y *Tensor) *Tensor { return Complex(x, y).IFFTN() }, in(-2, 2, 2, 3), in(-2, 2, 2, 3))
	viaOne("rfftn", "torch.fft.rfftn(x)", func(x *Tensor) *Tensor { return x.RFFTN() }, -2, 2, 3, 4)
	viaTwo("irfftn", "torch.fft.irfftn(torch.complex(x, y), (3, 4))", func(x, y *Tensor) *Tensor { return Complex(x, y).IRFFTN(4) }, in(-2, 2, 3, 3), in(-2, 2, 3, 3))
	resized := FFTOptions{Sizes: []int{6, 3}, Norm: "ortho"}
	viaOne("fft_sized", "torch.fft.fftn(x, (6, 3), norm='ortho')", func(x *Tensor) *Tensor { return x.FFTOpt(resized) }, -2, 2, 2, 4, 5)
	viaOne("fft_forward", "torch.fft.fft(x, 3, 0, 'forward')", func(x *Tensor) *Tensor {
		return x.FFTOpt(FFTOptions{Dims: []int{0}, Sizes: []int{3}, Norm: "forward"})
	}, -2, 2, 4, 2)
	viaTwo("ifft_sized", "torch.fft.ifftn(torch.complex(x, y), (6, 3), norm='ortho')", func(x, y *Tensor) *Tensor { return Complex(x, y).IFFTOpt(resized) }, in(-2, 2, 4, 5), in(-2, 2, 4, 5))
	viaOne("rfft_sized", "torch.fft.rfftn(x, (6, 3), norm='ortho')", func(x *Tensor) *Tensor { return x.RFFTOpt(resized) }, -2, 2, 4, 5)
	viaTwo("irfft_sized", "torch.fft.irfftn(torch.complex(x, y), (6, 3), norm='ortho')", func(x, y *Tensor) *Tensor { return Complex(x, y).IRFFTOpt(resized) }, in(-2, 2, 4, 5), in(-2, 2, 4, 5))
	viaTwo("hfft", "torch.fft.hfft2(torch.complex(x, y), (4, 7))", func(x, y *Tensor) *Tensor { return Complex(x, y).HFFTOpt(FFTOptions{Sizes: []int{-1, 7}}) }, in(-2, 2, 4, 5), in(-2, 2, 4, 5))
	viaOne("ihfft", "torch.fft.ihfft2(x)", func(x *Tensor) *Tensor { return x.IHFFTOpt(FFTOptions{}) }, -2, 2, 4, 5)
	viaOne("fftshift", "torch.fft.fftshift(x)", func(x *Tensor) *Tensor { return x.FFTShift() }, -2, 2, 3, 4)
	viaOne("ifftshift", "torch.fft.ifftshift(x, 1)", func(x *Tensor) *Tensor { return x.IFFTShift(1) }, -2, 2, 2, 5)
	viaOne("fftfreq", "torch.fft.fftfreq(5, 0.5, dtype=x.dtype) + 0 * x", func(x *Tensor) *Tensor { return As(x.dtype).FFTFreq(5, 0.5).Add(x.MulScalar(0)) }, -2, 2, 1)
	viaOne("rfftfreq", "torch.fft.rfftfreq(5, 0.5, dtype=x.dtype) + 0 * x", func(x *Tensor) *Tensor { return As(x.dtype).RFFTFreq(5, 0.5).Add(x.MulScalar(0)) }, -2, 2, 1)
}

// FFTOptions are rare settings of Fourier transforms. Their zero value is that of FFT and its relatives.
type FFTOptions struct {
	// Dims are the dimensions to transform, in RFFT and its relatives the last of them by half: all if none are given, or, where
	// there are Sizes, as many of the last.
	Dims []int
	// Sizes are how many elements are transformed along each of Dims, which are cut off or filled up with 0; -1 keeps a size.
	Sizes []int
	// Norm says what is divided by the number n of elements: "backward" or "" the inverse transform, "forward" the other, or
	// "ortho" both, by √n.
	Norm string
}

// hermitian exchanges the roles of the two directions.
func (o FFTOptions) hermitian() FFTOptions {
	switch o.Norm {
	case "", "backward":
		o.Norm = "forward"
	case "forward":
		o.Norm = "backward"
	}
	return o
}

// scaled divides a transform of n elements as Norm says.
func (o FFTOptions) scaled(op string, t *Tensor, n int, inverse bool) *Tensor {
	switch {
	case o.Norm == "ortho":
		return t.DivScalar(math.Sqrt(float64(n)))
	case o.Norm == "forward" && !inverse, (o.Norm == "" || o.Norm == "backward") && inverse:
		return t.DivScalar(float64(n))
	case o.Norm != "" && o.Norm != "backward" && o.Norm != "forward":
		fail(op, "norm %q; it must be backward, forward or ortho", o.Norm)
	}
	return t
}

// plan returns the dimensions to transform and how many elements of each.
func (o FFTOptions) plan(op string, t *Tensor) (dims, sizes []int) {
	dims = o.Dims
	for d := len(t.shape) - len(o.Sizes); len(o.Dims) == 0 && len(o.Sizes) > 0 && d < len(t.shape); d++ {
		dims = append(dims, t.dim(op, d-len(t.shape)))
	}
	dims = t.fftDims(op, dims)
	if len(o.Sizes) > 0 && len(o.Sizes) != len(dims) {
		failOn(op, []*Tensor{t}, "%d sizes %v for %d dimensions %v; give one for each", len(o.Sizes), o.Sizes, len(dims), dims)
	}
	for i, d := range dims {
		n := t.shape[d]
		if len(o.Sizes) > 0 && o.Sizes[i] != -1 {
			if n = o.Sizes[i]; n < 1 {
				failOn(op, []*Tensor{t}, "%d elements of dimension %d; there must be one", n, d)
			}
		}
		sizes = append(sizes, n)
	}
	return dims, sizes
}

// resized cuts a dimension off or fills it up with 0.
func (t *Tensor) resized(op string, dim, n int) *Tensor {
	if n == t.shape[dim] {
		if n == 0 {
			failOn(op, []*Tensor{t}, "dimension %d of shape %s is empty", dim, shapeText(t.shape))
		}
		return t
	}
	pad := make([]int, 2*(len(t.shape)-dim))
	pad[len(pad)-1] = n - t.shape[dim]
	return t.Pad(0, pad...)
}

// transform is FFT or its inverse, without a scale.
func (t *Tensor) transform(op string, dims, sizes []int, inverse bool) *Tensor {
	for i, d := range dims {
		t = t.resized(op, d, sizes[i])
	}
	for _, d := range dims {
		t = opFFT.call1(t, FFTAttrs{d, inverse})
	}
	return t
}

func (t *Tensor) fft(op string, o FFTOptions, inverse bool) *Tensor {
	dims, sizes := o.plan(op, t)
	if len(dims) == 0 { // a number is its own transform
		return t.Cast(t.dtype.complexType()).Clone()
	}
	out := o.scaled(op, t.transform(op, dims, sizes, inverse), numel(sizes), inverse)
	switch {
	case t.dtype.IsComplex() || len(dims) > 1:
		return out.named("FftC2CBackward0")
	case inverse:
		return out.named("ConjBackward0")
	}
	return out.named("FftR2CBackward0")
}

func (t *Tensor) rfft(op string, o FFTOptions) *Tensor {
	if t.dtype.IsComplex() {
		failOn(op, []*Tensor{t}, "elements are %v; use FFT", t.dtype)
	}
	dims, sizes := o.plan(op, t)
	t.needDims(op, dims)
	last := len(dims) - 1
	out := opRFFT.call1(t.resized(op, dims[last], sizes[last]), DimAttrs{dims[last]})
	out = out.transform(op, dims[:last], sizes[:last], false)
	return o.scaled(op, out, numel(sizes), false).named("FftR2CBackward0")
}

func (t *Tensor) irfft(op string, o FFTOptions) *Tensor {
	dims, sizes := o.plan(op, t)
	t.needDims(op, dims)
	last := len(dims) - 1
	dim, n := dims[last], sizes[last]
	if len(o.Sizes) == 0 || o.Sizes[last] == -1 {
		if n = 2 * (n - 1); n < 1 {
			failOn(op, []*Tensor{t}, "dimension %d of size %d is the half of nothing; give Sizes", dim, t.shape[dim])
		}
	}
	t = t.resized(op, dim, n/2+1).transform(op, dims[:last], sizes[:last], true)
	mirrored := t.Narrow(dim, 1, n-1-n/2).Flip(dim).Conj()
	out := Cat([]*Tensor{t, mirrored}, dim).transform(op, dims[last:], []int{n}, true).Real()
	return o.scaled(op, out, numel(sizes[:last])*n, true).named("FftC2RBackward0")
}

func (t *Tensor) needDims(op string, dims []int) {
	if len(dims) == 0 {
		failOn(op, []*Tensor{t}, "a 0-d tensor has no dimension to transform")
	}
}

// fftDims is reduceDims with all dimensions spelt out.
func (t *Tensor) fftDims(op string, dims []int) []int {
	if dims = reduceDims(op, t, dims, nil); dims == nil {
		for d := range t.shape {
			dims = append(dims, d)
		}
	}
	return dims
}

// FFT returns the discrete Fourier transform along a dimension.
func (t *Tensor) FFT(dim int) *Tensor { return t.fft("FFT", FFTOptions{Dims: []int{dim}}, false) }

// IFFT returns the inverse of FFT.
func (t *Tensor) IFFT(dim int) *Tensor { return t.fft("IFFT", FFTOptions{Dims: []int{dim}}, true) }

// RFFT returns the first half of a real tensor's Fourier transform along a
// dimension of size n, n/2+1 numbers; the others are their conjugates.
func (t *Tensor) RFFT(dim int) *Tensor { return t.rfft("RFFT", FFTOptions{Dims: []int{dim}}) }

// IRFFT returns the inverse of RFFT: n real numbers along a dimension, which is
// cut off or filled up with 0 to n/2+1 elements.
func (t *Tensor) IRFFT(n, dim int) *Tensor {
	return t.irfft("IRFFT", FFTOptions{Dims: []int{dim}, Sizes: []int{n}})
}

// FFTN returns the Fourier transform along several dimensions, all if none are
// given.
func (t *Tensor) FFTN(dims ...int) *Tensor { return t.fft("FFTN", FFTOptions{Dims: dims}, false) }

// IFFTN returns the inverse of FFTN.
func (t *Tensor) IFFTN(dims ...int) *Tensor { return t.fft("IFFTN", FFTOptions{Dims: dims}, true) }

// RFFTN is FFTN of a real tensor with only the first half along the last of the
// dimensions.
func (t *Tensor) RFFTN(dims ...int) *Tensor { return t.rfft("RFFTN", FFTOptions{Dims: dims}) }

// IRFFTN returns the inverse of RFFTN, n real numbers along the last of the
// dimensions.
func (t *Tensor) IRFFTN(n int, dims ...int) *Tensor {
	o := FFTOptions{Dims: t.fftDims("IRFFTN", dims)}
	t.needDims("IRFFTN", o.Dims)
	for range o.Dims[1:] {
		o.Sizes = append(o.Sizes, -1)
	}
	o.Sizes = append(o.Sizes, n)
	return t.irfft("IRFFTN", o)
}

// FFTOpt is FFTN with options, such as FFTOptions{Sizes: []int{64}, Norm: "ortho"}.
func (t *Tensor) FFTOpt(o FFTOptions) *Tensor { return t.fft("FFTOpt", o, false) }

// IFFTOpt is IFFTN with options.
func (t *Tensor) IFFTOpt(o FFTOptions) *Tensor { return t.fft("IFFTOpt", o, true) }

// RFFTOpt is RFFTN with options.
func (t *Tensor) RFFTOpt(o FFTOptions) *Tensor { return t.rfft("RFFTOpt", o) }

// IRFFTOpt is IRFFTN with options; the last of Sizes counts the real numbers, 2·(n-1) of n elements unless given.
func (t *Tensor) IRFFTOpt(o FFTOptions) *Tensor { return t.irfft("IRFFTOpt", o) }

// HFFTOpt returns the real Fourier transform of a signal that is its own mirrored conjugate, of which t is the first half; the
// last of Sizes counts the results, 2·(n-1) of n elements unless given.
func (t *Tensor) HFFTOpt(o FFTOptions) *Tensor { return t.Conj().irfft("HFFTOpt", o.hermitian()) }

// IHFFTOpt returns the inverse of HFFTOpt.
func (t *Tensor) IHFFTOpt(o FFTOptions) *Tensor { return t.rfft("IHFFTOpt", o.hermitian()).Conj() }

// FFTShift moves the zero frequency to the middle of the given dimensions, of all
// if none are given.
func (t *Tensor) FFTShift(dims ...int) *Tensor {
	for _, d := range t.fftDims("FFTShift", dims) {
		t = t.Roll(t.shape[d]/2, d)
	}
	return t
}

// IFFTShift undoes FFTShift.
func (t *Tensor) IFFTShift(dims ...int) *Tensor {
	for _, d := range t.fftDims("IFFTShift", dims) {
		t = t.Roll(-(t.shape[d] / 2), d)
	}
	return t
}

// FFTFreq returns the frequencies of FFT's n results for samples spacing apart.
func (f Factory) FFTFreq(n int, spacing float64) *Tensor {
	t := f.make("FFTFreq", []int{n}, f.dtypeOr(defaultDType))
	t.setEach(func(i int) float64 {
		if i >= (n+1)/2 {
			i -= n
		}
		return float64(i) / (float64(n) * spacing)
	})
	return t
}

// RFFTFreq returns the frequencies of RFFT's n/2+1 results.
func (f Factory) RFFTFreq(n int, spacing float64) *Tensor {
	t := f.make("RFFTFreq", []int{n/2 + 1}, f.dtypeOr(defaultDType))
	t.setEach(func(i int) float64 { return float64(i) / (float64(n) * spacing) })
	return t
}

// FFTFreq returns the frequencies of FFT's n results for samples spacing apart.
func FFTFreq(n int, spacing float64) *Tensor { return Factory{}.FFTFreq(n, spacing) }

// RFFTFreq returns the frequencies of RFFT's n/2+1 results.
func RFFTFreq(n int, spacing float64) *Tensor { return Factory{}.RFFTFreq(n, spacing) }
