package tensor

import (
	"fmt"
	"math"
)

// Arranging tensors side by side and their parts anew.

func init() {
	pairs := func(name, torch string, f func(xs []*Tensor) *Tensor, a, b Input) {
		viaMany(name, torch, func(xs []*Tensor) []*Tensor { return []*Tensor{f(xs)} }, a, b)
	}
	viaMany("tensor_split_at", "torch.tensor_split(x, (1, 3, -1, 2), 1)", func(xs []*Tensor) []*Tensor { return xs[0].TensorSplitAt([]int{1, 3, -1, 2}, 1) }, in(-2, 2, 2, 6))
	viaOne("repeat_counts", "x.repeat_interleave(torch.tensor([2, 0, 1]), 1)", func(x *Tensor) *Tensor { return x.RepeatCounts(Of([]int{2, 0, 1}), 1) }, -2, 2, 2, 3)
	pairs("hstack", "torch.hstack(xs)", func(xs []*Tensor) *Tensor { return HStack(xs...) }, in(-2, 2, 2, 1), in(-2, 2, 2, 3))
	pairs("vstack", "torch.vstack(xs)", func(xs []*Tensor) *Tensor { return VStack(xs...) }, in(-2, 2, 3), in(-2, 2, 2, 3))
	pairs("dstack", "torch.dstack(xs)", func(xs []*Tensor) *Tensor { return DStack(xs...) }, in(-2, 2, 2, 3), in(-2, 2, 2, 3, 2))
	pairs("column_stack", "torch.column_stack(xs)", func(xs []*Tensor) *Tensor { return ColumnStack(xs...) }, in(-2, 2, 3), in(-2, 2, 3, 2))
	pairs("block_diag", "torch.block_diag(*xs)", func(xs []*Tensor) *Tensor { return BlockDiag(xs...) }, in(-2, 2, 2, 1), in(-2, 2, 2, 3))
	pairs("cartesian_prod", "torch.cartesian_prod(*xs)", func(xs []*Tensor) *Tensor { return CartesianProd(xs...) }, in(-2, 2, 2), in(-2, 2, 3))
	viaOne("combinations", "torch.combinations(x, 2)", func(x *Tensor) *Tensor { return x.Combinations(2, false) }, -2, 2, 4)
	viaOne("combinations_of_none", "torch.combinations(x.detach(), 0)", func(x *Tensor) *Tensor { return x.Combinations(0, false) }, -2, 2, 4)
	viaOne("combinations_with_replacement", "torch.combinations(x, 3, with_replacement=True)", func(x *Tensor) *Tensor { return x.Combinations(3, true) }, -2, 2, 3)
	viaOne("vander", "torch.linalg.vander(x, N=4)", func(x *Tensor) *Tensor { return x.Vander(4) }, -2, 2, 3)
	viaMany("tensor_split", "torch.tensor_split(x, 3, 1)", func(xs []*Tensor) []*Tensor { return xs[0].TensorSplit(3, 1) }, in(-2, 2, 2, 7))
	viaMany("hsplit", "torch.hsplit(x, 2)", func(xs []*Tensor) []*Tensor { return xs[0].HSplit(2) }, in(-2, 2, 3, 4))
	viaMany("hsplit_vector", "torch.hsplit(x, 2)", func(xs []*Tensor) []*Tensor { return xs[0].HSplit(2) }, in(-2, 2, 4))
	viaMany("vsplit", "torch.vsplit(x, 2)", func(xs []*Tensor) []*Tensor { return xs[0].VSplit(2) }, in(-2, 2, 4, 3))
	viaMany("dsplit", "torch.dsplit(x, 2)", func(xs []*Tensor) []*Tensor { return xs[0].DSplit(2) }, in(-2, 2, 1, 3, 4))
	for dims, shape := range [][]int{{}, {3}, {2, 3}, {2, 1, 3}} {
		viaMany(fmt.Sprintf("atleast_of_%dd", dims), "[torch.atleast_1d(x), torch.atleast_2d(x), torch.atleast_3d(x)]", func(xs []*Tensor) []*Tensor {
			return []*Tensor{xs[0].AtLeast1d(), xs[0].AtLeast2d(), xs[0].AtLeast3d()}
		}, in(-2, 2, shape...))
	}
	viaMany("broadcast_tensors", "torch.broadcast_tensors(x, y)", func(xs []*Tensor) []*Tensor { return BroadcastTensors(xs...) }, in(-2, 2, 2, 1), in(-2, 2, 3))
	viaMany("tril_indices", "torch.tril_indices(3, 4, 1) + 0 * x", func(xs []*Tensor) []*Tensor { return []*Tensor{TrilIndices(3, 4, 1).Add(xs[0].MulScalar(0))} }, ints(0, 1))
	viaMany("triu_indices", "torch.triu_indices(3, 4, 1) + 0 * x", func(xs []*Tensor) []*Tensor { return []*Tensor{TriuIndices(3, 4, 1).Add(xs[0].MulScalar(0))} }, ints(0, 1))
	viaTwo("index_fill", "x.index_fill(1, y, 1.5)", func(x, y *Tensor) *Tensor { return x.IndexFill(1, y, 1.5) }, in(-2, 2, 2, 4), ints(0, 3, 2))
	viaTwo("index_copy", "x.index_copy(0, torch.tensor([2, 0]), y)", func(x, y *Tensor) *Tensor { return x.IndexCopy(0, Of([]int{2, 0}), y) }, in(-2, 2, 3, 2), in(-2, 2, 2, 2))
	viaTwo("masked_scatter", "x.masked_scatter(x > 0, y)", func(x, y *Tensor) *Tensor { return x.MaskedScatter(x.GtScalar(0), y) }, in(-2, 2, 2, 3), in(-2, 2, 6))
	viaOne("pixel_shuffle", "F.pixel_shuffle(x, 2)", func(x *Tensor) *Tensor { return x.PixelShuffle(2) }, -2, 2, 1, 8, 2, 3)
	viaOne("pixel_unshuffle", "F.pixel_unshuffle(x, 2)", func(x *Tensor) *Tensor { return x.PixelUnshuffle(2) }, -2, 2, 1, 2, 4, 6)
	viaOne("channel_shuffle", "F.channel_shuffle(x, 2)", func(x *Tensor) *Tensor { return x.ChannelShuffle(2) }, -2, 2, 2, 6, 2)
	viaOne("glu", "F.glu(x, 1)", func(x *Tensor) *Tensor { return x.GLU(1) }, -2, 2, 2, 6)
	viaMany("addmm", "torch.addmm(x, y, z, beta=0.5, alpha=2)", func(xs []*Tensor) []*Tensor { return []*Tensor{xs[0].AddMM(xs[1], xs[2], 0.5, 2)} }, in(-2, 2, 4), in(-2, 2, 2, 3), in(-2, 2, 3, 4))
	viaMany("addcmul", "torch.addcmul(x, y, z, value=0.5)", func(xs []*Tensor) []*Tensor { return []*Tensor{xs[0].AddCMul(xs[1], xs[2], 0.5)} }, in(-2, 2, 2, 3), in(-2, 2, 3), in(-2, 2, 2, 1))
	viaMany("addcdiv", "torch.addcdiv(x, y, z, value=0.5)", func(xs []*Tensor) []*Tensor { return []*Tensor{xs[0].AddCDiv(xs[1], xs[2], 0.5)} }, in(-2, 2, 2, 3), in(-2, 2, 3), in(0.5, 2, 2, 1))
	viaTwo("einsum_outer", "torch.einsum('i,j->ij', x, y)", func(x, y *Tensor) *Tensor { return Einsum("i,j->ij", x, y) }, in(-2, 2, 2), in(-2, 2, 3))
	viaTwo("einsum_implicit", "torch.einsum('ba,cb', x, y)", func(x, y *Tensor) *Tensor { return Einsum("ba,cb", x, y) }, in(-2, 2, 3, 2), in(-2, 2, 4, 3))
	viaTwo("einsum_broadcast", "torch.einsum('...i,...i->...', x, y)", func(x, y *Tensor) *Tensor { return Einsum("...i,...i->...", x, y) }, in(-2, 2, 2, 1, 3), in(-2, 2, 4, 3))
	viaOne("einsum_trace", "torch.einsum('bii->b', x)", func(x *Tensor) *Tensor { return Einsum("bii->b", x) }, -2, 2, 2, 3, 3)
	viaTwo("einsum_hadamard", "torch.einsum('ij,ij->ij', x, y)", func(x, y *Tensor) *Tensor { return Einsum("ij,ij->ij", x, y) }, in(-2, 2, 2, 3), in(-2, 2, 2, 3))
	viaTwo("tensordot_none", "torch.tensordot(x, y, dims=0)", func(x, y *Tensor) *Tensor { return x.Tensordot(y, nil, nil) }, in(-2, 2, 2), in(-2, 2, 3))
	viaTwo("tensordot_all", "torch.tensordot(x, y, dims=2)", func(x, y *Tensor) *Tensor { return x.Tensordot(y, []int{0, 1}, []int{0, 1}) }, in(-2, 2, 2, 3), in(-2, 2, 2, 3))
}

