package interp

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestProgramStatus runs programs that end in other ways than by themselves.
func TestProgramStatus(t *testing.T) {
	args := os.Args
	defer func() { os.Args = args }()
	for _, test := range []struct {
		name, source string
		status       int
		wants        string // in what is printed and the error
	}{
		{"a refusal before anything runs", `import ("fmt"; "testing")
func main() { fmt.Println("ran", testing.AllocsPerRun(1, func() {})) }`, exitRefused, "4:42: gophergrad cannot run testing.AllocsPerRun"},
		{"a refusal while running, which nothing recovers", `import "encoding/asn1"
type T struct{ next *T }
func encode(x any) { asn1.Marshal(x) }
func main() { defer func() { recover() }()
encode(T{}) }`, exitRefused, "gophergrad cannot run asn1.Marshal with a main.T, which it looks into by reflection: "},
		{"in a goroutine, while main waits", `import "encoding/asn1"
type T struct{ n int }
func encode(x any) { asn1.Marshal(x) }
func main() { done := make(chan int)
go func() { defer close(done); encode(T{}) }()
<-done }`, exitRefused, "p.go:5 in encode"},
		{"swallowed by compiled code", `import ("encoding/asn1"; "fmt")
type T struct{ n int }
func encode(x any) error { _, err := asn1.Marshal(x); return err }
func (t T) String() string { return fmt.Sprint(encode(t)) }
func main() { fmt.Println(T{}) }`, exitRefused, "asn1.Marshal with a main.T"},
		{"os.Exit, past deferred calls and recover", `import "os"
func main() { defer println("deferred")
defer func() { recover() }()
os.Exit(7) }`, 7, ""},
		{"os.Exit in a goroutine", `import "os"
func main() { go os.Exit(8)
select {} }`, 8, ""},
		{"the Fatal of a logger", `import ("log"; "os")
func main() { log.New(os.Stdout, "", 0).Fatalf("bye %d", 1) }`, 1, "bye 1"},
		{"a panic of a timer", `import "time"
func main() { time.AfterFunc(0, func() { panic("late") })
select {} }`, exitPanic, "panic: late"},
	} {
		t.Run(test.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "p.go")
			if err := os.WriteFile(file, []byte("package main\n\n"+test.source+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
			s, err := New()
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(s.Close)
			out := &streams{}
			status, failure, err := s.RunProgram(t.Context(), file, out)
			if err != nil {
				t.Fatal(err)
			}
			text := out.text.String()
			if failure != nil {
				text += ansi.ReplaceAllString(strings.Join(failure.Traceback, "\n"), "")
			}
			if status != test.status || !strings.Contains(text, test.wants) || strings.Contains(text, "deferred") {
				t.Errorf("status %d, want %d:\n%s\nwant %s", status, test.status, text, test.wants)
			}
		})
	}
}
