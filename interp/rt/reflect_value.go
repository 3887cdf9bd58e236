package rt

import (
	"fmt"
	"iter"
	"reflect"
	"slices"

	"github.com/gophergrad/gophergrad/interp/box"
)

// Value is a reflect.Value with the type that it has in the cell.
type Value struct {
	reflect.Value           // as the interpreter stores it: where variables hide their values, the interface that does
	typ           *cellType // nil for a type that compiled code knows
	rt            *Runtime
	access        access
}

// access tells of a value that comes from an unexported field of a cell's type.
type access int

const (
	open_      access = iota
	embedded          // from a field that is embedded, whose exported fields are open
	unexported        // from any other, or from inside of such a value
)

// inner is the access to what a value leads to.
func (a access) inner() access {
	if a == open_ {
		return open_
	}
	return unexported
}

// ValueOf is reflect.ValueOf.
func (r *Runtime) ValueOf(v any) Value {
	if v = Canon(v); v == nil {
		return Value{}
	}
	if b, ok := v.(box.Box); ok {
		return r.value(reflect.ValueOf(b.Value), r.typeOf(b.Type), open_)
	}
	return Value{Value: reflect.ValueOf(v), rt: r}
}

// value makes a Value of type t of what the interpreter stores; the zero Value if that is nothing.
func (r *Runtime) value(stored reflect.Value, t reflect.Type, a access) Value {
	if !stored.IsValid() {
		return Value{}
	}
	c, _ := t.(*cellType)
	if c != nil {
		stored = laidOut(stored, c.Type)
	}
	return Value{stored, c, r, a}
}

// laidOut gives stored the type t. Inside of types that contain themselves, the interpreter has pointers to nothing in
// particular.
func laidOut(stored reflect.Value, t reflect.Type) reflect.Value {
	if stored.Kind() == reflect.Interface || stored.Type() == t {
		return stored
	}
	if stored.CanAddr() {
		return reflect.NewAt(t, stored.Addr().UnsafePointer()).Elem()
	}
	p := reflect.New(stored.Type())
	p.Elem().Set(stored)
	return reflect.ValueOf(reflect.NewAt(t, p.UnsafePointer()).Elem().Interface())
}

// hides reports whether the value is stored in an interface that the cell does not know.
func (v Value) hides() bool {
	return v.typ != nil && v.Value.Kind() == reflect.Interface && v.typ.Kind() != reflect.Interface
}

// raw is the value as the interpreter lays it out.
func (v Value) raw() reflect.Value {
	switch {
	case !v.hides():
		return v.Value
	case v.Value.IsNil():
		return reflect.Zero(v.typ.Type)
	}
	return laidOut(v.Value.Elem(), v.typ.Type)
}

// must panics as package reflect does unless the value is of one of the kinds.
func (v Value) must(method string, kinds ...reflect.Kind) {
	for _, k := range kinds {
		if v.Kind() == k {
			return
		}
	}
	panic(&reflect.ValueError{Method: called(method), Kind: v.Kind()})
}

// called names a method of Value as the panics of package reflect do. They do not know functions, which are "" here.
func called(method string) string {
	if method == "" {
		return "unknown method"
	}
	return "reflect.Value." + method
}

// open panics as package reflect does if the value comes from an unexported field, or is none.
func (v Value) open(method string) {
	if v.access != open_ {
		panic("reflect: " + called(method) + " using value obtained using unexported field")
	}
	if !v.IsValid() {
		v.must(method)
	}
}

func (v Value) Kind() reflect.Kind {
	if v.typ != nil {
		return v.typ.Kind()
	}
	return v.Value.Kind()
}

func (v Value) Type() reflect.Type {
	if v.typ != nil {
		return v.typ
	}
	return v.Value.Type()
}

func (v Value) CanInterface() bool { return v.access == open_ && v.Value.CanInterface() }

func (v Value) Interface() any {
	if v.access != open_ {
		panic("reflect.Value.Interface: cannot return value obtained from unexported field or method")
	}
	return v.canonical()
}

// canonical gives the value as lowered code has it in an interface{}.
func (v Value) canonical() any {
	if v.typ != nil && v.typ.Kind() != reflect.Interface {
		return box.Box{Type: v.typ.box, Value: v.raw().Interface()}
	}
	return Canon(v.Value.Interface())
}

