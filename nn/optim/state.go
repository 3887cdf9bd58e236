package optim

import (
	"fmt"
	"reflect"
	"sort"
	"strings"

	"github.com/gophergrad/gophergrad/autograd"
	"github.com/gophergrad/gophergrad/nn"
	"github.com/gophergrad/gophergrad/tensor"
)

// StateDict returns what the optimizer remembers of the i-th parameter, counted
// through all groups, as "state.i.step", "state.i.exp_avg", …, and the settings
// of group j as "param_groups.j.LR", …. The tensors share the optimizer's
// memory; Clone the state to keep it.
func (b *base) StateDict() *nn.State {
	out := nn.NewState()
	for i, p := range b.params() {
		s := b.state[p]
		if s == nil {
			continue
		}
		prefix := fmt.Sprintf("state.%d.", i)
		out.Set(prefix+"step", tensor.As(tensor.Float64).Scalar(float64(s.step)))
		names := make([]string, 0, len(s.tensors))
		for name := range s.tensors {
			names = append(names, name)
		}
		sort.Strings(names)
		for _, name := range names {
			out.Set(prefix+name, s.tensors[name])
		}
	}
	for j, g := range b.groups {
		g.numbers(func(name string, v reflect.Value) {
			out.Set(fmt.Sprintf("param_groups.%d.%s", j, name), tensor.As(tensor.Float64).Scalar(number(v)))
		})
	}
	return out
}

// LoadStateDict continues from a state of an optimizer of the same kind, with as
// many parameters. If the state does not fit, nothing is changed.
func (b *base) LoadStateDict(s *nn.State) error {
	params := b.params()
	loaded := map[*tensor.Tensor]*slots{}
	for _, it := range s.Items() {
		key, ok := strings.CutPrefix(it.Name, "state.")
		if !ok {
			continue
		}
		var i int
		var name string
		if n, _ := fmt.Sscanf(strings.Replace(key, ".", " ", 1), "%d %s", &i, &name); n != 2 || i < 0 || i >= len(params) {
			return fmt.Errorf("the state holds %s; this optimizer has %d parameters", it.Name, len(params))
		}
		p := params[i]
		if loaded[p] == nil {
			loaded[p] = &slots{tensors: map[string]*tensor.Tensor{}}
		}
		if name == "step" {
			loaded[p].step = int(it.Tensor.Item())
			continue
		}
		if fmt.Sprint(it.Tensor.Shape()) != fmt.Sprint(p.Shape()) {
			return fmt.Errorf("%s has shape %v, the parameter %v", it.Name, it.Tensor.Shape(), p.Shape())
		}
		loaded[p].tensors[name] = it.Tensor
	}
	for j, g := range b.groups {
		var missing string
		g.numbers(func(name string, _ reflect.Value) {
			if full := fmt.Sprintf("param_groups.%d.%s", j, name); s.Get(full) == nil {
				missing = full
			}
		})
		if missing != "" {
			return fmt.Errorf("the state lacks %s", missing)
		}
	}
	for j, g := range b.groups {
		g.numbers(func(name string, v reflect.Value) {
			x := s.Get(fmt.Sprintf("param_groups.%d.%s", j, name)).Item()
			if v.Kind() == reflect.Bool {
				v.SetBool(x != 0)
			} else {
				v.SetFloat(x)
			}
		})
	}
	autograd.NoGrad(func() {
		for p, l := range loaded {
			for name, t := range l.tensors {
				l.tensors[name] = t.Cast(p.DType()).Clone()
			}
		}
	})
	b.state = loaded
	return nil
}

// numbers calls f with every number and switch of a group.
func (g *Group) numbers(f func(name string, v reflect.Value)) {
	f("InitialLR", reflect.ValueOf(&g.InitialLR).Elem())
	s := reflect.ValueOf(&g.Settings).Elem()
	for i := range s.NumField() {
		f(s.Type().Field(i).Name, s.Field(i))
	}
}

func number(v reflect.Value) float64 {
	if v.Kind() == reflect.Bool {
		if v.Bool() {
			return 1
		}
		return 0
	}
	return v.Float()
}
