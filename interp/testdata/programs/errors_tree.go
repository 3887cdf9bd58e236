package main

import (
	"errors"
	"fmt"
	"iter"
)

type list []string

func (l list) Error() string { return fmt.Sprint([]string(l)) }

type coded struct{ code int }

func (c *coded) Error() string { return fmt.Sprint("code ", c.code) }

type wrapper struct{ msg string }

func (w wrapper) Error() string { return w.msg }

// As lets a wrapper be taken for a coded error.
func (w wrapper) As(target any) bool {
	c, ok := target.(**coded)
	if ok {
		*c = &coded{len(w.msg)}
	}
	return ok
}

func main() {
	l := list{"a"}
	fmt.Println(errors.Is(l, l), errors.Is(fmt.Errorf("x: %w", l), l), errors.Is(l, errors.New("a")))
	var c *coded
	fmt.Println(errors.As(errors.Join(l, wrapper{"four"}), &c), c)
	fmt.Println(errors.As(l, &c), c)

	defer func() { fmt.Println("recovered", recover()) }()
	var kept func(int) bool
	next, stop := iter.Pull(func(yield func(int) bool) {
		kept = yield
		yield(1)
	})
	defer stop()
	fmt.Println(next())
	kept(2)
}
