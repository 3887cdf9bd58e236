package kernel

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-zeromq/zmq4"
	"github.com/go-zeromq/zmq4/security/null"
)

// raw opens a ZMTP connection by hand, for what no client library would send.
func raw(t *testing.T, c Connection, port int, kind zmq4.SocketType, identity string) (net.Conn, *zmq4.Conn) {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(address(c, port), "tcp://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	conn.SetDeadline(time.Now().Add(patience))
	z, err := zmq4.Open(conn, null.Security(), kind, zmq4.SocketIdentity(identity), false, nil)
	if err != nil {
		t.Fatal(err)
	}
	return conn, z
}

func TestBadMessagesAreDropped(t *testing.T) {
	_, c := start(t, "tcp")
	cl := connect(t, c, "a")
	good, _ := cl.frames("execute_request", map[string]any{}, map[string]any{"code": "print bad"})
	change := func(i int, frame string) [][]byte {
		frames := append([][]byte{}, good...)
		frames[i] = []byte(frame)
		return frames
	}
	signed := func(parts ...string) [][]byte {
		frames := [][]byte{[]byte("<IDS|MSG>"), nil}
		for _, p := range parts {
			frames = append(frames, []byte(p))
		}
		frames[1] = []byte(signature(testKey, frames[2:]...))
		return frames
	}
	head := `{"msg_id":"m","msg_type":"execute_request"}`
	for name, frames := range map[string][][]byte{
		"wrong signature":    change(1, strings.Repeat("0", 64)),
		"empty signature":    change(1, ""),
		"short signature":    change(1, "ab"),
		"changed content":    change(5, `{"code":"print evil"}`),
		"no delimiter":       change(0, "<IDS>"),
		"only the delimiter": good[:1],
		"truncated":          good[:5],
		"one empty frame":    {{}},
		"header not JSON":    signed("{", "{}", "{}", `{"code":"print bad"}`),
		"header without id":  signed(`{"msg_type":"execute_request"}`, "{}", "{}", `{"code":"print bad"}`),
		"header a list":      signed("[]", "{}", "{}", `{"code":"print bad"}`),
		"header not UTF-8":   signed("{\"msg_id\":\"m\",\"msg_type\":\"execute_request\",\"x\":\"\xff\"}", "{}", "{}", `{"code":"print bad"}`),
		"content null":       signed(head, "{}", "{}", "null"),
		"content a list":     signed(head, "{}", "{}", "[1]"),
		"metadata truncated": signed(head, "{}", `{"a`, `{"code":"print bad"}`),
		"header too deep":    signed(`{"msg_id":"m","msg_type":"execute_request","x":`+nested(200)+"}", "{}", "{}", `{"code":"print bad"}`),
		"content too deep":   signed(head, "{}", "{}", `{"code":"print bad","x":`+nested(9000)+"}"),
		"parent not JSON":    signed(head, "\xff\xfe", "{}", `{"code":"print bad"}`),
	} {
		t.Run(name, func(t *testing.T) {
			cl.t = t
			cl.sendFrames("shell", frames)
			cl.sendFrames("control", frames)
			published, _ := cl.await(cl.send("shell", "execute_request", map[string]any{"code": "print good"}))
			same(t, texts(published), []string{"busy", "execute_input", `stdout "good\n"`, "idle"})
			for _, r := range cl.skipped {
				t.Errorf("unexpected %s %s for %s", r.Channel, r.text(), r.Parent)
			}
		})
	}
	cl.sendFrames("shell", good)
	cl.sendFrames("shell", good) // replayed
	cl.find("one reply", func(r reply) bool { return r.Type == "execute_reply" })
	cl.execute("print after")
	for _, r := range cl.skipped {
		if r.Type == "execute_reply" {
			t.Error("a replayed message was executed")
		}
	}
}

// nested is JSON of some levels.
func nested(levels int) string { return strings.Repeat("[", levels) + strings.Repeat("]", levels) }

func TestNesting(t *testing.T) {
	for raw, want := range map[string]int{
		`{}`: 1, `{"a":[{}],"b":{}}`: 3, `{"[":"{[\"[\\"}`: 1, `{"a":"\\","b":[]}`: 2, `{"a":` + nested(500) + `}`: 501, `{"é":"\u005b"}`: 1,
	} {
		if got := nesting([]byte(raw)); got != want {
			t.Errorf("%.40s: %d, want %d", raw, got, want)
		}
	}
}

func TestUnsignedConnection(t *testing.T) {
	s, err := newSigner("hmac-sha256", "")
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // without signatures there is no telling a replay
		frames := [][]byte{delimiter, {}, []byte(`{"msg_id":"1","msg_type":"t"}`), emptyObject, emptyObject, emptyObject}
		if _, err := decode(frames, s); err != nil {
			t.Error(err)
		}
	}
	if got := s.sign([]byte("x")); len(got) != 0 {
		t.Errorf("signature %q", got)
	}
}

