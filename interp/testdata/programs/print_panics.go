package main

import (
	"errors"
	"fmt"
)

type A struct{}

func (A) String() string { panic("boom") }

type B struct{ x int }

func (B) Error() string { panic(errors.New("bang")) }

type C int

func (C) GoString() string { panic(3) }

type D struct{ n int }

func (d D) String() string { return fmt.Sprint(10 / d.n) }

type P struct{ n int }

func (p *P) String() string { return fmt.Sprint(p.n) }

func main() {
	fmt.Printf("%s|%v|%d|%5s|%q\n", A{}, A{}, A{}, A{}, A{})
	fmt.Println(A{}, B{}, []A{{}}, map[string]B{"a": {}})
	fmt.Printf("%#v %#v\n", C(2), []C{1})
	fmt.Println(D{}, D{5}, []any{D{}}, struct{ D }{D{}})
	var p *P
	fmt.Println(p, []*P{nil}, struct{ Q fmt.Stringer }{p})
	s := fmt.Sprint(A{})
	fmt.Println(len(s), fmt.Sprintf("%v", error(B{})))
	fmt.Printf("%x %X\n", A{}, B{})
}
