package kernel

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"time"
)

// request is a message of a client that the kernel works on.
type request struct {
	*message
	via     *router // the socket it came by and its reply leaves by
	from    *peer
	shell   *subshell // that it is for; nil: one that does not exist
	began   time.Time
	beside  bool // it is a cell that does not wait for others
	aborted bool // an earlier cell failed: answer without running it; guarded by its queue until taken
}

// handler answers a request with the content of its reply, or nil if there is none. The order that clients rely on,
// busy → outputs → reply → idle, is kept around it.
type handler func(k *Kernel, ctx context.Context, r *request) (reply any)

// handlers are the requests the kernel knows, by message type. Others are answered by busy and idle alone.
var handlers map[string]handler

func init() { // a variable that is initialised with them could not lead to what looks them up
	handlers = map[string]handler{
		"execute_request":     (*Kernel).execute,
		"comm_open":           (*Kernel).commOpen,
		"comm_msg":            (*Kernel).commMessage,
		"comm_close":          (*Kernel).commClose,
		"comm_info_request":   (*Kernel).commInfo,
		"kernel_info_request": (*Kernel).kernelInfo,
		"complete_request":    (*Kernel).complete,
		"inspect_request":     (*Kernel).inspect,
		"is_complete_request": (*Kernel).isComplete,
		"history_request":     (*Kernel).searchHistory,
		"interrupt_request":   (*Kernel).interruptRequest,
		"shutdown_request":    (*Kernel).shutdown,
		"usage_request":       (*Kernel).usage,
		"debug_request":       (*Kernel).debug,

		"create_subshell_request": (*Kernel).createSubshell,
		"delete_subshell_request": (*Kernel).deleteSubshell,
		"list_subshell_request":   (*Kernel).listSubshells,
	}
}

// receive takes a message from a socket. What is not a signed message is dropped: answering strangers helps nobody.
func (k *Kernel) receive(via *router, from *peer, frames [][]byte) {
	m, err := decode(frames, k.signer)
	if err != nil {
		k.log.Warn("message dropped", "err", err)
		return
	}
	r := &request{message: m, via: via, from: from, shell: k.subshell(m.header.Subshell)}
	switch m.header.Type {
	case "input_reply":
		k.inputs.receive(r)
	case "execute_request", "comm_open", "comm_msg", "comm_close":
		if r.beside = k.isBeside(r); r.beside {
			k.asides.push(r)
		} else if r.shell == nil || !r.shell.cells.push(r) {
			r.shell = nil
			k.asides.push(r)
		}
	case "debug_request":
		k.debugs.push(r)
	case "shutdown_request", "interrupt_request": // some clients send them on shell
		k.orders.push(r)
	default:
		if via == &k.control {
			k.orders.push(r)
		} else {
			k.asides.push(r)
		}
	}
}

// isBeside asks the evaluator whether a request is a cell that need not wait for others.
func (k *Kernel) isBeside(r *request) bool {
	bystander, ok := k.evaluator.(Bystander)
	var req executeRequest
	return ok && r.shell != nil && r.header.Type == "execute_request" && r.into(&req) == nil && bystander.Beside(req.Code)
}

// serveQueue answers the requests of a queue until it is closed.
func (k *Kernel) serveQueue(ctx context.Context, q *queue) {
	k.workers.Go(func() {
		for r := q.take(); r != nil; r = q.take() {
			if r.beside {
				k.workers.Go(func() { k.begin(ctx, r) })
			} else {
				k.answer(ctx, r)
			}
		}
	})
}

// serveCells answers the cells and comm messages of a subshell until its queue is closed.
func (k *Kernel) serveCells(ctx context.Context, s *subshell) {
	k.workers.Go(func() {
		for r := s.cells.take(); r != nil; r = s.cells.take() {
			k.begin(ctx, r)
		}
	})
}

// answer handles one request in the order busy, outputs, reply, idle.
func (k *Kernel) answer(ctx context.Context, r *request) {
	r.began = time.Now()
	k.publish(r, "status", status{"busy"})
	if handle := handlers[r.header.Type]; handle == nil {
		k.log.Info("unknown message type", "type", r.header.Type)
	} else if reply := k.guard(ctx, r, handle); reply != nil && strings.HasSuffix(r.header.Type, "_request") {
		k.reply(r, reply)
	}
	k.idle(r)
	if r.header.Type == "shutdown_request" {
		k.stop()
	}
}

// guard turns a panic, ours or the evaluator's, into a reply: the client waits for one.
func (k *Kernel) guard(ctx context.Context, r *request, handle handler) (reply any) {
	defer func() {
		if p := recover(); p != nil {
			k.log.Error("panic", "in", r.header.Type, "value", p, "stack", string(debug.Stack()))
			reply = failure(&CellError{Name: "KernelPanic", Value: fmt.Sprint(p)})
		}
	}()
	if r.shell == nil {
		return failure(noSubshell(r.header.Subshell))
	}
	return handle(k, ctx, r)
}

// reply answers a request on the socket it came by. JupyterLab reads from the metadata how long a cell took.
func (k *Kernel) reply(r *request, content any) {
	raw, err := marshal(content)
	if err != nil { // something of the evaluator's, a payload perhaps; the client still needs a reply
		k.log.Error("reply cannot be sent", "to", r.header.Type, "err", err)
		raw = mustMarshal(failure(err))
	}
	metadata := mustMarshal(map[string]string{"started": r.began.UTC().Format(dateFormat)})
	k.send(r.via, r, strings.TrimSuffix(r.header.Type, "_request")+"_reply", metadata, raw)
}

// send sends a message to a request's sender, through any ROUTER socket.
func (k *Kernel) send(via *router, r *request, msgType string, metadata, content json.RawMessage) bool {
	return via.send(r.from, &outgoing{
		prefix: r.identities, header: newHeader(msgType, k.session), parent: r.rawHeader,
		metadata: metadata, content: content, signer: k.signer,
	})
}

// into decodes a request's content. Fields it lacks keep the values they have.
func (r *request) into(content any) error {
	if err := json.Unmarshal(r.content, content); err != nil {
		return &CellError{Name: "MessageError", Value: fmt.Sprintf("malformed %s: %v", r.header.Type, err)}
	}
	return nil
}

// errorReply is the content of a reply to a request that failed.
type errorReply struct {
	Status string `json:"status"`
	*CellError
}

func failure(err error) errorReply {
	e := &CellError{Name: "Error", Value: err.Error()}
	errors.As(err, &e)
	traceback := []string{}
	for _, piece := range e.Traceback {
		traceback = append(traceback, shortened(piece))
	}
	return errorReply{"error", &CellError{e.Name, shortened(e.Value), traceback}}
}

// longestError is how many bytes an error's text and each piece of its traceback may have. Jupyter's server drops errors
// of more than a megabyte.
const longestError = 10_000

// shortened leaves out the middle of a text that is too long for an error.
func shortened(text string) string {
	if len(text) <= longestError {
		return text
	}
	head, tail := text[:longestError*9/10], text[len(text)-longestError/10:]
	return strings.ToValidUTF8(head, "") + " … " + strings.ToValidUTF8(tail, "")
}
