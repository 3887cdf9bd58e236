package kernel

import (
	"bufio"
	"bytes"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/go-zeromq/zmq4"
)

// A client that does not read keeps nobody waiting, and finds everything when it reads again.
func TestSlowClientLosesNothing(t *testing.T) {
	_, c := start(t, "tcp")
	slowConn, slow := raw(t, c, c.IOPub, zmq4.Sub, "")
	slow.SendMsg(zmq4.NewMsgString("\x01"))
	if _, err := slow.RecvMsg(); err != nil {
		t.Fatal(err)
	}
	cl := connect(t, c, "a")
	cells := 100
	if testing.Short() { // under the race detector
		cells = 20
	}
	code := strings.Repeat("print "+strings.Repeat("x", 1000)+"\n", 100) + "value v"
	for range cells {
		if _, answer := cl.execute(code); answer.Content["status"] != "ok" {
			t.Fatal(answer.Content)
		}
	}
	slowConn.SetDeadline(time.Now().Add(patience))
	printed, count := 0, map[string]int{}
	r := bufio.NewReader(slowConn)
	for count["idle"] < cells {
		frames, _, err := readMessage(r)
		if err != nil {
			t.Fatal(err)
		}
		m, err := parse(frames)
		if err != nil {
			t.Fatal(err)
		}
		if m.Parent == "" { // starting
			continue
		}
		if m.Type == "stream" {
			printed += len(m.Content["text"].(string))
		} else {
			count[m.text()]++
		}
	}
	same(t, count, map[string]int{"busy": cells, "execute_input": cells, "execute_result": cells, "idle": cells})
	same(t, printed, cells*100*1001)
}

// Clients that never read keep no more than their share: of one, the limit, of many, the limit for all.
func TestHopelessClientsAreCutOff(t *testing.T) {
	for _, peers := range []int{1, 50} {
		b := &backlog{most: maxPending}
		waiting := make([]*peer, peers)
		for i := range waiting {
			here, there := net.Pipe()
			defer there.Close()
			waiting[i] = newPeer("p", here, bufio.NewReader(here), b)
			go waiting[i].write()
		}
		big, most := rawPacket{bytes.Repeat([]byte("x"), 1<<20)}, 0
		for range maxPending>>20 + 3 {
			pending := 0
			for _, p := range waiting {
				p.send(big)
				p.mu.Lock()
				pending += p.pending
				p.mu.Unlock()
			}
			most = max(most, pending)
		}
		for _, p := range waiting {
			if _, err := p.conn.Write([]byte("x")); err == nil {
				t.Fatal("a connection is still open")
			}
		}
		if most > maxPendingAll+(peers+1)<<20 || b.slow.Load() != 0 {
			t.Errorf("%d bytes waited for %d peers; %d are still counted", most, peers, b.slow.Load())
		}
	}
}

// What is larger than all that may wait reaches who reads it, with what follows.
func TestHugePacketIsSent(t *testing.T) {
	here, there := net.Pipe()
	p := newPeer("p", here, bufio.NewReader(here), &backlog{most: 1 << 20})
	for _, size := range []int{3 << 20, 10, 1 << 19} {
		p.send(rawPacket{make([]byte, size)})
	}
	go p.write()
	r := bufio.NewReader(there)
	for _, size := range []int{3 << 20, 10, 1 << 19} {
		if frames, _, err := readMessage(r); err != nil || len(frames[0]) != size {
			t.Fatal(err)
		}
	}
}

// A cell that shows more than a slow client reads waits for it, as long as it reads.
func TestCellWaitsForAReader(t *testing.T) {
	here, there := net.Pipe()
	x := newXPub(nil, slog.Default(), nil)
	p := newPeer("p", here, bufio.NewReader(here), &x.backlog)
	p.topics[""] = true
	x.add(p)
	go p.write()
	go func() {
		for r := bufio.NewReader(there); ; time.Sleep(100 * time.Microsecond) {
			if _, _, err := readMessage(r); err != nil {
				return
			}
		}
	}()
	for range 4 * maxPending >> 20 {
		x.publish("t", rawPacket{make([]byte, 1<<20)})
		x.settle(nil)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closing {
		t.Error("it was cut off")
	}
}

func TestStreamsOfASlowClientAreJoined(t *testing.T) {
	s, _ := newSigner("hmac-sha256", testKey)
	stream := func(parent, name, text string) *outgoing {
		return &outgoing{parent: []byte(parent), metadata: emptyObject, stream: &streamText{name, text}, signer: s}
	}
	here, there := net.Pipe()
	defer here.Close()
	defer there.Close()
	p := newPeer("p", here, bufio.NewReader(here), &backlog{most: maxPending}) // nobody writes: everything waits
	for _, o := range []*outgoing{
		stream("1", "stdout", "a"), stream("1", "stdout", "b"), stream("1", "stderr", "c"), stream("2", "stderr", "d"),
		{parent: []byte("2"), content: emptyObject}, stream("2", "stderr", "e"), stream("2", "stderr", strings.Repeat("x", maxJoined)),
	} {
		p.send(o)
	}
	var got []string
	for _, waiting := range p.queue {
		if o := waiting.(*outgoing); o.stream != nil {
			got = append(got, fmt.Sprintf("%s %s %.3s", o.parent, o.stream.Name, o.stream.Text))
		} else {
			got = append(got, "other")
		}
	}
	same(t, got, []string{"1 stdout ab", "1 stderr c", "2 stderr d", "other", "2 stderr e", "2 stderr xxx"})
}
