package sync

import "testing"

func TestOnceValue(t *testing.T) {
	calls := 0
	value := OnceValue(func() int { calls++; return calls })
	first, second := OnceValues(func() (int, string) { calls++; return calls, "b" })()
	if value() != 2 || value() != 2 || first != 1 || second != "b" || calls != 2 {
		t.Errorf("%d, %d, %q after %d calls", value(), first, second, calls)
	}
}

func TestOnceValuePanicsAgain(t *testing.T) {
	calls := 0
	value := OnceValue(func() int { calls++; panic("broken") })
	for range 2 {
		func() {
			defer func() {
				if p := recover(); p != "broken" {
					t.Errorf("panic %v", p)
				}
			}()
			value()
		}()
	}
	if calls != 1 {
		t.Errorf("%d calls", calls)
	}
}
