package interp

import (
	"os"
	"strings"
	"testing"

	"github.com/gophergrad/gophergrad/kernel"
)

func TestDebug(t *testing.T) {
	text, err := os.ReadFile("/tmp/cell.txt")
	if err != nil {
		t.Skip()
	}
	s, _ := New()
	for i, code := range strings.Split(string(text), "\n---\n") {
		c, errs := parse(s.fset, "In[1]", code)
		if len(errs) > 0 {
			t.Log(errs)
			continue
		}
		ch, terrs := s.check(c)
		if len(terrs) > 0 {
			t.Log(terrs)
			continue
		}
		out := &recorder{}
		_ = ch
		debugLowered = func(x string) { t.Log(x) }
		o := s.Execute(t.Context(), kernel.Cell{Code: code, Count: i + 1}, out)
		if o.Err != nil {
			t.Log(o.Err.Value, o.Err.Traceback)
		}
		t.Log(out.stdout.String(), out.stderr.String(), out.result)
	}
}
