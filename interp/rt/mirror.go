package rt

import (
	"fmt"
	"go/types"
	"reflect"
	"strings"

	"github.com/gophergrad/gophergrad/interp/box"
)

// Packages that look into values by reflection do not find in a cell's value what belongs to its type: unexported fields
// are like others, methods are missing. encoding/gob and encoding/xml get a mirror of the value instead, of a type that
// package reflect makes. What they decode into a mirror goes back to the cell's variable.

// mirrors makes mirrors for one call of a package.
type mirrors struct {
	r       *Runtime
	of      func(types.Type) *box.Type
	standIn func(f flags, has func(method string) bool) reflect.Type // for types with methods that the package asks for
	itself  reflect.Type                                             // stands for what contains itself
	embeds  bool                                                     // the package takes fields of embedded structs for those of the outer one
	tells   bool                                                     // the package knows types of values in interfaces
	inside  map[*box.Type]bool                                       // the types around the one that is mirrored
	made    map[reflect.Type]*box.Type                               // structs among the mirrors
}

// flags are what the tag of a field, or of what is inside of it, says.
type flags struct{ attribute, omits bool }

// standIn is a mirror that has methods.
type standIn interface {
	// hold makes it stand for a value of type t.
	hold(m *mirrors, v reflect.Value, t types.Type)
	// give sets v, a variable of type t, to what was decoded.
	give(m *mirrors, v reflect.Value, t types.Type) error
}

func isStandIn(t reflect.Type) bool {
	return reflect.PointerTo(t).Implements(reflect.TypeFor[standIn]())
}

// bare is m for a value that a stand-in encodes or decodes by its parts.
func (m mirrors) bare() *mirrors {
	m.inside = map[*box.Type]bool{}
	return &m
}

// typ gives the type of mirrors of type t, which is laid out as raw.
func (m *mirrors) typ(t types.Type, raw reflect.Type, f flags) reflect.Type {
	bt := m.of(t)
	if bt != nil && bt.Raw != nil && !types.IsInterface(t) {
		raw = bt.Raw
		if stand := m.standInFor(t, f); stand != nil {
			return stand
		}
	}
	return m.parts(t, raw, f)
}

func (m *mirrors) standInFor(t types.Type, f flags) reflect.Type {
	stand := m.itself
	if bt := m.of(t); !m.inside[bt] {
		pointer := m.of(types.NewPointer(t))
		stand = m.standIn(f, func(name string) bool { return box.Box{Type: pointer}.Has(name) })
	}
	if stand != nil && f.omits {
		return reflect.PointerTo(stand)
	}
	return stand
}

// parts is typ for a type that has no stand-in.
func (m *mirrors) parts(t types.Type, raw reflect.Type, f flags) reflect.Type {
	f.omits = false
	_, named := types.Unalias(t).(*types.Named)
	if bt := m.of(t); bt != nil && named { // only these contain themselves
		m.inside[bt] = true
		defer delete(m.inside, bt)
	} else if bt == nil && raw.Name() != "" && raw.Kind() != reflect.Interface {
		return raw
	}
	switch u := t.Underlying().(type) {
	case *types.Interface:
		return reflect.TypeFor[any]()
	case *types.Pointer:
		return reflect.PointerTo(m.typ(u.Elem(), raw.Elem(), f))
	case *types.Slice:
		return reflect.SliceOf(m.typ(u.Elem(), raw.Elem(), f))
	case *types.Array:
		return reflect.ArrayOf(raw.Len(), m.typ(u.Elem(), raw.Elem(), f))
	case *types.Map:
		return reflect.MapOf(m.typ(u.Key(), raw.Key(), f), m.typ(u.Elem(), raw.Elem(), f))
	case *types.Struct:
		var fields []reflect.StructField
		for _, i := range m.fields(u) {
			fields = append(fields, m.field(u, i, raw.Field(i).Type))
		}
		if m.tells && len(fields) == 0 && u.NumFields() > 0 { // gob makes an error of it
			fields = []reflect.StructField{{Name: "Nothing", Type: reflect.TypeFor[func()]()}}
		}
		if bt := m.of(t); bt != nil && len(fields) > 0 {
			if named { // types with the same fields have different mirrors
				fields[0].Tag = reflect.StructTag(strings.TrimSpace(string(fields[0].Tag) + ` cell:"` + bt.Name + `"`))
			}
			m.made[reflect.StructOf(fields)] = bt
		}
		return reflect.StructOf(fields)
	}
	return raw
}

// fields lists the fields of a struct that its mirror has.
func (m *mirrors) fields(st *types.Struct) (list []int) {
	for i := range st.NumFields() {
		if f := st.Field(i); f.Exported() || m.embeds && f.Embedded() && isStruct(f.Type()) {
			list = append(list, i)
		}
	}
	return list
}

