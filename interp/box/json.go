package box

import (
	"encoding/json"
	"go/types"
	"reflect"
	"strings"
)

// MarshalJSON encodes the value as encoding/json encodes one of a compiled type: with its MarshalJSON or MarshalText
// method, else by its exported fields and elements.
func (b Box) MarshalJSON() ([]byte, error) {
	if f, ok := b.Method("MarshalJSON").(func() ([]byte, error)); ok {
		return f()
	}
	if f, ok := b.Method("MarshalText").(func() ([]byte, error)); ok {
		text, err := f()
		if err != nil {
			return nil, err
		}
		return json.Marshal(string(text))
	}
	v := reflect.ValueOf(b.Value)
	if !v.IsValid() {
		return []byte("null"), nil
	}
	return json.Marshal(encoder{b.Type.Of}.value(v, b.Type.Go))
}

type encoder struct{ of func(types.Type) *Type }

// value rebuilds v, of type t, from types that encoding/json knows.
func (e encoder) value(v reflect.Value, t types.Type) any {
	v = Revealed(v, t)
	if e.of(t) == nil {
		return v.Interface()
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		return e.structValue(v, u)
	case *types.Pointer:
		if v.IsNil() {
			return nil
		}
		return e.part(Pointed(v, e.of(u.Elem())), u.Elem())
	case *types.Slice:
		if v.IsNil() {
			return nil
		}
		return e.list(v, u.Elem())
	case *types.Array:
		return e.list(v, u.Elem())
	case *types.Map:
		if v.IsNil() {
			return nil
		}
		out := reflect.MakeMap(reflect.MapOf(v.Type().Key(), anyType))
		for iter := v.MapRange(); iter.Next(); {
			elem := reflect.New(anyType).Elem()
			if part := e.part(iter.Value(), u.Elem()); part != nil {
				elem.Set(reflect.ValueOf(part))
			}
			out.SetMapIndex(iter.Key(), elem)
		}
		return out.Interface()
	}
	return v.Interface()
}

func (e encoder) list(v reflect.Value, elem types.Type) any {
	out := make([]any, v.Len())
	for i := range out {
		out[i] = e.part(v.Index(i), elem)
	}
	return out
}

// part gives a value inside another, in its box if it has methods of its own.
func (e encoder) part(v reflect.Value, t types.Type) any {
	v = Revealed(v, t)
	if v.Kind() == reflect.Interface {
		return v.Interface()
	}
	if bt := e.of(t); bt != nil {
		return Box{bt, v.Interface()}
	}
	return v.Interface()
}

// structValue gives the exported fields under their own names and tags.
func (e encoder) structValue(v reflect.Value, t *types.Struct) any {
	var fields []reflect.StructField
	var values []any
	for i := range t.NumFields() {
		f := t.Field(i)
		tag := reflect.StructTag(t.Tag(i))
		if !f.Exported() && !f.Embedded() {
			continue
		}
		options := tag.Get("json")
		if strings.Contains(options, ",omitempty") && isEmpty(Revealed(v.Field(i), f.Type())) || strings.Contains(options, ",omitzero") && v.Field(i).IsZero() {
			continue
		}
		if inner, ok := f.Type().Underlying().(*types.Struct); ok && f.Embedded() && options == "" && e.of(f.Type()) != nil {
			value := e.structValue(v.Field(i), inner)
			fields = append(fields, reflect.StructField{Name: exportedName(f.Name()), Type: reflect.TypeOf(value), Anonymous: true})
			values = append(values, value)
			continue
		}
		fields = append(fields, reflect.StructField{Name: exportedName(f.Name()), Type: anyType, Tag: tag})
		values = append(values, e.part(v.Field(i), f.Type()))
	}
	out := reflect.New(reflect.StructOf(fields)).Elem()
	for i, value := range values {
		if value != nil {
			out.Field(i).Set(reflect.ValueOf(value))
		}
	}
	return out.Interface()
}

func exportedName(name string) string { return strings.ToUpper(name[:1]) + name[1:] }

func isEmpty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() == 0
	case reflect.Struct:
		return false
	}
	return v.IsZero()
}
