package tensor

import (
	"slices"

	"github.com/gophergrad/gophergrad/tensor/internal/cpu"
)

// Matrix products. Operands are brought to row-major matrices, transposed or
// not, which GEMM takes as they lie.

// matrix describes how a 2-d tensor lies: row-major or transposed, with the
// distance of its rows.
type matrix struct {
	t     *Tensor
	trans bool
	ld    int
}

// asMatrix returns the last two dimensions of t for GEMM, of a copy if its
// strides do not fit.
func asMatrix(t *Tensor) matrix {
	n := len(t.shape)
	rows, cols, rs, cs := t.shape[n-2], t.shape[n-1], t.strides[n-2], t.strides[n-1]
	switch {
	case (cs == 1 || cols == 1) && (rs >= max(cols, 1) || rows == 1):
		return matrix{t, false, max(rs, cols, 1)}
	case (rs == 1 || rows == 1) && (cs >= max(rows, 1) || cols == 1):
		return matrix{t, true, max(cs, rows, 1)}
	}
	return matrix{t.cloneData(), false, max(cols, 1)}
}

// at returns the elements of a batch's i-th matrix on.
func matrixAt[C elem](m matrix, offset int) []C { return slice[C](m.t.storage)[m.t.offset+offset:] }

// bmm multiplies batches of matrices; x and y have equal batch dimensions, with
// stride 0 where they are broadcast.
func bmm(out, x, y *Tensor) {
	nd := len(out.shape)
	m, n, k := out.shape[nd-2], out.shape[nd-1], x.shape[nd-1]
	if out.NumEl() == 0 || k == 0 {
		return
	}
	a, b := asMatrix(x), asMatrix(y)
	if nd == 2 {
		multiply(out, a, b, m, n, k, 0, 0, 0)
		return
	}
	batch := numel(out.shape[:nd-2])
	wa := newWalk(0, a.t.shape[:nd-2], a.t.strides[:nd-2], 0)
	wb := newWalk(0, b.t.shape[:nd-2], b.t.strides[:nd-2], 0)
	for i := range batch {
		checkInterrupt()
		pa, _, _ := wa.run(1)
		pb, _, _ := wb.run(1)
		multiply(out, a, b, m, n, k, i*m*n, pa, pb)
	}
}

// multiply multiplies two matrices, each at an offset into its batch.
func multiply(out *Tensor, a, b matrix, m, n, k, at, pa, pb int) {
	if out.dtype == Float64 {
		cpu.GemmF64(a.trans, b.trans, m, n, k, 1, matrixAt[float64](a, pa), a.ld, matrixAt[float64](b, pb), b.ld, 0, slice[float64](out.storage)[at:], n)
	} else {
		cpu.GemmF32(a.trans, b.trans, m, n, k, 1, matrixAt[float32](a, pa), a.ld, matrixAt[float32](b, pb), b.ld, 0, slice[float32](out.storage)[at:], n)
	}
}

// product computes a batched matrix product in the operands' dtype.
func product(x, y *Tensor, shape []int, d DType) *Tensor {
	if d == Float32 || d == Float64 {
		if x.shape[len(x.shape)-1] == 0 {
			return empty(shape, d)
		}
		out := unset(shape, d)
		bmm(out, x, y)
		return out
	}
	if d.IsComplex() {
		return complexProduct(x, y, shape, d)
	}
	c := Float32 // float16 and bfloat16
	if !d.IsFloat() {
		c = Int64
	}
	full := empty(shape, c)
	if c == Int64 {
		integerProduct(full, copyAs(x, c), copyAs(y, c))
	} else {
		bmm(full, copyAs(x, c), copyAs(y, c))
	}
	return narrowTo(full, d)
}

// integerProduct multiplies batches of matrices of integers, which wrap around.
func integerProduct(out, x, y *Tensor) {
	nd := len(out.shape)
	m, n, k := out.shape[nd-2], out.shape[nd-1], x.shape[nd-1]
	if out.NumEl() == 0 || k == 0 {
		return
	}
	d, a, b := elements[int64](out), elements[int64](x), elements[int64](y)
	parallel(len(d)/n, grain/(n*k)+1, func(lo, hi int) {
		for row := lo; row < hi && !interrupted.Load(); row++ {
			sums := d[row*n:][:n]
			for i, v := range a[row*k:][:k] {
				for j, w := range b[(row/m*k+i)*n:][:n] {
					sums[j] += v * w
				}
			}
		}
	})
}

// complexProduct multiplies real and imaginary parts: four products.
func complexProduct(x, y *Tensor, shape []int, d DType) *Tensor {
	r := d.realType()
	times := func(a, b *Tensor) *Tensor { return product(a, b, shape, r) }
	xr, xi, yr, yi := part(x, 0), part(x, 1), part(y, 0), part(y, 1)
	re, im := times(xr, yr), times(xr, yi)
	subKernels.into(re, r, 0, re, times(xi, yi))
	addKernels.into(im, r, 0, im, times(xi, yr))
	return join(re, im)
}

var opMatMul = register(Op{Name: "matmul", Complex: true, GradFn: "MmBackward0", Samples: []Sample{
	{Torch: "x @ y", In: []Input{in(-2, 2, 2, 3), in(-2, 2, 3, 4)}},
	{Torch: "x @ y", In: []Input{in(-2, 2, 2, 2, 3), in(-2, 2, 2, 3, 2)}},
	{Torch: "x @ y", In: []Input{in(-2, 2, 2, 0), in(-2, 2, 0, 2)}},
}, f2: func(x, y *Tensor, _ any) *Tensor {
	nd := len(x.shape)
	var buf [inlineDims]int
	shape := append(append(buf[:0], x.shape[:nd-1]...), y.shape[nd-1])
	return product(x, y, shape, x.dtype)
}})

