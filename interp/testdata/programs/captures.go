package main

import "fmt"

type S struct {
	n  int
	fs []func() int
	m  map[string]func(*S) int
}

func (s S) get() int                        { return s.n }
func (s *S) inc() int                       { s.n++; return s.n }
func (s *S) both() (func() int, func() int) { return s.get, s.inc }

func adder() func(int) int { s := 0; return func(x int) int { s += x; return s } }
func fibgen() func() int {
	a, b := 0, 1
	return func() int { defer func() { a, b = b, a+b }(); return a }
}
func apply(fs ...func(int) int) func(int) int {
	return func(x int) int {
		for _, f := range fs {
			x = f(x)
		}
		return x
	}
}
func named() (x int, get func() int) {
	get = func() int { return x }
	x = 5
	return x + 1, get
}
func params(a int, b []int, c *int, d [2]int) func() (int, []int, int, [2]int) {
	return func() (int, []int, int, [2]int) { a++; b[0]++; *c++; d[0]++; return a, b, *c, d }
}
func shadow(x int) []func() int {
	var fs []func() int
	fs = append(fs, func() int { return x })
	x++
	{
		x := x * 10
		fs = append(fs, func() int { x++; return x })
	}
	if x := x + 100; x > 0 {
		fs = append(fs, func() int { return x })
		x = -1
	}
	for x := x; x < 5; x++ {
		fs = append(fs, func() int { return x })
	}
	switch x := any(x).(type) {
	case int:
		fs = append(fs, func() int { x *= 2; return x })
	}
	func(x int) { fs = append(fs, func() int { return x }) }(x * 1000)
	return fs
}
func mutual() (func(int) bool, func(int) bool) {
	var even, odd func(int) bool
	even = func(n int) bool { return n == 0 || odd(n-1) }
	odd = func(n int) bool { return n != 0 && even(n-1) }
	return even, odd
}

type Node struct {
	v    int
	l, r *Node
}

func walker(n *Node) func(func(int) bool) bool {
	var w func(*Node, func(int) bool) bool
	w = func(n *Node, y func(int) bool) bool {
		return n == nil || w(n.l, y) && y(n.v) && w(n.r, y)
	}
	return func(y func(int) bool) bool { return w(n, y) }
}

func main() {
	add := adder()
	add(1)
	add(2)
	other := adder()
	fmt.Println(add(3), other(10), add(0))
	f := fibgen()
	for range 10 {
		fmt.Print(f(), " ")
	}
	fmt.Println()
	fmt.Println(apply(func(x int) int { return x + 1 }, func(x int) int { return x * 2 }, add)(5))
	x, get := named()
	fmt.Println(x, get())
	b, c := []int{1}, 7
	p := params(1, b, &c, [2]int{5, 6})
	fmt.Println(p())
	fmt.Println(p())
	fmt.Println(b, c)
	for _, f := range shadow(1) {
		fmt.Print(f(), f(), " ")
	}
	fmt.Println()
	even, odd := mutual()
	fmt.Println(even(10), odd(7), even(7))
	s := S{n: 1}
	g, i := s.both()
	i()
	i()
	fmt.Println(g(), s.n, s.get())
	s2 := s
	i()
	fmt.Println(s.n, s2.n)
	for k := range 3 {
		s.fs = append(s.fs, func() int { k += s.n; return k })
	}
	s.n = 100
	fmt.Println(s.fs[0](), s.fs[0](), s.fs[1](), s.fs[2]())
	s.m = map[string]func(*S) int{"get": func(s *S) int { return s.n }, "inc": (*S).inc}
	fmt.Println(s.m["inc"](&s2), s.m["get"](&s2), s.m["get"](&s))
	// loop variable forms
	var fs [4][]func() int
	for i := 0; i < 3; i++ {
		fs[0] = append(fs[0], func() int { return i })
		if i == 1 {
			i++
			fs[0] = append(fs[0], func() int { i++; return i })
		}
	}
	for i, v := range []int{10, 20} {
		fs[1] = append(fs[1], func() int { v += i; return v })
	}
	for k, v := range map[string]int{"a": 1} {
		fs[2] = append(fs[2], func() int { v += len(k); return v })
	}
	var i2 int
	for i2 = 0; i2 < 2; i2++ {
		fs[3] = append(fs[3], func() int { return i2 })
	}
	for _, l := range fs {
		for _, f := range l {
			fmt.Print(f(), f(), " ")
		}
		fmt.Print("; ")
	}
	fmt.Println()
	// loop with continue and closure modifying the variable
	var ptrs []*int
	for i := 0; i < 5; i++ {
		ptrs = append(ptrs, &i)
		inc := func() { i++ }
		if i%2 == 0 {
			inc()
			continue
		}
	}
	for _, p := range ptrs {
		fmt.Print(*p, " ")
	}
	fmt.Println()
	// goroutines
	ch := make(chan int)
	for i := range 3 {
		go func() { ch <- i * i }()
	}
	sum := 0
	for range 3 {
		sum += <-ch
	}
	fmt.Println(sum)
	t := &Node{5, &Node{3, nil, nil}, &Node{8, &Node{6, nil, nil}, nil}}
	walker(t)(func(v int) bool { fmt.Print(v, " "); return v < 6 })
	fmt.Println()
	// immediately invoked with same names
	v := func(v int) int { return func() int { v := v * 2; return v }() }(21)
	fmt.Println(v)
	// closure stored in struct, copied
	type box struct {
		val int
		f   func() int
	}
	b1 := box{val: 1}
	b1.f = func() int { b1.val++; return b1.val }
	b2 := b1
	b2.f()
	b2.f()
	fmt.Println(b1.val, b2.val)
	// array of closures, closures in map by key, deferred
	arr := [3]func(int) int{func(x int) int { return x }, nil, func(x int) int { return -x }}
	for i, f := range arr {
		if f != nil {
			fmt.Print(f(i+1), " ")
		}
	}
	fmt.Println(arr[1] == nil)
	func() {
		y := 1
		defer func() { fmt.Println("y", y) }()
		z := &y
		*z = 2
		func() { y += 5 }()
	}()
	counter := map[string]func() int{}
	for _, k := range []string{"a", "b"} {
		n := 0
		counter[k] = func() int { n++; return n }
	}
	counter["a"]()
	counter["a"]()
	fmt.Println(counter["a"](), counter["b"]())
	var rec func(n int, acc []int) []int
	rec = func(n int, acc []int) []int {
		if n == 0 {
			return acc
		}
		return rec(n-1, append(acc, n))
	}
	fmt.Println(rec(4, nil))
	perms := [][]int{}
	var perm func([]int, int)
	perm = func(a []int, k int) {
		if k == len(a) {
			perms = append(perms, append([]int{}, a...))
			return
		}
		for i := k; i < len(a); i++ {
			a[k], a[i] = a[i], a[k]
			perm(a, k+1)
			a[k], a[i] = a[i], a[k]
		}
	}
	perm([]int{1, 2, 3}, 0)
	fmt.Println(perms)
	switch f := func() int { return 3 }; f() {
	case 3:
		fmt.Println("three", f())
	}
	if f := add; f(1) > 0 {
		fmt.Println(f(0) == add(0))
	}
	lazy := func() func() int {
		var val *int
		return func() int {
			if val == nil {
				fmt.Print("[compute]")
				val = new(int)
				*val = 42
			}
			return *val
		}
	}()
	fmt.Println(lazy(), lazy())
}
