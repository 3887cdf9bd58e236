package rt

import (
	"encoding/json"
	"reflect"

	"github.com/gophergrad/gophergrad/interp/box"
)

// Marshal is json.Marshal.
func (r *Runtime) Marshal(v any) ([]byte, error) {
	defer r.Lend(v)()
	text, err := json.Marshal(v)
	return text, box.JSONError(err)
}

// MarshalIndent is json.MarshalIndent.
func (r *Runtime) MarshalIndent(v any, prefix, indent string) ([]byte, error) {
	defer r.Lend(v)()
	text, err := json.MarshalIndent(v, prefix, indent)
	return text, box.JSONError(err)
}

// Encode is e.Encode.
func (r *Runtime) Encode(e *json.Encoder, v any) error {
	defer r.Lend(v)()
	return box.JSONError(e.Encode(v))
}

// JSONTarget gives a boxed pointer to package json, which decodes into a pointer only.
func JSONTarget(v any) any {
	if b, ok := v.(box.Box); ok {
		return &box.Target{Box: b}
	}
	return v
}

// JSONDecode is d.Decode.
func JSONDecode(d *json.Decoder, v any) error {
	target := JSONTarget(v)
	if t, ok := target.(*box.Target); ok {
		t.Strict = reflect.ValueOf(d).Elem().FieldByName("d").FieldByName("disallowUnknownFields").Bool()
	}
	return d.Decode(target)
}
