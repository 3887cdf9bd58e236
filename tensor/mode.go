package tensor

import (
	"sync"
	"sync/atomic"

	"github.com/gophergrad/gophergrad/internal/gid"
	"github.com/gophergrad/gophergrad/tensor/internal/cpu"
)

// mode is how the operations of a goroutine are recorded.
type mode struct {
	off     bool     // not at all
	packing *packing // of what derivatives need
}

// modes holds the goroutines whose mode differs from the default. While there
// are none, asking costs one atomic load.
var modes struct {
	count atomic.Int32
	sync.RWMutex
	of map[uintptr]mode
}

func currentMode() mode {
	if modes.count.Load() == 0 {
		return mode{}
	}
	modes.RLock()
	m := modes.of[gid.Current()]
	modes.RUnlock()
	return m
}

// during runs f in the mode, and restores the former one, also when f panics.
func (m mode) during(f func()) {
	id, before := gid.Current(), currentMode()
	set := func(m mode) {
		modes.Lock()
		if modes.of == nil {
			modes.of = map[uintptr]mode{}
		}
		if modes.of[id] = m; m == (mode{}) {
			delete(modes.of, id)
		}
		modes.count.Store(int32(len(modes.of)))
		modes.Unlock()
	}
	set(m)
	defer set(before)
	f()
}

// GradEnabled reports whether operations of this goroutine are recorded.
func GradEnabled() bool { return !currentMode().off }

// WithGradEnabled runs f with recording switched on or off for this goroutine.
// Goroutines that f starts record, whatever the mode here.
func WithGradEnabled(on bool, f func()) {
	m := currentMode()
	if m.off != on {
		f()
		return
	}
	m.off = !on
	m.during(f)
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