func (v Value) String() string {
	switch v.Kind() {
	case reflect.Invalid:
		return "<invalid Value>"
	case reflect.String:
		return v.Value.String()
	}
	return "<" + v.Type().String() + " Value>"
}

func (v Value) IsNil() bool      { return v.raw().IsNil() }
func (v Value) IsZero() bool     { return v.raw().IsZero() }
func (v Value) Len() int         { return v.raw().Len() }
func (v Value) Cap() int         { return v.raw().Cap() }
func (v Value) Comparable() bool { return !v.IsValid() || v.raw().Comparable() }

// Pointer is that of what the value refers to. Functions of cells are all the interpreter's.
func (v Value) Pointer() uintptr {
	p := v.raw().Pointer()
	if v.Kind() == reflect.Func && p == ofInterpreter {
		v.rt.refuse("reflect.Value.Pointer of a function: functions of cells have no program counters (compare names of your own)")
	}
	return p
}

// ofInterpreter is the program counter of every function that the interpreter makes.
var ofInterpreter = reflect.MakeFunc(reflect.TypeFor[func()](), nil).Pointer()

func (v Value) Equal(u Value) bool {
	if v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if u.Kind() == reflect.Interface {
		u = u.Elem()
	}
	switch {
	case !v.IsValid() || !u.IsValid():
		return v.IsValid() == u.IsValid()
	case v.Type() != u.Type():
		return false
	case !v.Comparable():
		panic(fmt.Sprintf("reflect.Value.Equal: values of type %s are not comparable", v.Type()))
	}
	return v.raw().Equal(u.raw())
}

// Addr is v.Addr. A field through which types refer to each other is not stored as what its pointer would lead to.
func (v Value) Addr() Value {
	if v.hides() && !v.typ.box.Hidden {
		v.rt.refuse("the address of a field of type %s, through which types refer to each other (take the address of a variable)", v.typ)
	}
	return v.rt.value(v.Value.Addr(), v.rt.PointerTo(v.Type()), v.access)
}

func (v Value) Elem() Value {
	v.must("Elem", reflect.Interface, reflect.Pointer)
	if v.Kind() == reflect.Pointer {
		return v.rt.value(v.raw().Elem(), v.Type().Elem(), v.access.inner())
	}
	inside := v.Value.Elem()
	if !inside.IsValid() || !inside.CanInterface() {
		return v.rt.value(inside, nil, v.access.inner())
	}
	out := v.rt.ValueOf(inside.Interface())
	out.access = v.access.inner()
	return out
}

func (v Value) Field(i int) Value {
	v.must("Field", reflect.Struct)
	a := v.access
	if a == embedded {
		a = open_
	}
	if v.typ == nil {
		return v.rt.value(v.Value.Field(i), nil, a)
	}
	if i < 0 || i >= v.NumField() {
		panic("reflect: Field index out of range")
	}
	f := v.typ.Field(i)
	switch {
	case f.IsExported():
	case f.Anonymous && a == open_:
		a = embedded
	default:
		a = unexported
	}
	return v.rt.value(v.Value.Field(i), f.Type, a)
}

// nilEmbedded is why there is no field: it is promoted through an embedded pointer.
const nilEmbedded = "reflect: indirection through nil pointer to embedded struct"

// at walks along field indices, and reports whether an embedded pointer that is nil stands in the way.
func (v Value) at(index []int) (field Value, err error) {
	for n, i := range index {
		if n > 0 && v.Kind() == reflect.Pointer && v.Type().Elem().Kind() == reflect.Struct {
			if v.IsNil() {
				return Value{}, fmt.Errorf("%s field %s", nilEmbedded, v.Type().Elem().Name())
			}
			v = v.Elem()
		}
		v = v.Field(i)
	}
	return v, nil
}

func (v Value) FieldByIndexErr(index []int) (Value, error) { return v.at(index) }

func (v Value) FieldByIndex(index []int) Value {
	field, err := v.at(index)
	if err != nil {
		panic(nilEmbedded)
	}
	return field
}

func (v Value) FieldByName(name string) Value {
	v.must("FieldByName", reflect.Struct)
	return v.found(v.Type().FieldByName(name))
}

func (v Value) FieldByNameFunc(match func(string) bool) Value {
	return v.found(v.Type().FieldByNameFunc(match))
}

