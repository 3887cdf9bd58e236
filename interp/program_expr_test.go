package interp

import (
	"fmt"
	"strconv"
)

// expr gives a random expression of a type.
func (g *generator) expr(typ string, depth int) string {
	variable := func() string { return g.variable(typ) }
	leaf := []func() string{func() string { return g.constant(typ) }}
	if len(g.variables(typ)) > 0 {
		leaf = append(leaf, variable, variable)
	}
	if depth <= 0 {
		return g.pick(leaf...)
	}
	sub := func(t string) string {
		g.within++
		defer func() { g.within-- }()
		return g.expr(t, depth-1)
	}
	has := func(t string) bool { return len(g.variables(t)) > 0 }
	more := leaf
	add := func(f func() string) { more = append(more, f) }
	binary := func(ops ...string) {
		add(func() string { return "(" + sub(typ) + " " + ops[g.intn(0, len(ops)-1)] + " " + sub(typ) + ")" })
	}
	switch typ {
	case "int":
		binary("+", "-", "*", "&", "|", "^", "&^")
		if has("int") {
			add(func() string {
				return fmt.Sprintf("(%s %s %d)", g.variable("int"), []string{"+", "-", "*", "&", "<<", ">>", "%"}[g.intn(0, 6)], g.intn(1, 5))
			})
		}
		add(func() string { return "(" + sub("int") + " / (" + sub("int") + " | 1))" })
		add(func() string { return "(" + sub("int") + " % 7)" })
		add(func() string { return "(" + sub("int") + " >> (uint(" + sub("int") + ") % 8))" })
		add(func() string { return "len(" + sub("string") + ")" })
		add(func() string { return "int(" + sub("uint8") + ")" })
		add(func() string { return "int(" + sub("Kind") + ")" })
		add(func() string { return "at(" + sub("[]int") + ", " + sub("int") + ")" })
		add(func() string { return "min(" + sub("int") + ", " + sub("int") + ", 9)" })
		add(func() string { return sub("Point") + ".Sum()" })
		add(func() string { return "fold(" + sub("[]int") + ", 1, func(a, x int) int { return a - x })" })
		for _, use := range [][2]string{{"map[string]int", "%s[\"a\"]"}, {"*Point", "%s.Y"}, {"Outer", "%s.Sum()"}, {"Summer", "%s.Sum()"}, {"[3]int", "%s[1]"}, {"func(int) int", "%s(3)"}} {
			t, text := use[0], use[1]
			if has(t) && !(g.inFunc && t == "func(int) int") {
				add(func() string { return fmt.Sprintf(text, g.variable(t)) })
			}
		}
	case "uint8":
		binary("+", "-", "*", "^")
		add(func() string { return "uint8(" + sub("int") + ")" })
		add(func() string { return "(" + sub("uint8") + " >> 1)" })
	case "float64":
		binary("+", "-", "*")
		add(func() string { return "(float64(" + sub("int") + ") / 4)" })
		add(func() string { return "math.Floor(" + sub("float64") + ")" })
	case "string":
		add(func() string { return "clip(" + sub("string") + " + " + sub("string") + ")" })
		add(func() string { return "strings.ToUpper(" + sub("string") + ")" })
		add(func() string { return "fmt.Sprint(" + sub("int") + ", " + sub("Kind") + ", " + sub("bool") + ")" })
		add(func() string { return "describe(" + sub("any") + ")" })
		add(func() string { return "(\"xyz\" + " + sub("string") + ")[1:3]" })
	case "bool":
		binary("&&", "||", "==", "!=")
		add(func() string { return "(" + sub("int") + " < " + sub("int") + ")" })
		add(func() string { return "(" + sub("string") + " >= " + sub("string") + ")" })
		add(func() string { return "(" + sub("[3]int") + " == " + sub("[3]int") + ")" })
		add(func() string { return "(any(" + sub("Kind") + ") == any(" + sub("int") + "))" })
		add(func() string { return "!" + sub("bool") })
	case "[]int":
		add(func() string { return "append([]int{" + sub("int") + "}, " + sub("int") + ")" })
		add(func() string { return "[]int{0, " + sub("int") + ", 2}[1:]" })
	case "Point":
		add(func() string { return "Point{" + sub("int") + ", " + sub("int") + ", nil}" })
		add(func() string { return "Point{Y: " + sub("int") + "}" })
		if has("*Point") {
			add(func() string { return "(*" + g.variable("*Point") + ")" })
		}
	case "Kind":
		add(func() string { return "Kind(" + sub("int") + ")" })
		add(func() string { return "(" + sub("Kind") + " + 1)" })
	case "any":
		for _, t := range []string{"int", "Kind", "string", "Point", "bool", "[]int", "*Point"} {
			add(func() string { return "any(" + sub(t) + ")" })
		}
	case "Summer":
		add(func() string { return "Summer(" + sub("Point") + ")" })
		add(func() string { return "Summer(" + sub("*Point") + ")" })
		add(func() string { return "Summer(" + sub("Outer") + ")" })
	case "[3]int":
		add(func() string { return "[3]int{" + sub("int") + ", 2: " + sub("int") + "}" })
	case "Outer":
		add(func() string { return "Outer{" + sub("Point") + ", " + sub("Kind") + ", " + sub("*Point") + "}" })
	case "func(int) int":
		if g.depth < 4 {
			add(func() string { return "func(x int) int { return x*2 - " + strconv.Itoa(g.intn(0, 9)) + " }" })
		}
	}
	return g.pick(more...)
}

// constant gives a literal; within an expression one that the compiler does not fold, lest it find an overflow.
func (g *generator) constant(typ string) string {
	if g.within > 0 {
		return "id(" + g.literal(typ) + ")"
	}
	return g.literal(typ)
}

// literal gives a constant, or a value made of constants.
func (g *generator) literal(typ string) string {
	n := g.intn(-3, 9)
	switch typ {
	case "int":
		return fmt.Sprintf("int(%d)", n)
	case "uint8":
		return fmt.Sprintf("uint8(%d)", g.intn(0, 255))
	case "float64":
		return fmt.Sprintf("float64(%d.5)", n)
	case "string":
		return strconv.Quote([]string{"", "go", "é", "a b"}[g.intn(0, 3)])
	case "bool":
		return fmt.Sprintf("bool(%t)", n > 3)
	case "[]int":
		return fmt.Sprintf("[]int{%d, %d}", n, g.intn(0, 5))
	case "map[string]int":
		return fmt.Sprintf("map[string]int{\"a\": %d}", n)
	case "Point":
		return fmt.Sprintf("Point{%d, %d, nil}", n, g.intn(0, 5))
	case "*Point":
		return fmt.Sprintf("&Point{X: %d}", n)
	case "Kind":
		return fmt.Sprintf("Kind(%d)", n)
	case "any":
		return fmt.Sprintf("any(%d)", n)
	case "Summer":
		return fmt.Sprintf("Summer(Point{X: %d})", n)
	case "Outer":
		return fmt.Sprintf("Outer{K: %d, P: &Point{}}", n)
	case "[3]int":
		return fmt.Sprintf("[3]int{%d, 1}", n)
	}
	return fmt.Sprintf("func(x int) int { return x + %d }", n)
}
