package kernel

import (
	"log/slog"
	"net"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-zeromq/zmq4"
)

// xpub is an XPUB socket: every message goes to the peers that subscribed to a prefix of its topic, in one order.
type xpub struct {
	*socket
	welcome func(topic string) packet // the first message of a new subscription, for its subscriber only
}

func newXPub(l net.Listener, log *slog.Logger, welcome func(topic string) packet) *xpub {
	x := &xpub{welcome: welcome}
	x.socket = newSocket(zmq4.XPub, l, log, x.subscribe)
	return x
}

// subscribe handles what a subscriber says: a byte that is 1 to subscribe and 0 to cancel, and a topic.
func (x *xpub) subscribe(from *peer, frames [][]byte) {
	if len(frames) != 1 || len(frames[0]) == 0 || frames[0][0] > 1 || !utf8.Valid(frames[0]) { // a welcome could not name it
		return
	}
	on, topic := frames[0][0] == 1, string(frames[0][1:])
	x.mu.Lock()
	defer x.mu.Unlock()
	if !on {
		delete(from.topics, topic)
		return
	}
	from.send(x.welcome(topic))
	from.topics[topic] = true
}

// publish queues a message for every subscriber of its topic.
func (x *xpub) publish(topic string, p packet) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, to := range x.peers {
		for prefix := range to.topics {
			if strings.HasPrefix(topic, prefix) {
				to.send(p)
				break
			}
		}
	}
}

// settle waits while a subscriber that reads is far behind, so that it need not be cut off, or until stop is closed.
func (x *xpub) settle(stop <-chan struct{}) {
	for x.behind() {
		select {
		case <-stop:
			return
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func (x *xpub) behind() bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	return slices.ContainsFunc(x.peers, (*peer).catchesUp)
}
