package interp

import (
	"strings"
	"testing"

	"github.com/gophergrad/gophergrad/kernel"
)

// mixer is a recorder that keeps the order of the streams.
type mixer struct {
	recorder
	streams []string // each with what was written to it before the other one
	last    string
}

func (m *mixer) Stream(name, text string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if name != m.last {
		m.streams, m.last = append(m.streams, ""), name
	}
	m.streams[len(m.streams)-1] += text
}

// TestStreamsInOrder writes to both streams in turn.
func TestStreamsInOrder(t *testing.T) {
	n := newNotebook(t, `import "log"`)
	for i, pair := range []string{
		`fmt.Print("a"); fmt.Fprint(os.Stderr, "b")`,
		`fmt.Fprint(os.Stdout, "a"); fmt.Fprintf(os.Stderr, "%s", "b")`,
		`os.Stdout.WriteString("a"); print("b")`,
		`fmt.Print("a"); log.SetFlags(0); log.SetPrefix(""); log.Print("b")`, // other tests set them
		`w := os.Stdout; io.WriteString(w, "a"); fmt.Fprintln(os.Stderr, "b")`,
	} {
		out := &mixer{}
		if o := n.Execute(t.Context(), kernel.Cell{Code: "for range 100 { " + pair + " }", Count: i + 2}, out); o.Err != nil {
			t.Fatal(o.Err)
		}
		got := strings.ReplaceAll(strings.Join(out.streams, " "), "\n", "")
		if want := strings.TrimSpace(strings.Repeat("a b ", 100)); got != want {
			t.Errorf("%s: %s", pair, got)
		}
	}
}

// TestOutputWithoutEnd ends cells beside a program that never stops writing.
func TestOutputWithoutEnd(t *testing.T) {
	n := newNotebook(t, `import "os/exec"`, `c := exec.Command("yes"); c.Stdout = os.Stdout; c.Start()`)
	n.ok("1 + 1")
	n.ok("c.Process.Kill(); c.Wait()")
}
