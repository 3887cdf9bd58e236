package main

import "fmt"

type Dim map[string]int
type Unit struct {
	dims  Dim
	value float64
	next  *Unit
	arr   [3]int
}
type Uniter interface {
	Unit() *Unit
	Val() Unit
	Many() (Unit, error)
	List() []Unit
	Map() map[string]Unit
	Fn() func() *Unit
}

func (u *Unit) Unit() *Unit          { return u }
func (u *Unit) Val() Unit            { return *u }
func (u *Unit) Many() (Unit, error)  { return *u, nil }
func (u *Unit) List() []Unit         { return []Unit{*u, {value: 9}} }
func (u *Unit) Map() map[string]Unit { return map[string]Unit{"a": *u} }
func (u *Unit) Fn() func() *Unit     { return func() *Unit { return u } }
func (d Dim) matches(e Dim) bool     { return len(d) == len(e) }
func match(a, b Uniter) bool         { return a.Unit().dims.matches(b.Unit().dims) }
func value(a Uniter) float64         { return a.Unit().value + a.Val().value }

func main() {
	u := &Unit{Dim{"m": 1}, 2.5, &Unit{value: 7}, [3]int{1, 2, 3}}
	fmt.Println(match(u, u), value(u))
	var x Uniter = u
	x.Unit().value = 4
	x.Unit().value++
	x.Unit().next.value *= 2
	x.Unit().arr[1] = 8
	x.Unit().dims["k"] = 3
	fmt.Println(x.Unit().value, x.Val().next.value, x.Unit().arr, x.Val().arr[1], x.Unit().dims["k"], len(x.Val().dims))
	fmt.Println(x.List()[1].value, x.Map()["a"].value, x.Fn()().value, x.Unit().Unit().Val().value)
	p := &x.Unit().value
	*p = 11
	fmt.Println(u.value, x.Unit().next.Unit().value)
	if y := x.Unit().value; y > 3 && x.Unit().value < 20 {
		fmt.Println("in", y)
	}
	for i := 0; i < len(x.Unit().arr); i++ {
		fmt.Print(x.Unit().arr[i], " ")
	}
	switch x.Unit().value {
	case 11:
		fmt.Println("eleven")
	}
	f := func(v Uniter) Dim { return v.Unit().dims }
	fmt.Println(f(x), x.Unit().next.value == x.Val().next.value)
	defer fmt.Println(x.Unit().value)
	m := map[string]Uniter{"u": u}
	fmt.Println(m["u"].Unit().value, m["u"].Val().arr[2])
	m["u"].Unit().value = 1
	type holder struct{ u Uniter }
	h := holder{u}
	fmt.Println(h.u.Unit().value, h.u.Unit().next.value, h.u.Val().value)
}
