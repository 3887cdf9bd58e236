package rt

import (
	"io"
	"os"
)

// Ask makes cells read from asking where they read the standard input.
func (r *Runtime) Ask(asking io.Reader) { r.asking = asking }

// Input is f as something to read: what asks the user in place of the standard input.
func (r *Runtime) Input(f *os.File) any {
	if f == r.Standard[0] {
		return r.asking
	}
	return f
}

// Read is f.Read.
func (r *Runtime) Read(f *os.File, p []byte) (int, error) { return r.Input(f).(io.Reader).Read(p) }
