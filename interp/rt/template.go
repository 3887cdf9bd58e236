package rt

import (
	"cmp"
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

// ExecuteText is t.Execute, and so on.
func (r *Runtime) ExecuteText(t *template.Template, w io.Writer, data any) error {
	m := r.templateData(namedIn(trees(t)))
	return m.failed(r.withMethods(t, data).Execute(w, m.value(data)))
}

// ExecuteTemplate is t.ExecuteTemplate.
func (r *Runtime) ExecuteTemplate(t *template.Template, w io.Writer, name string, data any) error {
	m := r.templateData(namedIn(trees(t)))
	return m.failed(r.withMethods(t, data).ExecuteTemplate(w, name, m.value(data)))
}

// ExecuteHTML is t.Execute for a template of html/template.
func (r *Runtime) ExecuteHTML(t *htmltemplate.Template, w io.Writer, data any) error {
	m := r.templateData(namedIn(treesHTML(t)))
	return m.failed(r.withMethodsHTML(t, data).Execute(w, m.value(data)))
}

// ExecuteTemplateHTML is t.ExecuteTemplate for a template of html/template.
func (r *Runtime) ExecuteTemplateHTML(t *htmltemplate.Template, w io.Writer, name string, data any) error {
	m := r.templateData(namedIn(treesHTML(t)))
	return m.failed(r.withMethodsHTML(t, data).ExecuteTemplate(w, name, m.value(data)))
}

// trees are the parsed templates that t can execute.
func trees(t *template.Template) (list []*parse.Tree) {
	for _, t := range t.Templates() {
		if t.Tree != nil {
			list = append(list, t.Tree)
		}
	}
	return list
}

func treesHTML(t *htmltemplate.Template) (list []*parse.Tree) {
	for _, t := range t.Templates() {
		if t.Tree != nil {
			list = append(list, t.Tree)
		}
	}
	return list
}

// namedIn lists the fields and methods that templates name.
func namedIn(trees []*parse.Tree) map[string]bool {
	names := map[string]bool{}
	for _, tree := range trees {
		walk(reflect.ValueOf(tree.Root), func(v reflect.Value) {
			if v.Kind() == reflect.String {
				names[v.String()] = true
			}
		})
	}
	return names
}

// walk visits the parts of a node of a template, however deep.
func walk(v reflect.Value, visit func(reflect.Value)) {
	visit(v)
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if !v.IsNil() && v.Type() != reflect.TypeFor[*parse.Tree]() {
			walk(v.Elem(), visit)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			walk(v.Field(i), visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			walk(v.Index(i), visit)
		}
	}
}

// record is a struct of a cell in a template. It prints as what it is made of, which it has under the empty name.
type record map[string]any

// Format prints the struct.
func (r record) Format(s fmt.State, verb rune) { fmt.Fprintf(s, fmt.FormatString(s, verb), r[""]) }

// templateData makes the data of a template that uses the given names.
func (r *Runtime) templateData(names map[string]bool) dataMaker {
	return dataMaker{r, names, map[any]record{}, new(error), 0}
}

type dataMaker struct {
	rt    *Runtime
	names map[string]bool
	made  map[any]record // by pointers, which may lead in circles
	shown *error         // of a method, whose result was to be printed
	depth int            // how many methods led here
}

// deepestMethod is how many methods that give structs of cells a template can name in a row: it gets their results in advance.
const deepestMethod = 4

// failed adds the error of a method to what executing the template gave.
func (m dataMaker) failed(err error) error { return cmp.Or(err, *m.shown) }

// failure stands for the result of a method that failed. Only a template that prints it fails, too.
type failure struct {
	err   error
	shown *error
}

// Format notes that the template prints the result.
func (f failure) Format(fmt.State, rune) { *f.shown = f.err }

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
	f := m.rt.ValueOf(b).MethodByName(name)
	call := f.forTemplate(func() map[string]bool { return m.names })
	if f.Type().NumIn() > 0 || f.Type().NumOut() == 0 || m.depth == deepestMethod {
		return call
	}
	m.depth++
	defer func() {
		if p := recover(); p != nil {
			result = call // the template may not need it; if it does, the call fails there
		}
	}()
	out := f.Call(nil)
	if err := out[len(out)-1]; len(out) == 2 && !err.IsNil() {
		return failure{fmt.Errorf("template: error calling %s: %w", name, err.Interface().(error)), m.shown}
	}
	return m.value(out[0].canonical())
}

func isExported(name string) bool {
	r, _ := utf8.DecodeRuneInString(name)
	return unicode.IsUpper(r)
}
