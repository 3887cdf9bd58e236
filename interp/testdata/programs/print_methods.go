package main

import "fmt"

type N struct{ v int }

func (n *N) String() string {
	if n == nil {
		return "none"
	}
	return fmt.Sprint("N", n.v)
}

type E struct{}

func (e *E) Error() string {
	if e == nil {
		return "nil E"
	}
	return "E"
}

type G struct{ x int }

func (g *G) GoString() string {
	if g == nil {
		return "nilG"
	}
	return "G"
}

type V struct{ x int }

func (v V) String() string { return "V" }

type L []int

func (l *L) String() string { return fmt.Sprint("L", len(*l)) }

type M map[string]int

func (m M) String() string { return fmt.Sprint("M", len(m)) }

type B byte
type BS byte

func (b BS) String() string { return "bs" }

type W struct {
	N *N
	E error
	V *V
	n *N
}
type F func() string

func (f F) String() string {
	if f == nil {
		return "nil func"
	}
	return f()
}

type Bad struct{}

func (Bad) Error() string { panic(fmt.Errorf("deep %d", 3)) }

type BadG struct{}

func (BadG) GoString() string { panic("gs") }

type BadF struct{}

func (BadF) Format(fmt.State, rune) { panic("ff") }

type Chk [3]byte

type NP struct{ *N }

func main() {
	var n *N
	var e *E
	var v *V
	fmt.Println(n, []*N{nil, {3}}, map[string]*N{"a": nil}, W{})
	fmt.Printf("%v %s %q %d %+v\n", n, n, n, n, n)
	fmt.Println(e, []error{e, nil}, error(e))
	fmt.Printf("%v %s %+v %q\n", e, e, e, e)
	fmt.Printf("%#v %#v %#v\n", (*G)(nil), &G{1}, []*G{nil})
	fmt.Println(v, []any{v}, []*V{v}, []fmt.Stringer{v})
	fmt.Printf("%s %q %d\n", v, v, v)
	fmt.Println(W{E: e, V: v, n: nil})
	fmt.Printf("%v %+v\n", &W{}, &W{})
	fmt.Println(&L{1, 2}, L{1}, (*L)(nil), M(nil), M{"a": 1}, []M{nil})
	fmt.Printf("%s %x %v %d %q\n", []B("hi"), []B("hi"), []B("hi"), []B("hi"), [2]B{65, 66})
	fmt.Printf("%s %x %v %d %q\n", []BS("hi"), []BS("hi"), []BS("hi"), []BS("hi"), [2]BS{65, 66})
	fmt.Printf("%s %x %X %v\n", Chk{65, 66, 67}, Chk{1}, Chk{255}, Chk{1})
	fmt.Printf("%s %x\n", struct{ A []B }{[]B("x")}, map[string]Chk{"a": {1}})
	fmt.Println(F(nil), F(func() string { return "called" }), []F{nil})
	fmt.Println(Bad{}, []any{Bad{}}, struct{ E error }{Bad{}})
	fmt.Printf("%s %v %d %#v %#v %v\n", Bad{}, BadG{}, Bad{}, BadG{}, Bad{}, BadF{})
	fmt.Println(NP{}, NP{&N{1}}, &NP{&N{2}}, []NP{{nil}})
	fmt.Println(fmt.Sprint(n, e), fmt.Sprintf("%6v|%-8v|%08d", n, N{3}, &N{4}))
	var st fmt.Stringer = n
	fmt.Println(st.String(), st == nil, st)
	fmt.Printf("%x %X %x\n", V{1}, "hi", n)
	fmt.Printf("%#v %#v %#v %#v\n", n, v, W{}, []*N{nil})
	fmt.Printf("%v %v\n", struct{ n *N }{nil}, struct{ v V }{})
	fmt.Printf("%T %T %T\n", n, st, []any{n})
}
