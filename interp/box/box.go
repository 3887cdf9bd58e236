// Package box carries values of types that cells define. Such a type has no methods the compiler knows; a Box
// pairs the value with the interpreter's description of its type, so that compiled code can call them.
package box

import (
	"go/types"
	"reflect"
	"sync"
)

// Type describes a type that a cell defined, or one built of such. Two values have the same type exactly if their
// descriptions are the same pointer.
type Type struct {
	Name    string       // as %T prints it
	Go      types.Type   // what the type checker knows
	Raw     reflect.Type // how the interpreter lays it out
	Boxed   bool         // an interface holds its values in boxes, because Raw alone does not tell the type
	Hidden  bool         // variables hold its values in an interface{}, because it contains itself
	Opaque  string       // why reflection on Raw differs from that on Go; empty if it does not
	Iface   []Sig        // the methods of an interface type
	Methods map[string]Method
	Of      func(types.Type) *Type // describes the type's parts; nil for parts that compiled code knows
	Poll    func()                 // ends the calling goroutine if it must; nil for never

	wrappers sync.Map // reflect.Type → func(Box) any: what Wrapper has found
}

// SetMethods changes the methods.
func (t *Type) SetMethods(methods map[string]Method) {
	t.Methods = methods
	t.wrappers.Clear()
}

// Wrapper is what find gives, how a compiled interface holds values of the type, which takes it long.
func (t *Type) Wrapper(iface reflect.Type, find func() func(Box) any) func(Box) any {
	if wrap, ok := t.wrappers.Load(iface); ok {
		return wrap.(func(Box) any)
	}
	wrap := find()
	t.wrappers.Store(iface, wrap)
	return wrap
}

// Sig is a method's name and its signature without parameter names, types qualified by their import paths.
type Sig struct{ Name, Key string }

// Method is a method of a cell's type. Bind gives the method of one receiver as a Go func.
type Method struct {
	Key  string
	Bind func(recv any) any
}

// NewType describes a type by its name and its methods; each method binds a receiver and gives a Go func.
func NewType(name string, methods map[string]func(recv any) any) *Type {
	t := &Type{Name: name, Methods: map[string]Method{}}
	for name, bind := range methods {
		t.Methods[name] = Method{Bind: bind}
	}
	return t
}

// Box is a value of a type defined in a cell. Boxes compare as the values would.
type Box struct {
	Type  *Type
	Value any
}

// Boxed is implemented by Box and by every wrapper around one.
type Boxed interface{ Unwrap_() Box }

// Unwrap_ returns the box itself: a wrapper, which embeds one, gives its box.
func (b Box) Unwrap_() Box { return b }

// Has reports whether the value's type has a method.
func (b Box) Has(method string) bool {
	_, ok := b.Type.Methods[method]
	return ok
}

// Method gives the method called name, bound to the value, as a Go func of the method's signature; nil if there is
// none. Package flag asks the zero value of a wrapper for its String.
func (b Box) Method(name string) any {
	if b.Type == nil {
		return func() string { return "" }
	}
	m, ok := b.Type.Methods[name]
	if !ok {
		return nil
	}
	return m.Bind(b.Value)
}
