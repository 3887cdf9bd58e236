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

// stops tells why the goroutine stops where c is, "" if it does not.
func (d *Debugger) stops(c *Call) string {
	p := d.points[c.point]
	switch {
	case p.Head && slices.Contains(d.lines[p.Source], p.Line):
		return "breakpoint"
	case d.step.reaches(c, d.points):
		return "step"
	case d.pause:
		return "pause"
	}
	return ""
}
