package rt

import (
	htmltemplate "html/template"
	"reflect"
	"text/template"

	"github.com/gophergrad/gophergrad/interp/box"
)

// Funcs is t.Funcs.
func (r *Runtime) Funcs(t *template.Template, funcs template.FuncMap) *template.Template {
	return t.Funcs(r.templateFuncs(funcs, func() map[string]bool { return namedIn(trees(t)) }))
}

// FuncsHTML is t.Funcs for a template of html/template.
func (r *Runtime) FuncsHTML(t *htmltemplate.Template, funcs htmltemplate.FuncMap) *htmltemplate.Template {
	return t.Funcs(r.templateFuncs(funcs, func() map[string]bool { return namedIn(treesHTML(t)) }))
}

// templateFuncs lets a template, which has the given names when it runs, call functions of cells. It has stand-ins
// for the values of cells: the functions take and give the values themselves.
func (r *Runtime) templateFuncs(funcs map[string]any, names func() map[string]bool) map[string]any {
	wrapped := map[string]any{}
	for name, f := range funcs {
		wrapped[name] = f
		if v := r.ValueOf(f); v.IsValid() && v.Kind() == reflect.Func && !v.IsNil() {
			wrapped[name] = v.forTemplate(names)
		}
	}
	return wrapped
}

// forTemplate is the function v with any for its parameters and for its results other than an error.
func (v Value) forTemplate(names func() map[string]bool) any {
	t := v.Type()
	in, out := make([]reflect.Type, t.NumIn()), make([]reflect.Type, t.NumOut())
	for i := range in {
		in[i] = reflect.TypeFor[any]()
		if t.IsVariadic() && i == len(in)-1 {
			in[i] = reflect.TypeFor[[]any]()
		}
	}
	for i := range out {
		out[i] = reflect.TypeFor[any]()
		if t.Out(i) == reflect.TypeFor[error]() {
			out[i] = t.Out(i)
		}
	}
	return reflect.MakeFunc(reflect.FuncOf(in, out, t.IsVariadic()), func(args []reflect.Value) []reflect.Value {
		var given []Value
		for i, arg := range args {
			if t.IsVariadic() && i == len(in)-1 {
				for _, arg := range arg.Seq2() {
					given = append(given, v.rt.fromTemplate(arg, t.In(i).Elem()))
				}
				break
			}
			given = append(given, v.rt.fromTemplate(arg, t.In(i)))
		}
		results := make([]reflect.Value, len(out))
		for i, result := range v.Call(given) {
			results[i] = reflect.New(out[i]).Elem()
			if data := v.rt.templateData(names()).value(result.canonical()); data != nil {
				results[i].Set(reflect.ValueOf(data))
			}
		}
		return results
	}).Interface()
}

// fromTemplate is the value behind arg, for a parameter of type want. Like a template it follows a pointer.
func (r *Runtime) fromTemplate(arg reflect.Value, want reflect.Type) Value {
	if arg.Kind() == reflect.Interface && arg.IsNil() {
		return r.Zero(want)
	}
	v := r.ValueOf(behind(arg.Interface()))
	switch t := r.Reflected(v.Type()); {
	case t.AssignableTo(want):
	case t.Kind() == reflect.Pointer && r.Reflected(t.Elem()).AssignableTo(want):
		return v.Elem()
	case t.Kind() == reflect.Map && want.Kind() == reflect.Map:
		entries := r.MakeMap(want)
		for key, elem := range v.Value.Seq2() {
			entries.SetMapIndex(r.fromTemplate(key, want.Key()), r.fromTemplate(elem, want.Elem()))
		}
		return entries
	case v.typ == nil && t.ConvertibleTo(want) && (t.Kind() == want.Kind() || v.CanInt() && isNumber(want) || v.CanFloat() && isFloat(want)):
		return v.Convert(want) // a constant, or a value of a cell's type, which a template needs not know
	}
	return v
}

func isFloat(t reflect.Type) bool { return t.Kind() == reflect.Float32 || t.Kind() == reflect.Float64 }

func isNumber(t reflect.Type) bool { return t.Kind() >= reflect.Int && t.Kind() <= reflect.Float64 }

// behind is the value of a cell that data, which templateData made, stands for.
func behind(data any) any {
	switch data := data.(type) {
	case record:
		return data[""]
	case []any:
		if whole := data[:cap(data)]; len(whole) == len(data)+1 {
			if b, ok := whole[len(data)].(box.Box); ok {
				return b
			}
		}
	}
	return data
}