// HStack joins tensors side by side: vectors end to end, others along the second
// dimension.
func HStack(xs ...*Tensor) *Tensor {
	if len(xs) > 0 && len(xs[0].shape) <= 1 {
		return Cat(atLeast(1, xs), 0)
	}
	return Cat(xs, 1)
}

// VStack joins tensors one above the other, vectors as rows.
func VStack(xs ...*Tensor) *Tensor { return Cat(atLeast(2, xs), 0) }

// DStack joins tensors along the third dimension, which matrices get.
func DStack(xs ...*Tensor) *Tensor {
	out := make([]*Tensor, len(xs))
	for i, x := range xs {
		out[i] = x.AtLeast3d()
	}
	return Cat(out, 2)
}

// ColumnStack joins tensors side by side, vectors as columns.
func ColumnStack(xs ...*Tensor) *Tensor {
	out := make([]*Tensor, len(xs))
	for i, x := range xs {
		out[i] = x
		if len(x.shape) <= 1 {
			out[i] = x.Reshape(-1, 1)
		}
	}
	return Cat(out, 1)
}

// Combinations returns the choices of r elements of a vector as rows, in their order, each element once or, with
// replacement, any number of times. Choices of none are an empty vector.
func (t *Tensor) Combinations(r int, replacement bool) *Tensor {
	if len(t.shape) != 1 || r < 0 {
		failOn("Combinations", []*Tensor{t}, "choices of %d of shape %s; want a vector and a number that is not negative", r, shapeText(t.shape))
	}
	if r == 0 {
		return like(t).Empty(0)
	}
	count, last, step := t.choices(r, replacement), t.shape[0]-1, 1
	checkMemory([]int{r, count}, Int64)
	if replacement {
		step = 0
	}
	var rows, chosen []int64
	for i := 0; count > 0 && i < r; i++ {
		chosen = append(chosen, int64(i*step))
	}
	for range count {
		checkInterrupt()
		rows = append(rows, chosen...)
		i := r - 1
		for i > 0 && chosen[i] == int64(last-step*(r-1-i)) {
			i--
		}
		chosen[i]++ // and those behind it begin anew
		for k := i + 1; k < r; k++ {
			chosen[k] = chosen[k-1] + int64(step)
		}
	}
	return t.IndexSelect(0, indexVector(rows)).View(-1, r).named("IndexBackward0")
}