func (m *mirrors) field(st *types.Struct, i int, raw reflect.Type) reflect.StructField {
	f, tag := st.Field(i), reflect.StructTag(st.Tag(i))
	options := "," + tag.Get("xml") + ","
	t := m.typ(f.Type(), raw, flags{strings.Contains(options, ",attr,"), strings.Contains(options, ",omitempty,")})
	structure := t
	if t.Kind() == reflect.Pointer {
		structure = t.Elem()
	}
	anonymous := m.embeds && f.Embedded() && structure.Kind() == reflect.Struct && !isStandIn(structure)
	return reflect.StructField{Name: strings.ToUpper(f.Name()[:1]) + f.Name()[1:], Type: t, Tag: tag, Anonymous: anonymous}
}

func isStruct(t types.Type) bool {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	_, ok := t.Underlying().(*types.Struct)
	return ok
}

// out gives the mirror, of type mt, of v, a value of type t.
func (m *mirrors) out(v reflect.Value, t types.Type, mt reflect.Type) reflect.Value {
	m.r.Poll()
	v = box.Revealed(v, t)
	out := reflect.New(mt).Elem()
	switch {
	case isStandIn(mt):
		out.Addr().Interface().(standIn).hold(m, v, t)
	case mt.Kind() == reflect.Interface:
		if !v.IsNil() {
			out.Set(m.boxed(v.Interface()))
		}
	case m.same(mt, v, t):
		return v
	case mt.Kind() == reflect.Pointer && isStandIn(mt.Elem()) && v.Kind() != reflect.Pointer: // of a field that may be omitted
		if !isEmpty(v) {
			out.Set(m.out(v, t, mt.Elem()).Addr())
		}
	case mt.Kind() == reflect.Struct:
		st := t.Underlying().(*types.Struct)
		for j, i := range m.fields(st) {
			out.Field(j).Set(m.out(v.Field(i), st.Field(i).Type(), mt.Field(j).Type))
		}
	case mt.Kind() == reflect.Array:
		for i := range v.Len() {
			out.Index(i).Set(m.out(v.Index(i), elemOf(t), mt.Elem()))
		}
	case v.IsNil():
	case mt.Kind() == reflect.Pointer:
		out.Set(reflect.New(mt.Elem()))
		out.Elem().Set(m.out(box.Pointed(v, m.of(elemOf(t))), elemOf(t), mt.Elem()))
	case mt.Kind() == reflect.Slice:
		out.Set(reflect.MakeSlice(mt, v.Len(), v.Len()))
		for i := range v.Len() {
			out.Index(i).Set(m.out(v.Index(i), elemOf(t), mt.Elem()))
		}
	case mt.Kind() == reflect.Map:
		out.Set(reflect.MakeMap(mt))
		for key, elem := range v.Seq2() {
			out.SetMapIndex(m.out(key, t.Underlying().(*types.Map).Key(), mt.Key()), m.out(elem, elemOf(t), mt.Elem()))
		}
	}
	return out
}

// same reports whether a value of type t is its own mirror.
func (m *mirrors) same(mt reflect.Type, v reflect.Value, t types.Type) bool {
	_, basic := t.Underlying().(*types.Basic)
	return mt == v.Type() && (basic || mt.Name() != "" || !holdsMaps(mt))
}

func elemOf(t types.Type) types.Type { return t.Underlying().(interface{ Elem() types.Type }).Elem() }

// isEmpty reports whether a field that may be omitted is.
func isEmpty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() == 0
	}
	return v.Kind() != reflect.Struct && v.IsZero()
}

// boxed gives the mirror of an interface value.
func (m *mirrors) boxed(x any) reflect.Value {
	if b, ok := Canon(x).(box.Box); ok && m.tells {
		inner := m.bare()
		inner.of = b.Type.Of
		return inner.telling(b)
	}
	return m.whole(x)
}

// whole gives the mirror of a value that a package gets.
func (m *mirrors) whole(x any) reflect.Value {
	inner := m.bare()
	v, t := inner.opened(x)
	return inner.out(v, t, inner.typ(t, v.Type(), flags{}))
}

// opened gives a value without its box, and its type.
func (m *mirrors) opened(x any) (reflect.Value, types.Type) {
	if b, ok := Canon(x).(box.Box); ok {
		m.of = b.Type.Of
		return reflect.ValueOf(b.Value), b.Type.Go
	}
	m.of = func(types.Type) *box.Type { return nil }
	return reflect.ValueOf(x), outline(reflect.TypeOf(x))
}

// outline gives a type that has interfaces where the compiled type t has them.
func outline(t reflect.Type) types.Type {
	switch {
	case t.Kind() == reflect.Interface:
		return types.NewInterfaceType(nil, nil)
	case t.Name() != "":
	case t.Kind() == reflect.Pointer:
		return types.NewPointer(outline(t.Elem()))
	case t.Kind() == reflect.Slice:
		return types.NewSlice(outline(t.Elem()))
	case t.Kind() == reflect.Array:
		return types.NewArray(outline(t.Elem()), int64(t.Len()))
	case t.Kind() == reflect.Map:
		return types.NewMap(outline(t.Key()), outline(t.Elem()))
	}
	return types.Typ[types.Int] // any that has no parts
}

