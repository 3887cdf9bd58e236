package rt

import (
	"reflect"
	"unicode"
	"unicode/utf8"

	"github.com/gophergrad/gophergrad/interp/box"
)

// TemplateData gives a value to package template, which finds fields and methods by reflection: a boxed struct
// becomes a map of its exported fields and of the results of its methods without parameters.
func TemplateData(v any) any {
	b, ok := v.(box.Box)
	if !ok {
		return v
	}
	data := map[string]any{}
	_, fields, values := b.Parts()
	for i, field := range fields {
		if field.IsExported() {
			data[field.Name] = TemplateData(values[i].Interface())
		}
	}
	for name := range b.Type.Methods {
		if isExported(name) {
			data[name] = methodResult(b, name)
		}
	}
	if len(data) == 0 {
		return b.Value
	}
	return data
}

// JSONTarget gives a boxed pointer to package json, which decodes into a pointer only.
func JSONTarget(v any) any {
	if b, ok := v.(box.Box); ok {
		return &box.Target{Box: b}
	}
	return v
}

// methodResult calls a method without parameters; one with parameters is given as a function, for call.
func methodResult(b box.Box, name string) (result any) {
	f := reflect.ValueOf(b.Method(name))
	if f.Type().NumIn() > 0 || f.Type().NumOut() == 0 {
		return f.Interface()
	}
	defer func() {
		if p := recover(); p != nil {
			result = f.Interface() // the template may not need it; if it does, the call fails there
		}
	}()
	return TemplateData(Canon(f.Call(nil)[0].Interface()))
}

func isExported(name string) bool {
	r, _ := utf8.DecodeRuneInString(name)
	return unicode.IsUpper(r)
}
