package interp

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"
)

// generator writes a random program: a cell of declarations and statements that always ends, never fails, and prints
// what it computed.
type generator struct {
	t      *rapid.T
	out    strings.Builder
	scopes []map[string][]string // type → variables of it
	names  int
	depth  int // of statements within statements
	within int // expressions around the one being made
	inLoop bool
	inFunc bool // in a literal, which must not call another, lest they call each other
}

// declarations are what every program may use.
const declarations = `
type Kind int
func (k Kind) String() string { return fmt.Sprintf("Kind(%d)", int(k)) }
type Point struct {
	X, Y int
	Tags []string
}
func (p Point) Sum() int            { return p.X + p.Y }
func (p *Point) Move(dx, dy int) int { p.X += dx; p.Y -= dy; return p.X }
type Summer interface{ Sum() int }
type Outer struct {
	Point
	K Kind
	P *Point
}
func at(xs []int, i int) int {
	if len(xs) == 0 {
		return -1
	}
	return xs[((i%len(xs))+len(xs))%len(xs)]
}
func clip(s string) string { return s[:min(len(s), 20)] }
func id[T any](x T) T { return x }
func two(a, b int) (int, int) { return b, a + b }
func named(a int, s string) (n int, out string) {
	defer func() { n += len(out) }()
	n, out = a, s+"!"
	if a%2 == 0 {
		return n + 1, out + out
	}
	return
}
func guard(f func() int) (n int) {
	defer func() {
		if p := recover(); p != nil {
			n = len(fmt.Sprint(p))
		}
	}()
	return f()
}
func each[T any](xs []T) func(yield func(int, T) bool) {
	return func(yield func(int, T) bool) {
		for i, x := range xs {
			if !yield(i, x) {
				return
			}
		}
	}
}
func fold[T, A any](xs []T, a A, f func(A, T) A) A {
	for _, x := range xs {
		a = f(a, x)
	}
	return a
}
func describe(x any) string {
	switch v := x.(type) {
	case Kind:
		return "kind " + v.String()
	case int:
		return fmt.Sprint("int ", v)
	case Summer:
		return fmt.Sprint("sum ", v.Sum())
	case string, bool:
		return fmt.Sprintf("%T %v", v, v)
	case []int:
		return fmt.Sprint("ints ", len(v))
	}
	return fmt.Sprintf("%T", x)
}
`

// programs draws programs.
var programs = rapid.Custom(func(t *rapid.T) string {
	g := &generator{t: t, scopes: []map[string][]string{{}}}
	g.out.WriteString(declarations)
	for _, typ := range valueTypes {
		g.declare(typ)
	}
	for range g.intn(6, 14) {
		g.statement()
	}
	g.printAll()
	return g.out.String()
})

var valueTypes = []string{"int", "uint8", "float64", "string", "bool", "[]int", "map[string]int", "Point", "*Point", "Kind", "any", "Summer", "Outer", "[3]int", "func(int) int"}

func (g *generator) intn(low, high int) int { return rapid.IntRange(low, high).Draw(g.t, "n") }

func (g *generator) pick(choices ...func() string) string {
	return choices[g.intn(0, len(choices)-1)]()
}

func (g *generator) emit(format string, args ...any) {
	fmt.Fprintf(&g.out, strings.Repeat("\t", g.depth)+format+"\n", args...)
}

func (g *generator) fresh() string {
	g.names++
	return fmt.Sprintf("v%d", g.names)
}

// variables lists the variables of a type that are in scope.
func (g *generator) variables(typ string) []string {
	var names []string
	for _, scope := range g.scopes {
		names = append(names, scope[typ]...)
	}
	return names
}

func (g *generator) variable(typ string) string {
	names := g.variables(typ)
	return names[g.intn(0, len(names)-1)]
}

// declare emits a new variable, used at once lest the compiler complain.
func (g *generator) declare(typ string) {
	text := g.expr(typ, 2)
	name := g.fresh()
	if g.intn(0, 1) == 0 {
		g.emit("var %s %s = %s", name, typ, text)
	} else {
		g.emit("%s := %s(%s)", name, parenthesized(typ), text)
	}
	g.emit("_ = %s", name)
	g.add(typ, name)
}

func (g *generator) add(typ, name string) {
	scope := g.scopes[len(g.scopes)-1]
	scope[typ] = append(scope[typ], name)
}

func parenthesized(typ string) string {
	if strings.HasPrefix(typ, "*") || strings.HasPrefix(typ, "func") {
		return "(" + typ + ")"
	}
	return typ
}

// block emits statements within braces.
func (g *generator) block(head, tail string, before func()) {
	g.emit("%s {", head)
	g.depth++
	g.scopes = append(g.scopes, map[string][]string{})
	if before != nil {
		before()
	}
	for range g.intn(1, 3) {
		g.statement()
	}
	g.scopes = g.scopes[:len(g.scopes)-1]
	g.depth--
	g.emit("}%s", tail)
}

func (g *generator) printAll() {
	for _, typ := range valueTypes {
		if strings.HasPrefix(typ, "func") {
			continue
		}
		for _, name := range g.variables(typ) {
			switch typ {
			case "*Point":
				g.emit("fmt.Println(%q, *%s)", name, name)
			case "any", "Summer":
				g.emit("fmt.Println(%q, describe(%s))", name, name)
			case "Outer":
				g.emit("fmt.Println(%q, %s.Point, %s.K, %s.P.X)", name, name, name, name)
			default:
				g.emit("fmt.Println(%q, %s)", name, name)
			}
		}
	}
}

// simple are the types whose variables statements assign to.
var simple = slices.DeleteFunc(slices.Clone(valueTypes), func(t string) bool { return t == "map[string]int" || t == "*Point" })
