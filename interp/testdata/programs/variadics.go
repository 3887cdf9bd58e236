// Variadic parameters are nil where nothing is passed, whatever way the call goes.
package main

import "fmt"

type T struct{}

func (T) m(xs ...int)          { fmt.Println("m", xs == nil, len(xs)) }
func d(s string, xs ...string) { fmt.Println("d", xs == nil, len(xs)) }
func g[E any](xs ...E)         { fmt.Println("g", xs == nil, len(xs)) }
func e(xs ...any)              { fmt.Println("e", xs == nil, len(xs)) }
func r(xs ...int) []int        { return xs }
func pass(xs ...int)           { d2(xs...) }
func d2(xs ...int)             { fmt.Println("d2", xs == nil, len(xs)) }

type I interface{ m(xs ...int) }

func main() {
	T{}.m()
	d("a")
	g[int]()
	e()
	fmt.Println(r() == nil)
	pass()
	d2([]int{}...)
	d2(nil...)
	f := func(xs ...int) { fmt.Println("f", xs == nil, len(xs)) }
	f()
	f(1)
	func(xs ...int) { fmt.Println("lit", xs == nil) }()
	func(a int, xs ...*T) { fmt.Println("lit2", xs == nil) }(1)
	var i I = T{}
	i.m()
	i.m(1, 2)
	h := T{}.m
	h()
	k := T.m
	k(T{})
	v := d
	v("x")
	defer d2()
	defer f()
	defer func(xs ...int) { fmt.Println("deferred", xs == nil) }()
	done := make(chan bool)
	go func(xs ...int) { fmt.Println("go", xs == nil); done <- true }()
	<-done
	w := g[string]
	w()
	m := map[string]func(...int){"f": f}
	m["f"]()
	s := struct{ f func(...int) }{f}
	s.f()
	fs := []func(xs ...any){e}
	fs[0]()
	fs[0](nil)
	fs[0]([]any(nil)...)
}
