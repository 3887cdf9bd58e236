package tensor

import (
	"fmt"
	"math"
)

// Padding, triangles, diagonals: results that are partly the input and partly
// a constant.

// PadAttrs are the parameters of pad: for every dimension how much is added
// before and after, negative to cut off, and the value.
type PadAttrs struct {
	Before, After []int
	Value         float64
}

// TriAttrs are the parameters of tril and triu.
type TriAttrs struct{ Diagonal int }

var opPad = register(Op{Name: "pad", Complex: true, GradFn: "ConstantPadNdBackward0", Samples: []Sample{
	one("F.pad(x, (1, 2, 0, 1), value=1.5)", PadAttrs{[]int{0, 1}, []int{1, 2}, 1.5}, 2, 3),
	one("F.pad(x, (-1, 1))", PadAttrs{[]int{0, -1}, []int{0, 1}, 0}, 2, 3),
}, f1: func(x *Tensor, attrs any) *Tensor {
	a := attrs.(PadAttrs)
	shape := x.Shape()
	for i := range shape {
		if cut := min(a.Before[i], 0) + min(a.After[i], 0); -cut > shape[i] {
			failOn("Pad", []*Tensor{x}, "%d elements cannot be cut off dimension %d of size %d", -cut, i, shape[i])
		}
		shape[i] += a.Before[i] + a.After[i]
	}
	out := empty(shape, x.dtype)
	if a.Value != 0 {
		x.dtype.checkFits("Pad", a.Value)
		out.fill(a.Value)
	}
	dst, src := viewOf(out, shape, out.strides, 0), viewOf(x, x.shape, x.strides, x.offset)
	for i := range shape {
		dst.shape[i] = x.shape[i] + min(a.Before[i], 0) + min(a.After[i], 0)
		if dst.shape[i] <= 0 {
			return out
		}
		dst.offset += max(a.Before[i], 0) * dst.strides[i]
		src.offset -= min(a.Before[i], 0) * src.strides[i]
	}
	copyInto(dst, viewOf(src, dst.shape, src.strides, src.offset))
	return out
}})

// Pad adds constant elements around the last dimensions, two numbers for each
// from the last on: before and after it, negative to cut off.
func (t *Tensor) Pad(value float64, sizes ...int) *Tensor {
	a := t.padAttrs("Pad", sizes)
	a.Value = value
	return opPad.call1(t, a)
}

func (t *Tensor) padAttrs(op string, sizes []int) PadAttrs {
	n := len(t.shape)
	if len(sizes)%2 != 0 || len(sizes) > 2*n {
		fail(op, "%d numbers; give two for each of at most %d dimensions, from the last on", len(sizes), n)
	}
	for _, size := range sizes {
		if most := 1 << 48; size > most || size < -most { // sums would overflow
			fail(op, "%d elements cannot be added or cut off", size)
		}
	}
	a := PadAttrs{Before: make([]int, n), After: make([]int, n)}
	for i := 0; i < len(sizes); i += 2 {
		a.Before[n-1-i/2], a.After[n-1-i/2] = sizes[i], sizes[i+1]
	}
	return a
}

// PadReflect is Pad that mirrors the elements without repeating the border.
func (t *Tensor) PadReflect(sizes ...int) *Tensor {
	return t.padBy("PadReflect", sizes, -1, func(i, n int) int {
		i = max(i, -i)
		return min(i, 2*n-2-i)
	})
}

// PadReplicate is Pad that repeats the border.
func (t *Tensor) PadReplicate(sizes ...int) *Tensor {
	return t.padBy("PadReplicate", sizes, math.MaxInt32, func(i, n int) int { return min(max(i, 0), n-1) })
}

// PadCircular is Pad that continues at the other end of what negative sizes leave.
func (t *Tensor) PadCircular(sizes ...int) *Tensor {
	cut, add := make([]int, len(sizes)), make([]int, len(sizes))
	for i, n := range sizes {
		cut[i], add[i] = min(n, 0), max(n, 0)
	}
	return t.Pad(0, cut...).padBy("PadCircular", add, 0, func(i, n int) int { return ((i % n) + n) % n })
}

// padBy pads with existing elements: source maps a position, outside too, to one
// of the n that exist, which may be exceeded by at most n+slack at either end.
func (t *Tensor) padBy(op string, sizes []int, slack int, source func(i, n int) int) *Tensor {
	a := t.padAttrs(op, sizes)
	for d := range a.Before {
		if a.Before[d] == 0 && a.After[d] == 0 {
			continue
		}
		n := t.shape[d]
		if n == 0 {
			failOn(op, []*Tensor{t}, "dimension %d is empty, there is nothing to pad with", d)
		}
		if most := n + slack; max(a.Before[d], a.After[d]) > most {
			failOn(op, []*Tensor{t}, "%d and %d elements around dimension %d of size %d; at most %d can be had at each end", a.Before[d], a.After[d], d, n, most)
		}
		if a.Before[d]+n+a.After[d] < 0 {
			failOn(op, []*Tensor{t}, "%d and %d elements cannot be cut off dimension %d of size %d", -a.Before[d], -a.After[d], d, n)
		}
		at := make([]int64, a.Before[d]+n+a.After[d])
		for i := range at {
			at[i] = int64(source(i-a.Before[d], n))
		}
		t = t.IndexSelect(d, indexVector(at)).named(padGradFn(op, len(sizes)/2))
	}
	return t
}

