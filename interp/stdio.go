package interp

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/gophergrad/gophergrad/interp/rt"
	"github.com/gophergrad/gophergrad/kernel"
)

// stdio gives what cells print to the output of the cell that started the printing goroutine. What is written to
// os.Stdout and os.Stderr, by cells or by compiled code, comes through pipes and goes to the latest cell.
type stdio struct {
	rt       *rt.Runtime
	out, err pipe
	mixed    atomic.Bool // a cell names os.Stdout or os.Stderr: print through the pipes, so that the order holds
	latest   atomic.Pointer[rt.Run]
	before   [2]*os.File // os.Stdout and os.Stderr as they were: files that nobody holds are closed

	mu   sync.Mutex
	runs []*rt.Run // that go on, in the order they began
}

// pipe is a file whose written end belongs to the program.
type pipe struct {
	file    *os.File
	name    string
	mu      sync.Mutex
	waiting map[string]chan struct{} // marks that flush has written and not yet seen
	marks   int
}

func newStdio(runtime *rt.Runtime) (*stdio, error) {
	s := &stdio{rt: runtime}
	for name, p := range map[string]*pipe{"stdout": &s.out, "stderr": &s.err} {
		r, w, err := os.Pipe()
		if err != nil {
			return nil, err
		}
		p.file, p.name, p.waiting = w, name, map[string]chan struct{}{}
		go p.copy(r, func(text string) { s.stream(s.latest.Load(), name, text) })
	}
	s.before = [2]*os.File{os.Stdout, os.Stderr}
	os.Stdout, os.Stderr = s.out.file, s.err.file
	log.SetOutput(s.writer("stderr"))
	return s, nil
}

// close gives the standard streams back and ends the pipes.
func (s *stdio) close() {
	os.Stdout, os.Stderr = s.before[0], s.before[1]
	log.SetOutput(os.Stderr)
	s.out.file.Close()
	s.err.file.Close()
}

// begin makes a run the latest until the returned function is called.
func (s *stdio) begin(run *rt.Run) (end func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.runs = append(s.runs, run)
	s.latest.Store(run)
	return func() {
		s.flush()
		s.mu.Lock()
		defer s.mu.Unlock()
		s.runs = slices.DeleteFunc(s.runs, func(other *rt.Run) bool { return other == run })
		if last := len(s.runs) - 1; last >= 0 {
			s.latest.Store(s.runs[last])
		}
	}
}

// alone reports whether no more than one run goes on.
func (s *stdio) alone() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.runs) < 2
}

// stream gives text to the output of a run.
func (s *stdio) stream(run *rt.Run, name, text string) {
	if run == nil {
		run = s.latest.Load()
	}
	if run == nil {
		return
	}
	if out, ok := run.Out.(kernel.Output); ok {
		out.Stream(name, text)
	}
}

// writer is what lowered code prints to.
func (s *stdio) writer(name string) io.Writer {
	p := &s.out
	if name == "stderr" {
		p = &s.err
	}
	return writerFunc(func(text []byte) (int, error) {
		if s.mixed.Load() && s.alone() {
			return p.file.Write(text)
		} else if s.mixed.Load() {
			p.flush()
		}
		s.stream(s.rt.Current(), name, string(text))
		return len(text), nil
	})
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// sees notes lowered source that names the standard files.
func (s *stdio) sees(source string) {
	if strings.Contains(source, ".Stdout") || strings.Contains(source, ".Stderr") {
		s.mixed.Store(true)
	}
}

// flush waits until all that was written to the pipes has been shown.
func (s *stdio) flush() {
	s.out.flush()
	s.err.flush()
}

// markStart and markEnd enclose the number of a flush in a pipe; text does not contain them.
const (
	markStart = "\x00\x01flush "
	markEnd   = "\x01\x00"
)

func (p *pipe) flush() {
	p.mu.Lock()
	p.marks++
	mark := fmt.Sprint(p.marks)
	seen := make(chan struct{})
	p.waiting[mark] = seen
	p.mu.Unlock()
	if _, err := p.file.WriteString(markStart + mark + markEnd); err == nil {
		<-seen
	}
}

// copy shows what comes through the pipe and answers flushes.
func (p *pipe) copy(r io.Reader, show func(string)) {
	var pending []byte
	buf := make([]byte, 64<<10)
	for {
		n, err := r.Read(buf)
		pending = append(pending, buf[:n]...)
		for {
			start := bytes.Index(pending, []byte(markStart))
			if start < 0 {
				break
			}
			end := bytes.Index(pending[start:], []byte(markEnd))
			if end < 0 {
				break
			}
			if start > 0 {
				show(string(pending[:start]))
			}
			mark := string(pending[start+len(markStart) : start+end])
			p.mu.Lock()
			if seen, ok := p.waiting[mark]; ok {
				close(seen)
				delete(p.waiting, mark)
			}
			p.mu.Unlock()
			pending = pending[start+end+len(markEnd):]
		}
		if keep := bytes.Index(pending, []byte(markStart[:1])); keep != 0 && len(pending) > 0 {
			if keep < 0 {
				keep = len(pending)
			}
			show(string(pending[:keep]))
			pending = append(pending[:0], pending[keep:]...)
		} else if keep == 0 && len(pending) > len(markStart) && !bytes.HasPrefix(pending, []byte(markStart)) {
			show(string(pending))
			pending = pending[:0]
		}
		if err != nil {
			return
		}
	}
}
