package rt

import (
	"reflect"
	"sync"

	"github.com/gophergrad/gophergrad/interp/box"
)

// Lend announces that compiled code is going to read the maps in the arguments of a call, until back is called.
func (r *Runtime) Lend(args ...any) (back func()) {
	if !*r.shared {
		return func() {}
	}
	l := &loan{r: r, seen: map[uintptr]bool{}}
	for _, arg := range args {
		l.walk(reflect.ValueOf(arg))
	}
	return func() {
		for range l.maps {
			r.Left()
		}
	}
}

// loan finds the maps in values.
type loan struct {
	r    *Runtime
	maps int
	seen map[uintptr]bool // maps and what pointers lead to
}

func (l *loan) walk(v reflect.Value) {
	if !v.IsValid() || !holdsMaps(v.Type()) {
		return
	}
	switch v.Kind() {
	case reflect.Interface:
		l.walk(v.Elem())
	case reflect.Pointer:
		if !v.IsNil() && !l.seen[v.Pointer()] {
			l.seen[v.Pointer()] = true
			l.walk(v.Elem())
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			l.walk(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			l.walk(v.Field(i))
		}
	case reflect.Map:
		if v.IsNil() || l.seen[v.Pointer()] {
			return
		}
		l.seen[v.Pointer()] = true
		l.r.announce(v.Pointer(), false, raceReadWrite)
		l.maps++
		if t := v.Type(); holdsMaps(t.Key()) || holdsMaps(t.Elem()) {
			for iter := v.MapRange(); iter.Next(); {
				l.walk(iter.Key())
				l.walk(iter.Value())
			}
		}
	}
}

// mapHolders remembers holdsMaps.
var mapHolders sync.Map

// holdsMaps reports whether values of type t may lead to maps of cells. What structs of compiled packages hold is
// their own business.
func holdsMaps(t reflect.Type) bool {
	if known, ok := mapHolders.Load(t); ok {
		return known.(bool)
	}
	mapHolders.Store(t, false) // for types that contain themselves
	is := false
	switch t.Kind() {
	case reflect.Map, reflect.Interface:
		is = true
	case reflect.Pointer, reflect.Slice, reflect.Array:
		is = holdsMaps(t.Elem())
	case reflect.Struct:
		if t.PkgPath() == "" && t.Name() == "" || t == reflect.TypeFor[box.Box]() || t.Implements(reflect.TypeFor[box.Boxed]()) {
			for i := range t.NumField() {
				is = is || t.Field(i).Type != reflect.TypeFor[*box.Type]() && holdsMaps(t.Field(i).Type)
			}
		}
	}
	mapHolders.Store(t, is)
	return is
}
