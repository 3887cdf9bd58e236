package kernel

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"net"
)

// ZMTP 3 frames (https://rfc.zeromq.org/spec/23/). zmq4 reads frames too, but believes whatever length a stranger
// announces and answers a ping in the middle of another goroutine's message.

// Flags of a frame.
const (
	flagMore    = 1 << iota // another frame of the same message follows
	flagLong                // the length takes eight bytes, not one
	flagCommand             // a command between the sockets, not part of a message
)

const (
	maxHandshake = 1 << 16   // bytes of a frame before the handshake is done
	maxMessage   = 128 << 20 // bytes of a message
	maxFrames    = 1 << 12   // frames of a message
	greetingSize = 64
)

// readFrame reads a frame whose body may have up to limit bytes. Memory grows only as bytes really arrive.
func readFrame(r *bufio.Reader, limit int) (flags byte, body []byte, err error) {
	if flags, err = r.ReadByte(); err != nil {
		return 0, nil, err
	}
	if flags&^(flagMore|flagLong|flagCommand) != 0 {
		return 0, nil, fmt.Errorf("frame with unknown flags %#x", flags)
	}
	var length [8]byte
	if flags&flagLong != 0 {
		_, err = io.ReadFull(r, length[:])
	} else {
		length[7], err = r.ReadByte()
	}
	if err != nil {
		return 0, nil, err
	}
	size := binary.BigEndian.Uint64(length[:])
	if size > uint64(limit) {
		return 0, nil, fmt.Errorf("frame of %d bytes, allowed are %d", size, limit)
	}
	var buf bytes.Buffer
	if _, err = io.CopyN(&buf, r, int64(size)); err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return flags, buf.Bytes(), err
}

// writeFrame writes a frame.
func writeFrame(w *bufio.Writer, flags byte, body []byte) error {
	if len(body) < 256 {
		w.Write([]byte{flags, byte(len(body))})
	} else {
		w.WriteByte(flags | flagLong)
		w.Write(binary.BigEndian.AppendUint64(nil, uint64(len(body))))
	}
	_, err := w.Write(body) // a bufio.Writer repeats its first error
	return err
}

// writeFrames writes a message.
func writeFrames(w *bufio.Writer, frames [][]byte) error {
	for i, frame := range frames {
		var flags byte
		if i < len(frames)-1 {
			flags = flagMore
		}
		if err := writeFrame(w, flags, frame); err != nil {
			return err
		}
	}
	return nil
}

// readMessage reads the frames of one message, or a command (then alone).
func readMessage(r *bufio.Reader) (frames [][]byte, command bool, err error) {
	for room := maxMessage; len(frames) < maxFrames; {
		flags, body, err := readFrame(r, room)
		if err != nil {
			return nil, false, err
		}
		if flags&flagCommand != 0 {
			return [][]byte{body}, true, nil
		}
		frames = append(frames, body)
		if flags&flagMore == 0 {
			return frames, false, nil
		}
		room -= len(body)
	}
	return nil, false, fmt.Errorf("message of more than %d frames", maxFrames)
}

// greeter is a connection during its handshake: it hands zmq4 the greeting and then whole frames of a bounded size.
type greeter struct {
	net.Conn
	r       *bufio.Reader
	pending []byte
	greeted bool
}

func (g *greeter) Read(p []byte) (int, error) {
	if len(g.pending) == 0 {
		if err := g.fill(); err != nil {
			return 0, err
		}
	}
	n := copy(p, g.pending)
	g.pending = g.pending[n:]
	return n, nil
}

func (g *greeter) fill() error {
	if !g.greeted {
		g.greeted = true
		g.pending = make([]byte, greetingSize)
		_, err := io.ReadFull(g.r, g.pending)
		return err
	}
	flags, body, err := readFrame(g.r, maxHandshake)
	if err != nil {
		return err
	}
	var raw bytes.Buffer
	w := bufio.NewWriter(&raw)
	writeFrame(w, flags&^flagLong, body)
	w.Flush()
	g.pending = raw.Bytes()
	return nil
}
