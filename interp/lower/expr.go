package lower

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"
)

// expr lowers an expression to one of yaegi's, of the lowered type.
func (f *fn) expr(e ast.Expr) string {
	if tv, ok := f.info.Types[e]; ok && tv.Value != nil {
		return f.constantText(tv.Value, f.subst(tv.Type))
	}
	switch e := e.(type) {
	case *ast.Ident:
		return f.ident(e)
	case *ast.ParenExpr:
		return "(" + f.expr(e.X) + ")"
	case *ast.FuncLit:
		return f.literal(e)
	case *ast.CompositeLit:
		return f.composite(e, f.typ(e))
	case *ast.SelectorExpr:
		return f.selector(e)
	case *ast.IndexExpr:
		return f.index(e)
	case *ast.IndexListExpr:
		return f.instance(e)
	case *ast.SliceExpr:
		return f.slice(e)
	case *ast.TypeAssertExpr:
		return f.assert(e)
	case *ast.CallExpr:
		return f.call(e)
	case *ast.StarExpr:
		return "(*" + f.expr(e.X) + ")"
	case *ast.UnaryExpr:
		return f.unary(e)
	case *ast.BinaryExpr:
		return f.binary(e)
	}
	panic(refuse(e, "this expression (%T)", e))
}

func (f *fn) ident(e *ast.Ident) string {
	if e.Name == "_" {
		return "_"
	}
	obj := f.info.Uses[e]
	if obj == nil {
		obj = f.info.Defs[e]
	}
	switch obj := obj.(type) {
	case *types.Nil:
		return "nil"
	case *types.Func:
		return f.funcName(e, obj)
	case *types.Var:
		if name, ok := f.lookup(obj); ok {
			return name
		}
		if !isCell(obj) { // a dot import
			return f.pkg(obj.Pkg()) + "." + obj.Name()
		}
	}
	panic(refuse(e, "%s here", e.Name))
}

// funcName names a function, or the instance of it that the identifier stands for.
func (f *fn) funcName(id *ast.Ident, obj *types.Func) string {
	if inst, ok := f.info.Instances[id]; ok {
		args := make([]types.Type, inst.TypeArgs.Len())
		for i := range args {
			args[i] = f.subst(inst.TypeArgs.At(i))
		}
		return f.instanceOf(id, obj, args)
	}
	if name, ok := f.lookup(obj); ok {
		return name
	}
	if isCell(obj) {
		panic(refuse(id, "the function %s, which no cell declares any more", obj.Name()))
	}
	return f.pkg(obj.Pkg()) + "." + obj.Name()
}

// instance lowers an explicit instantiation f[A, B].
func (f *fn) instance(e ast.Expr) string {
	var x ast.Expr
	switch e := e.(type) {
	case *ast.IndexExpr:
		x = e.X
	case *ast.IndexListExpr:
		x = e.X
	}
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		return f.funcName(x, f.info.Uses[x].(*types.Func))
	case *ast.SelectorExpr:
		return f.funcName(x.Sel, f.info.Uses[x.Sel].(*types.Func))
	}
	panic(refuse(e, "this instantiation"))
}

func (f *fn) index(e *ast.IndexExpr) string {
	if _, ok := f.info.TypeOf(e.X).(*types.Signature); ok {
		return f.instance(e)
	}
	t := f.typ(e.X)
	if m, ok := t.Underlying().(*types.Map); ok {
		return f.expr(e.X) + "[" + f.value(e.Index, m.Key()) + "]"
	}
	return f.expr(e.X) + "[" + f.expr(e.Index) + "]"
}

func (f *fn) slice(e *ast.SliceExpr) string {
	part := func(e ast.Expr) string {
		if e == nil {
			return ""
		}
		return f.expr(e)
	}
	text := f.expr(e.X) + "[" + part(e.Low) + ":" + part(e.High)
	if e.Slice3 {
		text += ":" + part(e.Max)
	}
	return text + "]"
}

func (f *fn) unary(e *ast.UnaryExpr) string {
	switch e.Op {
	case token.AND:
		if lit, ok := ast.Unparen(e.X).(*ast.CompositeLit); ok {
			return "&" + f.composite(lit, f.typ(lit))
		}
		return "&" + f.expr(e.X)
	case token.ARROW:
		return f.receive(e)
	}
	return "(" + e.Op.String() + f.expr(e.X) + ")"
}

