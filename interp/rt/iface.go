package rt

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/gophergrad/gophergrad/interp/box"
	"github.com/gophergrad/gophergrad/interp/symbols"
)

// An interface value in lowered code is canonical in an interface{}: a value of a compiled type itself, a value of a
// cell's type as a box.Box. In a compiled interface a box is inside the wrapper that has the interface's methods.

// Box makes the interface value of v, whose type has number id.
func (r *Runtime) Box(id int, v any) any { return box.Box{Type: r.typ(id), Value: v} }

// Any gives v as an interface{}; being a call of compiled code it copies what yaegi would share.
func Any(v any) any { return v }

// Field gives what goes into a field that is interface{} in lowered code only: a nil pointer, slice, map, channel or
// function as nil, like the field's zero value.
func Field(v any) any {
	switch r := reflect.ValueOf(v); r.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map, reflect.Chan, reflect.Func:
		if r.IsNil() {
			return nil
		}
	}
	return v
}

// Canon gives the canonical form of the value of a compiled interface.
func Canon(v any) any {
	if b, ok := v.(box.Boxed); ok {
		return b.Unwrap_()
	}
	return v
}

// Unboxed gives a canonical value without its box, for compiled code that looks at its memory.
func Unboxed(v any) any {
	if b, ok := v.(box.Box); ok {
		return b.Value
	}
	return v
}

// Export gives a canonical value the form in which compiled code gets it as an any: an error is one there too.
func Export(v any) any {
	if b, ok := v.(box.Box); ok && implements(b, reflect.TypeFor[error]()) {
		return errorOf(b)
	}
	return v
}

// ScanTarget gives a canonical pointer to package fmt, which writes through it unless it scans by itself.
func ScanTarget(v any) any {
	b, ok := v.(box.Box)
	if ok && implements(b, reflect.TypeFor[fmt.Scanner]()) {
		return wrapped(b, reflect.TypeFor[fmt.Scanner]())
	}
	return Unboxed(v)
}

// Each gives canonical values, which are passed as the arguments of a variadic parameter, to compiled code.
func Each(export func(any) any, args []any) []any {
	args = slices.Clone(args)
	for i, arg := range args {
		args[i] = export(arg)
	}
	return args
}

// Raw notes how the interpreter lays out the type with number id, which is the parameter of f.
func (r *Runtime) Raw(id int, f any) int {
	r.typ(id).Raw = reflect.TypeOf(f).In(0)
	return 0
}

// Bind declares a method of the type with number id.
func (r *Runtime) Bind(id int, name, key string, bind func(any) any) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	t := r.typ(id)
	methods := make(map[string]box.Method, len(t.Methods)+1) // readers may hold the old map
	for k, v := range t.Methods {
		methods[k] = v
	}
	methods[name] = box.Method{Key: key, Bind: bind}
	t.SetMethods(methods)
	return 0
}

// To converts a canonical value to the interface with number id, or panics as an assertion does.
func (r *Runtime) To(id int, v any) any {
	out, ok := r.ToOK(id, v)
	if !ok {
		panic(assertion(r.typ(id), v))
	}
	return out
}

// ToOK converts a canonical value to the interface with number id.
func (r *Runtime) ToOK(id int, v any) (any, bool) {
	if v == nil {
		return nil, false
	}
	v = Canon(v)
	t := r.typ(id)
	b, boxed := v.(box.Box)
	switch {
	case t.Raw == nil && missing(t, v) == "": // an interface of cells
		return v, true
	case t.Raw != nil && boxed && implements(b, t.Raw):
		return wrapped(b, t.Raw), true
	case t.Raw != nil && !boxed && reflect.TypeOf(v).Implements(t.Raw):
		return v, true
	}
	return nil, false
}

// wrapped gives a boxed value, which has the methods of a compiled interface, as one of it.
func wrapped(b box.Box, iface reflect.Type) any { return wrapperOf(b.Type, iface)(b) }

// implements reports whether the boxed value has the methods of a compiled interface.
func implements(b box.Box, iface reflect.Type) bool { return wrapperOf(b.Type, iface) != nil }

// wrapperOf is how a compiled interface holds values of type t; nil if they lack its methods.
func wrapperOf(t *box.Type, iface reflect.Type) func(box.Box) any {
	return t.Wrapper(iface, func() func(box.Box) any {
		switch {
		case !hasMethods(t, iface):
			return nil
		case iface == reflect.TypeFor[error]():
			return func(b box.Box) any { return errorOf(b) }
		}
		if wrap := symbols.Richest(iface, func(iface reflect.Type) bool { return hasMethods(t, iface) }); wrap != nil {
			return wrap
		}
		return func(b box.Box) any {
			panic(runtimeError(fmt.Sprintf("%s cannot hold a %s of a cell: it has unexported methods", iface, b.Type.Name)))
		}
	})
}

func hasMethods(t *box.Type, iface reflect.Type) bool {
	for i := range iface.NumMethod() {
		want := iface.Method(i)
		have, ok := t.Methods[want.Name]
		if !ok || want.PkgPath != "" || have.Key != compiledKey(want.Type, 0) {
			return false
		}
	}
	return true
}

// missing names a method of the interface t that v lacks.
func missing(t *box.Type, v any) string {
	for _, m := range t.Iface {
		if b, ok := v.(box.Box); ok {
			if have, ok := b.Type.Methods[m.Name]; !ok || have.Key != m.Key {
				return m.Name
			}
			continue
		}
		method, ok := reflect.TypeOf(v).MethodByName(m.Name)
		if !ok || compiledKey(method.Type, 1) != m.Key {
			return m.Name
		}
	}
	return ""
}

