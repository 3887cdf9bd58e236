package rt

import (
	"encoding/xml"
	"go/types"
	"reflect"
	"strings"

	"github.com/gophergrad/gophergrad/interp/box"
)

// Open gives a value without its box to the compiled function called what, which looks into it by reflection.
func (r *Runtime) Open(what string, v any) any {
	b, ok := v.(box.Box)
	if !ok {
		return v
	}
	if b.Type.Opaque != "" {
		r.refuse("%s with a %s, which it looks into by reflection: %s", what, b.Type.Name, b.Type.Opaque)
	}
	return b.Value
}

// XML gives a value to package xml, which names an element by its type.
func (r *Runtime) XML(v any) any {
	opened := r.Open("xml.Marshal", v)
	b, ok := v.(box.Box)
	if !ok {
		return v
	}
	t := b.Type.Go
	for {
		part, ok := t.Underlying().(interface{ Elem() types.Type })
		if _, isMap := t.Underlying().(*types.Map); !ok || isMap {
			break
		}
		t = part.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if obj, _, _ := types.LookupFieldOrMethod(t, false, nil, "XMLName"); !ok || obj != nil || b.Type.Of(t) == nil {
		return opened
	}
	name, _, _ := strings.Cut(named.Obj().Name(), "[")
	return xmlElement{opened, name}
}

// xmlElement is a value with the name of its type.
type xmlElement struct {
	value any
	name  string
}

// MarshalXML encodes the value, or each of a list, as an element of the name.
func (x xmlElement) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	start.Name.Local = x.name
	if v := reflect.ValueOf(x.value); v.Kind() == reflect.Slice || v.Kind() == reflect.Array {
		for i := range v.Len() {
			if err := e.EncodeElement(v.Index(i).Interface(), start); err != nil {
				return err
			}
		}
		return nil
	}
	return e.EncodeElement(x.value, start)
}
