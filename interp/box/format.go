package box

import (
	"fmt"
	"go/types"
	"reflect"
	"strings"
	"unsafe"
)

// Format prints the value as fmt prints one of a compiled type: with its Error or String method where the verb asks
// for text, else by its parts, whose methods count too.
func (b Box) Format(s fmt.State, verb rune) {
	printer{typ: b.Type}.poll()
	if f, ok := b.Method("Format").(func(fmt.State, rune)); ok {
		defer func() {
			if p := recover(); p != nil && b.isNil() {
				fmt.Fprint(s, "<nil>")
			} else if p != nil {
				panic(p)
			}
		}()
		f(s, verb)
		return
	}
	if verb == 'v' && s.Flag('#') {
		fmt.Fprint(s, printer{typ: b.Type}.syntax(reflect.ValueOf(b.Value), b.Type.Go))
		return
	}
	if strings.ContainsRune("vsxXq", verb) {
		if text, panicked, ok := b.text(verb); panicked {
			fmt.Fprint(s, text)
			return
		} else if ok {
			fmt.Fprintf(s, fmt.FormatString(s, verb), text)
			return
		}
	}
	if verb == 'T' {
		fmt.Fprint(s, b.Type.Name)
		return
	}
	fmt.Fprintf(s, fmt.FormatString(s, verb), b.plain(0))
}

// String prints the value as fmt.Print would.
func (b Box) String() string { return fmt.Sprint(b) }

// text calls the Error or String method.
func (b Box) text(verb rune) (text string, panicked, ok bool) {
	for _, name := range []string{"Error", "String"} {
		if f, ok := b.Method(name).(func() string); ok {
			text, panicked := b.said(f, name, verb)
			return text, panicked, true
		}
	}
	return "", false, false
}

// said gives what the method f says, or what fmt prints for its panic.
func (b Box) said(f func() string, name string, verb rune) (text string, panicked bool) {
	defer func() {
		if p := recover(); p != nil && b.isNil() {
			text, panicked = "<nil>", true
		} else if p != nil {
			text, panicked = fmt.Sprintf("%%!%c(PANIC=%s method: %v)", verb, name, p), true
		}
	}()
	return f(), false
}

// isNil reports whether the value is a nil pointer, for which fmt prints no panic of its methods.
func (b Box) isNil() bool {
	v := reflect.ValueOf(b.Value)
	return v.Kind() == reflect.Pointer && v.IsNil()
}

// Part gives what fmt prints for the value with depth values around it. Its methods count unless it is hidden.
func (b Box) Part(depth int, hidden bool) any {
	if b.HasText() && !hidden {
		return b
	}
	return printer{typ: b.Type}.value(reflect.ValueOf(b.Value), b.Type.Go, depth, !hidden).Interface()
}

// plain gives a value of types without names that fmt prints the same way. depth counts the values around it.
func (b Box) plain(depth int) any {
	v := reflect.ValueOf(b.Value)
	if !v.IsValid() {
		return nil
	}
	return printer{typ: b.Type}.value(v, b.Type.Go, depth, true).Interface()
}

// printer prints a value of a type.
type printer struct {
	typ    *Type
	hidden bool // %#v is inside of an unexported field, whose methods do not count
}

func (p printer) of(t types.Type) *Type { return p.typ.Of(t) }

// poll ends the goroutine if the value that it prints contains itself, or on an interrupt.
func (p printer) poll() {
	if p.typ.Poll != nil {
		p.typ.Poll()
	}
}

var anyType = reflect.TypeFor[any]()

// value rebuilds v, of type t, from types that fmt knows. Parts that code outside could reach keep their methods.
func (p printer) value(v reflect.Value, t types.Type, depth int, exported bool) reflect.Value {
	p.poll()
	v = Revealed(v, t)
	switch u := t.Underlying().(type) {
	case *types.Struct:
		if v.Kind() != reflect.Struct || v.NumField() != u.NumFields() || p.of(t) == nil {
			return v
		}
		fields := make([]reflect.StructField, u.NumFields())
		for i := range fields {
			f := u.Field(i)
			fields[i] = reflect.StructField{Name: f.Name(), Type: anyType}
			if !f.Exported() {
				fields[i].PkgPath = "main"
			}
			if f.Name() == "_" {
				fields[i].Name = fmt.Sprintf("_%d", i)
			}
		}
		out := reflect.New(reflect.StructOf(fields)).Elem()
		for i := range fields {
			set(out.Field(i), p.part(v.Field(i), u.Field(i).Type(), depth+1, exported && u.Field(i).Exported()))
		}
		return out
	case *types.Pointer:
		if v.IsNil() {
			return reflect.ValueOf((*int)(nil))
		}
		if depth > 0 || p.of(u.Elem()) == nil {
			return reflect.ValueOf(unsafe.Pointer(v.Pointer()))
		}
		inner := p.value(Pointed(v, p.of(u.Elem())), u.Elem(), depth+1, exported)
		out := reflect.New(inner.Type())
		out.Elem().Set(inner)
		return out
	case *types.Slice:
		if p.of(u.Elem()) == nil && !holdsInterface(u.Elem()) {
			return v
		}
		out := reflect.MakeSlice(reflect.SliceOf(anyType), v.Len(), v.Len())
		for i := range v.Len() {
			set(out.Index(i), p.part(v.Index(i), u.Elem(), depth+1, exported))
		}
		return out
	case *types.Array:
		if p.of(u.Elem()) == nil && !holdsInterface(u.Elem()) {
			return v
		}
		out := reflect.New(reflect.ArrayOf(v.Len(), anyType)).Elem()
		for i := range v.Len() {
			set(out.Index(i), p.part(v.Index(i), u.Elem(), depth+1, exported))
		}
		return out
	case *types.Map:
		out := reflect.MakeMap(reflect.MapOf(anyType, anyType))
		for iter := v.MapRange(); iter.Next(); {
			out.SetMapIndex(p.part(iter.Key(), u.Key(), depth+1, exported), p.part(iter.Value(), u.Elem(), depth+1, exported))
		}
		return out
	case *types.Signature:
		if v.IsNil() {
			return reflect.ValueOf((*int)(nil))
		}
		return reflect.ValueOf(unsafe.Pointer(v.Pointer()))
	}
	return v
}

