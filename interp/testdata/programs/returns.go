// Results of every kind in every place of a return statement.
package main

import (
	"errors"
	"fmt"
	"strings"
)

type row []float64

func (v row) Dims() (r, c int) { return 1, len(v) }

type pair struct{ a, b int }

func (p *pair) both() (int, int) { p.a++; return p.a, p.b }

func lens(a []int, s string) (int, int, int)      { return len(a), cap(a), len(s) }
func named(a []int) (n int, text string, ok bool) { n = 3; return len(a), "x", len(a) > 2 }
func texts(s string) (string, int)                { return s, len(s) }
func made(n int) ([]int, map[string]int, chan int) {
	return make([]int, n), make(map[string]int), make(chan int, n)
}
func grown(a []int) (bool, []int) { return true, append(a, 9) }
func fresh() (error, *int, *pair) { return nil, new(int), &pair{1, 2} }
func numbers(c complex128) (float64, float64, complex128) {
	return real(c), imag(c), complex(imag(c), real(c))
}
func extremes(a, b int) (int, int, int)      { return 5, min(a, b), max(a, b) }
func copied(dst, src []int) (string, int)    { return "n", copy(dst, src) }
func boxed(a []int) (any, any, error)        { return len(a), cap(a), errors.New("e") }
func floats(x float64) (float64, int, int8)  { return x / 2, int(x), int8(x) }
func calls(p *pair) (int, int, int)          { a, b := p.both(); return a, b, add(a, b) }
func add(a, b int) int                       { return a + b }
func spread(p *pair) (int, int)              { return p.both() }
func literal() (func() int, int)             { n := 4; return func() int { return n }, n }
func compare(a, b string) (bool, bool, bool) { return a < b, a == b, strings.Contains(a, b) }
func index(a []int, m map[string]int) (int, int, bool) {
	v, ok := m["k"]
	return a[len(a)-1], v, ok
}
func order(a *[]int) (int, int, int) {
	f := func() int { *a = append(*a, 1); return len(*a) }
	return f(), len(*a), f()
}
func deferred(a []int) (n int, c int) {
	defer func() { n *= 10 }()
	return len(a), cap(a)
}
func ranged(a []int) (int, int) {
	for i := range func(yield func(int) bool) { yield(7) } {
		return i, len(a)
	}
	return 0, 0
}
func generic[T any](xs []T) (T, int, []T) { return xs[0], len(xs), append([]T{}, xs[1:]...) }

func main() {
	a := make([]int, 3, 8)
	fmt.Println(row{1, 2, 3, 4}.Dims())
	fmt.Println(lens(a, "hello"))
	fmt.Println(named(a))
	fmt.Println(texts("abc"))
	x, y, z := made(2)
	fmt.Println(x, y, cap(z))
	fmt.Println(grown(a))
	e, p, q := fresh()
	fmt.Println(e, *p, *q)
	fmt.Println(numbers(3 + 4i))
	fmt.Println(extremes(8, 7))
	fmt.Println(copied(a, []int{1, 2}))
	fmt.Println(boxed(a))
	fmt.Println(floats(9))
	fmt.Println(calls(&pair{1, 2}))
	fmt.Println(spread(&pair{1, 2}))
	f, n := literal()
	fmt.Println(f(), n)
	fmt.Println(compare("abc", "b"))
	fmt.Println(index(a, map[string]int{"k": 5}))
	fmt.Println(deferred(a))
	fmt.Println(ranged(a))
	fmt.Println(generic([]string{"a", "b", "c"}))
	var b []int
	fmt.Println(order(&b))
	func() (int, int) { return 1, len(a) }()
	fmt.Println(func() (string, int, int) { return "l", len(a), cap(a) }())
	c := make(chan int, 5)
	c <- 1
	fmt.Println(func() (int, int, int) { return 0, len(c), cap(c) }())
}
