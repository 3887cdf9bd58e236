package lower

import (
	"fmt"
	"go/ast"
	"go/constant"
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
	case *ast.ParenExpr: // yaegi miscompiles double parentheses, and operators have theirs anyway
		switch x := e.X.(type) {
		case *ast.CompositeLit, *ast.UnaryExpr:
			return "(" + f.expr(x) + ")"
		}
		return f.expr(e.X)
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
		return "(*" + f.under(e.X) + ")"
	case *ast.UnaryExpr:
		return f.unary(e)
	case *ast.BinaryExpr:
		return "(" + f.binary(e) + ")"
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
		return f.funcValue(e, f.typ(e))
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

// funcValue gives a function that is not called. It goes through a variable: yaegi cannot return a declared function.
func (f *fn) funcValue(id *ast.Ident, t types.Type) string {
	obj, sig := f.info.Uses[id].(*types.Func), t.(*types.Signature)
	name := f.funcName(id, obj)
	if isCompiledName(name) {
		return f.compiledFunc(name, obj, sig)
	}
	if f.passesSigned(sig) {
		name = f.bound(sig, "", func(args []string) string { return f.callDeclared(name, args, sig) })
	}
	return f.temp(name, t)
}

// compiledFunc is a function of a compiled package as a value, which cells call with canonical values.
func (f *fn) compiledFunc(name string, obj *types.Func, sig *types.Signature) string {
	exports := false
	text := f.bound(sig, "", func(args []string) string {
		for i := range args {
			list, spread := strings.CutSuffix(args[i], "...")
			switch t := paramType(sig, i, false); {
			case !dynamic(t):
				continue
			case spread:
				args[i] = fmt.Sprintf("rt.Each(rt.%s, %s)...", exporter(obj), list)
			default:
				args[i] = f.export(obj, args[i], t)
			}
			exports = true
		}
		return imported(sig, name+"("+strings.Join(args, ", ")+")")
	})
	if exports {
		return text
	}
	return name
}

// isCompiledName reports whether a function's name in lowered code is one of a compiled package.
func isCompiledName(name string) bool { return strings.Contains(name, ".") }

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
	if reason, ok := refused[obj.FullName()]; ok {
		panic(refuse(id, "%s: %s", obj.FullName(), reason))
	}
	return f.pkg(obj.Pkg()) + "." + obj.Name()
}

// callee lowers what a call calls.
func (f *fn) callee(e ast.Expr) string {
	if id := f.funcIdent(e); id != nil {
		return f.funcName(id, f.info.Uses[id].(*types.Func))
	}
	return f.under(e)
}

// funcIdent finds the identifier by which e names a declared function or, as in f[A, B], an instance of one; nil if
// e is anything else.
func (f *fn) funcIdent(e ast.Expr) *ast.Ident {
	var id *ast.Ident
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		id = e
	case *ast.SelectorExpr:
		if f.info.Selections[e] == nil {
			id = e.Sel
		}
	case *ast.IndexExpr:
		return f.funcIdent(e.X)
	case *ast.IndexListExpr:
		return f.funcIdent(e.X)
	}
	if _, ok := f.info.Uses[id].(*types.Func); ok {
		return id
	}
	return nil
}

// lastName is the identifier that tells what e denotes: the name itself, or what follows the last dot.
func lastName(e ast.Expr) *ast.Ident {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return e
	case *ast.SelectorExpr:
		return e.Sel
	}
	return nil
}

// instance lowers an explicit instantiation f[A, B].
func (f *fn) instance(e ast.Expr) string { return f.funcValue(f.funcIdent(e), f.typ(e)) }

func (f *fn) index(e *ast.IndexExpr) string {
	if _, ok := f.info.TypeOf(e.X).(*types.Signature); ok {
		return f.instance(e)
	}
	t := f.typ(e.X)
	if m, ok := t.Underlying().(*types.Map); ok {
		return f.mapIndex(e, m)
	}
	return f.operand(e.X) + "[" + f.bare(e.Index) + "]"
}

// mapKey lowers the key of a map, for which yaegi needs the type of nil.
func (f *fn) mapKey(e ast.Expr, t types.Type) string {
	if f.info.Types[e].IsNil() && !types.IsInterface(t) {
		return converted(f.typeText(t), "nil")
	}
	return f.value(e, t)
}

// operand lowers what is indexed or sliced; yaegi wants pointers to arrays dereferenced.
func (f *fn) operand(e ast.Expr) string {
	if isPointer(f.typ(e)) {
		return "(*" + f.under(e) + ")"
	}
	return f.under(e)
}

func (f *fn) slice(e *ast.SliceExpr) string {
	part := func(e ast.Expr) string {
		if e == nil {
			return ""
		}
		return f.expr(e)
	}
	text := f.operand(e.X) + "[" + part(e.Low) + ":" + part(e.High)
	if e.Slice3 {
		text += ":" + part(e.Max)
	}
	return f.hidden(text+"]", f.typ(e))
}

func (f *fn) unary(e *ast.UnaryExpr) string {
	switch e.Op {
	case token.AND:
		if lit, ok := ast.Unparen(e.X).(*ast.CompositeLit); ok {
			return f.pointerTo(lit, f.typ(lit))
		}
		if f.erasedField(e.X) {
			panic(refuse(e, "the address of this field, through which types refer to each other (take the address of a variable)"))
		}
		return "&" + f.expr(e.X)
	case token.ARROW:
		return f.receive(e)
	}
	return "(" + e.Op.String() + f.expr(e.X) + ")"
}