// choices counts the choices of r elements of a vector, at most to the largest integer.
func (t *Tensor) choices(r int, replacement bool) int {
	n := t.shape[0]
	if replacement {
		if r > math.MaxInt-n {
			return math.MaxInt
		}
		n += r - 1
	}
	count := 1.0
	for i := range min(r, max(n-r, 0)) {
		if count = count * float64(n-i) / float64(i+1); count > math.MaxInt/2 {
			return math.MaxInt
		}
	}
	if r > n {
		return 0
	}
	return int(count)
}

// Vander returns the powers 0 to n-1 of t's elements, in a new last dimension.
func (t *Tensor) Vander(n int) *Tensor {
	if n < 1 {
		fail("Vander", "%d powers; there must be one", n)
	}
	if !t.dtype.IsFloat() && !t.dtype.IsComplex() {
		t = t.Long()
	}
	checkCount(n)
	powers := make([]*Tensor, n)
	powers[0] = OnesLike(t)
	for i := 1; i < n; i++ {
		powers[i] = powers[i-1].Mul(t)
	}
	return Stack(powers, -1).named("CatBackward0")
}

// AtLeast1d returns t, a number as a vector of one element.
func (t *Tensor) AtLeast1d() *Tensor { return atLeast(1, []*Tensor{t})[0] }

