package interp

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ast/astutil"

	"github.com/gophergrad/gophergrad/interp/box"
	"github.com/gophergrad/gophergrad/interp/lower"
	"github.com/gophergrad/gophergrad/interp/rt"
	"github.com/gophergrad/gophergrad/interp/symbols"
)

// Cells know earlier results as Out[n], with n the number of the cell, and the latest as _. Both have the static type
// of the expression. They are variables of the session that come to be when a cell first names them.

// maxResults is how many results are kept: older values are let go, but for those that functions use.
const maxResults = 10

// result is what the last expression of a cell gave.
type result struct {
	count int
	value any // canonical, see package rt
	typ   types.Type
	used  bool // by a function, which may be called at any time
}

// keep remembers the result of a cell.
func (s *Session) keep(count int, ch *checked, run *rt.Run) {
	t := ch.resultType()
	if t == nil || len(run.Values) != 1 || count == 0 {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.results = append(s.results, result{count: count, value: run.Values[0], typ: t})
	for len(s.results) > maxResults {
		name := recalledName(s.results[0].count)
		if e := s.names[name]; e != nil && !s.results[0].used {
			s.drop(e)
		}
		s.results = s.results[1:]
	}
}

// drop lets a result's value go; the next result of the type gets its variable.
func (s *Session) drop(e *entry) {
	s.release(e)
	delete(s.names, e.name)
	if e.value.IsValid() {
		key := s.lowerer.Key(e.obj.Type())
		s.spare[key] = append(s.spare[key], s.lowerer.NameOf(e.obj))
	}
	s.lowerer.Forget(e.obj)
}

// recallMark is a letter that keeps the names of results apart from those that people choose.
const recallMark = "ʽ"

func recalledName(count int) string { return fmt.Sprintf("Out%s%d", recallMark, count) }

func isRecalled(name string) bool { return strings.Contains(name, recallMark) }

// recall puts variables in the place of the results that the cell names, and reports whether there were any. They are
// found where the type checker did not understand Out or _.
func (s *Session) recall(c *cell, errs []types.Error) bool {
	wanted := map[token.Pos]bool{}
	for _, err := range errs {
		if err.Msg == "undefined: Out" || strings.HasPrefix(err.Msg, "cannot use _ as value") {
			wanted[err.Pos] = true
		}
	}
	if len(wanted) == 0 {
		return false
	}
	found, functions := false, 0 // functions around the node
	replace := func(at *astutil.Cursor) bool {
		var count int
		switch x := at.Node().(type) {
		case *ast.Ident:
			if x.Name != "_" || !wanted[x.Pos()] || len(s.results) == 0 {
				return true
			}
			count = s.results[len(s.results)-1].count
		case *ast.IndexExpr:
			out, isName := x.X.(*ast.Ident)
			lit, isNumber := x.Index.(*ast.BasicLit)
			if !isName || !isNumber || !wanted[out.Pos()] {
				return true
			}
			count, _ = strconv.Atoi(lit.Value)
		default:
			return true
		}
		for i, r := range s.results {
			if r.count == count {
				found = true
				s.results[i].used = r.used || functions > 0
				at.Replace(&ast.Ident{NamePos: at.Node().Pos(), Name: s.recalled(r)})
				return false
			}
		}
		return true
	}
	enter := func(at *astutil.Cursor) bool {
		if isFunction(at.Node()) {
			functions++
		}
		return replace(at)
	}
	leave := func(at *astutil.Cursor) bool {
		if isFunction(at.Node()) {
			functions--
		}
		return true
	}
	for _, stmt := range c.body {
		astutil.Apply(stmt, enter, leave)
	}
	for _, decl := range c.decls {
		astutil.Apply(decl, enter, leave)
	}
	return found
}

func isFunction(n ast.Node) bool {
	switch n.(type) {
	case *ast.FuncDecl, *ast.FuncLit:
		return true
	}
	return false
}

// recalled is the variable of a result.
func (s *Session) recalled(r result) string {
	name := recalledName(r.count)
	if s.names[name] == nil {
		s.names[name] = &entry{name: name, obj: types.NewVar(token.NoPos, types.NewPackage(lower.CellPath, "main"), name, r.typ)}
	}
	return name
}

// declareRecalled declares the variables of results that a cell names for the first time. They get their values when
// the cell begins to run.
func (s *Session) declareRecalled() {
	for _, r := range s.results {
		e := s.names[recalledName(r.count)]
		if e == nil || e.value.IsValid() {
			continue
		}
		set := func(slot reflect.Value) {
			e.value = slot
			if v := reflect.ValueOf(uncanonical(r.value, r.typ, slot.Elem().Type())); v.IsValid() {
				slot.Elem().Set(v)
			}
		}
		key := s.lowerer.Key(r.typ)
		if spare := s.spare[key]; len(spare) > 0 {
			s.spare[key] = spare[1:]
			s.lowerer.Name(e.obj, spare[0])
			set(s.rt.Variable(spare[0]))
			continue
		}
		s.lowerer.Variable(e.obj)
		s.rt.Preset(s.lowerer.NameOf(e.obj), set)
	}
}

// uncanonical gives a canonical value the form that a variable of type static has in lowered code, where its type is t.
func uncanonical(value any, static types.Type, t reflect.Type) any {
	b, ok := value.(box.Box)
	switch {
	case ok && b.Type.Hidden && t == reflect.TypeFor[any]() && !types.IsInterface(static):
		return rt.Field(b.Value)
	case !ok || t.Kind() == reflect.Interface && t.NumMethod() == 0:
		return value
	case t.Kind() != reflect.Interface:
		return b.Value
	case t == reflect.TypeFor[error]():
		return rt.Export(b)
	}
	return symbols.Wrapper(t)(b)
}
