package nn

import (
	"github.com/gophergrad/gophergrad/autograd"
	"github.com/gophergrad/gophergrad/tensor"
)

// Embedding gives each of a number of indices a learned vector.
type Embedding struct {
	Weight *tensor.Tensor `nn:"parameter"` // (entries × size)

	padding int // the index whose vector is not trained, -1 for none
}

// NewEmbedding returns a table of vectors drawn from N(0, 1). It takes the option
// PaddingIdx.
func NewEmbedding(entries, size int, opts ...Option) *Embedding {
	o := collect("NewEmbedding", options{paddingIdx: -1}, opts, "PaddingIdx")
	if o.paddingIdx < -1 || o.paddingIdx >= entries {
		fail("NewEmbedding", "the padding index %d is none of %d entries", o.paddingIdx, entries)
	}
	e := &Embedding{trained(tensor.Empty(entries, size)), o.paddingIdx}
	InitNormal(e.Weight, 0, 1)
	if e.padding >= 0 {
		autograd.NoGrad(func() { e.Weight.Select(0, e.padding).ZeroInPlace() })
	}
	return e
}

// Forward maps indices of any shape, integers, to (… × size).
func (e *Embedding) Forward(x *tensor.Tensor) *tensor.Tensor {
	if !x.DType().IsInt() {
		failOn("Embedding", []*tensor.Tensor{x}, "the input holds %v; indices are integers", x.DType())
	}
	y := x.Embedding(e.Weight)
	if e.padding >= 0 { // no gradient for the padding
		y = tensor.Where(x.EqScalar(float64(e.padding)).Unsqueeze(-1), y.Detach(), y)
	}
	return y
}

func (e *Embedding) String() string {
	s := []setting{{"", e.Weight.Size(0)}, {"", e.Weight.Size(1)}}
	if e.padding >= 0 {
		s = append(s, setting{"padding_idx", e.padding})
	}
	return line("Embedding", s...)
}
