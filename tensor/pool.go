package tensor

import (
	"sync"
	"unsafe"
)

// Large blocks of memory that the backward pass is done with are used again: the
// garbage collector would find them late, and the system would hand out their
// pages anew. Only [Recycle] puts blocks here, where nothing else can refer to
// them. A training loop asks for the same sizes in every step, so that blocks
// are kept by their size.

const (
	minPooled  = 512      // words; smaller blocks are as cheap to make
	poolBudget = 64 << 20 // bytes kept; when they are full of other sizes, all go
)

var pool struct {
	sync.Mutex
	free  map[int][]*Storage // by words
	bytes int
}

// takeBlock returns a used block of n words, of arbitrary contents, nil if there
// is none.
func takeBlock(n int) *Storage {
	if n < minPooled {
		return nil
	}
	pool.Lock()
	defer pool.Unlock()
	list := pool.free[n]
	if len(list) == 0 {
		return nil
	}
	last := len(list) - 1
	s := list[last]
	list[last] = nil
	pool.free[n] = list[:last]
	pool.bytes -= 8 * n
	return s
}

// borrow returns n elements of arbitrary contents and the block they lie in, which
// the caller recycles; no block is too small for the pool.
func borrow[C elem](n int) ([]C, *Storage) {
	var zero C
	s := newStorage(max(n*int(unsafe.Sizeof(zero)), 8*minPooled), true)
	return slice[C](s)[:n], s
}

// recycleUnless recycles t, which only the caller knows of, unless it lies in x's memory.
func (t *Tensor) recycleUnless(x *Tensor) {
	if t.storage != x.storage {
		Recycle(t)
	}
}

// Recycle gives t's memory to later tensors. The caller, package autograd, knows
// that nothing else refers to it; t must not be used again.
func Recycle(t *Tensor) {
	t.storage.recycle()
	t.storage = nil
}

func (s *Storage) recycle() {
	if s.words < minPooled {
		return
	}
	pool.Lock()
	defer pool.Unlock()
	if pool.free == nil || pool.bytes+8*s.words > poolBudget {
		pool.free, pool.bytes = map[int][]*Storage{}, 0
	}
	pool.free[s.words] = append(pool.free[s.words], s)
	pool.bytes += 8 * s.words
}
