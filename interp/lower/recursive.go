package lower

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"
)

// Structs that refer to each other. yaegi lays out a struct that refers to itself, but mixes up two that refer to
// each other. Of the fields that lead around such a circle, those that lead back are interface{} in lowered code: their
// values are asserted when read.

// circle lists the struct types of cells that refer to each other, each before those that it contains as values.
type circle []*types.Named

// circleOf finds the structs that t refers to and that refer to t, itself included; with functions, also by parameters
// and results of functions.
func (l *Lowerer) circleOf(t *types.Named, functions bool) circle {
	key := l.key(t)
	cached := fmt.Sprint(key, functions)
	if c, ok := l.circles[cached]; ok {
		return c
	}
	var c circle
	for _, other := range l.reachable(t, functions) {
		if l.key(other) == key || slices.ContainsFunc(l.reachable(other, functions), func(n *types.Named) bool { return l.key(n) == key }) {
			c = append(c, other)
		}
	}
	slices.SortFunc(c, func(a, b *types.Named) int { // declaration order, so that all members agree
		return l.compareKeys(a, b)
	})
	c = l.containersFirst(c)
	l.circles[cached] = c
	return c
}

func (l *Lowerer) compareKeys(a, b *types.Named) int {
	ka, kb := l.key(a), l.key(b)
	switch {
	case ka < kb:
		return -1
	case ka > kb:
		return 1
	}
	return 0
}

// containersFirst orders a circle so that a struct stands before those that it contains as values.
func (l *Lowerer) containersFirst(c circle) circle {
	var out circle
	var visit func(t *types.Named)
	visit = func(t *types.Named) {
		if l.index(out, t) >= 0 {
			return
		}
		for _, container := range c {
			if l.index(l.contained(container), t) >= 0 {
				visit(container)
			}
		}
		out = append(out, t)
	}
	for _, t := range c {
		visit(t)
	}
	return out
}

func (l *Lowerer) index(list []*types.Named, t *types.Named) int {
	return slices.IndexFunc(list, func(n *types.Named) bool { return l.key(n) == l.key(t) })
}

// contained lists the structs of cells that are values in t.
func (l *Lowerer) contained(t *types.Named) []*types.Named {
	var out []*types.Named
	for field := range t.Underlying().(*types.Struct).Fields() {
		ft := field.Type()
		for {
			array, ok := ft.Underlying().(*types.Array)
			if !ok {
				break
			}
			ft = array.Elem()
		}
		if named := cellStruct(ft); named != nil {
			out = append(out, named)
		}
	}
	return out
}

// reachable lists the structs of cells that t leads to, directly or through others; t if it leads to itself.
func (l *Lowerer) reachable(t *types.Named, functions bool) []*types.Named {
	var out []*types.Named
	seen := map[string]bool{}
	var follow func(t *types.Named)
	follow = func(t *types.Named) {
		for _, next := range l.mentioned(t.Underlying(), functions) {
			if key := l.key(next); !seen[key] {
				seen[key] = true
				out = append(out, next)
				follow(next)
			}
		}
	}
	follow(t)
	return out
}

// mentioned lists the structs of cells that t, which is no such struct itself, is built of.
func (l *Lowerer) mentioned(t types.Type, functions bool) []*types.Named {
	var out []*types.Named
	seen := map[types.Type]bool{}
	var visit func(t types.Type)
	visit = func(t types.Type) {
		if seen[t] {
			return
		}
		seen[t] = true
		switch n := types.Unalias(t).(type) {
		case *types.Named:
			if named := cellStruct(n); named != nil {
				out = append(out, named)
			} else if isCell(n.Obj()) && !types.IsInterface(n) && !l.recursive(n) {
				visit(n.Underlying())
			}
		case *types.Interface: // interface{} in lowered code
		case *types.Signature:
			if functions {
				Parts(n, visit)
			}
		default:
			Parts(n, visit)
		}
	}
	visit(t)
	return out
}

// cellStruct gives t as a struct type that a cell declares, nil if it is none.
func cellStruct(t types.Type) *types.Named {
	if named := cellNamed(t); named != nil && isStruct(named) {
		return named
	}
	return nil
}