// padGradFn is the name of what the paddings record in PyTorch.
func padGradFn(op string, dims int) string {
	switch op {
	case "PadReflect":
		return fmt.Sprintf("ReflectionPad%dDBackward0", dims)
	case "PadReplicate":
		return fmt.Sprintf("ReplicationPad%dDBackward0", dims)
	}
	return "CopySlices"
}

// tri keeps the elements of matrices below a diagonal and on it, or above and on
// it.
func tri(op string, x *Tensor, diagonal int, upper bool) *Tensor {
	n := len(x.shape)
	if n < 2 {
		failOn(op, []*Tensor{x}, "shape %s is no matrix", shapeText(x.shape))
	}
	rows, cols, size := x.shape[n-2], x.shape[n-1], x.dtype.Size()
	out, x := unset(x.shape, x.dtype), contiguous(x)
	d, s := slice[uint8](out.storage), slice[uint8](x.storage)[x.offset*size:]
	diagonal = min(max(diagonal, -rows), cols) // which is as good, and does not overflow
	count, least := numel(x.shape[:n-1]), 4*grain/max(cols*size, 1)+1
	if cols == 0 {
		return out
	}
	if count <= least { // without a function on the heap
		triRange(d, s, rows, cols, size, diagonal, upper, 0, count)
		checkInterrupt()
		return out
	}
	parallel(count, least, func(lo, hi int) { triRange(d, s, rows, cols, size, diagonal, upper, lo, hi) })
	return out
}

func triRange(d, s []uint8, rows, cols, size, diagonal int, upper bool, lo, hi int) {
	for i := lo; i < hi && !interrupted.Load(); i++ {
		from, to := 0, min(max(i%rows+diagonal+1, 0), cols)
		if upper {
			from, to = min(max(i%rows+diagonal, 0), cols), cols
		}
		row := d[i*cols*size:][:cols*size]
		clear(row[:from*size])
		copy(row[from*size:to*size], s[(i*cols+from)*size:])
		clear(row[to*size:])
	}
}

var (
	opTril = register(Op{Name: "tril", Complex: true, Samples: []Sample{one("x.tril()", TriAttrs{}, 3, 3), one("x.tril(-1)", TriAttrs{-1}, 2, 3, 2)},
		f1: func(x *Tensor, a any) *Tensor { return tri("Tril", x, a.(TriAttrs).Diagonal, false) }})
	opTriu = register(Op{Name: "triu", Complex: true, Samples: []Sample{one("x.triu()", TriAttrs{}, 3, 3), one("x.triu(1)", TriAttrs{1}, 2, 3, 2)},
		f1: func(x *Tensor, a any) *Tensor { return tri("Triu", x, a.(TriAttrs).Diagonal, true) }})
	opDiagEmbed = register(Op{Name: "diag_embed", Complex: true, Samples: []Sample{
		one("x.diag_embed()", DiagonalAttrs{0, -2, -1}, 2, 3), one("x.diag_embed(-1)", DiagonalAttrs{-1, -2, -1}, 3)},
		f1: func(x *Tensor, attrs any) *Tensor {
			k := attrs.(DiagonalAttrs).Offset
			last := len(x.shape) - 1
			n := x.shape[last] + max(k, -k)
			out := empty(append(x.Shape()[:last], n, n), x.dtype)
			off := max(k, 0) + max(-k, 0)*n
			copyInto(viewOf(out, x.shape, append(append([]int{}, out.strides[:last]...), n+1), off), x)
			return out
		}})
)

// Tril returns the matrix with 0 above the given diagonal.
func (t *Tensor) Tril(diagonal int) *Tensor { return opTril.call1(t, TriAttrs{diagonal}) }

// Triu returns the matrix with 0 below the given diagonal.
func (t *Tensor) Triu(diagonal int) *Tensor { return opTriu.call1(t, TriAttrs{diagonal}) }

// DiagEmbed returns matrices with the last dimension of t on the given diagonal.
func (t *Tensor) DiagEmbed(offset int) *Tensor {
	if len(t.shape) == 0 {
		failOn("DiagEmbed", []*Tensor{t}, "a 0-d tensor fills no diagonal")
	}
	return opDiagEmbed.call1(t, DiagonalAttrs{offset, -2, -1})
}

// Diag returns the matrix with a vector on a diagonal, or a copy of the diagonal of a matrix.
func (t *Tensor) Diag(offset int) *Tensor {
	switch len(t.shape) {
	case 1:
		return t.DiagEmbed(offset)
	case 2:
		return t.Diagonal(offset).Clone().named("DiagonalBackward0_copy")
	}
	failOn("Diag", []*Tensor{t}, "shape %s is neither a vector nor a matrix", shapeText(t.shape))
	return nil
}

// DiagFlat returns the matrix with t's elements, in their order, on a diagonal.
func (t *Tensor) DiagFlat(offset int) *Tensor { return t.Flatten().Diag(offset) }

// Trace returns the sum of a matrix's diagonal.
func (t *Tensor) Trace() *Tensor {
	if len(t.shape) != 2 {
		failOn("Trace", []*Tensor{t}, "shape %s is no matrix; take Diagonal(0).Sum(-1) of several", shapeText(t.shape))
	}
	return t.Diagonal(0).Sum(-1).named("TraceBackward0")
}
