package tensor

import (
	"math"
	"reflect"
	"slices"
)

// Range selects start, start+step, … below stop of a dimension, for Index. As in
// Python, negative bounds count from the end and bounds outside are moved in.
type Range struct{ Start, Stop, Step int }

// Span returns the Range of start up to, not including, stop.
func Span(start, stop int) Range { return Range{start, stop, 1} }

// From returns the Range of start up to the end.
func From(start int) Range { return Range{start, math.MaxInt, 1} }

// Every returns the Range of every step-th index.
func Every(step int) Range { return Range{0, math.MaxInt, step} }

// Marker is the type of All, Ellipsis and NewAxis.
type Marker int

const (
	// All selects a whole dimension, in Index.
	All Marker = iota
	// Ellipsis stands for as many whole dimensions as are left, in Index.
	Ellipsis
	// NewAxis inserts a dimension of size 1, in Index.
	NewAxis
)

// Index returns part of t, as t[…] does in PyTorch. Every index is an int (one
// index; the dimension disappears), a Range, All, Ellipsis, NewAxis, a tensor or
// slice of positions, such as []int, or a tensor or slice of bools that is true
// where elements are taken; index tensors broadcast against each other. Without
// tensors the result is a view.
func (t *Tensor) Index(index ...any) *Tensor {
	v, at := t.basicIndex("Index", index)
	if len(at) == 0 {
		return v
	}
	return v.advancedIndex("Index", at)
}

// SetIndex replaces the part of t that Index would return by v, a number or a
// tensor that broadcasts to it, and returns t.
func (t *Tensor) SetIndex(v any, index ...any) *Tensor {
	return t.setIndex("SetIndex", v, index, false)
}

// AddIndex adds v to the part of t that Index would return, and returns t. To an
// element that is indexed several times each of its numbers is added.
func (t *Tensor) AddIndex(v any, index ...any) *Tensor { return t.setIndex("AddIndex", v, index, true) }

func (t *Tensor) setIndex(op string, v any, index []any, accumulate bool) *Tensor {
	var value *Tensor
	switch v := v.(type) {
	case *Tensor:
		value = v
	case float64:
		value = like(t).Full(v)
	case int:
		value = like(t).Full(float64(v))
	case bool, complex128:
		value = Of(v)
	default:
		fail(op, "the value is a %T; it must be a number or a *Tensor", v)
	}
	fits := func(where, value *Tensor) *Tensor {
		value = value.withoutLead(len(where.shape))
		if !sameShape(broadcast(op, where.shape, value.shape), where.shape) {
			failOn(op, []*Tensor{t, value}, "a value of shape %s does not broadcast to the indexed %s", shapeText(value.shape), shapeText(where.shape))
		}
		return value
	}
	part, at := t.basicIndex(op, index)
	if len(at) == 0 {
		value = fits(part, value)
		if accumulate {
			value = part.Add(t.source(op, value))
		}
		part.CopyInPlace(value)
		return t
	}
	// write through the positions that the same index reads
	where := Arange(0, float64(part.NumEl()), 1).View(part.shape...).advancedIndex(op, at)
	value = fits(where, t.source(op, value))
	part.CopyInPlace(part.Put(where.Flatten(), value.Expand(where.shape...).Flatten(), accumulate))
	if part == t && GradEnabled() {
		t.namedIfWhole("IndexPutBackward0")
	}
	return t
}

// withoutLead returns t without leading dimensions of size 1 beyond n dimensions.
func (t *Tensor) withoutLead(n int) *Tensor {
	for len(t.shape) > n && t.shape[0] == 1 {
		t = t.Squeeze(0)
	}
	return t
}

// plainIndex returns a tensor for nested slices of positions or bools, and an int for integers of other types.
func plainIndex(x any) any {
	switch v := reflect.ValueOf(x); {
	case v.Kind() == reflect.Slice, v.Kind() == reflect.Array:
		return Of(x)
	case v.CanInt():
		return int(v.Int())
	}
	return x
}

// positionsAt is an index tensor and the dimension of the view it applies to.
type positionsAt struct {
	dim int
	at  *Tensor
}

