package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"

	"github.com/gophergrad/gophergrad/internal/memory"
)

// headroom is how much may be allocated between two collections beyond four times what is in use. A collection marks the
// kernel itself too, which takes milliseconds however little a training loop keeps, so that it should come every few
// hundred megabytes, not tens.
const headroom = 320 << 20

// tuneMemory makes collections rarer than Go's default, which would take half the time of a small training loop:
// every step allocates more than it keeps. Near the machine's memory they come as often as they must.
func tuneMemory() {
	if os.Getenv("GOGC") == "" {
		allowHeadroom(0)
	}
	if total := memory.Machine(); total > 0 && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(total / 4 * 3)
	}
}

// allowHeadroom sets GOGC to what headroom is in percent of what is in use, and again after every collection, which
// its garbage notices.
func allowHeadroom(int) {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	debug.SetGCPercent(400 + int(headroom*100/max(live[0].Value.Uint64(), 4<<20)))
	runtime.AddCleanup(new([16]byte), allowHeadroom, 0)
}