func (f *fn) binary(e *ast.BinaryExpr) string {
	switch e.Op {
	case token.EQL, token.NEQ:
		return f.equality(e)
	case token.SHL, token.SHR:
		return "(" + f.expr(e.X) + " " + e.Op.String() + " " + f.shiftCount(e.Y) + ")"
	}
	return "(" + f.expr(e.X) + " " + e.Op.String() + " " + f.expr(e.Y) + ")"
}

// shiftCount is an unsigned count: yaegi shifts by signed ones wrongly when they are untyped.
func (f *fn) shiftCount(e ast.Expr) string {
	if tv := f.info.Types[e]; tv.Value != nil {
		return "uint(" + tv.Value.ExactString() + ")"
	}
	return f.expr(e)
}

// equality compares what yaegi compares wrongly, interfaces and composites, in compiled code.
func (f *fn) equality(e *ast.BinaryExpr) string {
	tx, ty := f.typ(e.X), f.typ(e.Y)
	if f.info.Types[e.X].IsNil() || f.info.Types[e.Y].IsNil() {
		operand := func(x ast.Expr) string {
			if f.info.Types[x].IsNil() {
				return "nil"
			}
			return f.expr(x)
		}
		return "(" + operand(e.X) + " " + e.Op.String() + " " + operand(e.Y) + ")"
	}
	var text string
	switch {
	case types.IsInterface(tx) || types.IsInterface(ty):
		operand := func(x ast.Expr, t types.Type) string {
			if types.IsInterface(t) {
				return f.canonical(x)
			}
			return f.value(x, types.NewInterfaceType(nil, nil))
		}
		text = fmt.Sprintf("rt.Equal(%s, %s)", operand(e.X, tx), operand(e.Y, ty))
	case isStruct(tx) || isArray(tx):
		text = fmt.Sprintf("rt.Equal(%s, %s)", f.expr(e.X), f.convert(f.expr(e.Y), ty, tx, false))
	default:
		return "(" + f.expr(e.X) + " " + e.Op.String() + " " + f.expr(e.Y) + ")"
	}
	if e.Op == token.NEQ {
		return "(!" + text + ")"
	}
	return text
}

func isArray(t types.Type) bool {
	_, ok := t.Underlying().(*types.Array)
	return ok
}

// composite lowers a literal of type t, spelling every elided type.
func (f *fn) composite(e *ast.CompositeLit, t types.Type) string {
	var parts []string
	add := func(format string, args ...any) { parts = append(parts, fmt.Sprintf(format, args...)) }
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		return "&" + f.composite(e, u.Elem())
	case *types.Struct:
		for i, elt := range e.Elts {
			if kv, ok := elt.(*ast.KeyValueExpr); ok {
				i = fieldIndex(u, kv.Key.(*ast.Ident).Name)
				elt = kv.Value
			}
			add("%s: %s", fieldName(u, i), f.element(elt, u.Field(i).Type()))
		}
	case *types.Map:
		for _, elt := range e.Elts {
			kv := elt.(*ast.KeyValueExpr)
			add("%s: %s", f.element(kv.Key, u.Key()), f.element(kv.Value, u.Elem()))
		}
	case *types.Slice:
		f.elements(e, u.Elem(), add)
	case *types.Array:
		f.elements(e, u.Elem(), add)
	default:
		panic(refuse(e, "a literal of type %s", t))
	}
	return f.typeText(t) + "{" + strings.Join(parts, ", ") + "}"
}

func (f *fn) elements(e *ast.CompositeLit, elem types.Type, add func(string, ...any)) {
	for _, elt := range e.Elts {
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			add("%s: %s", f.info.Types[kv.Key].Value.ExactString(), f.element(kv.Value, elem))
			continue
		}
		add("%s", f.element(elt, elem))
	}
}

// element lowers an element of a literal, whose type may be elided.
func (f *fn) element(e ast.Expr, t types.Type) string {
	if lit, ok := e.(*ast.CompositeLit); ok && lit.Type == nil {
		return f.composite(lit, t)
	}
	return f.value(e, t)
}

func fieldIndex(t *types.Struct, name string) int {
	for i := range t.NumFields() {
		if t.Field(i).Name() == name {
			return i
		}
	}
	panic("no field " + strconv.Quote(name))
}
