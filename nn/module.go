package nn

import (
	"reflect"
	"strconv"

	"github.com/gophergrad/gophergrad/tensor"
)

// Module is a layer or a network of one input. Networks of more inputs are
// structs with another Forward; the functions of this package take them too.
type Module interface {
	Forward(x *tensor.Tensor) *tensor.Tensor
}

// Named is a tensor with its name in a module, such as "conv1.weight".
type Named struct {
	Name   string
	Tensor *tensor.Tensor
}

// Mode says whether a module trains or is evaluated. Embed it in a module that
// behaves differently in the two, as Dropout does; [Train] and [Eval] set it.
// The zero value trains.
type Mode struct{ eval bool }

// Training reports whether the module trains.
func (m *Mode) Training() bool { return !m.eval }

// SetTraining switches between training and evaluation.
func (m *Mode) SetTraining(on bool) { m.eval = !on }

// NamedParameters returns the parameters of a module and its submodules, each
// once: the tensors that are tagged `nn:"parameter"` or that require a gradient
// and are leaves. A module with a method Parameters() []*tensor.Tensor says
// itself which they are.
//
// Names are field names joined by dots; an exported name is spelled as in
// PyTorch, RunningMean as running_mean. Elements of slices are named by their
// index, those of maps by their key. What an embedded module holds is named as
// if the outer one held it.
func NamedParameters(m any) []Named { return unique(inspect(m).named("", parameter)) }

// Parameters returns the tensors of [NamedParameters].
func Parameters(m any) []*tensor.Tensor { return tensors(NamedParameters(m)) }

// NamedBuffers returns the tensors tagged `nn:"buffer"`: state that is saved
// with a module but not trained.
func NamedBuffers(m any) []Named { return unique(inspect(m).named("", buffer)) }

// Buffers returns the tensors of [NamedBuffers].
func Buffers(m any) []*tensor.Tensor { return tensors(NamedBuffers(m)) }

func tensors(named []Named) []*tensor.Tensor {
	out := make([]*tensor.Tensor, len(named))
	for i, n := range named {
		out[i] = n.Tensor
	}
	return out
}

func unique(named []Named) []Named {
	seen := make(map[*tensor.Tensor]bool, len(named))
	out := named[:0]
	for _, n := range named {
		if !seen[n.Tensor] {
			seen[n.Tensor] = true
			out = append(out, n)
		}
	}
	return out
}

// NumParameters returns how many numbers the parameters of m hold.
func NumParameters(m any) int {
	n := 0
	for _, p := range Parameters(m) {
		n += p.NumEl()
	}
	return n
}

// ZeroGrad removes the gradients of m's parameters.
func ZeroGrad(m any) {
	for _, p := range Parameters(m) {
		p.SetGrad(nil)
	}
}

// SetRequiresGrad makes m's parameters collect gradients, or freezes them. Keep
// the list that Parameters returned to unfreeze tensors that are not tagged.
func SetRequiresGrad(m any, on bool) {
	for _, p := range Parameters(m) {
		p.SetRequiresGrad(on)
	}
}

// Train sets m and its submodules to training, those that have a method
// SetTraining(bool) or embed a [Mode], and returns m's description.
func Train(m any) string { return setTraining(m, true) }

// Eval sets m and its submodules to evaluation and returns m's description:
// Dropout does nothing, BatchNorm uses its running statistics.
func Eval(m any) string { return setTraining(m, false) }

func setTraining(m any, on bool) string {
	root := inspect(m)
	root.apply("", func(_ string, n *node) {
		for _, m := range append(n.embedded, n.module) {
			if t, ok := m.(interface{ SetTraining(bool) }); ok {
				t.SetTraining(on)
			} else if c, ok := m.(Composite); ok {
				if set, ok := c.Method("SetTraining").(func(bool)); ok {
					set(on)
				}
			}
		}
	})
	return root.String()
}

// Apply calls f with every submodule of m and its name, and at last with m
// itself, named "".
func Apply(m any, f func(name string, module any)) {
	inspect(m).apply("", func(name string, n *node) {
		if n.isModule {
			f(name, n.module)
		}
	})
}

// parametersOf returns the method by which a module names its parameters
// itself, nil if it has none.
func parametersOf(m any) func() []*tensor.Tensor {
	if p, ok := m.(interface{ Parameters() []*tensor.Tensor }); ok {
		return p.Parameters
	}
	if c, ok := m.(Composite); ok {
		f, _ := c.Method("Parameters").(func() []*tensor.Tensor)
		return f
	}
	return nil
}

// HasParams reports whether m names its parameters itself, by a method
// Parameters() []*tensor.Tensor.
func HasParams(m any) bool { return parametersOf(m) != nil }

// LinearFields lists the fields of m that are declared as *Linear, whether
// they are set or not.
func LinearFields(m any) []string {
	var fields []reflect.StructField
	if c, ok := m.(Composite); ok {
		_, fields, _ = c.Parts()
	} else if t := reflect.Indirect(reflect.ValueOf(m)); t.Kind() == reflect.Struct {
		fields = reflect.VisibleFields(t.Type())
	}
	var names []string
	for _, f := range fields {
		if f.Type == reflect.TypeFor[*Linear]() {
			names = append(names, f.Name)
		}
	}
	return names
}

// Holder holds a module and named ones; it is no module itself.
type Holder struct {
	Mod  Module
	Mods map[string]Module
}

// ownNames gives the tensors that a module's Parameters method returned the
// names under which they are found in its fields, else their index.
func ownNames(own []*tensor.Tensor, fields []Named) []Named {
	out := make([]Named, len(own))
	for i, t := range own {
		out[i] = Named{strconv.Itoa(i), t}
		for _, f := range fields {
			if f.Tensor == t {
				out[i].Name = f.Name
				break
			}
		}
	}
	return out
}