// Known answers: RFC 4231 and RFC 2202, test case 2.
func TestSign(t *testing.T) {
	for scheme, want := range map[string]string{
		"hmac-md5":    "750c783e6ab0b503eaa86e310a5db738",
		"hmac-sha1":   "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
		"hmac-sha224": "a30e01098bc6dbbf45690f3a7e9e6d0f8bbea2a39e6148008fd05e44",
		"hmac-sha256": "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
	} {
		s, err := newSigner(scheme, "Jefe")
		if err != nil {
			t.Fatal(err)
		}
		if got := s.sign([]byte("what do ya "), []byte("want for nothing?")); string(got) != want {
			t.Errorf("%s: %s, want %s", scheme, got, want)
		}
	}
}

// Connections that say nothing, or nonsense, or too much, must not keep others from theirs.
func TestStrangersBlockNobody(t *testing.T) {
	_, c := start(t, "tcp")
	greeting := make([]byte, greetingSize)
	copy(greeting, "\xff\x00\x00\x00\x00\x00\x00\x00\x01\x7f\x03\x00NULL")
	huge := binary.BigEndian.AppendUint64([]byte{flagLong | flagCommand}, 1<<62)
	for name, bytes := range map[string][]byte{
		"silence":               nil,
		"HTTP":                  []byte("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" + strings.Repeat("x", 100)),
		"half a greeting":       greeting[:20],
		"a greeting":            greeting,
		"a huge command":        append(greeting[:greetingSize:greetingSize], huge...),
		"truncated metadata":    append(greeting[:greetingSize:greetingSize], "\x04\x09\x05READY\x0bSo"...),
		"unknown socket type":   append(greeting[:greetingSize:greetingSize], "\x04\x1b\x05READY\x0bSocket-Type\x00\x00\x00\x06STRANGE"[:2+0x1b]...),
		"metadata of 4 GiB":     append(greeting[:greetingSize:greetingSize], "\x04\x15\x05READY\x0bSocket-Type\xff\xff\xff\xff"...),
		"a frame of odd flags":  append(greeting[:greetingSize:greetingSize], 0xf0, 0),
		"a message, no command": append(greeting[:greetingSize:greetingSize], 0, 1, 'x'),
	} {
		for _, port := range []int{c.Shell, c.IOPub, c.Control, c.Stdin, c.Heartbeat} {
			conn, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port))
			if err != nil {
				t.Fatal(name, err)
			}
			defer conn.Close()
			conn.Write(bytes)
		}
	}
	cl := connect(t, c, "a")
	if _, answer := cl.execute("print x"); answer.Content["status"] != "ok" {
		t.Error(answer.Content)
	}
}

