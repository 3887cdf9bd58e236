package tensor

import (
	"sync"
	"unsafe"

	"github.com/gophergrad/gophergrad/internal/memory"
)

// Large buffers that the backward pass is done with are used again: the garbage
// collector would find them late, and the system would hand out their pages
// anew. Only [Recycle] puts buffers here, where nothing else can refer to them.
// A training loop asks for the same sizes in every step, so that buffers are
// kept by their size.

const (
	minPooled  = 4 << 10  // smaller ones are as cheap to make
	poolBudget = 64 << 20 // bytes kept; when they are full of other sizes, all go
)

var pool struct {
	sync.Mutex
	free  map[int][][]uint64 // by length
	bytes int
}

// newBuffer returns a storage of at least minPooled bytes, of arbitrary contents
// if dirty is set.
func newBuffer(bytes int, dirty bool) *Storage {
	if usable := memory.Usable(); int64(bytes) > usable {
		fail("tensor", "%.1f GB are more than the %.1f GB that this process may use", float64(bytes)/1e9, float64(usable)/1e9)
	}
	n := (bytes + 7) / 8
	buf := takeBuffer(n)
	if buf == nil {
		buf = make([]uint64, n)
	} else if !dirty {
		clear(buf)
	}
	return &Storage{ptr: unsafe.Pointer(unsafe.SliceData(buf)), bytes: bytes, buffer: buf}
}

// takeBuffer returns a used buffer of length n, nil if there is none.
func takeBuffer(n int) []uint64 {
	pool.Lock()
	defer pool.Unlock()
	list := pool.free[n]
	if len(list) == 0 {
		return nil
	}
	last := len(list) - 1
	buf := list[last]
	list[last] = nil
	pool.free[n] = list[:last]
	pool.bytes -= 8 * n
	return buf
}

// borrow returns n elements of arbitrary contents and what gives them back.
func borrow[C elem](n int) (buf []C, giveBack func()) {
	var zero C
	t := &Tensor{storage: newStorage(n*int(unsafe.Sizeof(zero)), true)}
	return slice[C](t.storage), func() { Recycle(t) }
}

// Recycle gives t's memory to later tensors. The caller, package autograd, knows
// that nothing else refers to it; t must not be used again.
func Recycle(t *Tensor) {
	buf := t.storage.buffer
	t.storage = nil
	if buf == nil {
		return
	}
	pool.Lock()
	defer pool.Unlock()
	if pool.free == nil || pool.bytes+8*len(buf) > poolBudget {
		pool.free, pool.bytes = map[int][][]uint64{}, 0
	}
	pool.free[len(buf)] = append(pool.free[len(buf)], buf)
	pool.bytes += 8 * len(buf)
}
