package rt

import (
	"iter"
	"reflect"
)

// Seq is v.Seq.
func (v Value) Seq() iter.Seq[Value] {
	t := v.Type()
	switch kind := v.Kind(); {
	case kind == reflect.Func && t.CanSeq():
		return func(yield func(Value) bool) {
			v.Call([]Value{v.rt.MakeFunc(t.In(0), func(in []Value) []Value { return []Value{v.rt.ValueOf(yield(in[0]))} })})
		}
	case v.CanInt() || v.CanUint():
		return func(yield func(Value) bool) {
			last := v.Convert(reflect.TypeFor[int]()).Int()
			for i := range last {
				if !yield(v.rt.ValueOf(i).Convert(t)) {
					return
				}
			}
		}
	case kind == reflect.Chan && t.CanSeq():
		return func(yield func(Value) bool) {
			for x, ok := v.Recv(); ok && yield(x); x, ok = v.Recv() {
			}
		}
	case t.CanSeq2() && kind != reflect.Func:
		return func(yield func(Value) bool) {
			v.Seq2()(func(key, _ Value) bool { return yield(key) })
		}
	}
	panic("reflect: " + t.String() + " cannot produce iter.Seq[Value]")
}

// Seq2 is v.Seq2.
func (v Value) Seq2() iter.Seq2[Value, Value] {
	t := v.Type()
	switch kind := v.Kind(); {
	case !t.CanSeq2():
		panic("reflect: " + t.String() + " cannot produce iter.Seq2[Value, Value]")
	case kind == reflect.Func:
		return func(yield func(Value, Value) bool) {
			v.Call([]Value{v.rt.MakeFunc(t.In(0), func(in []Value) []Value { return []Value{v.rt.ValueOf(yield(in[0], in[1]))} })})
		}
	case kind == reflect.Map:
		return func(yield func(Value, Value) bool) {
			for i := v.MapRange(); i.Next() && yield(i.Key(), i.Value()); {
			}
		}
	case kind == reflect.String:
		return func(yield func(Value, Value) bool) {
			for i, c := range v.String() {
				if !yield(v.rt.ValueOf(i), v.rt.ValueOf(c)) {
					return
				}
			}
		}
	}
	return func(yield func(Value, Value) bool) {
		list := Indirect(v)
		for i := range list.Len() {
			if !yield(v.rt.ValueOf(i), list.Index(i)) {
				return
			}
		}
	}
}
