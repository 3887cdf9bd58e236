package lower

import (
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
		v, ok := f.receiveOK(f.expr(x.X), elem)
		return []unpacked{{v, elem}, {ok, types.Typ[types.Bool]}}
	case *ast.IndexExpr:
		v, ok := f.fresh("v"), f.fresh("ok")
		f.emit("%s, %s := %s", v, ok, f.index(x))
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
		vals := f.unpack(s.Rhs[0])
		for i, lhs := range s.Lhs {
			if isBlank(lhs) {
				continue
			}
			f.store(lhs, s.Tok, f.convert(vals[i].name, vals[i].typ, f.lhsType(lhs), false))
		}
	case len(s.Lhs) == 1:
		lhs, rhs := s.Lhs[0], s.Rhs[0]
		if isBlank(lhs) {
			f.emit("_ = %s", f.value(rhs, f.defaultType(rhs)))
			return
		}
		f.store(lhs, s.Tok, f.value(rhs, f.lhsType(lhs)))
	default:
		f.parallel(s)
	}
}

// store assigns lowered text, of the type of lhs, to lhs, which a := may declare.
func (f *fn) store(lhs ast.Expr, tok token.Token, text string) {
	if id, ok := lhs.(*ast.Ident); ok && tok == token.DEFINE {
		if obj := f.info.Defs[id]; obj != nil {
			if name, ok := f.lookup(obj); ok { // a variable of the session
				f.emit("%s = %s", name, text)
				return
			}
			f.define(f.local(obj), f.typeText(f.subst(obj.Type())), text)
			return
		}
	}
	f.emit("%s = %s", f.lvalue(lhs), text)
}

// define declares a variable in two steps: yaegi would reuse the memory of a literal in the next turn of a loop.
func (f *fn) define(name, typ, text string) {
	f.emit("var %s %s", name, typ)
	f.emit("%s = %s", name, text)
}

// parallel lowers a, b = x, y. yaegi loses the other values where one is a call, so that a call's go through variables.
func (f *fn) parallel(s *ast.AssignStmt) {
	left, right := make([]string, len(s.Lhs)), make([]string, len(s.Lhs))
	typs := make([]types.Type, len(s.Lhs))
	var fresh []types.Object
	for i, lhs := range s.Lhs {
		if isBlank(lhs) {
			left[i], typs[i] = "_", f.defaultType(s.Rhs[i])
		} else {
			typs[i] = f.lhsType(lhs)
		}
		right[i] = f.value(s.Rhs[i], typs[i])
	}
	if strings.Contains(strings.Join(right, ""), "(") {
		for i, text := range right {
			right[i] = f.fresh("v")
			f.define(right[i], f.typeText(typs[i]), text)
		}
	}
	for i, lhs := range s.Lhs {
		if isBlank(lhs) {
			continue
		}
		if id, ok := lhs.(*ast.Ident); ok && f.info.Defs[id] != nil {
			obj := f.info.Defs[id]
			if name, ok := f.lookup(obj); ok {
				left[i] = name
				continue
			}
			fresh = append(fresh, obj)
			left[i] = f.local(obj)
			continue
		}
		left[i] = f.lvalue(lhs)
	}
	for _, obj := range fresh {
		f.emit("var %s %s", f.locals[obj], f.typeText(f.subst(obj.Type())))
	}
	f.emit("%s = %s", strings.Join(left, ", "), strings.Join(right, ", "))
}

func (f *fn) opAssign(s *ast.AssignStmt) {
	text := f.expr(s.Rhs[0])
	if s.Tok == token.SHL_ASSIGN || s.Tok == token.SHR_ASSIGN {
		text = f.shiftCount(s.Rhs[0])
	}
	f.emit("%s %s %s", f.lvalue(s.Lhs[0]), s.Tok, text)
}

// lvalue lowers the target of an assignment.
func (f *fn) lvalue(e ast.Expr) string {
	if sel, ok := ast.Unparen(e).(*ast.SelectorExpr); ok {
		if _, isField := f.info.Selections[sel]; !isField { // a variable of a compiled package
			return "*(&" + f.qualified(sel) + ")"
		}
	}
	return f.expr(e)
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
		names := make([]ast.Expr, len(spec.Names))
		for i, id := range spec.Names {
			names[i] = id
		}
		f.assignSpec(spec, names)
	default:
		vals := f.unpack(spec.Values[0])
		for i, id := range spec.Names {
			if id.Name == "_" {
				continue
			}
			f.store(id, token.DEFINE, f.convert(vals[i].name, vals[i].typ, f.lhsType(id), false))
		}
	}
}

func (f *fn) assignSpec(spec *ast.ValueSpec, names []ast.Expr) {
	if len(names) == 1 {
		if isBlank(names[0]) {
			f.emit("_ = %s", f.value(spec.Values[0], f.defaultType(spec.Values[0])))
			return
		}
		f.store(names[0], token.DEFINE, f.value(spec.Values[0], f.lhsType(names[0])))
		return
	}
	f.parallel(&ast.AssignStmt{Lhs: names, Tok: token.DEFINE, Rhs: spec.Values})
}
