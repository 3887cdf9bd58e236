package main

import "fmt"

type B = byte
type R = rune

func same[T comparable](a, b T) bool { return a == b }

func main() {
	var b byte = 3
	var u uint8 = 3
	var r rune = 'x'
	var i int32 = 'x'
	fmt.Println(b == u, u != b, b < u, r == i, i != r, b+u, r-i)
	m := map[byte]int{u: 1}
	m[b]++
	fmt.Println(m, m[u])
	var s []byte = []uint8{1, 2}
	var t []uint8 = s
	t[0] = b
	fmt.Println(s, t, string(s) == string(t))
	switch b {
	case u:
		fmt.Println("same")
	}
	switch r {
	case i, 'y':
		fmt.Println("same rune")
	}
	var f func(byte) rune = func(x uint8) int32 { return int32(x) }
	fmt.Println(f(u), [2]byte{1, 2} == [2]uint8{1, 2})
	p := &b
	var q *uint8 = p
	*q = 9
	fmt.Println(*p, p == q, same(b, u), same[byte](u, b))
	var a any = b
	_, ok := a.(uint8)
	var e any = u
	fmt.Println(ok, a == e, a == any(uint8(9)))
	type T struct {
		x byte
		y rune
	}
	fmt.Println(T{u, i} == T{b, r}, T{9, i})
	c := make(chan byte, 1)
	var d chan<- uint8 = c
	d <- u
	var w <-chan uint8 = c
	fmt.Println(<-w, c == d, w == c)
	var x B = u
	var y R = i
	fmt.Println(x == b, y == r, min(b, u, x), max(r, i))
	g := []rune("ab")
	var h []int32 = g
	fmt.Println(string(h), string(g[0]), h[1] == g[1])
	for _, ch := range "xyz" {
		if ch == i {
			fmt.Println("found", string(ch))
		}
	}
	for j := range u {
		if j == b {
			fmt.Println(j)
		}
	}
	ff := func(xs ...byte) int { return len(xs) }
	fmt.Println(ff(t...), ff(u, b), append(s, t...), copy(s, t))
	b ^= u
	b |= u << 2
	fmt.Println(b, b>>u, b&^u)
}
