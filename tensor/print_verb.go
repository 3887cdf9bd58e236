package tensor

import "fmt"

// Format is what package fmt calls: %v and %s write what String returns, other verbs, such as %.3f, the elements as those of
// nested slices, the element alone of a tensor without dimensions.
func (t *Tensor) Format(s fmt.State, verb rune) {
	type pointer *Tensor // without methods
	switch {
	case verb == 'p':
		fmt.Fprintf(s, fmt.FormatString(s, verb), pointer(t))
	case verb == 'v' || verb == 's' || t.trace != nil:
		fmt.Fprintf(s, fmt.FormatString(s, 's'), t.String())
	case verb == 'q':
		fmt.Fprintf(s, fmt.FormatString(s, verb), t.String())
	default:
		fmt.Fprintf(s, fmt.FormatString(s, verb), t.values())
	}
}

// values returns the elements as a number, or as nested slices.
func (t *Tensor) values() any {
	if t.Dim() > 0 {
		checkCount(t.shape[0])
		parts := make([]any, t.shape[0])
		for i := range parts {
			parts[i] = t.Detach().Select(0, i).values()
		}
		return parts
	}
	switch {
	case t.dtype.IsComplex():
		return t.Complex128s()[0]
	case t.dtype == Bool:
		return t.Bools()[0]
	case t.dtype.IsInt():
		return t.Int64s()[0]
	case t.dtype == Float64:
		return t.Item()
	}
	return float32(t.Item()) // so that %g writes no more digits than there are
}
