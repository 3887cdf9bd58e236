package lower

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/gophergrad/gophergrad/interp/rangefunc"
)

func (f *fn) stmts(list []ast.Stmt) {
	for _, s := range list {
		f.stmt(s)
	}
}

func (f *fn) stmt(s ast.Stmt) {
	f.running, f.calls, f.lazy = s.Pos(), 0, 0
	switch s := s.(type) {
	case *ast.EmptyStmt:
	case *ast.BlockStmt:
		f.block(func() { f.stmts(s.List) })
	case *ast.ExprStmt:
		f.at(s)
		f.exprStmt(s)
	case *ast.AssignStmt:
		f.at(s)
		f.assign(s)
		f.pollAfter(s)
	case *ast.IncDecStmt:
		f.at(s)
		target := f.lvalue
		if f.hasCalls(s) {
			target = f.place
		}
		at := target(s.X)
		f.change(at, "%s%s", at.text, s.Tok)
	case *ast.DeclStmt:
		f.at(s)
		f.declStmt(s)
		f.pollAfter(s)
	case *ast.ReturnStmt:
		f.at(s)
		f.returnStmt(s)
	case *ast.IfStmt:
		f.ifStmt(s)
	case *ast.ForStmt:
		f.forStmt(s, "")
	case *ast.RangeStmt:
		f.rangeStmt(s, "")
	case *ast.SwitchStmt:
		f.switchStmt(s, "")
	case *ast.TypeSwitchStmt:
		f.typeSwitch(s, "")
	case *ast.SelectStmt:
		f.selectStmt(s, "")
	case *ast.LabeledStmt:
		f.labeled(s)
	case *ast.BranchStmt:
		f.stop(s)
		f.branchStmt(s)
	case *ast.GoStmt:
		f.at(s)
		f.goStmt(s)
	case *ast.DeferStmt:
		f.at(s)
		f.deferStmt(s)
	case *ast.SendStmt:
		f.at(s)
		f.send(s)
	default:
		panic(refuse(s, "this statement (%T)", s))
	}
}

// block emits a block, inside of which lines are stored afresh, as after it.
func (f *fn) block(body func()) {
	f.emit("{")
	f.last = 0
	body()
	f.emit("}")
	f.last = 0
}

// capture lowers into a text of its own.
func (f *fn) capture(lower func()) string {
	saved := f.body
	f.body = strings.Builder{}
	lower()
	text := f.body.String()
	f.body = saved
	return text
}

func (f *fn) exprStmt(s *ast.ExprStmt) {
	if u, ok := ast.Unparen(s.X).(*ast.UnaryExpr); ok && u.Op == token.ARROW {
		f.emit("rt.Recv(%s)", f.under(u.X))
		return
	}
	call, ok := ast.Unparen(s.X).(*ast.CallExpr)
	if !ok {
		f.discard(s.X)
		return
	}
	if fun := ast.Unparen(call.Fun); f.info.Types[fun].IsBuiltin() {
		f.builtinStmt(call, builtinName(fun))
	} else {
		f.emit("%s", f.expr(call))
	}
	f.pollAfter(s)
}

// pollAfter lets an interrupt in after a statement that called something which does not poll itself: compiled
// operations return early, with half a result.
func (f *fn) pollAfter(s ast.Stmt) {
	if f.leaves(s) {
		f.emit(poll)
	}
}

// leaves reports whether a node calls something that may be compiled.
func (f *fn) leaves(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			fun := ast.Unparen(n.Fun)
			tv := f.info.Types[fun]
			found = found || !tv.IsType() && !tv.IsBuiltin() && !f.callsCell(fun)
		}
		return !found
	})
	return found
}

// callsCell reports whether a call of fun calls a function or method that a cell declares.
func (f *fn) callsCell(fun ast.Expr) bool {
	if id := f.funcIdent(fun); id != nil {
		return isCell(f.info.Uses[id])
	}
	sel, ok := fun.(*ast.SelectorExpr)
	if !ok || f.info.Selections[sel] == nil || f.info.Selections[sel].Kind() != types.MethodVal {
		return false
	}
	m, _ := f.method(sel)
	return isCell(m) && !types.IsInterface(m.Signature().Recv().Type())
}

// hasCalls reports whether a node calls something, other than in a function literal.
func (f *fn) hasCalls(n ast.Node) bool {
	calls := false
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			calls = calls || !f.info.Types[n.Fun].IsType()
		}
		return !calls
	})
	return calls
}

func (f *fn) returnStmt(s *ast.ReturnStmt) {
	n := f.sig.Results().Len()
	switch {
	case n == 0:
		f.returnValues(nil)
	case len(s.Results) == 0:
		f.returnValues(f.results)
	case len(s.Results) == n:
		vals := make([]string, n)
		apart := n > 1 && slices.ContainsFunc(s.Results, f.isBuiltinCall) // yaegi would put it in the place of the first result
		for i, e := range s.Results {
			t := f.sig.Results().At(i).Type()
			vals[i] = f.value(e, t)
			if apart && f.info.Types[e].Value == nil {
				vals[i] = f.temp(vals[i], t)
			}
		}
		f.returnValues(vals)
	default:
		names := f.unpack(s.Results[0])
		vals := make([]string, n)
		for i := range vals {
			vals[i] = f.convert(names[i].name, names[i].typ, f.sig.Results().At(i).Type(), false)
		}
		f.returnValues(vals)
	}
}

