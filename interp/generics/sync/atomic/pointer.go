// Package atomic is the source of package sync/atomic's generics.
package atomic

import "sync"

// Pointer is a *T that goroutines read and write atomically. The zero Pointer holds nil.
type Pointer[T any] struct {
	mu sync.Mutex
	p  *T
}

// Load gives the pointer.
func (x *Pointer[T]) Load() *T {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.p
}

// Store sets the pointer.
func (x *Pointer[T]) Store(val *T) { x.Swap(val) }

// Swap sets the pointer and gives the old one.
func (x *Pointer[T]) Swap(new *T) (old *T) {
	x.mu.Lock()
	defer x.mu.Unlock()
	old = x.p
	x.p = new
	return old
}

// CompareAndSwap sets the pointer if it is old and reports whether it did.
func (x *Pointer[T]) CompareAndSwap(old, new *T) (swapped bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.p != old {
		return false
	}
	x.p = new
	return true
}
