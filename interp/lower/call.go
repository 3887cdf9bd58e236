package lower

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

func (f *fn) call(e *ast.CallExpr) string {
	fun := ast.Unparen(e.Fun)
	if tv := f.info.Types[fun]; tv.IsType() {
		return f.conversion(e, f.subst(tv.Type))
	} else if tv.IsBuiltin() {
		return f.builtin(e, builtinName(fun))
	}
	sig := f.typ(fun).Underlying().(*types.Signature)
	if wrap, ok := f.spread(e, sig); ok {
		f.calls++
		return wrap
	}
	text := f.invoke(fun, sig, f.args(e, sig))
	f.calls++
	if f.compiled(fun) {
		return imported(sig, text)
	}
	if _, ok := fun.(*ast.TypeAssertExpr); ok {
		return f.typed(text, sig)
	}
	return text
}

// typed gives the result of calling a function that came out of an interface its type: yaegi would not see its fields.
func (f *fn) typed(call string, sig *types.Signature) string {
	if sig.Results().Len() != 1 {
		return call
	}
	result := sig.Results().At(0).Type()
	if types.IsInterface(result) || f.recursive(result) || !f.boxed(result) {
		return call
	}
	return converted(f.typeText(result), call)
}

// imported makes the result of a compiled function canonical.
func imported(sig *types.Signature, call string) string {
	if sig.Results().Len() == 1 && dynamic(sig.Results().At(0).Type()) {
		return "rt.Canon(" + call + ")"
	}
	return call
}

// compiled reports whether a call of fun calls a function or method of a compiled package.
func (f *fn) compiled(fun ast.Expr) bool {
	obj, ok := f.info.Uses[lastName(fun)].(*types.Func)
	return ok && obj.Pkg() != nil && !isCell(obj)
}

// invoke spells the call of fun with lowered arguments.
func (f *fn) invoke(fun ast.Expr, sig *types.Signature, args []string) string {
	if sel, ok := fun.(*ast.SelectorExpr); ok {
		if s, ok := f.info.Selections[sel]; ok && s.Kind() == types.MethodVal {
			m, index := f.method(sel)
			return f.methodCall(f.expr(sel.X), f.typ(sel.X), true, index, m, sig, args)
		}
	}
	callee := f.callee(fun)
	if f.funcIdent(fun) != nil && !isCompiledName(callee) {
		return f.callDeclared(callee, args, sig)
	}
	return callee + "(" + strings.Join(args, ", ") + ")"
}

// args lowers the arguments of a call as the parameters' types.
func (f *fn) args(e *ast.CallExpr, sig *types.Signature) []string {
	raw := f.wantsRaw(e.Fun)
	compiled := f.compiled(e.Fun)
	args := make([]string, len(e.Args))
	for i, arg := range e.Args {
		if i < len(raw) && raw[i] {
			args[i] = f.under(arg)
			if types.IsInterface(f.typ(arg)) {
				args[i] = "rt.Unboxed(" + args[i] + ")"
			}
			continue
		}
		args[i] = f.value(arg, paramType(sig, i, e.Ellipsis.IsValid()))
		if !compiled && !e.Ellipsis.IsValid() {
			args[i] = f.listed(args[i], f.typ(arg), restOf(sig, i))
		}
		if t := f.typ(arg); compiled && dynamic(paramType(sig, i, e.Ellipsis.IsValid())) && (types.IsInterface(t) || f.boxed(t)) {
			args[i] = f.export(f.info.Uses[lastName(e.Fun)], args[i], t)
		}
		if _, ok := ast.Unparen(arg).(*ast.FuncLit); ok && !types.IsInterface(paramType(sig, i, e.Ellipsis.IsValid())) {
			args[i] = f.closure(args[i])
		}
		if e.Ellipsis.IsValid() && i == len(e.Args)-1 {
			switch {
			case f.info.Types[arg].IsNil():
				args[i] = converted(f.typeText(paramType(sig, i, true)), "nil")
			case compiled && f.isPackageVar(arg): // yaegi would take its value as that of one argument
				args[i] = f.temp(args[i], f.typ(arg))
			case compiled && dynamic(paramType(sig, i, false)):
				args[i] = fmt.Sprintf("rt.Each(rt.%s, %s)", exporter(f.info.Uses[lastName(e.Fun)]), args[i])
			}
			args[i] += "..."
		}
	}
	if n := sig.Params().Len(); sig.Variadic() && len(args) == n-1 && !compiled && f.funcIdent(e.Fun) == nil {
		nothing := f.fresh("nothing") // yaegi would pass an empty slice to a function value
		f.reserve(nothing, sig.Params().At(n-1).Type())
		args = append(args, nothing+"...")
	}
	return args
}

// export gives a canonical value of static type t to the compiled function fun.
func (f *fn) export(fun types.Object, text string, t types.Type) string {
	if opens(fun) {
		return f.open(fun, text, t)
	}
	return fmt.Sprintf("rt.%s(%s)", exporter(fun), text)
}

// exporter names the function of package rt that gives canonical values to fun. Packages json and fmt write through
// pointers.
func exporter(fun types.Object) string {
	switch path, name := fun.Pkg().Path(), fun.Name(); {
	case path == "log/slog":
		return "LogArg"
	case path == "encoding/json" && (name == "Unmarshal" || name == "Decode"):
		return "JSONTarget"
	case path == "fmt" && scans[name]:
		return "ScanTarget"
	}
	return "Export"
}

