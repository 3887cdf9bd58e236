package box

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"go/types"
	"reflect"
	"strings"
)

// Target is a boxed pointer that encoding/json decodes into.
type Target struct {
	Box
	Strict bool // unknown fields are errors
}

// UnmarshalJSON decodes data into what the pointer leads to, as encoding/json would if the compiler knew its type.
func (t *Target) UnmarshalJSON(data []byte) error {
	p, ok := t.Type.Go.Underlying().(*types.Pointer)
	v := reflect.ValueOf(t.Value)
	if !ok || v.IsNil() {
		return fmt.Errorf("json: cannot decode into %s: it is no pointer, or nil", t.Type.Name)
	}
	elem := t.Type.Of(p.Elem())
	err := decoder{t.Type.Of, t.Strict}.value(data, Pointed(v, elem), p.Elem())
	if own, ok := err.(methodError); ok {
		return own.error
	}
	return err
}

// methodError is an error of a cell's method.
type methodError struct{ error }

func ofMethod(err error) error {
	if err == nil {
		return nil
	}
	return methodError{err}
}

// ends reports whether decoding ends with err; a value of the wrong type does not keep it from the others. first is what
// decoding gives in the end.
func ends(first *error, err error) bool {
	switch err.(type) {
	case nil, *json.UnmarshalTypeError, misusedTag:
		*first = cmp.Or(*first, err)
		return false
	}
	*first = err
	return true
}

type decoder struct {
	of     func(types.Type) *Type
	strict bool // unknown fields are errors
}

