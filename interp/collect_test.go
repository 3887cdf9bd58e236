package interp

import (
	"strings"
	"testing"

	"github.com/gophergrad/gophergrad/display/widgets"
)

// Text that a widget cuts off ends with a whole character.
func TestCollectedTextIsCut(t *testing.T) {
	c := &collected{show: func(...widgets.Shown) {}}
	c.Stream("stdout", strings.Repeat("x", collectedText-1)+"é")
	if end := c.pieces[0].Text[collectedText-2:]; end != "x\n[the rest is not shown]\n" {
		t.Errorf("it ends with %q", end)
	}
}
