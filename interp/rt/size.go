package rt

import (
	"bytes"
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/gonum/mat"

	"github.com/gophergrad/gophergrad/internal/memory"
)

// Memory that is asked for by a number: more than the process may use is an error of the cell, because the Go runtime
// would end the process.

// Size checks the size given to make, in elements of some bytes each.
func Size(n, element int) int {
	if n < 0 {
		panic(runtimeError("makeslice: len out of range"))
	}
	reserve("make", n, element)
	return n
}

// Buffer checks the size given to make for a channel.
func Buffer(n, element int) int {
	if n < 0 {
		panic(plainError("makechan: size out of range"))
	}
	return Size(n, element)
}

// reserve panics if there is no room for n elements of some bytes each.
func reserve(what string, n, element int) {
	if n <= 0 || element <= 0 || n < memory.Large/element {
		return
	}
	size := int64(math.MaxInt64)
	if int64(n) < size/int64(element) {
		size = int64(n) * int64(element)
	}
	if err := memory.Check(size); err != nil {
		panic(runtimeError(fmt.Sprintf("%s: %d elements of %d bytes: %v", what, n, element, err)))
	}
}

// Repeat is strings.Repeat.
func Repeat(s string, n int) string {
	reserve("strings.Repeat", n, len(s))
	return strings.Repeat(s, n)
}

// RepeatBytes is bytes.Repeat.
func RepeatBytes(b []byte, n int) []byte {
	reserve("bytes.Repeat", n, len(b))
	return bytes.Repeat(b, n)
}

// GrowBuilder is (*strings.Builder).Grow.
func GrowBuilder(b *strings.Builder, n int) {
	reserve("strings.Builder.Grow", n, 1)
	b.Grow(n)
}

// GrowBuffer is (*bytes.Buffer).Grow.
func GrowBuffer(b *bytes.Buffer, n int) {
	reserve("bytes.Buffer.Grow", n, 1)
	b.Grow(n)
}

// NewDense is mat.NewDense.
func NewDense(rows, columns int, data []float64) *mat.Dense {
	if data == nil && rows > 0 {
		reserve("mat.NewDense", columns, rows*8)
	}
	return mat.NewDense(rows, columns, data)
}
