package main

import "fmt"

type L int

func (l L) String() string { return "L" }

type S struct{ a int }
type T struct {
	xs []any
	m  map[string]any
	a  [2]any
	ns [][]any
	e  []error
	X  []any
	p  *[]any
}
type Er struct{ s string }

func (e Er) Error() string { return e.s }

type Node interface{ K() Nodes }
type Nodes []Node
type B struct{ kids Nodes }

func (b B) K() Nodes { return b.kids }

func main() {
	t := T{[]any{L(1), S{2}, 3, nil}, map[string]any{"k": L(2)}, [2]any{S{1}, &S{2}}, [][]any{{L(3)}}, []error{Er{"x"}}, []any{L(1), S{2}}, nil}
	t.a[1] = nil
	fmt.Println(t)
	fmt.Printf("%+v\n", t)
	fmt.Println(B{Nodes{B{}, B{Nodes{nil}}}})
	fmt.Printf("%v %#v\n", []any{L(1), S{2}}, S{1})
	fmt.Println(map[L]S{1: {2}}, []S{{1}}, &S{3}, []*S{nil}, struct{ x L }{4}, struct{ X L }{4})
}
