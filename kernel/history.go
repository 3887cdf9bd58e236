package kernel

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// historyKept is how many cells of its own a subshell remembers.
const historyKept = 10_000

// history is the cells that a subshell has run, together with those of earlier sessions that a file keeps.
type history struct {
	file string // "": none

	mu      sync.Mutex
	session int // its number, higher than those in the file when it ran its first cell; 0 before
	own     []historyEntry
}

type historyEntry struct {
	Session int    `json:"session"`
	Line    int    `json:"line"`
	Input   string `json:"input"`
	Output  string `json:"output,omitempty"`
}

// add notes a cell. On an error the file will be left alone from now on.
func (h *history) add(cell Cell, output string) (err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.session == 0 && h.file != "" {
		if h.session, err = claimSession(h.file); err != nil {
			h.file = ""
		}
	}
	h.session = max(h.session, 1)
	e := historyEntry{h.session, cell.Count, cell.Code, output}
	if len(h.own) == historyKept {
		h.own = append(h.own[:0], h.own[historyKept/2:]...)
	}
	h.own = append(h.own, e)
	if h.file != "" {
		if err = appendHistory(h.file, e); err != nil {
			h.file = ""
		}
	}
	return err
}

// entries are all cells known, the oldest first, those of this session last, and the number of this session.
func (h *history) entries() ([]historyEntry, int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	var all []historyEntry
	session := h.session
	for _, e := range readHistory(h.file) {
		if e.Line > 0 && (h.session == 0 || e.Session != h.session) {
			all = append(all, e)
		}
		if h.session == 0 {
			session = max(session, e.Session)
		}
	}
	if h.session == 0 {
		session++
	}
	return append(all, h.own...), session
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
	if !slices.Contains([]string{"tail", "range", "search"}, req.Access) {
		return failure(&CellError{Name: "MessageError", Value: fmt.Sprintf("hist_access_type is %q, not tail, range or search", req.Access)})
	}
	found := [][3]any{}
	for _, e := range r.shell.history.find(req) {
		var what any = e.Input
		if req.Output {
			what = [2]string{e.Input, e.Output}
		}
		found = append(found, [3]any{e.Session, e.Line, what})
	}
	return map[string]any{"status": "ok", "history": found}
}

// find selects what a request asks for, in the order it was run.
func (h *history) find(req historyRequest) []historyEntry {
	all, current := h.entries()
	wanted := func(historyEntry) bool { return true }
	switch req.Access {
	case "range":
		number := req.Session
		if number <= 0 {
			number += current
		}
		wanted = func(e historyEntry) bool {
			return e.Session == number && e.Line >= req.Start && (req.Stop == nil || e.Line < *req.Stop)
		}
	case "search":
		pattern := globRegexp(req.Pattern)
		wanted = func(e historyEntry) bool { return pattern.MatchString(e.Input) }
	}
	var found []historyEntry
	last := map[string]int{} // input → its latest place
	for i, e := range all {
		last[e.Input] = i
	}
	for i, e := range all {
		if wanted(e) && (!req.Unique || last[e.Input] == i) {
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
