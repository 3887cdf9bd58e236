package tensor

import (
	"sync/atomic"
	"unsafe"
)

// Storage is the memory that a tensor and its views share.
type Storage struct {
	ptr     unsafe.Pointer
	bytes   int
	version atomic.Uint32 // counts in-place changes; checked when a saved tensor is used
	device  Device
	buffer  []uint64 // the memory, if it can be recycled
}

// smallBytes is the size up to which a storage's data lie beside its header,
// saving an allocation.
const smallBytes = 64

type smallStorage struct {
	Storage
	data [smallBytes / 8]uint64
}

// newStorage returns CPU memory, aligned for every dtype and zeroed unless dirty
// is set.
func newStorage(bytes int, dirty bool) *Storage {
	if bytes <= smallBytes {
		s := &smallStorage{}
		s.ptr, s.bytes = unsafe.Pointer(&s.data), bytes
		return &s.Storage
	}
	if bytes >= minPooled {
		return newBuffer(bytes, dirty)
	}
	data := make([]uint64, (bytes+7)/8)
	return &Storage{ptr: unsafe.Pointer(unsafe.SliceData(data)), bytes: bytes}
}

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
	return unsafe.Slice((*T)(s.ptr), s.bytes/int(unsafe.Sizeof(zero)))
}
