package tensor

import "math"

// Windows of signal processing (Harris 1978), periodic as spectra want them.

func init() {
	for name, window := range map[string]func(f Factory, n int) *Tensor{
		"hann": Factory.HannWindow, "hamming": Factory.HammingWindow, "blackman": Factory.BlackmanWindow, "bartlett": Factory.BartlettWindow,
		"kaiser": func(f Factory, n int) *Tensor { return f.KaiserWindow(n, 12) },
	} {
		viaOne(name+"_window", "torch."+name+"_window(6, dtype=x.dtype) + 0 * x", func(x *Tensor) *Tensor { return window(As(x.dtype), 6).Add(x.MulScalar(0)) }, -2, 2, 1)
		viaOne(name+"_window_of_none", "torch."+name+"_window(0, dtype=x.dtype) + 0 * x", func(x *Tensor) *Tensor { return window(As(x.dtype), 0).Add(x.MulScalar(0)) }, -2, 2, 1)
	}
}

// window samples f over a period of n elements.
func (f Factory) window(name string, n int, at func(phase float64) float64) *Tensor {
	d := f.dtypeOr(defaultDType)
	if !d.IsFloat() {
		fail(name, "a window of %v; use a floating-point dtype", d)
	}
	t := f.make(name, []int{n}, d)
	if n == 1 {
		t.fill(1)
		return t
	}
	t.setEach(func(i int) float64 { return at(float64(i) / float64(n)) })
	return t
}

// HannWindow returns n elements of a raised cosine.
func (f Factory) HannWindow(n int) *Tensor {
	return f.window("HannWindow", n, func(p float64) float64 { return 0.5 - 0.5*math.Cos(2*math.Pi*p) })
}

// HammingWindow returns n elements of a raised cosine on a pedestal.
func (f Factory) HammingWindow(n int) *Tensor {
	return f.window("HammingWindow", n, func(p float64) float64 { return 0.54 - 0.46*math.Cos(2*math.Pi*p) })
}

// BlackmanWindow returns n elements of a sum of two cosines.
func (f Factory) BlackmanWindow(n int) *Tensor {
	return f.window("BlackmanWindow", n, func(p float64) float64 {
		return 0.42 - 0.5*math.Cos(2*math.Pi*p) + 0.08*math.Cos(4*math.Pi*p)
	})
}

// BartlettWindow returns n elements of a triangle.
func (f Factory) BartlettWindow(n int) *Tensor {
	return f.window("BartlettWindow", n, func(p float64) float64 { return 1 - math.Abs(2*p-1) })
}

// KaiserWindow returns n elements of a window that is the narrower the larger beta is, 12 in PyTorch unless given.
func (f Factory) KaiserWindow(n int, beta float64) *Tensor {
	beta = math.Abs(beta)
	return f.window("KaiserWindow", n, func(p float64) float64 {
		x := beta * math.Sqrt(1-(2*p-1)*(2*p-1))
		return besselI(0, x) / besselI(0, beta) * math.Exp(x-beta)
	})
}

// HannWindow returns n elements of a raised cosine.
func HannWindow(n int) *Tensor { return Factory{}.HannWindow(n) }

// HammingWindow returns n elements of a raised cosine on a pedestal.
func HammingWindow(n int) *Tensor { return Factory{}.HammingWindow(n) }

// BlackmanWindow returns n elements of a sum of two cosines.
func BlackmanWindow(n int) *Tensor { return Factory{}.BlackmanWindow(n) }

// BartlettWindow returns n elements of a triangle.
func BartlettWindow(n int) *Tensor { return Factory{}.BartlettWindow(n) }

// KaiserWindow returns n elements of a window that is the narrower the larger beta is, 12 in PyTorch unless given.
func KaiserWindow(n int, beta float64) *Tensor { return Factory{}.KaiserWindow(n, beta) }
