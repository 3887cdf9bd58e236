package lower

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

type unpacked struct {
	name string
	typ  types.Type
}

// unpack evaluates an expression of several values into variables.
func (f *fn) unpack(e ast.Expr) []unpacked {
	switch x := ast.Unparen(e).(type) {
	case *ast.TypeAssertExpr:
		v, ok := f.assertOK(f.canonical(x.X), f.typ(x.Type))
		return []unpacked{{v, f.typ(x.Type)}, {ok, types.Typ[types.Bool]}}
	case *ast.UnaryExpr:
		elem := f.typ(x.X).Underlying().(*types.Chan).Elem()
		v, ok := f.receiveOK(f.under(x.X), elem)
		return []unpacked{{v, elem}, {ok, types.Typ[types.Bool]}}
	case *ast.IndexExpr:
		v, ok := f.mapIndexOK(x)
		return []unpacked{{v, f.typ(x.X).Underlying().(*types.Map).Elem()}, {ok, types.Typ[types.Bool]}}
	}
	tuple := f.typ(e).(*types.Tuple)
	out := make([]unpacked, tuple.Len())
	names := make([]string, tuple.Len())
	for i := range out {
		out[i] = unpacked{f.fresh("v"), tuple.At(i).Type()}
		names[i] = out[i].name
	}
	f.emit("%s := %s", strings.Join(names, ", "), f.expr(e))
	return out
}

func (f *fn) assign(s *ast.AssignStmt) {
	switch {
	case s.Tok != token.ASSIGN && s.Tok != token.DEFINE:
		f.opAssign(s)
	case len(s.Lhs) != len(s.Rhs):
		f.tuple(s.Lhs, s.Tok, s.Rhs[0])
	case len(s.Lhs) == 1:
		f.single(s.Lhs[0], s.Tok, s.Rhs[0])
	default:
		f.parallel(s.Lhs, s.Tok, s.Rhs)
	}
}

// single lowers x = y.
func (f *fn) single(lhs ast.Expr, tok token.Token, rhs ast.Expr) {
	if isBlank(lhs) {
		f.discard(rhs)
		return
	}
	_, isVariable := ast.Unparen(lhs).(*ast.Ident)
	if !isVariable && f.hasCalls(lhs) { // they come first
		at := f.place(lhs)
		f.set(lhs, at, f.temp(f.value(rhs, f.lhsType(lhs)), f.lhsType(lhs)))
		return
	}
	text := f.value(rhs, f.lhsType(lhs))
	switch {
	case !isVariable && f.calls > 0, // which come before a failure to reach the target
		f.isMapElement(lhs) && !f.steady(rhs), // yaegi would delete the entry instead of panicking with a nil pointer
		f.isStructLiteral(rhs):                // yaegi would give the variable another place, which pointers and closures do not see
		text = f.temp(text, f.lhsType(lhs))
		f.calls = 0
	}
	f.store(lhs, tok, text)
}

func (f *fn) isStructLiteral(e ast.Expr) bool {
	_, isLiteral := ast.Unparen(e).(*ast.CompositeLit)
	_, isStruct := f.typ(e).Underlying().(*types.Struct)
	return isLiteral && isStruct
}

// discard evaluates e and drops its value. yaegi would not evaluate it for _ = e.
func (f *fn) discard(e ast.Expr) {
	if !f.steady(e) {
		f.emit("rt.Any(%s)", f.value(e, f.defaultType(e)))
	}
}

// steady reports whether evaluating e has no effect and does not fail.
func (f *fn) steady(e ast.Expr) bool {
	switch ast.Unparen(e).(type) {
	case *ast.Ident, *ast.BasicLit, *ast.FuncLit:
		return true
	}
	tv := f.info.Types[e]
	return tv.Value != nil || tv.IsNil()
}

// tuple lowers a, b = f(): the operands of the targets come first, then the call, then the assignments.
func (f *fn) tuple(lhs []ast.Expr, tok token.Token, rhs ast.Expr) {
	targets := f.targetsOf(lhs, tok)
	for i, v := range f.unpack(rhs) {
		if !isBlank(lhs[i]) {
			targets[i](f.convert(v.name, v.typ, f.lhsType(lhs[i]), false))
		}
	}
}

// parallel lowers a, b = x, y: the operands of the targets come first, then the values, then the assignments from
// left to right. New variables, which no value can mention, need no detour.
func (f *fn) parallel(lhs []ast.Expr, tok token.Token, rhs []ast.Expr) {
	if f.allNew(lhs, tok) {
		for i := range lhs {
			f.single(lhs[i], tok, rhs[i])
		}
		return
	}
	targets := f.targetsOf(lhs, tok)
	values := make([]string, len(rhs))
	for i, e := range rhs {
		switch {
		case !isBlank(lhs[i]) && f.info.Types[e].Value != nil:
			values[i] = f.value(e, f.lhsType(lhs[i]))
		case !isBlank(lhs[i]):
			values[i] = f.temp(f.value(e, f.lhsType(lhs[i])), f.lhsType(lhs[i]))
		default:
			f.discard(e)
		}
	}
	for i := range lhs {
		if !isBlank(lhs[i]) {
			targets[i](values[i])
		}
	}
}

