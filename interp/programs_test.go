package interp

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestPrograms runs the programs in testdata/programs: interpreted and compiled they print the same.
func TestPrograms(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles programs: not with -short")
	}
	names, err := filepath.Glob("testdata/programs/*.go")
	if err != nil || len(names) == 0 {
		t.Fatal("no programs", err)
	}
	files := make([]string, len(names))
	for i, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files[i] = strings.Replace(string(text), "\nfunc main() {", "\nfunc Main() {", 1)
	}
	args := os.Args
	defer func() { os.Args = args }()
	for i, want := range runFiles(t, files) {
		t.Run(strings.TrimSuffix(filepath.Base(names[i]), ".go"), func(t *testing.T) {
			s, err := New()
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(s.Close)
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			out := &recorder{}
			status, failure, err := s.RunProgram(ctx, names[i], out)
			if err != nil || failure != nil || status != 0 {
				t.Fatalf("status %d, %v, %v", status, failure, err)
			}
			want := strings.ReplaceAll(want, "c.go:", filepath.Base(names[i])+":") // as log shows places
			if got := out.stdout.String(); got != want {
				t.Errorf("printed\n%s\ncompiled it prints\n%s", got, want)
			}
		})
	}
}
