package lower

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"

	"github.com/gophergrad/gophergrad/interp/rangefunc"
)

// forStmt lowers a three-clause loop. Its variables are new in every iteration if anything could tell (Go 1.22).
func (f *fn) forStmt(s *ast.ForStmt, label string) {
	f.looped(func() {
		f.at(s)
		var shared []types.Object
		if s.Init != nil {
			f.stmt(s.Init)
			shared = f.captured(s.Init)
		}
		if len(shared) > 0 {
			f.freshLoop(s, label, shared)
			return
		}
		post := ""
		if s.Post != nil {
			post = strings.TrimSpace(f.capture(func() { f.last = f.Fset.Position(s.Post.Pos()).Line; f.stmt(s.Post) }))
			post = strings.TrimSpace(strings.TrimSuffix(post, poll))
		}
		if strings.Contains(post, "\n") {
			f.steppedLoop(s, label, post)
			return
		}
		cond := f.condition(s.Cond)
		f.breakable(label, "continue", func(*target) {
			f.emit("for ; %s; %s {", cond, post)
			f.loopBody(s.Body)
			f.emit("}")
		})
	})
}

func (f *fn) condition(e ast.Expr) string {
	if e == nil {
		return ""
	}
	f.lazy++
	defer func() { f.lazy-- }()
	return f.bare(e)
}

func (f *fn) loopBody(body *ast.BlockStmt) {
	f.last = 0
	f.pollAt(f.lineOf(body))
	f.stmts(body.List)
}

// inner emits the body of a loop whose step follows it: continue leaves an inner loop of one turn.
func (f *fn) inner(t *target, body *ast.BlockStmt) {
	name := f.fresh("C")
	t.next = "break " + name
	text := f.capture(func() { f.loopBody(body) })
	if *t.resumed {
		f.emit("%s: for { %sbreak }", name, text)
		return
	}
	f.body.WriteString(text)
}

// steppedLoop emits a loop whose post statement takes several statements.
func (f *fn) steppedLoop(s *ast.ForStmt, label, post string) {
	cond := f.condition(s.Cond)
	f.breakable(label, "step", func(t *target) {
		f.emit("for %s {", cond)
		f.inner(t, s.Body)
		f.emit("%s\n}", post)
	})
}

// freshLoop emits a loop whose variables a closure or a pointer may keep.
func (f *fn) freshLoop(s *ast.ForStmt, label string, shared []types.Object) {
	outer := make([]string, len(shared))
	for i, obj := range shared {
		outer[i] = f.locals[obj]
	}
	f.breakable(label, "step", func(t *target) {
		f.emit("for {")
		for i, obj := range shared {
			name := f.local(obj)
			f.define(name, f.typeText(f.subst(obj.Type())), outer[i])
		}
		if s.Cond != nil {
			f.emit("if !(%s) { break }", f.expr(s.Cond))
		}
		f.inner(t, s.Body)
		for i, obj := range shared {
			f.emit("%s = %s", outer[i], f.locals[obj])
		}
		for i, obj := range shared {
			f.locals[obj] = outer[i]
		}
		if s.Post != nil {
			f.stmt(s.Post)
		}
		f.emit("}")
	})
}

// captured lists the variables that init declares and that outlive an iteration.
func (f *fn) captured(init ast.Stmt) []types.Object {
	assign, ok := init.(*ast.AssignStmt)
	if !ok || assign.Tok != token.DEFINE {
		return nil
	}
	var out []types.Object
	for _, lhs := range assign.Lhs {
		if obj := f.info.Defs[lhs.(*ast.Ident)]; obj != nil && f.uses.shared[obj] {
			out = append(out, obj)
		}
	}
	return out
}

func (f *fn) rangeStmt(s *ast.RangeStmt, label string) {
	t := f.typ(s.X)
	if sig, ok := t.Underlying().(*types.Signature); ok {
		f.at(s)
		f.rangeFunc(s, label, sig)
		return
	}
	f.looped(func() {
		f.at(s)
		f.rangeOver(s, label, t)
	})
}

// rangeOver lowers a range over a value of type t.
func (f *fn) rangeOver(s *ast.RangeStmt, label string, t types.Type) {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		if u.Info()&types.IsInteger != 0 {
			f.rangeInt(s, label, t)
		} else {
			f.rangeString(s, label)
		}
		return
	case *types.Chan:
		f.rangeChan(s, label, u)
		return
	}
	if array, ok := deref(t).Underlying().(*types.Array); ok {
		f.rangeArray(s, label, array)
		return
	}
	f.rangeValues(s, label, f.under(s.X), t)
}

