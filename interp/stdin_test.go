package interp

import (
	"fmt"
	"io"
	"testing"

	"github.com/gophergrad/gophergrad/kernel"
)

// typist answers every question with the next number.
type typist struct {
	recorder
	lines int
}

func (o *typist) ReadLine(string, bool) (string, error) {
	if o.lines == 100 {
		return "", io.EOF
	}
	o.lines++
	return fmt.Sprintf("line %d", o.lines), nil
}

// TestStandardInput asks the user however a cell reads it.
func TestStandardInput(t *testing.T) {
	n := newNotebook(t, "f := os.Stdin\nbuf := make([]byte, 99)\ntype job struct{ in *os.File }\nvar word string\nvar number int")
	out := &typist{}
	for i, code := range []string{
		`k, err := os.Stdin.Read(buf); string(buf[:k])`,
		`k, err := f.Read(buf); string(buf[:k])`,
		`k, err := job{f}.in.Read(buf); string(buf[:k])`,
		`line, err := bufio.NewReader(f).ReadString('\n'); line`,
		`sc := bufio.NewScanner(os.Stdin); sc.Scan(); sc.Text() + "\n"`,
		`func read(r io.Reader) string { k, _ := r.Read(buf); return string(buf[:k]) }; read(f)`,
		`fmt.Fscanln(f, &word, &number); fmt.Sprintln(word, number)`,
		`fmt.Scanln(&word, &number); fmt.Sprintln(word, number)`,
		`fmt.Scanf("%s %d\n", &word, &number); fmt.Sprintln(word, number)`,
	} {
		if o := n.Execute(t.Context(), kernel.Cell{Code: code, Count: i + 2}, out); o.Err != nil {
			t.Fatalf("%s: %v", code, o.Err)
		}
		if want := fmt.Sprintf("line %d\n", i+1); out.result != want {
			t.Errorf("%s: %q, want %q", code, out.result, want)
		}
	}
	n.ok("other, err := os.CreateTemp(os.TempDir(), \"\")\nother.WriteString(\"mine\")\nother.Seek(0, 0)\nos.Remove(other.Name())\nfmt.Fscan(other, &word)\nos.Stdin = other\nword")
	if n.result != "mine" {
		t.Errorf("a file that is not the standard input: %q", n.result)
	}
	n.ok("other.Seek(0, 0)\nfmt.Scan(&word)\nword")
	if n.result != "mine" {
		t.Errorf("another file as the standard input: %q", n.result)
	}
	n.ok("os.Stdin = f")
}
