package rt

import (
	"fmt"
	"reflect"
	"sync"

	"github.com/gophergrad/gophergrad/interp/box"
)

// Finite panics if a value contains itself: fmt would print it until the stack overflows, which ends the process. Boxes
// look after themselves.
func Finite(args ...any) {
	for _, arg := range args {
		v := reflect.ValueOf(arg)
		if v.Kind() == reflect.Pointer { // the first pointer is followed, those inside are printed as addresses
			v = v.Elem()
		}
		path{}.follow(v, 0)
	}
}

// path are the slices and maps around a value, once there are many.
type path map[place]bool

type place struct {
	at  uintptr
	len int
}

// deepValue is the depth from which values are suspected to contain themselves.
const deepValue = 100

func (p path) follow(v reflect.Value, depth int) {
	if !v.IsValid() || !open(v.Type()) {
		return
	}
	if k := v.Kind(); depth > deepValue && (k == reflect.Slice || k == reflect.Map) {
		here := place{v.Pointer(), v.Len()}
		if p[here] {
			panic(runtimeError("the value contains itself: printing it would never end"))
		}
		p[here] = true
		defer delete(p, here)
	}
	switch v.Kind() {
	case reflect.Interface:
		p.follow(v.Elem(), depth)
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			p.follow(v.Index(i), depth+1)
		}
	case reflect.Map:
		for iter := v.MapRange(); iter.Next(); {
			p.follow(iter.Key(), depth+1)
			p.follow(iter.Value(), depth+1)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			p.follow(v.Field(i), depth+1)
		}
	}
}

// opens remembers open.
var opens sync.Map

// open reports whether a value of type t, as fmt prints it, may contain values of any type.
func open(t reflect.Type) bool {
	if known, ok := opens.Load(t); ok {
		return known.(bool)
	}
	opens.Store(t, false) // for types that contain themselves
	is := false
	switch t.Kind() {
	case reflect.Interface:
		is = true
	case reflect.Slice, reflect.Array:
		is = open(t.Elem())
	case reflect.Map:
		is = open(t.Key()) || open(t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			is = is || open(t.Field(i).Type)
		}
	}
	if is && t.Kind() != reflect.Interface {
		is = !t.Implements(reflect.TypeFor[fmt.Stringer]()) && !t.Implements(reflect.TypeFor[error]()) && !t.Implements(reflect.TypeFor[fmt.Formatter]()) && t != reflect.TypeFor[box.Box]()
	}
	opens.Store(t, is)
	return is
}
