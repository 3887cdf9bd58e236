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
	for _, name := range symbols.MapKeys() {
		if strings.HasPrefix(name.String(), "cell_") {
			symbols.SetMapIndex(name, reflect.Value{})
		}
	}
}

// forgetForeign takes the objects of earlier cells out of a package's scope: each would keep the package of its own
// cell, and so all cells before it.
func forgetForeign(pkg *types.Package) {
	elems := private(reflect.ValueOf(pkg.Scope()).Elem().FieldByName("elems"))
	for _, name := range elems.MapKeys() {
		if elems.MapIndex(name).Interface().(types.Object).Pkg() != pkg {
			elems.SetMapIndex(name, reflect.Value{})
		}
	}
}

// private makes a field accessible that is not exported.
func private(field reflect.Value) reflect.Value {
	return reflect.NewAt(field.Type(), unsafe.Pointer(field.UnsafeAddr())).Elem()
}