// scans are the functions of package fmt that read.
var scans = map[string]bool{
	"Scan": true, "Scanf": true, "Scanln": true, "Sscan": true, "Sscanf": true, "Sscanln": true,
	"Fscan": true, "Fscanf": true, "Fscanln": true,
}

// paramType is the type that argument i has to have.
func paramType(sig *types.Signature, i int, ellipsis bool) types.Type {
	n := sig.Params().Len()
	if sig.Variadic() && i >= n-1 && !ellipsis {
		if slice, ok := sig.Params().At(n - 1).Type().Underlying().(*types.Slice); ok {
			return slice.Elem()
		}
		return types.Typ[types.Byte] // append([]byte, string...)
	}
	return sig.Params().At(i).Type()
}

// listed gives text, a value of type t that becomes an element of a list, if that is not nil: yaegi takes a value that has the list's own
// type, an []any among others of type any, for the list.
func (f *fn) listed(text string, t, list types.Type) string {
	if list != nil && f.typeText(t) == f.typeText(list) {
		return "rt.Any(" + text + ")"
	}
	return text
}

// restOf is the type of the list to which argument i belongs; nil if it has a parameter of its own.
func restOf(sig *types.Signature, i int) types.Type {
	if n := sig.Params().Len(); sig.Variadic() && i >= n-1 {
		return sig.Params().At(n - 1).Type()
	}
	return nil
}

// spread lowers f(g()) where g gives several values.
func (f *fn) spread(e *ast.CallExpr, sig *types.Signature) (string, bool) {
	if len(e.Args) != 1 {
		return "", false
	}
	tuple, ok := f.typ(e.Args[0]).(*types.Tuple)
	if !ok || tuple.Len() < 2 {
		return "", false
	}
	names, args := make([]string, tuple.Len()), make([]string, tuple.Len())
	for i := range names {
		names[i] = f.fresh("s")
		args[i] = f.listed(f.convert(names[i], tuple.At(i).Type(), paramType(sig, i, false), false), tuple.At(i).Type(), restOf(sig, i))
		if t := tuple.At(i).Type(); f.compiled(e.Fun) && dynamic(paramType(sig, i, false)) && (types.IsInterface(t) || f.boxed(t)) {
			args[i] = f.export(f.info.Uses[lastName(e.Fun)], args[i], t)
		}
	}
	text := f.capture(func() {
		callee, fun := "", ast.Unparen(e.Fun)
		if f.hasCalls(fun) { // it comes before the arguments
			callee = f.temp(f.under(fun), sig)
		}
		f.emit("%s := %s", strings.Join(names, ", "), f.expr(e.Args[0]))
		call := callee + "(" + strings.Join(args, ", ") + ")"
		if callee == "" {
			call = f.invoke(fun, sig, args)
		}
		if sig.Results().Len() > 0 {
			call = "return " + call
		}
		f.emit("%s", call)
	})
	return fmt.Sprintf("func()%s {\n%s}()", f.resultsText(sig), text), true
}

// wantsRaw lists the parameters of compiled functions that reflect on the memory of a value: they get it without a
// box.
func (f *fn) wantsRaw(fun ast.Expr) []bool {
	obj, ok := f.info.Uses[lastName(fun)].(*types.Func)
	if !ok || obj.Pkg() == nil {
		return nil
	}
	return rawParams[obj.Pkg().Path()+"."+obj.Name()]
}

var rawParams = map[string][]bool{
	"sort.Slice": {true}, "sort.SliceStable": {true}, "sort.SliceIsSorted": {true},
}

// conversion lowers T(x).
func (f *fn) conversion(e *ast.CallExpr, t types.Type) string {
	x := e.Args[0]
	from := f.typ(x)
	if types.IsInterface(t) {
		return f.explicit(f.value(x, t), t)
	}
	if f.info.Types[x].IsNil() {
		return f.hidden(converted(f.rawText(t), "nil"), t)
	}
	if v := f.info.Types[x].Value; v != nil && isNumeric(t) && isNumeric(from) {
		return f.constantText(v, t)
	}
	if f.typeText(from) == f.typeText(t) && f.recursive(from) == f.recursive(t) {
		if _, ok := ast.Unparen(x).(*ast.UnaryExpr); ok {
			return "(" + f.expr(x) + ")"
		}
		return f.expr(x)
	}
	text := f.under(x)
	if typ := f.rawText(t); f.rawText(from) != typ {
		text = converted(typ, text)
	}
	return f.hidden(text, t)
}

// converted spells a conversion; yaegi miscompiles parentheses around a type that does not need them.
func converted(typ, text string) string {
	if strings.HasPrefix(typ, "*") || strings.HasPrefix(typ, "<-") || strings.HasPrefix(typ, "func") || strings.HasPrefix(typ, "chan") {
		typ = "(" + typ + ")"
	}
	return typ + "(" + text + ")"
}

// explicit keeps the interface type of a value where yaegi would infer the value's own.
func (f *fn) explicit(text string, t types.Type) string {
	if dynamic(t) {
		return "rt.Any(" + text + ")"
	}
	return text
}

func isNumeric(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsNumeric != 0
}
