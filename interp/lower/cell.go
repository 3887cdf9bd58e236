package lower

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// Cell lowers the statements of a cell to a function that runs them, which goes to rt.Entry. The values of the last
// statements, as many as are shown and if they are expressions, go to rt.Result.
func (l *Lowerer) Cell(info *types.Info, pos token.Pos, body []ast.Stmt, shown int) {
	f := &fn{Lowerer: l, info: info, locals: map[types.Object]string{}, isCell: true}
	f.register("", pos)
	f.sig = types.NewSignatureType(nil, nil, nil, nil, nil, false)
	body = separate(body)
	f.study(&ast.BlockStmt{List: body})
	name := l.fresh("cell")
	lower := func() {
		f.emit(poll)
		end := max(0, len(body)-shown)
		for _, s := range body[:end] {
			f.stmt(s)
			f.reached(s)
		}
		f.result(body[end:])
	}
	f.last, f.placed = f.firstLine(body), true
	block := &ast.BlockStmt{List: body}
	f.enter(block)
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
	obj, ok := f.info.Uses[lastName(call.Fun)].(*types.Func)
	return ok && obj.Pkg() != nil && obj.Pkg().Path() == "fmt" && strings.Contains(obj.Name(), "rint")
}

// separate gives each line of a var block a declaration of its own: should it fail, the lines before it have not.
func separate(body []ast.Stmt) (out []ast.Stmt) {
	for _, s := range body {
		decl, ok := s.(*ast.DeclStmt)
		if !ok {
			out = append(out, s)
			continue
		}
		for _, spec := range decl.Decl.(*ast.GenDecl).Specs {
			out = append(out, &ast.DeclStmt{Decl: &ast.GenDecl{TokPos: spec.Pos(), Tok: token.VAR, Specs: []ast.Spec{spec}}})
		}
	}
	return out
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

// result lowers the statements whose values are the cell's, as far as they have any, and hands the values over.
func (f *fn) result(list []ast.Stmt) {
	var values []string
	for _, s := range list {
		e, ok := s.(*ast.ExprStmt)
		if !ok || !f.hasValue(e.X) {
			f.stmt(s)
			f.reached(s)
			continue
		}
		f.at(e.X)
		f.calls, f.lazy = 0, 0
		if _, ok := f.typ(e.X).(*types.Tuple); ok {
			for _, v := range f.unpack(e.X) {
				values = append(values, f.convert(v.name, v.typ, emptyInterface, false))
			}
			continue
		}
		value := f.value(e.X, emptyInterface)
		if len(list) > 1 { // later ones may change it
			value = f.temp(value, emptyInterface)
		}
		values = append(values, value)
	}
	if len(values) > 0 {
		f.emit("rt.Result(%s)", strings.Join(values, ", "))
	}
}

// Variable declares a variable of the session.
func (l *Lowerer) Variable(obj types.Object) {
	l.running = obj.Pos()
	name := l.fresh("g_" + obj.Name())
	l.declare(fmt.Sprintf("var %s %s", name, l.typeText(obj.Type())))
	l.prepare("rt.Var(%q, &%s)", name, name)
	note(l, l.names, obj, name)
	note(l, l.unreached, name, true)
}

// Pointed makes a variable of a function one of the session, for code that is lowered while the function is stopped, and
// gives the name of the pointer to it that it is found by.
func (l *Lowerer) Pointed(obj types.Object) string {
	name := l.fresh("g_local")
	l.declare(fmt.Sprintf("var %s *%s", name, l.typeText(obj.Type())))
	l.prepare("rt.Var(%q, &%s)", name, name)
	note(l, l.names, obj, "(*"+name+")")
	return name
}

// TypeText spells t for yaegi.
func (l *Lowerer) TypeText(t types.Type) string { return l.typeText(t) }

// Key names t uniquely among the types of the session.
func (l *Lowerer) Key(t types.Type) string { return l.key(t) }
