package box

import (
	"go/types"
	"reflect"
	"unsafe"
)

// erased reports whether v, a variable of type t, holds its value as an interface: so do fields through which types refer
// to each other, and variables of types that contain themselves.
func erased(v reflect.Value, t types.Type) bool {
	return v.Kind() == reflect.Interface && !types.IsInterface(t)
}

// Revealed gives the value of a variable of type t, also if it is erased.
func Revealed(v reflect.Value, t types.Type) reflect.Value {
	switch {
	case !erased(v, t):
		return v
	case !v.IsNil():
		return v.Elem()
	}
	switch t.Underlying().(type) {
	case *types.Slice:
		return reflect.ValueOf([]any(nil))
	case *types.Map:
		return reflect.ValueOf(map[any]any(nil))
	case *types.Signature:
		return reflect.ValueOf((func())(nil))
	case *types.Chan:
		return reflect.ValueOf((chan any)(nil))
	}
	return reflect.ValueOf((*struct{})(nil))
}

// Pointed is what the pointer v leads to, a value of the type that elem describes (nil for one that compiled code
// knows). The interpreter lays out pointers inside of recursive types as pointers to nothing in particular.
func Pointed(v reflect.Value, elem *Type) reflect.Value {
	if elem != nil && elem.Raw != nil && !elem.Hidden && v.Type().Elem() != elem.Raw {
		return reflect.NewAt(elem.Raw, v.UnsafePointer()).Elem()
	}
	return v.Elem()
}

// Point makes the pointer variable v lead to a new zero value, and gives that value.
func Point(v reflect.Value, elem *Type) reflect.Value {
	t := v.Type().Elem()
	if elem != nil && elem.Raw != nil && !elem.Hidden {
		t = elem.Raw
	}
	fresh := reflect.New(t)
	*(*unsafe.Pointer)(v.Addr().UnsafePointer()) = fresh.UnsafePointer()
	return fresh.Elem()
}
