package box

import (
	"cmp"
	"fmt"
	"go/types"
	"reflect"
	"slices"
	"strconv"
)

// Parts gives the name of the value's type without its package, and the value's fields, elements or entries with
// their names: a struct's under their names and tags in the cell, a slice's as "0", "1", …, a map's by their keys,
// sorted. A part of a cell's type comes in a box. Code that walks modules asks for it (nn.Composite).
func (b Box) Parts() (typeName string, fields []reflect.StructField, values []reflect.Value) {
	t, v := b.Type.Go, reflect.ValueOf(b.Value)
	if p, ok := t.Underlying().(*types.Pointer); ok && v.IsValid() && !v.IsNil() {
		t, v = p.Elem(), Pointed(v, b.Type.Of(p.Elem()))
	}
	typeName = types.TypeString(t, func(*types.Package) string { return "" })
	add := func(field reflect.StructField, value reflect.Value, t types.Type) {
		value = Revealed(value, t)
		if bt := b.Type.Of(t); bt != nil && value.Kind() != reflect.Interface {
			value = reflect.ValueOf(Box{bt, value.Interface()})
		}
		fields, values = append(fields, field), append(values, value)
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		for i := range u.NumFields() {
			f := u.Field(i)
			field := reflect.StructField{Name: f.Name(), Tag: reflect.StructTag(u.Tag(i)), Anonymous: f.Embedded(), Type: Revealed(v.Field(i), f.Type()).Type()}
			if !f.Exported() {
				field.PkgPath = f.Pkg().Path()
			}
			add(field, v.Field(i), f.Type())
		}
	case *types.Slice:
		for i := range v.Len() {
			add(reflect.StructField{Name: strconv.Itoa(i), PkgPath: "main"}, v.Index(i), u.Elem())
		}
	case *types.Array:
		for i := range v.Len() {
			add(reflect.StructField{Name: strconv.Itoa(i), PkgPath: "main"}, v.Index(i), u.Elem())
		}
	case *types.Map:
		for _, key := range sortedKeys(v) {
			add(reflect.StructField{Name: fmt.Sprint(key), PkgPath: "main"}, v.MapIndex(key), u.Elem())
		}
	}
	return typeName, fields, values
}

// sortedKeys are the keys of a map in the order in which fmt prints them, as far as they are numbers or strings.
func sortedKeys(m reflect.Value) []reflect.Value {
	keys := m.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int {
		switch {
		case a.CanInt():
			return cmp.Compare(a.Int(), b.Int())
		case a.CanUint():
			return cmp.Compare(a.Uint(), b.Uint())
		case a.CanFloat():
			return cmp.Compare(a.Float(), b.Float())
		}
		return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b))
	})
	return keys
}

// Entry gives an element of the value, a map, as an interface value.
func (b Box) Entry(v reflect.Value) any {
	m, ok := b.Type.Go.Underlying().(*types.Map)
	if !ok {
		return v.Interface()
	}
	v = Revealed(v, m.Elem())
	if bt := b.Type.Of(m.Elem()); bt != nil && v.Kind() != reflect.Interface {
		return Box{bt, v.Interface()}
	}
	return v.Interface()
}
