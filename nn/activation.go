package nn

import "github.com/gophergrad/gophergrad/tensor"

// Activation functions as modules; each is the tensor method of its name.

// ReLU applies max(x, 0).
type ReLU struct{}

// NewReLU returns a ReLU layer.
func NewReLU() *ReLU { return &ReLU{} }

// Forward returns a tensor of x's shape.
func (*ReLU) Forward(x *tensor.Tensor) *tensor.Tensor { return x.ReLU() }

func (*ReLU) String() string { return "ReLU()" }

// ReLU6 applies min(max(x, 0), 6).
type ReLU6 struct{}

// NewReLU6 returns a ReLU6 layer.
func NewReLU6() *ReLU6 { return &ReLU6{} }

// Forward returns a tensor of x's shape.
func (*ReLU6) Forward(x *tensor.Tensor) *tensor.Tensor { return x.ReLU6() }

func (*ReLU6) String() string { return "ReLU6()" }

// Sigmoid applies 1/(1 + e⁻ˣ).
type Sigmoid struct{}

// NewSigmoid returns a Sigmoid layer.
func NewSigmoid() *Sigmoid { return &Sigmoid{} }

// Forward returns a tensor of x's shape.
func (*Sigmoid) Forward(x *tensor.Tensor) *tensor.Tensor { return x.Sigmoid() }

func (*Sigmoid) String() string { return "Sigmoid()" }

// LogSigmoid applies log(1/(1 + e⁻ˣ)).
type LogSigmoid struct{}

// NewLogSigmoid returns a LogSigmoid layer.
func NewLogSigmoid() *LogSigmoid { return &LogSigmoid{} }

// Forward returns a tensor of x's shape.
func (*LogSigmoid) Forward(x *tensor.Tensor) *tensor.Tensor { return x.LogSigmoid() }

func (*LogSigmoid) String() string { return "LogSigmoid()" }

// Tanh applies the hyperbolic tangent.
type Tanh struct{}

// NewTanh returns a Tanh layer.
func NewTanh() *Tanh { return &Tanh{} }

// Forward returns a tensor of x's shape.
func (*Tanh) Forward(x *tensor.Tensor) *tensor.Tensor { return x.Tanh() }

func (*Tanh) String() string { return "Tanh()" }

// Tanhshrink applies x - tanh(x).
type Tanhshrink struct{}

// NewTanhshrink returns a Tanhshrink layer.
func NewTanhshrink() *Tanhshrink { return &Tanhshrink{} }

// Forward returns a tensor of x's shape.
func (*Tanhshrink) Forward(x *tensor.Tensor) *tensor.Tensor { return x.TanhShrink() }

func (*Tanhshrink) String() string { return "Tanhshrink()" }

// SELU applies the self-normalising ELU (Klambauer et al. 2017).
type SELU struct{}

// NewSELU returns a SELU layer.
func NewSELU() *SELU { return &SELU{} }

// Forward returns a tensor of x's shape.
func (*SELU) Forward(x *tensor.Tensor) *tensor.Tensor { return x.SELU() }

func (*SELU) String() string { return "SELU()" }

// SiLU applies x·sigmoid(x), also called swish.
type SiLU struct{}

// NewSiLU returns a SiLU layer.
func NewSiLU() *SiLU { return &SiLU{} }

// Forward returns a tensor of x's shape.
func (*SiLU) Forward(x *tensor.Tensor) *tensor.Tensor { return x.SiLU() }

func (*SiLU) String() string { return "SiLU()" }

// Mish applies x·tanh(softplus(x)) (Misra 2019).
type Mish struct{}

// NewMish returns a Mish layer.
func NewMish() *Mish { return &Mish{} }

// Forward returns a tensor of x's shape.
func (*Mish) Forward(x *tensor.Tensor) *tensor.Tensor { return x.Mish() }

func (*Mish) String() string { return "Mish()" }

// Softsign applies x/(1 + |x|).
type Softsign struct{}

// NewSoftsign returns a Softsign layer.
func NewSoftsign() *Softsign { return &Softsign{} }

// Forward returns a tensor of x's shape.
func (*Softsign) Forward(x *tensor.Tensor) *tensor.Tensor { return x.Softsign() }

func (*Softsign) String() string { return "Softsign()" }

// Hardswish applies x·Hardsigmoid(x).
type Hardswish struct{}

// NewHardswish returns a Hardswish layer.
func NewHardswish() *Hardswish { return &Hardswish{} }

// Forward returns a tensor of x's shape.
func (*Hardswish) Forward(x *tensor.Tensor) *tensor.Tensor { return x.HardSwish() }

func (*Hardswish) String() string { return "Hardswish()" }

// Hardsigmoid applies a piecewise linear sigmoid.
type Hardsigmoid struct{}

// NewHardsigmoid returns a Hardsigmoid layer.
func NewHardsigmoid() *Hardsigmoid { return &Hardsigmoid{} }

// Forward returns a tensor of x's shape.
func (*Hardsigmoid) Forward(x *tensor.Tensor) *tensor.Tensor { return x.HardSigmoid() }

func (*Hardsigmoid) String() string { return "Hardsigmoid()" }
