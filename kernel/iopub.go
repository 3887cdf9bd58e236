package kernel

import "encoding/json"

// streamText is the content of a stream message.
type streamText struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// maxJoined bounds the text of stream messages that a slow client's queue joins.
const maxJoined = 1 << 20

// publish sends a message to every client, as a child of r; r is nil if no request caused it. All of IOPub goes
// through here, in one order.
func (k *Kernel) publish(r *request, msgType string, content any) {
	k.publishWith(r, msgType, content, emptyObject, nil)
}

func (k *Kernel) publishWith(r *request, msgType string, content any, metadata json.RawMessage, buffers [][]byte) {
	o := &outgoing{header: newHeader(msgType, k.session), parent: emptyObject, metadata: metadata, buffers: buffers, signer: k.signer}
	if r != nil {
		o.parent = r.rawHeader
	}
	if text, ok := content.(*streamText); ok {
		o.stream = text
	} else {
		o.content = mustMarshal(content)
	}
	topic := "kernel." + k.session + "." + msgType
	o.prefix = [][]byte{[]byte(topic)}
	k.iopub.publish(topic, o)
}

// welcome tells a subscriber that it is one (JEP 65): it may count on every message from here on.
func (k *Kernel) welcome(topic string) packet {
	return &outgoing{
		prefix: [][]byte{[]byte(topic)}, header: newHeader("iopub_welcome", k.session), parent: emptyObject,
		metadata: emptyObject, content: mustMarshal(map[string]string{"subscription": topic}), signer: k.signer,
	}
}

// join makes one message of two pieces of the same cell's same stream.
func (o *outgoing) join(next packet) packet {
	n, ok := next.(*outgoing)
	if !ok || o.stream == nil || n.stream == nil || o.stream.Name != n.stream.Name ||
		string(o.parent) != string(n.parent) || len(o.stream.Text)+len(n.stream.Text) > maxJoined {
		return nil
	}
	return &outgoing{
		prefix: o.prefix, header: o.header, parent: o.parent, metadata: o.metadata,
		stream: &streamText{o.stream.Name, o.stream.Text + n.stream.Text}, signer: o.signer,
	}
}
