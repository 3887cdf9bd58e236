package main

import (
	"fmt"
	"os"
)

type E string

func (e E) Error() string { return string(e) }

type S string

type T struct{ A int }

func main() {
	t := T{3}
	fmt.Println(fmt.Sprint(t, E("y")), fmt.Sprint(t, S("y"), t, t))
	fmt.Print(t, E("y"), "\n")
	xs := []any{t, E("y"), S("z"), t, 1, 2}
	fmt.Println(fmt.Sprint(xs...))
	fmt.Print(xs...)
	fmt.Fprint(os.Stdout, xs...)
	f := fmt.Sprint
	fmt.Println(f(t, S("x"), t, 3))
	fmt.Println(string(fmt.Append(nil, t, S("x"), t)))
}
