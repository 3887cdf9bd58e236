package kernel

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"
	"unicode/utf8"
)

// protocolVersion is the messaging protocol's version that headers and kernel_info_reply state.
const protocolVersion = "5.5"

// delimiter stands between a message's routing identities and its signature.
var delimiter = []byte("<IDS|MSG>")

// dateFormat is ISO 8601 with microseconds and zone: front ends compute durations from it.
const dateFormat = "2006-01-02T15:04:05.000000Z"

// emptyObject is what the protocol wants where there is nothing to say; null is never allowed.
var emptyObject = json.RawMessage("{}")

// header identifies a message.
type header struct {
	ID       string `json:"msg_id"`
	Session  string `json:"session"`
	Username string `json:"username"`
	Date     string `json:"date"`
	Type     string `json:"msg_type"`
	Version  string `json:"version"`
	Subshell string `json:"subshell_id,omitempty"`
}

// message is a message as it arrived, its signature verified.
type message struct {
	identities [][]byte // frames before the delimiter, to be sent back
	header     header
	rawHeader  json.RawMessage // answers carry it verbatim as their parent, with the fields we do not know
	metadata   json.RawMessage
	content    json.RawMessage
	buffers    [][]byte
}

// decode reads a message from the frames a ROUTER socket received: identities, delimiter, signature, header, parent
// header, metadata, content, buffers.
func decode(frames [][]byte, s *signer) (*message, error) {
	split := -1
	for i, frame := range frames {
		if bytes.Equal(frame, delimiter) {
			split = i
			break
		}
	}
	if split < 0 {
		return nil, fmt.Errorf("no %s among %d frames", delimiter, len(frames))
	}
	body := frames[split+1:]
	if len(body) < 5 {
		return nil, fmt.Errorf("%d frames after %s, a message has at least 5", len(body), delimiter)
	}
	if err := s.verify(body[0], body[1:5]...); err != nil {
		return nil, err
	}
	m := &message{identities: frames[:split], rawHeader: body[1], metadata: body[3], content: body[4], buffers: body[5:]}
	if err := json.Unmarshal(m.rawHeader, &m.header); err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	if m.header.Type == "" || m.header.ID == "" {
		return nil, errors.New("header without msg_type or msg_id")
	}
	for i, name := range []string{"header", "parent_header", "metadata", "content"} {
		if raw := bytes.TrimSpace(body[1+i]); len(raw) == 0 || raw[0] != '{' || !json.Valid(raw) || !utf8.Valid(raw) {
			return nil, fmt.Errorf("%s of %s is not a JSON object", name, m.header.Type)
		}
		if depth := nesting(body[1+i]); depth > maxNesting {
			return nil, fmt.Errorf("%s of %s is nested %d levels deep, allowed are %d", name, m.header.Type, depth, maxNesting)
		}
	}
	return m, nil
}

// maxNesting is how deep the JSON of a message may be nested: what answers repeat must be readable in every language, and
// Python gives up before 1,000 levels.
const maxNesting = 200

// nesting is how deep valid JSON is nested.
func nesting(raw []byte) (deepest int) {
	depth, quoted := 0, false
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case c == '"':
			quoted = !quoted
		case c == '\\':
			i++
		case quoted:
		case c == '{' || c == '[':
			depth++
			deepest = max(deepest, depth)
		case c == '}' || c == ']':
			depth--
		}
	}
	return deepest
}

// outgoing is a message on its way to one or more peers. It is serialised once, when the first of them is ready.
type outgoing struct {
	prefix   [][]byte // the identities of a request, or the topic of a published message
	header   header
	parent   json.RawMessage
	metadata json.RawMessage
	content  json.RawMessage
	buffers  [][]byte
	stream   *streamText // set instead of content for a stream message, so that a slow peer's can be joined

	signer *signer
	once   sync.Once
	wire   [][]byte
}

func (o *outgoing) frames() [][]byte {
	o.once.Do(func() {
		content := o.content
		if o.stream != nil {
			content = mustMarshal(o.stream)
		}
		head := mustMarshal(o.header)
		o.wire = append(o.wire, o.prefix...)
		o.wire = append(o.wire, delimiter, o.signer.sign(head, o.parent, o.metadata, content))
		o.wire = append(o.wire, head, o.parent, o.metadata, content)
		o.wire = append(o.wire, o.buffers...)
	})
	return o.wire
}

func (o *outgoing) size() int {
	n := len(o.content) + len(o.parent) + 512
	if o.stream != nil {
		n += len(o.stream.Text)
	}
	for _, b := range o.buffers {
		n += len(b)
	}
	return n
}

// newHeader is the header of a message that the kernel sends.
func newHeader(msgType, session string) header {
	return header{
		ID: newID(), Session: session, Username: "kernel", Type: msgType, Version: protocolVersion,
		Date: time.Now().UTC().Format(dateFormat),
	}
}

// newID is a random identifier for a session, a message or a comm.
func newID() string {
	var b [16]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

// marshal is json.Marshal without the escaping of HTML, which would bloat every HTML and SVG output.
func marshal(v any) (json.RawMessage, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

// mustMarshal is marshal for the kernel's own message types, which JSON can always express.
func mustMarshal(v any) json.RawMessage {
	raw, err := marshal(v)
	if err != nil {
		panic(err)
	}
	return raw
}
