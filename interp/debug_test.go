package interp

import (
	"context"
	"testing"
)

func debugged(s *Session) { s.Debug(context.Background(), "attach", nil) }

// toggled attaches a debugger, or sends it away.
func toggled(s *Session) {
	if s.debugger.on() {
		s.Debug(context.Background(), "disconnect", nil)
	} else {
		s.Debug(context.Background(), "attach", nil)
	}
}

// TestDebuggedCellsRunAlike runs the sequences of cells as they are lowered for a debugger.
func TestDebuggedCellsRunAlike(t *testing.T) {
	runCases(t, "testdata/language.txt", debugged)
	runCases(t, "testdata/session.txt", debugged)
	runCases(t, "testdata/session.txt", toggled)
	runCases(t, "testdata/language_cells.txt", debugged)
}
