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
func (b Box) Format(s fmt.State, verb rune) { part{b, 0}.Format(s, verb) }

// part is a value that fmt finds with depth values around it.
type part struct {
	Box
	depth int
}

// Format prints the part as Box.Format does the whole.
func (b part) Format(s fmt.State, verb rune) {
	p := printer{typ: b.Type, verb: verb}
	p.poll()
	if f, ok := b.Method("Format").(func(fmt.State, rune)); ok {
		defer b.caught(s, verb, "Format")
		f(s, verb)
		return
	}
	if verb == 'v' && s.Flag('#') {
		if f, ok := b.Method("GoString").(func() string); ok {
			defer b.caught(s, verb, "GoString")
			fmt.Fprint(s, f())
			return
		}
		fmt.Fprint(s, p.syntax(reflect.ValueOf(b.Value), b.Type.Go, b.depth))
		return
	}
	if strings.ContainsRune("vsxXq", verb) {
		for _, name := range []string{"Error", "String"} {
			if f, ok := b.Method(name).(func() string); ok {
				defer b.caught(s, verb, name)
				fmt.Fprintf(s, fmt.FormatString(s, verb), f())
				return
			}
		}
	}
	fmt.Fprintf(s, fmt.FormatString(s, verb), p.plain(b.Box, b.depth))
}

// caught prints the panic of a method, as fmt does: one with a nil pointer is the pointer's fault.
func (b Box) caught(s fmt.State, verb rune, method string) {
	err := recover()
	if err == nil {
		return
	}
	if v := reflect.ValueOf(b.Value); v.Kind() == reflect.Pointer && v.IsNil() {
		fmt.Fprint(s, "<nil>")
		return
	}
	fmt.Fprintf(s, "%%!%c(PANIC=%s method: %v)", verb, method, err)
}

// String prints the value as fmt.Print would.
func (b Box) String() string { return fmt.Sprint(b) }

// Part gives what fmt prints for the value with depth values around it. Its methods count unless it is hidden.
func (b Box) Part(depth int, hidden bool) any {
	if b.HasText() && !hidden {
		return part{b, depth}
	}
	return printer{typ: b.Type, verb: 'v'}.value(reflect.ValueOf(b.Value), b.Type.Go, depth, !hidden).Interface()
}

// printer prints a value of a type.
type printer struct {
	typ    *Type
	verb   rune
	hidden bool // %#v is inside of an unexported field, whose methods do not count
}

func (p printer) of(t types.Type) *Type { return p.typ.Of(t) }

// poll ends the goroutine if the value that it prints contains itself, or on an interrupt.
func (p printer) poll() {
	if p.typ.Poll != nil {
		p.typ.Poll()
	}
}

// plain gives a value of types without names that fmt prints the same way. depth counts the values around it.
func (p printer) plain(b Box, depth int) any {
	v := reflect.ValueOf(b.Value)
	if !v.IsValid() {
		return nil
	}
	return p.value(v, b.Type.Go, depth, true).Interface()
}

// misfit is a value that a verb does not fit, for which fmt names its type.
type misfit struct {
	typ   string
	value any
}

// Format prints the value as fmt does for a wrong verb.
func (m misfit) Format(s fmt.State, verb rune) {
	format := strings.TrimSuffix(fmt.FormatString(s, verb), string(verb)) + "v"
	fmt.Fprintf(s, "%%!%c(%s="+format+")", verb, m.typ, m.value)
}

// fits reports whether the verb is one for values of kind k, of those that fmt prints themselves.
func (p printer) fits(k reflect.Kind) bool {
	verbs := ""
	switch k {
	case reflect.Bool:
		verbs = "t"
	case reflect.String:
		verbs = "sxXq"
	case reflect.Float32, reflect.Float64, reflect.Complex64, reflect.Complex128:
		verbs = "bgGxXfFeE"
	case reflect.Pointer, reflect.Chan, reflect.Func, reflect.UnsafePointer:
		verbs = "pbodxX"
	default:
		verbs = "dboOxXcqU"
	}
	return p.verb == 'v' || strings.ContainsRune(verbs, p.verb)
}

