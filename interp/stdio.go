package interp

import (
	"io"
	"log"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"

	"github.com/gophergrad/gophergrad/interp/rt"
)

// stdio gives what cells print to the output of the cell that started the printing goroutine. What is written to
// os.Stdout and os.Stderr by anything but fmt and log comes through pipes and goes to the latest cell.
type stdio struct {
	rt       *rt.Runtime
	out, err *pipe
	mixed    atomic.Bool // a cell names os.Stdout or os.Stderr: what is in the pipes comes before what is printed
	latest   atomic.Pointer[rt.Run]
	before   [2]*os.File // os.Stdout and os.Stderr as they were: files that nobody holds are closed

	diverted sync.Map // *rt.Run → *collected

	mu   sync.Mutex
	runs []*rt.Run // that go on, in the order they began
}

// pipe is a file whose written end belongs to the program.
type pipe struct {
	file *os.File
	show func(text string)
	end  syscall.RawConn // which is read

	mu sync.Mutex // of who reads and shows
}

func newStdio(runtime *rt.Runtime) (s *stdio, err error) {
	s = &stdio{rt: runtime}
	if s.out, err = s.newPipe("stdout"); err != nil {
		return nil, err
	}
	if s.err, err = s.newPipe("stderr"); err != nil {
		return nil, err
	}
	s.before = [2]*os.File{os.Stdout, os.Stderr}
	os.Stdout, os.Stderr = s.out.file, s.err.file
	runtime.Standard = [3]*os.File{os.Stdin, os.Stdout, os.Stderr}
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
		if c, ok := s.diverted.LoadAndDelete(run); ok {
			c.(*collected).flush()
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		s.runs = slices.DeleteFunc(s.runs, func(other *rt.Run) bool { return other == run })
		if last := len(s.runs) - 1; last >= 0 {
			s.latest.Store(s.runs[last])
		}
	}
}

// stream gives text to the output of a run.
func (s *stdio) stream(run *rt.Run, name, text string) {
	if run == nil {
		run = s.latest.Load()
	}
	if out := s.output(run); out != nil {
		out.Stream(name, text)
	}
}

// writer is what lowered code prints to.
func (s *stdio) writer(name string) io.Writer {
	return writerFunc(func(text []byte) (int, error) {
		s.print(s.rt.Current(), name, string(text))
		return len(text), nil
	})
}

// print gives text to the output of a run, after what is in the pipes.
func (s *stdio) print(run *rt.Run, name, text string) {
	if s.mixed.Load() {
		s.flush()
	}
	s.stream(run, name, text)
}

// of is where fmt writes when a cell has it write to w: past the pipes, which know neither the order among them nor
// whose goroutine writes.
func (s *stdio) of(w io.Writer) io.Writer {
	switch w {
	case s.out.file:
		return s.writer("stdout")
	case s.err.file:
		return s.writer("stderr")
	}
	return w
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// sees notes lowered source that names the standard files.
func (s *stdio) sees(source string) {
	if strings.Contains(source, ".Stdout") || strings.Contains(source, ".Stderr") {
		s.mixed.Store(true)
	}
}

// flush shows all that was written to the pipes.
func (s *stdio) flush() {
	s.out.flush()
	s.err.flush()
}

// newPipe makes a pipe, which shows what is written to it as soon as it can.
func (s *stdio) newPipe(name string) (*pipe, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	p := &pipe{file: w, show: func(text string) { s.stream(s.latest.Load(), name, text) }}
	if p.end, err = r.SyscallConn(); err != nil {
		return nil, err
	}
	go func() {
		defer r.Close()
		p.end.Read(func(fd uintptr) (ended bool) {
			for {
				if n, err := p.read(fd); n <= 0 {
					return err != syscall.EAGAIN // else it is asked again when there is more
				}
			}
		})
	}()
	return p, nil
}

// pipeSize is how many bytes a pipe holds.
const pipeSize = 1 << 16

// flush shows what is in the pipe, but nothing of what goes on to be written: that may have no end.
func (p *pipe) flush() {
	p.end.Control(func(fd uintptr) {
		for left := pipeSize; left > 0; {
			n, _ := p.read(fd)
			if n <= 0 {
				break
			}
			left -= n
		}
	})
}

// read shows some of what is in the pipe, and returns its length.
func (p *pipe) read(fd uintptr) (n int, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var buf [pipeSize / 8]byte
	for n, err = syscall.Read(int(fd), buf[:]); err == syscall.EINTR; {
		n, err = syscall.Read(int(fd), buf[:])
	}
	if n > 0 {
		p.show(string(buf[:n]))
	}
	return n, err
}
