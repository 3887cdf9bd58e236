package lower

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
)

// A function keeps the place it is at in the variable L. Tracebacks find it in the interpreter's frames by its value
// (see rt.Place). It is stored where something can fail or call, and where a loop polls: a store takes as long as an
// addition.

// at notes that the function is at a statement, or at an expression that is the last of a cell.
func (f *fn) at(n ast.Node) {
	if f.frame != "" || f.canFail(n) {
		f.placed = true
		if line := f.lineOf(n); line != f.last {
			f.last = line
			f.emit("L = %#x", f.rt.Place(f.id, line))
		}
	}
	f.stop(n)
}

func (f *fn) lineOf(n ast.Node) int { return f.Fset.Position(n.Pos()).Line }

// prologue declares L, at the first statement, in a function that stores it.
func (f *fn) prologue(body []ast.Stmt) string {
	if !f.placed {
		return ""
	}
	return fmt.Sprintf("L := %#x\n", f.rt.Place(f.id, f.firstLine(body)))
}

func (f *fn) firstLine(body []ast.Stmt) int {
	if len(body) == 0 {
		return 0
	}
	return f.lineOf(body[0])
}

const poll = "if rt_stop { rt.Poll() }"

// pollAt lets an interrupt in at a line.
func (f *fn) pollAt(line int) {
	f.placed = true
	f.emit("if rt_stop { L = %#x; rt.Poll() }", f.rt.Place(f.id, line))
}

// canFail reports whether what a statement evaluates itself, as opposed to the statements within, can panic or call a
// function.
func (f *fn) canFail(n ast.Node) bool {
	switch s := n.(type) {
	case *ast.IfStmt:
		return f.canPanic(s.Cond)
	case *ast.ForStmt:
		return s.Cond != nil && f.canPanic(s.Cond) || s.Post != nil && f.canPanic(s.Post)
	case *ast.SwitchStmt:
		for _, clause := range s.Body.List {
			for _, e := range clause.(*ast.CaseClause).List {
				if f.canPanic(e) || types.IsInterface(f.typ(e)) {
					return true
				}
			}
		}
		return s.Tag != nil && (f.canPanic(s.Tag) || types.IsInterface(f.typ(s.Tag)))
	case *ast.RangeStmt:
		switch f.typ(s.X).Underlying().(type) {
		case *types.Basic, *types.Slice:
			return f.canPanic(s.X)
		}
		return true
	case *ast.AssignStmt, *ast.IncDecStmt, *ast.DeclStmt, *ast.ReturnStmt, ast.Expr:
		return f.canPanic(n)
	}
	return true
}

// canPanic reports whether evaluating n can panic or call a function. It errs on the safe side.
func (f *fn) canPanic(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if e, ok := n.(ast.Expr); ok && f.info.Types[e].Value != nil {
			return false
		}
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			found = found || !f.isHarmless(n)
		case *ast.IndexExpr, *ast.SliceExpr, *ast.StarExpr, *ast.TypeAssertExpr, *ast.CompositeLit:
			found = true
		case *ast.UnaryExpr:
			found = found || n.Op == token.ARROW
		case *ast.SelectorExpr: // a method value, or a field that a pointer leads to
			sel := f.info.Selections[n]
			found = found || sel != nil && (sel.Kind() != types.FieldVal || sel.Indirect())
		case *ast.BinaryExpr:
			found = found || f.operatorPanics(n.Op, n.X, n.Y)
		case *ast.AssignStmt:
			if op, ok := assigned[n.Tok]; ok {
				found = found || f.operatorPanics(op, n.Lhs[0], n.Rhs[0])
			}
		}
		return !found
	})
	return found
}

// assigned are the operators that can panic of the statements that assign with them.
var assigned = map[token.Token]token.Token{
	token.QUO_ASSIGN: token.QUO, token.REM_ASSIGN: token.REM, token.SHL_ASSIGN: token.SHL, token.SHR_ASSIGN: token.SHR,
}

func (f *fn) operatorPanics(op token.Token, x, y ast.Expr) bool {
	switch op {
	case token.QUO, token.REM, token.SHL, token.SHR: // by zero, or by less
		return f.info.Types[y].Value == nil && !isFloating(f.typ(x))
	case token.EQL, token.NEQ: // values that cannot be compared
		for _, e := range []ast.Expr{x, y} {
			switch f.typ(e).Underlying().(type) {
			case *types.Interface, *types.Struct, *types.Array:
				return true
			}
		}
	}
	return false
}

func isFloating(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&(types.IsFloat|types.IsComplex) != 0
}

// isHarmless reports whether a call is a conversion between basic types, or len or cap.
func (f *fn) isHarmless(e *ast.CallExpr) bool {
	fun := ast.Unparen(e.Fun)
	if tv := f.info.Types[fun]; tv.IsType() {
		_, to := f.typ(e).Underlying().(*types.Basic)
		_, from := f.typ(e.Args[0]).Underlying().(*types.Basic)
		return to && from
	} else if tv.IsBuiltin() {
		name := builtinName(fun)
		return name == "len" || name == "cap"
	}
	return false
}
