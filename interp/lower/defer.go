package lower

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

// deferStmt evaluates the function and its arguments now and hands the call to the function's rt.Defers.
func (f *fn) deferStmt(s *ast.DeferStmt) {
	text := f.suspended(s.Call)
	f.emit("%s.Push(%s)", f.defers, text)
}

// direct reports whether a deferred literal needs no arguments and no wrapper.
func (f *fn) direct(lit *ast.FuncLit, e *ast.CallExpr) bool {
	sig := f.typ(lit).(*types.Signature)
	return sig.Params().Len() == 0 && sig.Results().Len() == 0
}

// goStmt evaluates the function and its arguments now and starts a guarded goroutine.
func (f *fn) goStmt(s *ast.GoStmt) {
	f.emit("rt.Go(%s)", f.suspended(s.Call))
}

// suspended gives a func() that makes the call later with what the function and its arguments are now.
func (f *fn) suspended(e *ast.CallExpr) string {
	fun := ast.Unparen(e.Fun)
	if lit, ok := fun.(*ast.FuncLit); ok && f.direct(lit, e) {
		return f.closure(f.literal(lit))
	}
	if tv := f.info.Types[fun]; tv.IsBuiltin() {
		return f.suspendedBuiltin(e, builtinName(fun))
	}
	sig := f.typ(fun).Underlying().(*types.Signature)
	callee := ""
	if f.funcIdent(fun) == nil { // its receiver comes before the arguments
		callee = f.fresh("f")
		f.define(callee, f.typeText(sig), f.under(fun))
	}
	args := f.args(e, sig)
	names := make([]string, len(args))
	for i, arg := range args {
		ellipsis := strings.HasSuffix(arg, "...")
		names[i] = f.fresh("a")
		t := paramType(sig, i, ellipsis)
		if i < len(f.wantsRaw(fun)) && f.wantsRaw(fun)[i] {
			t = f.typ(e.Args[i])
		}
		f.define(names[i], f.typeText(t), strings.TrimSuffix(arg, "..."))
		if ellipsis {
			names[i] += "..."
		}
	}
	if callee == "" {
		return f.closure(fmt.Sprintf("func() { %s }", f.invoke(fun, sig, names)))
	}
	return f.closure(fmt.Sprintf("func() { %s(%s) }", callee, strings.Join(names, ", ")))
}

func (f *fn) suspendedBuiltin(e *ast.CallExpr, name string) string {
	if name == "recover" {
		return f.closure("func() { rt.Recover() }")
	}
	if len(e.Args) == 1 {
		if _, ok := f.typ(e.Args[0]).(*types.Tuple); ok {
			var args []ast.Expr
			for _, v := range f.unpack(e.Args[0]) {
				args = append(args, f.stand(v.name, v.typ, e))
			}
			call := *e
			call.Args = args
			f.info.Types[&call] = f.info.Types[e]
			return f.closure(f.suspendedCall(&call, name))
		}
	}
	args := make([]ast.Expr, len(e.Args))
	for i, arg := range e.Args {
		if tv := f.info.Types[arg]; tv.Value != nil || tv.IsNil() || tv.IsType() {
			args[i] = arg
			continue
		}
		name := f.fresh("a")
		f.define(name, f.typeText(f.typ(arg)), f.expr(arg))
		args[i] = f.stand(name, f.typ(arg), arg)
	}
	call := *e
	call.Args = args
	f.info.Types[&call] = f.info.Types[e]
	return f.closure(f.suspendedCall(&call, name))
}

func (f *fn) suspendedCall(e *ast.CallExpr, builtin string) string {
	return "func() {\n" + f.capture(func() { f.builtinStmt(e, builtin) }) + "}"
}
