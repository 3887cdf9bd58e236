package debug

import "slices"

// Thread is a goroutine that runs debugged code.
type Thread struct {
	ID   int    // from 1, free again once the goroutine has ended
	Cell string // that started it
	Out  any    // where its output goes; the session's business

	d      *Debugger
	call   *Call           // the innermost
	failed *Call           // where the panic that is unwinding began
	done   <-chan struct{} // closed when the goroutine is to end
	poll   func()          // ends the goroutine then
}

// Thread begins to follow the calling goroutine.
func (d *Debugger) Thread(cell string, out any, done <-chan struct{}, poll func()) *Thread {
	d.mu.Lock()
	defer d.mu.Unlock()
	id := 1
	for slices.ContainsFunc(d.threads, func(t *Thread) bool { return t.ID == id }) {
		id++
	}
	t := &Thread{ID: id, Cell: cell, Out: out, d: d, done: done, poll: poll}
	d.threads = append(d.threads, t)
	return t
}

// End is called when the goroutine ends.
func (t *Thread) End() {
	t.d.mu.Lock()
	defer t.d.mu.Unlock()
	t.d.threads = slices.DeleteFunc(t.d.threads, func(other *Thread) bool { return other == t })
	if from := t.d.step.from; from != nil && from.thread == t {
		t.d.step = step{}
	}
}

// Recovered is called when a panic has been recovered from.
func (t *Thread) Recovered() { t.failed = nil }

// Uncaught stops the goroutine, which a panic is about to end, as it was when the panic began.
func (t *Thread) Uncaught(text string) {
	t.d.mu.Lock()
	defer t.d.mu.Unlock()
	if t.failed == nil || !t.d.panics {
		return
	}
	t.call = t.failed
	if t.await() {
		t.stop("exception", text)
	}
}

// await waits while another goroutine is stopped, and reports false if this one is to end. d.mu is held.
func (t *Thread) await() bool {
	for t.d.released != nil {
		released := t.d.released
		t.d.mu.Unlock()
		select {
		case <-released:
		case <-t.done:
		}
		t.d.mu.Lock()
		select {
		case <-t.done:
			return false
		default:
		}
	}
	return true
}

// stop waits until the user lets the goroutine go on, or it is to end. d.mu is held.
func (t *Thread) stop(reason, text string) {
	released := make(chan struct{})
	t.d.stopped, t.d.released, t.d.step, t.d.pause = t, released, step{}, false
	t.d.events.Stopped(Stop{t, reason, text})
	t.d.mu.Unlock()
	select {
	case <-released:
	case <-t.done:
	}
	t.d.mu.Lock()
	if t.d.stopped == t {
		t.d.release(Run)
	}
}