// erased reports whether field i of owner is interface{} in lowered code.
func (l *Lowerer) erased(owner types.Type, i int) bool {
	named := cellStruct(owner)
	if named == nil {
		return false
	}
	field := named.Underlying().(*types.Struct).Field(i)
	ft := field.Type()
	if cellStruct(ft) != nil || types.IsInterface(ft) || l.recursive(ft) {
		return false
	}
	if l.calledWith(ft, l.circleOf(named, true)) {
		if isArray(ft) {
			panic(&Refusal{field.Pos(), fmt.Sprintf("the field %s.%s, an array of functions of the struct (make it a slice)", named.Obj().Name(), field.Name())})
		}
		return true
	}
	c := l.circleOf(named, false)
	if len(c) < 2 {
		return false
	}
	own := l.index(c, named)
	for _, target := range l.mentioned(ft, false) {
		if at := l.index(c, target); at >= 0 && at < own {
			switch ft.Underlying().(type) {
			case *types.Array, *types.Struct:
				panic(&Refusal{field.Pos(), fmt.Sprintf("the field %s.%s, through which types refer to each other (make it a pointer, slice or map)", named.Obj().Name(), field.Name())})
			}
			return true
		}
	}
	return false
}

// calledWith reports whether a value of type t is, or leads to, functions with parameters or results of a circle. Inside
// of a struct yaegi gives such functions another type than outside.
func (l *Lowerer) calledWith(t types.Type, c circle) bool {
	switch u := types.Unalias(t).(type) {
	case *types.Named:
		return isCell(u.Obj()) && !isStruct(u) && !types.IsInterface(u) && !l.recursive(u) && l.calledWith(u.Underlying(), c)
	case *types.Signature:
		return slices.ContainsFunc(l.mentioned(u, true), func(n *types.Named) bool { return l.index(c, n) >= 0 })
	case interface{ Elem() types.Type }:
		return l.calledWith(u.Elem(), c)
	}
	return false
}

// reveal gives the value of an erased field its type.
func (l *Lowerer) reveal(text string, t types.Type) string {
	key := "reveal " + l.key(t)
	name, ok := l.converters[key]
	if !ok {
		name = l.fresh("reveal")
		note(l, l.converters, key, name)
		typ := l.rawText(t)
		l.declare(fmt.Sprintf("func %s(x interface{}) %s { if x == nil { return nil }; return x.(%s) }", name, typ, typ))
	}
	return name + "(" + text + ")"
}

// erasedField reports whether e denotes a field that is interface{} in lowered code.
func (f *fn) erasedField(e ast.Expr) bool {
	sel, ok := ast.Unparen(e).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	s, ok := f.info.Selections[sel]
	if !ok || s.Kind() != types.FieldVal {
		return false
	}
	_, index, _ := types.LookupFieldOrMethod(f.typ(sel.X), true, s.Obj().Pkg(), s.Obj().Name())
	_, owner := f.path("", f.typ(sel.X), index[:len(index)-1])
	return f.erased(deref(owner), index[len(index)-1])
}

// Other types that contain themselves: type Tree map[string]Tree, type State func(*Lexer) State. A value of such a type
// is an interface{} in lowered code, nil or with the underlying type inside; what works on the underlying type reveals
// it first.

// recursive reports whether t is a type of cells that contains itself other than through a struct or an interface. Arrays
// have no nil and are none: the other types of their circle are.
func (l *Lowerer) recursive(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || !isCell(named.Obj()) || isStruct(named) || isArray(named) || types.IsInterface(named) {
		return false
	}
	key := l.key(named)
	found, known := l.recursives[key]
	if known {
		return found
	}
	seen := map[string]bool{}
	var visit func(t types.Type)
	visit = func(t types.Type) {
		switch n := types.Unalias(t).(type) {
		case *types.Named:
			k := l.key(n)
			found = found || k == key
			if !seen[k] && isCell(n.Obj()) && !isStruct(n) {
				seen[k] = true
				visit(n.Underlying())
			}
		case *types.Interface:
		default:
			Parts(n, visit)
		}
	}
	visit(named.Underlying())
	l.recursives[key] = found
	return found
}

// rawText spells the type of what a value of type t holds.
func (l *Lowerer) rawText(t types.Type) string {
	if l.recursive(t) {
		return l.typeText(t.Underlying())
	}
	return l.typeText(t)
}

// under lowers e for an operation on its underlying type.
func (f *fn) under(e ast.Expr) string { return f.revealed(f.expr(e), f.typ(e)) }

// revealed gives the underlying value of text, of type t.
func (l *Lowerer) revealed(text string, t types.Type) string {
	if l.recursive(t) {
		return l.reveal(text, t)
	}
	return text
}

// hidden gives text, of the underlying type of t, as a value of type t.
func (l *Lowerer) hidden(text string, t types.Type) string {
	if l.recursive(t) {
		return "rt.Field(" + text + ")"
	}
	return text
}