// AtLeast2d returns t, a vector as a matrix of one row, a number as one of one element.
func (t *Tensor) AtLeast2d() *Tensor { return atLeast(2, []*Tensor{t})[0] }

// AtLeast3d returns t with at least three dimensions: of shape (1×n×1) for n elements of a vector, (m×n×1) for a matrix.
func (t *Tensor) AtLeast3d() *Tensor {
	if len(t.shape) > 2 {
		return t
	}
	return t.AtLeast2d().Unsqueeze(2)
}

// atLeast gives tensors leading dimensions of size 1 up to a number.
func atLeast(n int, xs []*Tensor) []*Tensor {
	out := make([]*Tensor, len(xs))
	for i, x := range xs {
		for len(x.shape) < n {
			x = x.Unsqueeze(0)
		}
		out[i] = x
	}
	return out
}

// BlockDiag returns a matrix with the given ones along its diagonal.
func BlockDiag(xs ...*Tensor) *Tensor {
	if len(xs) == 0 {
		fail("BlockDiag", "no matrices")
	}
	width := 0
	for i, x := range atLeast(2, xs) {
		if len(x.shape) != 2 {
			failOn("BlockDiag", xs, "shape %s (tensor %d) is no matrix", shapeText(x.shape), i)
		}
		width += x.shape[1]
	}
	var rows []*Tensor
	before := 0
	for _, x := range atLeast(2, xs) {
		rows = append(rows, x.Pad(0, before, width-before-x.shape[1]))
		before += x.shape[1]
	}
	return Cat(rows, 0).named("BlockDiagBackward0")
}

// CartesianProd returns all combinations of the elements of vectors, one a row.
func CartesianProd(xs ...*Tensor) *Tensor {
	if len(xs) == 1 {
		return xs[0]
	}
	grid := Meshgrid(xs...)
	for i, g := range grid {
		grid[i] = g.Flatten()
	}
	return Stack(grid, 1)
}

// TensorSplitAt cuts a dimension before each of the given positions, which, as in Python, count from the end if negative.
func (t *Tensor) TensorSplitAt(positions []int, dim int) []*Tensor {
	out, at := make([]*Tensor, 0, len(positions)+1), 0
	for _, p := range positions {
		out = append(out, t.Slice(dim, at, p, 1))
		at = p
	}
	return append(out, t.Slice(dim, at, math.MaxInt, 1))
}

// HSplit cuts the second dimension, or a vector, into n equal parts; TensorSplitAt cuts at positions.
func (t *Tensor) HSplit(n int) []*Tensor { return t.equalParts(n, min(1, max(len(t.shape)-1, 0))) }

