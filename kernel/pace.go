package kernel

import (
	"slices"
	"sync"
	"time"
)

// Jupyter's server drops what a kernel publishes beyond 3,000 messages in three seconds, the last ones among it, and a
// page could not draw them anyway. So updates, of which only the latest counts, pass up to paceBurst at once and
// paceRate a second; beyond, each waits up to paceDelay for one that takes its place.
const (
	paceBurst = 1000
	paceRate  = 300
	paceDelay = 50 * time.Millisecond
)

// pace holds back updates that come too fast.
type pace struct {
	mu    sync.Mutex
	room  float64 // how many may pass now
	since time.Time
	held  []heldUpdate // in the order of their first
	timer *time.Timer  // sends what is held; nil when nothing is
}

type heldUpdate struct {
	key  string
	send func()
}

// update sends an update, now or soon, unless another one with its key comes before.
func (p *pace) update(key string, send func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if i := slices.IndexFunc(p.held, func(h heldUpdate) bool { return h.key == key }); i >= 0 {
		p.held[i].send = send
		return
	}
	now := time.Now()
	p.room = min(paceBurst, p.room+now.Sub(p.since).Seconds()*paceRate)
	p.since = now
	if p.room >= 1 {
		p.room--
		send()
		return
	}
	p.held = append(p.held, heldUpdate{key, send})
	if p.timer == nil {
		p.timer = time.AfterFunc(paceDelay, p.flush)
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
	p.held = nil
}
