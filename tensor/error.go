package tensor

import (
	"fmt"
	"reflect"
	"regexp"
	"runtime"
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

// fail panics with an *Error of the named operation, or of what was called that is made of it.
func fail(op, format string, args ...any) { failFor(op, nil, format, args...) }

// failOn is fail for an error about the operands xs, of which some may be left out, as a bias.
func failOn(op string, xs []*Tensor, format string, args ...any) {
	var shapes [][]int
	var dtypes []DType
	for _, x := range xs {
		if x != nil {
			shapes, dtypes = append(shapes, x.Shape()), append(dtypes, x.dtype)
		}
	}
	panic(&Error{Op: called(op), Msg: fmt.Sprintf(format, args...), Shapes: shapes, DTypes: dtypes})
}

// failFor is fail for an error about operands of the given shapes.
func failFor(op string, shapes [][]int, format string, args ...any) {
	panic(&Error{Op: called(op), Msg: fmt.Sprintf(format, args...), Shapes: shapes})
}

// called is the exported function or method of this package that the program called, op if it is none: an operation made of others fails
// under its own name, which is the one that the program holds.
func called(op string) string {
	var pcs [32]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs[:])])
	for {
		frame, more := frames.Next()
		name, own := strings.CutPrefix(frame.Function, packagePath)
		if !own || strings.HasSuffix(frame.File, "_test.go") { // a test of this package is a program, too
			return op
		}
		if m := exportedName.FindStringSubmatch(name); m != nil && !ofEngine.MatchString(name) {
			op = m[1]
		}
		if !more {
			return op
		}
	}
}

var packagePath = reflect.TypeFor[Tensor]().PkgPath() + "."

// ofEngine finds what package autograd calls in a backward pass, which is not what the program called.
var ofEngine = regexp.MustCompile(`^\(\*Node\)\.|\.RunHooks$`)

// exportedName finds the name in what package runtime calls a function: (*Tensor).Add, Factory.Ones, Cat.func1.
var exportedName = regexp.MustCompile(`^(?:\(\*\w+\)\.|[A-Z]\w*\.)?([A-Z]\w*)(?:\[\.\.\.\])?(?:\.func\d.*|-fm)?$`)

// shapeText writes a shape as (64×1000), a scalar's as ().
func shapeText(shape []int) string {
	parts := make([]string, len(shape))
	for i, n := range shape {
		parts[i] = fmt.Sprint(n)
	}
	return "(" + strings.Join(parts, "×") + ")"
}