// As gives the value of type number id that v holds, or panics as an assertion does; static is the name of v's
// interface type.
func (r *Runtime) As(id int, v any, static string) any {
	out, ok := r.AsOK(id, v)
	if !ok {
		t := r.typ(id)
		switch {
		case v == nil:
			panic(plainError(fmt.Sprintf("interface conversion: %s is nil, not %s", static, t.Name)))
		case typeName(v) == t.Name:
			panic(plainError(fmt.Sprintf("interface conversion: %s is %s, not %s (types from different scopes)", static, t.Name, t.Name)))
		}
		panic(plainError(fmt.Sprintf("interface conversion: %s is %s, not %s", static, typeName(v), t.Name)))
	}
	return out
}

// AsOK gives the value of type number id that v holds.
func (r *Runtime) AsOK(id int, v any) (any, bool) {
	t := r.typ(id)
	if b, ok := Canon(v).(box.Box); ok {
		return b.Value, b.Type == t
	}
	return v, v != nil && !t.Boxed && reflect.TypeOf(v) == t.Raw
}

// Is reports whether v holds a value of the type, or of the interface, with number id.
func (r *Runtime) Is(id int, v any) bool {
	if r.typ(id).Iface != nil || r.typ(id).Raw != nil && r.typ(id).Raw.Kind() == reflect.Interface {
		_, ok := r.ToOK(id, v)
		return ok
	}
	_, ok := r.AsOK(id, v)
	return ok
}

// assertion is the panic of a failed assertion to an interface.
func assertion(t *box.Type, v any) error {
	if v == nil {
		return plainError(fmt.Sprintf("interface conversion: interface is nil, not %s", t.Name))
	}
	return plainError(fmt.Sprintf("interface conversion: %s is not %s: missing method %s", typeName(v), t.Name, missing(t, v)))
}

// typeName is the name of v's type as %T prints it.
func typeName(v any) string {
	if b, ok := Canon(v).(box.Box); ok {
		return b.Type.Name
	}
	return fmt.Sprintf("%T", v)
}

// NilReceiver panics as a method with a value receiver does that is called through a nil pointer in an interface.
func NilReceiver(typ, method string) {
	panic(plainError(fmt.Sprintf("value method %s.%s called using nil *%s pointer", typ, method, typ[strings.LastIndexByte(typ, '.')+1:])))
}

// NonNil panics if v is nil, as the method value of a nil interface does.
func NonNil(v any) any {
	if v == nil {
		panic(runtimeError("invalid memory address or nil pointer dereference"))
	}
	return v
}

// Dyn gives the method called name of a canonical value, bound to it.
func (r *Runtime) Dyn(v any, name string) any {
	NonNil(v)
	if b, ok := Canon(v).(box.Box); ok {
		return b.Method(name)
	}
	if t, ok := v.(reflect.Type); ok {
		v = r.Reflected(t)
	}
	return reflect.ValueOf(v).MethodByName(name).Interface()
}

// Equal is a == b for canonical interface values and for composites.
func Equal(a, b any) bool { return Canon(a) == Canon(b) }

// compiledKey spells the signature of a compiled method as lowering spells those of interfaces, from parameter skip.
func compiledKey(t reflect.Type, skip int) string {
	part := func(n int, at func(int) reflect.Type, from int, variadic bool) string {
		text := "("
		for i := from; i < n; i++ {
			if i > from {
				text += ","
			}
			k := reflectKey(at(i))
			if variadic && i == n-1 {
				k = "..." + k[2:]
			}
			text += k
		}
		return text + ")"
	}
	return part(t.NumIn(), t.In, skip, t.IsVariadic()) + part(t.NumOut(), t.Out, 0, false)
}

func reflectKey(t reflect.Type) string {
	if name, ok := standIns[t]; ok {
		return name
	}
	if t.PkgPath() != "" {
		return t.PkgPath() + "." + t.Name()
	}
	switch t.Kind() {
	case reflect.Pointer:
		return "*" + reflectKey(t.Elem())
	case reflect.Slice:
		return "[]" + reflectKey(t.Elem())
	case reflect.Array:
		return fmt.Sprintf("[%d]%s", t.Len(), reflectKey(t.Elem()))
	case reflect.Map:
		return "map[" + reflectKey(t.Key()) + "]" + reflectKey(t.Elem())
	case reflect.Chan:
		return map[reflect.ChanDir]string{reflect.BothDir: "chan ", reflect.SendDir: "chan<- ", reflect.RecvDir: "<-chan "}[t.ChanDir()] + "(" + reflectKey(t.Elem()) + ")"
	case reflect.Func:
		return "func" + compiledKey(t, 0)
	case reflect.Struct:
		var b strings.Builder
		for field := range t.Fields() {
			fmt.Fprintf(&b, "%s %t %s %q;", field.Name, field.Anonymous, reflectKey(field.Type), field.Tag)
		}
		return "struct{" + b.String() + "}"
	case reflect.Interface:
		if t.Name() != "" {
			break // error
		}
		var sigs []box.Sig
		for m := range t.Methods() {
			sigs = append(sigs, box.Sig{Name: m.Name, Key: compiledKey(m.Type, 0)})
		}
		return "interface{" + fmt.Sprint(sigs) + "}"
	}
	return t.String()
}
