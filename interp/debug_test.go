package interp

import (
	"context"
	"testing"
)

func debugged(s *Session) { s.Debug(context.Background(), "attach", nil) }

// TestDebuggedCellsRunAlike runs the sequences of cells as they are lowered for a debugger.
func TestDebuggedCellsRunAlike(t *testing.T) {
	runCases(t, "testdata/language.txt", debugged)
	runCases(t, "testdata/session.txt", debugged)
	runCases(t, "testdata/language_cells.txt", debugged)
}