// MatMul returns the matrix product. A vector counts as a row on the left and
// as a column on the right; further leading dimensions are batches, broadcast.
func (t *Tensor) MatMul(y *Tensor) *Tensor {
	sameDevice("MatMul", t, y)
	if len(t.shape) == 0 || len(y.shape) == 0 {
		failOn("MatMul", []*Tensor{t, y}, "%s · %s: a 0-d tensor is no matrix; use Mul", shapeText(t.shape), shapeText(y.shape))
	}
	if t.dtype != y.dtype {
		failOn("MatMul", []*Tensor{t, y}, "dtypes %v and %v differ; Cast one operand", t.dtype, y.dtype)
	}
	x := t
	row, col := len(x.shape) == 1, len(y.shape) == 1
	inner := y.shape[0]
	if !col {
		inner = y.shape[len(y.shape)-2]
	}
	if k := x.shape[len(x.shape)-1]; k != inner {
		hint := "the columns of the left must equal the rows of the right"
		if n := len(y.shape); n >= 2 && y.shape[n-1] == k {
			hint = "the right one transposed would fit: y.Transpose(-2, -1)"
		}
		failOn("MatMul", []*Tensor{t, y}, "%s · %s: inner sizes %d and %d differ; %s", shapeText(t.shape), shapeText(y.shape), k, inner, hint)
	}
	if row {
		x = x.Unsqueeze(0)
	}
	if col {
		y = y.Unsqueeze(1)
	}
	out := batched(x, y)
	switch {
	case row && col:
		return out.Squeeze().named("DotBackward0")
	case row:
		return out.Squeeze(-2).named("SqueezeBackward4")
	case col && len(x.shape) == 2:
		return out.Squeeze(-1).named("MvBackward0")
	case col:
		return out.Squeeze(-1)
	}
	return out
}

// batched multiplies matrices with broadcast batch dimensions.
func batched(x, y *Tensor) *Tensor {
	nx, ny := len(x.shape), len(y.shape)
	if nx == 2 && ny == 2 {
		return opMatMul.call2(x, y, nil)
	}
	if ny == 2 && x.IsContiguous() { // one product with the batches as rows
		shape := append(x.Shape()[:nx-1], y.shape[1])
		return opMatMul.call2(x.Reshape(numel(x.shape[:nx-1]), x.shape[nx-1]), y, nil).Reshape(shape...).named("UnsafeViewBackward0")
	}
	lead := broadcast("MatMul", x.shape[:nx-2], y.shape[:ny-2])
	grow := func(t *Tensor) *Tensor {
		n := len(t.shape) - 2
		if sameShape(t.shape[:n], lead) {
			return t
		}
		return t.Expand(append(slices.Clone(lead), t.shape[n:]...)...)
	}
	return opMatMul.call2(grow(x), grow(y), nil).named("UnsafeViewBackward0")
}

// MM returns the product of two matrices.
func (t *Tensor) MM(y *Tensor) *Tensor { return t.ranked("MM", y, 2, 2) }

// BMM returns the products of two batches of matrices, of one size.
func (t *Tensor) BMM(y *Tensor) *Tensor {
	if len(t.shape) == 3 && len(y.shape) == 3 && t.shape[0] != y.shape[0] {
		failOn("BMM", []*Tensor{t, y}, "%s · %s: batches of %d and %d; MatMul broadcasts them", shapeText(t.shape), shapeText(y.shape), t.shape[0], y.shape[0])
	}
	return t.ranked("BMM", y, 3, 3).named("BmmBackward0")
}

// MV returns the product of a matrix and a vector.
func (t *Tensor) MV(y *Tensor) *Tensor { return t.ranked("MV", y, 2, 1).named("MvBackward0") }

// Dot returns the inner product of two vectors.
func (t *Tensor) Dot(y *Tensor) *Tensor { return t.ranked("Dot", y, 1, 1).named("DotBackward0") }

// ranked is MatMul of operands with the given numbers of dimensions.
func (t *Tensor) ranked(op string, y *Tensor, dx, dy int) *Tensor {
	if len(t.shape) != dx || len(y.shape) != dy {
		failOn(op, []*Tensor{t, y}, "%s · %s: operands must have %d and %d dimensions; MatMul takes any", shapeText(t.shape), shapeText(y.shape), dx, dy)
	}
	if inner := y.shape[max(0, dy-2)]; t.shape[dx-1] != inner {
		failOn(op, []*Tensor{t, y}, "%s · %s: inner sizes %d and %d differ; they must be equal", shapeText(t.shape), shapeText(y.shape), t.shape[dx-1], inner)
	}
	return t.MatMul(y)
}

// Outer returns the products of all pairs of elements of two vectors.
func (t *Tensor) Outer(y *Tensor) *Tensor {
	if len(t.shape) != 1 || len(y.shape) != 1 {
		failOn("Outer", []*Tensor{t, y}, "%s and %s must be vectors", shapeText(t.shape), shapeText(y.shape))
	}
	return t.Unsqueeze(1).Mul(y)
}