// bare is expr where nothing binds tighter than the operators of e and no interface receives the value: without
// parentheses, which would make yaegi compute the result in one place and then copy it.
func (f *fn) bare(e ast.Expr) string {
	if b, ok := ast.Unparen(e).(*ast.BinaryExpr); ok && f.info.Types[b].Value == nil {
		return f.binary(b)
	}
	return f.expr(e)
}

// binary lowers an operation; the caller sees to parentheses.
func (f *fn) binary(e *ast.BinaryExpr) string {
	switch e.Op {
	case token.EQL, token.NEQ:
		return f.equality(e)
	case token.SHL, token.SHR:
		return f.operandAs(e.X, f.typ(e), e.Op.Precedence()) + " " + e.Op.String() + " " + f.shiftCount(e.Y)
	}
	return f.operation(e)
}

// operation spells an operation as Go has it.
func (f *fn) operation(e *ast.BinaryExpr) string {
	precedence := e.Op.Precedence()
	x := f.operandAs(e.X, f.typ(e.X), precedence)
	if e.Op == token.LAND || e.Op == token.LOR {
		if buildsStruct(e.X) { // yaegi would not build it if the operation began with it
			x = "(rt_stop == rt_stop && " + x + ")"
		}
		f.lazy++
		defer func() { f.lazy-- }()
	}
	return x + " " + e.Op.String() + " " + f.operandAs(e.Y, f.typ(e.Y), precedence+1)
}

// buildsStruct reports whether a composite literal, perhaps of a struct, is part of e.
func buildsStruct(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		_, lit := n.(*ast.CompositeLit)
		found = found || lit
		return !found
	})
	return found
}

// operandAs lowers an operand, a constant as one of type t, an operation that binds less tightly than the given
// precedence in parentheses.
func (f *fn) operandAs(e ast.Expr, t types.Type, precedence int) string {
	if b, ok := ast.Unparen(e).(*ast.BinaryExpr); ok && b.Op.Precedence() < precedence && f.info.Types[e].Value == nil {
		return f.expr(b)
	}
	return f.constantAs(e, t)
}

// shiftCount is an unsigned count: yaegi shifts by others wrongly.
func (f *fn) shiftCount(e ast.Expr) string {
	if v := f.info.Types[e].Value; v != nil {
		if count, ok := constant.Uint64Val(constant.ToInt(v)); ok {
			return fmt.Sprintf("uint(%d)", count)
		}
		return "uint(64)" // every bit goes
	}
	if t := f.typ(e).Underlying().(*types.Basic); t.Info()&types.IsUnsigned == 0 {
		return "rt.Count(int64(" + f.expr(e) + "))"
	}
	return "uint(" + f.expr(e) + ")"
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
		return operand(e.X) + " " + e.Op.String() + " " + operand(e.Y)
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
	case f.recursive(tx) || f.recursive(ty):
		text = fmt.Sprintf("rt.Equal(%s, %s)", f.expr(e.X), f.expr(e.Y))
	case isStruct(tx) || isArray(tx):
		text = fmt.Sprintf("rt.Equal(%s, %s)", f.expr(e.X), f.convert(f.expr(e.Y), ty, tx, false))
	case isChan(tx) && f.typeText(tx) != f.typeText(ty): // of different directions
		text = fmt.Sprintf("rt.SameChan(%s, %s)", f.expr(e.X), f.expr(e.Y))
	default:
		return f.operation(e)
	}
	if e.Op == token.NEQ {
		return "!" + text
	}
	return text
}

func isChan(t types.Type) bool {
	_, ok := t.Underlying().(*types.Chan)
	return ok
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
		return f.pointerTo(e, u.Elem())
	case *types.Struct:
		for i, elt := range e.Elts {
			if kv, ok := elt.(*ast.KeyValueExpr); ok {
				i = fieldIndex(u, kv.Key.(*ast.Ident).Name)
				elt = kv.Value
			}
			if u.Field(i).Name() == "_" { // it stays zero
				if f.hasCalls(elt) {
					panic(refuse(elt, "a call as the value of a field without a name (call it before)"))
				}
				continue
			}
			value := f.element(elt, u.Field(i).Type())
			if f.erased(t, i) {
				value = "rt.Field(" + value + ")"
			}
			add("%s: %s", f.member(t, u, i), value)
		}
	case *types.Map:
		for _, elt := range e.Elts {
			kv := elt.(*ast.KeyValueExpr)
			add("%s: %s", f.literalKey(kv.Key, u.Key()), f.element(kv.Value, u.Elem()))
		}
	case *types.Slice:
		f.elements(e, u.Elem(), add)
	case *types.Array:
		f.elements(e, u.Elem(), add)
	default:
		panic(refuse(e, "a literal of type %s", t))
	}
	if f.recursive(t) {
		return f.hidden(f.typeText(t.Underlying())+"{"+strings.Join(parts, ", ")+"}", t)
	}
	return f.typeText(t) + "{" + strings.Join(parts, ", ") + "}"
}

// pointerTo lowers the address of a literal of type t.
func (f *fn) pointerTo(e *ast.CompositeLit, t types.Type) string {
	if f.recursive(t) {
		return f.pointer(f.composite(e, t), t)
	}
	return "&" + f.composite(e, t)
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

// literalKey lowers a key of a map literal.
func (f *fn) literalKey(e ast.Expr, t types.Type) string {
	switch {
	case f.info.Types[e].IsNil():
		return f.mapKey(e, t)
	case dynamic(t): // two constants of an instance may be equal
		return "rt.Any(" + f.element(e, t) + ")"
	}
	return f.element(e, t)
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
