package kernel

import (
	"log/slog"
	"net"

	"github.com/go-zeromq/zmq4"
)

// router is a ROUTER socket: messages arrive with their sender's identity before them, and leave to the peer that
// their first frame names.
type router struct{ *socket }

func newRouter(l net.Listener, log *slog.Logger, receive func(frames [][]byte)) router {
	return router{newSocket(zmq4.Router, l, log, func(from *peer, frames [][]byte) {
		receive(append([][]byte{[]byte(from.id)}, frames...))
	})}
}

// send queues a message for the peer with the given identity, and reports whether there is one.
func (r router) send(identity string, p packet) bool {
	r.mu.Lock()
	to := r.peers[identity]
	r.mu.Unlock()
	if to == nil {
		return false
	}
	to.send(p)
	return true
}

// newEcho is the REP socket of the heartbeat: whatever arrives goes back.
func newEcho(l net.Listener, log *slog.Logger) *socket {
	return newSocket(zmq4.Rep, l, log, func(from *peer, frames [][]byte) { from.send(rawPacket(frames)) })
}
