package main

import (
	"fmt"
	"io"
	"strings"
)

type Shape interface{ Area() float64 }
type Sq struct{ s float64 }
type Pt struct{ x int }
type N int

func (s Sq) Area() float64 { return s.s }

func as[T any](x any) (T, bool) {
	t, ok := x.(T)
	return t, ok
}

func ret(x any) (Shape, bool) {
	s, ok := x.(Shape)
	return s, ok
}

func main() {
	var x any = Pt{3}
	s, ok := x.(Shape)
	fmt.Println(s, ok, s == nil)
	r, ok := x.(io.Reader)
	fmt.Println(r, ok, r == nil)
	n, ok := x.(N)
	fmt.Println(n, ok)
	q, ok := x.(Sq)
	fmt.Println(q, ok)
	p, ok := x.(*Pt)
	fmt.Println(p, ok)
	i, ok := x.(int)
	fmt.Println(i, ok)
	x = strings.NewReader("x")
	w, ok := x.(io.Writer)
	fmt.Println(w, ok, w == nil)
	s, ok = x.(Shape)
	fmt.Println(s, ok)
	fmt.Println(as[Shape](Pt{1}))
	fmt.Println(as[interface{ A() }](Pt{1}))
	fmt.Println(as[io.Reader](3))
	fmt.Println(as[N](3))
	fmt.Println(as[error](Sq{1}))
	fmt.Println(as[any](nil))
	fmt.Println(ret(4))
	fmt.Println(ret(Pt{}))
	var e any = N(4)
	if v, ok := e.(Shape); !ok {
		fmt.Println(v)
	}
	switch v := e.(type) {
	case Shape:
		fmt.Println("shape", v)
	case N, Pt:
		fmt.Println("n", v)
	}
	var y any
	y, ok = e.(Shape)
	fmt.Println(y, ok)
	m := map[string]Shape{}
	m["a"], ok = e.(Shape)
	fmt.Println(m, ok)
}
