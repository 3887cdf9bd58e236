package main

import "fmt"

type T struct {
	n    int
	f    func(*T) int
	fs   []func(*T) int
	m    map[string]func(*T)
	ms   map[string][]func(*T)
	ret  func() *T
	val  func(T) int
	ch   chan func(*T)
	next *T
	kids []*T
	km   map[string]*T
}

func try(name string, f func()) {
	defer func() {
		if r := recover(); r != nil {
			s := fmt.Sprint(r)
			fmt.Println(name, s[:min(len(s), 60)])
		}
	}()
	f()
}

func (t *T) bump() { t.n += 100 }

func main() {
	t := &T{n: 1}
	try("f", func() { t.f = func(t *T) int { return t.n }; fmt.Println(t.f(t)) })
	try("fs", func() { t.fs = append(t.fs, func(t *T) int { return t.n + 1 }); fmt.Println(t.fs[0](t)) })
	try("fs range", func() {
		for _, f := range t.fs {
			fmt.Println(f(t))
		}
	})
	try("fs lit", func() {
		t.fs = []func(*T) int{func(t *T) int { return t.n + 2 }, t.f}
		fmt.Println(t.fs[0](t), t.fs[1](t))
	})
	try("m", func() {
		t.m = map[string]func(*T){"a": func(t *T) { t.n++ }, "b": (*T).bump}
		t.m["a"](t)
		t.m["b"](t)
		fmt.Println(t.n)
	})
	try("m range", func() {
		for _, f := range t.m {
			f(t)
		}
		fmt.Println(t.n)
	})
	try("ms", func() {
		t.ms = map[string][]func(*T){}
		t.ms["x"] = append(t.ms["x"], func(t *T) { t.n++ })
		for _, f := range t.ms["x"] {
			f(t)
		}
		fmt.Println(t.n)
	})
	try("ret", func() { t.ret = func() *T { return t }; fmt.Println(t.ret().n) })
	try("val", func() { t.val = func(t T) int { return t.n }; fmt.Println(t.val(*t)) })
	try("ch", func() { t.ch = make(chan func(*T), 1); t.ch <- func(t *T) { t.n++ }; (<-t.ch)(t); fmt.Println(t.n) })
	try("next", func() { t.next = &T{n: 5}; t.next.next = t; fmt.Println(t.next.next.next.n) })
	try("kids", func() {
		t.kids = append(t.kids, t.next)
		t.kids[0].n++
		for _, k := range t.kids {
			fmt.Println(k.n)
		}
	})
	try("km", func() { t.km = map[string]*T{"k": t}; t.km["k"].n = 7; fmt.Println(t.n) })
	try("lit", func() { u := T{f: t.f, fs: t.fs, m: t.m}; fmt.Println(u.f(&u), len(u.fs), len(u.m)) })
	try("copy", func() { u := *t; u.n = 50; fmt.Println(u.f(&u), u.fs[0](&u), u.next.n) })
}
