package tensor

import (
	"sync"
	"sync/atomic"

	"github.com/gophergrad/gophergrad/internal/gid"
	"github.com/gophergrad/gophergrad/tensor/internal/cpu"
)

// modes holds the goroutines whose recording mode differs from the default
// (on). While there are none, asking costs one atomic load.
var modes struct {
	count atomic.Int32
	sync.RWMutex
	grad map[uintptr]bool
}

// GradEnabled reports whether operations of this goroutine are recorded.
func GradEnabled() bool {
	if modes.count.Load() == 0 {
		return true
	}
	modes.RLock()
	on, set := modes.grad[gid.Current()]
	modes.RUnlock()
	return on || !set
}

// WithGradEnabled runs f with recording switched on or off for this goroutine,
// and restores the former mode, also when f panics. Goroutines that f starts
// record, whatever the mode here.
func WithGradEnabled(on bool, f func()) {
	if on == GradEnabled() {
		f()
		return
	}
	id := gid.Current()
	modes.Lock()
	before, set := modes.grad[id]
	if modes.grad == nil {
		modes.grad = map[uintptr]bool{}
	}
	modes.grad[id] = on
	modes.count.Store(int32(len(modes.grad)))
	modes.Unlock()
	defer func() {
		modes.Lock()
		if set {
			modes.grad[id] = before
		} else {
			delete(modes.grad, id)
		}
		modes.count.Store(int32(len(modes.grad)))
		modes.Unlock()
	}()
	f()
}

// interrupted is the flag that the kernels look at, too.
var interrupted = &cpu.Interrupted

// Interrupt makes running and following operations panic with
// [ErrInterrupted], until [ClearInterrupt].
func Interrupt() { interrupted.Store(true) }

// ClearInterrupt lets operations run again.
func ClearInterrupt() { interrupted.Store(false) }

// checkInterrupt panics if the program was interrupted. Operations call it before
// and after they compute; kernels that take long return early or call it, too.
func checkInterrupt() {
	if interrupted.Load() {
		panic(ErrInterrupted)
	}
}
