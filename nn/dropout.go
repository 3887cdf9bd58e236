package nn

import "github.com/gophergrad/gophergrad/tensor"

// Dropout sets random elements to 0 in training and scales the others up, so
// that their expected sum stays (Srivastava et al. 2014).
type Dropout struct {
	Mode
	p float64
}

// NewDropout returns a layer that drops elements with probability p.
func NewDropout(p float64) *Dropout {
	checkShare("NewDropout", p)
	return &Dropout{p: p}
}

func checkShare(op string, p float64) {
	if !(p >= 0 && p <= 1) {
		fail(op, "the probability %v is not in [0, 1]", p)
	}
}

// Forward returns x in evaluation.
func (d *Dropout) Forward(x *tensor.Tensor) *tensor.Tensor {
	if !d.Training() {
		return x
	}
	return x.Dropout(d.p)
}

func (d *Dropout) String() string {
	return line("Dropout", setting{"p", d.p}, setting{"inplace", false})
}

// Dropout2d drops whole channels of images (Tompson et al. 2015).
type Dropout2d struct {
	Mode
	p float64
}

// NewDropout2d returns a layer that drops channels with probability p.
func NewDropout2d(p float64) *Dropout2d {
	checkShare("NewDropout2d", p)
	return &Dropout2d{p: p}
}

// Forward maps x of shape (batch × channels × …); it returns x in evaluation.
func (d *Dropout2d) Forward(x *tensor.Tensor) *tensor.Tensor {
	if x.Dim() < 2 {
		failOn("Dropout2d", []*tensor.Tensor{x}, "the input has shape %v; it must have a batch and channels", x.Shape())
	}
	if !d.Training() {
		return x
	}
	shape := x.Shape()
	for i := 2; i < len(shape); i++ {
		shape[i] = 1
	}
	return x.Mul(tensor.On(x.Device()).As(x.DType()).Ones(shape...).Dropout(d.p))
}

func (d *Dropout2d) String() string {
	return line("Dropout2d", setting{"p", d.p}, setting{"inplace", false})
}