// value decodes data into v, a variable of type t.
func (d decoder) value(data []byte, v reflect.Value, t types.Type) error {
	bt := d.of(t)
	if bt == nil {
		return json.Unmarshal(data, v.Addr().Interface())
	}
	null := bytes.Equal(bytes.TrimSpace(data), []byte("null"))
	if pt := d.of(types.NewPointer(t)); pt != nil && !types.IsInterface(t) {
		if f, ok := (Box{pt, v.Addr().Interface()}).Method("UnmarshalJSON").(func([]byte) error); ok {
			return ofMethod(f(data))
		}
		if f, ok := (Box{pt, v.Addr().Interface()}).Method("UnmarshalText").(func([]byte) error); ok && !null {
			var text string
			if err := json.Unmarshal(data, &text); err != nil {
				return d.mismatch(err, v, types.NewPointer(t))
			}
			return ofMethod(f([]byte(text)))
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
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		if null {
			v.SetZero()
			return nil
		}
		elem := d.of(u.Elem())
		if v.IsNil() {
			return d.value(data, Point(v, elem), u.Elem())
		}
		return d.value(data, Pointed(v, elem), u.Elem())
	case *types.Struct:
		return d.structure(data, v, t)
	case *types.Slice:
		var items []json.RawMessage
		if err := json.Unmarshal(data, &items); err != nil || items == nil {
			v.SetZero()
			return d.mismatch(err, v, t)
		}
		v.Set(reflect.MakeSlice(v.Type(), len(items), len(items)))
		return d.items(items, v, u.Elem())
	case *types.Array:
		var items []json.RawMessage
		if err := json.Unmarshal(data, &items); err != nil {
			return d.mismatch(err, v, t)
		}
		v.SetZero()
		return d.items(items[:min(len(items), v.Len())], v, u.Elem())
	case *types.Map:
		return d.entries(data, v, t)
	}
	return d.mismatch(json.Unmarshal(data, v.Addr().Interface()), v, t)
}

func (d decoder) items(items []json.RawMessage, v reflect.Value, elem types.Type) error {
	var first error
	for i, item := range items {
		if ends(&first, d.value(item, v.Index(i), elem)) {
			break
		}
	}
	return first
}

func (d decoder) entries(data []byte, v reflect.Value, mapType types.Type) error {
	t := mapType.Underlying().(*types.Map)
	keyType, pointer := v.Type().Key(), d.of(types.NewPointer(t.Key()))
	text := d.of(t.Key()) != nil && Box{Type: pointer}.Has("UnmarshalText")
	if text {
		keyType = reflect.TypeFor[string]()
	}
	raw := reflect.New(reflect.MapOf(keyType, reflect.TypeFor[json.RawMessage]()))
	if err := json.Unmarshal(data, raw.Interface()); err != nil || raw.Elem().IsNil() {
		v.SetZero()
		var wrong *json.UnmarshalTypeError
		if errors.As(err, &wrong) && wrong.Type == keyType && d.of(t.Key()) != nil {
			return d.mismatch(err, raw.Elem(), t.Key())
		}
		return d.mismatch(err, v, mapType)
	}
	if v.IsNil() {
		v.Set(reflect.MakeMap(v.Type()))
	}
	var first error
	for iter := raw.Elem().MapRange(); iter.Next(); {
		elem := reflect.New(v.Type().Elem()).Elem()
		if ends(&first, d.value(iter.Value().Bytes(), elem, t.Elem())) {
			return first
		}
		key := iter.Key()
		if text {
			made := reflect.New(v.Type().Key())
			if err := (Box{pointer, made.Interface()}).Method("UnmarshalText").(func([]byte) error)([]byte(key.String())); err != nil {
				return methodError{err}
			}
			key = made.Elem()
		}
		v.SetMapIndex(key, elem)
	}
	return first
}

// structure decodes an object; a key names a field by its tag or name, if need be in another case.
func (d decoder) structure(data []byte, v reflect.Value, t types.Type) error {
	var object map[string]json.RawMessage
	if err := json.Unmarshal(data, &object); err != nil {
		return d.mismatch(err, v, t)
	}
	known := map[string]bool{}
	err := d.fields(object, known, v, t, t)
	for key := range object {
		if d.strict && err == nil && !known[key] {
			return fmt.Errorf("json: unknown field %q", key)
		}
	}
	return err
}

// fields decodes the members of an object into the fields of a struct and of those embedded in it, and notes which it
// knows. Errors name the type outer, in which t is embedded.
func (d decoder) fields(object map[string]json.RawMessage, known map[string]bool, v reflect.Value, t, outer types.Type) error {
	st := t.Underlying().(*types.Struct)
	var first error
	var embedded []func() error
	for i := range st.NumFields() {
		f, tag := st.Field(i), reflect.StructTag(st.Tag(i)).Get("json")
		name, options, _ := strings.Cut(tag, ",")
		inner := f.Type()
		if p, ok := inner.Underlying().(*types.Pointer); ok {
			inner = p.Elem()
		}
		if f.Embedded() && name == "" && isStruct(inner) && d.of(inner) != nil {
			embedded = append(embedded, func() error {
				return inField(d.embedded(object, known, v.Field(i), f.Type(), inner, outer), f.Name(), outer)
			})
			continue
		}
		if !f.Exported() || tag == "-" {
			continue
		}
		if name == "" {
			name = f.Name()
		}
		if known[name] { // by a field of a struct around this one
			continue
		}
		item, ok := object[name]
		known[name] = true
		for key := range object {
			if !ok && strings.EqualFold(key, name) {
				item, ok, known[key] = object[key], true, true
			}
		}
		if !ok {
			continue
		}
		err := error(nil)
		if strings.Contains(options, "string") && (d.of(f.Type()) == nil || quotable(f.Type(), d.of)) {
			err = d.quoted(item, v.Field(i), f.Type())
		} else {
			err = d.value(item, v.Field(i), f.Type())
		}
		if ends(&first, inField(err, name, outer)) {
			return first
		}
	}
	for _, decode := range embedded { // their fields give way to those around them
		var inner error
		if ends(&inner, decode()) {
			return inner
		}
		first = cmp.Or(inner, first)
	}
	return first
}

// inField says in an error that it is in a field of the struct type t.
func inField(err error, name string, t types.Type) error {
	inner := err
	if own, ok := err.(methodError); ok {
		inner = own.error
	}
	if mismatch, ok := inner.(*json.UnmarshalTypeError); ok {
		if named, ok := types.Unalias(t).(*types.Named); ok && mismatch.Field == "" {
			mismatch.Struct = named.Obj().Name()
		}
		mismatch.Field = strings.TrimSuffix(name+"."+mismatch.Field, ".")
	}
	return err
}

// embedded decodes into an embedded struct of type inner, or through a pointer to one, which it makes if need be.
func (d decoder) embedded(object map[string]json.RawMessage, known map[string]bool, v reflect.Value, t, inner, outer types.Type) error {
	if t == inner {
		return d.fields(object, known, v, t, outer)
	}
	if !v.IsNil() {
		return d.fields(object, known, Pointed(v, d.of(inner)), inner, outer)
	}
	before := len(known)
	fresh := reflect.New(v.Type()).Elem()
	target := Point(fresh, d.of(inner))
	err := d.fields(object, known, target, inner, outer)
	if len(known) > before && !target.IsZero() {
		v.Set(fresh)
	}
	return err
}

// quotable reports whether a tag can say that values of type t, which are numbers, strings or booleans without methods of
// their own, or pointers to such, are written as strings.
func quotable(t types.Type, of func(types.Type) *Type) bool {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	basic, ok := t.Underlying().(*types.Basic)
	if !ok || basic.Info()&(types.IsInteger|types.IsFloat|types.IsString|types.IsBoolean) == 0 {
		return false
	}
	for _, method := range []string{"MarshalJSON", "UnmarshalJSON", "MarshalText", "UnmarshalText"} {
		if bt := of(types.NewPointer(t)); bt != nil && (Box{Type: bt}).Has(method) {
			return false
		}
	}
	return true
}

// quoted decodes a value of type t whose tag says that it is written as a string.
func (d decoder) quoted(item []byte, v reflect.Value, t types.Type) error {
	field := reflect.StructField{Name: "V", Type: v.Type(), Tag: `json:",string"`}
	holder := reflect.New(reflect.StructOf([]reflect.StructField{field}))
	err := json.Unmarshal(fmt.Appendf(nil, `{"V":%s}`, item), holder.Interface())
	v.Set(holder.Elem().Field(0))
	bt := d.of(t)
	if err == nil || bt == nil {
		return err
	}
	if p, ok := t.Underlying().(*types.Pointer); ok && !strings.HasSuffix(err.Error(), v.Type().String()) {
		bt = d.of(p.Elem())
	}
	text := err.Error()
	return misusedTag{errors.New(text[:strings.LastIndexByte(text, ' ')+1] + bt.Name)}
}

// misusedTag is an error of package json that keeps nothing from other fields.
type misusedTag struct{ error }

// mismatch names the cell's type in the error of decoding into a stand-in for it.
func (d decoder) mismatch(err error, v reflect.Value, t types.Type) error {
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		wrong.Type = namedType{v.Type(), d.of(t).Name}
	}
	return err
}

// namedType is a type by the name that it has in the cell.
type namedType struct {
	reflect.Type
	name string
}

func (t namedType) String() string { return t.name }
