package rt

import (
	"fmt"
	"go/token"
	"go/types"
	"iter"
	"reflect"
)

// Functions and methods.

func (v Value) NumMethod() int {
	if !v.IsValid() {
		v.must("NumMethod")
	}
	return v.Type().NumMethod()
}

func (v Value) Method(i int) Value {
	if !v.IsValid() {
		v.must("Method")
	}
	if i < 0 || i >= v.NumMethod() {
		panic("reflect: Method index out of range")
	}
	switch {
	case v.Kind() == reflect.Interface && v.Value.IsNil():
		panic("reflect: Method on nil interface value")
	case v.Kind() == reflect.Interface:
		return v.Elem().MethodByName(v.rt.Reflected(v.Type()).Method(i).Name)
	case v.typ == nil:
		return Value{v.Value.Method(i), nil, v.rt, v.access}
	}
	m := v.typ.methods()[i]
	return v.rt.value(v.typ.bind(m, v.raw()), v.rt.reflectType(m.sig), v.access.inner())
}

func (v Value) MethodByName(name string) Value {
	if !v.IsValid() {
		v.must("MethodByName")
	}
	m, ok := v.rt.Reflected(v.Type()).MethodByName(name)
	if !ok {
		return Value{}
	}
	return v.Method(m.Index)
}

func (v Value) Methods() iter.Seq2[Method, Value] {
	return func(yield func(Method, Value) bool) {
		for i := range v.NumMethod() {
			if !yield(v.rt.Reflected(v.Type()).Method(i), v.Method(i)) {
				return
			}
		}
	}
}

// function gives a method as a function whose first parameter is the receiver.
func (t *cellType) function(m cellMethod) Value {
	params := []*types.Var{types.NewParam(token.NoPos, nil, "", t.box.Go)}
	for p := range m.sig.Params().Variables() {
		params = append(params, p)
	}
	sig := types.NewSignatureType(nil, nil, nil, types.NewTuple(params...), m.sig.Results(), m.sig.Variadic())
	ft := t.rt.reflectType(sig).(*cellType)
	return t.rt.value(reflect.MakeFunc(ft.Type, func(args []reflect.Value) []reflect.Value {
		return callStored(t.bind(m, t.rt.value(args[0], t, open_).raw()), args[1:])
	}), ft, open_)
}

// callStored calls a function with all of its arguments, those of a variadic parameter in a slice.
func callStored(f reflect.Value, args []reflect.Value) []reflect.Value {
	if f.Type().IsVariadic() {
		return f.CallSlice(args)
	}
	return f.Call(args)
}

func (v Value) Call(in []Value) []Value { return v.call("Call", in) }

func (v Value) CallSlice(in []Value) []Value { return v.call("CallSlice", in) }

func (v Value) call(method string, in []Value) []Value {
	v.must(method, reflect.Func)
	v.open(method)
	t := v.Type()
	fixed, spread := t.NumIn(), t.IsVariadic() && method == "Call"
	if spread {
		fixed--
	}
	switch {
	case v.IsNil():
		panic("reflect.Value." + method + ": call of nil function")
	case method == "CallSlice" && !t.IsVariadic():
		panic("reflect: CallSlice of non-variadic function")
	case len(in) < fixed:
		panic("reflect: " + method + " with too few input arguments")
	case len(in) > fixed && !spread:
		panic("reflect: " + method + " with too many input arguments")
	}
	argument := func(x Value, want reflect.Type, mismatch string) reflect.Value {
		if !x.IsValid() {
			panic("reflect: " + method + " using zero Value argument")
		}
		x.open(method)
		if !v.rt.Reflected(x.Type()).AssignableTo(want) {
			panic(fmt.Sprintf("reflect: "+mismatch, method, x.Type(), want))
		}
		return v.rt.assigned(x, want, "")
	}
	args := make([]reflect.Value, t.NumIn())
	for i := range fixed {
		args[i] = argument(in[i], t.In(i), "%s using %s as type %s")
	}
	if spread {
		list, elem := reflect.New(slotOf(t.In(fixed))).Elem(), t.In(fixed).Elem()
		for _, x := range in[fixed:] {
			list = reflect.Append(list, argument(x, elem, "cannot use %[2]s as type %[3]s in %[1]s"))
		}
		args[fixed] = list
	}
	out := callStored(v.raw(), args)
	results := make([]Value, len(out))
	for i, x := range out {
		results[i] = v.rt.value(x, t.Out(i), open_)
	}
	return results
}

// MakeFunc is reflect.MakeFunc.
func (r *Runtime) MakeFunc(t reflect.Type, f func([]Value) []Value) Value {
	if t.Kind() != reflect.Func {
		panic("reflect: call of MakeFunc with non-Func type")
	}
	laidOut := t
	if c, ok := t.(*cellType); ok {
		laidOut = c.Type
	}
	return r.value(reflect.MakeFunc(laidOut, func(args []reflect.Value) []reflect.Value {
		in := make([]Value, len(args))
		for i, x := range args {
			in[i] = r.value(x, t.In(i), open_)
		}
		out := f(in)
		if len(out) != t.NumOut() {
			panic("reflect: wrong return count from function created by MakeFunc")
		}
		results := make([]reflect.Value, len(out))
		for i, x := range out {
			switch {
			case !x.IsValid():
				panic("reflect: function created by MakeFunc using closure returned zero Value")
			case x.access != open_:
				panic("reflect: function created by MakeFunc using closure returned value obtained from unexported field")
			}
			results[i] = r.assigned(x, t.Out(i), "reflect.MakeFunc")
		}
		return results
	}), t, open_)
}
