package debug

import "slices"

// Step is how a stopped goroutine goes on.
type Step int

// The steps.
const (
	Run  Step = iota // to the next breakpoint
	Over             // to the next statement of the function, or of its caller
	Into             // to the next statement, in a called function too
	Out              // to the next statement of the caller
)

// step is a step being made.
type step struct {
	kind  Step
	from  *Call
	point int
}

// reaches reports whether the step ends at where c is.
func (s step) reaches(c *Call, points []Point) bool {
	if s.kind == Run || c.thread != s.from.thread {
		return false
	}
	home := s.from.home()
	if c.depth < home.depth {
		return true
	}
	// On its line a step only ends where a loop came round again.
	moved := c != s.from || points[c.point].Line != points[s.point].Line || c.point <= s.point
	switch s.kind {
	case Into:
		return moved
	case Over:
		return moved && c.home() == home
	}
	return false
}

// stops tells why the goroutine stops where c is, "" if it does not. d.mu is held.
func (t *Thread) stops(c *Call) (reason, text string) {
	p := t.d.points[c.point]
	for _, b := range t.d.lines[p.Source] {
		if p.Head && b.Line == p.Line {
			if holds, text := t.holds(b, c); holds {
				return "breakpoint", text
			}
		}
	}
	switch {
	case t.d.step.reaches(c, t.d.points):
		return "step", ""
	case t.d.pause:
		return "pause", ""
	}
	return "", ""
}

// holds reports whether the condition of a breakpoint holds where c is. d.mu is held, but not while the condition is looked
// at: then all others wait, as they do when the goroutine stops.
func (t *Thread) holds(b Breakpoint, c *Call) (holds bool, text string) {
	if b.Condition == "" {
		return true, ""
	}
	p := t.d.points[c.point]
	t.d.released = make(chan struct{})
	t.d.mu.Unlock()
	holds, text = t.d.events.Holds(b.Condition, Frame{p, c.locals}, t.done)
	t.d.mu.Lock()
	t.d.goOn()
	return holds && slices.Contains(t.d.lines[p.Source], b), text
}