// leaf gives v, of the cell's type t, which fmt prints itself. Inside of unexported fields fmt asks no value how to print.
func (p printer) leaf(v reflect.Value, t types.Type, k reflect.Kind, exported bool) reflect.Value {
	if bt := p.of(t); bt != nil && exported && !p.fits(k) {
		return reflect.ValueOf(misfit{bt.Name, v.Interface()})
	}
	return v
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
			return p.leaf(reflect.ValueOf((*int)(nil)), t, reflect.Pointer, exported)
		}
		if depth > 0 && exported && !p.fits(reflect.Pointer) {
			return p.leaf(p.value(v, t, 0, exported), t, reflect.Pointer, exported)
		}
		if depth > 0 || p.of(u.Elem()) == nil {
			return reflect.ValueOf(unsafe.Pointer(v.Pointer()))
		}
		inner := p.value(Pointed(v, p.of(u.Elem())), u.Elem(), depth+1, exported)
		out := reflect.New(inner.Type())
		out.Elem().Set(inner)
		return out
	case *types.Slice:
		if p.asText(v) || p.of(u.Elem()) == nil && !holdsInterface(u.Elem()) {
			return v
		}
		out := reflect.MakeSlice(reflect.SliceOf(anyType), v.Len(), v.Len())
		for i := range v.Len() {
			set(out.Index(i), p.part(v.Index(i), u.Elem(), depth+1, exported))
		}
		return out
	case *types.Array:
		if p.asText(v) || p.of(u.Elem()) == nil && !holdsInterface(u.Elem()) {
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
			return p.leaf(reflect.ValueOf((*int)(nil)), t, reflect.Func, exported)
		}
		return p.leaf(reflect.ValueOf(unsafe.Pointer(v.Pointer())), t, reflect.Func, exported)
	case *types.Basic:
		return p.leaf(v, t, v.Kind(), exported)
	}
	return v
}

// asText reports whether fmt prints v, a list, as one text whatever its elements are.
func (p printer) asText(v reflect.Value) bool {
	return v.Type().Elem().Kind() == reflect.Uint8 && strings.ContainsRune("sqxX", p.verb)
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
		if b, ok := v.Interface().(Boxed); ok && exported {
			return reflect.ValueOf(part{b.Unwrap_(), depth})
		} else if ok {
			return reflect.ValueOf(p.plain(b.Unwrap_(), depth))
		}
		return reflect.ValueOf(v.Interface())
	}
	if bt := p.of(t); bt != nil {
		if exported {
			if b := (Box{bt, v.Interface()}); b.HasText() {
				return reflect.ValueOf(part{b, depth})
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

// syntax prints v, of type t and with depth values around it, as %#v does.
func (p printer) syntax(v reflect.Value, t types.Type, depth int) string {
	p.poll()
	name := types.TypeString(t, func(p *types.Package) string { return p.Name() })
	v = Revealed(v, t)
	bt := p.of(t)
	switch {
	case v.Kind() == reflect.Interface && v.IsNil():
		return name + "(nil)"
	case v.Kind() == reflect.Interface:
		if b, ok := v.Interface().(Boxed); ok {
			return fmt.Sprintf("%#v", part{b.Unwrap_(), depth})
		}
		return nested(v.Elem())
	case bt == nil && depth == 0:
		return fmt.Sprintf("%#v", v.Interface())
	case bt == nil:
		return nested(v)
	}
	if b := (Box{bt, v.Interface()}); depth > 0 && !p.hidden && (b.Has("GoString") || b.Has("Format")) {
		return fmt.Sprintf("%#v", part{b, depth})
	}
	name = bt.Name
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
			return u.Field(i).Name() + ":" + inner.syntax(v.Field(i), u.Field(i).Type(), depth+1)
		})
	case *types.Slice:
		if v.IsNil() {
			return name + "(nil)"
		}
		return name + parts(v.Len(), func(i int) string { return p.syntax(v.Index(i), u.Elem(), depth+1) })
	case *types.Array:
		return name + parts(v.Len(), func(i int) string { return p.syntax(v.Index(i), u.Elem(), depth+1) })
	case *types.Map:
		if v.IsNil() {
			return name + "(nil)"
		}
		keys := sortedKeys(v)
		return name + parts(len(keys), func(i int) string {
			return p.syntax(keys[i], u.Key(), depth+1) + ":" + p.syntax(v.MapIndex(keys[i]), u.Elem(), depth+1)
		})
	case *types.Pointer:
		switch u.Elem().Underlying().(type) {
		case *types.Struct, *types.Slice, *types.Array, *types.Map:
			if depth == 0 && !v.IsNil() {
				return "&" + p.syntax(Pointed(v, p.of(u.Elem())), u.Elem(), depth+1)
			}
		}
	case *types.Basic:
		return fmt.Sprintf("%#v", v)
	}
	if v.IsNil() {
		return "(" + name + ")(nil)"
	}
	return fmt.Sprintf("(%s)(%#x)", name, v.Pointer())
}

// nested prints v, of a compiled type, as %#v does inside of another value.
func nested(v reflect.Value) string {
	text := fmt.Sprintf("%#v", []any{v.Interface()})
	return strings.TrimSuffix(strings.TrimPrefix(text, "[]interface {}{"), "}")
}

func isStruct(t types.Type) bool {
	_, ok := t.Underlying().(*types.Struct)
	return ok
}
