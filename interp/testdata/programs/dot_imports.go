package main

import (
	. "encoding/json"
	. "errors"
	. "fmt"
	. "sort"
	"strings"
)

type point struct {
	X    int
	priv string
}

type none struct{}

func (none) Error() string { return "none!" }

func main() {
	var p point
	Println(Unmarshal([]byte(`{"X":3,"priv":"x"}`), &p), p)
	b, err := Marshal([]any{p, &p})
	Printf("%s %v\n", b, err)
	ps := []point{{3, ""}, {1, ""}}
	Slice(ps, func(i, j int) bool { return ps[i].X < ps[j].X })
	Printf("%+v %T\n", ps, ps)
	Println(strings.NewReader("x").Len(), strings.ToUpper("dot"))
	var e none
	Println(As(Errorf("w %w", none{}), &e), e)
}
