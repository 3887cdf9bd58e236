package interp

import (
	"fmt"
	"strings"
	"time"
)

var attachMagics = []*magic{
	{"attach", "%attach [N]", "show the output of In[N], or of what runs, and go on", takesText, attach},
	{"runs", "%runs", "list the cells that run and the latest that ran", takesText, listRuns},
}

// Beside reports whether a cell only looks at other cells: it runs at once, beside them.
func (s *Session) Beside(code string) bool {
	parts, err := divide(code)
	for _, p := range parts {
		if p.magic == nil || p.magic.name != "attach" && p.magic.name != "runs" {
			return false
		}
	}
	return err == nil && len(parts) > 0
}

func attach(c *call) error {
	r, err := c.s.journal.find(c.args)
	if err != nil {
		return err
	}
	r.follow(c.out, c.ctx.Done())
	if c.ctx.Err() != nil {
		return c.ctx.Err()
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.failure != nil {
		c.out.Stream("stderr", strings.Join(r.failure.Traceback, "\n")+"\n")
	}
	return nil
}

// find gives the latest run of the cell that the argument names; without one a cell that runs, else the latest.
func (j *journal) find(arg string) (*record, error) {
	runs := j.all()
	if len(runs) == 0 {
		return nil, fmt.Errorf("no cell has run")
	}
	found := runs[len(runs)-1]
	if arg == "" {
		for _, r := range runs {
			if r.running() {
				found = r
			}
		}
		return found, nil
	}
	var count int
	if _, err := fmt.Sscanf(strings.TrimSuffix(strings.TrimPrefix(arg, "In["), "]"), "%d", &count); err != nil {
		return nil, fmt.Errorf("%%attach takes the number of a cell, not %q", arg)
	}
	for i := len(runs) - 1; i >= 0; i-- {
		if runs[i].count == count {
			return runs[i], nil
		}
	}
	return nil, fmt.Errorf("the output of In[%d] is not kept; %%runs lists what is", count)
}

func listRuns(c *call) error {
	rows := [][]string{{"cell", "began", "took", "state", "code"}}
	for _, r := range c.s.journal.all() {
		r.mu.Lock()
		state, took := "running", time.Since(r.began)
		if !r.ended.IsZero() {
			state, took = "done", r.ended.Sub(r.began)
		}
		if r.failure != nil {
			state = r.failure.Name
		}
		r.mu.Unlock()
		first, _, more := strings.Cut(strings.TrimSpace(r.code), "\n")
		if more {
			first += " …"
		}
		rows = append(rows, []string{cellLabel(r.count), r.began.Format("15:04:05"), took.Round(time.Millisecond).String(), state, first})
	}
	if len(rows) == 1 {
		c.printf("no cell has run\n")
		return nil
	}
	c.out.Display(table(rows), "")
	return nil
}
