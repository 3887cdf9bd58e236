package rt

import (
	"go/types"
	"iter"
	"reflect"

	"github.com/gophergrad/gophergrad/interp/box"
)

// Type is a reflect.Type with the methods that relate it to types of cells, or that give Values. Lowered code calls the
// methods of a reflect.Type through it.
type Type struct {
	reflect.Type
	rt *Runtime
}

// Reflected gives t these methods.
func (r *Runtime) Reflected(t reflect.Type) Type { return Type{t, r} }

// Method is reflect.Method.
type Method struct {
	Name    string
	PkgPath string
	Type    reflect.Type
	Func    Value
	Index   int
}

// IsExported is m.IsExported.
func (m Method) IsExported() bool { return m.PkgPath == "" }

// Method is t.Method.
func (t Type) Method(i int) Method {
	c, ok := t.Type.(*cellType)
	if !ok {
		m := t.Type.Method(i)
		return Method{m.Name, m.PkgPath, m.Type, Value{Value: m.Func, rt: t.rt}, m.Index}
	}
	methods := c.methods()
	if i < 0 || i >= len(methods) {
		panic("reflect: Method index out of range")
	}
	m := methods[i]
	out := Method{Name: m.Name(), Index: i}
	if !m.Exported() {
		out.PkgPath = m.Pkg().Path()
	}
	if c.Kind() == reflect.Interface {
		out.Type = t.rt.reflectType(m.sig)
		return out
	}
	out.Func = c.function(m)
	out.Type = out.Func.Type()
	return out
}

// MethodByName is t.MethodByName.
func (t Type) MethodByName(name string) (Method, bool) {
	if c, ok := t.Type.(*cellType); ok {
		for i, m := range c.methods() {
			if m.Name() == name {
				return t.Method(i), true
			}
		}
		return Method{}, false
	}
	m, ok := t.Type.MethodByName(name)
	if !ok {
		return Method{}, false
	}
	return t.Method(m.Index), true
}

// Methods is t.Methods.
func (t Type) Methods() iter.Seq[Method] { return counted(t.NumMethod(), t.Method) }

// Implements is t.Implements.
func (t Type) Implements(u reflect.Type) bool {
	switch {
	case u == nil:
		panic("reflect: nil type passed to Type.Implements")
	case u.Kind() != reflect.Interface:
		panic("reflect: non-interface type passed to Type.Implements")
	case !ofCells(t.Type, u):
		return t.Type.Implements(u)
	}
	for _, want := range signatures(u) {
		if key, ok := methodKey(t.Type, want.Name); !ok || key != want.Key {
			return false
		}
	}
	return true
}

// signatures lists the methods of an interface.
func signatures(t reflect.Type) (list []box.Sig) {
	if c, ok := t.(*cellType); ok {
		return c.box.Iface
	}
	for m := range t.Methods() {
		name := m.Name
		if m.PkgPath != "" { // only types of that package have it
			name = m.PkgPath + "." + name
		}
		list = append(list, box.Sig{Name: name, Key: compiledKey(m.Type, 0)})
	}
	return list
}

// methodKey spells the signature of a method of t.
func methodKey(t reflect.Type, name string) (key string, ok bool) {
	if t.Kind() == reflect.Interface {
		for _, m := range signatures(t) {
			if m.Name == name {
				return m.Key, true
			}
		}
		return "", false
	}
	if c, ok := t.(*cellType); ok {
		m, ok := c.box.Methods[name]
		return m.Key, ok
	}
	m, ok := t.MethodByName(name)
	if !ok {
		return "", false
	}
	return compiledKey(m.Type, 1), true
}

// AssignableTo is t.AssignableTo.
func (t Type) AssignableTo(u reflect.Type) bool {
	switch {
	case u == nil:
		panic("reflect: nil type passed to Type.AssignableTo")
	case !ofCells(t.Type, u):
		return t.Type.AssignableTo(u)
	case t.Type == u:
		return true
	case u.Kind() == reflect.Interface:
		return t.Implements(u)
	case t.Name() != "" && u.Name() != "" || t.Kind() != u.Kind():
		return false
	case t.Kind() == reflect.Chan && t.ChanDir() == reflect.BothDir:
		return t.Elem() == u.Elem()
	}
	return t.rt.sameUnderlying(t.Type, u)
}

// sameUnderlying reports whether two types have one underlying type.
func (r *Runtime) sameUnderlying(t, u reflect.Type) bool {
	a, b := r.goType(t).Underlying(), r.goType(u).Underlying()
	if described := r.Types(a); described != nil {
		return described == r.Types(b)
	}
	return types.Identical(a, b)
}

// ConvertibleTo is t.ConvertibleTo.
func (t Type) ConvertibleTo(u reflect.Type) bool {
	switch {
	case u == nil:
		panic("reflect: nil type passed to Type.ConvertibleTo")
	case !ofCells(t.Type, u):
		return t.Type.ConvertibleTo(u)
	case u.Kind() == reflect.Interface || t.Kind() == reflect.Interface:
		return t.AssignableTo(u)
	}
	return t.AssignableTo(u) || t.rt.sameUnderlying(t.Type, u) || types.ConvertibleTo(t.rt.goType(t.Type), t.rt.goType(u))
}
