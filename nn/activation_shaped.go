package nn

import "github.com/gophergrad/gophergrad/tensor"

// Activation functions with a number or a dimension.

// LeakyReLU applies x where x > 0, else slope·x.
type LeakyReLU struct{ slope float64 }

// NewLeakyReLU returns a LeakyReLU layer; slope is 0.01 unless given.
func NewLeakyReLU(slope ...float64) *LeakyReLU { return &LeakyReLU{first(slope, 0.01)} }

// Forward returns a tensor of x's shape.
func (l *LeakyReLU) Forward(x *tensor.Tensor) *tensor.Tensor { return x.LeakyReLU(l.slope) }

func (l *LeakyReLU) String() string { return line("LeakyReLU", setting{"negative_slope", l.slope}) }

// ELU applies x where x > 0, else alpha·(eˣ - 1) (Clevert et al. 2015).
type ELU struct{ alpha float64 }

// NewELU returns a ELU layer; alpha is 1 unless given.
func NewELU(alpha ...float64) *ELU { return &ELU{first(alpha, 1)} }

// Forward returns a tensor of x's shape.
func (l *ELU) Forward(x *tensor.Tensor) *tensor.Tensor { return x.ELU(l.alpha) }

func (l *ELU) String() string { return line("ELU", setting{"alpha", l.alpha}) }

// CELU applies x where x > 0, else alpha·(exp(x/alpha) - 1).
type CELU struct{ alpha float64 }

// NewCELU returns a CELU layer; alpha is 1 unless given.
func NewCELU(alpha ...float64) *CELU { return &CELU{first(alpha, 1)} }

// Forward returns a tensor of x's shape.
func (l *CELU) Forward(x *tensor.Tensor) *tensor.Tensor { return x.CELU(l.alpha) }

func (l *CELU) String() string { return line("CELU", setting{"alpha", l.alpha}) }

// Hardshrink applies x where |x| > lambda, else 0.
type Hardshrink struct{ lambda float64 }

// NewHardshrink returns a Hardshrink layer; lambda is 0.5 unless given.
func NewHardshrink(lambda ...float64) *Hardshrink { return &Hardshrink{first(lambda, 0.5)} }

// Forward returns a tensor of x's shape.
func (l *Hardshrink) Forward(x *tensor.Tensor) *tensor.Tensor { return x.HardShrink(l.lambda) }

func (l *Hardshrink) String() string { return line("Hardshrink", setting{"", l.lambda}) }

// Softshrink applies x moved by lambda towards 0.
type Softshrink struct{ lambda float64 }

// NewSoftshrink returns a Softshrink layer; lambda is 0.5 unless given.
func NewSoftshrink(lambda ...float64) *Softshrink { return &Softshrink{first(lambda, 0.5)} }

// Forward returns a tensor of x's shape.
func (l *Softshrink) Forward(x *tensor.Tensor) *tensor.Tensor { return x.SoftShrink(l.lambda) }

func (l *Softshrink) String() string { return line("Softshrink", setting{"", l.lambda}) }

// Softmax applies eˣ/Σeˣ along a dimension.
type Softmax struct{ dim int }

// NewSoftmax returns a Softmax layer along dim.
func NewSoftmax(dim int) *Softmax { return &Softmax{dim} }

// Forward returns a tensor of x's shape.
func (l *Softmax) Forward(x *tensor.Tensor) *tensor.Tensor { return x.Softmax(l.dim) }

func (l *Softmax) String() string { return line("Softmax", setting{"dim", l.dim}) }

// LogSoftmax applies log(Softmax) along a dimension.
type LogSoftmax struct{ dim int }

// NewLogSoftmax returns a LogSoftmax layer along dim.
func NewLogSoftmax(dim int) *LogSoftmax { return &LogSoftmax{dim} }

// Forward returns a tensor of x's shape.
func (l *LogSoftmax) Forward(x *tensor.Tensor) *tensor.Tensor { return x.LogSoftmax(l.dim) }

func (l *LogSoftmax) String() string { return line("LogSoftmax", setting{"dim", l.dim}) }

// Softmin applies Softmax of -x along a dimension.
type Softmin struct{ dim int }

// NewSoftmin returns a Softmin layer along dim.
func NewSoftmin(dim int) *Softmin { return &Softmin{dim} }

