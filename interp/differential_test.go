package interp

import (
	"context"
	"flag"
	"testing"
	"time"

	"github.com/gophergrad/gophergrad/kernel"
)

var programCount = flag.Int("programs", 40, "generated programs for TestDifferential")
var firstProgram = flag.Int("first", 0, "seed of the first generated program for TestDifferential")

// TestDifferential runs generated programs as cells and compiled: both print the same.
func TestDifferential(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles programs: not with -short")
	}
	cells := make([]string, *programCount)
	for i := range cells {
		cells[i] = programs.Example(*firstProgram + i)
	}
	for i, want := range runCompiled(t, cells) {
		s, err := New()
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(s.Close)
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		out := &recorder{}
		outcome := s.Execute(ctx, kernel.Cell{Code: cells[i], Count: 1}, out)
		cancel()
		if outcome.Err != nil {
			t.Errorf("program %d failed: %v\n%s", *firstProgram+i, outcome.Err, cells[i])
		} else if got := out.stdout.String(); got != want {
			t.Errorf("program %d printed\n%s\ncompiled it prints\n%s\n%s", *firstProgram+i, got, want, cells[i])
		}
	}
}
