package interp

import (
	"go/types"
	"reflect"
	"strings"
	"unsafe"

	"github.com/traefik/yaegi/interp"
)

// yaegi and go/types keep for the life of a session what every cell brought, because nothing ever leaves a scope of
// theirs. A session of ten thousand cells must not grow, so what no later cell can name is taken out of their
// private fields. TestForgets notices if a new version has others.

// forgetCell lets go of the source trees of what yaegi evaluated last and of the functions of cells, which have run.
func forgetCell(y *interp.Interpreter) {
	v := reflect.ValueOf(y).Elem()
	roots := private(v.FieldByName("roots"))
	roots.Set(reflect.Zero(roots.Type()))
	scope := private(v.FieldByName("scopes")).MapIndex(reflect.ValueOf("main")).Elem()
	child := private(scope.FieldByName("child"))
	child.Set(reflect.Zero(child.Type()))
	symbols := private(scope.FieldByName("sym"))
	for iter := symbols.MapRange(); iter.Next(); {
		switch name := iter.Key().String(); {
		case strings.HasPrefix(name, "cell_"):
			symbols.SetMapIndex(iter.Key(), reflect.Value{})
		case strings.HasPrefix(name, "g_"): // a variable is its place; the tree of its declaration is done with
			variable := iter.Value().Elem()
			private(variable.FieldByName("node")).SetZero()
			typ := private(variable.FieldByName("typ")).Elem()
			if !strings.HasPrefix(typ.FieldByName("str").String(), "func") { // calls look at the tree of a function's type
				private(typ.FieldByName("node")).SetZero()
			}
		}
	}
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