// temp puts a value into a variable of its own and names it.
func (f *fn) temp(text string, t types.Type) string {
	name := f.fresh("t")
	f.keep(name, t, text)
	return name
}

// introduce declares a variable of the function.
func (f *fn) introduce(obj types.Object, t types.Type, text string) {
	if f.uses.shared[obj] {
		f.define(f.local(obj), f.typeText(t), text)
		return
	}
	f.keep(f.local(obj), t, text)
}

// keep declares a variable that nothing shares: all turns of a loop can use the same.
func (f *fn) keep(name string, t types.Type, text string) {
	f.reserve(name, t)
	f.emit("%s = %s", name, text)
}

// reserve declares a variable that nothing shares and whose first value is yet to come.
func (f *fn) reserve(name string, t types.Type) {
	declaration := fmt.Sprintf("var %s %s\n", name, f.typeText(t))
	if f.keeps(t) {
		f.outside.WriteString(declaration)
		return
	}
	f.body.WriteString(declaration)
}

// allNew reports whether an assignment declares all its variables, none of them one of the session's.
func (f *fn) allNew(lhs []ast.Expr, tok token.Token) bool {
	for _, e := range lhs {
		if isBlank(e) {
			continue
		}
		obj := f.declares(e, tok)
		if obj == nil {
			return false
		}
		if _, known := f.lookup(obj); known {
			return false
		}
	}
	return true
}

// declares gives the variable that an assignment to e declares, nil if it is an older one.
func (f *fn) declares(e ast.Expr, tok token.Token) types.Object {
	if id, ok := e.(*ast.Ident); ok && tok == token.DEFINE {
		return f.info.Defs[id]
	}
	return nil
}

// targetsOf evaluates the operands of the targets of an assignment and gives for each a function that assigns to it.
func (f *fn) targetsOf(lhs []ast.Expr, tok token.Token) []func(text string) {
	targets := make([]func(string), len(lhs))
	for i, e := range lhs {
		if e == nil { // a range without it
			continue
		}
		if _, ok := ast.Unparen(e).(*ast.Ident); ok {
			targets[i] = func(text string) { f.store(e, tok, text) }
			continue
		}
		at := f.place(e)
		targets[i] = func(text string) { f.set(e, at, text) }
	}
	return targets
}

// place is the target of an assignment.
type place struct {
	text   string
	mapped string // the map whose element it is; "" if it is none
}

// place evaluates the operands of an assignment's target into variables, so that it is the same place until the
// assignment.
func (f *fn) place(e ast.Expr) place {
	switch e := ast.Unparen(e).(type) {
	case *ast.IndexExpr:
		t := f.typ(e.X)
		if m, ok := t.Underlying().(*types.Map); ok {
			x := f.temp(f.under(e.X), m)
			return place{x + "[" + f.temp(f.mapKey(e.Index, m.Key()), m.Key()) + "]", x}
		}
		index := func() string {
			if f.info.Types[e.Index].Value != nil {
				return f.expr(e.Index)
			}
			return f.temp(f.expr(e.Index), f.typ(e.Index))
		}
		if isArray(t) {
			x := f.place(e.X).text
			return place{text: x + "[" + index() + "]"}
		}
		x := f.temp(f.under(e.X), t.Underlying())
		if isPointer(t) {
			x = "(*" + x + ")"
		}
		return place{text: x + "[" + index() + "]"}
	case *ast.StarExpr:
		return place{text: "(*" + f.temp(f.under(e.X), f.typ(e.X).Underlying()) + ")"}
	case *ast.SelectorExpr:
		sel, ok := f.info.Selections[e]
		if !ok {
			return f.lvalue(e)
		}
		recv := f.typ(e.X)
		x := ""
		if isPointer(recv) {
			x = f.temp(f.under(e.X), recv.Underlying())
		} else {
			x = f.place(e.X).text
		}
		return place{text: f.fieldPlace(x, recv, sel.Obj())}
	}
	return f.lvalue(e)
}

// fieldPlace gives the field of x, a value of type t, as something to assign to.
func (f *fn) fieldPlace(x string, t types.Type, field types.Object) string {
	_, index, _ := types.LookupFieldOrMethod(t, true, field.Pkg(), field.Name())
	last := index[len(index)-1]
	text, owner := f.path(x, t, index[:len(index)-1])
	st := deref(owner).Underlying().(*types.Struct)
	return text + "." + f.member(owner, st, last)
}

