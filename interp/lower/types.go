package lower

import (
	"fmt"
	"go/types"
	"runtime"
	"strconv"
	"strings"

	"github.com/gophergrad/gophergrad/internal/memory"
	"github.com/gophergrad/gophergrad/interp/box"
)

// Types of cells have no names in lowered code, except structs: a Color declared as int is int there, and an
// interface that only cells know is interface{}. go/types has already checked what the names mean; at run time a
// box.Type keeps it.

// CellPath is the import path of the package that all cells of a session form.
const CellPath = "main"

// SourcePrefix starts the path of generic packages that are lowered from source.
const SourcePrefix = "gophergrad.source/"

// isCell reports whether the object was declared in a cell, or in source that is lowered as cells are.
func isCell(obj types.Object) bool {
	return obj.Pkg() != nil && (obj.Pkg().Path() == CellPath || strings.HasPrefix(obj.Pkg().Path(), SourcePrefix))
}

// compiledInterface reports whether t is an interface of a compiled package, whose methods lowered code calls
// directly. All other interfaces are interface{} there.
func compiledInterface(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || isCell(named.Obj()) || named.TypeArgs().Len() > 0 {
		return false
	}
	iface, ok := named.Underlying().(*types.Interface)
	return ok && iface.NumMethods() > 0
}

// dynamic reports whether t is an interface that lowered code holds as interface{}.
func dynamic(t types.Type) bool { return types.IsInterface(t) && !compiledInterface(t) }

// mentions reports whether a value of type t needs a Box inside an interface: whether a type of cells, or a struct
// that only yaegi lays out, is part of t.
func mentions(t types.Type, seen map[types.Type]bool) bool {
	if seen[t] {
		return false
	}
	seen[t] = true
	any := func(ts ...types.Type) bool {
		for _, t := range ts {
			if mentions(t, seen) {
				return true
			}
		}
		return false
	}
	tuple := func(tup *types.Tuple) bool {
		for v := range tup.Variables() {
			if any(v.Type()) {
				return true
			}
		}
		return false
	}
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		if isCell(t.Obj()) {
			return true
		}
		for a := range t.TypeArgs().Types() {
			if any(a) {
				return true
			}
		}
		return false
	case *types.Pointer:
		return any(t.Elem())
	case *types.Slice:
		return any(t.Elem())
	case *types.Array:
		return any(t.Elem())
	case *types.Chan:
		return any(t.Elem())
	case *types.Map:
		return any(t.Key(), t.Elem())
	case *types.Signature:
		return tuple(t.Params()) || tuple(t.Results())
	case *types.Struct:
		return t.NumFields() > 0
	case *types.Interface:
		return t.NumMethods() > 0
	}
	return false
}

func (l *Lowerer) boxed(t types.Type) bool {
	return !types.IsInterface(t) && mentions(t, map[types.Type]bool{})
}

// typeText spells t for yaegi.
func (l *Lowerer) typeText(t types.Type) string {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		return basicText(t)
	case *types.Named:
		return l.namedText(t)
	case *types.Pointer:
		if array, ok := t.Elem().Underlying().(*types.Array); ok && !isCompiled(t.Elem()) { // there need not be such an array
			return "*" + l.arrayText(array)
		}
		return "*" + l.typeText(t.Elem())
	case *types.Slice:
		return "[]" + l.typeText(t.Elem())
	case *types.Array:
		if size := sizes.Sizeof(t); size < 0 || size > memory.Usable() {
			panic(refuse(nil, "a value of type %s, which is more than the memory that this process may use", t))
		}
		return l.arrayText(t)
	case *types.Map:
		return "map[" + l.typeText(t.Key()) + "]" + l.typeText(t.Elem())
	case *types.Chan:
		elem := l.typeText(t.Elem())
		switch t.Dir() {
		case types.SendOnly:
			return "chan<- " + elem
		case types.RecvOnly:
			return "<-chan " + elem
		}
		if strings.HasPrefix(elem, "<-") {
			elem = "(" + elem + ")"
		}
		return "chan " + elem
	case *types.Signature:
		return "func" + l.signatureText(t)
	case *types.Struct:
		if owner := declarer(t); owner != nil {
			return l.namedText(owner)
		}
		return l.structText(t, nil)
	case *types.Interface:
		return "interface{}"
	case *types.Tuple:
		if t.Len() == 1 {
			return l.typeText(t.At(0).Type())
		}
	}
	panic(refuse(nil, "a value of type %s", t))
}

