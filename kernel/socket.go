package kernel

import (
	"bufio"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"slices"
	"sync"
	"syscall"
	"time"

	"github.com/go-zeromq/zmq4"
	"github.com/go-zeromq/zmq4/security/null"
)

// handshakeTime is how long a connection may take to say what it is. Tests shorten it.
var handshakeTime = 5 * time.Second

// socket is what the kernel's ROUTER, XPUB and REP sockets share: a listener and its peers. zmq4 opens the
// connections; its own socket types are not used, because they tell an XPUB nothing of subscriptions, drop messages
// or block on a slow or silent peer, and lose what is unsent on close.
type socket struct {
	kind     zmq4.SocketType
	listener net.Listener
	log      *slog.Logger
	receive  func(from *peer, frames [][]byte) // called from each peer's own goroutine
	backlog  backlog

	mu     sync.Mutex
	peers  []*peer // in the order they came
	closed bool
}

func newSocket(kind zmq4.SocketType, l net.Listener, log *slog.Logger, receive func(*peer, [][]byte)) *socket {
	return &socket{kind: kind, listener: l, log: log.With("socket", kind), receive: receive, backlog: backlog{most: maxPending}}
}

// serve accepts peers until the socket is closed.
func (s *socket) serve() {
	var spare reserve
	spare.fill()
	defer func() { spare.release(reserved) }()
	for failed := false; ; {
		conn, err := s.listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		} else if errors.Is(err, syscall.EMFILE) && spare.release(1) {
			continue
		} else if err != nil {
			if !failed { // else a cell that opens too many files fills the log
				s.log.Warn("accept", "err", err)
			}
			failed = true
			time.Sleep(50 * time.Millisecond)
			continue
		}
		failed = false
		spare.fill()
		go s.talk(conn)
	}
}

// talk is a connection's life: handshake, then messages until its end.
func (s *socket) talk(conn net.Conn) {
	defer conn.Close()
	p, err := s.shakeHands(conn)
	if err != nil {
		s.log.Debug("handshake", "from", conn.RemoteAddr(), "err", err)
		return
	}
	if !s.add(p) {
		return
	}
	go p.write()
	err = p.read(func(frames [][]byte) { s.receive(p, frames) })
	if err != io.EOF && !errors.Is(err, net.ErrClosed) {
		s.log.Debug("connection ended", "from", conn.RemoteAddr(), "err", err)
	}
	s.remove(p)
}

func (s *socket) shakeHands(conn net.Conn) (p *peer, err error) {
	defer func() { // zmq4 trusts the lengths inside a peer's metadata and knows no foreign socket types
		if r := recover(); r != nil {
			err = fmt.Errorf("malformed handshake: %v", r)
		}
	}()
	conn.SetDeadline(time.Now().Add(handshakeTime))
	r := bufio.NewReaderSize(conn, 1<<16)
	z, err := zmq4.Open(&greeter{Conn: conn, r: r}, null.Security(), s.kind, nil, true, nil)
	if err != nil {
		return nil, err
	}
	conn.SetDeadline(time.Time{})
	id := z.Peer.Meta["Identity"]
	if id == "" { // as libzmq: a zero byte, which no peer may choose, and something unique
		var b [5]byte
		rand.Read(b[1:])
		id = string(b[:])
	}
	return newPeer(id, conn, r, &s.backlog), nil
}

func (s *socket) add(p *peer) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	s.peers = append(s.peers, p)
	return true
}

func (s *socket) remove(p *peer) {
	s.mu.Lock()
	s.peers = slices.DeleteFunc(s.peers, func(other *peer) bool { return other == p })
	s.mu.Unlock()
	p.mu.Lock()
	p.abandon() // ends its writer
	p.mu.Unlock()
}

// close stops accepting, sends every peer what is queued for it, and closes, all before the deadline.
func (s *socket) close(deadline time.Time) {
	s.listener.Close()
	s.mu.Lock()
	s.closed = true
	peers := slices.Clone(s.peers)
	s.mu.Unlock()
	var all sync.WaitGroup
	for _, p := range peers {
		all.Go(func() { p.close(deadline) })
	}
	all.Wait()
}
