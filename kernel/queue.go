package kernel

import "sync"

// queue holds requests in the order they came.
type queue struct {
	mu      sync.Mutex
	changed *sync.Cond
	items   []*request
	closed  bool
}

func newQueue() *queue {
	q := &queue{}
	q.changed = sync.NewCond(&q.mu)
	return q
}

// push reports false if the queue is closed.
func (q *queue) push(r *request) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return false
	}
	q.items = append(q.items, r)
	q.changed.Signal()
	return true
}

// take waits for the next request. It returns nil once the queue is closed and empty.
func (q *queue) take() *request {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 && !q.closed {
		q.changed.Wait()
	}
	if len(q.items) == 0 {
		return nil
	}
	r := q.items[0]
	q.items[0] = nil
	q.items = q.items[1:]
	return r
}

// abort marks all that wait. Cells that are marked are answered in their turn, but not run.
func (q *queue) abort() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.mark()
}

func (q *queue) mark() {
	for _, r := range q.items {
		r.aborted = true
	}
}

// close lets nothing in any more and aborts what waits.
func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.mark()
	q.changed.Signal()
}
