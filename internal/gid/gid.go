// Package gid tells goroutines apart: Current is equal for two calls exactly
// when they come from one goroutine (while that goroutine lives).
//
// Modes such as NoGrad belong to the goroutine that set them, as PyTorch's
// belong to a thread: a training loop in one goroutine must not lose its
// history because another one evaluates. Go offers no goroutine-local storage,
// so the address of the runtime's g serves as the key. It is never
// dereferenced, and a goroutine's entry is removed by a deferred call before
// the goroutine can end, so a reused address is never stale.
package gid
