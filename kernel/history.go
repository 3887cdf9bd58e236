package kernel

import (
	"context"
	"regexp"
	"strings"
	"sync"
)

// currentSession numbers the history of this process, which is kept for as long as the kernel lives.
const currentSession = 1

// history is the cells that were run, the oldest first.
type history struct {
	mu      sync.Mutex
	entries []historyEntry
}

type historyEntry struct {
	session, line int
	input, output string
}

func (h *history) add(cell Cell, output string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.entries = append(h.entries, historyEntry{currentSession, cell.Count, cell.Code, output})
}

type historyRequest struct {
	Output  bool   `json:"output"`
	Access  string `json:"hist_access_type"` // "tail", "range" or "search"
	Session int    `json:"session"`          // of a range; 0 or less counts back from the current one
	Start   int    `json:"start"`
	Stop    *int   `json:"stop"`    // not included; absent: no end
	N       *int   `json:"n"`       // of tail and search: at most so many, the latest
	Pattern string `json:"pattern"` // of search: a glob
	Unique  bool   `json:"unique"`
}

func (k *Kernel) searchHistory(_ context.Context, r *request) any {
	req := historyRequest{Pattern: "*"}
	if err := r.into(&req); err != nil {
		return failure(err)
	}
	found := [][3]any{}
	for _, e := range k.history.find(req) {
		var what any = e.input
		if req.Output {
			what = [2]string{e.input, e.output}
		}
		found = append(found, [3]any{e.session, e.line, what})
	}
	return map[string]any{"status": "ok", "history": found}
}

// find selects what a request asks for, in the order it was run.
func (h *history) find(req historyRequest) []historyEntry {
	wanted := func(historyEntry) bool { return true }
	switch req.Access {
	case "range":
		number := req.Session
		if number <= 0 {
			number += currentSession
		}
		wanted = func(e historyEntry) bool {
			return e.session == number && e.line >= req.Start && (req.Stop == nil || e.line < *req.Stop)
		}
	case "search":
		pattern := globRegexp(req.Pattern)
		wanted = func(e historyEntry) bool { return pattern.MatchString(e.input) }
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	var found []historyEntry
	last := map[string]int{} // input → its latest place in h.entries
	for i, e := range h.entries {
		last[e.input] = i
	}
	for i, e := range h.entries {
		if wanted(e) && (!req.Unique || last[e.input] == i) {
			found = append(found, e)
		}
	}
	if req.N != nil && req.Access != "range" {
		found = found[max(0, len(found)-max(0, *req.N)):]
	}
	return found
}

// globRegexp is the regular expression of a glob, whose * and ? match any text and any character.
func globRegexp(glob string) *regexp.Regexp {
	quoted := regexp.QuoteMeta(glob)
	return regexp.MustCompile("(?s)^" + strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(quoted) + "$")
}
