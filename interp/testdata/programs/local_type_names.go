package main

import "fmt"

type G[T any] struct{}

func f() {
	type A int
	{
		type B int
		fmt.Printf("%T %T %T\n", B(1), G[B]{}, G[A]{})
	}
	_ = func() {
		type C int
	}
	type D int
	fmt.Printf("%T %T\n", D(1), G[D]{})
}

func g[X any]() {
	type A int
	type B struct{ x X }
	fmt.Printf("%T %T %T %T %T\n", A(1), B{}, G[A]{}, G[B]{}, []B{})
}

func main() {
	f()
	g[int]()
	type Q int
	g[Q]()
	g[G[Q]]()
}
