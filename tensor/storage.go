package tensor

import (
	"math"
	"strconv"
	"strings"
	"sync/atomic"
	"unsafe"

	"github.com/gophergrad/gophergrad/internal/memory"
)

// Storage is the memory that a tensor and its views share. The elements follow
// the header in one block, a single allocation that the garbage collector need
// not look through: the header must hold no pointers.
type Storage struct {
	words   int           // of the block, header included
	bytes   int           // of the elements
	version atomic.Uint32 // counts in-place changes; checked when a saved tensor is used
	device  Device
}

// headerWords is the part of a block before the elements, a cache line.
const headerWords = 8

var _ [8*headerWords - unsafe.Sizeof(Storage{})]byte // the header fits

// newStorage returns CPU memory, aligned for every dtype and zeroed unless dirty
// is set.
func newStorage(bytes int, dirty bool) *Storage {
	n := headerWords + max(1, (bytes+7)/8) // no elements lie within the block, too
	s := takeBlock(n)
	switch {
	case s != nil && !dirty:
		clear(s.block()[headerWords:])
	case s == nil && dirty && n >= minPooled:
		s = dirtyBlock(n)
	case s == nil:
		s = (*Storage)(unsafe.Pointer(unsafe.SliceData(make([]uint64, n))))
	}
	s.version.Store(0)
	s.words, s.bytes, s.device = n, bytes, CPU
	return s
}

// checkMemory panics if a tensor would not fit into memory, which the Go runtime would end the process for.
func checkMemory(shape []int, dtype DType) {
	bytes := float64(dtype.Size()) // as a number that does not overflow
	for _, n := range shape {
		bytes *= float64(n)
	}
	if bytes >= memory.Large {
		checkBytes(bytes, "a tensor of shape "+shapeText(shape)+" of "+dtype.String()+" does not fit")
	}
}

// checkCount panics if n tensors, however small, would not fit into memory.
func checkCount(n int) {
	if bytes := float64(n) * float64(unsafe.Sizeof(Tensor{})); bytes >= memory.Large {
		checkBytes(bytes, strconv.Itoa(n)+" tensors do not fit")
	}
}

func checkBytes(bytes float64, message string) {
	if err := memory.Check(int64(min(bytes, math.MaxInt64/2))); err != nil {
		fail("tensor", "%s into memory: %v", message, err)
	}
}

// dirtyBlock returns n words that are not zeroed, which for megabytes takes as
// long as adding two tensors. Only strings.Builder allocates so.
func dirtyBlock(n int) *Storage {
	var b strings.Builder
	b.Grow(8 * n)
	b.WriteByte(0) // the pointer to an empty string is not defined
	return (*Storage)(unsafe.Pointer(unsafe.StringData(b.String())))
}

// block returns the header and the elements.
func (s *Storage) block() []uint64 { return unsafe.Slice((*uint64)(unsafe.Pointer(s)), s.words) }

// Bytes returns the storage's size.
func (s *Storage) Bytes() int { return s.bytes }

// Version counts the in-place changes made to the storage.
func (s *Storage) Version() uint32 { return s.version.Load() }

// elem are the Go types that a storage can be read as.
type elem interface {
	float32 | float64 | int8 | int16 | int32 | int64 | uint8 | uint16 | uint32 | uint64 | bool | complex64 | complex128
}

// slice returns the whole storage as elements of T.
func slice[T elem](s *Storage) []T {
	var zero T
	return unsafe.Slice((*T)(unsafe.Add(unsafe.Pointer(s), 8*headerWords)), s.bytes/int(unsafe.Sizeof(zero)))
}
