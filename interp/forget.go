package interp

import (
	"go/types"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"unsafe"
)

// yaegi and go/types keep for the life of a session what every cell brought, because nothing ever leaves a scope of
// theirs. A session of ten thousand cells must not grow, so what no later cell can name is taken out of their
// private fields. TestForgets notices if a new version has others.

// declaration finds what lowered source declares.
var declaration = regexp.MustCompile(`(?m)^(?:func|var|type) (\w+)`)

// forgetCell lets go of the source trees of what yaegi has evaluated since the last call, and of the functions of cells,
// which have run, and of those that lay out types.
func (s *Session) forgetCell() {
	private(reflect.ValueOf(s.yaegi).Elem().FieldByName("roots")).SetZero()
	s.mainScope("child").SetZero()
	symbols := s.mainScope("sym")
	for _, name := range s.evaluated {
		key := reflect.ValueOf(name)
		symbol := symbols.MapIndex(key)
		if !symbol.IsValid() {
			continue
		}
		switch {
		case strings.HasPrefix(name, "cell_"), strings.HasPrefix(name, "lay_"):
			symbols.SetMapIndex(key, reflect.Value{})
		case strings.HasPrefix(name, "g_"), strings.HasPrefix(name, "T_"): // the tree of the declaration is done with
			private(symbol.Elem().FieldByName("node")).SetZero()
			typ := private(symbol.Elem().FieldByName("typ")).Elem()
			if !strings.HasPrefix(typ.FieldByName("str").String(), "func") { // calls look at the tree of a function's type
				private(typ.FieldByName("node")).SetZero()
			}
		}
	}
	s.evaluated = nil
	for _, f := range slices.Collect(s.yaegi.FileSet().Iterate) {
		s.yaegi.FileSet().RemoveFile(f)
	}
	s.sweep(symbols)
}

// mainScope is a field of the scope that yaegi has for what it evaluates.
func (s *Session) mainScope(field string) reflect.Value {
	scopes := private(reflect.ValueOf(s.yaegi).Elem().FieldByName("scopes"))
	return private(scopes.MapIndex(reflect.ValueOf("main")).Elem().FieldByName(field))
}

// forgetSource lets go of the positions in a cell's source.
func (s *Session) forgetSource(c *cell) {
	if f := s.fset.File(c.pos(s.fset)); f != nil {
		s.fset.RemoveFile(f)
	}
}

// sweep lets go of the variables and functions that no later cell can name, as soon as there may be many.
func (s *Session) sweep(symbols reflect.Value) {
	if symbols.Len() < 2*s.swept+100 {
		return
	}
	reachable := s.lowerer.Reachable()
	for _, names := range s.spare {
		for _, name := range names {
			reachable[name] = true
		}
	}
	for iter := symbols.MapRange(); iter.Next(); {
		name := iter.Key().String()
		if (strings.HasPrefix(name, "g_") || strings.HasPrefix(name, "f_")) && !reachable[name] {
			symbols.SetMapIndex(iter.Key(), reflect.Value{})
			s.rt.Forget(name)
			delete(s.former, name)
		}
	}
	s.swept = symbols.Len()
}

// forgetForeign takes the objects of earlier cells out of a package's scope: each would keep the package of its own
// cell, and so all cells before it.
func forgetForeign(pkg *types.Package) {
	elems := private(reflect.ValueOf(pkg.Scope()).Elem().FieldByName("elems"))
	own := reflect.MakeMap(elems.Type()) // a map that entries are deleted from stays as large as it was
	for iter := elems.MapRange(); iter.Next(); {
		if iter.Value().Interface().(types.Object).Pkg() == pkg {
			own.SetMapIndex(iter.Key(), iter.Value())
		}
	}
	elems.Set(own)
}

// private makes a field accessible that is not exported.
func private(field reflect.Value) reflect.Value {
	return reflect.NewAt(field.Type(), unsafe.Pointer(field.UnsafeAddr())).Elem()
}