// VSplit cuts the first of at least two dimensions into n equal parts.
func (t *Tensor) VSplit(n int) []*Tensor {
	if len(t.shape) < 2 {
		failOn("VSplit", []*Tensor{t}, "shape %s has no rows; want at least two dimensions", shapeText(t.shape))
	}
	return t.equalParts(n, 0)
}

// DSplit cuts the third dimension into n equal parts.
func (t *Tensor) DSplit(n int) []*Tensor { return t.equalParts(n, 2) }

func (t *Tensor) equalParts(n, dim int) []*Tensor {
	if size := t.Size(dim); n < 1 || size%n != 0 {
		failOn("TensorSplit", []*Tensor{t}, "dimension %d of shape %s has no %d equal parts; TensorSplit makes almost equal ones", dim, shapeText(t.shape), n)
	}
	return t.TensorSplit(n, dim)
}

// TensorSplit cuts a dimension into n parts of almost equal sizes, the first ones
// larger.
func (t *Tensor) TensorSplit(n, dim int) []*Tensor {
	if n < 1 {
		fail("TensorSplit", "%d parts; the number must be positive", n)
	}
	checkCount(n)
	size := t.Size(dim)
	sizes := make([]int, n)
	for i := range sizes {
		sizes[i] = size / n
		if i < size%n {
			sizes[i]++
		}
	}
	parts := t.SplitSizes(sizes, dim)
	for _, part := range parts {
		part.named("SliceBackward0")
	}
	return parts
}

// BroadcastTensors expands tensors to the shape that they broadcast to.
func BroadcastTensors(xs ...*Tensor) []*Tensor {
	var shape []int
	for _, x := range xs {
		shape = broadcast("BroadcastTensors", shape, x.shape)
	}
	out := make([]*Tensor, len(xs))
	for i, x := range xs {
		out[i] = x.Expand(shape...)
	}
	return out
}

// TrilIndices returns the rows and columns, as two rows, of the elements of a
// matrix on and below a diagonal.
func TrilIndices(rows, cols, diagonal int) *Tensor {
	return Ones(rows, cols).Tril(diagonal).NonZero().T()
}

// TriuIndices returns the rows and columns, as two rows, of the elements of a
// matrix on and above a diagonal.
func TriuIndices(rows, cols, diagonal int) *Tensor {
	return Ones(rows, cols).Triu(diagonal).NonZero().T()
}

// IndexFill returns t with v at the given positions of a dimension.
func (t *Tensor) IndexFill(dim int, index *Tensor, v float64) *Tensor {
	if len(t.shape) == 0 {
		return t.vector().IndexFill(dim, index, v).Reshape()
	}
	dim = t.dim("IndexFill", dim)
	mask := As(Bool).Zeros(t.shape[dim])
	mask.SetIndex(true, index)
	shape := make([]int, len(t.shape))
	for i := range shape {
		shape[i] = 1
	}
	shape[dim] = t.shape[dim]
	return t.MaskedFill(mask.View(shape...), v).named("IndexFillBackward0")
}

// IndexCopy returns t with the slices of source at the given positions of a
// dimension.
func (t *Tensor) IndexCopy(dim int, index, source *Tensor) *Tensor {
	if len(t.shape) == 0 {
		return t.vector().IndexCopy(dim, index, source.vector()).Reshape()
	}
	dim = t.dim("IndexCopy", dim)
	index2 := make([]any, dim, dim+1)
	for i := range index2 {
		index2[i] = All
	}
	return t.Clone().SetIndex(source, append(index2, index)...).named("IndexCopyBackward0")
}

// MaskedScatter returns t with the elements of source, in their order, where mask
// is true.
func (t *Tensor) MaskedScatter(mask, source *Tensor) *Tensor {
	shape := broadcast("MaskedScatter", t.shape, mask.shape)
	t, mask = t.Expand(shape...), mask.Expand(shape...)
	n := int(mask.Sum().Item())
	if source.NumEl() < n {
		failOn("MaskedScatter", []*Tensor{t, mask, source}, "%d elements for %d places", source.NumEl(), n)
	}
	return t.Clone().SetIndex(t.source("MaskedScatter", source).Flatten().Narrow(0, 0, n), mask).named("MaskedScatterBackward0")
}

