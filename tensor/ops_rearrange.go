package tensor

import (
	"slices"
	"strconv"
	"strings"
)

// Rearrangement by names (Rogozhnikov, Einops: Clear and Reliable Tensor Manipulations with Einstein-like Notation, 2022).

func init() {
	viaOne("rearrange", "x.reshape(2, 3, 2, 4).permute(2, 1, 0, 3).reshape(2, 3, 8)", func(x *Tensor) *Tensor {
		return x.Rearrange("(b h) w c -> w h (b c)", map[string]int{"b": 2})
	}, -2, 2, 6, 2, 4)
	viaOne("rearrange_mean", "x.reshape(2, 2, 2, 3, 2).mean((1, 4)).permute(2, 0, 1).reshape(3, 4)", func(x *Tensor) *Tensor {
		return x.RearrangeReduce("(a p) 2 (c q) -> c (a 2)", "mean", map[string]int{"p": 2, "c": 3})
	}, -2, 2, 4, 2, 6)
	viaOne("rearrange_max", "F.max_pool2d(x, 2)", func(x *Tensor) *Tensor { return x.RearrangeReduce("b (h 2) (w 2) -> b h w", "max") }, -2, 2, 2, 4, 6)
	viaOne("rearrange_sum", "x.sum((1, 2)).unsqueeze(1)", func(x *Tensor) *Tensor { return x.RearrangeReduce("a ... -> a 1", "sum") }, -2, 2, 2, 3, 4)
	viaOne("rearrange_repeat", "x.repeat_interleave(2, 1).repeat_interleave(2, 0).unsqueeze(1).expand(4, 3, 6)", func(x *Tensor) *Tensor {
		return x.RearrangeRepeat("h w -> (h 2) c (w 2)", map[string]int{"c": 3})
	}, -2, 2, 2, 3)
	viaOne("rearrange_repeat_rest", "torch.cat([x, x]).unsqueeze(-1)", func(x *Tensor) *Tensor { return x.RearrangeRepeat("a ... -> (p a) ... 1", map[string]int{"p": 2}) }, -2, 2, 2, 3)
	viaOne("rearrange_rest", "x.squeeze(2).permute(1, 2, 0).flatten(1).unsqueeze(0)", func(x *Tensor) *Tensor { return x.Rearrange("a ... 1 b -> 1 ... (b a)") }, -2, 2, 2, 3, 1, 4)
}

// axis is a name in a pattern, or "1", or "..." for all dimensions that no name stands for.
const (
	unitAxis = "1"
	restAxis = "..."
)

// parseAxes splits one side of a pattern into dimensions, each of which is made of axes. A number stands for an axis of its own, the
// second 2 of a side being 2', whose size is known.
func parseAxes(pattern, side string, known map[string]int) (dims [][]string) {
	open := false
	numbers := map[string]int{}
	for _, word := range strings.Fields(strings.NewReplacer("(", " ( ", ")", " ) ").Replace(side)) {
		if n, err := strconv.Atoi(word); err == nil && n >= 0 && word != unitAxis {
			word += strings.Repeat("'", numbers[word])
			numbers[strings.TrimRight(word, "'")]++
			known[word] = n
		}
		switch {
		case word == "(" && !open:
			open, dims = true, append(dims, nil)
		case word == ")" && open:
			open = false
		case word == "(" || word == ")" || open && word == restAxis:
			fail("Rearrange", "%q: parentheses hold names, and no other parentheses", pattern)
		case open:
			dims[len(dims)-1] = append(dims[len(dims)-1], word)
		default:
			dims = append(dims, []string{word})
		}
	}
	if open {
		fail("Rearrange", "%q: a parenthesis is not closed", pattern)
	}
	return dims
}

// Rearrange views or copies t with its dimensions split, put in another order and joined as a pattern says: "b (h p) w -> b h (w p)"
// splits the second dimension, of whose two sizes one is given in sizes, and joins the last with a part of it. "..." stands for any
// other dimensions, 1 for one of size 1.
func (t *Tensor) Rearrange(pattern string, sizes ...map[string]int) *Tensor {
	return t.rearrange(pattern, sizes, false, nil)
}

// RearrangeReduce is Rearrange in which the names that are on the left only are reduced, by "sum", "mean", "max", "min" or "prod":
// "b (h p) w -> b h w" joins p neighbours in one, as does "b (h 2) w -> b h w" with two.
func (t *Tensor) RearrangeReduce(pattern, how string, sizes ...map[string]int) *Tensor {
	reduce, ok := map[string]func(x *Tensor, dims ...int) *Tensor{
		"sum": (*Tensor).Sum, "mean": (*Tensor).Mean, "max": (*Tensor).AMax, "min": (*Tensor).AMin, "prod": (*Tensor).Prod,
	}[how]
	if !ok {
		fail("RearrangeReduce", "unknown reduction %q; use sum, mean, max, min or prod", how)
	}
	return t.rearrange(pattern, sizes, false, reduce)
}

