package main

import (
	"bytes"
	"fmt"
	"go/token"
	"go/types"
	"strings"
)

// boxPath is the package of the values that wrappers hold.
const boxPath = module + "interp/box"

var boxPackage = types.NewPackage(boxPath, "box")

// wrapperWriter collects the wrappers of one file.
type wrapperWriter struct {
	names          *namer
	entries, types bytes.Buffer
}

// add writes the wrapper of t if t is an interface that a type of another package can implement.
func (w *wrapperWriter) add(t types.Type, name string) {
	iface, ok := t.Underlying().(*types.Interface)
	if !ok || !iface.IsMethodSet() || iface.NumMethods() == 0 || !implementable(iface) {
		return
	}
	w.names.names[boxPackage] = "box"
	wrapper := "w_" + name
	fmt.Fprintf(&w.entries, "\t\t{(*%[1]s)(nil), func(b box.Box) any { return %[1]s(%[2]s{b}) }},\n", w.typeString(t), wrapper)
	fmt.Fprintf(&w.types, "type %s struct{ box.Box }\n\n", wrapper)
	for m := range iface.Methods() {
		w.method(wrapper, m)
	}
}

// method writes one method, which calls the boxed value's.
func (w *wrapperWriter) method(wrapper string, m *types.Func) {
	signature := m.Signature()
	var params, args []string
	for i := range signature.Params().Len() {
		t := signature.Params().At(i).Type()
		name, typ := fmt.Sprintf("p%d", i), w.typeString(t)
		args = append(args, name)
		if signature.Variadic() && i == signature.Params().Len()-1 {
			typ = "..." + w.typeString(t.(*types.Slice).Elem())
			args[i] += "..."
		}
		params = append(params, name+" "+typ)
	}
	results, give := "", ""
	if n := signature.Results().Len(); n > 0 {
		give = "return "
		var list []string
		for v := range signature.Results().Variables() {
			list = append(list, w.typeString(v.Type()))
		}
		results = "(" + strings.Join(list, ", ") + ")"
	}
	fmt.Fprintf(&w.types, "func (w %s) %s(%s) %s { %sw.Box.Method(%q).(%s)(%s) }\n\n",
		wrapper, m.Name(), strings.Join(params, ", "), results, give, m.Name(), w.typeString(withoutNames(signature)), strings.Join(args, ", "))
}

func (w *wrapperWriter) typeString(t types.Type) string { return types.TypeString(t, w.names.use) }

// withoutNames is a signature without receiver and parameter names. Methods of cells have any for interfaces that are
// empty but have a name, as xml.Token.
func withoutNames(s *types.Signature) *types.Signature {
	strip := func(tuple *types.Tuple) *types.Tuple {
		var vars []*types.Var
		for v := range tuple.Variables() {
			t := v.Type()
			if iface, ok := t.Underlying().(*types.Interface); ok && iface.Empty() {
				t = types.Universe.Lookup("any").Type()
			}
			vars = append(vars, types.NewParam(token.NoPos, nil, "", t))
		}
		return types.NewTuple(vars...)
	}
	return types.NewSignatureType(nil, nil, nil, strip(s.Params()), strip(s.Results()), s.Variadic())
}

// implementable reports whether all methods are exported, have types that another package can name, and leave
// the wrapper's field alone.
func implementable(iface *types.Interface) bool {
	for m := range iface.Methods() {
		if !m.Exported() || m.Name() == "Box" || !nameable(m.Type()) {
			return false
		}
	}
	return true
}

// nameable reports whether another package can write the type t.
func nameable(t types.Type) bool {
	all := func(tuple *types.Tuple) bool {
		for v := range tuple.Variables() {
			if !nameable(v.Type()) {
				return false
			}
		}
		return true
	}
	switch t := t.(type) {
	case *types.Basic:
		return true
	case *types.Alias:
		return nameableObject(t.Obj(), t.TypeArgs())
	case *types.Named:
		return nameableObject(t.Obj(), t.TypeArgs())
	case *types.Pointer:
		return nameable(t.Elem())
	case *types.Slice:
		return nameable(t.Elem())
	case *types.Array:
		return nameable(t.Elem())
	case *types.Chan:
		return nameable(t.Elem())
	case *types.Map:
		return nameable(t.Key()) && nameable(t.Elem())
	case *types.Signature:
		return all(t.Params()) && all(t.Results())
	case *types.Interface:
		return implementable(t)
	case *types.Struct:
		for f := range t.Fields() {
			if !f.Exported() || !nameable(f.Type()) {
				return false
			}
		}
		return true
	default:
		return false
	}
}

func nameableObject(object *types.TypeName, args *types.TypeList) bool {
	if object.Pkg() != nil && (!object.Exported() || !importable(object.Pkg().Path())) {
		return false
	}
	for arg := range args.Types() {
		if !nameable(arg) {
			return false
		}
	}
	return true
}
