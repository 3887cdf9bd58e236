package symbols

import (
	"cmp"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/gophergrad/gophergrad/interp/box"
)

// Wrapper gives the function that wraps boxed values so that they implement the compiled interface type t, nil if
// there is none. Wrappers are comparable and hold nothing but the box; the value's type must have t's methods.
func Wrapper(t reflect.Type) func(box.Box) any { return wrapperTable().byType[t] }

// Richest gives, of all wrappers that implement target and whose interface the boxed type implements, the one with
// the most methods, nil if there is none. So a value converted to io.Reader keeps its WriteTo, and an error its Unwrap.
func Richest(target reflect.Type, implements func(iface reflect.Type) bool) func(box.Box) any {
	all := wrapperTable()
	for _, t := range all.ordered {
		if t.Implements(target) && implements(t) {
			return all.byType[t]
		}
	}
	return nil
}

type wrapperIndex struct {
	byType  map[reflect.Type]func(box.Box) any
	ordered []reflect.Type // the most methods first, then by name
}

var wrapperTable = sync.OnceValue(func() wrapperIndex {
	index := wrapperIndex{byType: map[reflect.Type]func(box.Box) any{}}
	add := func(wrappers []wrapper) {
		for _, w := range wrappers {
			t := reflect.TypeOf(w.iface).Elem()
			index.byType[t] = w.wrap
			index.ordered = append(index.ordered, t)
		}
	}
	add(extraWrappers)
	for _, p := range registered {
		add(p.wrappers)
	}
	slices.SortFunc(index.ordered, func(a, b reflect.Type) int {
		return cmp.Or(b.NumMethod()-a.NumMethod(), strings.Compare(a.PkgPath(), b.PkgPath()), strings.Compare(a.String(), b.String()))
	})
	return index
})
