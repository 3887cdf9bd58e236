// Builtins, calls, conversions and operators in every place that takes an expression.
package main

import "fmt"

type st struct {
	n, m int
	f    float64
	s    []int
	in   struct{ k int }
}

var glob, glob2 = len("abc"), cap(make([]int, 2, 5))

func two(a, b int) (int, int)   { return b, a }
func three(a int, b ...int) int { return a*100 + len(b) }
func id[T any](x T) T           { return x }
func log(s string, n int) int   { fmt.Println(s, n); return n }
func ptr(n int) *int            { return &n }
func cond(b bool, x, y int) (int, int) {
	if b {
		return x, len(fmt.Sprint(y))
	}
	return cap(make([]int, y)), -x
}

func main() {
	a, b := []int{1, 2, 3}, make([]int, 1, 7)
	m := map[int]string{3: "three", 7: "seven"}
	x, y := len(a), cap(b)
	fmt.Println(x, y)
	x, y = cap(b), len(a)
	fmt.Println(x, y)
	x, y = y, len(b)
	fmt.Println(x, y)
	a[len(b)], x = cap(b), len(a)
	fmt.Println(a, x)
	fmt.Println(three(len(a), cap(b), len(b)), three(len(a)), three(len(b), a...))
	fmt.Println(two(len(a), cap(b)))
	s := st{len(a), cap(b), float64(len(a)) / 2, append(a, len(b)), struct{ k int }{len(m)}}
	fmt.Println(s)
	s.n, s.m = len(s.s), cap(s.s[:1:2])
	s.in.k = len(m)
	s.f = float64(cap(b)) * 1.5
	fmt.Println(s)
	p := &s
	p.n, p.in.k = -len(a), +cap(b)
	fmt.Println(*p, m[len(a)], m[cap(b)], []int{len(a), cap(b)}, [2]int{len(b)}, map[int]int{len(a): cap(b)})
	c := make(chan int, 3)
	c <- len(a)
	c <- cap(b)
	fmt.Println(<-c, len(c), cap(c))
	n := len(a)
	n += len(a)
	n -= cap(b) % len(a)
	n <<= len(b)
	n |= cap(b)
	fmt.Println(n, -len(a), ^len(a), len(a)&cap(b), len(a) > 2 && cap(b) == 7, !(len(a) > 2) || cap(b) < 3)
	*ptr(len(a)) = cap(b)
	q := ptr(len(a))
	*q = cap(b)
	*q += len(a)
	fmt.Println(*q)
	switch len(a) {
	case cap(b):
		fmt.Println("no")
	case len(b) + 2:
		fmt.Println("three")
	}
	switch {
	case len(a) > 5, cap(b) > 6:
		fmt.Println("either")
	}
	for i := len(a); i > len(b); i-- {
		fmt.Print(i, " ")
	}
	for i := range len(a) {
		fmt.Print(i, " ")
	}
	for i := range append(a, len(b)) {
		fmt.Print(i, " ")
	}
	fmt.Println()
	if k := len(a); k > cap(b) {
		fmt.Println("more")
	} else if k, l := len(b), cap(b); k < l {
		fmt.Println("less", k, l)
	}
	func() {
		defer fmt.Println("deferred", len(a), cap(b))
		defer func(n, m int) { fmt.Println("literal", n, m) }(len(a), cap(b))
		a = append(a, 1)
	}()
	done := make(chan [2]int)
	go func(n, m int) { done <- [2]int{n, m} }(len(a), cap(b))
	fmt.Println(<-done)
	var i any = len(a)
	var j interface{} = cap(b)
	fmt.Println(i, j, i == any(4), i.(int)+len(a))
	fmt.Println(cond(true, len(a), 12345))
	fmt.Println(cond(false, len(a), cap(b)))
	fmt.Println(id(len(a)), id(cap(b))+id(len("héllo")), len([]rune("héllo")), len([5]int{}), len(&[4]int{}))
	fmt.Println(copy(a, []int{9, 8}), a, min(len(a), cap(b)), max(2.5, float64(len(a))), min("b", "a"))
	f := func() (int, string, int) { return len(a), fmt.Sprint(cap(b)), copy(a, b) }
	u, v, w := f()
	fmt.Println(u, v, w)
	xs, n2 := append([]int{}, a...), len(append(a, 1, 2))
	xs[0], xs[1], n2 = len(xs), n2, xs[0]
	fmt.Println(xs, n2, glob, glob2)
	z := complex(float64(len(a)), float64(cap(b)))
	re, im := real(z), imag(z)
	fmt.Println(z, re, im, real(z)*2, -imag(z), complex(imag(z), real(z)) == z)
	bs := []byte("abc")
	bs = append(bs, "def"...)
	nn := copy(bs[1:], "ZZ")
	fmt.Println(string(bs), nn, len(string(bs)))
	var np *st
	fmt.Println(np == nil, len(s.s) == cap(s.s), s.s == nil)
	func(xs ...int) { fmt.Println(len(xs), cap(xs) >= len(xs), xs == nil) }()
	arr := [...]int{5: len("xx"), 1: cap(b)}
	fmt.Println(arr, len(arr))
	lbl := 0
loop:
	for len(a) > lbl {
		switch lbl++; {
		case lbl == cap(b):
			break loop
		case lbl < len(b):
			continue loop
		}
	}
	fmt.Println(lbl, log("one", len(a))+log("two", cap(b))*log("three", len(b)))
	delete(m, len(a)-1)
	clear(m)
	fmt.Println(len(m), new(int) != nil, *new(int))
	mm := map[string][]int{}
	mm["a"] = append(mm["a"], len(mm), len(mm))
	mm["b"], mm["c"] = make([]int, len(mm)), append(mm["a"], cap(b))
	fmt.Println(mm)
	print2 := fmt.Sprintln
	fmt.Print(print2(len(a), cap(b)))
}
