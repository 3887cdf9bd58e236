package interp

import (
	"slices"
	"sync"
	"time"

	"github.com/gophergrad/gophergrad/kernel"
)

// A page that was closed while a cell ran does not get what the cell shows from then on. The journal keeps it, so that
// any cell can show it again.

const (
	journalRuns  = 20      // cells that are kept, those that run apart
	journalText  = 1 << 20 // bytes of text that are kept of a cell, the latest
	journalItems = 1000    // displays and pieces of text that are kept of a cell, the latest
)

// journal is what the latest cells have shown.
type journal struct {
	mu   sync.Mutex
	runs []*record // the oldest first
}

// record is the output of a cell that is passed on, remembered, and shown by the cells that follow it.
type record struct {
	kernel.Output
	count int
	code  string
	began time.Time
	done  chan struct{} // closed at its end

	mu        sync.Mutex
	ended     time.Time         // zero while it runs
	failure   *kernel.CellError // that ended it
	items     []item
	text      int  // bytes in items
	cut       bool // the first items are gone
	followers []kernel.Output
}

// item is text of a stream, or a display.
type item struct {
	stream string // "" for a display
	text   []byte
	bundle kernel.Bundle
	id     string
}

// begin notes a cell that is going to run and show its output on out.
func (j *journal) begin(c kernel.Cell, out kernel.Output) *record {
	r := &record{Output: out, count: c.Count, code: c.Code, began: time.Now(), done: make(chan struct{})}
	j.mu.Lock()
	defer j.mu.Unlock()
	if over := len(j.runs) - journalRuns; over >= 0 {
		j.runs = slices.DeleteFunc(j.runs, func(old *record) bool {
			if over >= 0 && !old.running() {
				over--
				return true
			}
			return false
		})
	}
	j.runs = append(j.runs, r)
	return r
}

// end notes how the cell ended.
func (r *record) end(failure *kernel.CellError) {
	r.mu.Lock()
	r.ended, r.failure = time.Now(), failure
	r.mu.Unlock()
	close(r.done)
}

func (r *record) running() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.ended.IsZero()
}

// all are the runs that are kept, the oldest first.
func (j *journal) all() []*record {
	j.mu.Lock()
	defer j.mu.Unlock()
	return slices.Clone(j.runs)
}

// show remembers something and gives it to the followers. r.mu is held.
func (r *record) show(next item) {
	if last := len(r.items) - 1; last >= 0 && next.stream != "" && r.items[last].stream == next.stream && len(r.items[last].text) < journalText/16 {
		r.items[last].text = append(r.items[last].text, next.text...)
	} else {
		r.items = append(r.items, next)
	}
	for r.text += len(next.text); r.text > journalText || len(r.items) > journalItems; r.cut = true {
		r.text -= len(r.items[0].text)
		r.items = r.items[1:]
	}
	for _, out := range r.followers {
		next.showOn(out)
	}
}

func (i item) showOn(out kernel.Output) {
	if i.stream != "" {
		out.Stream(i.stream, string(i.text))
	} else {
		out.Display(i.bundle, i.id)
	}
}

func (r *record) Stream(name, text string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.Output.Stream(name, text)
	r.show(item{stream: name, text: []byte(text)})
}

func (r *record) Display(b kernel.Bundle, id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.Output.Display(b, id)
	r.show(item{bundle: b, id: id})
}

func (r *record) Result(b kernel.Bundle) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.Output.Result(b)
	r.show(item{bundle: b})
}

func (r *record) Update(b kernel.Bundle, id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.Output.Update(b, id) // reaches followers too: front ends update every display with the id
	kept := false
	for i := range r.items {
		if r.items[i].id == id {
			r.items[i].bundle, kept = b, true
		}
	}
	if !kept { // another cell displayed it, or it is too long ago
		r.show(item{bundle: b, id: id})
	}
}

func (r *record) Clear(wait bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.Output.Clear(wait)
	r.items, r.text, r.cut = nil, 0, false
	for _, out := range r.followers {
		out.Clear(wait)
	}
}

// follow shows on out what the cell has shown and, until it ends or stop is closed, what it shows.
func (r *record) follow(out kernel.Output, stop <-chan struct{}) {
	r.mu.Lock()
	if r.cut {
		out.Stream("stderr", "[earlier output is not kept]\n")
	}
	for _, i := range r.items {
		i.showOn(out)
	}
	r.followers = append(r.followers, out)
	r.mu.Unlock()
	select {
	case <-r.done:
	case <-stop:
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.followers = slices.DeleteFunc(r.followers, func(other kernel.Output) bool { return other == out })
}
