package main

import (
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
)

type Dir struct {
	Name  string
	Files []*File
	Subs  map[string]*Dir
}
type File struct {
	Name string
	In   *Dir `json:",omitempty"`
}

type Any map[string]any

type Rule func(in string, rules map[string]Rule) (string, bool)

type Node interface{ Children() Nodes }
type Nodes []Node
type Leaf int
type Branch struct{ kids Nodes }

func (Leaf) Children() Nodes     { return nil }
func (b Branch) Children() Nodes { return b.kids }

type Mid func(Mid) Mid

type Iter func() (int, Iter)

func count(n int) Iter {
	return func() (int, Iter) {
		if n == 0 {
			return 0, nil
		}
		return n, count(n - 1)
	}
}

type Ptr *struct {
	v    int
	next Ptr
}

type Arr [2]*Tree2
type Tree2 []Arr

type Env map[string]Env

func (e *Env) Set(k string, v Env) {
	if *e == nil {
		*e = Env{}
	}
	(*e)[k] = v
}

func (e Env) Walk() iter.Seq2[string, Env] {
	return func(yield func(string, Env) bool) {
		for _, k := range slices.Sorted(maps.Keys(e)) {
			if !yield(k, e[k]) {
				return
			}
		}
	}
}

type holder struct {
	env  Env
	list []Env
	f    Rule
	arr  [2]Env
}

func variadic(es ...Env) int { return len(es) }

func pair() (Env, Iter) { return Env{"p": nil}, count(2) }

func apply[K comparable, V any, M ~map[K]V](m M) int { return len(m) }

type Stack[T any] []Stack[T]

type E func() E

func (e E) Error() string { return "E" }

func main() {
	var d Dir
	err := json.Unmarshal([]byte(`{"Name":"r","Files":[{"Name":"f","In":{"Name":"x"}}],"Subs":{"s":{"Name":"s"}}}`), &d)
	fmt.Println(err, d.Name, d.Files[0].Name, d.Files[0].In.Name, d.Subs["s"].Name)
	js, _ := json.Marshal(d)
	fmt.Println(string(js))
	b := Branch{Nodes{Leaf(1), Branch{}}}
	fmt.Println(len(b.Children()), b)
	for it := count(3); ; {
		v, next := it()
		if next == nil {
			break
		}
		fmt.Print(v, " ")
		it = next
	}
	fmt.Println()
	rules := map[string]Rule{}
	rules["a"] = func(in string, rules map[string]Rule) (string, bool) {
		if strings.HasPrefix(in, "a") {
			return rules["a"](in[1:], rules)
		}
		return in, true
	}
	fmt.Println(rules["a"]("aab", rules))
	var p Ptr
	p = &struct {
		v    int
		next Ptr
	}{1, nil}
	p.next = &struct {
		v    int
		next Ptr
	}{2, p}
	p.next.next.v = 7
	fmt.Println(p.v, p.next.v, p.next.next == p)
	t := Tree2{{nil, &Tree2{}}}
	t[0][0] = &t
	fmt.Println(len(*t[0][0]), len(*t[0][1]))
	var e Env
	e.Set("k", Env{"q": nil})
	e.Set("a", nil)
	for k, v := range e.Walk() {
		fmt.Print(k, len(v), v == nil, " ")
	}
	fmt.Println(e)
	h := holder{env: e, list: []Env{nil, e}}
	h.arr[1] = h.env
	h.arr[1]["new"] = h.arr[0]
	fmt.Println(len(h.env), h.list[0] == nil, len(h.list[1]), h.f == nil, h.arr)
	hp := &h
	hp.env["k"]["z"] = Env{}
	hp.list = append(hp.list, nil, hp.env["k"])
	fmt.Println(hp.list, variadic(), variadic(nil), variadic(hp.list...))
	x, it := pair()
	_, it = it()
	fmt.Println(x, it != nil, apply(e))
	var s Stack[int]
	s = append(s, nil, Stack[int]{nil})
	for i, c := range s {
		fmt.Print(i, len(c), " ")
	}
	fmt.Println(cap(s[:1:1]))
	var err2 error = E(func() E { return nil })
	fmt.Println(err2, err2.(E)() == nil)
	var asAny any = e["k"]
	m, ok := asAny.(Env)
	fmt.Println(ok, len(m))
	_, ok = asAny.(map[string]Env)
	fmt.Println(ok)
	plain := map[string]Env(e)
	plain["via"] = nil
	fmt.Println(len(e), len(plain))
	var unnamed map[string]Env = e
	e = unnamed
	fmt.Println(len(e))
	fn := e.Walk
	n := 0
	for range fn() {
		n++
	}
	fmt.Println(n, fmt.Sprintf("%v|%T|%d", e, e, len(e)))
	func(e2 Env) { e2["f"] = e2 }(Env{})
	ch := make(chan Env, 2)
	ch <- e
	ch <- nil
	fmt.Println(len(<-ch), <-ch == nil)
	ee := map[string]Env{"x": {"y": nil}}
	for k, v := range ee {
		fmt.Println(k, v)
	}
	a, bb := Env{"1": nil}, Env(nil)
	a, bb = bb, a
	fmt.Println(a, bb, a == nil)
	if v, ok := bb["1"]; ok {
		fmt.Println(v == nil)
	}
	var fs []Mid
	for i := range 3 {
		fs = append(fs, func(m Mid) Mid { n += i; return m })
	}
	for _, f := range fs {
		f = f(fs[0])
		f(nil)
	}
	fmt.Println(n)
	defer func() { fmt.Println(recover()) }()
	var nilf Mid
	nilf(nil)
}
