package display

import (
	"fmt"
	"html"
	"strings"
	"sync"
	"time"
)

// progressInterval is how often a progress bar shows anew.
const progressInterval = 100 * time.Millisecond

// Progress is a progress bar in the output.
type Progress struct {
	slot  *Slot
	total int
	start time.Time

	mu    sync.Mutex
	done  int
	note  string
	shown time.Time
}

// late are the bars that show less than they have counted.
var late sync.Map

// CatchUp draws the bars whose latest steps came too fast to be drawn. Sessions
// call it when a cell ends, which may be in the middle of a loop.
func CatchUp() {
	late.Range(func(p, _ any) bool {
		p.(*Progress).catchUp()
		return true
	})
}

func (p *Progress) catchUp() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.show(time.Now())
}

// NewProgress shows a progress bar of total steps.
func NewProgress(total int) *Progress {
	p := &Progress{slot: Handle(), total: total, start: time.Now()}
	p.show(p.start)
	return p
}

// Tick counts one step. The note, formatted as by fmt.Sprint with spaces
// between, stands behind the bar: p.Tick("loss", 0.25). It may be called from
// any goroutine; the bar is redrawn ten times a second at most, at the end, and
// when the cell ends.
func (p *Progress) Tick(note ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
	if len(note) > 0 {
		p.note = strings.TrimSuffix(fmt.Sprintln(note...), "\n")
	}
	if now := time.Now(); p.done == p.total || now.Sub(p.shown) >= progressInterval {
		p.show(now)
	} else {
		late.Store(p, nil)
	}
}

func (p *Progress) show(now time.Time) {
	p.shown = now
	late.Delete(p)
	p.slot.Update(p.bundle(now.Sub(p.start)))
}

// progressHTML has inline styles only, and colours that suit light and dark.
const progressHTML = `<div style="display:flex;align-items:center;gap:0.8em">` +
	`<div style="flex:none;width:16em;height:0.7em;border-radius:0.35em;background-color:rgba(128,128,128,0.3)">` +
	`<div style="width:%.1f%%;height:100%%;border-radius:0.35em;background-color:#2a8fbd"></div></div>` +
	`<span>%s</span></div>`

func (p *Progress) bundle(elapsed time.Duration) Bundle {
	fraction := 1.0
	if p.total > 0 {
		fraction = min(1, float64(p.done)/float64(p.total))
	}
	status := fmt.Sprintf("%d/%d · %s", p.done, p.total, clock(elapsed))
	if p.done > 0 && p.done < p.total {
		left := time.Duration(float64(elapsed) * (1 - fraction) / fraction)
		status += fmt.Sprintf(" · %s left", clock(left))
	}
	if p.note != "" {
		status += " · " + p.note
	}
	const width = 30
	full := int(fraction * width)
	bar := strings.Repeat("█", full) + strings.Repeat("░", width-full)
	return Bundle{Data: map[string]any{
		"text/plain": bar + " " + status,
		"text/html":  fmt.Sprintf(progressHTML, 100*fraction, html.EscapeString(status)),
	}}
}

// clock writes a duration as minutes:seconds, or hours:minutes:seconds.
func clock(d time.Duration) string {
	s := int(d.Seconds())
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}
