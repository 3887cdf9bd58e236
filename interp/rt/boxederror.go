package rt

import (
	"errors"
	"go/types"
	"reflect"

	"github.com/gophergrad/gophergrad/interp/box"
)

// boxedError is an error of a cell's type. Package errors finds in it what the type has.
type boxedError struct{ box.Box }

func (e boxedError) Error() string { return e.Method("Error").(func() string)() }

// Unwrap gives the error that the cell's Unwrap gives, nil if it has none.
func (e boxedError) Unwrap() error {
	if f, ok := e.Method("Unwrap").(func() error); ok {
		return f()
	}
	return nil
}

// boxedErrors is an error of a cell's type that has several inside.
type boxedErrors struct{ boxedError }

// Unwrap gives the errors that the cell's Unwrap gives.
func (e boxedErrors) Unwrap() []error { return e.Method("Unwrap").(func() []error)() }

// boxedTimeout is an error of a cell's type that may come of a timeout.
type boxedTimeout struct{ boxedError }

// Timeout asks the cell's Timeout.
func (e boxedTimeout) Timeout() bool { return e.Method("Timeout").(func() bool)() }

// boxedTemporary is an error of a cell's type that may pass.
type boxedTemporary struct{ boxedError }

// Temporary asks the cell's Temporary.
func (e boxedTemporary) Temporary() bool { return e.Method("Temporary").(func() bool)() }

// boxedNetError is both, as package net has them.
type boxedNetError struct{ boxedTimeout }

// Temporary asks the cell's Temporary.
func (e boxedNetError) Temporary() bool { return boxedTemporary{e.boxedError}.Temporary() }

// errorOf gives a boxed value as an error.
func errorOf(b box.Box) error {
	e, methods := boxedError{b}, b.Type.Methods
	timeout, temporary := methods["Timeout"].Key == "()(bool)", methods["Temporary"].Key == "()(bool)"
	switch {
	case methods["Unwrap"].Key == "()([]error)":
		return boxedErrors{e}
	case timeout && temporary:
		return boxedNetError{boxedTimeout{e}}
	case timeout:
		return boxedTimeout{e}
	case temporary:
		return boxedTemporary{e}
	}
	return e
}

// Is asks the cell's Is.
func (e boxedError) Is(target error) bool {
	if f, ok := e.Method("Is").(func(error) bool); ok {
		return f(target)
	}
	return false
}

// As asks the cell's As, and sets a target of the error's own type.
func (e boxedError) As(target any) bool {
	if f, ok := e.Method("As").(func(any) bool); ok {
		return f(target)
	}
	return false
}

// incomparable is an error of a cell's type whose values cannot be compared, in the form in which package errors sees
// that.
type incomparable struct {
	boxedError
	_ [0]func()
}

// ErrorsIs is errors.Is.
func ErrorsIs(err, target error) bool {
	if b, ok := Canon(target).(box.Box); ok && !types.Comparable(b.Type.Go) {
		target = incomparable{boxedError: boxedError{b}}
	}
	return errors.Is(err, target)
}

// ErrorsAs is errors.As, also for targets of cells' types, which reach it in a box.
func ErrorsAs(err error, target any) bool {
	boxed, ok := target.(box.Boxed)
	if !ok {
		return errors.As(err, target)
	}
	b := boxed.Unwrap_()
	pointer, ok := b.Type.Go.Underlying().(*types.Pointer)
	slot := reflect.ValueOf(b.Value)
	if !ok || slot.IsNil() {
		panic("errors: target must be a non-nil pointer")
	}
	return assignError(err, b, b.Type.Of(pointer.Elem()), slot.Elem())
}

// assignError sets slot, to which target points, to the first error in err's tree that has the type want, or lets an
// error of a cell do so.
func assignError(err error, target box.Box, want *box.Type, slot reflect.Value) bool {
	if err == nil {
		return false
	}
	inner := Canon(err)
	b, boxed := inner.(box.Box)
	switch {
	case boxed && b.Type == want:
		slot.Set(reflect.ValueOf(b.Value))
		return true
	case want.Iface != nil && missing(want, inner) == "":
		slot.Set(reflect.ValueOf(inner))
		return true
	case boxed && (boxedError{b}).As(target):
		return true
	}
	if tree, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range tree.Unwrap() {
			if assignError(e, target, want, slot) {
				return true
			}
		}
		return false
	}
	return assignError(errors.Unwrap(err), target, want, slot)
}
