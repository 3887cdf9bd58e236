package kernel

import (
	"log/slog"
	"net"

	"github.com/go-zeromq/zmq4"
)

// router is a ROUTER socket: whoever sent a message can be answered.
type router struct{ *socket }

func newRouter(l net.Listener, log *slog.Logger, receive func(from *peer, frames [][]byte)) router {
	return router{newSocket(zmq4.Router, l, log, receive)}
}

// send queues a message for the peer that asked, or, if that is not connected here, for the one that came last with
// its identity: the same client, reconnected or on another channel. It reports whether there was one. Clients that
// share an identity, as those of one jupyter_client manager do, so get each its own replies.
func (r router) send(asker *peer, p packet) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	var to *peer
	for _, candidate := range r.peers {
		if candidate == asker {
			to = candidate
			break
		} else if candidate.id == asker.id {
			to = candidate
		}
	}
	if to == nil {
		return false
	}
	to.send(p)
	return true
}

// newEcho is the REP socket of the heartbeat: what arrives goes back, unless it is no heartbeat by its size.
func newEcho(l net.Listener, log *slog.Logger) *socket {
	s := newSocket(zmq4.Rep, l, log, func(from *peer, frames [][]byte) {
		if ping := rawPacket(frames); ping.size() <= maxPendingEcho {
			from.send(ping)
		}
	})
	s.backlog.most = maxPendingEcho
	return s
}
