package kernel

import (
	"bufio"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// Limits on the bytes that wait for peers. One that lets more pile up is cut off: it would never catch up, and dropping
// messages silently would leave its cells busy for ever.
const (
	maxPending     = 64 << 20  // for one peer
	maxPendingAll  = 128 << 20 // for those of a socket that lag behind, among which it is divided
	maxPendingEcho = 1 << 20   // for one peer of the heartbeat
	lagging        = 1 << 20   // from which on a peer lags behind
)

// backlog bounds what waits for the peers of a socket.
type backlog struct {
	most int          // bytes for one peer
	slow atomic.Int32 // peers that lag behind
}

// limit is how many bytes may wait for one peer now.
func (b *backlog) limit() int { return min(b.most, maxPendingAll/max(1, int(b.slow.Load()))) }

// packet is something to send. Several peers may share one.
type packet interface {
	frames() [][]byte
	size() int
}

// joiner is a packet that can take in the one queued after it, so that a slow peer's queue stays short.
// join reports nil if the two must stay apart.
type joiner interface {
	packet
	join(next packet) packet
}

// rawPacket is a packet of ready frames.
type rawPacket [][]byte

func (p rawPacket) frames() [][]byte { return p }

func (p rawPacket) size() (n int) {
	for _, frame := range p {
		n += len(frame)
	}
	return n
}

// pong answers a peer's ping.
type pong struct{ rawPacket }

// peer is one connection of a socket, with the queue of what it is to be sent.
type peer struct {
	id     string
	conn   net.Conn
	r      *bufio.Reader
	topics map[string]bool // what it subscribed to; guarded by its socket

	mu      sync.Mutex
	changed *sync.Cond // queue or closing
	queue   []packet
	pending int // bytes in queue
	largest int // bytes of the largest packet since the queue was empty, which may wait whatever its size
	backlog *backlog
	lags    bool      // it is counted in backlog.slow
	moved   time.Time // when a packet was taken from the queue last
	closing bool
	done    chan struct{} // closed when nothing is read any more
}

func newPeer(id string, conn net.Conn, r *bufio.Reader, b *backlog) *peer {
	p := &peer{id: id, conn: conn, r: r, backlog: b, topics: map[string]bool{}, done: make(chan struct{})}
	p.changed = sync.NewCond(&p.mu)
	return p
}

// send queues a packet. It never blocks.
func (p *peer) send(next packet) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closing {
		return
	}
	if last := len(p.queue) - 1; last >= 0 {
		if j, ok := p.queue[last].(joiner); ok {
			if both := j.join(next); both != nil {
				p.queue[last] = both
				p.waits(both.size()-j.size(), both.size())
				return
			}
		}
	}
	p.queue = append(p.queue, next)
	p.waits(next.size(), next.size())
	p.changed.Signal()
}

// waits notes that more bytes wait, in a packet of some size, and gives the peer up if they are too many. p.mu is held.
func (p *peer) waits(more, packet int) {
	p.largest = max(p.largest, packet)
	p.count(p.pending + more)
	if p.pending > p.backlog.limit()+p.largest {
		p.abandon()
	}
}

// count notes how many bytes wait. p.mu is held.
func (p *peer) count(pending int) {
	p.pending = pending
	if lags := pending > lagging; lags != p.lags {
		p.lags = lags
		p.backlog.slow.Add(map[bool]int32{true: 1, false: -1}[lags])
	}
}

// catchesUp reports whether much waits for a peer that reads.
func (p *peer) catchesUp() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.pending > p.backlog.limit()/2 && time.Since(p.moved) < time.Second
}

// abandon gives the peer up, with all that it was to be sent. p.mu is held.
func (p *peer) abandon() {
	p.closing, p.queue = true, nil
	p.count(0)
	p.conn.Close()
	p.changed.Signal()
}

// write sends what is queued until the peer is closed and its queue empty.
func (p *peer) write() {
	w := bufio.NewWriterSize(p.conn, 1<<16)
	for {
		next := p.take(w)
		if next == nil {
			break
		}
		var err error
		if _, ok := next.(pong); ok {
			err = writeFrame(w, flagCommand, next.frames()[0])
		} else {
			err = writeFrames(w, next.frames())
		}
		if err != nil {
			p.mu.Lock()
			p.abandon()
			p.mu.Unlock()
			return
		}
	}
	w.Flush()
	if c, ok := p.conn.(interface{ CloseWrite() error }); ok {
		c.CloseWrite()
	}
}

// take waits for the next packet, sending what w holds before it waits. It returns nil when there will be none.
func (p *peer) take(w *bufio.Writer) packet {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.queue) == 0 {
		if w.Buffered() > 0 {
			p.mu.Unlock()
			err := w.Flush()
			p.mu.Lock()
			if err != nil {
				p.abandon()
				return nil
			}
			continue
		}
		if p.closing {
			return nil
		}
		p.changed.Wait()
	}
	next := p.queue[0]
	p.queue[0] = nil
	p.queue = p.queue[1:]
	p.count(p.pending - next.size())
	p.moved = time.Now()
	if len(p.queue) == 0 {
		p.largest = 0
	}
	return next
}

// read hands every message to receive until the connection ends, and says why it did.
func (p *peer) read(receive func(frames [][]byte)) error {
	defer close(p.done)
	for {
		frames, command, err := readMessage(p.r)
		if err != nil {
			return err
		}
		if !command {
			receive(frames)
			continue
		}
		name, body := splitCommand(frames[0])
		switch name {
		case "PING": // two bytes of time to live, then a context to give back
			p.send(pong{rawPacket{append([]byte("\x04PONG"), body[min(2, len(body)):]...)}})
		case "SUBSCRIBE": // ZMTP 3.1's way; before, it was a message
			receive([][]byte{append([]byte{1}, body...)})
		case "CANCEL":
			receive([][]byte{append([]byte{0}, body...)})
		}
	}
}

func splitCommand(b []byte) (name string, body []byte) {
	if len(b) == 0 || int(b[0]) > len(b)-1 {
		return "", nil
	}
	n := 1 + int(b[0])
	return string(b[1:n]), b[n:]
}

// close sends what is queued, waits until the other side has seen the end, and closes, all before the deadline.
func (p *peer) close(deadline time.Time) {
	p.conn.SetDeadline(deadline)
	p.mu.Lock()
	p.closing = true
	p.changed.Signal()
	p.mu.Unlock()
	<-p.done
	p.conn.Close()
}
