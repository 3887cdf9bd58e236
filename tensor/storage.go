package tensor

import (
	"sync/atomic"
	"unsafe"
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
	if s == nil {
		s = (*Storage)(unsafe.Pointer(unsafe.SliceData(make([]uint64, n))))
	} else {
		if !dirty {
			clear(s.block()[headerWords:])
		}
		s.version.Store(0)
	}
	s.words, s.bytes = n, bytes
	return s
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
