package interp

import (
	"os"
	"strings"
	"testing"

	"github.com/gophergrad/gophergrad/kernel"
)

// TestLowered prints what the cells in the file $CELLS, parted by ---, are lowered to and what they give: a tool for
// working on the front end.
func TestLowered(t *testing.T) {
	file := os.Getenv("CELLS")
	if file == "" {
		t.Skip("no file of cells in $CELLS")
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	s.yaegiSource = func(source string) { t.Log(source) }
	for i, code := range strings.Split(string(text), "\n---\n") {
		out := &recorder{}
		outcome := s.Execute(t.Context(), kernel.Cell{Code: code, Count: i + 1}, out)
		if outcome.Err != nil {
			t.Log(strings.Join(outcome.Err.Traceback, "\n"))
		}
		t.Logf("stdout %q stderr %q result %q", out.stdout.String(), out.stderr.String(), out.result)
	}
}
