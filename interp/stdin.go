package interp

import (
	"os"
	"sync"

	"github.com/gophergrad/gophergrad/kernel"
)

// stdin is the standard input of cells: lines for which the user is asked when a cell reads.
type stdin struct {
	*os.File // all but reading
	s        *Session

	mu   sync.Mutex
	rest []byte // of the last line
}

// Read asks for a line if none is left.
func (in *stdin) Read(p []byte) (int, error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if len(in.rest) == 0 {
		line, err := in.ask()
		if err != nil {
			return 0, err
		}
		in.rest = append([]byte(line), '\n')
	}
	n := copy(p, in.rest)
	in.rest = in.rest[n:]
	return n, nil
}

func (in *stdin) ask() (string, error) {
	run := in.s.currentRun()
	if run == nil {
		return "", os.ErrClosed
	}
	out := in.s.stdio.output(run)
	if out == nil {
		return "", os.ErrClosed
	}
	return in.s.readLine(out, "", false)
}

// readLine asks for a line after all output so far. An interrupted cell ends here.
func (s *Session) readLine(out kernel.Output, prompt string, password bool) (string, error) {
	s.stdio.flush()
	line, err := out.ReadLine(prompt, password)
	if err != nil {
		s.rt.Poll()
	}
	return line, err
}
