package interp

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gophergrad/gophergrad/kernel"
)

// TestToolchainPrograms runs a sample of the Go toolchain's own test programs, listed in testdata/toolchain.txt; all of
// them run with `go run ./tests/gotests`.
func TestToolchainPrograms(t *testing.T) {
	list, err := os.ReadFile("testdata/toolchain.txt")
	if err != nil {
		t.Fatal(err)
	}
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	root := filepath.Join(strings.TrimSpace(string(goroot)), "test")
	if _, err := os.Stat(root); err != nil {
		t.Skipf("this Go toolchain comes without its tests: %v", err)
	}
	args := os.Args
	defer func() { os.Args = args }()
	for name := range strings.FieldsSeq(string(list)) {
		t.Run(name, func(t *testing.T) { runToolchainProgram(t, filepath.Join(root, name)) })
	}
}

func runToolchainProgram(t *testing.T, file string) {
	want, _ := os.ReadFile(strings.TrimSuffix(file, ".go") + ".out") // none means no output
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	out := &streams{}
	status, failure, err := s.RunProgram(ctx, file, out)
	if err != nil || failure != nil || status != 0 {
		t.Fatalf("status %d, %v, %v", status, failure, err)
	}
	if got := out.text.String(); got != string(want) {
		t.Errorf("printed\n%s\nwant\n%s", got, want)
	}
}

// streams keeps what a program prints to both streams, in order.
type streams struct {
	recorder
	mu   sync.Mutex
	text strings.Builder
}

var _ kernel.Output = (*streams)(nil)

func (s *streams) Stream(name, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.text.WriteString(text)
}
