package main

import "fmt"

type Tree struct {
	Name    string
	kids    []*Tree
	treeSet map[string]*Tree
	lists   [][]*Tree
	byName  map[string][]*Tree
	c       chan *Tree
	cs      chan []*Tree
	arr     [2][]*Tree
	lex     *lexer
}

type lexer struct{ name string }

type NumberNode struct{ tr *Tree }

func (t *Tree) newNumber() *NumberNode { return &NumberNode{tr: t} }

func give(t *Tree) []*Tree                   { return nil }
func take(k []*Tree, m map[string]*Tree) int { return len(k) + len(m) }

func try(name string, f func()) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println(name, "FAILED")
		}
	}()
	f()
	fmt.Println(name, "ok")
}

func main() {
	t := &Tree{}
	try("field slice", func() { t.kids = nil })
	try("field map", func() { t.treeSet = nil })
	try("field chan", func() { t.c = nil })
	try("literal", func() { t = &Tree{kids: nil, treeSet: nil, c: nil} })
	try("literal value", func() { *t = Tree{"x", nil, nil, nil, nil, nil, nil, [2][]*Tree{nil, {t}}, nil} })
	try("append nil list", func() { t.lists = append(t.lists, nil) })
	try("elem nil", func() { t.lists[0] = nil })
	try("append nil", func() { t.kids = append(t.kids, nil, t) })
	try("kid nil", func() { t.kids[0] = nil })
	try("map", func() { t.byName = map[string][]*Tree{"a": nil}; t.byName["b"] = nil })
	try("map ptr", func() { t.treeSet = map[string]*Tree{"a": nil}; t.treeSet["b"] = nil })
	try("chan", func() { t.cs = make(chan []*Tree, 1); t.cs <- nil; fmt.Println(<-t.cs) })
	try("array", func() { t.arr[1] = nil })
	try("return", func() { t.kids = give(t) })
	try("args", func() { fmt.Println(take(nil, nil), take(t.kids, nil)) })
	try("pointer", func() { p := &t.kids; *p = nil })
	try("compare", func() { fmt.Println(t.kids == nil, t.treeSet == nil) })
	try("var", func() { k := t.kids; k = nil; t.kids = k })
	try("many", func() { t.kids, t.treeSet = nil, nil })
	try("swap", func() { t.kids = append(t.kids, t, t); t.kids[0], t.kids[1] = nil, t.kids[0] })
	try("conv", func() { t.kids = []*Tree(nil); t.treeSet = map[string]*Tree(nil) })
	try("slice", func() { t.kids = t.kids[:0]; t.kids = append(t.kids[:0:0], t.kids...) })
	try("make", func() { t.kids = make([]*Tree, 2); copy(t.kids, []*Tree{t, nil}); clear(t.kids) })
	try("struct", func() { type pair struct{ k []*Tree }; p := pair{nil}; p.k = nil; t.kids = p.k })
	try("range", func() {
		for _, t.kids = range t.lists {
			fmt.Println(len(t.kids))
		}
	})
	try("result", func() { f := func() (k []*Tree, m map[string]*Tree) { return }; t.kids, t.treeSet = f() })
	try("lookup", func() { var ok bool; t.kids, ok = t.byName["zz"]; fmt.Println(ok, len(t.kids)) })
	try("any", func() { var a any = t.kids; k, ok := a.([]*Tree); t.kids = k; fmt.Println(ok) })
	try("zero", func() { var z Tree; *t = z; t.kids = z.kids })
}
