package box

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/types"
	"reflect"
	"strings"
)

// MarshalJSON encodes the value as encoding/json encodes one of a compiled type: with its MarshalJSON or MarshalText
// method, else by its exported fields and elements; a nil pointer is null whatever its methods.
func (b Box) MarshalJSON() ([]byte, error) {
	v := reflect.ValueOf(b.Value)
	if !v.IsValid() || v.Kind() == reflect.Pointer && v.IsNil() {
		return []byte("null"), nil
	}
	if f, ok := b.Method("MarshalJSON").(func() ([]byte, error)); ok {
		text, err := f()
		if err == nil {
			err = json.Compact(new(bytes.Buffer), text)
		}
		if err != nil {
			return nil, &json.MarshalerError{Type: namedType{v.Type(), b.Type.Name}, Err: err}
		}
		return text, nil
	}
	if f, ok := b.Method("MarshalText").(func() ([]byte, error)); ok {
		text, err := f()
		if err != nil {
			return nil, fmt.Errorf("json: error calling MarshalText for type %s: %w", b.Type.Name, err)
		}
		return marshal(string(text))
	}
	switch v.Kind() {
	case reflect.Chan, reflect.Func, reflect.Complex64, reflect.Complex128:
		return nil, &json.UnsupportedTypeError{Type: namedType{v.Type(), b.Type.Name}}
	}
	return marshal(encoder{b.Type.Of}.value(v, b.Type.Go))
}

// JSONError is an error of package json without what it says of boxes.
func JSONError(err error) error {
	var e *json.MarshalerError
	for errors.As(err, &e) && e.Type.Implements(reflect.TypeFor[Boxed]()) {
		err = e.Err
	}
	return err
}

// marshal is json.Marshal without escapes of HTML: whoever asked for the whole adds them, if they are wanted.
func marshal(v any) ([]byte, error) {
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSuffix(text.Bytes(), []byte("\n")), err
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
		keyType := v.Type().Key()
		text := e.of(u.Key()) != nil && keyType.Kind() != reflect.String && Box{Type: e.of(u.Key())}.Has("MarshalText")
		if text {
			keyType = reflect.TypeFor[textKey]()
		}
		out := reflect.MakeMap(reflect.MapOf(keyType, anyType))
		for iter := v.MapRange(); iter.Next(); {
			key := iter.Key()
			if text {
				key = reflect.ValueOf(textKey{Box{e.of(u.Key()), key.Interface()}})
			}
			elem := reflect.New(anyType).Elem()
			if part := e.part(iter.Value(), u.Elem()); part != nil {
				elem.Set(reflect.ValueOf(part))
			}
			out.SetMapIndex(key, elem)
		}
		return out.Interface()
	}
	return v.Interface()
}

// textKey is the key of a map, of a type with the method MarshalText.
type textKey struct{ Box }

// MarshalText calls the key's.
func (k textKey) MarshalText() ([]byte, error) {
	return k.Method("MarshalText").(func() ([]byte, error))()
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
		if strings.Contains(options, ",omitempty") && isEmpty(Revealed(v.Field(i), f.Type())) || strings.Contains(options, ",omitzero") && e.isZero(v.Field(i), f.Type()) {
			continue
		}
		inner, slot := f.Type(), v.Field(i)
		if p, ok := inner.Underlying().(*types.Pointer); ok && f.Embedded() && options == "" && isStruct(p.Elem()) && e.of(p.Elem()) != nil {
			if slot = Revealed(slot, inner); slot.IsNil() {
				continue
			}
			inner, slot = p.Elem(), Pointed(slot, e.of(p.Elem()))
		}
		if st, ok := inner.Underlying().(*types.Struct); ok && f.Embedded() && options == "" && e.of(inner) != nil {
			value := e.structValue(slot, st)
			fields = append(fields, reflect.StructField{Name: exportedName(f.Name()), Type: reflect.TypeOf(value), Anonymous: true})
			values = append(values, value)
			continue
		}
		field := reflect.StructField{Name: exportedName(f.Name()), Type: anyType, Tag: tag}
		value := e.part(v.Field(i), f.Type())
		if quoted := strings.Contains(options, ",string") && quotable(f.Type(), e.of); quoted || e.of(f.Type()) == nil { // options of its tag depend on its type
			field.Type, value = v.Field(i).Type(), v.Field(i).Interface()
		}
		fields = append(fields, field)
		values = append(values, value)
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

// isZero is what omitzero asks for: the value's IsZero, if it has one.
func (e encoder) isZero(v reflect.Value, t types.Type) bool {
	v = Revealed(v, t)
	if bt := e.of(t); bt != nil && v.Kind() != reflect.Interface {
		if f, ok := (Box{bt, v.Interface()}).Method("IsZero").(func() bool); ok && (v.Kind() != reflect.Pointer || !v.IsNil()) {
			return f()
		}
	} else if z, ok := v.Interface().(interface{ IsZero() bool }); ok && (v.Kind() != reflect.Pointer || !v.IsNil()) {
		return z.IsZero()
	}
	return v.IsZero()
}

func isEmpty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() == 0
	case reflect.Struct:
		return false
	}
	return v.IsZero()
}
