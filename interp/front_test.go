package interp

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/gophergrad/gophergrad/kernel"
)

// notebook is a session for tests, with what its last cell showed.
type notebook struct {
	*Session
	t     *testing.T
	count int
	*screen
}

// screen keeps everything that a cell shows.
type screen struct {
	recorder
	mu       sync.Mutex
	displays []kernel.Bundle
}

func (s *screen) Display(b kernel.Bundle, _ string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.displays = append(s.displays, b)
}

func (s *screen) out() string {
	s.recorder.mu.Lock()
	defer s.recorder.mu.Unlock()
	return s.stdout.String()
}

func (s *screen) errors() string {
	s.recorder.mu.Lock()
	defer s.recorder.mu.Unlock()
	return s.stderr.String()
}

// newNotebook starts a session and runs cells in it.
func newNotebook(t *testing.T, cells ...string) *notebook {
	t.Helper()
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	n := &notebook{Session: s, t: t}
	for _, code := range cells {
		n.ok(code)
	}
	return n
}

// run runs a cell.
func (n *notebook) run(ctx context.Context, code string) kernel.Outcome {
	n.count++
	n.screen = &screen{}
	return n.Execute(ctx, kernel.Cell{Code: code, Count: n.count, StoreHistory: true}, n.screen)
}

// ok runs a cell that must not fail and gives its payload.
func (n *notebook) ok(code string) []kernel.Payload {
	n.t.Helper()
	outcome := n.run(n.t.Context(), code)
	if outcome.Err != nil {
		n.t.Fatalf("%s\nfailed: %v", code, outcome.Err)
	}
	return outcome.Payload
}

// fails runs a cell that must fail and gives its error, colors left out.
func (n *notebook) fails(code string) (value, traceback string) {
	n.t.Helper()
	outcome := n.run(n.t.Context(), code)
	if outcome.Err == nil {
		n.t.Fatalf("%s\ndid not fail", code)
	}
	return outcome.Err.Name + ": " + outcome.Err.Value, ansi.ReplaceAllString(strings.Join(outcome.Err.Traceback, "\n"), "")
}

// cursor takes the | out of code that marks the cursor.
func cursor(t *testing.T, marked string) (code string, offset int) {
	t.Helper()
	before, after, ok := strings.Cut(marked, "|")
	if !ok {
		t.Fatalf("no cursor in %q", marked)
	}
	return before + after, len(before)
}

// wants checks that text contains every one of the pieces.
func wants(t *testing.T, text string, pieces ...string) {
	t.Helper()
	for _, piece := range pieces {
		if !strings.Contains(text, piece) {
			t.Errorf("%q is missing in:\n%s", piece, text)
		}
	}
}

func text(b kernel.Bundle) string { return fmt.Sprint(b.Data["text/plain"]) }
