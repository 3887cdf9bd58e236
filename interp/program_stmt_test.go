package interp

import "fmt"

// statement emits a random statement.
func (g *generator) statement() {
	kinds := []func(){g.assign, g.assign, g.opAssign, g.parallel, g.mutate, g.print, g.declareAny}
	if g.depth < 3 {
		kinds = append(kinds, g.ifElse, g.loop, g.rangeLoop, g.switchCase, g.closure, g.typeSwitch, g.defers)
	}
	if g.inLoop {
		kinds = append(kinds, g.leave)
	}
	kinds[g.intn(0, len(kinds)-1)]()
}

func (g *generator) anyType() string { return simple[g.intn(0, len(simple)-1)] }

func (g *generator) assign() {
	typ := g.anyType()
	g.emit("%s = %s", g.variable(typ), g.expr(typ, 3))
}

func (g *generator) declareAny() { g.declare(g.anyType()) }

func (g *generator) opAssign() {
	switch g.intn(0, 5) {
	case 0:
		g.emit("%s %s= %s", g.variable("int"), []string{"+", "-", "*", "|", "&", "^", "&^"}[g.intn(0, 6)], g.expr("int", 2))
	case 1:
		name := g.variable("string")
		g.emit("%s += %s", name, g.expr("string", 1))
		g.emit("%s = clip(%s)", name, name)
	case 2:
		g.emit("%s <<= uint(id(%s)) %% 5", g.variable("uint8"), g.expr("uint8", 1))
	case 3:
		g.emit("%s[%q] += %s", g.variable("map[string]int"), g.key(), g.expr("int", 2))
	case 4:
		g.emit("%s.X *= 3", g.variable([]string{"Point", "*Point", "Outer"}[g.intn(0, 2)]))
	default:
		g.emit("%s++", g.variable("int"))
	}
}

func (g *generator) key() string { return string(rune('a' + g.intn(0, 3))) }

func (g *generator) parallel() {
	switch g.intn(0, 4) {
	case 0:
		g.emit("%s, %s = %s, %s", g.variable("int"), g.variable("string"), g.expr("int", 2), g.expr("string", 2))
	case 1:
		g.emit("%s, %s = two(%s, %s)", g.variable("int"), g.variable("Point")+".Y", g.expr("int", 1), g.expr("int", 1))
	case 2:
		a := g.variable("[3]int")
		g.emit("%s[%d], %s[%d] = %s[%d], %s[%d]", a, g.intn(0, 2), a, g.intn(0, 2), a, g.intn(0, 2), a, g.intn(0, 2))
	case 3:
		v, ok := g.fresh(), g.fresh()
		g.emit("%s, %s := %s[%q]", v, ok, g.variable("map[string]int"), g.key())
		g.emit("_, _ = %s, %s", v, ok)
		g.add("int", v)
		g.add("bool", ok)
	default:
		g.emit("%s, %s = named(%s, %s)", g.variable("int"), g.variable("string"), g.expr("int", 1), g.expr("string", 1))
	}
}

// mutate changes something through a reference.
func (g *generator) mutate() {
	switch g.intn(0, 6) {
	case 0:
		xs := g.variable("[]int")
		g.emit("%s = append(%s, %s)", xs, xs, g.expr("int", 2))
	case 1:
		g.emit("%s[%q] = %s", g.variable("map[string]int"), g.key(), g.expr("int", 2))
	case 2:
		g.emit("delete(%s, %q)", g.variable("map[string]int"), g.key())
	case 3:
		g.emit("%s.Move(%s, %s)", g.variable([]string{"Point", "*Point", "Outer"}[g.intn(0, 2)]), g.expr("int", 1), g.expr("int", 1))
	case 4:
		g.emit("%s = &%s", g.variable("*Point"), g.variable("Point"))
	case 5:
		xs := g.variable("[]int")
		g.emit("if len(%s) > 1 { %s[0], %s[len(%s)-1] = %s[1], %s[0] }", xs, xs, xs, xs, xs, xs)
	default:
		p := g.variable("Point")
		g.emit("%s.Tags = append(%s.Tags, %s)", p, p, g.expr("string", 1))
	}
}

func (g *generator) print() {
	typ := []string{"int", "string", "bool", "Kind", "float64", "[]int", "Point", "[3]int", "uint8"}[g.intn(0, 8)]
	g.emit("fmt.Println(%s, %s)", g.expr(typ, 3), g.expr("int", 2))
}

func (g *generator) ifElse() {
	g.block(fmt.Sprintf("if c := (%s); c > 2 || (%s)", g.expr("int", 2), g.expr("bool", 2)), "", nil)
	if g.intn(0, 1) == 0 {
		g.block(fmt.Sprintf("if (%s)", g.expr("bool", 2)), " else { fmt.Println(\"else\") }", nil)
	}
}

