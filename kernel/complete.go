package kernel

import (
	"context"
	"unicode/utf8"
)

// codeRequest is the content of the requests about a piece of code. Positions count code points.
type codeRequest struct {
	Code   string `json:"code"`
	Cursor *int   `json:"cursor_pos"` // absent: at the end
	Detail int    `json:"detail_level"`
}

func (c codeRequest) cursor() int {
	if c.Cursor == nil {
		return len(c.Code)
	}
	return byteOffset(c.Code, *c.Cursor)
}

// byteOffset is where the n-th code point of s begins; positions outside s are taken as its nearest end.
func byteOffset(s string, n int) int {
	for i := range s {
		if n <= 0 {
			return i
		}
		n--
	}
	return len(s)
}

// codePoints is how many code points come before byte offset n of s.
func codePoints(s string, n int) int {
	return utf8.RuneCountInString(s[:min(max(n, 0), len(s))])
}

// typedMatch is a match as JupyterLab wants it, to show an icon and a signature.
type typedMatch struct {
	Text      string `json:"text"`
	Type      string `json:"type"`
	Signature string `json:"signature,omitempty"`
	Start     int    `json:"start"`
	End       int    `json:"end"`
}

func (k *Kernel) complete(_ context.Context, r *request) any {
	var req codeRequest
	if err := r.into(&req); err != nil {
		return failure(err)
	}
	c := k.evaluator.Complete(req.Code, req.cursor())
	start, end := codePoints(req.Code, c.Start), codePoints(req.Code, c.End)
	matches, typed := []string{}, []typedMatch{}
	for _, m := range c.Matches {
		matches = append(matches, m.Text)
		typed = append(typed, typedMatch{m.Text, m.Type, m.Signature, start, end})
	}
	return map[string]any{
		"status": "ok", "matches": matches, "cursor_start": start, "cursor_end": end,
		"metadata": map[string]any{"_jupyter_types_experimental": typed},
	}
}

func (k *Kernel) inspect(_ context.Context, r *request) any {
	var req codeRequest
	if err := r.into(&req); err != nil {
		return failure(err)
	}
	b, found := k.evaluator.Inspect(req.Code, req.cursor(), req.Detail)
	return map[string]any{"status": "ok", "found": found, "data": b.data(), "metadata": b.metadata()}
}

func (k *Kernel) isComplete(_ context.Context, r *request) any {
	var req codeRequest
	if err := r.into(&req); err != nil {
		return failure(err)
	}
	c := k.evaluator.IsComplete(req.Code)
	reply := map[string]any{"status": c.Status}
	if c.Status == Incomplete {
		reply["indent"] = c.Indent
	}
	return reply
}