func (f *fn) isBuiltinCall(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	return ok && f.info.Types[ast.Unparen(call.Fun)].IsBuiltin()
}

// returnValues leaves the function with lowered values.
func (f *fn) returnValues(vals []string) {
	switch {
	case f.yield != nil:
		f.yield.leave(f, vals)
	case f.defers != "":
		f.setResults(f.results, vals)
		f.emit("return")
	case f.kept:
		f.setResults(f.results, vals)
		f.emit("return %s", strings.Join(f.results, ", "))
	default:
		f.emit("return %s", strings.Join(vals, ", "))
	}
}

// setResults assigns the function's results to names, none of them before all values are there.
func (f *fn) setResults(names, vals []string) {
	if slices.Equal(names, vals) {
		return
	}
	temps := make([]string, len(vals))
	for i, val := range vals {
		temps[i] = val
		if len(vals) > 1 {
			temps[i] = f.temp(val, f.sig.Results().At(i).Type())
		}
	}
	for i, temp := range temps {
		f.emit("%s = %s", names[i], temp)
	}
}

func (f *fn) ifStmt(s *ast.IfStmt) {
	f.at(s)
	lower := func() {
		if s.Init != nil {
			f.stmt(s.Init)
		}
		f.emit("if %s {", f.bare(s.Cond))
		f.last = 0
		f.stmts(s.Body.List)
		if s.Else != nil {
			f.emit("} else {")
			f.last = 0
			f.stmt(s.Else)
		}
		f.emit("}")
		f.last = 0
	}
	if s.Init != nil {
		f.block(lower)
		return
	}
	lower()
}

// target is a statement that break or continue can leave.
type target struct {
	label    string // the user's label
	name     string // the label in lowered code that break leaves
	next     string // what continue does, empty where it is not allowed
	broken   *bool  // whether name is used
	resumed  *bool  // whether next is used
	yielding *yield // the range over a function whose body contains the target
	body     *yield // set if the target is itself a range over a function
}

// breakable lowers a statement that break can leave: body emits it, its first line being the loop that carries the
// label.
func (f *fn) breakable(label, next string, body func(t *target)) {
	t := target{label: label, name: f.fresh("B"), next: next, broken: new(bool), resumed: new(bool), yielding: f.yield}
	f.targets = append(f.targets, t)
	text := f.capture(func() { body(&f.targets[len(f.targets)-1]) })
	f.targets = f.targets[:len(f.targets)-1]
	if *t.broken {
		f.body.WriteString(t.name + ": ")
	}
	f.body.WriteString(text)
	f.last = 0
}

func (f *fn) branchStmt(s *ast.BranchStmt) {
	label := ""
	if s.Label != nil {
		label = s.Label.Name
	}
	switch s.Tok {
	case token.GOTO:
		if f.yield != nil {
			panic(refuse(s, "goto out of a loop over a function (use a labelled break or a function)"))
		}
		f.emit("goto G_%s", label)
		return
	case token.FALLTHROUGH:
		panic(refuse(s, "fallthrough here"))
	}
	for i := len(f.targets) - 1; i >= 0; i-- {
		t := f.targets[i]
		if label != "" && t.label != label || s.Tok == token.CONTINUE && t.next == "" {
			continue
		}
		f.branchTo(t, s.Tok)
		return
	}
	panic(refuse(s, "%s here", s.Tok))
}

// branchTo breaks or continues t.
func (f *fn) branchTo(t target, tok token.Token) {
	switch {
	case t.body != nil && f.yield == t.body && tok == token.CONTINUE:
		f.leaveBody(rangefunc.Ready)
	case t.body != nil && f.yield == t.body:
		f.leaveBody(rangefunc.Broken)
	case f.yield != t.yielding:
		f.yield.branch(f, t, tok)
	case tok == token.BREAK:
		*t.broken = true
		f.emit("break %s", t.name)
	default:
		*t.resumed = true
		if t.next == "continue" {
			*t.broken = true
			f.emit("continue %s", t.name)
			return
		}
		f.emit("%s", t.next)
	}
}

func (f *fn) labeled(s *ast.LabeledStmt) {
	label := s.Label.Name
	if f.gotos()[label] {
		f.emit("G_%s:", label)
		f.pollAt(f.lineOf(s))
		f.last = 0
	}
	switch inner := s.Stmt.(type) {
	case *ast.ForStmt:
		f.forStmt(inner, label)
	case *ast.RangeStmt:
		f.rangeStmt(inner, label)
	case *ast.SwitchStmt:
		f.switchStmt(inner, label)
	case *ast.TypeSwitchStmt:
		f.typeSwitch(inner, label)
	case *ast.SelectStmt:
		f.selectStmt(inner, label)
	default:
		f.breakable(label, "", func(t *target) {
			text := f.capture(func() { f.stmt(inner) })
			if *t.broken {
				f.emit("for { %s\nbreak }", text)
				return
			}
			f.body.WriteString(text)
		})
	}
}

// gotos lists the labels that goto statements of the package's code name.
func (f *fn) gotos() map[string]bool {
	labels := map[string]bool{}
	for id, obj := range f.info.Uses {
		if _, ok := obj.(*types.Label); ok {
			labels[id.Name] = true
		}
	}
	return labels
}