// rangeArray lowers a range over an array, which is copied, or over a pointer to one, which is not, and which may be
// nil if only indices are asked for.
func (f *fn) rangeArray(s *ast.RangeStmt, label string, array *types.Array) {
	if s.Value != nil && !isBlank(s.Value) {
		if isPointer(f.typ(s.X)) {
			f.rangeValues(s, label, f.operand(s.X)+"[:]", types.NewSlice(array.Elem()))
		} else {
			f.rangeValues(s, label, f.under(s.X), array)
		}
		return
	}
	f.block(func() {
		if f.hasCalls(s.X) {
			f.discard(s.X)
		}
		f.countLoop(s, label, strconv.FormatInt(array.Len(), 10), types.Typ[types.Int])
	})
}

// rangeValues lowers a range over an array, slice or map: the variables of the native loop are copied into
// those of the user where these must be new in every iteration. A second variable that is a channel makes yaegi range
// over it: it is an element of the operand instead.
func (f *fn) rangeValues(s *ast.RangeStmt, label string, x string, t types.Type) {
	key, elem := rangeTypes(t)
	k, v := "_", "_"
	if s.Key != nil && !isBlank(s.Key) {
		k = f.loopVariable(s.Key, s.Tok, "k")
	}
	if s.Value != nil && !isBlank(s.Value) {
		v = f.loopVariable(s.Value, s.Tok, "e")
	}
	f.block(func() {
		head := fmt.Sprintf("%s, %s := range %s", k, v, x)
		m, isMap := t.Underlying().(*types.Map)
		_, channels := elem.Underlying().(*types.Chan)
		switch {
		case isMap:
			head = f.mapRange(x, m, k, v)
		case channels && v != "_":
			x = f.temp(x, t.Underlying())
			if k == "_" {
				k = f.fresh("k")
			}
			head, v = fmt.Sprintf("%s := range %s", k, x), x+"["+k+"]"
		case k == "_" && v == "_":
			head = "range " + x
		case v == "_":
			head = fmt.Sprintf("%s := range %s", k, x)
		}
		f.breakable(label, "continue", func(*target) {
			f.emit("for %s {", head)
			f.last = 0
			targets := f.targetsOf([]ast.Expr{s.Key, s.Value}, s.Tok)
			if s.Key != nil && !isBlank(s.Key) && !f.native(s.Key, s.Tok) {
				targets[0](f.convert(k, key, f.lhsType(s.Key), isMap))
			}
			if v != "_" && !f.native(s.Value, s.Tok) {
				targets[1](f.convert(v, elem, f.lhsType(s.Value), isMap))
			}
			f.loopBody(s.Body)
			f.emit("}")
		})
	})
}

// rangeString lowers a range over a string. yaegi counts wrongly after bytes that are no UTF-8.
func (f *fn) rangeString(s *ast.RangeStmt, label string) {
	f.block(func() {
		i, at, runes := f.fresh("i"), f.fresh("at"), f.fresh("runes")
		f.emit("%s, %s := rt.Runes(%s)", at, runes, f.expr(s.X))
		f.breakable(label, "continue", func(*target) {
			f.emit("for %s := range %s {", i, at)
			f.last = 0
			targets := f.targetsOf([]ast.Expr{s.Key, s.Value}, s.Tok)
			if s.Key != nil && !isBlank(s.Key) {
				targets[0](f.convert(at+"["+i+"]", types.Typ[types.Int], f.lhsType(s.Key), false))
			}
			if s.Value != nil && !isBlank(s.Value) {
				targets[1](f.convert(runes+"["+i+"]", types.Typ[types.Rune], f.lhsType(s.Value), false))
			}
			f.loopBody(s.Body)
			f.emit("}")
		})
	})
}

// rangeTypes gives the types of a range's two values.
func rangeTypes(t types.Type) (key, elem types.Type) {
	switch u := t.Underlying().(type) {
	case *types.Map:
		return u.Key(), u.Elem()
	case *types.Slice:
		return types.Typ[types.Int], u.Elem()
	case *types.Array:
		return types.Typ[types.Int], u.Elem()
	}
	panic(fmt.Sprintf("a range over %s", t))
}

func (f *fn) rangeInt(s *ast.RangeStmt, label string, t types.Type) {
	t = types.Default(t)
	f.block(func() { f.countLoop(s, label, f.temp(f.constantAs(s.X, t), t), t) })
}

// countLoop emits a range over the integers of type t below n.
func (f *fn) countLoop(s *ast.RangeStmt, label, n string, t types.Type) {
	i, text := f.loopVariable(s.Key, s.Tok, "i"), f.typeText(t)
	f.breakable(label, "continue", func(*target) {
		f.emit("for %s := %s(0); %s < %s; %s++ {", i, text, i, n, i)
		f.last = 0
		if s.Key != nil && !isBlank(s.Key) && !f.native(s.Key, s.Tok) {
			f.store(s.Key, s.Tok, f.convert(i, t, f.lhsType(s.Key), false))
		}
		f.loopBody(s.Body)
		f.emit("}")
	})
}

// native reports whether a variable of a range can be that of the native loop: the body cannot tell.
func (f *fn) native(e ast.Expr, tok token.Token) bool {
	obj := f.declares(e, tok)
	if obj == nil || f.uses.shared[obj] || f.uses.assigned[obj] {
		return false
	}
	t := f.subst(obj.Type())
	_, isChannel := t.Underlying().(*types.Chan)
	return f.keeps(t) && !isChannel
}

