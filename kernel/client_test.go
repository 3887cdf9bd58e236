package kernel

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-zeromq/zmq4"
)

const (
	patience = 10 * time.Second // how long a test waits for what must come
	testKey  = "secret"
)

// start runs a mock kernel until the test ends.
func start(t *testing.T, transport string) (*Kernel, Connection) {
	t.Helper()
	c := connection(t, transport)
	k := New(mock{}, quiet)
	k.Comms().Register("echo", echo)
	if err := k.listen(&c); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan bool)
	go func() { k.serve(ctx); close(ended) }()
	t.Cleanup(func() { stop(); <-ended })
	return k, c
}

func connection(t *testing.T, transport string) Connection {
	t.Helper()
	c := Connection{Transport: transport, IP: "127.0.0.1", Scheme: "hmac-sha256", Key: testKey}
	ports := []*int{&c.Shell, &c.IOPub, &c.Stdin, &c.Control, &c.Heartbeat}
	if transport == "ipc" {
		c.IP = filepath.Join(t.TempDir(), "k")
		for i, p := range ports {
			*p = i + 1
		}
		return c
	}
	for _, p := range ports {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		*p = l.Addr().(*net.TCPAddr).Port
	}
	return c
}

// reply is a message that a client received.
type reply struct {
	Channel, Type, Parent string
	Topic                 string
	Content, Metadata     map[string]any
	Buffers               [][]byte
}

// text is what the message shows of itself in a list.
func (r reply) text() string {
	switch r.Type {
	case "status":
		return r.Content["execution_state"].(string)
	case "stream":
		return fmt.Sprintf("%s %q", r.Content["name"], r.Content["text"])
	}
	return r.Type
}

// client is a Jupyter client over zmq4's own sockets.
type client struct {
	t        *testing.T
	identity string
	session  string
	sockets  map[string]zmq4.Socket
	received chan reply
	skipped  []reply // received, but not asked for yet
	sent     int
}

// connect connects a client and waits until it is welcome.
func connect(t *testing.T, c Connection, identity string) *client {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	id := zmq4.WithID(zmq4.SocketIdentity(identity))
	cl := &client{t: t, identity: identity, session: newID(), received: make(chan reply, 1<<16), sockets: map[string]zmq4.Socket{
		"shell": zmq4.NewDealer(ctx, id), "control": zmq4.NewDealer(ctx, id),
		"stdin": zmq4.NewDealer(ctx, id), "iopub": zmq4.NewSub(ctx),
	}}
	ports := map[string]int{"shell": c.Shell, "control": c.Control, "stdin": c.Stdin, "iopub": c.IOPub}
	for name, s := range cl.sockets {
		t.Cleanup(func() { s.Close() })
		if err := s.Dial(address(c, ports[name])); err != nil {
			t.Fatal(err)
		}
		go cl.listen(name, s)
	}
	if err := cl.sockets["iopub"].SetOption(zmq4.OptionSubscribe, ""); err != nil {
		t.Fatal(err)
	}
	if first := cl.find("welcome", func(reply) bool { return true }); first.Type != "iopub_welcome" || first.Content["subscription"] != "" {
		t.Fatalf("the first message is %+v, want a welcome", first)
	}
	return cl
}

func address(c Connection, port int) string {
	if c.Transport == "ipc" {
		return fmt.Sprintf("ipc://%s-%d", c.IP, port)
	}
	return fmt.Sprintf("tcp://%s:%d", c.IP, port)
}

func (cl *client) listen(channel string, s zmq4.Socket) {
	for {
		m, err := s.Recv()
		if err != nil {
			return
		}
		r, err := parse(m.Frames)
		if err != nil {
			cl.t.Errorf("%s: %v", channel, err)
			return
		}
		r.Channel = channel
		cl.received <- r
	}
}

