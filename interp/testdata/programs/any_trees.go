package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"strings"
)

type M = map[string]any
type L = []any
type Node struct {
	Val  any
	Kids []any
	Meta map[string]any
	F    any
}
type Op func(L) any
type Named []any
type NM map[string]any

func get(v any, path ...any) (any, bool) {
	for _, p := range path {
		switch p := p.(type) {
		case string:
			m, ok := v.(M)
			if !ok {
				return nil, false
			}
			if v, ok = m[p]; !ok {
				return nil, false
			}
		case int:
			l, ok := v.(L)
			if !ok || p >= len(l) {
				return nil, false
			}
			v = l[p]
		}
	}
	return v, true
}
func set(v any, val any, path ...any) any {
	if len(path) == 0 {
		return val
	}
	switch p := path[0].(type) {
	case string:
		m, _ := v.(M)
		if m == nil {
			m = M{}
		}
		m[p] = set(m[p], val, path[1:]...)
		return m
	case int:
		l, _ := v.(L)
		for len(l) <= p {
			l = append(l, nil)
		}
		l[p] = set(l[p], val, path[1:]...)
		return l
	}
	return v
}
func clone(v any) any {
	switch v := v.(type) {
	case M:
		m := make(M, len(v))
		for k, x := range v {
			m[k] = clone(x)
		}
		return m
	case L:
		l := make(L, len(v))
		for i, x := range v {
			l[i] = clone(x)
		}
		return l
	}
	return v
}
func flatten(v any) (out L) {
	switch v := v.(type) {
	case L:
		for _, x := range v {
			out = append(out, flatten(x)...)
		}
	case M:
		ks := make([]string, 0)
		for k := range v {
			ks = append(ks, k)
		}
		sort.Strings(ks)
		for _, k := range ks {
			out = append(out, k)
			out = append(out, flatten(v[k])...)
		}
	default:
		out = append(out, v)
	}
	return
}
func depth(v any) int {
	d := 0
	switch v := v.(type) {
	case L:
		for _, x := range v {
			d = max(d, depth(x))
		}
	case M:
		for _, x := range v {
			d = max(d, depth(x))
		}
	default:
		return 0
	}
	return d + 1
}

// a small lisp
func parse(toks *[]string) any {
	t := (*toks)[0]
	*toks = (*toks)[1:]
	if t == "(" {
		l := L{}
		for (*toks)[0] != ")" {
			l = append(l, parse(toks))
		}
		*toks = (*toks)[1:]
		return l
	}
	var n float64
	if _, err := fmt.Sscan(t, &n); err == nil {
		return n
	}
	return t
}

type Env struct {
	vars  M
	outer *Env
}

func (e *Env) find(s string) any {
	for ; e != nil; e = e.outer {
		if v, ok := e.vars[s]; ok {
			return v
		}
	}
	panic("unbound " + s)
}
func eval(x any, e *Env) any {
	for {
		switch v := x.(type) {
		case string:
			return e.find(v)
		case float64:
			return v
		case L:
			switch v[0] {
			case "if":
				if eval(v[1], e) != false {
					x = v[2]
				} else {
					x = v[3]
				}
				continue
			case "define":
				e.vars[v[1].(string)] = eval(v[2], e)
				return nil
			case "quote":
				return v[1]
			case "lambda":
				params, body := v[1].(L), v[2]
				return Op(func(args L) any {
					env := &Env{M{}, e}
					for i, p := range params {
						env.vars[p.(string)] = args[i]
					}
					return eval(body, env)
				})
			}
			f := eval(v[0], e).(Op)
			var args L
			for _, a := range v[1:] {
				args = append(args, eval(a, e))
			}
			return f(args)
		}
	}
}