func (l *Lowerer) arrayText(t *types.Array) string {
	return "[" + strconv.FormatInt(t.Len(), 10) + "]" + l.typeText(t.Elem())
}

// sizes tells how many bytes types take.
var sizes = types.SizesFor("gc", runtime.GOARCH)

func basicText(t *types.Basic) string {
	switch t.Kind() {
	case types.UnsafePointer:
		panic(refuse(nil, "unsafe.Pointer"))
	case types.UntypedNil:
		return "interface{}"
	case types.Invalid:
		panic(refuse(nil, "an expression without a type"))
	}
	return types.Default(t).(*types.Basic).Name()
}

// namedText gives compiled types their qualified name, structs of cells a declaration of their own (they may be
// recursive), and every other type of cells its underlying type.
func (l *Lowerer) namedText(t *types.Named) string {
	obj := t.Obj()
	if obj.Pkg() == nil { // error, comparable
		return obj.Name()
	}
	if dynamic(t) {
		return "interface{}"
	}
	if !isCell(obj) {
		if t.TypeArgs().Len() > 0 {
			return l.sourceNamed(t)
		}
		if !obj.Exported() {
			panic(refuse(nil, "a variable of the unexported type %s.%s", obj.Pkg().Name(), obj.Name()))
		}
		return l.pkg(obj.Pkg()) + "." + obj.Name()
	}
	st, ok := t.Underlying().(*types.Struct)
	if ok {
		if owner := declarer(st); owner != nil {
			return l.namedText(owner)
		}
	} else {
		if l.recursive(t) {
			return "interface{}"
		}
		if l.expanding[t] {
			panic(&Refusal{obj.Pos(), fmt.Sprintf("the type %s, an array that contains itself (declare it as a struct with a field)", obj.Name())})
		}
		l.expanding[t] = true
		defer delete(l.expanding, t)
		return l.typeText(t.Underlying())
	}
	key := l.key(t)
	if name, ok := l.structs[key]; ok {
		return name
	}
	base, _, _ := strings.Cut(obj.Name(), "[")
	name := l.fresh("T_" + base)
	note(l, l.structs, key, name)
	l.declare(fmt.Sprintf("type %s %s", name, l.structText(st, t)))
	if len(l.circleOf(t, true)) > 0 { // yaegi lays it out wrongly if it comes to it from another type
		l.declare(fmt.Sprintf("func %s(t %s) {}", l.fresh("lay"), name))
	}
	return name
}

// declarer is the compiled type whose struct t is, if t has fields that only the type's package can name; nil if not. A
// type that a cell makes of such a struct is laid out as that type.
func declarer(t *types.Struct) *types.Named {
	for v := range t.Fields() {
		if v.Exported() || isCell(v) {
			continue
		}
		scope := v.Pkg().Scope()
		for _, name := range scope.Names() {
			if named, ok := scope.Lookup(name).Type().(*types.Named); ok && named.Underlying() == t && named.Obj().Exported() {
				return named
			}
		}
	}
	return nil
}

// structText spells the struct type that owner, nil if it has no name, stands for.
func (l *Lowerer) structText(t *types.Struct, owner types.Type) string {
	var b strings.Builder
	b.WriteString("struct{")
	for i := range t.NumFields() {
		text := "interface{}"
		if owner == nil || !l.erased(owner, i) {
			text = l.typeText(t.Field(i).Type())
		}
		fmt.Fprintf(&b, " %s %s", fieldName(t, i), text)
		if tag := t.Tag(i); tag != "" {
			b.WriteString(" " + strconv.Quote(tag))
		}
		b.WriteString(";")
	}
	b.WriteString(" }")
	return b.String()
}

