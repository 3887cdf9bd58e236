package interp

import (
	"context"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/types"

	"github.com/gophergrad/gophergrad/interp/rt"
	"github.com/gophergrad/gophergrad/kernel"
)

// Evaluate computes an expression as a cell would; the session does not change, but by what the expression itself
// does. What it prints is not shown.
func (s *Session) Evaluate(ctx context.Context, expr string) (bundle kernel.Bundle, err error) {
	const label = "expression"
	defer func() {
		if p := recover(); p != nil {
			s.lowerer.Discard()
			err = s.internalError(p)
		}
	}()
	e, parseErr := parser.ParseExprFrom(s.fset, label, expr, parser.SkipObjectResolution)
	if list, ok := parseErr.(scanner.ErrorList); ok {
		return bundle, syntaxError(label, expr, tidy(list, label, expr))
	}
	c := &cell{label: label, source: expr, body: []ast.Stmt{&ast.ExprStmt{X: e}}, values: 1}
	ch, code, failed := s.compile(c)
	if failed != nil {
		return bundle, failed
	}
	defer s.abandon(ch)
	run := &rt.Run{Cell: label}
	execute := func() {
		code()
		bundle = s.resultBundle(run.Values)
	}
	if failure := s.rt.Execute(run, execute, ctx.Done(), grace); failure != nil {
		return bundle, s.failureError(failure, ch)
	}
	if len(run.Values) == 0 {
		return bundle, &kernel.CellError{Name: "compile error", Value: expr + " has no value"}
	}
	return bundle, nil
}

// abandon lets go of a cell whose names the session does not take.
func (s *Session) abandon(ch *checked) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, v := range ch.hoisted {
		s.lowerer.Forget(v)
	}
	s.forgetRestated(ch)
	forgetForeign(ch.pkg)
	s.forgetSource(ch.cell)
	s.forgetCell()
}

// resultType is the type of the cell's value, nil if it has none or several.
func (ch *checked) resultType() types.Type {
	if len(ch.body) == 0 || ch.values != 1 {
		return nil
	}
	last, ok := ch.body[len(ch.body)-1].(*ast.ExprStmt)
	if !ok {
		return nil
	}
	t := ch.info.TypeOf(last.X)
	if _, several := t.(*types.Tuple); several || t == nil || t == types.Typ[types.UntypedNil] {
		return nil
	}
	return types.Default(t)
}
