package kernel

import (
	"slices"
	"sync"
	"time"
)

// Jupyter's server drops what a kernel publishes beyond 3,000 messages in three seconds, a cell's error and result among
// it. So paceBurst messages of cells pass at once and paceRate a second. Beyond, what a cell shows makes it wait, and
// updates, of which only the latest counts, are held back paceDelay or longer for one that takes their place.
const (
	paceBurst = 1000
	paceRate  = 600
	paceDelay = 50 * time.Millisecond
)

// pace holds back what comes too fast.
type pace struct {
	mu    sync.Mutex
	room  float64 // how many may pass now; below 0, those that wait have taken what will be
	since time.Time
	held  []heldUpdate // in the order of their first
	timer *time.Timer  // sends what is held; nil when nothing is
}

type heldUpdate struct {
	key  string
	send func()
}

// refill makes the room that time has brought, and says how long it takes until there is enough for a message. p.mu is
// held.
func (p *pace) refill() (missing time.Duration) {
	now := time.Now()
	p.room = min(paceBurst, p.room+now.Sub(p.since).Seconds()*paceRate)
	p.since = now
	return max(0, time.Duration((1-p.room)/paceRate*float64(time.Second)))
}

// wait returns when there is room for a message, or stop is closed.
func (p *pace) wait(stop <-chan struct{}) {
	p.mu.Lock()
	missing := p.refill()
	p.room--
	p.mu.Unlock()
	if missing > 0 {
		select {
		case <-time.After(missing):
		case <-stop:
		}
	}
}

// update sends an update, now or soon, unless another one with its key comes before.
func (p *pace) update(key string, send func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if i := slices.IndexFunc(p.held, func(h heldUpdate) bool { return h.key == key }); i >= 0 {
		p.held[i].send = send
		return
	}
	missing := p.refill()
	if missing == 0 {
		p.room--
		send()
		return
	}
	p.held = append(p.held, heldUpdate{key, send})
	if p.timer == nil {
		p.timer = time.AfterFunc(max(paceDelay, missing), p.flush)
	}
}

// flush sends what is held.
func (p *pace) flush() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.timer != nil {
		p.timer.Stop()
		p.timer = nil
	}
	for _, h := range p.held {
		h.send()
	}
	p.room -= float64(len(p.held))
	p.held = nil
}