// loop emits a loop of a few turns whose variable closures may keep.
func (g *generator) loop() {
	outer := g.inLoop
	g.inLoop = true
	i := g.fresh()
	head := fmt.Sprintf("for %s := 0; %s < %d; %s++", i, i, g.intn(1, 4), i)
	if g.intn(0, 1) == 0 {
		head = fmt.Sprintf("for %s := range %d", i, g.intn(1, 4))
	}
	g.block(head, "", func() {
		f := g.fresh()
		g.emit("%s := func(n int) int { return n + %s }", f, i)
		g.emit("_ = %s", f)
		g.add("func(int) int", f)
		if g.intn(0, 2) == 0 {
			g.emit("%s = %s", g.variable("func(int) int"), f)
		}
	})
	g.inLoop = outer
}

func (g *generator) rangeLoop() {
	outer := g.inLoop
	g.inLoop = true
	k, v := g.fresh(), g.fresh()
	over, vt := "", "int"
	switch g.intn(0, 4) {
	case 0:
		over = "[]int{" + g.expr("int", 1) + ", " + g.expr("int", 1) + "}"
	case 1:
		over = g.variable("[3]int")
	case 2:
		over, vt = fmt.Sprintf("%q", "aé\xffz"), "rune"
	case 3:
		over = "each([]int{" + g.expr("int", 1) + ", " + g.expr("int", 1) + ", 3})"
	default:
		over, vt = "each([]string{\"x\", \"y\"})", "string"
	}
	g.block(fmt.Sprintf("for %s, %s := range %s", k, v, over), "", func() {
		g.emit("_, _ = %s, %s", k, v)
		g.add("int", k)
		if vt != "rune" {
			g.add(vt, v)
		}
	})
	g.inLoop = outer
}

// leave ends a turn of a loop, or the loop, under a condition.
func (g *generator) leave() {
	g.emit("if (%s) { %s }", g.expr("bool", 1), []string{"break", "continue"}[g.intn(0, 1)])
}

func (g *generator) switchCase() {
	inLoop := g.inLoop
	g.inLoop = false // a break would leave the switch
	g.emit("switch (%s) %% 3 {", g.expr("int", 2))
	g.emit("case 0, 5:")
	g.inner()
	if g.intn(0, 1) == 0 {
		g.emit("fallthrough")
	}
	g.emit("case 1:")
	g.inner()
	g.emit("default:")
	g.inner()
	g.emit("}")
	g.inLoop = inLoop
}

// inner emits a statement in a scope of its own.
func (g *generator) inner() {
	g.depth++
	g.scopes = append(g.scopes, map[string][]string{})
	g.statement()
	g.scopes = g.scopes[:len(g.scopes)-1]
	g.depth--
}

func (g *generator) typeSwitch() {
	v := g.fresh()
	inLoop := g.inLoop
	g.inLoop = false
	g.emit("switch %s := %s.(type) {", v, g.variable("any"))
	g.emit("case Kind:")
	g.emit("fmt.Println(\"K\", %s)", v)
	g.emit("case int, uint8, float64:")
	g.emit("fmt.Println(\"number\", %s)", v)
	g.emit("case fmt.Stringer, Summer:")
	g.emit("fmt.Println(describe(%s))", v)
	g.inner()
	g.emit("default:")
	g.emit("fmt.Println(describe(%s))", v)
	g.emit("}")
	g.inLoop = inLoop
}

// closure emits a function literal that changes variables around it, and calls it.
func (g *generator) closure() {
	f, p, inLoop, inFunc := g.fresh(), g.fresh(), g.inLoop, g.inFunc
	g.inLoop, g.inFunc = false, true
	g.emit("%s := func(%s int) int {", f, p)
	g.depth++
	g.scopes = append(g.scopes, map[string][]string{"int": {p}})
	g.emit("if %s > 3 { return %s }", p, g.expr("int", 1))
	g.emit("defer func() { %s += 2 }()", g.variable("int"))
	g.assign()
	g.statement()
	g.emit("return %s * 2", p)
	g.scopes = g.scopes[:len(g.scopes)-1]
	g.depth--
	g.emit("}")
	g.inLoop, g.inFunc = inLoop, inFunc
	// One call a statement: Go leaves open whether a variable is read before or after a call beside it.
	g.emit("%s = %s(%s)", g.variable("int"), f, g.expr("int", 1))
	g.emit("%s = guard(func() int { n := %s(%s); return n / (id(%s) %% 3) })", g.variable("int"), f, g.expr("int", 1), g.expr("int", 1))
}

// defers emits a call of a function that defers in a loop.
func (g *generator) defers() {
	n := g.variable("int")
	g.emit("func() {")
	g.emit("for i := range 3 { defer func(k int) { %s = %s*2 + k + i }(%s) }", n, n, g.expr("int", 1))
	g.emit("defer fmt.Println(\"deferred\", %s, %s)", g.expr("int", 1), g.expr("string", 1))
	g.emit("%s++", n)
	g.emit("}()")
}
