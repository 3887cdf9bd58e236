package main

import "fmt"

type cell struct {
	size, width int
	htab        bool
}

type W struct {
	lines  [][]cell
	widths []int
}

func (b *W) addLine(flushed bool) {
	if n := len(b.lines) + 1; n <= cap(b.lines) {
		b.lines = b.lines[:n]
		b.lines[n-1] = b.lines[n-1][:0]
	} else {
		b.lines = append(b.lines, nil)
	}
}

func (b *W) reset() {
	b.lines = b.lines[:0]
	b.addLine(true)
}

func main() {
	contained()
	w := &W{}
	w.reset()
	w.addLine(false)
	w.addLine(false)
	fmt.Println(len(w.lines), w.lines)
	w.reset()
	fmt.Println(len(w.lines), w.lines)
	var ms []map[string]int
	ms = append(ms, nil, map[string]int{"a": 1}, nil)
	var fs []func()
	fs = append(fs, nil)
	var ps []*cell
	ps = append(ps, nil, &cell{})
	var is []any
	is = append(is, nil, 3)
	var cs []chan int
	cs = append(cs, nil)
	fmt.Println(len(ms), ms, len(fs), ps[0], is, cs)
}

type tree []tree
type fn func(fn)

func contained() {
	var t tree
	t = append(t, nil, tree{nil})
	var fs []fn
	fs = append(fs, nil)
	m := map[string][]*cell{}
	m["a"] = append(m["a"], nil)
	type link struct{ next []*link }
	l := &link{}
	l.next = append(l.next, nil, l)
	var es []error
	es = append(es, nil)
	c := make(chan []int, 1)
	c <- nil
	fmt.Println(t, len(t), len(fs), m, len(l.next), l.next[0] == nil, es, <-c)
}
