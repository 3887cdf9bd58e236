package fft

import (
	"sync"
	"unsafe"

	"github.com/gophergrad/gophergrad/tensor/internal/cpu"
)

// bufferPool lends slices, so that steady work allocates none.
type bufferPool[F Float] struct{ pool sync.Pool }

func (p *bufferPool[F]) Get(n int) []F {
	if s, ok := p.pool.Get().(*[]F); ok && cap(*s) >= n {
		return (*s)[:n]
	}
	return make([]F, n)
}

func (p *bufferPool[F]) Put(s []F) { p.pool.Put(&s) }

var (
	strips32 bufferPool[float32]
	strips64 bufferPool[float64]
)

func stripsOf[F Float]() *bufferPool[F] {
	if p, ok := any(&strips32).(*bufferPool[F]); ok {
		return p
	}
	return any(&strips64).(*bufferPool[F])
}

// transposePairs transposes a matrix of complex numbers.
func transposePairs[F Float](dst []F, ldd int, src []F, lds, rows, cols int) {
	switch d := any(dst).(type) {
	case []float32:
		s := any(src).([]float32)
		cpu.Transpose(pairs[float64](d), ldd, pairs[float64](s), lds, rows, cols)
	case []float64:
		s := any(src).([]float64)
		cpu.Transpose(pairs[complex128](d), ldd, pairs[complex128](s), lds, rows, cols)
	}
}

// pairs sees two numbers as one element.
func pairs[P float64 | complex128, F Float](s []F) []P {
	return unsafe.Slice((*P)(unsafe.Pointer(unsafe.SliceData(s))), len(s)/2)
}