func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}

func (f *fn) isMapElement(e ast.Expr) bool {
	index, ok := ast.Unparen(e).(*ast.IndexExpr)
	if !ok {
		return false
	}
	_, ok = f.typ(index.X).Underlying().(*types.Map)
	return ok
}

// store assigns lowered text, of the type of lhs, to lhs, which a := may declare.
func (f *fn) store(lhs ast.Expr, tok token.Token, text string) {
	if obj := f.declares(lhs, tok); obj != nil {
		if name, ok := f.lookup(obj); ok { // a variable of the session
			f.emit("%s = %s", name, text)
			return
		}
		f.introduce(obj, f.subst(obj.Type()), text)
		return
	}
	f.set(lhs, f.lvalue(lhs), text)
}

// set assigns to the place that lhs lowers to.
func (f *fn) set(lhs ast.Expr, at place, text string) {
	if f.erasedField(lhs) {
		text = "rt.Field(" + text + ")"
	}
	f.change(at, "%s = %s", at.text, text)
}

// change emits a statement that changes what is at a place.
func (f *fn) change(at place, format string, args ...any) {
	if at.mapped == "" {
		f.emit(format, args...)
		return
	}
	f.during(changing, at.mapped, func() { f.emit(format, args...) })
}

// define declares a variable in two steps: yaegi would reuse the memory of a literal in the next turn of a loop.
func (f *fn) define(name, typ, text string) {
	f.emit("var %s %s", name, typ)
	f.emit("%s = %s", name, text)
}

// opAssign lowers x op= y, which evaluates the operands of x once and what they call before what y calls.
func (f *fn) opAssign(s *ast.AssignStmt) {
	lhs := s.Lhs[0]
	right, t := func() string { return f.constantAs(s.Rhs[0], f.typ(lhs)) }, f.typ(lhs)
	if s.Tok == token.SHL_ASSIGN || s.Tok == token.SHR_ASSIGN {
		right, t = func() string { return f.shiftCount(s.Rhs[0]) }, types.Typ[types.Uint]
	}
	if f.hasCalls(lhs) {
		at := f.place(lhs)
		f.change(at, "%s %s %s", at.text, s.Tok, f.settled(t, right))
		return
	}
	text := f.settled(t, right)
	at := f.lvalue(lhs)
	f.change(at, "%s %s %s", at.text, s.Tok, text)
}

// lvalue lowers the target of an assignment.
func (f *fn) lvalue(e ast.Expr) place {
	if f.isMapElement(e) {
		return f.mapElement(ast.Unparen(e).(*ast.IndexExpr))
	}
	if f.isPackageVar(e) {
		return place{text: "*(&" + f.expr(e) + ")"}
	}
	if sel, ok := ast.Unparen(e).(*ast.SelectorExpr); ok {
		return place{text: f.fieldPlace(f.under(sel.X), f.typ(sel.X), f.info.Selections[sel].Obj())}
	}
	return place{text: f.expr(e)}
}

// lhsType is the type of the target of an assignment.
func (f *fn) lhsType(e ast.Expr) types.Type {
	if id, ok := e.(*ast.Ident); ok {
		if obj := f.info.Defs[id]; obj != nil {
			return f.subst(obj.Type())
		}
	}
	return f.typ(e)
}

// defaultType is the type that e gives a variable without one.
func (f *fn) defaultType(e ast.Expr) types.Type { return types.Default(f.typ(e)) }

func isBlank(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == "_"
}

// declStmt lowers var declarations; constants are folded and local types spelled where they are used.
func (f *fn) declStmt(s *ast.DeclStmt) {
	decl := s.Decl.(*ast.GenDecl)
	if decl.Tok != token.VAR {
		return
	}
	for _, spec := range decl.Specs {
		f.varSpec(spec.(*ast.ValueSpec))
	}
}

func (f *fn) varSpec(spec *ast.ValueSpec) {
	names := make([]ast.Expr, len(spec.Names))
	for i, id := range spec.Names {
		names[i] = id
	}
	switch len(spec.Values) {
	case 0:
		for _, id := range spec.Names {
			obj := f.info.Defs[id]
			if obj == nil || id.Name == "_" {
				continue
			}
			t := f.typeText(f.subst(obj.Type()))
			if name, ok := f.lookup(obj); ok { // a variable of the session may hold an older value
				f.emit("%s = *new(%s)", name, t)
				continue
			}
			f.emit("var %s %s", f.local(obj), t)
		}
	case len(spec.Names):
		if len(spec.Names) == 1 {
			f.single(spec.Names[0], token.DEFINE, spec.Values[0])
			return
		}
		f.parallel(names, token.DEFINE, spec.Values)
	default:
		f.tuple(names, token.DEFINE, spec.Values[0])
	}
}
