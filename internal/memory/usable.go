package memory

import (
	"fmt"
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// Usable is how many bytes this process may use: the limit of its collector, or else the machine's memory. What is
// asked for beyond it must be refused, because the Go runtime ends a process that cannot have it.
func Usable() int64 {
	limit := debug.SetMemoryLimit(-1)
	if limit < math.MaxInt64 {
		limit -= int64(len(ballast))
	}
	if machine := Machine(); machine > 0 {
		limit = min(limit, machine)
	}
	return limit
}

// Large is the size in bytes from which on it is worth to Check.
const Large = 64 << 20

// Check returns an error if bytes more than what is in use are more than this process may use.
func Check(bytes int64) error {
	usable := Usable()
	if bytes <= usable-inUse() {
		return nil
	}
	if bytes <= usable {
		runtime.GC()
	}
	if used := inUse(); bytes > usable-used {
		return fmt.Errorf("%s are more than the %s that this process may use, of which %s are in use", size(bytes), size(usable), size(used))
	}
	return nil
}

// Exhausted returns an error if what is in use is more than this process may use.
func Exhausted() error {
	usable := Usable()
	if inUse() <= usable {
		return nil
	}
	runtime.GC()
	if used := inUse(); used > usable {
		return fmt.Errorf("%s are in use, more than the %s that this process may use", size(used), size(usable))
	}
	return nil
}

// inUse is the size of all objects that are not yet collected.
func inUse() int64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return int64(sample[0].Value.Uint64()) - int64(len(ballast))
}

func size(bytes int64) string { return fmt.Sprintf("%.1f GB", float64(bytes)/1e9) }
