package main

import (
	"encoding/json"
	"errors"
	"fmt"
)

type ID int
type T struct{ n int }

func (t T) MarshalJSON() ([]byte, error) {
	if t.n == 0 {
		return nil, errors.New("zero")
	}
	return []byte(`{bad`), nil
}

type U struct{}

func (U) MarshalText() ([]byte, error) { return nil, errors.New("no text") }

type W struct {
	A T
	B []U
}

func show(v any) {
	b, err := json.Marshal(v)
	fmt.Println(string(b), err)
	var e *json.MarshalerError
	if errors.As(err, &e) {
		fmt.Println(e.Unwrap())
	}
}

func main() {
	show(T{})
	show(T{1})
	show(W{})
	show(&W{A: T{1}})
	show(map[string]any{"x": []T{{}}})
	show(W{B: []U{{}}})
	show(map[ID]chan ID{1: nil})
	show(struct{ F func(ID) }{})
	show([]any{complex(1, 2), ID(1)})
	var m map[ID]int
	fmt.Println(json.Unmarshal([]byte(`{"x":1}`), &m))
}
