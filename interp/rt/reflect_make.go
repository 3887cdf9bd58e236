package rt

import (
	"fmt"
	"math/rand"
	"reflect"
	"testing/quick"
	"unsafe"
)

// The functions of package reflect that make values.

// Reflect gives the symbols of package reflect that cells have in place of its own.
func (r *Runtime) Reflect() map[string]any {
	return map[string]any{
		"Value": (*Value)(nil), "Method": (*Method)(nil), "MapIter": (*MapIter)(nil), "SelectCase": (*SelectCase)(nil),
		"TypeOf": r.TypeOf, "ValueOf": r.ValueOf, "Zero": r.Zero, "New": r.New, "NewAt": r.NewAt, "SliceAt": r.SliceAt, "Indirect": Indirect,
		"PointerTo": r.PointerTo, "PtrTo": r.PointerTo, "SliceOf": r.SliceOf, "ArrayOf": r.ArrayOf, "ChanOf": r.ChanOf,
		"MapOf": r.MapOf, "FuncOf": r.FuncOf, "StructOf": r.StructOf,
		"MakeSlice": r.MakeSlice, "MakeMap": r.MakeMap, "MakeMapWithSize": r.MakeMapWithSize, "MakeChan": r.MakeChan,
		"MakeFunc": r.MakeFunc, "Append": Append, "AppendSlice": AppendSlice, "Copy": Copy, "Swapper": Swapper,
		"Select": r.SelectValues, "DeepEqual": r.DeepEqual,
	}
}

func (r *Runtime) Zero(t reflect.Type) Value {
	if t == nil {
		panic("reflect: Zero(nil)")
	}
	Size(1, int(t.Size()))
	return r.value(reflect.Zero(slotOf(t)), t, open_)
}

func (r *Runtime) New(t reflect.Type) Value {
	if t == nil {
		panic("reflect: New(nil)")
	}
	Size(1, int(t.Size()))
	return r.value(reflect.New(slotOf(t)), r.PointerTo(t), open_)
}

func (r *Runtime) NewAt(t reflect.Type, p unsafe.Pointer) Value {
	return r.value(reflect.NewAt(slotOf(t), p), r.PointerTo(t), open_)
}

func (r *Runtime) SliceAt(t reflect.Type, p unsafe.Pointer, n int) Value {
	return r.value(reflect.SliceAt(slotOf(t), p, n), r.SliceOf(t), open_)
}

// QuickValue is quick.Value, which does not know the types of cells.
func (r *Runtime) QuickValue(t reflect.Type, random *rand.Rand) (Value, bool) {
	if ofCells(t) {
		r.refuse("quick.Value of a %s, which a cell defines (make the value yourself)", t)
	}
	v, ok := quick.Value(t, random)
	return r.value(v, nil, open_), ok
}

// make makes a value of type t, which has to be of a kind.
func (r *Runtime) make(t reflect.Type, kind reflect.Kind, name string, made func(reflect.Type) reflect.Value) Value {
	if t.Kind() != kind {
		panic(fmt.Sprintf("reflect.%s of non-%s type", name, kind))
	}
	laidOut := t
	if c, ok := t.(*cellType); ok {
		laidOut = c.Type
	}
	return r.value(made(laidOut), t, open_)
}

func (r *Runtime) MakeSlice(t reflect.Type, length, capacity int) Value {
	return r.make(t, reflect.Slice, "MakeSlice", func(t reflect.Type) reflect.Value {
		if length >= 0 && capacity >= length {
			Size(capacity, int(t.Elem().Size()))
		}
		return reflect.MakeSlice(t, length, capacity)
	})
}

func (r *Runtime) MakeMap(t reflect.Type) Value {
	return r.make(t, reflect.Map, "MakeMapWithSize", reflect.MakeMap)
}

func (r *Runtime) MakeMapWithSize(t reflect.Type, n int) Value {
	return r.make(t, reflect.Map, "MakeMapWithSize", func(t reflect.Type) reflect.Value {
		return reflect.MakeMapWithSize(t, Size(n, int(t.Key().Size()+t.Elem().Size())))
	})
}

func (r *Runtime) MakeChan(t reflect.Type, buffer int) Value {
	return r.make(t, reflect.Chan, "MakeChan", func(t reflect.Type) reflect.Value {
		if buffer >= 0 {
			Size(buffer, int(t.Elem().Size()))
		}
		return reflect.MakeChan(t, buffer)
	})
}

// Indirect is reflect.Indirect.
func Indirect(v Value) Value {
	if v.Kind() != reflect.Pointer {
		return v
	}
	return v.Elem()
}

// Append is reflect.Append.
func Append(s Value, values ...Value) Value {
	s.must("", reflect.Slice)
	s.open("")
	list := s.raw()
	for _, x := range values {
		x.open("Set")
		list = reflect.Append(list, s.rt.assigned(x, s.Type().Elem(), "reflect.Set"))
	}
	return s.rt.value(list, s.Type(), open_)
}

// AppendSlice is reflect.AppendSlice.
func AppendSlice(s, t Value) Value {
	s.must("", reflect.Slice)
	t.must("", reflect.Slice)
	if a, b := s.Type().Elem(), t.Type().Elem(); a != b {
		panic(fmt.Sprintf("reflect.AppendSlice: %s != %s", a, b))
	}
	s.open("")
	t.open("")
	return s.rt.value(reflect.AppendSlice(s.raw(), t.raw()), s.Type(), open_)
}

// Copy is reflect.Copy.
func Copy(dst, src Value) int {
	dst.open("")
	src.open("")
	if d, s := dst.Type().Elem(), src.Type(); src.Kind() != reflect.String && d != s.Elem() {
		panic(fmt.Sprintf("reflect.Copy: %s != %s", d, s.Elem()))
	}
	return reflect.Copy(dst.raw(), src.raw())
}

// Swapper is reflect.Swapper.
func Swapper(slice any) func(i, j int) { return reflect.Swapper(Unboxed(slice)) }

// DeepEqual is reflect.DeepEqual.
func (r *Runtime) DeepEqual(a, b any) bool {
	defer r.Lend(a, b)()
	return reflect.DeepEqual(a, b)
}
