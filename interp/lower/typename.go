package lower

import (
	"fmt"
	"go/types"
	"strconv"
	"strings"
)

// typeName names t as package reflect does, and so as %T prints it.
func typeName(t types.Type) string {
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		name := t.Obj().Name()
		if pkg := t.Obj().Pkg(); pkg != nil {
			name = pkg.Name() + "." + name
		}
		var args []string
		for arg := range t.TypeArgs().Types() {
			args = append(args, argName(arg))
		}
		if args != nil {
			name += "[" + strings.Join(args, ",") + "]"
		}
		return name
	case *types.Basic: // not byte but uint8
		return types.Typ[t.Kind()].Name()
	case *types.Pointer:
		return "*" + typeName(t.Elem())
	case *types.Slice:
		return "[]" + typeName(t.Elem())
	case *types.Array:
		return fmt.Sprintf("[%d]%s", t.Len(), typeName(t.Elem()))
	case *types.Map:
		return "map[" + typeName(t.Key()) + "]" + typeName(t.Elem())
	case *types.Chan:
		elem := typeName(t.Elem())
		if strings.HasPrefix(elem, "<-") {
			elem = "(" + elem + ")"
		}
		return [...]string{"chan ", "chan<- ", "<-chan "}[t.Dir()] + elem
	case *types.Signature:
		return "func" + signatureName(t)
	case *types.Struct:
		return "struct {" + joined(t.NumFields(), func(i int) string {
			field := t.Field(i)
			text := field.Name() + " " + typeName(field.Type())
			if field.Embedded() {
				text = typeName(field.Type())
			}
			if tag := t.Tag(i); tag != "" {
				text += " " + strconv.Quote(tag)
			}
			return text
		}) + "}"
	case *types.Interface:
		return "interface {" + joined(t.NumMethods(), func(i int) string {
			return t.Method(i).Name() + signatureName(t.Method(i).Signature())
		}) + "}"
	}
	return t.String()
}

// joined lists the members of a struct or interface.
func joined(n int, member func(int) string) string {
	if n == 0 {
		return ""
	}
	members := make([]string, n)
	for i := range members {
		members[i] = member(i)
	}
	return " " + strings.Join(members, "; ") + " "
}

func signatureName(sig *types.Signature) string {
	list := func(tuple *types.Tuple, variadic bool) string {
		names := make([]string, tuple.Len())
		for i := range names {
			names[i] = typeName(tuple.At(i).Type())
			if variadic && i == len(names)-1 {
				names[i] = "..." + strings.TrimPrefix(names[i], "[]")
			}
		}
		return strings.Join(names, ", ")
	}
	text := "(" + list(sig.Params(), sig.Variadic()) + ")"
	switch sig.Results().Len() {
	case 0:
		return text
	case 1:
		return text + " " + list(sig.Results(), false)
	}
	return text + " (" + list(sig.Results(), false) + ")"
}
