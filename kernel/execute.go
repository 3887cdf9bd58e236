package kernel

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime/debug"
	"time"
)

// abortWindow is how long the reply of a failed cell is held back, so that cells sent together with it arrive and are
// aborted too. Whoever sends a cell after the reply knows of the failure and means it.
const abortWindow = 50 * time.Millisecond

type executeRequest struct {
	Code            string            `json:"code"`
	Silent          bool              `json:"silent"`
	StoreHistory    bool              `json:"store_history"`
	UserExpressions map[string]string `json:"user_expressions"`
	AllowStdin      bool              `json:"allow_stdin"`
	StopOnError     bool              `json:"stop_on_error"`
}

type executeReply struct {
	Status          string         `json:"status"` // "ok" or "error"
	Count           int            `json:"execution_count"`
	Payload         []Payload      `json:"payload"`
	UserExpressions map[string]any `json:"user_expressions"`
	*CellError
}

// execute runs a cell.
func (k *Kernel) execute(ctx context.Context, r *request) any {
	if r.aborted {
		return map[string]any{"status": "aborted"} // without a number: the front end would show the cell as run
	}
	reply := executeReply{Count: r.shell.executed(), Payload: []Payload{}, UserExpressions: map[string]any{}}
	req := executeRequest{StoreHistory: true, AllowStdin: true, StopOnError: true}
	if err := r.into(&req); err != nil {
		reply.Status, reply.CellError = "error", failure(err).CellError
		return reply
	}
	var meta struct {
		CellID string `json:"cellId"`
	}
	json.Unmarshal(r.metadata, &meta) // the name is a comfort, not a need

	cell := Cell{
		Code: req.Code, Name: meta.CellID, Silent: req.Silent, StoreHistory: req.StoreHistory && !req.Silent,
	}
	cell.Count = r.shell.next(cell.StoreHistory)
	reply.Count = r.shell.executed()
	out := &output{k: k, r: r, ctx: ctx, cell: cell, allowStdin: req.AllowStdin}
	out.publish("execute_input", map[string]any{"code": cell.Code, "execution_count": cell.Count})
	outcome := k.run(ctx, cell, out)
	reply.Status = "ok"
	reply.Payload = append(reply.Payload, outcome.Payload...)
	if outcome.Err == nil {
		reply.UserExpressions = k.evaluate(ctx, req.UserExpressions)
	}
	out.flush()
	if cell.StoreHistory {
		if err := r.shell.history.add(cell, out.result()); err != nil {
			k.log.Warn("history", "err", err)
		}
	}
	if outcome.Err != nil {
		reply.Status, reply.CellError = "error", failure(outcome.Err).CellError
		out.publish("error", reply.CellError)
		if req.StopOnError && !cell.Silent && !r.beside {
			if ctx.Err() == nil { // who interrupts a cell does it later
				time.Sleep(abortWindow)
			}
			r.shell.cells.abort()
		}
	}
	return reply
}

// run runs the evaluator. Its panic is the cell's error.
func (k *Kernel) run(ctx context.Context, cell Cell, out Output) (outcome Outcome) {
	defer func() {
		if p := recover(); p != nil {
			k.log.Error("evaluator panicked", "cell", cell.Count, "value", p, "stack", string(debug.Stack()))
			outcome = Outcome{Err: &CellError{Name: "KernelPanic", Value: fmt.Sprint(p)}}
		}
	}()
	return k.evaluator.Execute(ctx, cell, out)
}

// evaluate computes a request's user_expressions.
func (k *Kernel) evaluate(ctx context.Context, expressions map[string]string) map[string]any {
	values := map[string]any{}
	for name, expr := range expressions {
		b, err := k.evaluator.Evaluate(ctx, expr)
		if err != nil {
			values[name] = failure(err)
			continue
		}
		values[name] = map[string]any{"status": "ok", "data": b.data(), "metadata": b.metadata()}
	}
	return values
}
