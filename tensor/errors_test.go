package tensor

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
)

// hostile are arguments that most methods must refuse, by type.
func hostile(typ reflect.Type) []any {
	switch typ.Kind() {
	case reflect.Int:
		return []any{0, 1, -1, 99, -99, math.MinInt}
	case reflect.Float64:
		return []any{0.0, -1.5, 1.0}
	case reflect.Bool:
		return []any{true, false}
	case reflect.String:
		return []any{"", "nonsense", "(a b) ... -> a b ..."}
	case reflect.Slice:
		switch typ.Elem().Kind() {
		case reflect.Int:
			return []any{[]int{}, []int{99}, []int{0, 0}, []int{-1, 3, -7}}
		case reflect.Float64:
			return []any{[]float64{}, []float64{1}}
		case reflect.String:
			return []any{[]string{}, []string{"nonsense"}}
		case reflect.Bool:
			return []any{[]bool{}, []bool{true}}
		case reflect.Map:
			return []any{[]map[string]int{}, []map[string]int{{"a": 0}}}
		}
	case reflect.Struct:
		if typ == reflect.TypeFor[FFTOptions]() {
			return []any{FFTOptions{}, FFTOptions{Dims: []int{99}}, FFTOptions{Sizes: []int{-9}}, FFTOptions{Sizes: []int{1, 2, 3}, Norm: "nonsense"}, FFTOptions{Dims: []int{0, 0}}}
		}
	case reflect.Pointer:
		if typ == reflect.TypeFor[*Tensor]() {
			return []any{Scalar(2), Ones(3), Ones(2, 3), Ones(4, 5, 6), Zeros(0, 3), Of([]int{1, -9, 50}), Of([]bool{true, false}), Of([]complex128{1, 2i}), Full(math.NaN(), 3, 3)}
		}
	}
	return nil
}

// combinations returns arguments for every parameter, all pairs of extremes
// rather than the full product.
func combinations(f reflect.Type) [][]reflect.Value {
	lists := [][]any{}
	for i := 1; i < f.NumIn(); i++ {
		typ := f.In(i)
		if f.IsVariadic() && i == f.NumIn()-1 && typ.Elem() == reflect.TypeFor[*Tensor]() {
			return nil
		}
		list := hostile(typ)
		if list == nil {
			return nil
		}
		lists = append(lists, list)
	}
	var out [][]reflect.Value
	for shift := range 40 {
		var args []reflect.Value
		for i, list := range lists {
			args = append(args, reflect.ValueOf(list[(shift*(i+1)+shift/8*i)%len(list)]))
		}
		out = append(out, args)
		if len(lists) == 0 {
			break
		}
	}
	return out
}

// Whatever a method of Tensor is called with, it returns or panics with an *Error
// that says who failed and why: never with Go's own errors.
func TestMethodsFailClearly(t *testing.T) {
	typ := reflect.TypeFor[*Tensor]()
	skip := map[string]bool{"Backward": true, "RegisterHook": true, "All": true, "SetGrad": true}
	for i := range typ.NumMethod() {
		m := typ.Method(i)
		if skip[m.Name] {
			continue
		}
		t.Run(m.Name, func(t *testing.T) {
			seen := map[string]bool{}
			for _, args := range combinations(m.Type) {
				for _, x := range hostile(typ) {
					what := describeCall(m.Name, x.(*Tensor), args)
					err := func() (err error) {
						defer func() {
							if r := recover(); r != nil {
								var e *Error
								if re, ok := r.(error); !ok || !errors.As(re, &e) {
									err = fmt.Errorf("panics with %T %v", r, r)
								} else if e.Op != m.Name || len(e.Msg) < 8 {
									err = fmt.Errorf("panics with the poor error %q", e)
								}
							}
						}()
						in := append([]reflect.Value{reflect.ValueOf(x.(*Tensor).cloneData())}, args...)
						if m.Type.IsVariadic() {
							m.Func.CallSlice(in)
						} else {
							m.Func.Call(in)
						}
						return nil
					}()
					if err != nil && !seen[err.Error()] {
						seen[err.Error()] = true
						t.Errorf("%s %v", what, err)
					}
				}
			}
		})
	}
}

func describeCall(name string, x *Tensor, args []reflect.Value) string {
	var parts []string
	for _, a := range args {
		if y, ok := a.Interface().(*Tensor); ok {
			parts = append(parts, fmt.Sprintf("%v%v", y.dtype, y.shape))
		} else {
			parts = append(parts, fmt.Sprint(a.Interface()))
		}
	}
	return fmt.Sprintf("%v%v.%s(%s)", x.dtype, x.shape, name, strings.Join(parts, ", "))
}