// loopVariable names the variable of a native loop that e gets its values from.
func (f *fn) loopVariable(e ast.Expr, tok token.Token, base string) string {
	if f.native(e, tok) {
		return f.local(f.declares(e, tok))
	}
	return f.fresh(base)
}

func (f *fn) rangeChan(s *ast.RangeStmt, label string, t *types.Chan) {
	c := f.fresh("c")
	f.block(func() {
		f.emit("%s := %s", c, f.under(s.X))
		f.breakable(label, "continue", func(*target) {
			f.emit("for {")
			f.last = 0
			v, ok := f.receiveOK(c, t.Elem())
			f.emit("if !%s { break }", ok)
			if s.Key != nil && !isBlank(s.Key) {
				f.store(s.Key, s.Tok, f.convert(v, t.Elem(), f.lhsType(s.Key), false))
			}
			f.loopBody(s.Body)
			f.emit("}")
		})
	})
}

// yield is the body of a range over a function, which is a function literal in lowered code: branches and returns
// out of it are noted in a variable, and carried out after the iterator has returned.
type yield struct {
	outer   *yield
	control string   // the variable that holds the loop's state, and what to do afterwards
	results []string // the values to return afterwards
	returns bool
	exits   []exit
}

type exit struct {
	target target
	tok    token.Token
}

func (y *yield) leave(f *fn, vals []string) {
	y.returns = true
	f.setResults(y.results, vals)
	f.leaveBody(rangefunc.Return)
}

func (y *yield) branch(f *fn, t target, tok token.Token) {
	y.exits = append(y.exits, exit{t, tok})
	f.leaveBody(rangefunc.Return + len(y.exits))
}

// enterBody begins the body of a range over a function.
func (f *fn) enterBody() {
	f.emit("if %s != %d { rt.RangeContinued(%s) }", f.yield.control, rangefunc.Ready, f.yield.control)
	f.emit("%s = %d", f.yield.control, rangefunc.InBody)
	if f.frame != "" {
		call := f.fresh("call")
		f.emit("%s := %s.Body()", call, f.frame)
		f.frame = call
	}
}

// leaveBody returns from the body of a range over a function and notes what to do then.
func (f *fn) leaveBody(control int) {
	if f.frame != "" {
		f.emit("%s.Leave()", f.frame)
	}
	f.emit("%s = %d", f.yield.control, control)
	f.emit("return %t", control == rangefunc.Ready)
}

func (f *fn) rangeFunc(s *ast.RangeStmt, label string, sig *types.Signature) {
	yieldSig := sig.Params().At(0).Type().Underlying().(*types.Signature)
	y := &yield{outer: f.yield, control: f.fresh("control")}
	f.block(func() {
		f.emit("%s := %d", y.control, rangefunc.Ready)
		for i := range f.sig.Results().Len() {
			y.results = append(y.results, f.fresh("result"))
			f.emit("var %s %s", y.results[i], f.typeText(f.sig.Results().At(i).Type()))
		}
		x := f.under(s.X)
		f.targets = append(f.targets, target{label: label, next: "yield", yielding: f.yield, body: y, broken: new(bool), resumed: new(bool)})
		f.yield = y
		call, outside := f.frame, f.outside
		f.outside = nil // the body is a function
		body := f.capture(func() {
			f.enterBody()
			vars := []ast.Expr{s.Key, s.Value}
			for i := range yieldSig.Params().Len() {
				if vars[i] == nil || isBlank(vars[i]) {
					continue
				}
				f.store(vars[i], s.Tok, f.convert(fmt.Sprintf("%s_%d", y.control, i), yieldSig.Params().At(i).Type(), f.lhsType(vars[i]), false))
			}
			f.loopBody(s.Body)
			f.leaveBody(rangefunc.Ready)
		})
		f.frame, f.yield, f.outside = call, y.outer, outside
		f.targets = f.targets[:len(f.targets)-1]
		var params []string
		for i := range yieldSig.Params().Len() {
			params = append(params, fmt.Sprintf("%s_%d %s", y.control, i, f.typeText(yieldSig.Params().At(i).Type())))
		}
		f.emit("%s(%s)", x, f.closure(fmt.Sprintf("func(%s) bool {\n%s}", strings.Join(params, ", "), body)))
		f.emit(poll)
		exit := f.fresh("exit")
		f.emit("%s := rt.RangeExit(%s)", exit, y.control)
		f.emit("%s = %d", y.control, rangefunc.Over)
		if y.returns {
			f.emit("if %s == %d {", exit, rangefunc.Return)
			f.returnValues(y.results)
			f.emit("}")
		}
		for i, e := range y.exits {
			f.emit("if %s == %d {", exit, rangefunc.Return+1+i)
			f.branchTo(e.target, e.tok)
			f.emit("}")
		}
	})
}
