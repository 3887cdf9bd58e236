package interp

import (
	"context"
	"errors"

	"github.com/gophergrad/gophergrad/kernel"
)

// Evaluate computes an expression.
func (s *Session) Evaluate(ctx context.Context, expr string) (kernel.Bundle, error) {
	return kernel.Bundle{}, errors.New("x")
}

// Complete proposes texts.
func (s *Session) Complete(code string, cursor int) kernel.Completion {
	return kernel.Completion{Start: cursor, End: cursor}
}

// Inspect documents what stands at the cursor.
func (s *Session) Inspect(code string, cursor, detail int) (kernel.Bundle, bool) {
	return kernel.Bundle{}, false
}

// IsComplete says whether code is finished.
func (s *Session) IsComplete(code string) kernel.Completeness {
	return kernel.Completeness{Status: kernel.Complete}
}
