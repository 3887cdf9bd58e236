package lower

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

func builtinName(fun ast.Expr) string {
	switch fun := fun.(type) {
	case *ast.Ident:
		return fun.Name
	case *ast.SelectorExpr:
		return "unsafe." + fun.Sel.Name
	}
	return ""
}

var emptyInterface = types.NewInterfaceType(nil, nil)

// builtinStmt emits a call of a builtin whose value, if it has one, is dropped.
func (f *fn) builtinStmt(e *ast.CallExpr, name string) {
	if name == "delete" && len(e.Args) == 2 {
		f.delete(e)
		return
	}
	f.emit("%s", f.builtin(e, name))
}

func (f *fn) builtin(e *ast.CallExpr, name string) string {
	if len(e.Args) == 1 {
		if tuple, ok := f.typ(e.Args[0]).(*types.Tuple); ok {
			return f.spreadBuiltin(e, name, tuple)
		}
	}
	switch name {
	case "append":
		return f.append(e)
	case "min", "max":
		return f.extreme(e, name)
	case "clear":
		return f.clear(e)
	case "new":
		if !f.info.Types[e.Args[0]].IsType() { // new(expr) makes a variable that holds the value
			t := f.typ(e).(*types.Pointer).Elem()
			return f.pointer(f.value(e.Args[0], t), t)
		}
		return "new(" + f.typeText(f.typ(e.Args[0])) + ")"
	case "make":
		return f.make(e)
	case "panic":
		return "rt.Panic(" + f.value(e.Args[0], emptyInterface) + ")"
	case "recover":
		return "rt.Recover()"
	case "print", "println":
		args := make([]string, len(e.Args))
		for i, arg := range e.Args {
			args[i] = f.value(arg, emptyInterface)
			if types.IsInterface(f.typ(arg)) {
				args[i] = "rt.Words(" + args[i] + ")"
			}
		}
		return "rt." + strings.ToUpper(name[:1]) + name[1:] + "(" + strings.Join(args, ", ") + ")"
	case "close":
		return "rt.Close(" + f.under(e.Args[0]) + ")"
	case "len", "cap":
		if array, ok := deref(f.typ(e.Args[0])).Underlying().(*types.Array); ok { // the pointer may be nil
			return fmt.Sprintf("rt.Len(%d, %s)", array.Len(), f.expr(e.Args[0]))
		}
		return name + "(" + f.under(e.Args[0]) + ")"
	case "copy", "complex", "real", "imag":
		args := make([]string, len(e.Args))
		for i, arg := range e.Args {
			args[i] = f.under(arg)
		}
		return name + "(" + strings.Join(args, ", ") + ")"
	}
	panic(refuse(e, "%s", name))
}

// pointer makes a variable of type t that holds text, and points to it.
func (f *fn) pointer(text string, t types.Type) string {
	v := f.fresh("v")
	return fmt.Sprintf("func() *%s { var %s %s = %s; return &%s }()", f.typeText(t), v, f.typeText(t), text, v)
}

// make lowers make; yaegi makes no channels of one direction.
func (f *fn) make(e *ast.CallExpr) string {
	t := f.typ(e.Args[0])
	made := t
	if c, ok := t.Underlying().(*types.Chan); ok && c.Dir() != types.SendRecv {
		made = types.NewChan(types.SendRecv, c.Elem())
	}
	check := "Size"
	if _, ok := t.Underlying().(*types.Chan); ok {
		check = "Buffer"
	}
	text := "make(" + f.rawText(made)
	for _, arg := range e.Args[1:] {
		text += fmt.Sprintf(", rt.%s(%s, %d)", check, f.intText(arg), elementSize(t))
	}
	text += ")"
	if made != t {
		text = converted(f.rawText(t), text)
	}
	return f.hidden(text, t)
}

// spreadBuiltin lowers a builtin whose arguments are the results of one call.
func (f *fn) spreadBuiltin(e *ast.CallExpr, name string, tuple *types.Tuple) string {
	result := ""
	text := f.capture(func() {
		call := *e
		call.Args = nil
		for _, v := range f.unpack(e.Args[0]) {
			call.Args = append(call.Args, f.stand(v.name, v.typ, e))
		}
		f.info.Types[&call] = f.info.Types[e]
		if f.info.Types[e].IsVoid() {
			f.builtinStmt(&call, name)
			return
		}
		result = f.typeText(f.typ(e))
		f.emit("return %s", f.builtin(&call, name))
	})
	return fmt.Sprintf("func() %s {\n%s}()", result, text)
}

