package interp

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/gophergrad/gophergrad/kernel"
)

// harmful is what fuzzed cells must not do to the machine they run on.
var harmful = regexp.MustCompile(`[!%?]|\b(os|exec|syscall|net|http|debug|signal|ioutil|filepath|tensorboard|format|Save|GOMAXPROCS)\b|\.\.[/.]|//timeout`)

// FuzzCell gives a session any text as cells, parted by ---. None may crash or hang it, or keep it from what it could do
// before, and the interpreter must understand what the cells were lowered to.
//
//	go test ./interp -fuzz FuzzCell -fuzztime 5m -parallel 1
func FuzzCell(f *testing.F) {
	for _, file := range []string{"../tests/conformance/cells.txt", "testdata/session.txt", "testdata/language.txt"} {
		for _, cells := range caseCells(f, file) {
			f.Add(strings.Join(cells, separator))
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		if harmful.MatchString(text) {
			t.Skip("the text would reach outside of the session: see harmful")
		}
		t.Chdir(t.TempDir())
		tryCells(t, strings.Split(text, separator))
	})
}

const separator = "\n---\n"

// caseCells gives the cells of every case of a file, without what they show.
func caseCells(tb testing.TB, file string) (cases [][]string) {
	text, err := os.ReadFile(filepath.FromSlash(file))
	if err != nil {
		tb.Fatal(err)
	}
	for _, body := range strings.Split("\n"+string(text), "\n=== ")[1:] {
		var cells []string
		_, body, _ = strings.Cut(body, "\n")
		for _, part := range strings.Split(body, separator) {
			code, _, _ := strings.Cut(part, "\n>>>\n")
			cells = append(cells, code)
		}
		cases = append(cases, cells)
	}
	return cases
}

// tryCells runs cells in a session, completes and inspects in them, and looks at what is left.
func tryCells(t *testing.T, cells []string) {
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	count := 0
	run := func(code string, limit time.Duration) (*recorder, kernel.Outcome) {
		count++
		out := &recorder{}
		ctx, cancel := context.WithTimeout(t.Context(), limit)
		defer cancel()
		var outcome kernel.Outcome
		soon(t, "run", code, func() { outcome = s.Execute(ctx, kernel.Cell{Code: code, Count: count}, out) })
		return out, outcome
	}
	wants := func(code, want string) {
		if out, outcome := run(code, time.Hour); outcome.Err != nil || out.result != want {
			t.Errorf("%s gives %q, %v; want %q after\n%s", code, out.result, outcome.Err, want, strings.Join(cells, separator))
		}
	}
	run("kept_before := []int{4, 2}", time.Hour)
	for _, code := range cells {
		soon(t, "tell whether it is complete", code, func() { s.IsComplete(code) })
		for i := range 4 {
			cursor := (i*len(code) + len(code)/2) / 4
			soon(t, "complete", code, func() { s.Complete(code, cursor) })
			soon(t, "inspect", code, func() { s.Inspect(code, cursor, i%2) })
		}
		if _, outcome := run(code, 200*time.Millisecond); outcome.Err != nil && outcome.Err.Name == "internal error" {
			t.Errorf("%s\nfailed: %s in\n%s", code, outcome.Err.Value, strings.Join(cells, separator))
		}
	}
	wants("kept_before", "[4 2]")
	wants("1 + 1", "2")
}

// soon fails the test if f takes long.
func soon(t *testing.T, what, code string, f func()) {
	t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		f()
	}()
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		stacks := make([]byte, 1<<16)
		t.Fatalf("%s\ntakes too long to %s\n%s", code, what, stacks[:runtime.Stack(stacks, true)])
	}
}
