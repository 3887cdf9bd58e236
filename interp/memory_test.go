package interp

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"testing"
)

// A cell whose objects take more memory than there is ends, and keeps its variables.
func TestOutOfMemory(t *testing.T) {
	n := newNotebook(t, "kept := 41")
	runtime.GC()
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	limit := debug.SetMemoryLimit(int64(sample[0].Value.Uint64()) + 128<<20)
	defer debug.SetMemoryLimit(limit)
	value, _ := n.fails("var all []*[1 << 16]byte\nfor {\n\tall = append(all, new([1 << 16]byte))\n}")
	wants(t, value, "out of memory", "In[2]")
	if n.ok("all = nil\nkept++\nkept"); n.result != "42" {
		t.Errorf("kept is %s", n.result)
	}
	n.ok("for i := range 2000 { _ = new([1 << 16]byte); if i % 100 == 0 { time.Sleep(time.Millisecond) } }")
}
