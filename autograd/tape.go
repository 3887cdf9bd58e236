package autograd

import "github.com/gophergrad/gophergrad/tensor"

// Tape records the operations on watched tensors, as TensorFlow's GradientTape
// does: nothing outside of Record is recorded for it.
type Tape struct {
	watched    []*T
	persistent bool
	used       bool
}

// NewTape returns a tape whose Gradient can be asked for once.
func NewTape() *Tape { return &Tape{} }

// NewPersistentTape returns a tape whose Gradient can be asked for repeatedly.
func NewPersistentTape() *Tape { return &Tape{persistent: true} }

// Watch makes the tape follow tensors.
func (t *Tape) Watch(xs ...*tensor.Tensor) { t.watched = append(t.watched, xs...) }

// Record runs f with the watched tensors, and those that require gradients
// anyway, being followed. Tapes nest: what an inner tape's Gradient computes
// within an outer Record is recorded, too.
func (t *Tape) Record(f func() *tensor.Tensor) (y *tensor.Tensor) {
	for _, x := range t.watched {
		if !x.RequiresGrad() {
			x.SetRequiresGrad(true)
			defer x.SetRequiresGrad(false)
		}
	}
	EnableGrad(func() { y = f() })
	return y
}

// Gradient returns the gradients of y with respect to xs, nil for those that y
// does not depend on.
func (t *Tape) Gradient(y *tensor.Tensor, xs ...*tensor.Tensor) []*tensor.Tensor {
	opts := t.options("Gradient", xs)
	if y.NumEl() != 1 {
		y = y.Sum() // TensorFlow adds up what is not one number
	}
	return Gradients([]*T{y}, xs, opts...)
}

// options are those of a pass over the tape. It is recorded if an outer tape
// follows xs at the moment.
func (t *Tape) options(op string, xs []*T) []Option {
	if t.used && !t.persistent {
		panic(&tensor.Error{Op: op, Msg: "this tape was used already; NewPersistentTape() makes one for several gradients"})
	}
	t.used = true
	opts := []Option{AllowUnused(), func(o *options) { o.anyInput, o.retain = true, t.persistent }}
	for _, x := range xs {
		if x.RequiresGrad() && IsGradEnabled() {
			return append(opts, CreateGraph())
		}
	}
	return opts
}

// Jacobian returns the derivatives of every element of y with respect to x, of
// shape (shape of y…, shape of x…).
func (t *Tape) Jacobian(y, x *tensor.Tensor) *tensor.Tensor {
	opts := append(t.options("Jacobian", []*T{x}), RetainGraph())
	var rows []*T
	EnableGrad(func() {
		flat := y.Flatten()
		for i := range flat.NumEl() {
			rows = append(rows, zeroed(Gradients([]*T{flat.Select(0, i)}, []*T{x}, opts...), []*T{x})[0])
		}
	})
	return tensor.Stack(rows, 0).Reshape(append(y.Shape(), x.Shape()...)...)
}