// fieldName is the field's name in lowered code, where no field is embedded or blank.
func fieldName(t *types.Struct, i int) string {
	if name := t.Field(i).Name(); name != "_" {
		return name
	}
	return fmt.Sprintf("blank%d", i)
}

func (l *Lowerer) signatureText(sig *types.Signature) string {
	var b strings.Builder
	b.WriteString("(")
	for i := range sig.Params().Len() {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(l.paramText(sig, i))
	}
	b.WriteString(")")
	return b.String() + l.resultsText(sig)
}

func (l *Lowerer) paramText(sig *types.Signature, i int) string {
	t := sig.Params().At(i).Type()
	if sig.Variadic() && i == sig.Params().Len()-1 {
		if slice, ok := t.Underlying().(*types.Slice); ok {
			return "..." + l.typeText(slice.Elem())
		}
	}
	return l.typeText(t)
}

func (l *Lowerer) resultsText(sig *types.Signature) string {
	n := sig.Results().Len()
	if n == 0 {
		return ""
	}
	parts := make([]string, n)
	for i := range n {
		parts[i] = l.typeText(sig.Results().At(i).Type())
	}
	if n == 1 {
		return " " + parts[0]
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

// key names t uniquely: two types have one key exactly if they are identical. Types of cells carry a number that a
// declaration keeps while its underlying type stays the same.
func (l *Lowerer) key(t types.Type) string {
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		obj := t.Obj()
		name := obj.Name()
		if obj.Pkg() != nil {
			name = obj.Pkg().Path() + "." + name
		}
		if isCell(obj) {
			name += "#" + strconv.Itoa(l.identity(t.Origin().Obj()))
		}
		if t.TypeArgs().Len() > 0 {
			name += "[" + l.keys(t.TypeArgs()) + "]"
		}
		return name
	case *types.Pointer:
		return "*" + l.key(t.Elem())
	case *types.Slice:
		return "[]" + l.key(t.Elem())
	case *types.Array:
		return fmt.Sprintf("[%d]%s", t.Len(), l.key(t.Elem()))
	case *types.Map:
		return "map[" + l.key(t.Key()) + "]" + l.key(t.Elem())
	case *types.Chan:
		return [...]string{"chan ", "chan<- ", "<-chan "}[t.Dir()] + "(" + l.key(t.Elem()) + ")"
	case *types.Signature:
		return "func" + l.signatureKey(t)
	case *types.Struct:
		var b strings.Builder
		for i := range t.NumFields() {
			f := t.Field(i)
			fmt.Fprintf(&b, "%s %t %s %q;", f.Name(), f.Embedded(), l.key(f.Type()), t.Tag(i))
		}
		return "struct{" + b.String() + "}"
	case *types.Interface:
		return "interface{" + fmt.Sprint(l.sigs(t)) + "}"
	case *types.Basic: // not byte but uint8
		return types.Typ[types.Default(t).(*types.Basic).Kind()].Name()
	default:
		return t.String()
	}
}

func (l *Lowerer) keys(list *types.TypeList) string {
	var parts []string
	for t := range list.Types() {
		parts = append(parts, l.key(t))
	}
	return strings.Join(parts, ",")
}

// signatureKey spells a signature without names; rt spells compiled methods the same way.
func (l *Lowerer) signatureKey(sig *types.Signature) string {
	part := func(tup *types.Tuple, variadic bool) string {
		var parts []string
		for i := range tup.Len() {
			k := l.key(tup.At(i).Type())
			if variadic && i == tup.Len()-1 {
				k = "..." + strings.TrimPrefix(k, "[]")
			}
			parts = append(parts, k)
		}
		return "(" + strings.Join(parts, ",") + ")"
	}
	return part(sig.Params(), sig.Variadic()) + part(sig.Results(), false)
}

func (l *Lowerer) sigs(t *types.Interface) []box.Sig {
	var out []box.Sig
	for m := range t.Methods() {
		out = append(out, box.Sig{Name: m.Name(), Key: l.signatureKey(m.Signature())})
	}
	return out
}

// cellNamed gives t as a type that a cell declares, nil if it is none.
func cellNamed(t types.Type) *types.Named {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || !isCell(named.Obj()) {
		return nil
	}
	return named
}
