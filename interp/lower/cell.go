package lower

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// Cell lowers the statements of a cell to a function that runs them, which goes to rt.Entry. The value of the last
// statement, if it is an expression and shown, goes to rt.Result.
func (l *Lowerer) Cell(info *types.Info, pos token.Pos, body []ast.Stmt, show bool) {
	f := &fn{Lowerer: l, info: info, locals: map[types.Object]string{}, isCell: true}
	f.register("", pos)
	f.sig = types.NewSignatureType(nil, nil, nil, nil, nil, false)
	f.study(&ast.BlockStmt{List: body})
	name := l.fresh("cell")
	var last ast.Expr
	all := body
	if n := len(body); n > 0 && show {
		if e, ok := body[n-1].(*ast.ExprStmt); ok && f.hasValue(e.X) {
			last, body = e.X, body[:n-1]
		}
	}
	lower := func() {
		f.emit(poll)
		for _, s := range body {
			f.stmt(s)
			f.reached(s)
		}
		if last != nil {
			f.at(last)
			f.result(last)
		}
	}
	f.last, f.placed = f.firstLine(body), true
	block := &ast.BlockStmt{List: body}
	f.enter(&ast.BlockStmt{List: all})
	if defers(block) {
		f.defers = l.fresh("defers")
		f.emit("rt.Try(func(%s *rt.Defers) {", f.defers)
		lower()
		f.emit("})")
	} else {
		lower()
	}
	l.cell = func() {
		l.declare(fmt.Sprintf("func %s() {\n%s%s}\nvar _ = rt.Entry(%s)", name, l.setup.String(), f.prologue(body)+f.body.String(), name))
	}
}

func (f *fn) hasValue(e ast.Expr) bool {
	switch t := f.info.TypeOf(e).(type) {
	case nil:
		return false
	case *types.Tuple:
		return t.Len() > 0 && !f.prints(e)
	}
	tv := f.info.Types[e]
	return tv.IsValue() || tv.Value != nil || tv.IsNil()
}

// prints reports whether e calls a print function, whose results nobody wants to see.
func (f *fn) prints(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	var id *ast.Ident
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		id = fun
	case *ast.SelectorExpr:
		id = fun.Sel
	}
	obj, ok := f.info.Uses[id].(*types.Func)
	return ok && obj.Pkg() != nil && obj.Pkg().Path() == "fmt" && strings.Contains(obj.Name(), "rint")
}

// reached reports the new variables of the session that a statement of the cell's top level has declared: should the
// cell fail, those behind it do not exist.
func (f *fn) reached(s ast.Stmt) {
	for _, id := range Declared(s) {
		if name := f.names[f.info.Defs[id]]; f.unreached[name] {
			f.emit("rt.Reached(%q)", name)
			delete(f.unreached, name)
		}
	}
}

// Declared lists the variables that a statement may declare.
func Declared(s ast.Stmt) []*ast.Ident {
	var ids []*ast.Ident
	switch s := s.(type) {
	case *ast.AssignStmt:
		if s.Tok == token.DEFINE {
			for _, lhs := range s.Lhs {
				if id, ok := lhs.(*ast.Ident); ok {
					ids = append(ids, id)
				}
			}
		}
	case *ast.DeclStmt:
		for _, spec := range s.Decl.(*ast.GenDecl).Specs {
			if v, ok := spec.(*ast.ValueSpec); ok {
				ids = append(ids, v.Names...)
			}
		}
	case *ast.LabeledStmt:
		return Declared(s.Stmt)
	}
	return ids
}

// result hands the values of e over.
func (f *fn) result(e ast.Expr) {
	f.calls, f.lazy = 0, 0
	if _, ok := f.typ(e).(*types.Tuple); ok {
		var vals []string
		for _, v := range f.unpack(e) {
			vals = append(vals, f.convert(v.name, v.typ, emptyInterface, false))
		}
		f.emit("rt.Result(%s)", strings.Join(vals, ", "))
		return
	}
	f.emit("rt.Result(%s)", f.value(e, emptyInterface))
}

// Variable declares a variable of the session.
func (l *Lowerer) Variable(obj types.Object) {
	name := l.fresh("g_" + obj.Name())
	l.declare(fmt.Sprintf("var %s %s", name, l.typeText(obj.Type())))
	l.prepare("rt.Var(%q, &%s)", name, name)
	l.names[obj] = name
	l.unreached[name] = true
}

// Pointed makes a variable of a function one of the session, for code that is lowered while the function is stopped, and
// gives the name of the pointer to it that it is found by.
func (l *Lowerer) Pointed(obj types.Object) string {
	name := l.fresh("g_local")
	l.declare(fmt.Sprintf("var %s *%s", name, l.typeText(obj.Type())))
	l.prepare("rt.Var(%q, &%s)", name, name)
	l.names[obj] = "(*" + name + ")"
	return name
}

// TypeText spells t for yaegi.
func (l *Lowerer) TypeText(t types.Type) string { return l.typeText(t) }

// Key names t uniquely among the types of the session.
func (l *Lowerer) Key(t types.Type) string { return l.key(t) }
