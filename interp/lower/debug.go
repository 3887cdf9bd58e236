package lower

import (
	"cmp"
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"github.com/gophergrad/gophergrad/interp/debug"
)

// Points numbers the places where code that is lowered for a debugger can stop.
type Points interface {
	// Source is the file of a cell by its label; false if it is none that a debugger shows.
	Source(cell string) (string, bool)
	// Point numbers a place; types tell those of its variables apart.
	Point(p debug.Point, types string) int
}

// debugged reports whether a function with this body is lowered so that a debugger can stop it.
func (f *fn) debugged(body *ast.BlockStmt) bool {
	if f.Points == nil || len(body.List) == 0 {
		return false
	}
	_, ok := f.Points.Source(f.Fset.Position(body.List[0].Pos()).Filename)
	return ok
}

// enter begins the body of a function that a debugger can stop.
func (f *fn) enter(body *ast.BlockStmt) {
	if f.debugged(body) {
		f.frame = f.fresh("call")
		f.emit("%s := rt.Enter()\ndefer %s.Exit()", f.frame, f.frame)
	}
}

// stop emits a place where a debugger can stop.
func (f *fn) stop(n ast.Node) {
	if f.frame == "" {
		return
	}
	pos := f.Fset.Position(n.Pos())
	source, _ := f.Points.Source(pos.Filename)
	p := debug.Point{Function: f.name, Source: source, Line: pos.Line, Head: pos.Line != f.head}
	f.head = pos.Line
	var pointers, types strings.Builder
	for _, v := range f.visible(n) {
		name, _ := f.lookup(v)
		t := f.subst(v.Type())
		p.Locals = append(p.Locals, debug.Local{Name: v.Name(), Type: t})
		types.WriteString(v.Name() + " " + f.key(t) + "\n")
		pointers.WriteString(", &" + name)
	}
	f.emit("if rt_debug { %s.At(%d%s) }", f.frame, f.Points.Point(p, types.String()), pointers.String())
}

// visible lists the variables of the function, and of those around it, that n can see, in the order of their
// declarations.
func (f *fn) visible(n ast.Node) []*types.Var {
	byName := map[string]*types.Var{}
	for g := f; g != nil; g = g.parent {
		for obj := range g.locals {
			v, ok := obj.(*types.Var)
			if !ok || v.Name() == "_" || v.Parent() == nil || !v.Parent().Contains(n.Pos()) {
				continue
			}
			if other := byName[v.Name()]; other == nil || other.Pos() < v.Pos() {
				byName[v.Name()] = v
			}
		}
	}
	var list []*types.Var
	for _, v := range byName {
		list = append(list, v)
	}
	slices.SortFunc(list, func(a, b *types.Var) int { return cmp.Compare(a.Pos(), b.Pos()) })
	return list
}

// Lines are the lines of statements at which code can stop.
func Lines(line func(ast.Node) int, nodes ...ast.Node) []int {
	var lines []int
	for _, n := range nodes {
		ast.Inspect(n, func(n ast.Node) bool {
			switch s := n.(type) {
			case nil, *ast.BlockStmt, *ast.EmptyStmt, *ast.LabeledStmt, *ast.CaseClause, *ast.CommClause:
			case ast.Stmt:
				lines = append(lines, line(s))
			}
			return true
		})
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}
