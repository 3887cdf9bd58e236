package memory

import (
	"math"
	"runtime"
	"runtime/debug"
)

// ballast is memory that nothing touches, so that the system need not provide it. The collector counts it as in use.
var ballast []byte

// Reserve makes collections as rare as if bytes more were in use: as much, and what is in use once more, is allocated
// between two. GOGC would multiply what is allocated while a collection runs, too, which counts as in use until the next:
// at a percentage that is large because little is in use, a loop over tensors would get to gigabytes.
func Reserve(bytes int64) {
	ballast = make([]byte, bytes)
	if limit := debug.SetMemoryLimit(-1); limit < math.MaxInt64-bytes {
		debug.SetMemoryLimit(limit + bytes)
	}
}

// ReadStats is runtime.ReadMemStats without the ballast.
func ReadStats(m *runtime.MemStats) {
	runtime.ReadMemStats(m)
	for _, n := range []*uint64{&m.Alloc, &m.TotalAlloc, &m.Sys, &m.HeapAlloc, &m.HeapSys, &m.HeapInuse, &m.NextGC} {
		*n -= uint64(len(ballast))
	}
}
