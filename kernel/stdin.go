package kernel

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"sync"
)

// errCellEnded is the cause of a cell's context after its end.
var errCellEnded = errors.New("the cell has ended")

// inputs is the question that waits for an answer on the stdin channel.
type inputs struct {
	turn chan struct{} // one question at a time: holds a value while there is one

	mu   sync.Mutex
	from string      // the client that was asked
	line chan string // its answer; nil when nobody was asked, so that late answers go nowhere
}

// ask opens a question to a client once no other is open; the returned function closes it.
func (in *inputs) ask(ctx context.Context, client string) (line <-chan string, done func(), err error) {
	select {
	case in.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, nil, context.Cause(ctx)
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	in.from, in.line = client, make(chan string, 1)
	return in.line, func() {
		in.mu.Lock()
		in.line = nil
		in.mu.Unlock()
		<-in.turn
	}, nil
}

// receive takes an input_reply.
func (in *inputs) receive(r *request) {
	var content struct {
		Value string `json:"value"`
	}
	json.Unmarshal(r.content, &content) // a malformed answer is an empty one
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.line == nil || r.from.id != in.from {
		return
	}
	select {
	case in.line <- content.Value:
	default: // the question has its answer
	}
}

func (o *output) ReadLine(prompt string, password bool) (string, error) {
	if !o.allowStdin {
		return "", errors.New("the front end cannot ask for input")
	}
	o.flush()
	line, done, err := o.k.inputs.ask(o.ctx, o.r.from.id)
	if err != nil {
		return "", err
	}
	defer done()
	if o.ctx.Err() != nil {
		return "", context.Cause(o.ctx)
	}
	question := mustMarshal(map[string]any{"prompt": prompt, "password": password})
	if !o.k.send(&o.k.stdin, o.r, "input_request", emptyObject, question) {
		return "", errors.New("the front end is not connected to the stdin channel")
	}
	select {
	case text := <-line:
		if text == "\x04" {
			return "", io.EOF
		}
		return text, nil
	case <-o.ctx.Done():
		return "", context.Cause(o.ctx)
	}
}
