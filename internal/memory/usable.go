package memory

import "runtime/debug"

// Usable is how many bytes this process may use: the limit of its collector, or else the machine's memory. What is
// asked for beyond it must be refused, because the Go runtime ends a process that cannot have it.
func Usable() int64 {
	limit := debug.SetMemoryLimit(-1)
	if machine := Machine(); machine > 0 {
		limit = min(limit, machine)
	}
	return limit
}