// part gives a value inside another as an interface.
func (p printer) part(v reflect.Value, t types.Type, depth int, exported bool) reflect.Value {
	if v.CanAddr() && !v.CanInterface() {
		v = reflect.NewAt(v.Type(), unsafe.Pointer(v.UnsafeAddr())).Elem()
	}
	v = Revealed(v, t)
	if v.Kind() == reflect.Interface {
		if v.IsNil() {
			return reflect.Zero(anyType)
		}
		if b, ok := v.Interface().(Boxed); ok && !exported {
			return reflect.ValueOf(b.Unwrap_().plain(depth))
		}
		return reflect.ValueOf(v.Interface())
	}
	if bt := p.of(t); bt != nil {
		if exported {
			if b := (Box{bt, v.Interface()}); b.HasText() {
				return reflect.ValueOf(b)
			}
		}
		return p.value(v, t, depth, exported)
	}
	if !exported && holdsInterface(t) { // fmt calls no methods in there, also not those of boxes
		return p.value(v, t, depth, exported)
	}
	return v
}

// holdsInterface reports whether a value of type t, which compiled code knows, may have a box inside that fmt prints.
func holdsInterface(t types.Type) bool {
	switch t := types.Unalias(t).(type) {
	case *types.Interface:
		return true
	case *types.Named:
		return types.IsInterface(t)
	case *types.Map:
		return holdsInterface(t.Key()) || holdsInterface(t.Elem())
	case interface{ Elem() types.Type }:
		return holdsInterface(t.Elem())
	}
	return false
}

// HasText reports whether the value prints through a method.
func (b Box) HasText() bool {
	for _, name := range []string{"Error", "String", "Format", "GoString"} {
		if _, ok := b.Type.Methods[name]; ok {
			return true
		}
	}
	return false
}

// set assigns to a field that may be unexported.
func set(field, v reflect.Value) {
	if !v.IsValid() {
		return
	}
	reflect.NewAt(field.Type(), unsafe.Pointer(field.UnsafeAddr())).Elem().Set(v)
}

// syntax prints v, of type t, as %#v does.
func (p printer) syntax(v reflect.Value, t types.Type) string {
	p.poll()
	name := types.TypeString(t, func(p *types.Package) string { return p.Name() })
	v = Revealed(v, t)
	if bt := p.of(t); bt != nil && v.Kind() != reflect.Interface {
		name = bt.Name
		b := Box{bt, v.Interface()}
		if f, ok := b.Method("GoString").(func() string); ok && !p.hidden {
			text, _ := b.said(f, "GoString", 'v')
			return text
		}
	}
	if p.of(t) == nil {
		if v.IsValid() && v.CanInterface() {
			return fmt.Sprintf("%#v", v.Interface())
		}
		return fmt.Sprintf("%#v", v)
	}
	parts := func(n int, part func(i int) string) string {
		list := make([]string, n)
		for i := range list {
			list[i] = part(i)
		}
		return "{" + strings.Join(list, ", ") + "}"
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		return name + parts(u.NumFields(), func(i int) string {
			inner := p
			inner.hidden = p.hidden || !u.Field(i).Exported()
			return u.Field(i).Name() + ":" + inner.syntax(v.Field(i), u.Field(i).Type())
		})
	case *types.Slice:
		if v.IsNil() {
			return name + "(nil)"
		}
		return name + parts(v.Len(), func(i int) string { return p.syntax(v.Index(i), u.Elem()) })
	case *types.Array:
		return name + parts(v.Len(), func(i int) string { return p.syntax(v.Index(i), u.Elem()) })
	case *types.Map:
		if v.IsNil() {
			return name + "(nil)"
		}
		keys := sortedKeys(v)
		return name + parts(len(keys), func(i int) string {
			return p.syntax(keys[i], u.Key()) + ":" + p.syntax(v.MapIndex(keys[i]), u.Elem())
		})
	case *types.Pointer:
		if v.IsNil() {
			return "(" + name + ")(nil)"
		}
		if isStruct(u.Elem()) {
			return "&" + p.syntax(Pointed(v, p.of(u.Elem())), u.Elem())
		}
		return fmt.Sprintf("(%s)(%#x)", name, v.Pointer())
	case *types.Signature, *types.Chan:
		if v.IsNil() {
			return "(" + name + ")(nil)"
		}
		return fmt.Sprintf("(%s)(%#x)", name, v.Pointer())
	case *types.Interface:
		if v.IsNil() {
			return name + "(nil)"
		}
		return fmt.Sprintf("%#v", v.Elem().Interface())
	}
	return fmt.Sprintf("%#v", v)
}

func isStruct(t types.Type) bool {
	_, ok := t.Underlying().(*types.Struct)
	return ok
}
