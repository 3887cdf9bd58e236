package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
)

type NotFound struct{ Name string }

func (e *NotFound) Error() string        { return "not found: " + e.Name }
func (e *NotFound) Is(target error) bool { return target == fs.ErrNotExist }

type Code int

func (c Code) Error() string { return "code " + strconv.Itoa(int(c)) }

type wrapped struct {
	msg string
	err error
}

func (w wrapped) Error() string { return w.msg + ": " + w.err.Error() }
func (w wrapped) Unwrap() error { return w.err }

type multi []error

func (m multi) Error() string   { return fmt.Sprintf("%d errors", len(m)) }
func (m multi) Unwrap() []error { return m }

type timeout interface{ Timeout() bool }
type slow struct{ error }

func (slow) Timeout() bool { return true }

var ErrBase = errors.New("base")

func find(name string) error {
	if name == "" {
		return Code(7)
	}
	return &NotFound{name}
}

func do(n int) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("do %d: %v", n, r)
		}
	}()
	defer func() {
		if err != nil {
			err = wrapped{"deferred", err}
		}
	}()
	switch n {
	case 0:
		return nil
	case 1:
		return find("x")
	case 2:
		panic("boom")
	case 3:
		panic(Code(3))
	case 4:
		var p *NotFound
		_ = p.Name
	case 5:
		return errors.Join(find(""), io.EOF, nil)
	}
	return ErrBase
}

func main() {
	for i := range 7 {
		err := do(i)
		fmt.Println(i, err, errors.Is(err, fs.ErrNotExist), errors.Is(err, io.EOF), errors.Is(err, ErrBase))
		var nf *NotFound
		var c Code
		if errors.As(err, &nf) {
			fmt.Println("  NotFound", nf.Name)
		}
		if errors.As(err, &c) {
			fmt.Println("  Code", int(c), c == 7)
		}
		if w, ok := err.(wrapped); ok {
			fmt.Printf("  %s | %v | %T\n", w.msg, w.Unwrap(), w.err)
		}
	}
	e := fmt.Errorf("a %w and %w", Code(1), ErrBase)
	fmt.Println(e, errors.Is(e, Code(1)), errors.Is(e, Code(2)), errors.Is(e, ErrBase), errors.Unwrap(e))
	m := multi{Code(9), &NotFound{"q"}}
	var nf *NotFound
	fmt.Println(errors.Is(m, Code(9)), errors.As(m, &nf), nf, m)
	var to timeout
	fmt.Println(errors.As(fmt.Errorf("x: %w", slow{ErrBase}), &to), to != nil && to.Timeout())
	_, err := os.Open("/no/such")
	var pe *fs.PathError
	fmt.Println(errors.As(err, &pe), pe.Op, errors.Is(err, os.ErrNotExist))
	_, err = strconv.Atoi("12x")
	var ne *strconv.NumError
	fmt.Println(errors.As(err, &ne), ne.Func, ne.Err == strconv.ErrSyntax, err)
	var v struct{ A int }
	err = json.Unmarshal([]byte(`{"A":"s"}`), &v)
	var ute *json.UnmarshalTypeError
	fmt.Println(errors.As(err, &ute), err)
	err = json.Unmarshal([]byte(`{"A":1`), &v)
	var se *json.SyntaxError
	fmt.Println(errors.As(err, &se), err)
	var nilErr *NotFound
	var asErr error = nilErr
	fmt.Println(asErr == nil, nilErr == nil, asErr != nil)
	fmt.Printf("%v %+v %q %T\n", Code(5), wrapped{"m", Code(1)}, Code(6), errors.Join(Code(1)))
	errs := errors.Join(Code(1), ErrBase)
	fmt.Printf("%q\n", errs.Error())
	switch err := error(Code(4)).(type) {
	case *NotFound:
		fmt.Println("nf", err)
	case Code:
		fmt.Println("code", int(err)+1)
	}
	fmt.Println(Code(3) == error(Code(3)), error(Code(3)) == error(Code(4)))
}
