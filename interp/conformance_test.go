package interp

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gophergrad/gophergrad/kernel"
)

// recorder is the output of a cell.
type recorder struct {
	mu     sync.Mutex
	stdout strings.Builder
	stderr strings.Builder
	result string
	shown  bool
}

func (r *recorder) Stream(name, text string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if name == "stdout" {
		r.stdout.WriteString(text)
	} else {
		r.stderr.WriteString(text)
	}
}
func (r *recorder) Display(b kernel.Bundle, id string) {}
func (r *recorder) Update(b kernel.Bundle, id string)  {}
func (r *recorder) Result(b kernel.Bundle) {
	r.result, r.shown = fmt.Sprint(b.Data["text/plain"]), true
}
func (r *recorder) Clear(wait bool) {}
func (r *recorder) ReadLine(prompt string, password bool) (string, error) {
	return "", fmt.Errorf("no input")
}

// TestConformance runs the cell sequences that every front end must see run as stated.
func TestConformance(t *testing.T) {
	runCases(t, "../tests/conformance/cells.txt")
}

// TestSession runs further sequences.
func TestSession(t *testing.T) { runCases(t, "testdata/session.txt") }

// TestSurvives runs cells that would end a process.
func TestSurvives(t *testing.T) { runCases(t, "testdata/survives.txt") }

// runCases runs the sequences in a file; prepare is called before every cell.
func runCases(t *testing.T, file string, prepare ...func(*Session)) {
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range strings.Split("\n"+string(text), "\n=== ")[1:] {
		name, body, _ := strings.Cut(c, "\n")
		t.Run(strings.Fields(name)[0], func(t *testing.T) { runCase(t, body, prepare...) })
	}
}

func runCase(t *testing.T, body string, prepare ...func(*Session)) {
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	body = strings.NewReplacer(`"lab/`, `"github.com/gophergrad/gophergrad/`).Replace(body)
	count := 0
	for _, part := range strings.Split("\n"+body, "\n---\n") {
		code, want, hasWant := strings.Cut(part, "\n>>>\n")
		timeout := time.Hour
		var lines []string
		for _, line := range strings.Split(strings.TrimPrefix(code, "\n"), "\n") {
			if d, ok := strings.CutPrefix(line, "//timeout "); ok {
				timeout, _ = time.ParseDuration(d)
				continue
			}
			lines = append(lines, line)
		}
		for _, f := range prepare {
			f(s)
		}
		count++
		out := &recorder{}
		ctx, cancel := context.WithTimeout(context.Background(), timeout)
		outcome := s.Execute(ctx, kernel.Cell{Code: strings.Join(lines, "\n"), Count: count, StoreHistory: true}, out)
		cancel()
		expect(t, strings.Join(lines, "\n"), outcome, out, want, hasWant)
	}
}

func expect(t *testing.T, code string, outcome kernel.Outcome, out *recorder, want string, hasWant bool) {
	t.Helper()
	var stdout []string
	result, failure, anything := "", "", false
	fails, shows := false, false
	for _, line := range strings.Split(strings.TrimRight(want, "\n"), "\n") {
		switch {
		case strings.HasPrefix(line, "=> "):
			result, shows = line[3:], true
		case strings.HasPrefix(line, "!!"):
			failure, fails = strings.TrimSpace(line[2:]), true
		case line == "~~":
			anything = true
		case hasWant && line != "":
			stdout = append(stdout, line)
		}
	}
	if anything {
		return
	}
	if outcome.Err != nil {
		all := outcome.Err.Name + ": " + outcome.Err.Value + "\n" + strings.Join(outcome.Err.Traceback, "\n")
		if !fails || !strings.Contains(all, failure) {
			t.Errorf("%s\nfailed: %s", code, all)
		}
		return
	}
	if fails {
		t.Errorf("%s\nwant failure %q", code, failure)
	}
	var got []string
	for _, line := range strings.Split(out.stdout.String(), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			got = append(got, line)
		}
	}
	if strings.Join(got, "\n") != strings.Join(stdout, "\n") {
		t.Errorf("%s\nstdout %q, want %q (stderr %q)", code, got, stdout, out.stderr.String())
	}
	if out.result != result || out.shown != shows {
		t.Errorf("%s\nresult %q, want %q", code, out.result, result)
	}
}
