package rt

import (
	"fmt"
	htmltemplate "html/template"
	"io"
	"reflect"
	"text/template"
	"text/template/parse"
	"unicode"
	"unicode/utf8"

	"github.com/gophergrad/gophergrad/interp/box"
)

// Templates find fields and methods by reflection. They get the structs of cells as maps of their fields and of the
// results of those methods that the template names.

// Execute is t.Execute, and so on.
func Execute(t *template.Template, w io.Writer, data any) error {
	return t.Execute(w, templateData(data, namedIn(t.Templates())))
}

// ExecuteTemplate is t.ExecuteTemplate.
func ExecuteTemplate(t *template.Template, w io.Writer, name string, data any) error {
	return t.ExecuteTemplate(w, name, templateData(data, namedIn(t.Templates())))
}

// ExecuteHTML is t.Execute for a template of html/template.
func ExecuteHTML(t *htmltemplate.Template, w io.Writer, data any) error {
	return t.Execute(w, templateData(data, namedInHTML(t.Templates())))
}

// ExecuteTemplateHTML is t.ExecuteTemplate for a template of html/template.
func ExecuteTemplateHTML(t *htmltemplate.Template, w io.Writer, name string, data any) error {
	return t.ExecuteTemplate(w, name, templateData(data, namedInHTML(t.Templates())))
}

func namedIn(templates []*template.Template) map[string]bool {
	names := map[string]bool{}
	for _, t := range templates {
		if t.Tree != nil {
			collect(reflect.ValueOf(t.Tree.Root), names)
		}
	}
	return names
}

func namedInHTML(templates []*htmltemplate.Template) map[string]bool {
	names := map[string]bool{}
	for _, t := range templates {
		if t.Tree != nil {
			collect(reflect.ValueOf(t.Tree.Root), names)
		}
	}
	return names
}

// collect adds the fields and methods that a node of a template names, however deep.
func collect(v reflect.Value, names map[string]bool) {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if !v.IsNil() && v.Type() != reflect.TypeFor[*parse.Tree]() {
			collect(v.Elem(), names)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			collect(v.Field(i), names)
		}
	case reflect.Slice:
		for i := range v.Len() {
			collect(v.Index(i), names)
		}
	case reflect.String:
		names[v.String()] = true
	}
}

// record is a struct of a cell in a template. It prints as what it is made of, which it has under the empty name.
type record map[string]any

// Format prints the struct.
func (r record) Format(s fmt.State, verb rune) { fmt.Fprintf(s, fmt.FormatString(s, verb), r[""]) }

// templateData gives a value to a template that uses the given names.
func templateData(v any, names map[string]bool) any {
	return dataMaker{names, map[any]record{}}.value(v)
}

type dataMaker struct {
	names map[string]bool
	made  map[any]record // by pointers, which may lead in circles
}

func (m dataMaker) value(v any) any {
	b, ok := Canon(v).(box.Box)
	if !ok {
		return v
	}
	r := reflect.ValueOf(b.Value)
	for r.Kind() == reflect.Pointer && !r.IsNil() {
		r = r.Elem()
	}
	_, fields, values := b.Parts()
	switch r.Kind() {
	case reflect.Struct, reflect.Interface: // the interpreter lays out pointers in recursive types as ones to interfaces
		return m.record(b, fields, values)
	case reflect.Slice, reflect.Array:
		list := make([]any, len(values), len(values)+1)
		for i, value := range values {
			list[i] = m.value(value.Interface())
		}
		list[:cap(list)][len(list)] = b // see behind
		return list
	case reflect.Map:
		entries := reflect.MakeMap(reflect.MapOf(r.Type().Key(), reflect.TypeFor[any]()))
		for key, value := range r.Seq2() {
			entries.SetMapIndex(key, reflect.ValueOf(&[]any{m.value(b.Entry(value))}[0]).Elem())
		}
		return entries.Interface()
	}
	if b.HasText() {
		return b
	}
	return b.Value
}

func (m dataMaker) record(b box.Box, fields []reflect.StructField, values []reflect.Value) any {
	key := b.Value
	if reflect.TypeOf(key).Kind() != reflect.Pointer {
		key = new(int)
	}
	if made, ok := m.made[key]; ok {
		return made
	}
	data := record{"": b}
	m.made[key] = data
	for i, field := range fields {
		if field.IsExported() && m.names[field.Name] {
			data[field.Name] = m.value(values[i].Interface())
		}
	}
	for name := range b.Type.Methods {
		if isExported(name) && m.names[name] {
			data[name] = m.result(b, name)
		}
	}
	return data
}

// result calls a method without parameters; one with parameters is given as a function, for call.
func (m dataMaker) result(b box.Box, name string) (result any) {
	f := reflect.ValueOf(b.Method(name))
	if f.Type().NumIn() > 0 || f.Type().NumOut() == 0 {
		return f.Interface()
	}
	defer func() {
		if p := recover(); p != nil {
			result = f.Interface() // the template may not need it; if it does, the call fails there
		}
	}()
	return m.value(f.Call(nil)[0].Interface())
}

func isExported(name string) bool {
	r, _ := utf8.DecodeRuneInString(name)
	return unicode.IsUpper(r)
}
