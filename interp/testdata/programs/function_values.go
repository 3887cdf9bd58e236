package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

type E string

func (e E) Error() string { return string(e) }

type B bool

func two() (string, error)   { return "%w!", E("two") }
func three() (any, E, error) { return 1, E("three"), nil }

type T struct{ A int }

func main() {
	errorf := fmt.Errorf
	err := errorf("x %w %v", E("e"), 1)
	fmt.Println(err, errors.Is(err, E("e")))
	err = errorf("a %w %w", []any{E("1"), E("2")}...)
	fmt.Println(err, errors.Is(err, E("2")))
	err = fmt.Errorf(two())
	fmt.Println(err, errors.Is(err, E("two")))
	fmt.Println(three())
	fs := map[string]func(io.Reader, ...any) (int, error){"scan": fmt.Fscan, "line": fmt.Fscanln}
	var b B
	var s string
	n, err := fs["scan"](strings.NewReader("true x"), &b, &s)
	fmt.Println(n, err, b, s)
	un := json.Unmarshal
	var t T
	fmt.Println(un([]byte(`{"A":3}`), &t), t)
	ma := json.Marshal
	d, err := ma(t)
	fmt.Println(string(d), err)
	p := fmt.Println
	p(t, E("x"), nil)
	p()
	apply := func(f func(...any) string, args ...any) string { return f(args...) }
	fmt.Println(apply(fmt.Sprint, t, E("y")), apply(fmt.Sprintln))
	is := errors.Is
	fmt.Println(is(err, nil), is(E("a"), E("a")))
	var as func(error, any) bool = errors.As
	var e E
	fmt.Println(as(fmt.Errorf("%w", E("q")), &e), e)
}