// in sets v, a variable of type t, to what was decoded into its mirror.
func (m *mirrors) in(mirror, v reflect.Value, t types.Type) error {
	m.r.Poll()
	mt := mirror.Type()
	if v.Kind() == reflect.Interface && !types.IsInterface(t) { // types that contain themselves are laid out so
		inner := reflect.New(m.of(t).Raw).Elem()
		if !v.IsNil() {
			inner.Set(v.Elem())
		}
		err := m.in(mirror, inner, t)
		v.SetZero()
		if !inner.IsZero() {
			v.Set(inner)
		}
		return err
	}
	switch {
	case isStandIn(mt):
		return mirror.Addr().Interface().(standIn).give(m, v, t)
	case mt.Kind() == reflect.Interface:
		return m.unbox(mirror, v, t)
	case m.same(mt, v, t):
		v.Set(mirror)
	case mt.Kind() == reflect.Pointer && v.Kind() != reflect.Pointer:
		if !mirror.IsNil() {
			return m.in(mirror.Elem(), v, t)
		}
	case mt.Kind() == reflect.Struct:
		st := t.Underlying().(*types.Struct)
		for j, i := range m.fields(st) {
			if err := m.in(mirror.Field(j), v.Field(i), st.Field(i).Type()); err != nil {
				return err
			}
		}
	case mt.Kind() == reflect.Array:
		return m.elements(mirror, v, t)
	case mirror.IsNil():
		v.SetZero()
	case mt.Kind() == reflect.Pointer:
		if elem := m.of(elemOf(t)); v.IsNil() {
			return m.in(mirror.Elem(), box.Point(v, elem), elemOf(t))
		}
		return m.in(mirror.Elem(), box.Pointed(v, m.of(elemOf(t))), elemOf(t))
	case mt.Kind() == reflect.Slice:
		list := reflect.MakeSlice(v.Type(), mirror.Len(), mirror.Len())
		reflect.Copy(list, v)
		v.Set(list)
		return m.elements(mirror, v, t)
	case mt.Kind() == reflect.Map:
		if v.IsNil() {
			v.Set(reflect.MakeMap(v.Type()))
		}
		for mirrorKey, mirrorElem := range mirror.Seq2() {
			key, elem := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			if err := m.in(addressed(mirrorKey), key, t.Underlying().(*types.Map).Key()); err != nil {
				return err
			}
			if err := m.in(addressed(mirrorElem), elem, elemOf(t)); err != nil {
				return err
			}
			v.SetMapIndex(key, elem)
		}
	}
	return nil
}

func (m *mirrors) elements(mirror, v reflect.Value, t types.Type) error {
	for i := range mirror.Len() {
		if err := m.in(mirror.Index(i), v.Index(i), elemOf(t)); err != nil {
			return err
		}
	}
	return nil
}

// addressed gives a variable that holds v.
func addressed(v reflect.Value) reflect.Value {
	variable := reflect.New(v.Type()).Elem()
	variable.Set(v)
	return variable
}

// unbox sets v, a variable of interface type t, to the value of which mirror holds a mirror.
func (m *mirrors) unbox(mirror, v reflect.Value, t types.Type) error {
	if mirror.IsNil() {
		v.SetZero()
		return nil
	}
	x, err := m.told(mirror.Elem())
	if err != nil {
		return err
	}
	b, ok := x.(box.Box)
	switch iface := m.of(t); {
	case ok && v.Type().NumMethod() > 0 && !implements(b, v.Type()), iface != nil && missing(iface, x) != "":
		return fmt.Errorf("%s does not have the methods of %s", typeName(x), t)
	case ok && v.Type().NumMethod() > 0:
		x = wrapped(b, v.Type())
	}
	v.Set(reflect.ValueOf(x))
	return nil
}

// decode calls a function that decodes into what a pointer leads to with its mirror. On an error what was decoded before it is kept, as
// packages do.
func (m *mirrors) decode(target any, decode func(mirror any) error) error {
	if target == nil {
		return decode(nil)
	}
	v, t := m.opened(target)
	p, ok := t.Underlying().(*types.Pointer)
	if !ok || v.IsNil() {
		return decode(v.Interface())
	}
	v = box.Pointed(v, m.of(p.Elem()))
	mirror := reflect.New(m.typ(p.Elem(), v.Type(), flags{}))
	mirror.Elem().Set(m.out(v, p.Elem(), mirror.Type().Elem()))
	err := decode(mirror.Interface())
	if failed := m.in(mirror.Elem(), v, p.Elem()); err == nil {
		err = failed
	}
	return err
}
