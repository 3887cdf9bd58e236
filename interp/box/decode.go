package box

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/types"
	"reflect"
	"strings"
)

// Target is a boxed pointer that encoding/json decodes into.
type Target struct{ Box }

// UnmarshalJSON decodes data into what the pointer leads to, as encoding/json would if the compiler knew its type.
func (t *Target) UnmarshalJSON(data []byte) error {
	p, ok := t.Type.Go.Underlying().(*types.Pointer)
	v := reflect.ValueOf(t.Value)
	if !ok || v.IsNil() {
		return fmt.Errorf("json: cannot decode into %s: it is no pointer, or nil", t.Type.Name)
	}
	elem := t.Type.Of(p.Elem())
	return decoder{t.Type.Of}.value(data, Pointed(v, elem), p.Elem())
}

type decoder struct{ of func(types.Type) *Type }

// value decodes data into v, a variable of type t.
func (d decoder) value(data []byte, v reflect.Value, t types.Type) error {
	bt := d.of(t)
	if bt == nil {
		return json.Unmarshal(data, v.Addr().Interface())
	}
	if pt := d.of(types.NewPointer(t)); pt != nil && !types.IsInterface(t) {
		if f, ok := (Box{pt, v.Addr().Interface()}).Method("UnmarshalJSON").(func([]byte) error); ok {
			return f(data)
		}
	}
	if erased(v, t) {
		inner := reflect.New(bt.Raw).Elem()
		if !v.IsNil() {
			inner.Set(v.Elem())
		}
		if err := d.value(data, inner, t); err != nil {
			return err
		}
		v.SetZero()
		if !inner.IsZero() {
			v.Set(inner)
		}
		return nil
	}
	null := bytes.Equal(bytes.TrimSpace(data), []byte("null"))
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		if null {
			v.SetZero()
			return nil
		}
		elem := d.of(u.Elem())
		if v.IsNil() {
			return d.value(data, point(v, elem), u.Elem())
		}
		return d.value(data, Pointed(v, elem), u.Elem())
	case *types.Struct:
		return d.structure(data, v, u)
	case *types.Slice:
		var items []json.RawMessage
		if err := json.Unmarshal(data, &items); err != nil || items == nil {
			v.SetZero()
			return err
		}
		v.Set(reflect.MakeSlice(v.Type(), len(items), len(items)))
		return d.items(items, v, u.Elem())
	case *types.Array:
		var items []json.RawMessage
		if err := json.Unmarshal(data, &items); err != nil {
			return err
		}
		v.SetZero()
		return d.items(items[:min(len(items), v.Len())], v, u.Elem())
	case *types.Map:
		return d.entries(data, v, u)
	}
	return json.Unmarshal(data, v.Addr().Interface())
}

func (d decoder) items(items []json.RawMessage, v reflect.Value, elem types.Type) error {
	for i, item := range items {
		if err := d.value(item, v.Index(i), elem); err != nil {
			return err
		}
	}
	return nil
}

func (d decoder) entries(data []byte, v reflect.Value, t *types.Map) error {
	raw := reflect.New(reflect.MapOf(v.Type().Key(), reflect.TypeFor[json.RawMessage]()))
	if err := json.Unmarshal(data, raw.Interface()); err != nil || raw.Elem().IsNil() {
		v.SetZero()
		return err
	}
	if v.IsNil() {
		v.Set(reflect.MakeMap(v.Type()))
	}
	for iter := raw.Elem().MapRange(); iter.Next(); {
		elem := reflect.New(v.Type().Elem()).Elem()
		if err := d.value(iter.Value().Bytes(), elem, t.Elem()); err != nil {
			return err
		}
		v.SetMapIndex(iter.Key(), elem)
	}
	return nil
}

// structure decodes an object; a key names a field by its tag or name, if need be in another case.
func (d decoder) structure(data []byte, v reflect.Value, t *types.Struct) error {
	var object map[string]json.RawMessage
	if err := json.Unmarshal(data, &object); err != nil {
		return err
	}
	for i := range t.NumFields() {
		f := t.Field(i)
		name, _, _ := strings.Cut(reflect.StructTag(t.Tag(i)).Get("json"), ",")
		if inner, ok := f.Type().Underlying().(*types.Struct); ok && f.Embedded() && name == "" {
			if err := d.structure(data, v.Field(i), inner); err != nil {
				return err
			}
			continue
		}
		if !f.Exported() || name == "-" {
			continue
		}
		if name == "" {
			name = f.Name()
		}
		item, ok := object[name]
		for key := range object {
			if !ok && strings.EqualFold(key, name) {
				item, ok = object[key], true
			}
		}
		if ok {
			if err := d.value(item, v.Field(i), f.Type()); err != nil {
				return fmt.Errorf("%s: %w", f.Name(), err)
			}
		}
	}
	return nil
}
