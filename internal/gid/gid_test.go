package gid

import "testing"

func TestCurrentTellsGoroutinesApart(t *testing.T) {
	mine := Current()
	if again := Current(); again != mine {
		t.Fatalf("one goroutine, two identities: %x and %x", mine, again)
	}
	other := make(chan uintptr)
	go func() { other <- Current() }()
	if theirs := <-other; theirs == mine {
		t.Fatalf("two living goroutines share the identity %x", mine)
	}
}
