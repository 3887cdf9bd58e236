// Package debug stops goroutines of cells where a user wants to look at them. Code that is lowered for it calls
// [Call.At] before each of its statements, which is where a breakpoint, a step or a pause takes effect.
package debug

import (
	"fmt"
	"go/types"
	"slices"
	"sync"
)

// Point is a place where code can stop.
type Point struct {
	Function string // as the user wrote it; empty for the statements of a cell
	Source   string // the file of the cell
	Line     int
	Head     bool    // it is the first of its line, at which a breakpoint stops
	Locals   []Local // the variables that are visible there, of which At gets pointers in this order
}

// Local is a variable of a function.
type Local struct {
	Name string
	Type types.Type
}

// Breakpoint stops what reaches its line, if its condition holds there.
type Breakpoint struct {
	Line      int    `json:"line"`
	Condition string `json:"condition,omitempty"` // an expression; empty: it always holds
}

// Stop tells why a goroutine has stopped.
type Stop struct {
	Thread *Thread
	Reason string // "breakpoint", "step", "pause" or "exception"
	Text   string // of an exception, or what is wrong with a condition
}

// Debugger holds what stops the goroutines of a session. While one of them is stopped the others wait at their next
// statement, so that what the user looks at does not change.
type Debugger struct {
	events Events

	mu       sync.Mutex
	points   []Point
	places   map[place]int           // their numbers
	lines    map[string][]Breakpoint // by source
	panics   bool                    // panics that nothing recovers stop
	threads  []*Thread
	pause    bool
	step     step
	stopped  *Thread
	released chan struct{} // closed when the stopped goroutine and those that wait may go on; nil when none is
}

// Events hears of what happens, in the order in which it does, when it must not call the debugger, and knows whether the
// condition of a breakpoint holds in a frame; text says why it cannot know. Once done is closed the answer is needless.
type Events interface {
	Stopped(Stop)
	Continued(*Thread)
	Holds(condition string, f Frame, done <-chan struct{}) (holds bool, text string)
}

// New returns a debugger.
func New(events Events) *Debugger {
	return &Debugger{events: events, places: map[place]int{}, lines: map[string][]Breakpoint{}}
}

// Point numbers a place. Code that is compiled again, as cells and functions are, has the places it had, if the types of
// the variables, which types names, are what they were.
func (d *Debugger) Point(p Point, types string) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	at := place{p.Function, p.Source, p.Line, p.Head, types}
	number, known := d.places[at]
	if !known {
		number = len(d.points)
		d.places[at], d.points = number, append(d.points, p)
	}
	return number
}

// place is what makes points the same.
type place struct {
	function, source string
	line             int
	head             bool
	variables        string
}

// SetBreakpoints replaces the breakpoints of a source.
func (d *Debugger) SetBreakpoints(source string, breakpoints []Breakpoint) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.lines, source)
	if len(breakpoints) > 0 {
		d.lines[source] = breakpoints
	}
}

// StopAtPanics makes panics that nothing recovers stop their goroutines before these end.
func (d *Debugger) StopAtPanics(on bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.panics = on
}

// Pause stops the goroutine that reaches a statement first.
func (d *Debugger) Pause() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.pause = d.stopped == nil
}

// Reset forgets breakpoints and lets everything go on.
func (d *Debugger) Reset() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.lines, d.panics, d.pause = map[string][]Breakpoint{}, false, false
	d.release(Run)
}

// Threads are the goroutines that run debugged code, in the order they began to.
func (d *Debugger) Threads() []*Thread {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.threads)
}

// Stopped is the goroutine that the user looks at, nil if none is stopped.
func (d *Debugger) Stopped() *Thread {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.stopped
}

// Resume lets the stopped goroutine make a step, and everything else go on with it.
func (d *Debugger) Resume(s Step) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.stopped == nil {
		return fmt.Errorf("nothing is stopped")
	}
	d.release(s)
	return nil
}

func (d *Debugger) release(s Step) {
	if d.stopped != nil {
		d.step = step{kind: s, from: d.stopped.call, point: d.stopped.call.point}
		d.events.Continued(d.stopped)
		d.stopped = nil
		d.goOn()
	}
}

func (d *Debugger) goOn() {
	close(d.released)
	d.released = nil
}
