package main

import (
	"encoding/json"
	"fmt"
	"os"
	"time"
)

type D time.Duration
type F float64
type P *int
type S []int
type C chan int

func (s S) Len() int { return len(s) }

type txt string

func (t txt) MarshalText() ([]byte, error) { return []byte("<" + string(t) + "&>"), nil }

type rec struct {
	A string
	T txt
	M map[txt]int
	E any
}

func main() {
	x, y := 3, 4
	fmt.Println(time.Duration(D(x)+D(y)).String(), F(x)*F(y), -F(x), F(-x+y)*2)
	p := P(&x)
	*p = 5
	fmt.Println(x, *(*int)(p), S([]int{1}).Len(), S(append([]int{}, 1, 2))[1:], len(C(make(chan int, 2))))
	f := func(a int) int { return a }
	type fn func(int) int
	fmt.Println(fn(f)(3), (fn)(func(a int) int { return a * 2 })(4))
	g := fn(func(a int) int { return a + 1 })
	fmt.Println(g(1), [](fn){fn(f), g}[1](5))
	enc := json.NewEncoder(os.Stdout)
	r := rec{"<a>&", "t", map[txt]int{"k": 1}, []any{"<b>", txt("u")}}
	enc.Encode(r)
	enc.SetEscapeHTML(false)
	enc.Encode(r)
	enc.SetIndent(">", "  ")
	enc.Encode([]rec{r})
	b, _ := json.Marshal(r)
	fmt.Println(string(b))
	b, _ = json.MarshalIndent(r, "", " ")
	fmt.Println(string(b))
}
