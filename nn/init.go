package nn

import (
	"math"

	"github.com/gophergrad/gophergrad/autograd"
	"github.com/gophergrad/gophergrad/tensor"
)

// The functions Init… set a tensor's values in place, without history, and
// return it.

func initialize(t *tensor.Tensor, f func()) *tensor.Tensor {
	autograd.NoGrad(f)
	return t
}

// InitUniform draws from U(lo, hi).
func InitUniform(t *tensor.Tensor, lo, hi float64) *tensor.Tensor {
	return initialize(t, func() { t.UniformInPlace(lo, hi) })
}

// InitNormal draws from N(mean, std²).
func InitNormal(t *tensor.Tensor, mean, std float64) *tensor.Tensor {
	return initialize(t, func() { t.NormalInPlace(mean, std) })
}

// InitConstant sets every element to v.
func InitConstant(t *tensor.Tensor, v float64) *tensor.Tensor {
	return initialize(t, func() { t.FillInPlace(v) })
}

// InitZeros sets every element to 0.
func InitZeros(t *tensor.Tensor) *tensor.Tensor { return InitConstant(t, 0) }

// InitOnes sets every element to 1.
func InitOnes(t *tensor.Tensor) *tensor.Tensor { return InitConstant(t, 1) }

// InitEye makes a matrix the identity, as far as its shape allows.
func InitEye(t *tensor.Tensor) *tensor.Tensor {
	if t.Dim() != 2 {
		failOn("InitEye", []*tensor.Tensor{t}, "shape %v is no matrix", t.Shape())
	}
	return initialize(t, func() {
		t.ZeroInPlace()
		for i := range min(t.Size(0), t.Size(1)) {
			t.SetAt(1, i, i)
		}
	})
}

// fans returns the number of inputs and outputs of a weight: (out × in × kernel…).
func fans(op string, w *tensor.Tensor) (in, out float64) {
	if w.Dim() < 2 {
		failOn(op, []*tensor.Tensor{w}, "shape %v has no fan-in and fan-out, which take two dimensions", w.Shape())
	}
	field := 1
	for _, n := range w.Shape()[2:] {
		field *= n
	}
	return float64(w.Size(1) * field), float64(w.Size(0) * field)
}

// CalculateGain returns the factor that keeps a signal's variance through a
// nonlinearity; slope is that of a leaky ReLU and else ignored.
func CalculateGain(nonlinearity string, slope float64) float64 {
	switch nonlinearity {
	case "linear", "identity", "conv1d", "conv2d", "conv3d", "sigmoid":
		return 1
	case "tanh":
		return 5.0 / 3
	case "relu":
		return math.Sqrt(2)
	case "leaky_relu":
		return math.Sqrt(2 / (1 + slope*slope))
	case "selu":
		return 3.0 / 4
	}
	fail("CalculateGain", "nonlinearity %q is unknown; use linear, sigmoid, tanh, relu, leaky_relu or selu", nonlinearity)
	return 0
}

// InitXavierUniform draws from U(-a, a), a = gain·√(6/(in+out)) (Glorot and Bengio 2010).
func InitXavierUniform(w *tensor.Tensor, gain float64) *tensor.Tensor {
	in, out := fans("InitXavierUniform", w)
	std := gain * math.Sqrt(2/(in+out))
	a := math.Sqrt(3) * std
	return InitUniform(w, -a, a)
}

// InitXavierNormal draws from N(0, gain²·2/(in+out)) (Glorot and Bengio 2010).
func InitXavierNormal(w *tensor.Tensor, gain float64) *tensor.Tensor {
	in, out := fans("InitXavierNormal", w)
	return InitNormal(w, 0, gain*math.Sqrt(2/(in+out)))
}

// InitKaimingUniform draws from U(-a, a), a = gain·√(3/in), with the gain of a
// nonlinearity (He et al. 2015).
func InitKaimingUniform(w *tensor.Tensor, slope float64, nonlinearity string) *tensor.Tensor {
	in, _ := fans("InitKaimingUniform", w)
	std := CalculateGain(nonlinearity, slope) / math.Sqrt(in)
	a := math.Sqrt(3) * std // in PyTorch's order, so that the bits agree
	return InitUniform(w, -a, a)
}

// InitKaimingNormal draws from N(0, gain²/in), with the gain of a nonlinearity
// (He et al. 2015).
func InitKaimingNormal(w *tensor.Tensor, slope float64, nonlinearity string) *tensor.Tensor {
	in, _ := fans("InitKaimingNormal", w)
	return InitNormal(w, 0, CalculateGain(nonlinearity, slope)/math.Sqrt(in))
}

// InitTruncNormal draws from N(mean, std²) restricted to [lo, hi].
func InitTruncNormal(t *tensor.Tensor, mean, std, lo, hi float64) *tensor.Tensor {
	cdf := func(x float64) float64 { return (1 + math.Erf(x/math.Sqrt2)) / 2 }
	l, u := cdf((lo-mean)/std), cdf((hi-mean)/std)
	return initialize(t, func() {
		t.UniformInPlace(2*l-1, 2*u-1)
		x := t.Erfinv().MulScalar(std * math.Sqrt2).AddScalar(mean)
		t.CopyInPlace(x.Clamp(lo, hi))
	})
}
