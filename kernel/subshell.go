package kernel

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
)

// subshell is a line of cells and comm messages that are answered one after the other, beside the other subshells
// (JEP 91). The main one, which every kernel has, has no id.
type subshell struct {
	id      string
	cells   *queue
	history history

	mu    sync.Mutex
	count int // of executed cells
}

func newSubshell(id string) *subshell { return &subshell{id: id, cells: newQueue()} }

// next is the number of the next cell; with keep it is given away.
func (s *subshell) next(keep bool) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if keep {
		s.count++
		return s.count
	}
	return s.count + 1
}

// executed is how many cells were counted so far.
func (s *subshell) executed() int { return s.next(false) - 1 }

// subshell finds the subshell that a message is for; nil if there is none.
func (k *Kernel) subshell(id string) *subshell {
	if id == "" {
		return k.main
	}
	k.stateMu.Lock()
	defer k.stateMu.Unlock()
	return k.children[id]
}

// subshells are all of them, the main one first.
func (k *Kernel) subshells() []*subshell {
	k.stateMu.Lock()
	defer k.stateMu.Unlock()
	return append([]*subshell{k.main}, slices.Collect(maps.Values(k.children))...)
}

func (k *Kernel) createSubshell(ctx context.Context, _ *request) any {
	s := newSubshell(newID())
	s.history.file = k.main.history.file
	k.stateMu.Lock()
	k.children[s.id] = s
	k.stateMu.Unlock()
	k.serveCells(ctx, s)
	return map[string]any{"status": "ok", "subshell_id": s.id}
}

// deleteSubshell lets a subshell end its running cell. Those that wait are aborted.
func (k *Kernel) deleteSubshell(_ context.Context, r *request) any {
	var req struct {
		ID string `json:"subshell_id"`
	}
	if err := r.into(&req); err != nil {
		return failure(err)
	}
	k.stateMu.Lock()
	s := k.children[req.ID]
	delete(k.children, req.ID)
	k.stateMu.Unlock()
	if s == nil {
		return failure(noSubshell(req.ID))
	}
	s.cells.close()
	return map[string]any{"status": "ok"}
}

func (k *Kernel) listSubshells(context.Context, *request) any {
	ids := []string{}
	for _, s := range k.subshells()[1:] {
		ids = append(ids, s.id)
	}
	slices.Sort(ids)
	return map[string]any{"status": "ok", "subshell_id": ids}
}

func noSubshell(id string) *CellError {
	return &CellError{Name: "SubshellError", Value: fmt.Sprintf("there is no subshell %q", id)}
}
