package kernel

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
)

// Comms are the open conversations between kernel and front end, beside the cells: widgets use them.
type Comms struct {
	k *Kernel

	mu      sync.Mutex
	targets map[string]CommHook
	open    map[string]*conversation
}

// conversation is an open comm.
type conversation struct {
	target             string
	onMessage, onClose CommHook
}

// CommMessage is what a comm carries. Buffers hold binary data beside the JSON.
type CommMessage struct {
	Data     map[string]any
	Metadata map[string]any
	Buffers  [][]byte
}

// CommHook handles a message of a front end. It runs as a cell does: alone, its output is shown under the message
// that caused it, and an interrupt cancels ctx.
type CommHook func(ctx context.Context, c *Comm, m CommMessage, out Output)

// Comm is one side's end of a conversation.
type Comm struct {
	ID, Target string

	comms  *Comms
	parent *request // the message whose hook got it, which is the parent of what it sends; nil for what Open returns
}

// commContent is the content of comm_open, comm_msg and comm_close.
type commContent struct {
	ID     string         `json:"comm_id"`
	Target string         `json:"target_name,omitempty"`
	Data   map[string]any `json:"data"`
}

func newComms(k *Kernel) *Comms {
	return &Comms{k: k, targets: map[string]CommHook{}, open: map[string]*conversation{}}
}

// Comms are the kernel's comms.
func (k *Kernel) Comms() *Comms { return k.comms }

// Register makes a target that front ends can open comms to: opened is called for each of them.
func (cs *Comms) Register(target string, opened CommHook) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	cs.targets[target] = opened
}

// Open opens a comm to a target of the front end; the kernel must be running. It fails if JSON cannot express the data.
func (cs *Comms) Open(target string, m CommMessage) (*Comm, error) {
	c := &Comm{ID: newID(), Target: target, comms: cs}
	cs.add(c)
	return c, c.send("comm_open", commContent{c.ID, target, m.Data}, m)
}

func (cs *Comms) add(c *Comm) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	cs.open[c.ID] = &conversation{target: c.Target}
}

// OnMessage sets what is called for every message of the front end.
func (c *Comm) OnMessage(hook CommHook) {
	c.comms.mu.Lock()
	defer c.comms.mu.Unlock()
	if open := c.comms.open[c.ID]; open != nil {
		open.onMessage = hook
	}
}

// OnClose sets what is called when the front end closes the comm.
func (c *Comm) OnClose(hook CommHook) {
	c.comms.mu.Lock()
	defer c.comms.mu.Unlock()
	if open := c.comms.open[c.ID]; open != nil {
		open.onClose = hook
	}
}

// Send sends a message to the other side. It fails if JSON cannot express the data.
func (c *Comm) Send(m CommMessage) error {
	return c.send("comm_msg", commContent{ID: c.ID, Data: m.Data}, m)
}

// Update is Send for a message that the next one with the same key makes needless: of messages that come faster than
// front ends can take them, some are left out, never the latest.
func (c *Comm) Update(key string, m CommMessage) error {
	send, err := c.prepare("comm_msg", commContent{ID: c.ID, Data: m.Data}, m)
	if err == nil {
		c.comms.k.pace.update("comm "+c.ID+" "+key, send)
	}
	return err
}

// Close ends the conversation.
func (c *Comm) Close(m CommMessage) error {
	c.comms.mu.Lock()
	delete(c.comms.open, c.ID)
	c.comms.mu.Unlock()
	return c.send("comm_close", commContent{ID: c.ID, Data: m.Data}, m)
}

// send sends a message after what is held back.
func (c *Comm) send(msgType string, content commContent, m CommMessage) error {
	send, err := c.prepare(msgType, content, m)
	if err == nil {
		c.comms.k.pace.flush()
		send()
	}
	return err
}

func (c *Comm) prepare(msgType string, content commContent, m CommMessage) (send func(), err error) {
	if content.Data == nil {
		content.Data = map[string]any{}
	}
	if m.Metadata == nil {
		m.Metadata = map[string]any{}
	}
	metadata, err := marshal(m.Metadata)
	if err != nil {
		return nil, fmt.Errorf("comm %s: metadata: %w", c.Target, err)
	}
	raw, err := marshal(content)
	if err != nil {
		return nil, fmt.Errorf("comm %s: data: %w", c.Target, err)
	}
	k := c.comms.k
	parent := c.parent
	if parent == nil {
		k.stateMu.Lock()
		parent = k.latest
		k.stateMu.Unlock()
	}
	return func() { k.publishWith(parent, msgType, raw, metadata, m.Buffers) }, nil
}

func (k *Kernel) commOpen(ctx context.Context, r *request) any {
	return k.onComm(ctx, r, func(c *Comm) CommHook {
		k.comms.mu.Lock()
		opened := k.comms.targets[c.Target]
		k.comms.mu.Unlock()
		if opened == nil {
			k.publish(r, "comm_close", commContent{ID: c.ID, Data: map[string]any{}})
			return nil
		}
		k.comms.add(c)
		return opened
	})
}

func (k *Kernel) commMessage(ctx context.Context, r *request) any {
	return k.onComm(ctx, r, func(c *Comm) CommHook {
		k.comms.mu.Lock()
		defer k.comms.mu.Unlock()
		if open := k.comms.open[c.ID]; open != nil {
			return open.onMessage
		}
		k.log.Warn("message for a comm that is not open", "comm", c.ID)
		return nil
	})
}

func (k *Kernel) commClose(ctx context.Context, r *request) any {
	return k.onComm(ctx, r, func(c *Comm) CommHook {
		k.comms.mu.Lock()
		defer k.comms.mu.Unlock()
		open := k.comms.open[c.ID]
		if open == nil {
			return nil
		}
		delete(k.comms.open, c.ID)
		return open.onClose
	})
}

// onComm calls the hook that find knows for a comm message. Comm messages have no reply.
func (k *Kernel) onComm(ctx context.Context, r *request, find func(*Comm) CommHook) any {
	var content commContent
	if err := r.into(&content); err != nil {
		k.log.Warn("comm message dropped", "err", err)
		return nil
	}
	c := &Comm{ID: content.ID, Target: content.Target, comms: k.comms, parent: r}
	hook := find(c)
	if hook == nil {
		return nil
	}
	m := CommMessage{Data: content.Data, Buffers: r.buffers}
	json.Unmarshal(r.metadata, &m.Metadata) // an object, as decode has seen
	out := &output{k: k, r: r, ctx: ctx}
	defer out.flush()
	hook(ctx, c, m, out)
	return nil
}

func (k *Kernel) commInfo(_ context.Context, r *request) any {
	var req struct {
		Target string `json:"target_name"`
	}
	if err := r.into(&req); err != nil {
		return failure(err)
	}
	k.comms.mu.Lock()
	defer k.comms.mu.Unlock()
	comms := map[string]any{}
	for id, c := range k.comms.open {
		if req.Target == "" || req.Target == c.target {
			comms[id] = map[string]string{"target_name": c.target}
		}
	}
	return map[string]any{"status": "ok", "comms": comms}
}
