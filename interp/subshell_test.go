package interp

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/gophergrad/gophergrad/kernel"
)

// Cells of subshells run at the same time: each sees what earlier cells made, and prints into its own output.
func TestCellsBesideOneAnother(t *testing.T) {
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	run := func(code string) string {
		out := &recorder{}
		if outcome := s.Execute(context.Background(), kernel.Cell{Code: code, Count: 1}, out); outcome.Err != nil {
			t.Errorf("%s: %v", code, outcome.Err)
		}
		out.mu.Lock()
		defer out.mu.Unlock()
		return out.stdout.String()
	}
	run("losses := []int{}\nvar mu sync.Mutex\nvar stop bool\nfunc peek() int { mu.Lock(); defer mu.Unlock(); return len(losses) }")
	var training sync.WaitGroup
	training.Go(func() {
		got := run("for i := 0; !stop; i++ {\n mu.Lock()\n losses = append(losses, i)\n mu.Unlock()\n time.Sleep(time.Millisecond)\n}\nfmt.Print(\"trained\")")
		if got != "trained" {
			t.Errorf("the training printed %q", got)
		}
	})
	time.Sleep(50 * time.Millisecond)
	var beside sync.WaitGroup
	for i := range 4 {
		beside.Go(func() {
			for j := range 10 {
				code := fmt.Sprintf("type T%d_%d struct{ n int }\nv%d := T%d_%d{%d}\nif peek() == 0 { panic(\"nothing\") }\nfmt.Print(v%d.n)", i, j, i, i, j, j, i)
				if got := run(code); got != fmt.Sprint(j) {
					t.Errorf("%s printed %q", code, got)
				}
			}
		})
	}
	beside.Wait()
	run("stop = true")
	training.Wait()
}