// Clients that come and go, in every way a connection can end, leave nothing behind.
func TestManyPeersComeAndGo(t *testing.T) {
	k, c := start(t, "tcp")
	cl := connect(t, c, "a")
	before := runtime.NumGoroutine()
	ends := []func(*net.TCPConn){
		func(conn *net.TCPConn) { conn.Close() },
		func(conn *net.TCPConn) { conn.CloseWrite() },                               // half open: it would still read
		func(conn *net.TCPConn) { conn.SetLinger(0); conn.Close() },                 // reset
		func(conn *net.TCPConn) { conn.Write([]byte{flagMore}); conn.CloseWrite() }, // in the middle of a frame
	}
	var peers sync.WaitGroup
	for i := range 200 {
		peers.Go(func() {
			for port, kind := range map[int]zmq4.SocketType{c.Shell: zmq4.Dealer, c.IOPub: zmq4.Sub} {
				conn, z := raw(t, c, port, kind, fmt.Sprint("peer", i%7)) // some share an identity
				z.SendMsg(zmq4.NewMsgString("\x01"))
				ends[i%len(ends)](conn.(*net.TCPConn))
			}
		})
	}
	for range 20 {
		if _, answer := cl.execute("print x"); answer.Content["status"] != "ok" {
			t.Error(answer.Content)
		}
	}
	peers.Wait()
	for began := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		left := 0
		for _, s := range k.sockets() {
			s.mu.Lock()
			left += len(s.peers)
			s.mu.Unlock()
		}
		now := runtime.NumGoroutine()
		if left == 4 && now < before+20 {
			break
		} else if time.Since(began) > patience {
			t.Fatalf("%d peers are left, 4 are there; %d goroutines, before %d", left, now, before)
		}
	}
}

// The handshake has a deadline; the life after it has none.
func TestHandshakeTime(t *testing.T) {
	defer func(d time.Duration) { handshakeTime = d }(handshakeTime)
	handshakeTime = 100 * time.Millisecond
	_, c := start(t, "tcp")
	cl := connect(t, c, "a")
	silent, err := net.Dial("tcp", strings.TrimPrefix(address(c, c.Shell), "tcp://"))
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	silent.SetDeadline(time.Now().Add(patience))
	if _, err := io.Copy(io.Discard, silent); err != nil {
		t.Error("a silent connection lives on:", err)
	}
	time.Sleep(handshakeTime)
	if _, answer := cl.execute(""); answer.Content["status"] != "ok" {
		t.Error(answer.Content)
	}
}

func TestOversizedMessageEndsTheConnection(t *testing.T) {
	_, c := start(t, "tcp")
	for name, bytes := range map[string][]byte{
		"length":   binary.BigEndian.AppendUint64([]byte{flagLong}, maxMessage+1),
		"overflow": binary.BigEndian.AppendUint64([]byte{flagLong}, 1<<63),
		"frames":   append(make([]byte, 0), strings.Repeat("\x01\x00", maxFrames+1)...),
	} {
		conn, _ := raw(t, c, c.Shell, zmq4.Dealer, "")
		conn.Write(bytes)
		if _, err := conn.Read(make([]byte, 1)); err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("%s: the connection lives on: %v", name, err)
		}
	}
}

func TestPing(t *testing.T) {
	_, c := start(t, "tcp")
	_, z := raw(t, c, c.Shell, zmq4.Dealer, "")
	if err := z.SendCmd("PING", []byte("\x00\x0actx")); err != nil {
		t.Fatal(err)
	}
	if cmd, err := z.RecvCmd(); err != nil || cmd.Name != "PONG" || string(cmd.Body) != "ctx" {
		t.Errorf("%q %q %v", cmd.Name, cmd.Body, err)
	}
}

func TestSubscriptions(t *testing.T) {
	k, c := start(t, "tcp")
	_, z := raw(t, c, c.IOPub, zmq4.Sub, "")
	welcome := func(topic string) {
		t.Helper()
		m, err := z.RecvMsg()
		if err != nil {
			t.Fatal(err)
		}
		r, err := parse(m.Frames)
		if err != nil || r.Type != "iopub_welcome" || r.Topic != topic || r.Content["subscription"] != topic || r.Parent != "" {
			t.Errorf("%+v %v, want a welcome to %q", r, err, topic)
		}
	}
	mine := "kernel." + k.session + ".stream"
	z.SendMsg(zmq4.NewMsgString("\x01" + mine)) // as of ZMTP 3.0
	welcome(mine)
	z.SendCmd("SUBSCRIBE", []byte("other")) // as of ZMTP 3.1
	welcome("other")
	z.SendMsg(zmq4.NewMsgString("nonsense"))
	z.SendMsg(zmq4.NewMsgString("\x01not UTF-8 \xff"))

	cl := connect(t, c, "a")
	cl.execute("print topic")
	m, err := z.RecvMsg()
	if err != nil {
		t.Fatal(err)
	}
	if r, err := parse(m.Frames); err != nil || r.Type != "stream" {
		t.Errorf("a subscriber to streams received %+v, %v", r, err)
	}
	z.SendCmd("CANCEL", []byte(mine))
	z.SendCmd("SUBSCRIBE", []byte("barrier"))
	welcome("barrier")
	cl.execute("print unheard")
	z.SendCmd("SUBSCRIBE", []byte("last"))
	welcome("last")
}

