package rt

import (
	"go/types"
	"reflect"

	"github.com/gophergrad/gophergrad/interp/box"
)

// cellType is the reflect.Type of a type that a cell defines: the interpreter's, which has the right kind and layout
// but neither names nor methods.
type cellType struct {
	reflect.Type
	box *box.Type
	rt  *Runtime
}

// TypeOf is reflect.TypeOf.
func (r *Runtime) TypeOf(v any) reflect.Type {
	if b, ok := Canon(v).(box.Box); ok {
		return r.typeOf(b.Type, reflect.TypeOf(b.Value))
	}
	return reflect.TypeOf(v)
}

func (r *Runtime) typeOf(t *box.Type, raw reflect.Type) reflect.Type {
	if t == nil {
		return raw
	}
	c, _ := r.reflected.LoadOrStore(t, &cellType{raw, t, r})
	return c.(*cellType)
}

// ValueOf is reflect.ValueOf. It refuses a value of a cell's type, whose methods and name a reflect.Value would lose.
func (r *Runtime) ValueOf(v any) reflect.Value {
	if b, ok := Canon(v).(box.Box); ok {
		r.refuse("reflect.ValueOf of a %s, which a cell defines (use a type switch, fmt or encoding/json)", b.Type.Name)
	}
	return reflect.ValueOf(v)
}

// part gives a type that the cell type is built of.
func (t *cellType) part(p types.Type, raw reflect.Type) reflect.Type {
	if i, ok := p.Underlying().(*types.Interface); ok && i.NumMethods() != raw.NumMethod() {
		t.rt.refuse("reflection on the interface %s, which a cell defines (use a type switch)", p)
	}
	return t.rt.typeOf(t.box.Of(p), raw)
}

func (t *cellType) String() string { return t.box.Name }

func (t *cellType) Name() string {
	if named, ok := types.Unalias(t.box.Go).(*types.Named); ok {
		return types.TypeString(named, func(*types.Package) string { return "" })
	}
	return ""
}

func (t *cellType) PkgPath() string {
	if t.Name() == "" {
		return ""
	}
	return "main"
}

func (t *cellType) Elem() reflect.Type {
	switch u := t.box.Go.Underlying().(type) {
	case interface{ Elem() types.Type }:
		return t.part(u.Elem(), t.Type.Elem())
	}
	return t.Type.Elem()
}

func (t *cellType) Key() reflect.Type {
	return t.part(t.box.Go.Underlying().(*types.Map).Key(), t.Type.Key())
}

func (t *cellType) Field(i int) reflect.StructField {
	field := t.Type.Field(i)
	v := t.box.Go.Underlying().(*types.Struct).Field(i)
	field.Name, field.Anonymous, field.PkgPath = v.Name(), v.Embedded(), ""
	if !v.Exported() {
		field.PkgPath = "main"
	}
	field.Type = t.part(v.Type(), field.Type)
	return field
}

func (t *cellType) FieldByName(name string) (reflect.StructField, bool) {
	obj, index, _ := types.LookupFieldOrMethod(t.box.Go, true, nil, name)
	for i := 0; obj == nil && i < t.NumField(); i++ { // unexported names are found by their package
		if t.Field(i).Name == name {
			return t.Field(i), true
		}
	}
	if v, ok := obj.(*types.Var); !ok || !v.IsField() {
		return reflect.StructField{}, false
	}
	var at reflect.Type = t
	for _, i := range index[:len(index)-1] {
		at = at.Field(i).Type
		if at.Kind() == reflect.Pointer {
			at = at.Elem()
		}
	}
	field := at.Field(index[len(index)-1])
	field.Index = index
	return field, true
}

func (t *cellType) NumMethod() int {
	n := 0
	for name := range t.box.Methods {
		if isExported(name) {
			n++
		}
	}
	return n
}

func (t *cellType) Method(int) (m reflect.Method) {
	t.refuseMethods()
	return m
}

func (t *cellType) MethodByName(string) (m reflect.Method, ok bool) {
	t.refuseMethods()
	return m, false
}

func (t *cellType) refuseMethods() {
	t.rt.refuse("reflection on the methods of %s, which a cell defines (call them through an interface)", t.box.Name)
}

func (t *cellType) Implements(u reflect.Type) bool {
	return u.Kind() == reflect.Interface && implements(box.Box{Type: t.box}, u)
}

func (t *cellType) AssignableTo(u reflect.Type) bool {
	return u == reflect.Type(t) || u.Kind() == reflect.Interface && t.Implements(u)
}
