// Package data feeds networks: datasets, transforms of their examples, and
// loaders that make batches, in the background if asked for.
package data

import (
	"fmt"

	"github.com/gophergrad/gophergrad/tensor"
)

// Dataset is a list of examples.
type Dataset interface {
	// Len returns the number of examples.
	Len() int
	// Get returns the input and the target of example i. Loaders with workers call
	// it from several goroutines.
	Get(i int) (input, target *tensor.Tensor)
}

// TensorDataset holds inputs and targets as tensors, whose first dimension
// counts the examples.
type TensorDataset struct{ inputs, targets *tensor.Tensor }

// NewTensorDataset returns the dataset of two tensors of equally many examples.
func NewTensorDataset(inputs, targets *tensor.Tensor) *TensorDataset {
	if inputs.Dim() == 0 || targets.Dim() == 0 || inputs.Size(0) != targets.Size(0) {
		fail("NewTensorDataset", "inputs of shape %v and targets of shape %v; their first sizes must be equal", inputs.Shape(), targets.Shape())
	}
	return &TensorDataset{inputs, targets}
}

// Len returns the number of examples.
func (d *TensorDataset) Len() int { return d.inputs.Size(0) }

// Get returns example i.
func (d *TensorDataset) Get(i int) (input, target *tensor.Tensor) {
	return d.inputs.Select(0, i), d.targets.Select(0, i)
}

// Subset is a choice of a dataset's examples.
type Subset struct {
	from    Dataset
	indices []int
}

// NewSubset returns the examples of d at the given indices.
func NewSubset(d Dataset, indices []int) *Subset {
	for _, i := range indices {
		if i < 0 || i >= d.Len() {
			fail("NewSubset", "index %d is out of range for %d examples", i, d.Len())
		}
	}
	return &Subset{d, append([]int{}, indices...)}
}

// Len returns the number of examples.
func (s *Subset) Len() int { return len(s.indices) }

// Get returns the example at the i-th index.
func (s *Subset) Get(i int) (input, target *tensor.Tensor) { return s.from.Get(s.indices[i]) }

// RandomSplit divides a dataset at random into parts of the given lengths, which
// add up to its own.
func RandomSplit(d Dataset, lengths ...int) []*Subset {
	sum := 0
	for _, n := range lengths {
		sum += n
	}
	if sum != d.Len() {
		fail("RandomSplit", "lengths %v add up to %d; there are %d examples", lengths, sum, d.Len())
	}
	order := permutation(d.Len())
	parts := make([]*Subset, len(lengths))
	for i, n := range lengths {
		parts[i] = NewSubset(d, order[:n])
		order = order[n:]
	}
	return parts
}

// permutation draws an order of n indices from the default generator.
func permutation(n int) []int {
	order := make([]int, n)
	for i, v := range tensor.RandPerm(n).Int64s() {
		order[i] = int(v)
	}
	return order
}

// concat is several datasets, one after the other.
type concat []Dataset

// Concat joins datasets.
func Concat(sets ...Dataset) Dataset { return concat(sets) }

func (c concat) Len() int {
	n := 0
	for _, d := range c {
		n += d.Len()
	}
	return n
}

func (c concat) Get(i int) (input, target *tensor.Tensor) {
	at := i
	for _, d := range c {
		if at < d.Len() {
			return d.Get(at)
		}
		at -= d.Len()
	}
	fail("Concat.Get", "index %d is out of range for %d examples", i, c.Len())
	return nil, nil
}

func fail(op, format string, args ...any) {
	panic(&tensor.Error{Op: op, Msg: fmt.Sprintf(format, args...)})
}