// Forward returns a tensor of x's shape.
func (l *Softmin) Forward(x *tensor.Tensor) *tensor.Tensor { return x.Softmin(l.dim) }

func (l *Softmin) String() string { return line("Softmin", setting{"dim", l.dim}) }

// GELU applies x·Φ(x), Φ the normal distribution (Hendrycks and Gimpel 2016).
type GELU struct{ approximate string }

// NewGELU returns a GELU layer. It takes the option Approximate.
func NewGELU(opts ...Option) *GELU {
	o := collect("NewGELU", options{approximate: "none"}, opts, "Approximate")
	if o.approximate != "none" && o.approximate != "tanh" {
		fail("NewGELU", "approximation %q is unknown; use none or tanh", o.approximate)
	}
	return &GELU{o.approximate}
}

// Forward returns a tensor of x's shape.
func (l *GELU) Forward(x *tensor.Tensor) *tensor.Tensor {
	if l.approximate == "tanh" {
		return x.GELUTanh()
	}
	return x.GELU()
}

func (l *GELU) String() string { return line("GELU", setting{"approximate", l.approximate}) }

// Hardtanh bounds x to [lo, hi].
type Hardtanh struct{ lo, hi float64 }

// NewHardtanh returns a Hardtanh layer, of [-1, 1] unless bounds are given.
func NewHardtanh(bounds ...float64) *Hardtanh {
	if len(bounds) != 0 && len(bounds) != 2 {
		fail("NewHardtanh", "%d bounds; give the lower and the upper one, or none", len(bounds))
	}
	if len(bounds) == 0 {
		bounds = []float64{-1, 1}
	}
	return &Hardtanh{bounds[0], bounds[1]}
}

// Forward returns a tensor of x's shape.
func (l *Hardtanh) Forward(x *tensor.Tensor) *tensor.Tensor { return x.HardTanh(l.lo, l.hi) }

func (l *Hardtanh) String() string {
	return line("Hardtanh", setting{"min_val", l.lo}, setting{"max_val", l.hi})
}

// Softplus applies log(1 + exp(beta·x))/beta, and x where beta·x > threshold.
type Softplus struct{ beta, threshold float64 }

// NewSoftplus returns a Softplus layer with beta 1 and threshold 20 unless they
// are given, in this order.
func NewSoftplus(shape ...float64) *Softplus {
	l := &Softplus{first(shape, 1), 20}
	if len(shape) > 1 {
		l.threshold = shape[1]
	}
	return l
}

// Forward returns a tensor of x's shape.
func (l *Softplus) Forward(x *tensor.Tensor) *tensor.Tensor { return x.Softplus(l.beta, l.threshold) }

func (l *Softplus) String() string {
	return line("Softplus", setting{"beta", l.beta}, setting{"threshold", l.threshold})
}

// Threshold passes x where x > threshold and replaces it by value elsewhere.
type Threshold struct{ threshold, value float64 }

// NewThreshold returns a Threshold layer.
func NewThreshold(threshold, value float64) *Threshold { return &Threshold{threshold, value} }

// Forward returns a tensor of x's shape.
func (l *Threshold) Forward(x *tensor.Tensor) *tensor.Tensor {
	return x.Threshold(l.threshold, l.value)
}

func (l *Threshold) String() string {
	return line("Threshold", setting{"threshold", l.threshold}, setting{"value", l.value})
}

// PReLU applies x where x > 0, else Weight·x (He et al. 2015).
type PReLU struct {
	Weight *tensor.Tensor `nn:"parameter"` // (1), or one for each channel
}

// NewPReLU returns a PReLU layer with one weight, or with one for each of n
// channels; they start at 0.25.
func NewPReLU(n ...int) *PReLU { return &PReLU{trained(tensor.Full(0.25, first(n, 1)))} }

// Forward returns a tensor of x's shape.
func (l *PReLU) Forward(x *tensor.Tensor) *tensor.Tensor { return x.PReLU(l.Weight) }

func (l *PReLU) String() string { return line("PReLU", setting{"num_parameters", l.Weight.NumEl()}) }

// first returns the first of the given values, or else the default.
func first[T any](given []T, otherwise T) T {
	if len(given) > 0 {
		return given[0]
	}
	return otherwise
}
