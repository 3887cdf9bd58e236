package rt

import "github.com/gophergrad/gophergrad/interp/box"

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
