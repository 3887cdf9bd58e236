package main

import (
	"os"
	"runtime/debug"

	"github.com/gophergrad/gophergrad/internal/memory"
)

// tuneMemory makes collections rarer than Go's default, which would take half the time of a small training loop:
// every step allocates more than it keeps. Near the machine's memory they come as often as they must.
func tuneMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	if total := memory.Machine(); total > 0 && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(total / 4 * 3)
	}
}
