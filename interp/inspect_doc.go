package interp

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"github.com/gophergrad/gophergrad/interp/symbols"
)

// signature declares an object as Go would.
func signature(obj types.Object, detail int) string {
	name := qualifiedName(obj)
	switch obj := obj.(type) {
	case *types.Func:
		recv := ""
		if r := obj.Signature().Recv(); r != nil {
			recv, name = "("+strings.TrimSpace(r.Name()+" "+typeText(r.Type()))+") ", obj.Name()
		}
		return "func " + recv + name + strings.TrimPrefix(typeText(obj.Signature()), "func")
	case *types.TypeName:
		return typeDeclaration(obj, name, detail)
	case *types.Const:
		return fmt.Sprintf("const %s %s", name, typeText(obj.Type()))
	case *types.Var:
		if obj.IsField() {
			return fmt.Sprintf("field %s %s", obj.Name(), typeText(obj.Type()))
		}
		return fmt.Sprintf("var %s %s", name, typeText(obj.Type()))
	case *types.Label:
		return "label " + name
	}
	return types.ObjectString(obj, qualifier)
}

func qualifiedName(obj types.Object) string {
	if p := qualifier(obj.Pkg()); p != "" {
		return p + "." + obj.Name()
	}
	return obj.Name()
}

// typeDeclaration declares a type; of a struct in a compiled package it shows what a cell can use.
func typeDeclaration(obj *types.TypeName, name string, detail int) string {
	if obj.IsAlias() {
		return "type " + name + " = " + typeText(types.Unalias(obj.Type()))
	}
	var params string
	if named, ok := obj.Type().(*types.Named); ok && named.TypeParams().Len() > 0 {
		var list []string
		for p := range named.TypeParams().TypeParams() {
			list = append(list, p.String()+" "+typeText(p.Constraint()))
		}
		params = "[" + strings.Join(list, ", ") + "]"
	}
	head := "type " + name + params + " "
	switch t := obj.Type().Underlying().(type) {
	case *types.Struct:
		var b strings.Builder
		hidden := false
		for field := range t.Fields() {
			if !field.Exported() && qualifier(field.Pkg()) != "" {
				hidden = true
				continue
			}
			text := field.Name() + " "
			if field.Embedded() {
				text = ""
			}
			fmt.Fprintf(&b, "\t%s%s\n", text, typeText(field.Type()))
		}
		if hidden {
			b.WriteString("\t// and unexported fields\n")
		}
		if b.Len() == 0 {
			return head + "struct{}"
		}
		return head + "struct {\n" + b.String() + "}"
	case *types.Interface:
		if t.NumMethods() == 0 {
			return head + typeText(t)
		}
		var b strings.Builder
		for m := range t.Methods() {
			fmt.Fprintf(&b, "\t%s%s\n", m.Name(), strings.TrimPrefix(typeText(m.Signature()), "func"))
		}
		return head + "interface {\n" + b.String() + "}"
	default:
		return head + typeText(t)
	}
}

// methodList lists the methods of a type that is no interface.
func methodList(t types.Type) []string {
	if types.IsInterface(t) {
		return nil
	}
	var out []string
	for m := range types.NewMethodSet(types.NewPointer(t)).Methods() {
		if f, ok := m.Obj().(*types.Func); ok && (f.Exported() || qualifier(f.Pkg()) == "") {
			out = append(out, f.Name()+strings.TrimPrefix(typeText(f.Signature()), "func"))
		}
	}
	slices.Sort(out)
	return out
}

// namedOf is the named type of t or of what t points to.
func namedOf(t types.Type) *types.Named {
	if pointer, ok := types.Unalias(t).(*types.Pointer); ok {
		t = pointer.Elem()
	}
	named, _ := types.Unalias(t).(*types.Named)
	return named
}

// receiverOf is the name of the type that a method belongs to.
func receiverOf(f *types.Func) string {
	recv := f.Signature().Recv()
	if recv == nil {
		return ""
	}
	if named := namedOf(recv.Type()); named != nil {
		return named.Obj().Name()
	}
	return ""
}

// docName is the name under which package symbols documents an object.
func docName(obj types.Object) string {
	switch obj := obj.(type) {
	case *types.Func:
		if recv := receiverOf(obj); recv != "" {
			return recv + "." + obj.Name()
		}
	case *types.Var:
		if obj.IsField() {
			return fieldOwner(obj) + "." + obj.Name()
		}
	}
	return obj.Name()
}