// Two connections with one identity get each its own replies, and the last one those of a connection that is gone.
func TestSharedIdentity(t *testing.T) {
	_, c := start(t, "tcp")
	cl := connect(t, c, "a")
	_, first := raw(t, c, c.Shell, zmq4.Dealer, "same")
	_, second := raw(t, c, c.Shell, zmq4.Dealer, "same")
	send := func(z *zmq4.Conn, content map[string]any) string {
		frames, id := cl.frames("execute_request", map[string]any{}, content)
		if err := z.SendMsg(zmq4.NewMsgFrom(frames...)); err != nil {
			t.Fatal(err)
		}
		return id
	}
	replied := func(z *zmq4.Conn, id string) {
		t.Helper()
		m, err := z.RecvMsg()
		if err != nil {
			t.Fatal(err)
		}
		if r, err := parse(m.Frames); err != nil || r.Parent != id {
			t.Errorf("%+v %v, want the reply to %s", r, err, id)
		}
	}
	for _, z := range []*zmq4.Conn{first, second} {
		replied(z, send(z, map[string]any{"code": ""}))
	}
	id := send(first, map[string]any{"code": "sleep 100ms"})
	cl.until(id, "execute_input")
	first.Close()
	replied(second, id)
}

func FuzzDecode(f *testing.F) {
	s, _ := newSigner("hmac-sha256", "")
	f.Add([]byte("\x01\x02id\x01\x09<IDS|MSG>\x01\x00\x01\x1d{\"msg_id\":\"1\",\"msg_type\":\"t\"}\x01\x02{}\x01\x02{}\x00\x02{}"))
	f.Add([]byte("\x01\x09<IDS|MSG>\x00\x00"))
	f.Add([]byte("\x02\x7f\xff\xff\xff\xff\xff\xff\xff"))
	f.Add([]byte("\x04\x06\x04PING\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		frames, command, err := readMessage(bufio.NewReader(bytes.NewReader(data)))
		if err != nil {
			return
		}
		if command {
			splitCommand(frames[0])
			return
		}
		var again bytes.Buffer
		w := bufio.NewWriter(&again)
		if err := writeFrames(w, frames); err != nil {
			t.Fatal(err)
		}
		w.Flush()
		reread, _, err := readMessage(bufio.NewReader(&again))
		if err != nil || len(reread) != len(frames) {
			t.Fatalf("%q read again: %q, %v", frames, reread, err)
		}
		for i := range frames {
			if !bytes.Equal(frames[i], reread[i]) {
				t.Fatalf("%q read again: %q", frames, reread)
			}
		}
		m, err := decode(frames, s)
		if err == nil && (m.header.Type == "" || len(m.content) == 0) {
			t.Fatalf("%q decoded to %+v", frames, m)
		}
	})
}

// An answer goes back by all identities of its request, with its header verbatim, and in the kernel's own session.
func TestAnswerNamesItsRequest(t *testing.T) {
	k, c := start(t, "tcp")
	cl := connect(t, c, "a")
	for _, identities := range [][][]byte{nil, {[]byte("one")}, {[]byte("one"), {}, bytes.Repeat([]byte("x"), 1000)}} {
		_, z := raw(t, c, c.Shell, zmq4.Dealer, "")
		frames, _ := cl.frames("kernel_info_request", map[string]any{}, map[string]any{})
		if err := z.SendMsg(zmq4.NewMsgFrom(append(slices.Clone(identities), frames...)...)); err != nil {
			t.Fatal(err)
		}
		m, err := z.RecvMsg()
		if err != nil {
			t.Fatal(err)
		}
		n := len(identities)
		same(t, m.Frames[:n], append([][]byte{}, identities...))
		answer := m.Frames[n:]
		same(t, string(answer[3]), string(frames[2]))
		if !strings.Contains(string(answer[2]), `"session":"`+k.session+`"`) {
			t.Errorf("header %s, the session is %s", answer[2], k.session)
		}
	}
}
