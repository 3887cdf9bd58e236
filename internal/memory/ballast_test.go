package memory

import (
	"runtime"
	"testing"
)

var sink []byte

// With a reserve, collections are rare, and nothing else tells that it is there.
func TestReserve(t *testing.T) {
	usable := Usable()
	var before, after runtime.MemStats
	ReadStats(&before)
	Reserve(320 << 20)
	runtime.GC()
	ReadStats(&after)
	for name, grown := range map[string]uint64{"Alloc": after.Alloc - before.Alloc, "HeapSys": after.HeapSys - before.HeapSys, "Sys": after.Sys - before.Sys} {
		if grown := int64(grown); grown > 64<<20 {
			t.Errorf("%s grew by %d", name, grown)
		}
	}
	if used := inUse(); used > 64<<20 {
		t.Errorf("%d bytes are in use", used)
	}
	if now := Usable(); now != usable {
		t.Errorf("%d bytes are usable, were %d", now, usable)
	}
	collections := after.NumGC
	for range 2000 {
		sink = make([]byte, 256<<10)
	}
	if ReadStats(&after); after.NumGC > collections+4 {
		t.Errorf("%d collections for 500 MB", after.NumGC-collections)
	}
	if peak := after.HeapSys; peak > 600<<20 {
		t.Errorf("the heap got %d MB", peak>>20)
	}
}
