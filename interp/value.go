package interp

import (
	"fmt"
	"strings"

	"github.com/gophergrad/gophergrad/kernel"
)

// bundle shows the values of a cell's last expression.
func bundle(values []any) kernel.Bundle {
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = fmt.Sprint(v)
	}
	return kernel.Bundle{Data: map[string]any{"text/plain": strings.Join(texts, ", ")}, Metadata: map[string]any{}}
}
