package main

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
)

func Count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer fmt.Print("[end]")
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}
func Map[T, U any](s iter.Seq[T], f func(T) U) iter.Seq[U] {
	return func(yield func(U) bool) {
		for v := range s {
			if !yield(f(v)) {
				return
			}
		}
	}
}
func Filter[T any](s iter.Seq[T], f func(T) bool) iter.Seq[T] {
	return func(yield func(T) bool) {
		s(func(v T) bool { return !f(v) || yield(v) })
	}
}
func Take[T any](s iter.Seq[T], n int) iter.Seq[T] {
	return func(yield func(T) bool) {
		if n <= 0 {
			return
		}
		i := 0
		for v := range s {
			if !yield(v) {
				return
			}
			if i++; i == n {
				return
			}
		}
	}
}
func Enumerate[T any](s iter.Seq[T]) iter.Seq2[int, T] {
	return func(yield func(int, T) bool) {
		i := 0
		for v := range s {
			if !yield(i, v) {
				break
			}
			i++
		}
	}
}

type Tree[T cmp.Ordered] struct {
	l, r *Tree[T]
	v    T
}

func (t *Tree[T]) Insert(v T) *Tree[T] {
	if t == nil {
		return &Tree[T]{v: v}
	}
	if v < t.v {
		t.l = t.l.Insert(v)
	} else {
		t.r = t.r.Insert(v)
	}
	return t
}
func (t *Tree[T]) All(yield func(T) bool) { t.push(yield) }
func (t *Tree[T]) push(yield func(T) bool) bool {
	if t == nil {
		return true
	}
	return t.l.push(yield) && yield(t.v) && t.r.push(yield)
}
func find(s iter.Seq[int], want int) (idx int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("r:%v", r)
		}
	}()
	idx = -1
	for i, v := range Enumerate(s) {
		if v == want {
			return i, nil
		}
		if v > 50 {
			panic("too far")
		}
	}
	return idx, errors.New("none")
}

func pairs() iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		_ = yield("a", 1) && yield("b", 2) && yield("c", 3)
	}
}

func fibs() func(func(int) bool) {
	return func(yield func(int) bool) {
		for a, b := 0, 1; yield(a); a, b = b, a+b {
		}
	}
}

func main() {
	for i := range Count(3) {
		fmt.Print(i, " ")
	}
	fmt.Println()
	for s := range Map(Filter(Count(10), func(i int) bool { return i%2 == 1 }), func(i int) string { return strings.Repeat("x", i) }) {
		if len(s) > 5 {
			break
		}
		fmt.Print(s, " ")
	}
	fmt.Println()
	fmt.Println(slices.Collect(Take(Count(100), 4)))
	fmt.Println(find(Count(100), 5))
	fmt.Println(find(Count(3), 5))
	fmt.Println(find(Map(Count(9), func(i int) int { return i * 10 }), 5))
	var t *Tree[string]
	for _, w := range strings.Fields("m c x a d z") {
		t = t.Insert(w)
	}
	for v := range t.All {
		if v == "x" {
			break
		}
		fmt.Print(v, " ")
	}
	fmt.Println(slices.Sorted(t.All), slices.Collect(maps.Keys(maps.Collect(pairs())))[0] != "")
outer:
	for i := range Count(4) {
		for j := range Count(4) {
			if j == 2 {
				continue outer
			}
			if i == 2 {
				break outer
			}
			fmt.Print(i, j, " ")
		}
	}
	fmt.Println()
	for range Count(2) {
		fmt.Print(".")
	}
	next, stop := iter.Pull(Count(3))
	for {
		v, ok := next()
		fmt.Print(v, ok, " ")
		if !ok {
			break
		}
	}
	stop()
	n2, stop2 := iter.Pull2(pairs())
	k, v, ok := n2()
	stop2()
	_, _, ok2 := n2()
	fmt.Println(k, v, ok, ok2)
	for f := range fibs() {
		if f > 50 {
			break
		}
		fmt.Print(f, " ")
	}
	fmt.Println()
	var fs []func() int
	for i := range Count(3) {
		defer func() { fmt.Print("d", i, " ") }()
		fs = append(fs, func() int { i *= 2; return i })
	}
	for _, f := range fs {
		fmt.Print(f(), f(), " ")
	}
	fmt.Println()
	for i, c := range slices.Backward([]string{"a", "b"}) {
		fmt.Print(i, c, " ")
	}
	for c := range slices.Chunk([]int{1, 2, 3, 4, 5}, 2) {
		fmt.Print(c, " ")
	}
	for s := range strings.SplitSeq("a,b,c", ",") {
		fmt.Print(s, ";")
	}
	for l := range strings.Lines("x\ny\n") {
		fmt.Printf("%q", l)
	}
	for i, s := range slices.All([]string{"p", "q"}) {
		fmt.Print(i, s)
	}
	fmt.Println()
	m := map[string]int{"z": 26, "a": 1, "m": 13}
	for _, k := range slices.Sorted(maps.Keys(m)) {
		fmt.Print(k, m[k], " ")
	}
	fmt.Println(slices.Collect(maps.Values(map[int]string{1: "one"})), slices.SortedFunc(maps.Values(m), func(a, b int) int { return b - a }))
	sum := 0
	for i := range 5 {
		sum += i
	}
	var u8 uint8 = 3
	for i := range u8 {
		fmt.Printf("%T%d ", i, i)
	}
	for i := range int64(2) {
		fmt.Printf("%T%d ", i, i)
	}
	fmt.Println(sum)
	func() {
		defer func() { fmt.Println("rec:", recover()) }()
		for i := range Count(5) {
			if i == 1 {
				panic("in body")
			}
		}
	}()
	res := func() string {
		for k, v := range pairs() {
			switch {
			case v == 2:
				return k + "!"
			}
		}
		return "none"
	}()
	fmt.Println(res)
	goto done
done:
	x, y := func() (int, string) {
		for i := range Count(9) {
			for k, v := range pairs() {
				if i*v == 6 {
					return i, k
				}
			}
		}
		return 0, ""
	}()
	fmt.Println(x, y)
}