// basicIndex applies the indices that make a view and returns the tensors among
// them.
func (t *Tensor) basicIndex(op string, index []any) (*Tensor, []positionsAt) {
	used, dots := 0, 0
	index = slices.Clone(index)
	for i, x := range index {
		switch x.(type) {
		case int, Range, Marker, []int, *Tensor:
		default:
			x = plainIndex(x)
			index[i] = x
		}
		switch x := x.(type) {
		case *Tensor:
			if used++; x.dtype == Bool {
				used += len(x.shape) - 1
			}
		case Marker:
			if x == Ellipsis {
				dots++
			} else if x == All {
				used++
			}
		default:
			used++
		}
	}
	if used > len(t.shape) || dots > 1 {
		failOn(op, []*Tensor{t}, "%d indices and %d ellipses for %d dimensions", used, dots, len(t.shape))
	}
	var tensors []positionsAt
	dim, v := 0, t
	for _, x := range index {
		switch x := x.(type) {
		case int:
			v = v.Select(dim, t.index(op, len(t.shape)-len(v.shape)+dim, x)) // its dimension in t
		case Range:
			step := max(x.Step, 1)
			if x.Step < 0 {
				fail(op, "step %d; it must be positive, use Flip to reverse", x.Step)
			}
			v = v.Slice(dim, x.Start, x.Stop, step)
			dim++
		case Marker:
			switch x {
			case All:
				dim++
			case Ellipsis:
				dim += len(t.shape) - used
			case NewAxis:
				v = v.Unsqueeze(dim)
				dim++
			}
		case []int:
			at := make([]int64, len(x))
			for i, p := range x {
				at[i] = int64(p)
			}
			tensors = append(tensors, positionsAt{dim, indexVector(at)})
			dim++
		case *Tensor:
			if len(x.shape) == 0 && x.dtype.IsInt() { // as an int, not one of several positions
				v = v.Select(dim, t.index(op, len(t.shape)-len(v.shape)+dim, int(x.Int64s()[0])))
				continue
			}
			if x.dtype != Bool {
				tensors = append(tensors, positionsAt{dim, x.Detach()})
				dim++
				continue
			}
			if want := v.shape[dim:min(dim+len(x.shape), len(v.shape))]; !sameShape(want, x.shape) {
				failOn(op, []*Tensor{t, x}, "a mask of shape %s does not fit dimensions of shape %s", shapeText(x.shape), shapeText(want))
			}
			if len(x.shape) == 0 { // takes all or nothing along a new dimension
				v, x = v.Unsqueeze(dim), x.Unsqueeze(0)
			}
			where := x.NonZero()
			for d := range x.shape {
				tensors = append(tensors, positionsAt{dim, where.Select(1, d)})
				dim++
			}
		default:
			fail(op, "an index of type %T; use int, Range, All, Ellipsis, NewAxis, []int or *Tensor", x)
		}
	}
	return v, tensors
}

// advancedIndex takes elements by index tensors: their common shape stands in
// place of the indexed dimensions if these are neighbours, else it comes first.
func (t *Tensor) advancedIndex(op string, index []positionsAt) *Tensor {
	var common []int
	for _, x := range index {
		common = broadcast(op, common, x.at.shape)
	}
	order, neighbours := []int{}, true
	for i, x := range index {
		order = append(order, x.dim)
		neighbours = neighbours && x.dim == index[0].dim+i
	}
	var rest []int
	for d := range t.shape {
		if !contains(order, d) {
			rest = append(rest, d)
		}
	}
	moved := t.Permute(append(append([]int{}, order...), rest...)...)
	k := len(order)
	checkMemory(common, Int64)
	flat := indexVector(make([]int64, numel(common)))
	linear := slice[int64](flat.storage)
	for i, x := range index {
		n := moved.shape[i]
		for j, p := range positions(op, x.at.Expand(common...), n) {
			linear[j] = linear[j]*int64(n) + p
		}
	}
	rows := moved.Reshape(append([]int{numel(moved.shape[:k])}, moved.shape[k:]...)...)
	out := rows.IndexSelect(0, flat).Reshape(append(append([]int{}, common...), moved.shape[k:]...)...)
	if !neighbours || index[0].dim == 0 {
		return out.named("IndexBackward0")
	}
	// common dimensions back to where the first indexed one was
	back := make([]int, 0, len(out.shape))
	c, first := len(common), index[0].dim
	for d := range first {
		back = append(back, c+d)
	}
	for d := range c {
		back = append(back, d)
	}
	for d := c + first; d < len(out.shape); d++ {
		back = append(back, d)
	}
	return out.Permute(back...).named("IndexBackward0")
}
