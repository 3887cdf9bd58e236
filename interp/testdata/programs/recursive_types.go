package main

import (
	"encoding/json"
	"fmt"
	"sort"
	"strings"
)

type Tree map[string]Tree

func (t Tree) Depth() int {
	d := 0
	for _, c := range t {
		d = max(d, c.Depth())
	}
	return d + 1
}

func (t Tree) Add(path ...string) {
	if len(path) == 0 {
		return
	}
	if t[path[0]] == nil {
		t[path[0]] = Tree{}
	}
	t[path[0]].Add(path[1:]...)
}

type List []List

func (l List) String() string {
	var parts []string
	for _, e := range l {
		parts = append(parts, e.String())
	}
	return "(" + strings.Join(parts, " ") + ")"
}

type State func(*lexer) State

type lexer struct {
	in    string
	pos   int
	out   []string
	state State
}

func start(l *lexer) State {
	if l.pos >= len(l.in) {
		return nil
	}
	if l.in[l.pos] == ' ' {
		l.pos++
		return start
	}
	return word
}

func word(l *lexer) State {
	i := l.pos
	for l.pos < len(l.in) && l.in[l.pos] != ' ' {
		l.pos++
	}
	l.out = append(l.out, l.in[i:l.pos])
	return start
}

type Visitor func(n int) Visitor

type C chan C

type P *P

type Church func(Church) Church

type Handler func(next Handler, s string) string

type M map[string][]M

type Pair struct {
	L, R Seq
	V    int
}
type Seq []Pair

type Opt func(*cfg) Opt
type cfg struct{ n int }

func N(n int) Opt {
	return func(c *cfg) Opt {
		old := c.n
		c.n = n
		return N(old)
	}
}

type G[T any] []G[T]

type A []B
type B map[string]A

func main() {
	t := Tree{"a": {"b": nil, "c": Tree{}}}
	t.Add("x", "y", "z")
	fmt.Println(t.Depth(), len(t), t["a"]["b"] == nil, t["a"]["c"] == nil, t)
	js, err := json.Marshal(t)
	fmt.Println(string(js), err)
	var t2 Tree
	fmt.Println(json.Unmarshal([]byte(`{"q":{"r":{}},"s":null}`), &t2), t2, t2.Depth())
	fmt.Printf("%v %+v %T %#v\n", t2, t2, t2, Tree{"k": nil})
	l := List{{}, {{}, {}}, nil}
	l = append(l, List{nil})
	l[0] = append(l[0], nil, l[1])
	fmt.Println(l, len(l), len(l[1]), l[2] == nil)
	var li any = l
	if l2, ok := li.(List); ok {
		fmt.Println("list", len(l2))
	}
	switch v := li.(type) {
	case Tree:
		fmt.Println("tree")
	case List:
		fmt.Println("List", v[1])
	}
	lx := &lexer{in: "hello big  world"}
	for s := State(start); s != nil; {
		s = s(lx)
	}
	fmt.Println(lx.out, len(lx.out))
	lx.state = start
	lx.pos = 0
	for lx.state = start; lx.state != nil; lx.state = lx.state(lx) {
	}
	fmt.Println(len(lx.out))
	var v Visitor
	count := 0
	v = func(n int) Visitor {
		count += n
		if n > 3 {
			return nil
		}
		return v
	}
	for i, w := 0, v; w != nil; i++ {
		w = w(i)
	}
	fmt.Println(count)
	c := make(C, 1)
	go func() { c <- make(C, 2) }()
	d := <-c
	fmt.Println(cap(d), d == nil, c == d, c == c)
	c <- nil
	close(c)
	for e := range c {
		fmt.Println(e == nil)
	}
	select {
	case x, ok := <-c:
		fmt.Println(x == nil, ok)
	default:
	}
	var p P
	p = &p
	fmt.Println(*p == p, **p == p, p != nil)
	id := Church(func(x Church) Church { return x })
	fmt.Println(id(id) != nil, id(nil) == nil)
	h := Handler(func(next Handler, s string) string {
		if next == nil {
			return s + "."
		}
		return "[" + next(nil, s) + "]"
	})
	fmt.Println(h(h, "x"))
	m := M{"a": {{"b": nil}, nil}}
	m["a"][0]["c"] = append(m["a"][0]["c"], M{"d": {}})
	keys := []string{}
	for k := range m["a"][0] {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	fmt.Println(keys, len(m["a"]), m["a"][1] == nil)
	s := Seq{{V: 1, L: Seq{{V: 2}}}}
	s[0].R = append(s[0].R, Pair{V: 3})
	fmt.Println(s[0].L[0].V+s[0].R[0].V, len(s[0].L[0].L), s)
	cf := &cfg{1}
	prev := N(5)(cf)
	fmt.Print(cf.n)
	prev(cf)
	fmt.Println(cf.n)
	g := G[int]{nil, {nil}}
	fmt.Println(len(g), len(g[1]), g)
	a := A{{"x": A{nil}}}
	a[0]["y"] = nil
	fmt.Println(len(a[0]), len(a[0]["x"]), a)
	raw := []List{l}
	ll := List(raw)
	raw[0] = nil
	fmt.Println(ll[0] == nil)
	pt := &t
	(*pt)["new"] = nil
	_, has := t["new"]
	delete(t, "new")
	_, has2 := t["new"]
	fmt.Println(has, has2)
	copy(l, l[1:])
	fmt.Println(l[1:2], l[:0])
	fs := []State{start, nil, word}
	fmt.Println(fs[1] == nil, fs[0] != nil)
	f := fs[2]
	defer f(lx)
	sort.Slice(l, func(i, j int) bool { return len(l[i]) < len(l[j]) })
	fmt.Println(l)
	clear(t)
	fmt.Println(len(t), min(1, 2))
	x, y := l, ll
	x, y = y, x
	fmt.Println(len(x), len(y))
}