func main() {
	var t any
	t = set(t, 1, "a", "b", 2)
	t = set(t, L{1, L{2}}, "a", "c")
	t = set(t, M{"x": L{}}, "l", 0)
	fmt.Println(t, depth(t), flatten(t))
	fmt.Println(get(t, "a", "c", 1, 0))
	fmt.Println(get(t, "a", "zz"))
	c := clone(t)
	set(c, "changed", "a", "b", 2)
	fmt.Println(t, c)
	l := L{1}
	l = append(l, L{2, 3})
	l = append(l, L{4}, M{"k": L{5}})
	l = append(L{L{0}}, l...)
	l = append(l, L(nil))
	l = append(l, Named{6})
	fmt.Println(l, len(l))
	l[0] = L{7}
	l[1], l[2] = l[2], l[1]
	x := l[0].(L)
	x[0] = L{8}
	x = append(x, x)
	fmt.Println(l, x, len(x))
	ll := []L{{1}, {}, nil}
	ll = append(ll, L{9})
	ll = append(ll, l[:1])
	ll[0] = append(ll[0], L{10})
	fmt.Println(ll, len(ll[0]))
	var a any = L{1, 2}
	b := a
	a.(L)[0] = 99
	fmt.Println(a, b, len(b.(L)))
	a = append(a.(L), b)
	fmt.Println(a)
	n := &Node{Val: L{1}, Kids: L{L{2}, &Node{Val: 3}}, Meta: M{"m": L{4}}, F: func(vs ...any) int { return len(vs) }}
	n.Kids = append(n.Kids, L{5})
	n.Kids = append(n.Kids, n.Kids[0])
	n.Meta["n"] = append(n.Meta["m"].(L), L{6})
	fmt.Println(n.Val, len(n.Kids), n.Kids[1].(*Node).Val, n.Meta, n.F.(func(...any) int)(L{1}), n.F.(func(...any) int)(L{1}...))
	ch := make(chan any, 2)
	ch <- L{1}
	ch <- L{2, L{3}}
	fmt.Println(<-ch, (<-ch).(L)[1])
	arr := [2]any{L{1}, 2}
	arr2 := arr
	arr2[0] = append(arr[0].(L), L{5})
	fmt.Println(arr, arr2)
	ret := func() any { return L{1, 2} }
	ret2 := func() (any, L) { return L{1}, L{L{2}} }
	p, q := ret2()
	fmt.Println(ret(), p, q)
	fmt.Println(slices.Concat(L{1}, L{L{2}}), slices.Insert(L{1, 2}, 1, any(L{9})), slices.Insert(L{1, 2}, 1, L{9}...), slices.Contains(L{1, "a"}, "a"), slices.Index(L{1, 2}, 2))
	nm := NM{"a": NM{"b": Named{1, Named{2}}}}
	nm["c"] = append(nm["a"].(NM)["b"].(Named), Named{3})
	fmt.Printf("%v %T %T\n", nm, nm["c"], nm["c"].(Named)[2])
	e := &Env{vars: M{}}
	num := func(f func(a, b float64) any) Op { return func(a L) any { return f(a[0].(float64), a[1].(float64)) } }
	e.vars["+"] = num(func(a, b float64) any { return a + b })
	e.vars["*"] = num(func(a, b float64) any { return a * b })
	e.vars["-"] = num(func(a, b float64) any { return a - b })
	e.vars["<"] = num(func(a, b float64) any { return a < b })
	e.vars["list"] = Op(func(a L) any { return a })
	e.vars["cons"] = Op(func(a L) any { return append(L{a[0]}, a[1].(L)...) })
	e.vars["push"] = Op(func(a L) any { return append(a[1].(L), a[0]) })
	e.vars["map"] = Op(func(a L) any {
		var r L
		for _, x := range a[1].(L) {
			r = append(r, a[0].(Op)(L{x}))
		}
		return r
	})
	for _, src := range []string{"(define fact (lambda (n) (if (< n 2) 1 (* n (fact (- n 1))))))", "(fact 10)", "(map (lambda (x) (list x (* x x))) (list 1 2 3))", "(cons (list 1) (list 2 (list 3)))", "(push (list 9) (list 1))", "(quote (a (b c) 1))", "((lambda (f) (f f 3)) (lambda (f n) (if (< n 1) (list) (cons n (f f (- n 1))))))", "(nope)"} {
		toks := strings.Fields(strings.NewReplacer("(", " ( ", ")", " ) ").Replace(src))
		func() {
			defer func() {
				if r := recover(); r != nil {
					fmt.Println("error", r)
				}
			}()
			fmt.Println(eval(parse(&toks), e))
		}()
	}
	var j any
	json.Unmarshal([]byte(`{"a":[1,[2,{"b":[null,true]}]],"c":{}}`), &j)
	fmt.Println(j, depth(j), flatten(j))
	out, err := json.Marshal(set(j, L{L{}, Named{1}, NM{"z": Op(nil) == nil}}, "a", 1, 1, "b"))
	fmt.Println(string(out), err)
}
