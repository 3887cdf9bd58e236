package main

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
)

type P struct {
	X, y int
	name string
}
type Q struct {
	P
	m map[string]int
	f func(int) int
	c chan int
	i any
	e error
	s fmt.Stringer
	p *P
	l []P
}
type L []int

func (l L) Len() int { return len(l) }

func try(name string, f func()) {
	defer func() {
		if p := recover(); p != nil {
			fmt.Println(name, "panic:", strings.SplitN(fmt.Sprint(p), " elements", 2)[0])
		}
	}()
	f()
}

func main() {
	vo := reflect.ValueOf
	p := P{1, 2, "n"}
	v := vo(&p).Elem()
	f := v.FieldByName("name")
	g := reflect.NewAt(f.Type(), f.Addr().UnsafePointer()).Elem()
	g.SetString("changed")
	fmt.Println(p, f.String(), f.CanAddr(), f.Addr().CanInterface())
	q := Q{P: p, m: map[string]int{"a": 1}, f: func(i int) int { return i }, i: P{5, 6, "x"}, p: &p, l: []P{p}}
	qv := vo(&q).Elem()
	for i := range qv.NumField() {
		fv := qv.Field(i)
		fmt.Println(qv.Type().Field(i).Name, fv.Kind(), fv.Type(), fv.CanSet(), fv.CanInterface(), fv.CanAddr())
	}
	fmt.Println(qv.FieldByName("m").MapIndex(vo("a")), qv.FieldByName("m").MapKeys()[0], qv.FieldByName("i").Elem().Type(), qv.FieldByName("i").Elem().Field(0), qv.FieldByName("p").Elem().Field(1), qv.FieldByName("l").Index(0).Field(2), qv.FieldByName("e").IsNil(), qv.FieldByName("l"), qv.FieldByName("i"))
	for _, c := range []struct {
		n string
		f func()
	}{
		{"a", func() { qv.FieldByName("m").SetMapIndex(vo("b"), vo(1)) }},
		{"b", func() { qv.FieldByName("m").MapIndex(vo("a")).Interface() }},
		{"c", func() { qv.FieldByName("f").Call([]reflect.Value{vo(1)}) }},
		{"d", func() { qv.FieldByName("p").Elem().Field(0).SetInt(1) }},
		{"e", func() { qv.FieldByName("i").Elem().Field(0).Interface() }},
		{"f", func() { qv.FieldByName("l").Index(0).Set(vo(p)) }},
		{"g", func() { qv.FieldByName("l").Set(vo([]P{})) }},
		{"h", func() { vo(&p).Elem().Set(v.Field(1)) }},
		{"i", func() { vo(&p).Elem().Field(0).Set(v.Field(1)) }},
		{"j", func() { vo(map[string]int{}).SetMapIndex(v.FieldByName("name"), vo(1)) }},
		{"k", func() { fmt.Println(vo(map[string]int{"changed": 4}).MapIndex(v.FieldByName("name"))) }},
		{"l", func() { reflect.Append(vo([]int{}), v.Field(1)) }},
		{"m", func() { vo(strings.Repeat).Call([]reflect.Value{v.FieldByName("name"), vo(1)}) }},
		{"n", func() {
			fmt.Println(v.FieldByName("y").Int(), v.FieldByName("y").Convert(reflect.TypeOf(1.5)).CanInterface())
		}},
		{"o", func() { qv.FieldByName("l").Slice(0, 1).Interface() }},
		{"p", func() { fmt.Println(qv.FieldByName("l").Slice(0, 1).Len()) }},
		{"q", func() { qv.FieldByName("c").Send(vo(1)) }},
		{"r", func() { reflect.Copy(qv.FieldByName("l"), vo([]P{})) }},
		{"s", func() { vo([]int{1}).Index(0).SetInt(5) }},
		{"t", func() { vo([1]int{1}).Index(0).SetInt(5) }},
		{"u", func() { vo(map[string]P{"a": {}}).MapIndex(vo("a")).Field(0).SetInt(5) }},
		{"v", func() { reflect.MakeSlice(reflect.TypeOf(L{}), 1, 0) }},
		{"w", func() { reflect.MakeSlice(reflect.TypeOf(L{}), -1, 0) }},
		{"x", func() { reflect.MakeChan(reflect.TypeOf(make(chan P)), -1) }},
		{"y", func() { reflect.ArrayOf(-1, reflect.TypeOf(p)) }},
		{"z", func() { l := L{}; vo(&l).Elem().Grow(-1) }},
		{"A", func() { vo(L{}).Grow(3) }},
		{"B", func() { l := L{1}; vo(&l).Elem().Grow(10); fmt.Println(len(l), cap(l) >= 11) }},
		{"C", func() { l := L{1, 2, 3}; vo(&l).Elem().SetCap(1) }},
		{"D", func() { l := L{1, 2, 3}; vo(&l).Elem().SetCap(3); fmt.Println(cap(l)) }},
		{"E", func() { vo(L{1}).Slice3(0, 5, 2) }},
		{"F", func() { fmt.Println(vo(L{1, 2}).MethodByName("Len").Call(nil)[0]) }},
		{"G", func() { v.FieldByIndex([]int{0, 0}) }},
		{"H", func() { reflect.TypeOf(p).FieldByIndex([]int{9}) }},
		{"I", func() { vo(p).Convert(reflect.TypeFor[fmt.Stringer]()) }},
		{"J", func() { vo(&p).Elem().Addr().Elem().Field(0).SetInt(44); fmt.Println(p.X) }},
		{"K", func() { vo(p).Addr() }},
		{"L", func() { var it reflect.MapIter; it.Next() }},
		{"M", func() { it := vo(map[int]P{}).MapRange(); it.Key() }},
		{"N", func() {
			it := vo(map[int]P{1: p}).MapRange()
			it.Next()
			fmt.Println(it.Value().Field(0))
			it.Next()
			it.Next()
		}},
		{"O", func() { var it reflect.MapIter; it.Reset(vo(map[int]P{1: p})); fmt.Println(it.Next(), it.Key()) }},
		{"P", func() {
			reflect.Select([]reflect.SelectCase{{Dir: reflect.SelectSend, Chan: vo(make(chan int)), Send: vo("x")}})
		}},
		{"Q", func() { reflect.Swapper(p) }},
		{"R", func() { reflect.Swapper([]P{{}})(0, 3) }},
		{"S", func() { reflect.FuncOf([]reflect.Type{reflect.TypeOf(p)}, nil, true) }},
		{"T", func() { reflect.AppendSlice(vo([]P{}), vo([]int{})) }},
		{"U", func() { vo(strings.ToUpper).CallSlice([]reflect.Value{vo("a")}) }},
		{"V", func() { vo(3).SetInt(3) }},
		{"W", func() { vo(&p).SetInt(3) }},
		{"X", func() { vo(p).Pointer() }},
		{"Y", func() { vo(1).Complex() }},
		{"Z", func() { fmt.Println(vo("x").Bytes()) }},
	} {
		try(c.n, c.f)
	}
	var wg sync.WaitGroup
	var mu sync.Mutex
	m := map[string]P{}
	for i := range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 100 {
				mu.Lock()
				vo(m).SetMapIndex(vo(fmt.Sprint(i)), vo(P{X: i}))
				for range vo(m).Seq2() {
				}
				mu.Unlock()
			}
		}()
	}
	wg.Wait()
	fmt.Println(len(m))
}
