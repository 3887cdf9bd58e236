package rt

import (
	"fmt"
	"go/types"
	"reflect"
	"sync"

	"github.com/gophergrad/gophergrad/interp/box"
)

// cellType is the reflect.Type of a type that a cell defines: the interpreter's, which has the right kind and layout
// but neither names nor methods.
type cellType struct {
	reflect.Type
	box *box.Type
}

var cellTypes sync.Map // *box.Type → *cellType, so that equal types are equal as interfaces

// TypeOf is reflect.TypeOf.
func TypeOf(v any) reflect.Type {
	if b, ok := Canon(v).(box.Box); ok {
		return typeOf(b.Type, reflect.TypeOf(b.Value))
	}
	return reflect.TypeOf(v)
}

func typeOf(t *box.Type, raw reflect.Type) reflect.Type {
	if t == nil {
		return raw
	}
	c, _ := cellTypes.LoadOrStore(t, &cellType{raw, t})
	return c.(*cellType)
}

// ValueOf is reflect.ValueOf. It refuses a value of a cell's type, whose methods and name a reflect.Value would lose.
func ValueOf(v any) reflect.Value {
	if b, ok := Canon(v).(box.Box); ok {
		panic(fmt.Errorf("reflect.ValueOf cannot look into a %s, because a cell defines that type: use a type switch, fmt or encoding/json", b.Type.Name))
	}
	return reflect.ValueOf(v)
}

// part gives a type that the cell type is built of.
func (t *cellType) part(p types.Type, raw reflect.Type) reflect.Type {
	if i, ok := p.Underlying().(*types.Interface); ok && i.NumMethods() != raw.NumMethod() {
		panic(fmt.Errorf("reflect cannot describe the interface %s, because a cell defines it", p))
	}
	return typeOf(t.box.Of(p), raw)
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

func (t *cellType) Method(int) reflect.Method                  { panic(t.methods()) }
func (t *cellType) MethodByName(string) (reflect.Method, bool) { panic(t.methods()) }

func (t *cellType) methods() error {
	return fmt.Errorf("reflect cannot give the methods of %s, because a cell defines that type: call them through an interface", t.box.Name)
}

func (t *cellType) Implements(u reflect.Type) bool {
	return u.Kind() == reflect.Interface && implements(box.Box{Type: t.box}, u)
}

func (t *cellType) AssignableTo(u reflect.Type) bool {
	return u == reflect.Type(t) || u.Kind() == reflect.Interface && t.Implements(u)
}
