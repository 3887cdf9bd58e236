package kernel

import (
	"context"
	"errors"
)

// ErrInterrupted is the cause of a cell's context when a user interrupted the cell.
var ErrInterrupted = errors.New("interrupted")

// status is the content of a status message.
type status struct {
	State string `json:"execution_state"`
}

// begin makes r something that an interrupt stops, and answers it.
func (k *Kernel) begin(ctx context.Context, r *request) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(errCellEnded)
	k.stateMu.Lock()
	k.running[r], k.latest = cancel, r
	k.stateMu.Unlock()
	k.answer(ctx, r)
}

// Interrupt stops the running cells of all subshells.
func (k *Kernel) Interrupt() {
	k.stateMu.Lock()
	defer k.stateMu.Unlock()
	for _, cancel := range k.running {
		cancel(ErrInterrupted)
	}
}

// idle ends a request. When it was answered beside a running cell, busy is said again for the cell: front ends show
// the last status they heard, whatever its parent.
func (k *Kernel) idle(r *request) {
	k.stateMu.Lock()
	defer k.stateMu.Unlock()
	delete(k.running, r)
	k.publish(r, "status", status{"idle"})
	for running := range k.running {
		k.publish(running, "status", status{"busy"})
		break
	}
}
