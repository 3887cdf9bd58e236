package lower

import (
	"fmt"
	"go/ast"
	"go/types"
)

// Go ends a process whose goroutines use a map without a lock. While rt_shared is set, that is while several goroutines
// may run, lowered code tells rt what it does with maps, and rt makes a panic of a conflict. The operations themselves
// stay the interpreter's: calls of rt would take several times as long.

// during emits op, which reads or changes the map m, between what tells rt of it.
func (f *fn) during(announce, m string, op func()) {
	f.emit("if rt_shared { rt.%s(%s) }", announce, m)
	op()
	f.emit("if rt_shared { rt.Left() }")
}

const (
	reading  = "Reading"
	changing = "Changing"
)

// mapElement evaluates the operands of an element of a map.
func (f *fn) mapElement(e *ast.IndexExpr) place {
	key := f.typ(e.X).Underlying().(*types.Map).Key()
	x := f.mapOperand(e.X)
	return place{x + "[" + f.settled(key, func() string { return f.mapKey(e.Index, key) }) + "]", x}
}

// mapOperand names a map.
func (f *fn) mapOperand(e ast.Expr) string {
	if _, isIdent := ast.Unparen(e).(*ast.Ident); isIdent {
		return f.under(e)
	}
	return f.temp(f.under(e), f.typ(e).Underlying())
}

// mapIndex lowers m[k] as a value. It is read before the statement, unless that has calls to make first or may not
// come to read it.
func (f *fn) mapIndex(e *ast.IndexExpr, m *types.Map) string {
	if f.calls > 0 || f.lazy > 0 {
		f.calls++
		return f.mapReader(m) + "(" + f.under(e.X) + ", " + f.mapKey(e.Index, m.Key()) + ")"
	}
	p := f.mapElement(e)
	v := f.fresh("v")
	f.reserve(v, m.Elem())
	f.during(reading, p.mapped, func() { f.emit("%s = %s", v, p.text) })
	return v
}

// mapIndexOK emits v, ok := m[k].
func (f *fn) mapIndexOK(e *ast.IndexExpr) (value, ok string) {
	p := f.mapElement(e)
	value, ok = f.fresh("v"), f.fresh("ok")
	f.during(reading, p.mapped, func() { f.emit("%s, %s := %s", value, ok, p.text) })
	return value, ok
}

// mapReader names a function that reads an element of a map of type m.
func (f *fn) mapReader(m *types.Map) string {
	text := f.typeText(m)
	name, ok := f.readers[text]
	if !ok {
		name = f.fresh("get")
		note(f.Lowerer, f.readers, text, name)
		g := f.newBare()
		g.during(reading, "m", func() { g.emit("v = m[k]") })
		f.declare(fmt.Sprintf("func %s(m %s, k %s) %s {\nvar v %s\n%sreturn v\n}", name, text, f.typeText(m.Key()), f.typeText(m.Elem()), f.typeText(m.Elem()), g.body.String()))
	}
	return name
}

// delete emits the builtin delete.
func (f *fn) delete(e *ast.CallExpr) {
	m := f.typ(e.Args[0]).Underlying().(*types.Map)
	x := f.mapOperand(e.Args[0])
	key := f.settled(m.Key(), func() string { return f.mapKey(e.Args[1], m.Key()) })
	f.during(changing, x, func() { f.emit("delete(%s, %s)", x, key) })
}

// mapRange emits the variables and the iteration of a range over the map x, and gives the condition of its loop. Names
// that are _ get no variable.
func (f *fn) mapRange(x string, m *types.Map, key, value string) string {
	address := func(name string, t types.Type) string {
		if name == "_" {
			return "nil"
		}
		f.emit("var %s %s", name, f.typeText(t))
		return "&" + name
	}
	iteration := f.fresh("range")
	key, value = address(key, m.Key()), address(value, m.Elem())
	f.emit("%s := rt.Range(%s, %s, %s)", iteration, x, key, value)
	return iteration + ".Next()"
}

// settled lowers a value of type t that must not call anything where it is used: then it goes through a variable.
func (f *fn) settled(t types.Type, lower func() string) string {
	before := f.calls
	text := lower()
	if f.calls > before {
		f.calls = before
		return f.temp(text, t)
	}
	return text
}