// parse reads a message by the letter of the protocol, not with the kernel's own code.
func parse(frames [][]byte) (r reply, err error) {
	for len(frames) > 0 && string(frames[0]) != "<IDS|MSG>" {
		r.Topic, frames = string(frames[0]), frames[1:]
	}
	if len(frames) < 6 {
		return r, fmt.Errorf("%d frames", len(frames))
	}
	if want := signature(testKey, frames[2:6]...); string(frames[1]) != want {
		return r, fmt.Errorf("signature %s, want %s", frames[1], want)
	}
	var header, parent map[string]any
	for i, to := range []any{&header, &parent, &r.Metadata, &r.Content} {
		if frames[2+i][0] != '{' {
			return r, fmt.Errorf("frame %s is no object", frames[2+i])
		}
		if err := json.Unmarshal(frames[2+i], to); err != nil {
			return r, err
		}
	}
	r.Type, _ = header["msg_type"].(string)
	r.Parent, _ = parent["msg_id"].(string)
	r.Buffers = frames[6:]
	return r, errors.Join(conforms("header", header), conforms(r.Type, r.Content))
}

func signature(key string, parts ...[]byte) string {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write(bytes.Join(parts, nil))
	return hex.EncodeToString(mac.Sum(nil))
}

// frames are a request's frames and its id.
func (cl *client) frames(msgType string, metadata, content any) (frames [][]byte, id string) {
	return cl.framesIn("", msgType, metadata, content)
}

// framesIn are the frames of a request for a subshell.
func (cl *client) framesIn(subshell, msgType string, metadata, content any) (frames [][]byte, id string) {
	cl.sent++
	id = fmt.Sprintf("%s-%s-%d", cl.identity, msgType, cl.sent)
	header := map[string]any{"msg_id": id, "msg_type": msgType, "session": cl.session, "username": "u", "date": "", "version": "5.4", "unknown": 1}
	if header["subshell_id"] = nil; subshell != "" {
		header["subshell_id"] = subshell
	}
	parts := [][]byte{mustMarshal(header), []byte("{}"), mustMarshal(metadata), mustMarshal(content)}
	return append([][]byte{[]byte("<IDS|MSG>"), []byte(signature(testKey, parts...))}, parts...), id
}

// send sends a request and returns its id.
func (cl *client) send(channel, msgType string, content any) string {
	cl.t.Helper()
	frames, id := cl.frames(msgType, map[string]any{}, content)
	cl.sendFrames(channel, frames)
	return id
}

func (cl *client) sendFrames(channel string, frames [][]byte) {
	cl.t.Helper()
	if err := cl.sockets[channel].Send(zmq4.NewMsgFrom(frames...)); err != nil {
		cl.t.Fatal(err)
	}
}

// find takes the first message that matches from what was received, or waits for it. The others stay for later.
func (cl *client) find(what string, match func(reply) bool) reply {
	cl.t.Helper()
	for i, r := range cl.skipped {
		if match(r) {
			cl.skipped = slices.Delete(cl.skipped, i, i+1)
			return r
		}
	}
	for timeout := time.After(patience); ; {
		select {
		case r := <-cl.received:
			if match(r) {
				return r
			}
			cl.skipped = append(cl.skipped, r)
		case <-timeout:
			cl.t.Fatalf("%s did not come, but %q", what, texts(cl.skipped))
		}
	}
}

// until waits for a message that answers a request, or anything if id is empty, and has a text in it.
func (cl *client) until(id, text string) reply {
	cl.t.Helper()
	return cl.find(text, func(r reply) bool { return (id == "" || r.Parent == id) && strings.Contains(r.text(), text) })
}

// published collects what was published for a request, up to its idle.
func (cl *client) published(id string) (rs []reply) {
	cl.t.Helper()
	for len(rs) == 0 || rs[len(rs)-1].text() != "idle" {
		rs = append(rs, cl.find("output", func(r reply) bool { return r.Parent == id && r.Channel == "iopub" }))
	}
	return rs
}

// await collects what was published for a request, and its reply.
func (cl *client) await(id string) (published []reply, answer reply) {
	cl.t.Helper()
	answer = cl.find("reply", func(r reply) bool {
		return r.Parent == id && strings.HasSuffix(r.Type, "_reply") && r.Channel != "iopub"
	})
	return cl.published(id), answer
}

// execute runs a cell to its end.
func (cl *client) execute(code string) (published []reply, answer reply) {
	cl.t.Helper()
	return cl.await(cl.send("shell", "execute_request", map[string]any{"code": code}))
}

func texts(rs []reply) (out []string) {
	for _, r := range rs {
		out = append(out, r.text())
	}
	return out
}