// PixelShuffle moves channels into space: (…, c·r², h, w) becomes (…, c, h·r, w·r)
// (Shi et al. 2016).
func (t *Tensor) PixelShuffle(r int) *Tensor {
	n := len(t.shape)
	if n < 3 || r < 1 || r > 1<<31 || t.shape[n-3]%(r*r) != 0 {
		failOn("PixelShuffle", []*Tensor{t}, "shape %s with factor %d: want (…, channels, height, width) with channels divisible by the factor's square", shapeText(t.shape), r)
	}
	lead, c, h, w := t.shape[:n-3], t.shape[n-3]/(r*r), t.shape[n-2], t.shape[n-1]
	return t.Reshape(-1, c, r, r, h, w).Permute(0, 1, 4, 2, 5, 3).Reshape(append(append([]int{}, lead...), c, h*r, w*r)...).named("PixelShuffleBackward0")
}

// ChannelShuffle deals the channels, the second of at least three dimensions, out of groups in turn: of the first of each group come those
// of the result first (Zhang et al. 2018).
func (t *Tensor) ChannelShuffle(groups int) *Tensor {
	if len(t.shape) < 3 || groups < 1 || t.shape[1]%groups != 0 {
		failOn("ChannelShuffle", []*Tensor{t}, "shape %s with %d groups: want (batch, channels, spatial…) with channels divisible by the groups", shapeText(t.shape), groups)
	}
	return t.Unflatten(1, groups, t.shape[1]/groups).Transpose(1, 2).Reshape(t.shape...).named("ChannelShuffleBackward0")
}

// PixelUnshuffle undoes PixelShuffle.
func (t *Tensor) PixelUnshuffle(r int) *Tensor {
	n := len(t.shape)
	if n < 3 || r < 1 || t.shape[n-2]%r != 0 || t.shape[n-1]%r != 0 {
		failOn("PixelUnshuffle", []*Tensor{t}, "shape %s with factor %d: want (…, channels, height, width) with height and width divisible by it", shapeText(t.shape), r)
	}
	lead, c, h, w := t.shape[:n-3], t.shape[n-3], t.shape[n-2]/r, t.shape[n-1]/r
	return t.Reshape(-1, c, h, r, w, r).Permute(0, 1, 3, 5, 2, 4).Reshape(append(append([]int{}, lead...), c*r*r, h, w)...).named("PixelUnshuffleBackward0")
}

// GLU returns a·sigmoid(b) for the halves a and b of a dimension (Dauphin et al.
// 2017).
func (t *Tensor) GLU(dim int) *Tensor {
	n := t.Size(dim)
	if n%2 != 0 {
		failOn("GLU", []*Tensor{t}, "dimension %d of size %d has no halves", dim, n)
	}
	return t.Narrow(dim, 0, n/2).Mul(t.Narrow(dim, n/2, n/2).Sigmoid()).named("GluBackward0")
}

// AddMM returns beta·t + alpha·(x·y).
func (t *Tensor) AddMM(x, y *Tensor, beta, alpha float64) *Tensor {
	return t.plus(x.MatMul(y), beta, alpha).named("AddmmBackward0")
}

// AddCMul returns t + v·x·y.
func (t *Tensor) AddCMul(x, y *Tensor, v float64) *Tensor {
	product := x.Mul(y)
	return t.Add(product.Cast(ResultType(t, product)).scaled(v)).named("AddcmulBackward0")
}

// AddCDiv returns t + v·x/y.
func (t *Tensor) AddCDiv(x, y *Tensor, v float64) *Tensor {
	return t.Add(x.Div(y).MulScalar(v)).named("AddcdivBackward0")
}
