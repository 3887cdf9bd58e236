package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"sort"
	"strings"
)

type A struct{ X int }
type B struct{ X int }
type P struct{ p *int }
type W struct {
	I any
	E error
	S fmt.Stringer
}
type Arr [2]any
type Fn func()
type E1 struct{ msg string }
type E2 string
type T int
type U int
type Cmp interface{ Less(Cmp) bool }
type Num int

func (e E1) Error() string    { return e.msg }
func (e *E2) Error() string   { return string(*e) }
func (t T) String() string    { return fmt.Sprint("T", int(t)) }
func (n Num) Less(o Cmp) bool { return n < o.(Num) }
func (n Num) String() string  { return fmt.Sprint("#", int(n)) }

func try(name string, f func() any) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println(name, "panic:", r)
		}
	}()
	fmt.Println(name, f())
}

type base interface{ Name() string }
type ext interface {
	base
	Ext() int
}
type impl struct{ n string }

func (i *impl) Name() string { return i.n }
func (i *impl) Ext() int     { return len(i.n) }

func ret(n int) error {
	switch n {
	case 0:
		return nil
	case 1:
		return E1{"one"}
	case 2:
		var p *E2
		return p
	case 3:
		e := E2("three")
		return &e
	}
	return io.EOF
}

func sw(v any) string {
	switch v {
	case 1:
		return "int 1"
	case 1.0:
		return "float 1"
	case "1":
		return "string 1"
	case T(1):
		return "T 1"
	case U(1):
		return "U 1"
	case A{1}:
		return "A 1"
	case B{1}:
		return "B 1"
	case [2]int{1, 1}:
		return "arr"
	case nil:
		return "nil"
	case io.EOF:
		return "EOF"
	case true:
		return "true"
	case 'a':
		return "rune"
	case byte('a'):
		return "byte"
	case error(E1{"x"}):
		return "E1x"
	}
	return fmt.Sprintf("? %T", v)
}

