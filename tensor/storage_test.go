package tensor

import (
	"errors"
	"math"
	"runtime/debug"
	"strings"
	"testing"
)

// What does not fit into memory is an error, not the process's end, also where the number of bytes overflows.
func TestMoreThanMemory(t *testing.T) {
	refused := func(what string, f func()) {
		defer func() {
			e, ok := recover().(error)
			if te := new(Error); !ok || !errors.As(e, &te) || !strings.Contains(e.Error(), "does not fit into memory") {
				t.Errorf("%s: %v", what, e)
			}
		}()
		f()
	}
	refused("terabytes", func() { Zeros(1<<20, 1<<20) })
	refused("2⁶⁴ elements", func() { Zeros(1<<32, 1<<32) })
	refused("2⁶³ bytes", func() { As(Float64).Rand(math.MaxInt / 8) })
	refused("a broadcast", func() { x := Ones(1 << 22); x.Unsqueeze(1).Add(x) })
	refused("an expanded tensor's copy", func() { Ones(1).Expand(1<<21, 1<<21).Clone() })

	defer debug.SetMemoryLimit(debug.SetMemoryLimit(1 << 30))
	var kept []*Tensor
	refused("the last of many", func() {
		for range 20 {
			kept = append(kept, Zeros(1<<24))
		}
	})
	if n := len(kept); n < 5 || n > 16 {
		t.Errorf("%d tensors of 64 MiB fit into 1 GiB", n)
	}
	kept = nil
	for range 40 { // what nobody holds is collected first
		Zeros(1 << 24)
	}
}
