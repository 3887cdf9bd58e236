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

// InitTruncNormal draws from N(mean, std²) restricted to [lo, hi], by rejection:
// of normal numbers where most of them fall inside, else of uniform ones.
func InitTruncNormal(t *tensor.Tensor, mean, std, lo, hi float64) *tensor.Tensor {
	if !(std > 0 && lo < hi) {
		fail("InitTruncNormal", "standard deviation %v and bounds [%v, %v]; the first must be positive, the others rise", std, lo, hi)
	}
	cdf := func(x float64) float64 { return (1 + math.Erf((x-mean)/std/math.Sqrt2)) / 2 }
	peak := (math.Max(lo, math.Min(mean, hi)) - mean) / std
	draw := func() (x, rejected *tensor.Tensor) {
		x = tensor.EmptyLike(t)
		if cdf(hi)-cdf(lo) > 0.3 {
			x.NormalInPlace(mean, std)
			return x, x.LtScalar(lo).LogicalOr(x.GtScalar(hi))
		}
		x.UniformInPlace(lo, hi)
		logDensity := x.SubScalar(mean).DivScalar(std).Square().MulScalar(-0.5).AddScalar(0.5 * peak * peak)
		return x, tensor.EmptyLike(t).UniformInPlace(0, 1).Log().Gt(logDensity)
	}
	return initialize(t, func() {
		x, rejected := draw()
		for rejected.AnyTrue().Item() != 0 {
			again, rejectedAgain := draw()
			x = tensor.Where(rejected, again, x)
			rejected = rejected.LogicalAnd(rejectedAgain)
		}
		t.CopyInPlace(x)
	})
}

// InitOrthogonal makes the rows of a matrix, or its columns if they are fewer,
// orthonormal, times gain (Saxe et al. 2014). Further dimensions count as columns.
func InitOrthogonal(w *tensor.Tensor, gain float64) *tensor.Tensor {
	fans("InitOrthogonal", w)
	rows := w.Size(0)
	cols := w.NumEl() / max(rows, 1)
	return initialize(w, func() {
		drawn := tensor.As(w.DType()).Randn(rows, cols)
		if rows < cols {
			drawn = drawn.T()
		}
		q := orthonormal(drawn)
		if rows < cols {
			q = q.T()
		}
		w.CopyInPlace(q.Reshape(w.Shape()...).MulScalar(gain))
	})
}

// orthonormal returns the Q of a = QR with positive diagonal of R, by modified
// Gram–Schmidt in float64, done twice for accuracy.
func orthonormal(a *tensor.Tensor) *tensor.Tensor {
	columns := a.Double().Unbind(1)
	for i, q := range columns {
		for range 2 {
			for _, done := range columns[:i] {
				q = q.Sub(done.Mul(done.Mul(q).Sum()))
			}
		}
		columns[i] = q.Div(q.Square().Sum().Sqrt())
	}
	return tensor.Stack(columns, 1)
}