func main() {
	for _, v := range []any{1, 1.0, "1", T(1), U(1), A{1}, B{1}, [2]int{1, 1}, nil, io.EOF, true, 'a', byte('a'), E1{"x"}, int64(1), float32(1), &A{1}, [2]int64{1, 1}, struct{ X int }{1}} {
		fmt.Print(sw(v), ", ")
	}
	fmt.Println()
	n := 1
	try("func==", func() any { var a, b any = Fn(nil), Fn(nil); return a == b })
	try("slice==", func() any { var a any = []int{}; return a == a })
	try("map==nil", func() any { var a any = map[int]int(nil); return a == nil })
	try("diff types uncomparable", func() any { var a, b any = []int{}, []string{}; return a == b })
	try("struct w/ iface slice", func() any { a, b := W{I: []int{}}, W{I: []int{}}; return a == b })
	try("struct early diff", func() any { a, b := W{I: 1, E: io.EOF}, W{I: 2, E: E1{}}; return a == b })
	try("array any", func() any { return Arr{1, "a"} == Arr{1, "a"} })
	try("array any uncmp", func() any { return Arr{1, []int{}} == Arr{1, []int{}} })
	try("array any first differs", func() any { return Arr{1, []int{}} == Arr{2, []int{}} })
	try("nan", func() any { var a any = math.NaN(); return a == a })
	try("ptr struct", func() any { return P{&n} == P{&n} })
	try("W eq", func() any { return W{T(1), E1{"a"}, T(2)} == W{T(1), E1{"a"}, T(2)} })
	try("W map key", func() any { m := map[W]int{{T(1), io.EOF, nil}: 5}; return m[W{T(1), io.EOF, nil}] })
	try("W map key uncmp", func() any { m := map[W]int{}; m[W{I: []int{1}}] = 1; return len(m) })
	try("any key", func() any {
		m := map[any]string{A{1}: "A", B{1}: "B", T(1): "T", U(1): "U", 1: "int", Arr{1, T(1)}: "arr", E1{"k"}: "e"}
		return []string{m[A{1}], m[B{1}], m[T(1)], m[U(1)], m[1], m[Arr{1, T(1)}], m[Arr{1, U(1)}], m[E1{"k"}], fmt.Sprint(len(m))}
	})
	try("nan keys", func() any {
		m := map[float64]int{math.NaN(): 1, math.NaN(): 2}
		m[math.NaN()] = 3
		delete(m, math.NaN())
		l := len(m)
		clear(m)
		return []int{l, len(m)}
	})
	try("-0 key", func() any { m := map[float64]string{0: "zero"}; return m[math.Copysign(0, -1)] })
	for i := range 5 {
		err := ret(i)
		fmt.Print(err == nil, " ", err == ret(i), " ")
		if i != 2 {
			fmt.Print(err, " ")
		}
		var e1 E1
		var e2 *E2
		fmt.Println(errors.As(err, &e1), errors.As(err, &e2), e2 == nil)
	}
	var b base = &impl{"abc"}
	e, ok := b.(ext)
	fmt.Println(ok, e.Ext(), e.(base) == b, b == base(e), any(e) == any(b))
	var nilB base
	_, ok = nilB.(ext)
	fmt.Println(ok, nilB == nil, any(nilB) == nil)
	try("nil assert", func() any { return nilB.(ext) })
	try("wrong assert", func() any { return b.(interface{ Nope() }) })
	try("wrong concrete", func() any { var a any = T(1); return a.(U) })
	try("wrong concrete2", func() any { var a fmt.Stringer = T(1); return a.(Num) })
	var typedNil *impl
	b = typedNil
	fmt.Println(b == nil, b != nil, b == (*impl)(nil), b.(*impl) == nil)
	try("nil method", func() any { return b.Name() })
	ns := []Cmp{Num(3), Num(1), Num(2)}
	sort.Slice(ns, func(i, j int) bool { return ns[i].Less(ns[j]) })
	fmt.Println(ns, ns[0] == Cmp(Num(1)), ns[0] == Num(1))
	var a1, a2 any = T(1), T(1)
	p1, p2 := &a1, &a2
	fmt.Println(a1 == a2, p1 == p2, *p1 == *p2, a1 == any(U(1)))
	*p1 = U(7)
	fmt.Println(a1, a1 == U(7))
	var st fmt.Stringer = T(1)
	fmt.Println(st == T(1), T(1) == st, st == Num(1), st != nil)
	is := []any{1, "a", nil, T(3), []int{1}, map[string]int{"z": 1}, A{2}, &n == nil, struct{}{}}
	fmt.Println(is...)
	fmt.Println(len(is), is[3].(T)+1, is[5].(map[string]int)["z"])
	m := map[string]any{"a": map[string]any{"b": []any{1, map[string]any{"c": T(9)}}}}
	fmt.Println(m["a"].(map[string]any)["b"].([]any)[1].(map[string]any)["c"].(T), m)
	var w io.Writer = &strings.Builder{}
	fmt.Fprint(w, T(4), A{5})
	fmt.Println(w.(fmt.Stringer).String(), w.(*strings.Builder).Len())
	_, isRF := w.(io.ReaderFrom)
	_, isSW := w.(io.StringWriter)
	fmt.Println(isRF, isSW)
	ch := make(chan any, 3)
	ch <- T(1)
	ch <- nil
	ch <- A{1}
	close(ch)
	for v := range ch {
		switch v := v.(type) {
		case T:
			fmt.Print("T:", v, " ")
		case nil:
			fmt.Print("nil ")
		default:
			fmt.Printf("%T:%v ", v, v)
		}
	}
	fmt.Println()
	type key struct {
		a any
		b [2]T
	}
	km := map[key]string{{T(1), [2]T{1, 2}}: "x"}
	fmt.Println(km[key{T(1), [2]T{1, 2}}], km[key{U(1), [2]T{1, 2}}] == "", km)
	f := func(vs ...any) string {
		s := ""
		for _, v := range vs {
			switch v.(type) {
			case int, T:
				s += "i"
			case fmt.Stringer, error:
				s += "s"
			case nil:
				s += "n"
			default:
				s += "?"
			}
		}
		return s
	}
	fmt.Println(f(1, T(1), U(1), Num(1), E1{}, nil, A{}), f(), f(nil), f([]any{1, nil}...))
}