// stand makes an identifier that stands for a variable of lowered code.
func (f *fn) stand(name string, t types.Type, at ast.Node) *ast.Ident {
	v := types.NewVar(at.Pos(), nil, name, t)
	f.locals[v] = name
	id := &ast.Ident{NamePos: at.Pos(), Name: name}
	f.info.Uses[id] = v
	tv := f.info.Types[at.(ast.Expr)]
	tv.Type = t
	f.info.Types[id] = tv
	return id
}

// elementSize is how many bytes an element of what make makes takes; 0 for maps, whose size is a hint.
func elementSize(t types.Type) int64 {
	switch u := t.Underlying().(type) {
	case *types.Slice:
		return sizes.Sizeof(u.Elem())
	case *types.Chan:
		return sizes.Sizeof(u.Elem())
	}
	return 0
}

func (f *fn) intText(e ast.Expr) string {
	if b, ok := f.typ(e).Underlying().(*types.Basic); ok && b.Kind() == types.Int {
		return f.expr(e)
	}
	return "int(" + f.expr(e) + ")"
}

func (f *fn) append(e *ast.CallExpr) string {
	slice := f.typ(e).Underlying().(*types.Slice)
	args := []string{f.revealed(f.value(e.Args[0], f.typ(e)), f.typ(e))}
	if f.info.Types[e.Args[0]].IsNil() {
		args[0] = f.rawText(f.typ(e)) + "(nil)"
	}
	for _, arg := range e.Args[1:] {
		if e.Ellipsis.IsValid() {
			if f.info.Types[arg].IsNil() {
				continue
			}
			args = append(args, f.under(arg)+"...")
			continue
		}
		text := f.value(arg, slice.Elem())
		if f.info.Types[arg].IsNil() && !types.IsInterface(slice.Elem()) && !f.recursive(slice.Elem()) {
			text = converted(f.typeText(slice.Elem()), "nil") // yaegi would append an interface
		}
		if len(e.Args) > 2 && addressable(arg) { // it may lie where an element before it goes
			text = f.copied(text, slice.Elem())
		}
		args = append(args, f.listed(text, f.typ(arg), slice))
	}
	if len(args) == 1 {
		return f.hidden(args[0], f.typ(e))
	}
	return f.hidden("append("+strings.Join(args, ", ")+")", f.typ(e))
}

// copied gives a value that does not share the memory of a variable.
func (f *fn) copied(text string, t types.Type) string {
	if types.IsInterface(t) || f.recursive(t) {
		return text
	}
	return f.fromAny("rt.Any("+text+")", t)
}

// extreme lowers min and max, which yaegi lacks.
func (f *fn) extreme(e *ast.CallExpr, name string) string {
	t := f.typ(e)
	text := f.typeText(t)
	params, first := make([]string, len(e.Args)), f.fresh("m")
	var body strings.Builder
	args := make([]string, len(e.Args))
	for i, arg := range e.Args {
		args[i] = f.constantAs(arg, t)
		params[i] = f.fresh("x")
		op := map[string]token.Token{"min": token.LSS, "max": token.GTR}[name]
		if i == 0 {
			fmt.Fprintf(&body, "%s := %s; ", first, params[0])
			continue
		}
		cond := fmt.Sprintf("%s %s %s", params[i], op, first)
		if b := t.Underlying().(*types.Basic); b.Info()&types.IsFloat != 0 {
			cond = fmt.Sprintf("rt.Float%s(float64(%s), float64(%s))", strings.ToUpper(name[:1])+name[1:], params[i], first)
		}
		fmt.Fprintf(&body, "if %s { %s = %s }; ", cond, first, params[i])
	}
	return fmt.Sprintf("func(%s %s) %s { %sreturn %s }(%s)", strings.Join(params, ", "), text, text, body.String(), first, strings.Join(args, ", "))
}

// constantAs lowers e as bare does, spelling a constant as one of type t.
func (f *fn) constantAs(e ast.Expr, t types.Type) string {
	if tv := f.info.Types[e]; tv.Value != nil {
		return f.constantText(tv.Value, t)
	}
	return f.bare(e)
}

func (f *fn) clear(e *ast.CallExpr) string {
	return "rt.Clear(" + f.under(e.Args[0]) + ")"
}
