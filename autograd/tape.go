package autograd

import (
	"sync/atomic"

	"github.com/gophergrad/gophergrad/tensor"
)

// Tape records the operations on watched tensors, as TensorFlow's GradientTape
// does: nothing outside of Record is recorded for it.
type Tape struct {
	watched    []*T
	followed   []*T // while Record runs: those that require gradients for it only
	recording  bool
	persistent bool
	used       bool
}

// tapes counts those that record; what Gradient computes belongs to one of them.
var tapes atomic.Int32

// NewTape returns a tape whose Gradient can be asked for once.
func NewTape() *Tape { return &Tape{} }

// NewPersistentTape returns a tape whose Gradient can be asked for repeatedly.
func NewPersistentTape() *Tape { return &Tape{persistent: true} }

// Watch makes the tape follow tensors, within Record from there on.
func (t *Tape) Watch(xs ...*tensor.Tensor) {
	t.watched = append(t.watched, xs...)
	if t.recording {
		t.follow(xs)
	}
}

func (t *Tape) follow(xs []*T) {
	for _, x := range xs {
		if !x.RequiresGrad() {
			t.followed = append(t.followed, x.SetRequiresGrad(true))
		}
	}
}

// Record runs f with the watched tensors, and those that require gradients
// anyway, being followed. Tapes nest: what an inner tape's Gradient computes
// within an outer Record is recorded, too.
func (t *Tape) Record(f func() *tensor.Tensor) (y *tensor.Tensor) {
	t.recording = true
	tapes.Add(1)
	defer func() {
		for _, x := range t.followed {
			x.SetRequiresGrad(false)
		}
		t.recording, t.followed = false, nil
		tapes.Add(-1)
	}()
	t.follow(t.watched)
	EnableGrad(func() { y = f() })
	return y
}

// Gradient returns the gradients of y with respect to xs, nil for those that y
// does not depend on.
func (t *Tape) Gradient(y *tensor.Tensor, xs ...*tensor.Tensor) []*tensor.Tensor {
	opts := t.options("Gradient")
	if !y.RequiresGrad() {
		return make([]*T, len(xs))
	}
	EnableGrad(func() { y = y.Sum() }) // TensorFlow adds up what is not one number
	return Gradients([]*T{y}, xs, opts...)
}

// options are those of a pass over the tape, which an outer tape records.
func (t *Tape) options(op string) []Option {
	if t.used && !t.persistent {
		panic(&tensor.Error{Op: op, Msg: "this tape was used already; NewPersistentTape() makes one for several gradients"})
	}
	t.used = true
	opts := []Option{AllowUnused(), func(o *options) { o.anyInput, o.retain = true, t.persistent }}
	if tapes.Load() > 0 && IsGradEnabled() {
		opts = append(opts, CreateGraph())
	}
	return opts
}

// Jacobian returns the derivatives of every element of y with respect to x, of
// shape (shape of y…, shape of x…).
func (t *Tape) Jacobian(y, x *tensor.Tensor) *tensor.Tensor {
	e := evaluation{xs: []*T{x}, mode: append(t.options("Jacobian"), RetainGraph())}
	return e.jacobians(y)[0]
}
