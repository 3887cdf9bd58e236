package lower

import (
	"fmt"
	"go/ast"
	"go/types"
)

// convert gives text, an expression of type from, as a value of type to, to which it is assignable. An addressable
// operand is copied on its way into an interface, because yaegi would share it.
func (f *fn) convert(text string, from, to types.Type, addressable bool) string {
	if !types.IsInterface(to) {
		if basic, ok := from.(*types.Basic); ok && basic.Kind() == types.UntypedNil {
			return text
		}
		if f.recursive(from) != f.recursive(to) {
			return f.hidden(f.revealed(text, from), to)
		}
		if isStruct(to) && f.typeText(from) != f.typeText(to) {
			return f.typeText(to) + "(" + text + ")"
		}
		return text
	}
	if basic, ok := from.(*types.Basic); ok && basic.Kind() == types.UntypedNil {
		return f.nilInterface(to)
	}
	if types.IsInterface(from) {
		switch {
		case types.Identical(from, to), dynamic(from) && dynamic(to):
			return text
		case dynamic(to):
			return "rt.Canon(" + text + ")"
		default:
			return f.converter(to) + "(" + text + ")"
		}
	}
	value := text
	switch {
	case f.boxed(from):
		value = fmt.Sprintf("rt.Box(%d, %s)", f.describe(from), f.revealed(text, from))
	case addressable || !plain(from):
		value = "rt.Any(" + text + ")"
	}
	if dynamic(to) {
		return value
	}
	if f.boxed(from) {
		return f.converter(to) + "(" + value + ")"
	}
	return f.input(text, from, to)
}

// plain reports whether yaegi puts a value of type t into an interface{} as Go does.
func plain(t types.Type) bool {
	switch t := t.Underlying().(type) {
	case *types.Basic:
		return t.Kind() != types.UntypedNil
	case *types.Pointer, *types.Slice, *types.Map:
		return true
	}
	return false
}

// value lowers e as a value of type to, to which it is assignable.
func (f *fn) value(e ast.Expr, to types.Type) string {
	if types.IsInterface(to) {
		if tv := f.info.Types[e]; tv.IsNil() {
			return f.nilInterface(to)
		}
	}
	lower := f.bare
	if types.IsInterface(to) { // yaegi would compute in the variable of interface type
		lower = f.expr
	}
	text := lower(e)
	if _, ok := ast.Unparen(e).(*ast.FuncLit); ok && f.recursive(to) {
		text = f.closure(text)
	}
	return f.convert(text, f.typ(e), to, addressable(e))
}

// nilInterface spells the nil of an interface type. yaegi crashes where nil becomes an interface of a package that is not
// imported, which naming the type does.
func (f *fn) nilInterface(t types.Type) string {
	if compiledInterface(t) && receiverType(t).Obj().Pkg() != nil { // it is not error
		return converted(f.typeText(t), "nil")
	}
	return "nil"
}

// input gives a file as something that is read, for rt.Input to see whether it is the standard input.
func (f *fn) input(text string, from, to types.Type) string {
	reads := func(t types.Type) bool {
		m, _, _ := types.LookupFieldOrMethod(t, false, nil, "Read")
		return m != nil
	}
	if from.String() != "*os.File" || !reads(to) {
		return text
	}
	return fmt.Sprintf("rt.Input(%s).(%s)", text, f.typeText(to))
}

// addressable reports whether e denotes a variable that may change later.
func addressable(e ast.Expr) bool {
	switch ast.Unparen(e).(type) {
	case *ast.Ident, *ast.SelectorExpr, *ast.IndexExpr, *ast.StarExpr:
		return true
	}
	return false
}

// converter names the function that gives a boxed value, or one of another interface, as a compiled interface.
func (f *fn) converter(to types.Type) string {
	key := f.key(to)
	if name, ok := f.converters[key]; ok {
		return name
	}
	name := f.fresh("to")
	note(f.Lowerer, f.converters, key, name)
	text := f.typeText(to)
	f.declare(fmt.Sprintf("func %s(x interface{}) %s { if x == nil { return nil }; return rt.To(%d, x).(%s) }", name, text, f.describe(to), text))
	return name
}

func isStruct(t types.Type) bool {
	_, ok := t.Underlying().(*types.Struct)
	return ok
}

// assert lowers x.(T) without the comma-ok form.
func (f *fn) assert(e *ast.TypeAssertExpr) string {
	t := f.typ(e.Type)
	x := f.canonical(e.X)
	switch {
	case dynamic(t):
		return fmt.Sprintf("rt.Implementer(%d, %s)", f.describe(t), x)
	case types.IsInterface(t):
		return fmt.Sprintf("rt.To(%d, %s).(%s)", f.describe(t), x, f.typeText(t))
	default:
		return f.fromAny(fmt.Sprintf("rt.As(%d, %s, %q)", f.describe(t), x, typeName(f.typ(e.X))), t)
	}
}

// canonical lowers an expression of interface type as the interface{} that holds the value or its box, never a
// wrapper.
func (f *fn) canonical(e ast.Expr) string {
	text := f.expr(e)
	if compiledInterface(f.typ(e)) {
		return "rt.Canon(" + text + ")"
	}
	return text
}

// assertOK emits the comma-ok form of asserting x, a canonical interface value, to t, and gives the names of both
// results. With a type that has no value of its own (nil) the value is x.
func (f *fn) assertOK(x string, t types.Type) (value, ok string) {
	value, ok = f.fresh("v"), f.fresh("ok")
	id := f.describe(t)
	any := f.fresh("any")
	f.emit("var %s %s", value, f.typeText(t))
	switch {
	case types.IsInterface(t):
		f.emit("%s, %s := rt.ToOK(%d, %s)", any, ok, id, x)
	default:
		f.emit("%s, %s := rt.AsOK(%d, %s)", any, ok, id, x)
	}
	switch {
	case dynamic(t):
		f.emit("%s = %s", value, any)
	case isEmptyStruct(t):
		f.emit("_ = %s", any)
	case f.recursive(t):
		f.emit("if %s { %s = rt.Field(%s) }", ok, value, any)
	default:
		f.emit("if %s { %s = %s.(%s) }", ok, value, any, f.typeText(t))
	}
	return value, ok
}

// fromAny gives a value that compiled code returned as interface{} its lowered type.
func (f *fn) fromAny(text string, t types.Type) string {
	switch {
	case dynamic(t):
		return text
	case types.IsInterface(t):
		return f.converter(t) + "(" + text + ")"
	case isEmptyStruct(t):
		return "(*" + f.onlyValue(t) + "(" + text + "))"
	case f.recursive(t):
		return "rt.Field(" + text + ")"
	}
	return text + ".(" + f.typeText(t) + ")"
}

// onlyValue names a function that gives the only value of an empty struct type: yaegi cannot assert to one, and
// passes on only what a pointer leads to.
func (f *fn) onlyValue(t types.Type) string {
	key := f.key(t)
	name, ok := f.converters[key]
	if !ok {
		name = f.fresh("only")
		note(f.Lowerer, f.converters, key, name)
		text := f.typeText(t)
		f.declare(fmt.Sprintf("func %s(x interface{}) *%s { return &%s{} }", name, text, text))
	}
	return name
}

func isEmptyStruct(t types.Type) bool {
	st, ok := t.Underlying().(*types.Struct)
	return ok && st.NumFields() == 0
}