// RearrangeRepeat is Rearrange in which t is repeated along the names that are on the right only, whose sizes are given: "h w -> h (w p)"
// repeats every element p times, "h w -> h w 3" the whole three times in a new dimension.
func (t *Tensor) RearrangeRepeat(pattern string, sizes ...map[string]int) *Tensor {
	return t.rearrange(pattern, sizes, true, nil)
}

// rearrange is Rearrange where names may be on the right only, if t is to be repeated, or on the left only, if they are to be reduced.
func (t *Tensor) rearrange(pattern string, sizes []map[string]int, repeat bool, reduce func(x *Tensor, dims ...int) *Tensor) *Tensor {
	left, right, ok := strings.Cut(pattern, "->")
	if !ok {
		fail("Rearrange", "%q has no ->, which parts what is from what shall be", pattern)
	}
	known := map[string]int{unitAxis: 1}
	for _, m := range sizes {
		for name, n := range m {
			known[name] = n
		}
	}
	split, names := t.splitAxes(pattern, parseAxes(pattern, left, known), known)
	dims := parseAxes(pattern, right, known)
	if repeat {
		for _, name := range slices.Concat(dims...) {
			if n, ok := known[name]; ok && name != unitAxis && !slices.Contains(names, name) {
				split, names = split.Expand(append([]int{n}, split.shape...)...), append([]string{name}, names...)
			}
		}
	}
	at := map[string][]int{} // where the axes are in split
	for i, name := range names {
		at[name] = append(at[name], i)
		if len(at[name]) > 1 && name != restAxis && name != unitAxis {
			fail("Rearrange", "%q: %s is on the left twice", pattern, name)
		}
	}
	order, shape := []int{}, []int{}
	for _, dim := range dims {
		n := 1
		for _, name := range dim {
			places, there := at[name]
			switch {
			case name == unitAxis:
				continue
			case name == restAxis:
				for _, i := range places {
					shape = append(shape, split.shape[i])
				}
			case !there && repeat:
				fail("Rearrange", "%q: %s is on the right twice, or not on the left and without a size", pattern, name)
			case !there:
				fail("Rearrange", "%q: %s is not on the left, or on the right twice", pattern, name)
			default:
				n *= split.shape[places[0]]
			}
			order = append(order, places...)
			delete(at, name)
		}
		if dim == nil || dim[0] != restAxis {
			shape = append(shape, n)
		}
	}
	order = append(order, at[unitAxis]...)
	delete(at, unitAxis)
	var reduced []int
	for i, name := range names {
		switch _, left := at[name]; {
		case left && reduce == nil:
			fail("Rearrange", "%q: %s is on the left only", pattern, name)
		case left:
			reduced, order = append(reduced, len(order)), append(order, i)
		}
	}
	out := split.Permute(order...)
	if len(reduced) > 0 {
		out = reduce(out, reduced...)
	}
	return out.Reshape(shape...)
}

// splitAxes gives every axis of the left side of a pattern a dimension of its own.
func (t *Tensor) splitAxes(pattern string, dims [][]string, known map[string]int) (split *Tensor, names []string) {
	isRest := func(dim []string) bool { return len(dim) == 1 && dim[0] == restAxis }
	rest, dots := len(t.shape)-len(dims), slices.ContainsFunc(dims, isRest)
	if dots {
		rest++
	}
	if rest < 0 || rest > 0 && !dots {
		failOn("Rearrange", []*Tensor{t}, "%q names %d dimensions; shape %s has %d", pattern, len(dims), shapeText(t.shape), len(t.shape))
	}
	shape, d := []int{}, 0
	for _, dim := range dims {
		if isRest(dim) {
			for ; rest > 0; rest-- {
				shape, names = append(shape, t.shape[d]), append(names, restAxis)
				d++
			}
			continue
		}
		n, product, open := t.shape[d], 1, -1
		for _, name := range dim {
			size, ok := known[name]
			switch {
			case ok:
				product *= size
			case open >= 0:
				failOn("Rearrange", []*Tensor{t}, "%q: give the size of %s or %s", pattern, names[open], name)
			default:
				open = len(names)
			}
			shape, names = append(shape, size), append(names, name)
		}
		if open >= 0 && product > 0 {
			shape[open] = n / product
			product *= shape[open]
		}
		if product != n {
			failOn("Rearrange", []*Tensor{t}, "%q: shape %s does not fit; dimension %d of size %d is to be %s", pattern, shapeText(t.shape), d, n, strings.Join(dim, "·"))
		}
		d++
	}
	return t.Reshape(shape...), names
}
