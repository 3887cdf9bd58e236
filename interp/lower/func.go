package lower

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// fn lowers one function: a declaration, a function literal, or the body of a cell.
type fn struct {
	*Lowerer
	info   *types.Info
	env    map[*types.TypeParam]types.Type // type arguments of the instance
	locals map[types.Object]string
	sig    *types.Signature
	parent *fn // the function around a literal
	uses   uses
	isCell bool // it is the body of a cell

	name    string // as the user wrote it
	body    strings.Builder
	id      int  // numbers the function for tracebacks
	last    int  // the line that was stored last, 0 where control flow joins
	placed  bool // it has stored one
	results []string
	kept    bool   // something may look at the results after the function
	defers  string // the rt.Defers of a function that defers, as its body's closure knows it
	frame   string // the rt.Call of a function that is lowered for a debugger
	head    int    // the line of the latest place to stop
	targets []target
	calls   int              // in what of the statement is lowered and not yet emitted
	lazy    int              // depth of what a statement may not come to evaluate, or evaluates again
	yield   *yield           // set in the body of a range over a function
	outside *strings.Builder // in a loop, declarations that come before the outermost
}

func (f *fn) emit(format string, args ...any) {
	fmt.Fprintf(&f.body, format, args...)
	f.body.WriteByte('\n')
}

// typ is the type of an expression under the instance's type arguments.
func (f *fn) typ(e ast.Expr) types.Type {
	t := f.info.TypeOf(e)
	if t == nil {
		panic(refuse(e, "an expression that has no type"))
	}
	return f.subst(t)
}

// local names a variable declared in the function.
func (f *fn) local(obj types.Object) string {
	name := f.fresh(obj.Name())
	f.locals[obj] = name
	return name
}

// lookup finds the lowered name of a variable or function.
func (f *fn) lookup(obj types.Object) (string, bool) {
	for g := f; g != nil; g = g.parent {
		if name, ok := g.locals[obj]; ok {
			return name, true
		}
	}
	name, ok := f.names[obj]
	return name, ok
}

func (l *Lowerer) newFn(info *types.Info, env map[*types.TypeParam]types.Type, name string, pos token.Pos) *fn {
	f := &fn{Lowerer: l, info: info, env: env, locals: map[types.Object]string{}}
	f.register(name, pos)
	return f
}

// register makes the function known to tracebacks.
func (f *fn) register(name string, pos token.Pos) {
	f.name = name
	f.id = f.rt.Function(name, f.Fset.Position(pos).Filename)
}

// declaration lowers a function declaration or one instance of it under the given name.
func (l *Lowerer) declaration(fun *Function, env map[*types.TypeParam]types.Type, name string) {
	f := l.newFn(fun.Info, env, fun.name(), fun.Decl.Pos())
	f.sig = f.subst(fun.Sig).(*types.Signature)
	f.study(fun.Decl.Body)
	var params []string
	if fun.Recv != nil {
		recv, t := f.fresh("recv"), f.subst(fun.Recv.Type())
		if fun.Recv.Name() != "" && fun.Recv.Name() != "_" {
			recv = f.local(fun.Recv)
		}
		params = append(params, f.parameter(recv, f.typeText(t), t))
	}
	for i, name := range f.params(fun.Decl.Type) {
		params = append(params, f.parameter(name, f.paramText(f.sig, i), f.sig.Params().At(i).Type()))
	}
	text := f.function(fun.Decl.Type, fun.Decl.Body)
	l.declare(fmt.Sprintf("func %s(%s)%s {\n%s}", name, strings.Join(params, ", "), l.resultsText(f.sig), text))
}

// name is T.m for a method, (*T).m if its receiver is a pointer.
func (fun *Function) name() string {
	if fun.Recv == nil {
		return fun.Decl.Name.Name
	}
	recv := types.ExprString(fun.Decl.Recv.List[0].Type)
	if strings.HasPrefix(recv, "*") {
		recv = "(" + recv + ")"
	}
	return recv + "." + fun.Decl.Name.Name
}

// params gives the parameters new names.
func (f *fn) params(ft *ast.FuncType) []string {
	var names []string
	for _, field := range ft.Params.List {
		if len(field.Names) == 0 {
			names = append(names, f.fresh("arg"))
		}
		for _, id := range field.Names {
			if obj := f.info.Defs[id]; obj != nil && id.Name != "_" {
				names = append(names, f.local(obj))
			} else {
				names = append(names, f.fresh("arg"))
			}
		}
	}
	return names
}

// function lowers the body of a function whose parameters have their names.
func (f *fn) function(ft *ast.FuncType, body *ast.BlockStmt) string {
	named := false
	if ft.Results != nil {
		for _, field := range ft.Results.List {
			for _, id := range field.Names {
				named = true
				name := f.fresh("result")
				if obj := f.info.Defs[id]; obj != nil && id.Name != "_" {
					name = f.local(obj)
					f.kept = f.kept || f.uses.shared[obj]
				}
				f.results = append(f.results, name)
			}
		}
	}
	f.last = f.firstLine(body.List)
	f.emit(poll)
	f.enter(body)
	if !defers(body) {
		f.declareResults(named)
		f.stmts(body.List)
		if !terminates(body.List) && named {
			f.emit("return %s", strings.Join(f.results, ", "))
		}
		return f.prologue(body.List) + f.body.String()
	}
	if !named {
		for range f.sig.Results().Len() {
			f.results = append(f.results, f.fresh("result"))
		}
	}
	f.declareResults(true)
	f.defers = f.fresh("defers")
	f.emit("rt.Try(func(%s *rt.Defers) {", f.defers)
	f.stmts(body.List)
	f.emit("})")
	if len(f.results) > 0 {
		f.emit("return %s", strings.Join(f.results, ", "))
	}
	return f.prologue(body.List) + f.body.String()
}

func (f *fn) declareResults(named bool) {
	if !named {
		return
	}
	for i, name := range f.results {
		f.emit("var %s %s", name, f.typeText(f.sig.Results().At(i).Type()))
	}
}

// closure lowers a function literal that compiled code gets. It goes through a variable: yaegi makes a literal share
// the variables of later turns of a loop when it is an argument.
func (f *fn) closure(text string) string {
	name := f.fresh("closure")
	f.emit("%s := %s", name, text)
	return name
}

// literal lowers a function literal.
func (f *fn) literal(e *ast.FuncLit) string {
	g := &fn{Lowerer: f.Lowerer, info: f.info, env: f.env, locals: map[types.Object]string{}, parent: f, uses: f.uses}
	g.register("func literal", e.Pos())
	g.sig = f.typ(e).(*types.Signature)
	params := g.params(e.Type)
	for i := range params {
		params[i] += " " + g.paramText(g.sig, i)
	}
	text := g.function(e.Type, e.Body)
	return fmt.Sprintf("func(%s)%s {\n%s}", strings.Join(params, ", "), f.resultsText(g.sig), text)
}

// defers reports whether the function itself (not a literal within) defers or recovers.
func defers(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.DeferStmt:
			found = true
		}
		return !found
	})
	return found
}

// terminates reports whether control visibly does not reach the end of the list.
func terminates(list []ast.Stmt) bool {
	if len(list) == 0 {
		return false
	}
	switch s := list[len(list)-1].(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return s.Tok == token.GOTO
	}
	return false
}
