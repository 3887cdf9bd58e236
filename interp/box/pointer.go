package box

import (
	"reflect"
	"unsafe"
)

// pointed is what the pointer v leads to, a value of the type that elem describes (nil for one that compiled code
// knows). The interpreter lays out pointers inside of recursive types as pointers to nothing in particular.
func pointed(v reflect.Value, elem *Type) reflect.Value {
	if elem != nil && elem.Raw != nil && v.Type().Elem() != elem.Raw {
		return reflect.NewAt(elem.Raw, v.UnsafePointer()).Elem()
	}
	return v.Elem()
}

// point makes the pointer variable v lead to a new zero value, and gives that value.
func point(v reflect.Value, elem *Type) reflect.Value {
	t := v.Type().Elem()
	if elem != nil && elem.Raw != nil {
		t = elem.Raw
	}
	fresh := reflect.New(t)
	*(*unsafe.Pointer)(v.Addr().UnsafePointer()) = fresh.UnsafePointer()
	return fresh.Elem()
}
