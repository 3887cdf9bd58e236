package nn

import (
	"math"

	"github.com/gophergrad/gophergrad/autograd"
	"github.com/gophergrad/gophergrad/tensor"
)

// ScaledDotProductAttention returns softmax(q·kᵀ/√d + mask)·v and the softmax,
// for q of shape (… × target × d), k (… × source × d) and v (… × source × e)
// (Vaswani et al. 2017). A mask broadcasts to (… × target × source): Bool where
// attention is forbidden, or numbers to add; nil for none.
func ScaledDotProductAttention(q, k, v, mask *tensor.Tensor) (y, weights *tensor.Tensor) {
	weights = attentionWeights(q, k, mask)
	return weights.MatMul(v), weights
}

func attentionWeights(q, k, mask *tensor.Tensor) *tensor.Tensor {
	scores := q.MulScalar(1 / math.Sqrt(float64(q.Size(-1)))).MatMul(k.MT())
	switch {
	case mask == nil:
	case mask.DType() == tensor.Bool:
		scores = scores.MaskedFill(mask, math.Inf(-1))
	default:
		scores = scores.Add(mask)
	}
	return scores.Softmax(-1)
}

// CausalMask returns an n×n mask that forbids each position to attend to later
// ones.
func CausalMask(n int) *tensor.Tensor {
	at := tensor.Arange(0, float64(n), 1)
	return at.Unsqueeze(0).Gt(at.Unsqueeze(1))
}

// MultiheadAttention attends with several heads, each in a subspace (Vaswani et
// al. 2017).
type MultiheadAttention struct {
	Mode
	InProjWeight *tensor.Tensor `nn:"parameter"` // (3·size × size): queries, keys, values
	InProjBias   *tensor.Tensor `nn:"parameter"` // (3·size), or nil
	OutProj      *Linear

	heads      int
	dropout    float64
	batchFirst bool
}

// NewMultiheadAttention returns a layer over vectors of a size, which the heads
// share. It takes the options Bias, DropoutRate and BatchFirst.
func NewMultiheadAttention(size, heads int, opts ...Option) *MultiheadAttention {
	o := collect("NewMultiheadAttention", options{bias: true}, opts, "Bias", "DropoutRate", "BatchFirst")
	if heads < 1 || size < 1 || size%heads != 0 {
		fail("NewMultiheadAttention", "vectors of size %d do not split among %d heads", size, heads)
	}
	checkShare("NewMultiheadAttention", o.dropout)
	m := &MultiheadAttention{InProjWeight: trained(tensor.Empty(3*size, size)), OutProj: NewLinear(size, size, Bias(o.bias)),
		heads: heads, dropout: o.dropout, batchFirst: o.batchFirst}
	InitXavierUniform(m.InProjWeight, 1)
	if o.bias {
		m.InProjBias = trained(tensor.Zeros(3 * size))
		autograd.NoGrad(func() { m.OutProj.Bias.ZeroInPlace() })
	}
	return m
}

// Forward lets a sequence (time × batch × size) attend to itself.
func (m *MultiheadAttention) Forward(x *tensor.Tensor) *tensor.Tensor {
	y, _ := m.Attend(x, x, x, nil)
	return y
}

// Attend lets query (target × batch × size) attend to key and value (source ×
// batch × size), with the batch first if so set, and returns the result and the
// heads' mean weights (batch × target × source). The mask is that of
// [ScaledDotProductAttention], for (batch × heads × target × source).
func (m *MultiheadAttention) Attend(query, key, value, mask *tensor.Tensor) (y, weights *tensor.Tensor) {
	size := m.InProjWeight.Size(1)
	for _, x := range []*tensor.Tensor{query, key, value} {
		if x.Dim() != 3 || x.Size(2) != size {
			failOn("MultiheadAttention", []*tensor.Tensor{query, key, value}, "an input has shape %v; it must have 3 dimensions, the last of size %d", x.Shape(), size)
		}
	}
	q, k, v := m.project(query, 0), m.project(key, 1), m.project(value, 2)
	weights = attentionWeights(q, k, mask)
	used := weights
	if m.dropout > 0 && m.Training() {
		used = weights.Dropout(m.dropout)
	}
	y = used.MatMul(v) // (batch × heads × target × size/heads)
	y = m.OutProj.Forward(y.Transpose(1, 2).Flatten(2, -1))
	if !m.batchFirst {
		y = y.Transpose(0, 1)
	}
	return y, weights.Mean(1)
}

// project returns the i-th projection of x as (batch × heads × time × size/heads).
func (m *MultiheadAttention) project(x *tensor.Tensor, i int) *tensor.Tensor {
	size := m.InProjWeight.Size(1)
	var bias *tensor.Tensor
	if m.InProjBias != nil {
		bias = m.InProjBias.Narrow(0, i*size, size)
	}
	x = x.Linear(m.InProjWeight.Narrow(0, i*size, size), bias)
	if !m.batchFirst {
		x = x.Transpose(0, 1)
	}
	return x.Unflatten(2, m.heads, -1).Transpose(1, 2)
}
