package tensor

import "github.com/gophergrad/gophergrad/tensor/internal/cpu"

// grain is the number of cheap elements below which work is not shared out:
// waking a worker costs about as much as adding 30 thousand numbers.
const grain = 32 << 10

// parallel calls f on ranges that make up [0, n), each of at least the given
// size, on several cores. f must poll interrupted in long ranges; parallel
// panics for it after all ranges ended.
func parallel(n, least int, f func(lo, hi int)) {
	if n <= least {
		f(0, n)
	} else {
		cpu.Parallel(n, least, f)
	}
	checkInterrupt()
}
