package rt

import "encoding/json"

// Marshal is json.Marshal.
func (r *Runtime) Marshal(v any) ([]byte, error) {
	defer r.Lend(v)()
	return json.Marshal(v)
}

// MarshalIndent is json.MarshalIndent.
func (r *Runtime) MarshalIndent(v any, prefix, indent string) ([]byte, error) {
	defer r.Lend(v)()
	return json.MarshalIndent(v, prefix, indent)
}

// Encode is e.Encode.
func (r *Runtime) Encode(e *json.Encoder, v any) error {
	defer r.Lend(v)()
	return e.Encode(v)
}
