package lower

import (
	"go/types"
	"strings"
)

// yaegi does not copy an argument that is zero to package reflect into the parameter of a declared function, which is
// zero already; but -0 is zero to reflect. So numbers with a sign of their own travel with something that is not zero:
// a float as the real part of a complex number, a struct, array or complex number in a slice. Function values, and with
// them all that compiled code calls, get their arguments as they are.

// signed reports whether a value of type t can be zero to package reflect and yet hold a -0.
func (l *Lowerer) signed(t types.Type) bool {
	if l.recursive(t) { // it is held as interface{}
		return false
	}
	switch t := t.Underlying().(type) {
	case *types.Basic:
		return t.Info()&(types.IsFloat|types.IsComplex) != 0
	case *types.Array:
		return l.signed(t.Elem())
	case *types.Struct:
		for field := range t.Fields() {
			if l.signed(field.Type()) {
				return true
			}
		}
	}
	return false
}

// passesSigned reports whether a declared function of signature sig gets any argument otherwise than it is.
func (l *Lowerer) passesSigned(sig *types.Signature) bool {
	for i := range sig.Params().Len() {
		if l.signed(sig.Params().At(i).Type()) {
			return true
		}
	}
	return false
}

// complexOf are the complex types that carry floats.
var complexOf = map[string]string{"float32": "complex64", "float64": "complex128"}

// pass spells the argument of a declared function for a parameter of type t.
func (l *Lowerer) pass(text string, t types.Type) string {
	if !l.signed(t) {
		return text
	}
	typ := l.typeText(t)
	if complexOf[typ] != "" {
		return "complex(" + text + ", 1)"
	}
	return "[]" + typ + "{" + text + "}"
}

// passAll spells the arguments for the parameters of sig. Variadic ones are in a slice anyway.
func (l *Lowerer) passAll(args []string, sig *types.Signature) []string {
	n := sig.Params().Len()
	if sig.Variadic() {
		n--
	}
	passed := append([]string{}, args...)
	for i := range n {
		passed[i] = l.pass(args[i], sig.Params().At(i).Type())
	}
	return passed
}

// parameter declares the parameter of a declared function, of type t or as its text spells it, under the given name.
func (f *fn) parameter(name, text string, t types.Type) string {
	if !f.signed(t) {
		return name + " " + text
	}
	param := f.fresh("passed")
	if complexOf[text] != "" {
		f.emit("%s := real(%s)", name, param)
		return param + " " + complexOf[text]
	}
	f.emit("%s := %s[0]", name, param)
	return param + " []" + text
}

// callDeclared spells the call of a function that lowered code declares.
func (l *Lowerer) callDeclared(name string, args []string, sig *types.Signature) string {
	return name + "(" + strings.Join(l.passAll(args, sig), ", ") + ")"
}
