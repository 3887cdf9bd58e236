package main

import (
	"os"
	"runtime/debug"

	"github.com/gophergrad/gophergrad/internal/memory"
)

// headroom is how much may be allocated between two collections beyond what is in use. A collection marks the kernel
// itself too, which takes milliseconds however little a training loop keeps, so that it should come every few hundred
// megabytes, not tens.
const headroom = 320 << 20

// tuneMemory makes collections rarer than Go's default, which would take half the time of a small training loop:
// every step allocates more than it keeps. Near the machine's memory they come as often as they must.
func tuneMemory() {
	if total := memory.Machine(); total > 0 && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(total / 4 * 3)
	}
	if os.Getenv("GOGC") == "" {
		memory.Reserve(headroom)
	}
}
