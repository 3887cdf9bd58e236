package main

import (
	"errors"
	"fmt"
	"strings"
)

type List []any
type Named func(...any) string
type S struct{ pre string }

func a(vs ...any) string {
	var ss []string
	for _, v := range vs {
		ss = append(ss, fmt.Sprintf("%T:%v", v, v))
	}
	return fmt.Sprint(len(vs), strings.Join(ss, " "))
}
func b(pre string, vs ...any) string      { return pre + a(vs...) + a(vs) + a(pre, vs, 1) }
func (s S) m(vs ...any) string            { return s.pre + a(vs...) }
func (s *S) pm(n int, vs ...[]any) string { return s.pre + fmt.Sprint(n, len(vs), vs) }
func first(l []any, vs ...any) string     { return fmt.Sprint(l, len(vs), vs) }
func firstOf() ([]any, []any)             { return []any{1}, []any{2} }
func push[T any](l []T, vs ...T) []T      { return append(l, vs...) }
func two() ([]any, int)                   { return []any{1}, 2 }
func three() (int, []any, error)          { return 1, []any{"x"}, errors.New("e") }
func one() []any                          { return []any{5, 6} }
func g[T any](vs ...T) string             { return fmt.Sprintf("%d %T %v", len(vs), vs, vs) }
func errs(es ...error) int                { return len(es) }
func fs(fs ...func(...any) string) string {
	s := ""
	for _, f := range fs {
		s += f([]any{1}) + f(1, []any{2}) + f()
	}
	return s
}

type multi interface{ m(...any) string }

func main() {
	fmt.Println(a([]any{1}), a(1, []any{2}, 3), a([]any{1}, []any{2}), a([]any{1, 2}...), a([]any(nil)), a([]any(nil)...), a(nil), a(nil, nil))
	fmt.Println(a(List{1}), a(List{1}...), a([]string{"x"}), a([]int{1}, 2), a([][]any{{1}}))
	fmt.Println(b("p", []any{1}), b("q", 1, []any{2}), b("r"))
	s := &S{"s"}
	var mi multi = s
	fmt.Println(s.m([]any{1}), s.m(1, []any{2}), mi.m([]any{3}), mi.m(1, []any{3}), s.pm(1, []any{1}, nil), s.pm(2))
	fmt.Println(a(two()), a(three()), a(one()), a(one()...))
	fmt.Println(g([]any{1}), g[any]([]any{1}), g[any](1, []any{2}), g([]any{1}, []any{2}), g[any]([]any{1}...), g([]int{1}), g(1, 2))
	fmt.Println(errs(), errs(nil), errs(nil, nil), errs([]error{nil}...))
	fmt.Println(fs(a, s.m, func(vs ...any) string { return fmt.Sprint("lit", len(vs)) }))
	f := Named(a)
	fmt.Println(f([]any{1}), f(one(), 1), func(vs ...any) int { return len(vs) }([]any{1, 2, 3}))
	defer func(vs ...any) { fmt.Println("deferred", len(vs), vs) }([]any{1, 2}, 3)
	defer fmt.Println(a([]any{1}))
	var q any = []any{1, 2}
	fmt.Println(a(q), a(q, q), a(q.([]any)...), a(q.([]any)))
	var l []any
	l = append(l, []any{1}, 2)
	l = append(l, []any{3})
	l = append(l, []any{4}...)
	l = append(l, l)
	fmt.Println(len(l), l)
	m := map[string][]any{"k": {1}}
	m["k"] = append(m["k"], []any{2})
	fmt.Println(m, a(m["k"]), a(m["k"]...))
	x := [2]any{1, []any{2}}
	fmt.Println(a(x), a(x[1]), a(x[:]...), a(x[:]))
	c := make(chan []any, 1)
	c <- []any{7}
	fmt.Println(a(<-c))
	fmt.Println(first([]any{1}), first([]any{1}, []any{2}), first(firstOf()), push[any]([]any{1}, []any{2}, 3), push([]int{1}, 2))
	me := S.m
	fmt.Println(me(*s, []any{1}), me(*s, 1, []any{1}))
}
