package tensor

import "github.com/gophergrad/gophergrad/tensor/internal/fft"

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
	in, out := contiguous(cast(x, d)), unset(x.shape, d)
	outer, n, inner := numel(x.shape[:a.Dim]), x.shape[a.Dim], numel(x.shape[a.Dim+1:])
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
	dim := attrs.(DimAttrs).Dim
	x = cast(x, x.dtype.complexType().realType())
	in, shape := contiguous(x), x.Shape()
	outer, n, inner := numel(shape[:dim]), shape[dim], numel(shape[dim+1:])
	shape[dim] = n/2 + 1
	out, done := unset(shape, x.dtype.complexType()), false
	if x.dtype == Float32 {
		done = fft.Real(parts[float32](out), elements[float32](in), outer, n, inner)
	} else {
		done = fft.Real(parts[float64](out), elements[float64](in), outer, n, inner)
	}
	if !done {
		full := opFFT.f1(cast(x, out.dtype), FFTAttrs{Dim: dim})
		copyInto(out, viewOf(full, shape, full.strides, 0))
	}
	return out
}})

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
	viaOne("fftshift", "torch.fft.fftshift(x)", func(x *Tensor) *Tensor { return x.FFTShift() }, -2, 2, 3, 4)
	viaOne("ifftshift", "torch.fft.ifftshift(x, 1)", func(x *Tensor) *Tensor { return x.IFFTShift(1) }, -2, 2, 2, 5)
	viaOne("fftfreq", "torch.fft.fftfreq(5, 0.5, dtype=x.dtype) + 0 * x", func(x *Tensor) *Tensor { return As(x.dtype).FFTFreq(5, 0.5).Add(x.MulScalar(0)) }, -2, 2, 1)
	viaOne("rfftfreq", "torch.fft.rfftfreq(5, 0.5, dtype=x.dtype) + 0 * x", func(x *Tensor) *Tensor { return As(x.dtype).RFFTFreq(5, 0.5).Add(x.MulScalar(0)) }, -2, 2, 1)
}

func (t *Tensor) fft(op string, dim int, inverse bool) *Tensor {
	dim = t.dim(op, dim)
	if t.shape[dim] == 0 {
		failOn(op, []*Tensor{t}, "dimension %d of shape %s is empty", dim, shapeText(t.shape))
	}
	if !t.dtype.IsComplex() { // so that a real input gets a real gradient
		t = t.Cast(t.dtype.complexType())
	}
	return opFFT.call1(t, FFTAttrs{dim, inverse})
}

// fftDims is reduceDims with all dimensions spelt out.
func (t *Tensor) fftDims(op string, dims []int) []int {
	if dims = reduceDims(op, t, dims); dims == nil {
		for d := range t.shape {
			dims = append(dims, d)
		}
	}
	if len(dims) == 0 {
		failOn(op, []*Tensor{t}, "a 0-d tensor has no dimension to transform")
	}
	return dims
}

// FFT returns the discrete Fourier transform along a dimension.
func (t *Tensor) FFT(dim int) *Tensor { return t.fft("FFT", dim, false) }

// IFFT returns the inverse of FFT.
func (t *Tensor) IFFT(dim int) *Tensor {
	return t.fft("IFFT", dim, true).DivScalar(float64(t.Size(dim)))
}

// RFFT returns the first half of a real tensor's Fourier transform along a
// dimension of size n, n/2+1 numbers; the others are their conjugates.
func (t *Tensor) RFFT(dim int) *Tensor {
	if t.dtype.IsComplex() {
		failOn("RFFT", []*Tensor{t}, "elements are %v; use FFT", t.dtype)
	}
	dim = t.dim("RFFT", dim)
	if t.shape[dim] == 0 {
		failOn("RFFT", []*Tensor{t}, "dimension %d of shape %s is empty", dim, shapeText(t.shape))
	}
	return opRFFT.call1(t, DimAttrs{dim})
}

// IRFFT returns the inverse of RFFT: n real numbers along a dimension, which is
// cut off or filled up with 0 to n/2+1 elements.
func (t *Tensor) IRFFT(n, dim int) *Tensor {
	dim = t.dim("IRFFT", dim)
	if n < 1 {
		failOn("IRFFT", []*Tensor{t}, "%d numbers; there must be one", n)
	}
	sizes := make([]int, 2*(len(t.shape)-dim))
	sizes[len(sizes)-1] = n/2 + 1 - t.shape[dim]
	t = t.Pad(0, sizes...)
	mirrored := t.Narrow(dim, 1, n-1-n/2).Flip(dim).Conj()
	return Cat([]*Tensor{t, mirrored}, dim).IFFT(dim).Real()
}

// FFTN returns the Fourier transform along several dimensions, all if none are
// given.
func (t *Tensor) FFTN(dims ...int) *Tensor {
	for _, d := range t.fftDims("FFTN", dims) {
		t = t.FFT(d)
	}
	return t
}

// IFFTN returns the inverse of FFTN.
func (t *Tensor) IFFTN(dims ...int) *Tensor {
	for _, d := range t.fftDims("IFFTN", dims) {
		t = t.IFFT(d)
	}
	return t
}

// RFFTN is FFTN of a real tensor with only the first half along the last of the
// dimensions.
func (t *Tensor) RFFTN(dims ...int) *Tensor {
	dims = t.fftDims("RFFTN", dims)
	last := len(dims) - 1
	if t = t.RFFT(dims[last]); last == 0 {
		return t
	}
	return t.FFTN(dims[:last]...)
}

// IRFFTN returns the inverse of RFFTN, n real numbers along the last of the
// dimensions.
func (t *Tensor) IRFFTN(n int, dims ...int) *Tensor {
	dims = t.fftDims("IRFFTN", dims)
	last := len(dims) - 1
	if last > 0 {
		t = t.IFFTN(dims[:last]...)
	}
	return t.IRFFT(n, dims[last])
}

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