// fieldOwner is the name of the type of which a compiled package declares the field.
func fieldOwner(field *types.Var) string {
	scope := field.Pkg().Scope()
	for _, name := range scope.Names() {
		t, ok := scope.Lookup(name).(*types.TypeName)
		if ok && slices.Contains(fieldsOf(t.Type()), field) {
			return name
		}
	}
	return ""
}

func packageCard(path string) (card, bool) {
	name := symbols.Name(path)
	if name == "" {
		return card{}, false
	}
	return card{signature: fmt.Sprintf("package %s // import %q", name, path), doc: symbols.Doc(path, "")}, true
}

// declarationOf finds the declaration of a function, method or type of the cell that is being looked at.
func declarationOf(decls []ast.Decl, obj types.Object) ast.Decl {
	for _, decl := range decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if d.Name.Pos() == obj.Pos() {
				return d
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				if t, ok := spec.(*ast.TypeSpec); ok && t.Name.Pos() == obj.Pos() {
					return d
				}
			}
		}
	}
	return nil
}

// docOf is the comment above a declaration.
func docOf(decl ast.Decl) string {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		return d.Doc.Text()
	case *ast.GenDecl:
		if len(d.Specs) == 1 {
			if t, ok := d.Specs[0].(*ast.TypeSpec); ok && t.Doc != nil {
				return t.Doc.Text()
			}
		}
		return d.Doc.Text()
	}
	return ""
}

// sourceOf is the text of a declaration in the cell's source.
func (s *Session) sourceOf(decl ast.Decl, source string) string {
	lines := strings.Split(source, "\n")
	from, to := s.fset.Position(decl.Pos()).Line, s.fset.Position(decl.End()).Line
	if from < 1 || to > len(lines) || to < from {
		return ""
	}
	return strings.Join(lines[from-1:to], "\n")
}

// builtins documents what is in scope everywhere.
var builtins = map[string][2]string{
	"any":     {"type any = interface{}", "A value of any type."},
	"append":  {"func append(slice []T, elems ...T) []T", "Adds elements to the end of a slice and gives the slice with them: s = append(s, x)."},
	"bool":    {"type bool bool", "true and false."},
	"byte":    {"type byte = uint8", "A byte."},
	"cap":     {"func cap(v T) int", "The capacity of a slice, array or channel."},
	"clear":   {"func clear(t T)", "Deletes all entries of a map, or sets all elements of a slice to zero."},
	"close":   {"func close(c chan<- T)", "Closes a channel: receivers get what was sent, then zero values."},
	"complex": {"func complex(r, i float64) complex128", "A complex number of its real and imaginary part."},
	"copy":    {"func copy(dst, src []T) int", "Copies elements of src to dst and gives how many: as many as both have."},
	"delete":  {"func delete(m map[K]V, key K)", "Deletes an entry of a map."},
	"error":   {"type error interface { Error() string }", "An error; nil is none."},
	"float32": {"type float32 float32", "A 32-bit IEEE 754 number."},
	"float64": {"type float64 float64", "A 64-bit IEEE 754 number."},
	"imag":    {"func imag(c complex128) float64", "The imaginary part."},
	"int":     {"type int int", "A signed integer of 64 bits."},
	"iota":    {"const iota = 0", "The number of the line in a const declaration, from 0."},
	"len":     {"func len(v T) int", "The length of a string (in bytes), slice, array, map or channel."},
	"make":    {"func make(t Type, size ...int) Type", "Makes a slice (length, capacity), map or channel (buffer)."},
	"max":     {"func max(x T, y ...T) T", "The largest argument."},
	"min":     {"func min(x T, y ...T) T", "The smallest argument."},
	"new":     {"func new(Type) *Type", "A pointer to a new zero value of a type, or to a copy of a value."},
	"nil":     {"var nil Type", "The zero value of pointers, functions, interfaces, slices, maps and channels."},
	"panic":   {"func panic(v any)", "Stops the function, runs its deferred calls, and so on up: the cell fails with v unless one recovers."},
	"print":   {"func print(args ...T)", "Writes to standard error. Use fmt.Print."},
	"println": {"func println(args ...T)", "Writes to standard error. Use fmt.Println."},
	"real":    {"func real(c complex128) float64", "The real part."},
	"recover": {"func recover() any", "In a deferred function: ends a panic and gives its value."},
	"rune":    {"type rune = int32", "A Unicode code point."},
	"string":  {"type string string", "Text in UTF-8: a sequence of bytes that cannot change."},
}

func builtinCard(obj types.Object) (card, bool) {
	if known, ok := builtins[obj.Name()]; ok {
		return card{signature: known[0], doc: known[1]}, true
	}
	return card{signature: types.ObjectString(obj, qualifier)}, true
}
