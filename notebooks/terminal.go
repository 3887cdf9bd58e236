package notebooks

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"sync"

	"golang.org/x/term"

	"github.com/gophergrad/gophergrad/kernel"
)

// run is what the cells of one execution share. Goroutines of a cell may write
// at any time, until the execution is finished.
type run struct {
	ctx      context.Context
	term     *Terminal
	mu       sync.Mutex
	finished bool
	displays map[string][]*Output // by display id, across all cells
}

func (r *run) do(f func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.finished {
		f()
	}
}

func (r *run) finish() { r.do(func() { r.finished = true }) }

// Terminal is where an execution shows its output and asks for input.
type Terminal struct {
	out, err io.Writer
	in       *bufio.Reader
	hidden   func() ([]byte, error) // reads a password; nil if in is no terminal
	colors   bool                   // err understands ANSI colors
}

var ansi = regexp.MustCompile("\x1b\\[[0-9;]*m")

// NewTerminal returns the terminal of the process's standard streams.
func NewTerminal() *Terminal {
	t := &Terminal{out: os.Stdout, err: os.Stderr, in: bufio.NewReader(os.Stdin)}
	t.colors = term.IsTerminal(int(os.Stderr.Fd()))
	if fd := int(os.Stdin.Fd()); term.IsTerminal(fd) {
		t.hidden = func() ([]byte, error) { return term.ReadPassword(fd) }
	}
	return t
}

func (t *Terminal) stream(name, text string) {
	if name == "stderr" {
		io.WriteString(t.err, text)
		return
	}
	io.WriteString(t.out, text)
}

// Output is the terminal as the output of a program.
func (t *Terminal) Output(ctx context.Context) kernel.Output { return programOutput{t, ctx} }

type programOutput struct {
	*Terminal
	ctx context.Context
}

func (o programOutput) Stream(name, text string)          { o.stream(name, text) }
func (o programOutput) Display(b kernel.Bundle, _ string) { o.show(b) }
func (o programOutput) Update(b kernel.Bundle, _ string)  { o.show(b) }
func (o programOutput) Result(kernel.Bundle)              {}
func (o programOutput) Clear(bool)                        {}
func (o programOutput) ReadLine(prompt string, password bool) (string, error) {
	return o.readLine(o.ctx, prompt, password)
}

// show prints a bundle's plain text.
func (t *Terminal) show(b kernel.Bundle) {
	if text, ok := b.Data["text/plain"].(string); ok {
		fmt.Fprintln(t.out, text)
	}
}

// Fail shows why a cell or program failed.
func (t *Terminal) Fail(err *kernel.CellError) {
	lines := err.Traceback
	if len(lines) == 0 {
		lines = []string{err.Error()}
	}
	text := strings.Join(lines, "\n")
	if !t.colors {
		text = ansi.ReplaceAllString(text, "")
	}
	fmt.Fprintln(t.err, text)
}

// readLine asks for a line and gives up when ctx is cancelled.
func (t *Terminal) readLine(ctx context.Context, prompt string, password bool) (string, error) {
	type answer struct {
		line string
		err  error
	}
	io.WriteString(t.out, prompt)
	answers := make(chan answer, 1)
	go func() {
		if password && t.hidden != nil {
			line, err := t.hidden()
			answers <- answer{string(line), err}
			return
		}
		line, err := t.in.ReadString('\n')
		if err == io.EOF && line != "" {
			err = nil
		}
		answers <- answer{strings.TrimRight(line, "\r\n"), err}
	}()
	select {
	case a := <-answers:
		return a.line, a.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
