package display

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/term"

	"github.com/gophergrad/gophergrad/display/widgets"
)

// Sink is where Show, Handle, Clear and progress bars send what they show.
// Display shows a bundle; a non-empty id lets Update replace it. Clear removes
// the cell's output, with wait only when the next output arrives. ReadLine asks
// the user for a line. Collect calls f and gives what is printed and displayed
// meanwhile to show, at the end and, if f takes long, before.
type Sink interface {
	Display(b Bundle, id string)
	Update(b Bundle, id string)
	Clear(wait bool)
	ReadLine(prompt string, password bool) (string, error)
	Collect(f func(), show func(...widgets.Shown))
}

var currentSink atomic.Pointer[func() Sink]

// SetSink says where output goes from now on: sink is asked at every call, so
// it can choose by the calling goroutine. At first, and where sink returns nil,
// output is printed to standard output as text.
func SetSink(sink func() Sink) { currentSink.Store(&sink) }

func sink() Sink {
	if ask := currentSink.Load(); ask != nil {
		if s := (*ask)(); s != nil {
			return s
		}
	}
	return &standardOutput
}

// Show shows values at once, one after the other.
func Show(vs ...any) {
	for _, v := range vs {
		sink().Display(Of(v), "")
	}
}

// Clear removes the cell's output so far; with wait, only when the next output
// arrives, which avoids flicker.
func Clear(wait bool) { sink().Clear(wait) }

// Slot is a place in the output whose content can be replaced.
type Slot struct {
	id    string
	mu    sync.Mutex
	shown bool
}

var slots atomic.Uint64

// Handle returns a new slot, empty until the first Update.
func Handle() *Slot {
	return &Slot{id: fmt.Sprintf("gophergrad-%d-%d", os.Getpid(), slots.Add(1))}
}

// Update shows v in the slot in place of what it showed before. It may be
// called from any goroutine.
func (s *Slot) Update(v any) {
	b := Of(v)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.shown {
		sink().Update(b, s.id)
		return
	}
	sink().Display(b, s.id)
	s.shown = true
}

// printer is the sink of programs without a front end.
type printer struct {
	mu   sync.Mutex
	last string // the id of what was printed last, "" if it cannot be replaced
}

var standardOutput printer

func (p *printer) Display(b Bundle, id string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	text := b.String()
	fmt.Println(text)
	if p.last = id; strings.Contains(text, "\n") {
		p.last = ""
	}
}

// Update prints anew; on a terminal, over the line that it replaces.
func (p *printer) Update(b Bundle, id string) {
	if p.replaces(id) {
		fmt.Print("\x1b[F\x1b[K") // to the start of the line above, and erase it
	}
	p.Display(b, id)
}

func (p *printer) replaces(id string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.last == id && term.IsTerminal(int(os.Stdout.Fd()))
}

// Clear does nothing: what is printed stays.
func (p *printer) Clear(bool) {}

// Collect calls f, whose output is printed.
func (p *printer) Collect(f func(), _ func(...widgets.Shown)) { f() }
