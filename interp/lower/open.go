package lower

import (
	"fmt"
	"go/types"
)

// Packages that look into values by reflection see how the interpreter lays them out: without the names, the methods
// and the unexported fields of cells' types. Where that makes no difference they get the value without its box;
// elsewhere it is refused.

// opens reports whether compiled function or method fun looks into values of cells' types by reflection.
func opens(fun types.Object) bool {
	switch fun.Pkg().Path() {
	case "encoding/asn1", "encoding/binary", "testing/quick", "net/rpc":
		return true
	}
	return false
}

// open gives a canonical value of static type t to fun, which looks into it.
func (f *fn) open(fun types.Object, text string, t types.Type) string {
	what := fun.Pkg().Name() + "." + fun.Name()
	if reason := f.opaque(t); !types.IsInterface(t) && reason != "" {
		panic(refuse(nil, "%s with a %s, which it looks into by reflection: %s", what, typeName(t), reason))
	}
	return fmt.Sprintf("rt.Open(%q, %s)", what, text)
}

// opaque says why reflection on the interpreter's layout of t differs from that on t; "" if it does not.
func (l *Lowerer) opaque(t types.Type) string {
	reason := ""
	inside := map[types.Type]bool{}
	var walk func(t types.Type)
	walk = func(t types.Type) {
		t = types.Unalias(t)
		if reason != "" || !l.boxed(t) && !types.IsInterface(t) {
			return
		}
		if inside[t] {
			reason = fmt.Sprintf("%s refers to itself (use encoding/json)", typeName(t))
			return
		}
		inside[t] = true
		defer delete(inside, t)
		if named, ok := t.(*types.Named); ok {
			methods := types.NewMethodSet(types.NewPointer(named))
			for i := range methods.Len() {
				if name := methods.At(i).Obj().Name(); reflected[name] {
					reason = fmt.Sprintf("it would not find the method %s (use encoding/json)", name)
					return
				}
			}
		}
		switch u := t.Underlying().(type) {
		case *types.Struct:
			for v := range u.Fields() {
				switch {
				case v.Embedded():
					reason = fmt.Sprintf("%s is embedded (give the field a name)", v.Name())
				case !v.Exported():
					reason = fmt.Sprintf("the field %s is not exported (export it, or use encoding/json)", v.Name())
				case types.IsInterface(v.Type()):
					reason = fmt.Sprintf("the field %s is an interface (use encoding/json)", v.Name())
				}
				walk(v.Type())
			}
		case *types.Interface:
		default:
			Parts(u, walk)
		}
	}
	walk(t)
	return reason
}

// reflected are the methods for which the packages that look into values ask.
var reflected = map[string]bool{
	"MarshalXML": true, "MarshalXMLAttr": true, "UnmarshalXML": true, "UnmarshalXMLAttr": true, "MarshalText": true,
	"UnmarshalText": true, "MarshalBinary": true, "UnmarshalBinary": true, "GobEncode": true, "GobDecode": true,
	"Generate": true,
}
