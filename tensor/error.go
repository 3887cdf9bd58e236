package tensor

import (
	"fmt"
	"strings"
)

// Error is what a failing operation panics with: the operation, what it was
// given, and what would fit.
type Error struct {
	Op     string  // the method or function as the caller spells it, such as "MatMul"
	Msg    string  // what was wrong and what would fit
	Shapes [][]int // the operands' shapes, where they matter
	DTypes []DType // the operands' dtypes, where they matter
}

func (e *Error) Error() string { return e.Op + ": " + e.Msg }

// ErrInterrupted is the value an operation panics with after [Interrupt].
var ErrInterrupted = &Error{Op: "tensor", Msg: "interrupted"}

// fail panics with an *Error of the named operation.
func fail(op, format string, args ...any) {
	panic(&Error{Op: op, Msg: fmt.Sprintf(format, args...)})
}

// failOn is fail for an error about the operands xs.
func failOn(op string, xs []*Tensor, format string, args ...any) {
	e := &Error{Op: op, Msg: fmt.Sprintf(format, args...)}
	for _, x := range xs {
		if x != nil {
			e.Shapes = append(e.Shapes, x.Shape())
			e.DTypes = append(e.DTypes, x.dtype)
		}
	}
	panic(e)
}

// shapeText writes a shape as (64×1000), a scalar's as ().
func shapeText(shape []int) string {
	parts := make([]string, len(shape))
	for i, n := range shape {
		parts[i] = fmt.Sprint(n)
	}
	return "(" + strings.Join(parts, "×") + ")"
}
