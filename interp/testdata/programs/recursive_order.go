package main

import "fmt"

type Tree struct {
	Name    string
	Root    *ListNode
	lex     *lexer
	funcs   []map[string]any
	treeSet map[string]*Tree
}

type Node interface{ String() string }

type ListNode struct{ tr *Tree }

func (l *ListNode) String() string { return "" }

type lexer struct{ name string }

type NumberNode struct{ tr *Tree }

func (t *Tree) newNumber() *NumberNode { return &NumberNode{tr: t} }

func (t *Tree) stop() { t.funcs = nil; t.treeSet = nil }

func (t *Tree) Parse(treeSet map[string]*Tree) (tree *Tree, err error) {
	t.stop()
	return t, nil
}

func main() {
	tr := &Tree{}
	t, err := tr.Parse(make(map[string]*Tree))
	fmt.Println(t.treeSet == nil, err)
}
