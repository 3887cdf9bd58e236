// Package optim trains parameters: optimizers and learning-rate schedules, with
// PyTorch's names, defaults and order of operations.
package optim

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/gophergrad/gophergrad/autograd"
	"github.com/gophergrad/gophergrad/nn"
	"github.com/gophergrad/gophergrad/tensor"
)

// Optimizer changes parameters by their gradients.
type Optimizer interface {
	// Step changes every parameter that has a gradient.
	Step()
	// ZeroGrad removes the parameters' gradients.
	ZeroGrad()
	// Groups returns the parameter groups, whose settings may be changed.
	Groups() []*Group
	// AddGroup adds parameters with settings of their own.
	AddGroup(params []*tensor.Tensor, opts ...Option)
	// StateDict returns settings and running values, to be saved.
	StateDict() *nn.State
	// LoadStateDict continues from a saved state.
	LoadStateDict(s *nn.State) error
}

// Group is a set of parameters that share their settings.
type Group struct {
	Params    []*tensor.Tensor
	InitialLR float64 // what schedules start from
	Settings
}

// slots are what an optimizer remembers of one parameter.
type slots struct {
	step    int
	tensors map[string]*tensor.Tensor
}

// get returns a running value, zero at first.
func (s *slots) get(name string, p *tensor.Tensor) *tensor.Tensor {
	t := s.tensors[name]
	if t == nil {
		t = tensor.ZerosLike(p)
		s.tensors[name] = t
	}
	return t
}

// base is what optimizers have in common.
type base struct {
	name     string // of the constructor, for errors
	allowed  []string
	defaults Settings
	groups   []*Group
	state    map[*tensor.Tensor]*slots
}

func newBase(name string, params []*tensor.Tensor, defaults Settings, opts []Option, allowed ...string) base {
	b := base{name: name, allowed: append(allowed, "LR", "WeightDecay", "Maximize"), state: map[*tensor.Tensor]*slots{}}
	b.defaults = b.settings(defaults, opts)
	b.AddGroup(params)
	return b
}

// settings applies options to s.
func (b *base) settings(s Settings, opts []Option) Settings {
	for _, o := range opts {
		if !slices.Contains(b.allowed, o.name) {
			fail(b.name, "the option %s does not apply; it takes %s", o.name, strings.Join(b.allowed, ", "))
		}
		o.set(&s)
	}
	if problem := s.problem(); problem != "" {
		fail(b.name, "%s", problem)
	}
	return s
}

// Groups returns the parameter groups, whose settings may be changed.
func (b *base) Groups() []*Group { return b.groups }

// AddGroup adds parameters with settings of their own.
func (b *base) AddGroup(params []*tensor.Tensor, opts ...Option) {
	if len(params) == 0 {
		fail(b.name, "there are no parameters; are the layers fields of the module that nn.Parameters was given?")
	}
	seen := map[*tensor.Tensor]bool{}
	for _, p := range b.params() {
		seen[p] = true
	}
	for i, p := range params {
		switch {
		case p == nil:
			fail(b.name, "parameter %d is nil", i)
		case !p.IsLeaf():
			fail(b.name, "parameter %d of shape %v was computed from others; only leaves can be trained", i, p.Shape())
		case seen[p]:
			fail(b.name, "parameter %d of shape %v is there twice", i, p.Shape())
		}
		seen[p] = true
	}
	s := b.settings(b.defaults, opts)
	b.groups = append(b.groups, &Group{slices.Clone(params), s.LR, s})
}

// String lists the parameter groups with their settings.
func (b *base) String() string {
	var out strings.Builder
	fmt.Fprintf(&out, "%s (\n", strings.TrimPrefix(b.name, "New"))
	for i, g := range b.groups {
		fmt.Fprintf(&out, "Parameter Group %d, %d tensors\n", i, len(g.Params))
		g.numbers(func(name string, v reflect.Value) {
			option := name
			if name == "Beta1" || name == "Beta2" {
				option = "Betas"
			}
			if slices.Contains(b.allowed, option) {
				fmt.Fprintf(&out, "    %s: %v\n", name, v)
			}
		})
	}
	return out.String() + ")"
}

// params returns the parameters of all groups.
func (b *base) params() []*tensor.Tensor {
	var out []*tensor.Tensor
	for _, g := range b.groups {
		out = append(out, g.Params...)
	}
	return out
}

// ZeroGrad removes the parameters' gradients.
func (b *base) ZeroGrad() {
	for _, g := range b.groups {
		for _, p := range g.Params {
			p.SetGrad(nil)
		}
	}
}

// each calls f, without recording, for every parameter that has a gradient, with
// its count of steps raised.
func (b *base) each(f func(g *Group, p, grad *tensor.Tensor, s *slots)) {
	autograd.NoGrad(func() {
		for _, g := range b.groups {
			for _, p := range g.Params {
				grad := p.Grad()
				if grad == nil {
					continue
				}
				s := b.state[p]
				if s == nil {
					s = &slots{tensors: map[string]*tensor.Tensor{}}
					b.state[p] = s
				}
				s.step++
				if g.Maximize {
					grad = grad.Neg()
				}
				f(g, p, grad, s)
			}
		}
	})
}

// decayed returns the gradient of the loss plus WeightDecay/2·p².
func decayed(g *Group, p, grad *tensor.Tensor) *tensor.Tensor {
	if g.WeightDecay == 0 {
		return grad
	}
	return grad.Clone().AddScaledInPlace(p, g.WeightDecay)
}

// fail panics with an error of the named constructor.
func fail(op, format string, args ...any) {
	panic(&tensor.Error{Op: op, Msg: fmt.Sprintf(format, args...)})
}
