package interp

import (
	"context"
	"testing"

	"github.com/gophergrad/gophergrad/interp/debug"
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

// Neither cells that run again nor a debugger that comes and goes add places where code can stop.
func TestPlacesAreKeptOnce(t *testing.T) {
	n := newNotebook(t)
	debugged(n.Session)
	cells := []string{
		"type point struct{ X int }\nfunc (p point) Sum(y int) int {\n\tz := p.X + y\n\treturn z\n}",
		"func sum(ps []point) (s int) {\n\tfor _, p := range ps {\n\t\ts += p.Sum(1)\n\t}\n\treturn s\n}",
		"total := 0\nfor i := range 3 {\n\tif i > 0 { total += sum([]point{{i}, {2}}) }\n}",
	}
	places := 0
	for round := range 12 {
		for i, code := range cells {
			if i == 2 || round < 2 {
				n.ok(code)
			}
		}
		if round%2 == 1 {
			toggled(n.Session)
			n.ok("total")
			toggled(n.Session)
		}
		number := n.debugger.Point(debug.Point{Line: -round}, "")
		if added := number - places - 1; round > 3 && added > 0 {
			t.Errorf("round %d adds %d places", round, added)
		}
		places = number
	}
}
