package rand

import (
	"testing"
	"time"
)

func TestN(t *testing.T) {
	seen := map[time.Duration]bool{}
	for range 200 {
		n := N(3 * time.Nanosecond)
		if n < 0 || n >= 3 {
			t.Fatal(n)
		}
		seen[n] = true
	}
	if len(seen) != 3 {
		t.Errorf("only %v in 200 draws", seen)
	}
	defer func() {
		if recover() == nil {
			t.Error("N(0) did not panic")
		}
	}()
	N(0)
}
