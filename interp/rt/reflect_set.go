package rt

import (
	"reflect"
	"unsafe"
)

func (v Value) CanSet() bool { return v.access == open_ && v.Value.CanSet() }

// change applies an operation to the variable.
func (v Value) change(method string, operation func(reflect.Value)) {
	v.open(method)
	if !v.hides() {
		operation(v.Value)
		return
	}
	x := reflect.New(v.typ.Type).Elem()
	x.Set(v.raw())
	operation(x)
	v.store(x)
}

// store puts what the interpreter lays out into the variable.
func (v Value) store(x reflect.Value) {
	if v.hides() {
		if held := Field(x.Interface()); held == nil {
			v.Value.SetZero()
			return
		}
	}
	v.Value.Set(x)
}

func (v Value) Set(x Value) {
	v.open("Set")
	x.open("Set")
	if !v.CanSet() {
		v.Value.Set(v.Value)
	}
	v.store(v.rt.assigned(x, v.Type(), "reflect.Set"))
}

func (v Value) SetZero() { v.change("SetZero", reflect.Value.SetZero) }
func (v Value) Clear()   { v.change("Clear", func(s reflect.Value) { v.rt.Clear(s.Interface()) }) }

func (v Value) SetBool(x bool)     { v.change("SetBool", func(s reflect.Value) { s.SetBool(x) }) }
func (v Value) SetInt(x int64)     { v.change("SetInt", func(s reflect.Value) { s.SetInt(x) }) }
func (v Value) SetUint(x uint64)   { v.change("SetUint", func(s reflect.Value) { s.SetUint(x) }) }
func (v Value) SetFloat(x float64) { v.change("SetFloat", func(s reflect.Value) { s.SetFloat(x) }) }
func (v Value) SetComplex(x complex128) {
	v.change("SetComplex", func(s reflect.Value) { s.SetComplex(x) })
}
func (v Value) SetString(x string) { v.change("SetString", func(s reflect.Value) { s.SetString(x) }) }
func (v Value) SetBytes(x []byte)  { v.change("SetBytes", func(s reflect.Value) { s.SetBytes(x) }) }
func (v Value) SetLen(n int)       { v.change("SetLen", func(s reflect.Value) { s.SetLen(n) }) }
func (v Value) SetCap(n int)       { v.change("SetCap", func(s reflect.Value) { s.SetCap(n) }) }
func (v Value) Grow(n int) {
	v.must("Grow", reflect.Slice)
	if n >= 0 {
		Size(v.Len()+n, int(v.raw().Type().Elem().Size()))
	}
	v.change("Grow", func(s reflect.Value) { s.Grow(n) })
}
func (v Value) SetPointer(x unsafe.Pointer) {
	v.change("SetPointer", func(s reflect.Value) { s.SetPointer(x) })
}

// Maps.

// use announces what the goroutine does with a map until the returned function is called.
func (v Value) use(m reflect.Value, writes bool) (left func()) {
	if !*v.rt.shared || m.IsNil() {
		return func() {}
	}
	v.rt.announce(m.Pointer(), writes, raceReadWrite)
	return v.rt.Left
}

func (v Value) MapIndex(key Value) Value {
	v.must("MapIndex", reflect.Map)
	m, k := v.raw(), v.rt.assigned(key, v.Type().Key(), "reflect.Value.MapIndex")
	defer v.use(m, false)()
	return v.rt.value(m.MapIndex(k), v.Type().Elem(), max(v.access.inner(), key.access.inner()))
}

func (v Value) MapKeys() []Value {
	v.must("MapKeys", reflect.Map)
	m := v.raw()
	defer v.use(m, false)()
	keys := make([]Value, 0, m.Len())
	for _, k := range m.MapKeys() {
		keys = append(keys, v.rt.value(k, v.Type().Key(), v.access.inner()))
	}
	return keys
}

func (v Value) SetMapIndex(key, elem Value) {
	v.must("SetMapIndex", reflect.Map)
	v.open("SetMapIndex")
	key.open("SetMapIndex")
	m, k, e := v.raw(), v.rt.assigned(key, v.Type().Key(), "reflect.Value.SetMapIndex"), reflect.Value{}
	if elem.IsValid() {
		elem.open("SetMapIndex")
		e = v.rt.assigned(elem, v.Type().Elem(), "reflect.Value.SetMapIndex")
	}
	defer v.use(m, true)()
	m.SetMapIndex(k, e)
}

// MapIter is reflect.MapIter.
type MapIter struct {
	m    Value
	iter *reflect.MapIter
}

func (v Value) MapRange() *MapIter {
	v.must("MapRange", reflect.Map)
	return &MapIter{v, v.raw().MapRange()}
}

func (i *MapIter) Next() bool {
	if i.iter == nil {
		panic("MapIter.Next called on an iterator that does not have an associated map Value")
	}
	defer i.m.use(i.m.raw(), false)()
	return i.iter.Next()
}

func (i *MapIter) Key() Value { return i.part(i.iter.Key(), reflect.Type.Key) }

func (i *MapIter) Value() Value { return i.part(i.iter.Value(), reflect.Type.Elem) }

func (i *MapIter) part(stored reflect.Value, of func(reflect.Type) reflect.Type) Value {
	return i.m.rt.value(stored, of(i.m.Type()), i.m.access.inner())
}

func (i *MapIter) Reset(v Value) {
	*i = MapIter{}
	if v.IsValid() {
		*i = *v.MapRange()
	}
}

func (v Value) SetIterKey(i *MapIter)   { v.Set(i.Key()) }
func (v Value) SetIterValue(i *MapIter) { v.Set(i.Value()) }
