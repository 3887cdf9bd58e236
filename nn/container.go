package nn

import (
	"reflect"
	"strconv"

	"github.com/gophergrad/gophergrad/tensor"
)

// Sequential passes its input through modules, one after the other.
type Sequential struct{ modules []Module }

// NewSequential chains modules.
func NewSequential(modules ...Module) *Sequential {
	for i, m := range modules {
		if m == nil {
			fail("NewSequential", "module %d is nil", i)
		}
	}
	return &Sequential{modules}
}

// Forward returns the last module's result.
func (s *Sequential) Forward(x *tensor.Tensor) *tensor.Tensor {
	for _, m := range s.modules {
		x = m.Forward(x)
	}
	return x
}

// Append adds a module at the end and returns s.
func (s *Sequential) Append(m Module) *Sequential {
	s.modules = append(s.modules, m)
	return s
}

// Len returns the number of modules.
func (s *Sequential) Len() int { return len(s.modules) }

// At returns the i-th module; -1 is the last.
func (s *Sequential) At(i int) Module {
	if i < 0 {
		i += len(s.modules)
	}
	if i < 0 || i >= len(s.modules) {
		fail("Sequential.At", "index %d is out of range for %d modules", i, len(s.modules))
	}
	return s.modules[i]
}

// Parts names the modules by their position: parameters are "0.weight", ….
func (s *Sequential) Parts() (string, []reflect.StructField, []reflect.Value) {
	fields := make([]reflect.StructField, len(s.modules))
	values := make([]reflect.Value, len(s.modules))
	for i, m := range s.modules {
		fields[i].Name = strconv.Itoa(i)
		values[i] = reflect.ValueOf(m)
	}
	return "Sequential", fields, values
}

// Method serves [Composite].
func (s *Sequential) Method(name string) any {
	if name == "Forward" {
		return s.Forward
	}
	return nil
}

func (s *Sequential) String() string { return inspect(s).tree() }
