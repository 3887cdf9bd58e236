package main

import (
	"os"
	"runtime/debug"

	"github.com/gophergrad/gophergrad/internal/memory"
)

// ballast counts as memory in use without using any, for it is never touched: a collection comes when what is in use,
// the ballast included, has grown by GOGC percent. A collection marks the kernel itself too, which takes milliseconds
// however little a training loop keeps, so that it should come every few hundred megabytes, not tens.
var ballast []byte

// tuneMemory makes collections rarer than Go's default, which would take half the time of a small training loop:
// every step allocates more than it keeps. Near the machine's memory they come as often as they must.
func tuneMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
		ballast = make([]byte, 64<<20)
	}
	if total := memory.Machine(); total > 0 && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(total / 4 * 3)
	}
}
