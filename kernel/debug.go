package kernel

import (
	"context"
	"encoding/json"
)

// Debuggable is an Evaluator with a debugger, which speaks the Debug Adapter Protocol:
// https://microsoft.github.io/debug-adapter-protocol/specification
type Debuggable interface {
	// Debug answers a request with the body of its response. It may be called while cells run, one request at a time.
	Debug(ctx context.Context, command string, arguments json.RawMessage) (body any, err error)
	// DebugEvents sets what events go to, in the order in which they happen.
	DebugEvents(emit func(event string, body any))
}

// debugMessage is a request, a response or an event of the Debug Adapter Protocol.
type debugMessage struct {
	Type       string          `json:"type"`
	Seq        int64           `json:"seq"`
	Command    string          `json:"command,omitempty"`
	Arguments  json.RawMessage `json:"arguments,omitempty"`
	RequestSeq *int64          `json:"request_seq,omitempty"`
	Success    *bool           `json:"success,omitempty"`
	Message    string          `json:"message,omitempty"`
	Event      string          `json:"event,omitempty"`
	Body       any             `json:"body,omitempty"`
}

// debug answers a request of a front end's debugger.
func (k *Kernel) debug(ctx context.Context, r *request) any {
	debuggable, ok := k.evaluator.(Debuggable)
	if !ok {
		return failure(&CellError{Name: "DebugError", Value: "this kernel has no debugger"})
	}
	var req debugMessage
	if err := r.into(&req); err != nil {
		return failure(err)
	}
	k.debugger.Store(r)
	body, err := debuggable.Debug(ctx, req.Command, req.Arguments)
	if b, ok := body.(Bundle); ok {
		body = map[string]any{"data": b.data(), "metadata": b.metadata()}
	}
	success := err == nil
	reply := debugMessage{Type: "response", Seq: k.debugSeq.Add(1), Command: req.Command, RequestSeq: &req.Seq, Success: &success, Body: body}
	if err != nil {
		reply.Message, reply.Body = err.Error(), map[string]any{}
	}
	return reply
}

// debugEvent tells every client what happened. Its parent is the latest request of a debugger: no other one caused it.
func (k *Kernel) debugEvent(event string, body any) {
	k.publish(k.debugger.Load(), "debug_event", debugMessage{Type: "event", Seq: k.debugSeq.Add(1), Event: event, Body: body})
}
