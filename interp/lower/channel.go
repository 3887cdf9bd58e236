package lower

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

// Channel operations go through rt, where an interrupt ends their waiting.

func (f *fn) send(s *ast.SendStmt) {
	elem := f.typ(s.Chan).Underlying().(*types.Chan).Elem()
	f.emit("rt.Send(%s, %s)", f.under(s.Chan), f.value(s.Value, elem))
	f.emit(poll)
}

// receive lowers <-c as an expression.
func (f *fn) receive(e *ast.UnaryExpr) string {
	elem := f.typ(e.X).Underlying().(*types.Chan).Elem()
	c := f.under(e.X)
	f.calls++
	return f.fromAny("rt.Recv("+c+")", elem)
}

func (f *fn) receiveOK(c string, elem types.Type) (value, ok string) {
	any := f.fresh("any")
	value, ok = f.fresh("v"), f.fresh("ok")
	f.emit("%s, %s := rt.RecvOK(%s)", any, ok, c)
	f.define(value, f.typeText(elem), f.fromAny(any, elem))
	f.emit(poll)
	return value, ok
}

func (f *fn) selectStmt(s *ast.SelectStmt, label string) {
	f.at(s)
	f.once(label, func() {
		var ops []string
		hasDefault := false
		for _, stmt := range s.Body.List {
			switch comm := stmt.(*ast.CommClause).Comm.(type) {
			case nil:
				hasDefault = true
			case *ast.SendStmt:
				elem := f.typ(comm.Chan).Underlying().(*types.Chan).Elem()
				ops = append(ops, fmt.Sprintf("rt.Sending(%s, %s)", f.under(comm.Chan), f.value(comm.Value, elem)))
			default:
				ops = append(ops, fmt.Sprintf("rt.Receiving(%s)", f.under(receiveOf(comm).X)))
			}
		}
		n, any, ok := f.fresh("n"), f.fresh("any"), f.fresh("ok")
		f.emit("%s, %s, %s := rt.Select(%t%s)", n, any, ok, hasDefault, strings.Join(append([]string{""}, ops...), ", "))
		f.emit("_, _, _ = %s, %s, %s", n, any, ok)
		f.emit(poll)
		i := 0
		for _, stmt := range s.Body.List {
			c := stmt.(*ast.CommClause)
			f.last = 0
			if c.Comm == nil {
				f.emit("if %s < 0 {", n)
			} else {
				f.emit("if %s == %d {", n, i)
				i++
				f.received(c.Comm, any, ok)
			}
			f.stmts(c.Body)
			f.emit("}")
		}
	})
}

// receiveOf finds the receive operation of a communication clause.
func receiveOf(comm ast.Stmt) *ast.UnaryExpr {
	var e ast.Expr
	switch comm := comm.(type) {
	case *ast.ExprStmt:
		e = comm.X
	case *ast.AssignStmt:
		e = comm.Rhs[0]
	}
	return ast.Unparen(e).(*ast.UnaryExpr)
}

// received assigns what a clause received.
func (f *fn) received(comm ast.Stmt, any, ok string) {
	s, isAssign := comm.(*ast.AssignStmt)
	if !isAssign {
		return
	}
	elem := f.typ(receiveOf(comm).X).Underlying().(*types.Chan).Elem()
	if !isBlank(s.Lhs[0]) {
		f.store(s.Lhs[0], s.Tok, f.convert(f.fromAny(any, elem), elem, f.lhsType(s.Lhs[0]), false))
	}
	if len(s.Lhs) == 2 && !isBlank(s.Lhs[1]) {
		f.store(s.Lhs[1], s.Tok, ok)
	}
}