func (v Value) found(f reflect.StructField, ok bool) Value {
	if !ok {
		return Value{}
	}
	return v.FieldByIndex(f.Index)
}

func (v Value) Fields() iter.Seq2[reflect.StructField, Value] {
	return func(yield func(reflect.StructField, Value) bool) {
		for i := range v.NumField() {
			if !yield(v.Type().Field(i), v.Field(i)) {
				return
			}
		}
	}
}

func (v Value) Index(i int) Value {
	v.must("Index", reflect.Slice, reflect.Array, reflect.String)
	elem := reflect.TypeFor[uint8]()
	if v.Kind() != reflect.String {
		elem = v.Type().Elem()
	}
	return v.rt.value(v.raw().Index(i), elem, v.access.inner())
}

func (v Value) Slice(i, j int) Value { return v.sliced(v.raw().Slice(i, j)) }

func (v Value) Slice3(i, j, k int) Value { return v.sliced(v.raw().Slice3(i, j, k)) }

func (v Value) sliced(part reflect.Value) Value {
	t := v.Type()
	if v.Kind() == reflect.Array {
		t = v.rt.SliceOf(t.Elem())
	}
	return v.rt.value(part, t, v.access.inner())
}

func (v Value) CanConvert(t reflect.Type) bool {
	if !v.rt.Reflected(v.Type()).ConvertibleTo(t) {
		return false
	}
	length, array := 0, t
	if t.Kind() == reflect.Pointer {
		array = t.Elem()
	}
	if array.Kind() == reflect.Array {
		length = array.Len()
	}
	return v.Kind() != reflect.Slice || length <= v.Len()
}

func (v Value) Convert(t reflect.Type) Value {
	if !v.rt.Reflected(v.Type()).ConvertibleTo(t) {
		panic(fmt.Sprintf("reflect.Value.Convert: value of type %s cannot be converted to type %s", v.Type(), t))
	}
	if v.rt.Reflected(v.Type()).AssignableTo(t) {
		return v.rt.value(v.rt.assigned(v, t, "reflect.Value.Convert"), t, v.access.inner())
	}
	raw, to := v.raw(), t
	if c, ok := t.(*cellType); ok {
		to = c.Type
	}
	if raw.Kind() != to.Kind() || raw.CanConvert(to) {
		raw = raw.Convert(to)
	}
	return v.rt.value(laidOut(raw, to), t, v.access.inner())
}

// assigned gives x as the interpreter stores it in a variable of type t.
func (r *Runtime) assigned(x Value, t reflect.Type, context string) reflect.Value {
	if !r.Reflected(x.Type()).AssignableTo(t) {
		panic(fmt.Sprintf("%s: value of type %s is not assignable to type %s", context, x.Type(), t))
	}
	slot := reflect.New(slotOf(t)).Elem()
	switch {
	case t.Kind() == reflect.Interface:
		if v := x.canonical(); v != nil {
			slot.Set(reflect.ValueOf(r.in(t, v)))
		}
	case slot.Kind() == reflect.Interface:
		if v := Field(x.raw().Interface()); v != nil {
			slot.Set(reflect.ValueOf(v))
		}
	case t.Kind() == reflect.Chan:
		slot.Set(x.raw().Convert(slot.Type()))
	default:
		slot.Set(laidOut(x.raw(), slot.Type()))
	}
	return slot
}

// in gives a canonical value as an interface of type t holds it.
func (r *Runtime) in(t reflect.Type, v any) any {
	if b, ok := v.(box.Box); ok && !ofCells(t) && t.NumMethod() > 0 {
		return wrapped(b, t)
	}
	return v
}

// Shown gives what fmt and a cell's result show of values: what a Value holds.
func Shown(args []any) []any {
	for i, arg := range args {
		if v, ok := arg.(Value); ok {
			args = slices.Clone(args)
			args[i] = v.shown()
		}
	}
	return args
}

func (v Value) shown() any {
	if !v.IsValid() || !v.Value.CanInterface() {
		return v.Value
	}
	x := v.canonical()
	b, ok := x.(box.Box)
	switch {
	case ok && v.Kind() == reflect.Interface:
		return b.Part(1, v.access != open_)
	case ok && v.access != open_:
		return b.Part(0, true)
	}
	return x
}
