package interp

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/gophergrad/gophergrad/display/widgets"
	"github.com/gophergrad/gophergrad/interp/rt"
	"github.com/gophergrad/gophergrad/kernel"
)

const (
	collectedText  = 1 << 20                // bytes of text that a widget shows
	collectedDelay = 100 * time.Millisecond // how long output waits for more before it is shown
	collectedPace  = 500_000                // bytes a second; all is sent anew when something comes
)

// collected is the output of a run that a widget shows in place of its cell.
type collected struct {
	kernel.Output // asks for input, and updates what is shown elsewhere
	show          func(...widgets.Shown)

	mu     sync.Mutex
	pieces []widgets.Shown
	ids    []string // of the displays among them
	text   int      // bytes of text
	clears bool     // the next output is to replace them
	timer  *time.Timer
}

// output is where a run shows what it prints and displays, nil if nowhere.
func (s *stdio) output(run *rt.Run) kernel.Output {
	if run == nil {
		return nil
	}
	if c, ok := s.diverted.Load(run); ok {
		return c.(*collected)
	}
	out, _ := run.Out.(kernel.Output)
	return out
}

// Collect lets a widget show what the run shows while f runs; should f fail, until the run has ended, which shows the
// error.
func (c cellSink) Collect(f func(), show func(...widgets.Shown)) {
	stdio := c.s.stdio
	stdio.flush()
	d := &collected{Output: c.out, show: show}
	before, nested := stdio.diverted.Swap(c.run, d)
	defer d.flush()
	f()
	stdio.flush()
	if nested {
		stdio.diverted.Store(c.run, before)
	} else {
		stdio.diverted.Delete(c.run)
	}
}

func (c *collected) Stream(name, text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.text > collectedText || text == "" {
		return
	}
	if room := collectedText - c.text; len(text) > room {
		text = strings.ToValidUTF8(text[:room], "") + "\n[the rest is not shown]\n" // no part of a character
	}
	c.add(widgets.Shown{Stream: name, Text: text}, "")
}

func (c *collected) Display(b kernel.Bundle, id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.add(shownBundle(b), id)
}

func (c *collected) Update(b kernel.Bundle, id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.Output.Update(b, id)
	for i := range c.pieces {
		if c.ids[i] == id {
			c.pieces[i] = shownBundle(b)
			c.soon()
		}
	}
}

func (c *collected) Clear(wait bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.clears = true; !wait {
		c.clear()
		c.soon()
	}
}

func shownBundle(b kernel.Bundle) widgets.Shown {
	return widgets.Shown{Data: b.Data, Metadata: b.Metadata}
}

// add appends to what is shown. c.mu is held.
func (c *collected) add(next widgets.Shown, id string) {
	if c.clears {
		c.clear()
	}
	c.text += len(next.Text)
	if last := len(c.pieces) - 1; last >= 0 && next.Stream != "" && c.pieces[last].Stream == next.Stream {
		c.pieces[last].Text += next.Text
	} else {
		c.pieces, c.ids = append(c.pieces, next), append(c.ids, id)
	}
	c.soon()
}

// clear drops what is shown. c.mu is held.
func (c *collected) clear() { c.pieces, c.ids, c.text, c.clears = nil, nil, 0, false }

// soon shows all, later the more it is. c.mu is held.
func (c *collected) soon() {
	if c.timer == nil {
		size := 0
		for _, p := range c.pieces {
			size += len(p.Text)
			for _, value := range p.Data {
				size += len(fmt.Sprintf("%s", value))
			}
		}
		c.timer = time.AfterFunc(collectedDelay+time.Duration(size)*time.Second/collectedPace, c.flush)
	}
}

// flush shows all.
func (c *collected) flush() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.timer != nil {
		c.timer.Stop()
		c.timer = nil
	}
	c.show(c.pieces...)
}
