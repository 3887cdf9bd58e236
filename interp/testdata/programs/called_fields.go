package main

import (
	"container/list"
	"fmt"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
)

type Unit struct {
	value float64
	next  *Unit
	arr   [3]int
	list  []*Unit
}

func (u *Unit) self() *Unit { return u }
func (u Unit) copy() Unit   { return u }

type gen[T any] struct{ v T }

func (g *gen[T]) get() T        { return g.v }
func (g gen[T]) ptr() *T        { return &g.v }
func id[T any](x T) T           { return x }
func mk() (func() *Unit, error) { return func() *Unit { return &Unit{value: 5} }, nil }

type maker func() *Unit

func (m maker) make() *Unit { return m() }

type hasUnit interface{ self() *Unit }
type embeds struct{ hasUnit }
type outer struct{ *embeds }

func main() {
	u := &Unit{1, &Unit{value: 2}, [3]int{1, 2, 3}, []*Unit{{value: 7}}}
	var a any = func() *Unit { return u }
	fmt.Println(a.(func() *Unit)().value, a.(func() *Unit)().list[0].value)
	m := map[string]func() *Unit{"f": func() *Unit { return u }}
	fmt.Println(m["f"]().value, m["f"]().next.value)
	s := []func() Unit{func() Unit { return *u }}
	fmt.Println(s[0]().value, s[0]().arr[1], s[0]().list[0].value)
	h := struct{ f func() *Unit }{func() *Unit { return u }}
	fmt.Println(h.f().value, h.f().self().value, h.f().copy().next.value)
	c := make(chan *Unit, 3)
	c <- u
	c <- u
	fmt.Println((<-c).value, (<-c).next.value)
	var x any = u
	fmt.Println(x.(*Unit).value, x.(*Unit).self().value, x.(hasUnit).self().value)
	x = *u
	fmt.Println(x.(Unit).value, x.(Unit).arr[2], x.(Unit).copy().value)
	g := gen[*Unit]{u}
	fmt.Println(g.get().value, (*g.ptr()).value, id(u).value, id(*u).value, id(g).v.value)
	var mm sync.Map
	mm.Store("k", u)
	v, _ := mm.Load("k")
	fmt.Println(v.(*Unit).value)
	var ap atomic.Pointer[Unit]
	ap.Store(u)
	fmt.Println(ap.Load().value, ap.Load().next.value)
	l := list.New()
	l.PushBack(u)
	fmt.Println(l.Front().Value.(*Unit).value)
	f, _ := mk()
	fmt.Println(f().value, maker(f).make().value, maker(func() *Unit { return u }).make().list[0].value)
	e := outer{&embeds{u}}
	fmt.Println(e.self().value, e.embeds.hasUnit.self().value, e.hasUnit.self().next.value)
	e.self().value = 10
	e.self().arr[0]++
	e.self().list[0].value += 2
	fmt.Println(*e.self().next, e.self().arr, u.list[0].value)
	fmt.Println(slices.MaxFunc([]*Unit{u, u.next}, func(a, b *Unit) int { return int(a.value - b.value) }).value)
	for _, v := range slices.SortedFunc(maps.Values(map[int]*Unit{1: u}), func(a, b *Unit) int { return 0 }) {
		fmt.Println(v.value)
	}
	once := sync.OnceValue(func() *Unit { return u })
	fmt.Println(once().value, func() *Unit { return u }().value)
	p := sync.Pool{New: func() any { return u }}
	fmt.Println(p.Get().(*Unit).value)
	arr := [2]hasUnit{u, u.next}
	fmt.Println(arr[1].self().value, arr[:][0].self().list[0].value)
	meth := hasUnit.self
	fmt.Println(meth(u).value, (*Unit).self(u).value, Unit.copy(*u).value)
	bound := arr[0].self
	fmt.Println(bound().value, bound().copy().arr)
}
