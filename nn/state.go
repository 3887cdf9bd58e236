package nn

import (
	"errors"
	"fmt"
	"strings"

	"github.com/gophergrad/gophergrad/autograd"
	"github.com/gophergrad/gophergrad/tensor"
)

// State is an ordered set of named tensors: what a module or an optimizer
// remembers.
type State struct {
	items []Named
	index map[string]int
}

// NewState returns a state with the given tensors.
func NewState(items ...Named) *State {
	s := &State{index: map[string]int{}}
	for _, it := range items {
		s.Set(it.Name, it.Tensor)
	}
	return s
}

// Items returns the tensors in order.
func (s *State) Items() []Named { return append([]Named{}, s.items...) }

// Len returns the number of tensors.
func (s *State) Len() int { return len(s.items) }

// Get returns the tensor of a name, nil if there is none.
func (s *State) Get(name string) *tensor.Tensor {
	if i, ok := s.index[name]; ok {
		return s.items[i].Tensor
	}
	return nil
}

// Set adds a tensor or replaces the one of this name.
func (s *State) Set(name string, t *tensor.Tensor) {
	if i, ok := s.index[name]; ok {
		s.items[i].Tensor = t
		return
	}
	s.index[name] = len(s.items)
	s.items = append(s.items, Named{name, t})
}

// Clone returns a copy that later training does not change.
func (s *State) Clone() *State {
	c := NewState()
	for _, it := range s.items {
		c.Set(it.Name, it.Tensor.Clone())
	}
	return c
}

// String lists names, shapes and dtypes.
func (s *State) String() string {
	var b strings.Builder
	for _, it := range s.items {
		fmt.Fprintf(&b, "%s %v %v\n", it.Name, it.Tensor.Shape(), it.Tensor.DType())
	}
	return b.String()
}

// StateDict returns the parameters and buffers of a module and its submodules,
// in PyTorch's order. The tensors share the module's memory; Clone the state to
// keep it.
func StateDict(m any) *State {
	s := NewState()
	inspect(m).state("", s)
	return s
}

// state adds a module's parameters, its buffers, then its submodules' state.
func (n *node) state(prefix string, s *State) {
	own := n.tensors[parameter]
	if parametersOf(n.module) != nil {
		own = n.named("", parameter)
	}
	for _, t := range append(append([]Named{}, own...), n.tensors[buffer]...) {
		s.Set(prefix+t.Name, t.Tensor.Detach())
	}
	for _, c := range n.children {
		c.state(prefix+c.name+".", s)
	}
}

// LoadStateDict copies a state into a module's tensors. Names that are missing
// or unexpected and shapes that differ are the error, and nothing is copied.
func LoadStateDict(m any, s *State) error {
	if s == nil {
		return errors.New("there is no state; what should have loaded it returned an error too, which says why")
	}
	own := StateDict(m)
	var problems []string
	for _, it := range own.items {
		switch from := s.Get(it.Name); {
		case from == nil:
			problems = append(problems, "missing "+it.Name)
		case fmt.Sprint(from.Shape()) != fmt.Sprint(it.Tensor.Shape()):
			problems = append(problems, fmt.Sprintf("%s has shape %v, the module's has %v", it.Name, from.Shape(), it.Tensor.Shape()))
		}
	}
	for _, it := range s.items {
		if own.Get(it.Name) == nil {
			problems = append(problems, "unexpected "+it.Name)
		}
	}
	if problems != nil {
		return fmt.Errorf("the state does not fit %s: %s", inspect(m).typeName, strings.Join(problems, "; "))
	}
	autograd.NoGrad(func() {
		for _, it := range own.items {
			it.Tensor.CopyInPlace(s.Get(it.Name))
		}
	})
	return nil
}
