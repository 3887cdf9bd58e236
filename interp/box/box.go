// Package box carries values of types that cells define. Such a type has no methods the compiler knows; a Box
// pairs the value with the interpreter's description of its type, so that compiled code can call them.
package box

// Type describes a type defined in a cell.
type Type struct {
	Name    string
	methods map[string]func(recv any) any
}

// NewType describes a type by its name and its methods; each method binds a receiver and gives a Go func.
func NewType(name string, methods map[string]func(recv any) any) *Type { return &Type{name, methods} }

// Method gives the binder of the method called name, nil if there is none.
func (t *Type) Method(name string) func(recv any) any { return t.methods[name] }

// Box is a value of a type defined in a cell.
type Box struct {
	Type  *Type
	Value any
}

// Method gives the method called name, bound to the value, as a Go func of the method's signature.
func (b Box) Method(name string) any { return b.Type.Method(name)(b.Value) }
