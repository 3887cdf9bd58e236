package tensor

import "math"

// Methods that are made of other operations, entered in the table so that the
// tests compare them with PyTorch, too.

// viaOne registers a composite of one tensor, sampled on [lo, hi] in a shape.
func viaOne(name, torch string, f func(x *Tensor) *Tensor, lo, hi float64, shape ...int) {
	composite(name, func(xs []*Tensor) []*Tensor { return []*Tensor{f(xs[0])} }, Sample{Torch: torch, In: []Input{in(lo, hi, shape...)}})
}

// viaTwo registers a composite of two tensors.
func viaTwo(name, torch string, f func(x, y *Tensor) *Tensor, x, y Input) {
	composite(name, func(xs []*Tensor) []*Tensor { return []*Tensor{f(xs[0], xs[1])} }, Sample{Torch: torch, In: []Input{x, y}})
}

// viaMany registers a composite of several tensors with several results.
func viaMany(name, torch string, f func(xs []*Tensor) []*Tensor, inputs ...Input) {
	composite(name, f, Sample{Torch: torch, In: inputs})
}

func init() {
	// shapes
	viaOne("reshape", "x.reshape(3, 2)", func(x *Tensor) *Tensor { return x.Reshape(3, -1) }, -2, 2, 2, 3)
	viaOne("flatten", "x.flatten(1)", func(x *Tensor) *Tensor { return x.Flatten(1) }, -2, 2, 2, 3, 2)
	viaOne("unflatten", "x.unflatten(1, (2, 3))", func(x *Tensor) *Tensor { return x.Unflatten(1, 2, -1) }, -2, 2, 2, 6)
	viaOne("transpose", "x.transpose(0, 2)", func(x *Tensor) *Tensor { return x.Transpose(0, 2) }, -2, 2, 2, 3, 4)
	viaOne("movedim", "x.movedim(0, 2)", func(x *Tensor) *Tensor { return x.MoveDim(0, 2) }, -2, 2, 2, 3, 4)
	viaOne("narrow", "x.narrow(1, 1, 2)", func(x *Tensor) *Tensor { return x.Narrow(1, 1, 2) }, -2, 2, 2, 4)
	viaOne("rot90", "x.rot90(1, (0, 1))", func(x *Tensor) *Tensor { return x.Rot90(1, 0, 1) }, -2, 2, 2, 3)
	viaOne("tile", "x.tile(2)", func(x *Tensor) *Tensor { return x.Tile(2) }, -2, 2, 2, 3)
	viaOne("repeat_interleave", "x.repeat_interleave(2, 1)", func(x *Tensor) *Tensor { return x.RepeatInterleave(2, 1) }, -2, 2, 2, 3)
	viaOne("diag", "x.diag(1)", func(x *Tensor) *Tensor { return x.Diag(1) }, -2, 2, 3)
	viaOne("diagflat", "x.diagflat(-1)", func(x *Tensor) *Tensor { return x.DiagFlat(-1) }, -2, 2, 2, 2)
	viaOne("trace", "x.trace()", func(x *Tensor) *Tensor { return x.Trace() }, -2, 2, 3, 3)
	viaOne("pad_reflect", "F.pad(x, (2, 1), 'reflect')", func(x *Tensor) *Tensor { return x.PadReflect(2, 1) }, -2, 2, 2, 4)
	viaOne("pad_replicate", "F.pad(x, (2, 1), 'replicate')", func(x *Tensor) *Tensor { return x.PadReplicate(2, 1) }, -2, 2, 2, 4)
	viaOne("pad_circular", "F.pad(x, (2, 1), 'circular')", func(x *Tensor) *Tensor { return x.PadCircular(2, 1) }, -2, 2, 2, 4)
	viaMany("stack", "torch.stack(xs, 1)", func(xs []*Tensor) []*Tensor { return []*Tensor{Stack(xs, 1)} }, in(-2, 2, 2, 3), in(-2, 2, 2, 3))
	viaMany("split", "x.split(2, 1)", func(xs []*Tensor) []*Tensor { return xs[0].Split(2, 1) }, in(-2, 2, 2, 5))
	viaMany("chunk", "x.chunk(2, 0)", func(xs []*Tensor) []*Tensor { return xs[0].Chunk(2, 0) }, in(-2, 2, 5, 2))
	viaMany("meshgrid_xy", "torch.meshgrid(x, y, z, indexing='xy')", func(xs []*Tensor) []*Tensor { return MeshgridXY(xs...) }, in(-2, 2, 2), in(-2, 2, 3), in(-2, 2, 4))
	viaMany("meshgrid", "torch.meshgrid(x, y, indexing='ij')", func(xs []*Tensor) []*Tensor { return Meshgrid(xs...) }, in(-2, 2, 2), in(-2, 2, 3))

	// indexing
	viaOne("index_int_slice", "x[1, :, 0::2]", func(x *Tensor) *Tensor { return x.Index(1, All, Every(2)) }, -2, 2, 2, 3, 4)
	viaOne("index_newaxis", "x[..., None, 1:]", func(x *Tensor) *Tensor { return x.Index(Ellipsis, NewAxis, From(1)) }, -2, 2, 2, 3)
	viaTwo("index_tensor", "x[:, y]", func(x, y *Tensor) *Tensor { return x.Index(All, y) }, in(-2, 2, 2, 3, 2), ints(-3, 2, 2, 2))
	viaTwo("index_split", "x[y, :, torch.tensor([0, 1])]", func(x, y *Tensor) *Tensor { return x.Index(y, All, []int{0, 1}) }, in(-2, 2, 2, 3, 2), ints(0, 1, 2))
	viaTwo("index_mask", "x[y]", func(x, y *Tensor) *Tensor { return x.Index(y) }, in(-2, 2, 2, 3), boolean(2, 3))
	viaTwo("masked_select", "x.masked_select(y)", func(x, y *Tensor) *Tensor { return x.MaskedSelect(y) }, in(-2, 2, 2, 3), boolean(3))
	viaTwo("take_along_dim", "x.take_along_dim(y, 1)", func(x, y *Tensor) *Tensor { return x.TakeAlongDim(y, 1) }, in(-2, 2, 2, 3), ints(0, 2, 1, 2))
	viaTwo("set_index", "torch.cat([x[:1], (x[1:] * 0 + y)])", func(x, y *Tensor) *Tensor { return x.Clone().SetIndex(y, From(1)) }, in(-2, 2, 3, 2), in(-2, 2, 2))
	viaTwo("set_index_tensor", "torch.stack([y, x[1], y])", func(x, y *Tensor) *Tensor { return x.Clone().SetIndex(y, []int{0, 2}) }, in(-2, 2, 3, 2), in(-2, 2, 2))
	viaTwo("add_index", "x.index_put((torch.tensor([0, 2, 0]),), y, accumulate=True)", func(x, y *Tensor) *Tensor { return x.Clone().AddIndex(y, []int{0, 2, 0}) }, in(-2, 2, 3, 2), in(-2, 2, 3, 2))
	viaTwo("add_index_basic", "torch.cat([x[:1], x[1:] + y])", func(x, y *Tensor) *Tensor { return x.Clone().AddIndex(y, From(1)) }, in(-2, 2, 3, 2), in(-2, 2, 2))
	viaOne("index_slices", "x[torch.tensor([[0, 1], [1, 1]])][:, :, [True, False, True]][0]", func(x *Tensor) *Tensor {
		return x.Index([][]int64{{0, 1}, {1, 1}}).Index(All, All, []bool{true, false, true}).Index(int8(0))
	}, -2, 2, 2, 3)
	viaMany("unravel_index", "torch.unravel_index(x, (2, 3, 4))", func(xs []*Tensor) []*Tensor { return xs[0].UnravelIndex(2, 3, 4) }, ints(-30, 30, 2, 5))
	viaOne("nonzero", "x.nonzero()", func(x *Tensor) *Tensor { return x.NonZero() }, -2, 2, 2, 3)
	viaMany("one_hot", "F.one_hot(x, 4)", func(xs []*Tensor) []*Tensor { return []*Tensor{xs[0].OneHot(4)} }, ints(0, 3, 2, 3))

	// activations
	viaOne("selu", "F.selu(x)", func(x *Tensor) *Tensor { return x.SELU() }, -2, 2, 2, 3)
	viaOne("relu6", "F.relu6(x)", func(x *Tensor) *Tensor { return x.ReLU6() }, -8, 8, 2, 3)
	viaOne("softsign", "F.softsign(x)", func(x *Tensor) *Tensor { return x.Softsign() }, -2, 2, 2, 3)
	viaOne("tanhshrink", "F.tanhshrink(x)", func(x *Tensor) *Tensor { return x.TanhShrink() }, -2, 2, 2, 3)
	viaOne("threshold", "F.threshold(x, 0.5, 20)", func(x *Tensor) *Tensor { return x.Threshold(0.5, 20) }, -2, 2, 2, 3)
	viaOne("softmin", "F.softmin(x, 1)", func(x *Tensor) *Tensor { return x.Softmin(1) }, -2, 2, 2, 3)
	viaTwo("prelu", "F.prelu(x, y)", func(x, y *Tensor) *Tensor { return x.PReLU(y) }, in(-2, 2, 2, 3), in(0.1, 0.5, 3))

	// reductions
	viaOne("argmax", "x.argmax(1)", func(x *Tensor) *Tensor { return x.ArgMax(1) }, -2, 2, 2, 3)
	viaOne("argmin", "x.argmin()", func(x *Tensor) *Tensor { return x.ArgMin() }, -2, 2, 2, 3)
	viaOne("argsort", "x.argsort(1)", func(x *Tensor) *Tensor { return x.ArgSort(1, false) }, -2, 2, 2, 5)
	viaOne("count_nonzero", "x.count_nonzero(1)", func(x *Tensor) *Tensor { return x.CountNonZero(1) }, -2, 2, 2, 3)
	viaOne("diff", "x.diff()", func(x *Tensor) *Tensor { return x.Diff(-1) }, -2, 2, 2, 4)
	viaOne("normalize", "F.normalize(x, 2., 1)", func(x *Tensor) *Tensor { return x.Normalize(2, 1, 1e-12) }, -2, 2, 2, 3)
	viaTwo("dist", "torch.dist(x, y, 2)", func(x, y *Tensor) *Tensor { return x.Dist(y, 2) }, in(-2, 2, 2, 3), in(-2, 2, 2, 3))
	viaTwo("cosine_similarity_broadcast", "F.cosine_similarity(x, y, -2)", func(x, y *Tensor) *Tensor { return x.CosineSimilarity(y, -2, 1e-8) }, in(-2, 2, 2, 3), in(-2, 2, 3))
	viaTwo("cosine_similarity", "F.cosine_similarity(x, y, 1)", func(x, y *Tensor) *Tensor { return x.CosineSimilarity(y, 1, 1e-8) }, in(-2, 2, 2, 3), in(-2, 2, 2, 3))
	viaTwo("float_power", "torch.float_power(x, y)", func(x, y *Tensor) *Tensor { return x.FloatPower(y) }, in(0.5, 2, 2, 3), in(-2, 2, 3))
	viaTwo("float_power_of_integers", "torch.float_power(x, y)", func(x, y *Tensor) *Tensor { return x.FloatPower(y) }, ints(1, 5, 2, 3), ints(-3, 3, 3))
	viaTwo("isreal", "torch.isreal(torch.complex(x, y * (x > 0))) & torch.isreal(x)", func(x, y *Tensor) *Tensor {
		return Complex(x, y.Mul(x.GtScalar(0))).IsReal().BitAnd(x.IsReal())
	}, in(-2, 2, 2, 3), in(-2, 2, 2, 3))
	viaTwo("isclose", "torch.isclose(x, y, 0.5, 0.1)", func(x, y *Tensor) *Tensor { return x.IsClose(y, 0.5, 0.1) }, in(-2, 2, 2, 3), in(-2, 2, 2, 3))

	// counting
	viaMany("unique_dim", "torch.unique(x, dim=1, return_inverse=True, return_counts=True)", func(xs []*Tensor) []*Tensor {
		v, inverse, counts := xs[0].UniqueDim(1)
		return []*Tensor{v, inverse, counts}
	}, ints(0, 1, 2, 9))
	viaOne("round_to", "x.round(decimals=2) + x.round(decimals=-1)", func(x *Tensor) *Tensor { return x.RoundTo(2).Add(x.RoundTo(-1)) }, -200, 200, 2, 3)
	viaMany("keepdims", "[x.any(1, True), x.all(0, True), x.argmax(1, True), x.argmin(-2, True)]", func(xs []*Tensor) []*Tensor {
		return []*Tensor{xs[0].AnyTrueKeepDim(1), xs[0].AllTrueKeepDim(0), xs[0].ArgMaxKeepDim(1), xs[0].ArgMinKeepDim(-2)}
	}, ints(0, 1, 3, 2))
	viaMany("unique", "torch.unique(x, return_inverse=True, return_counts=True)", func(xs []*Tensor) []*Tensor {
		v, inverse, counts := xs[0].Unique()
		return []*Tensor{v, inverse, counts}
	}, ints(0, 3, 2, 4))
	viaTwo("bincount", "torch.bincount(x, y, 6)", func(x, y *Tensor) *Tensor { return x.BinCount(y, 6) }, ints(0, 3, 8), in(0, 1, 8))
	viaOne("histc", "torch.histc(x, 4, -1, 2)", func(x *Tensor) *Tensor { return x.Histc(4, -1, 2) }, -2, 2, 10)
	viaTwo("searchsorted_rows", "torch.searchsorted(x.sort()[0], y)", func(x, y *Tensor) *Tensor {
		v, _ := x.Sort(1, false)
		return v.SearchSorted(y, false)
	}, in(-2, 2, 2, 5), in(-2, 2, 2, 3))
	viaTwo("bucketize_right", "torch.bucketize(x, y.sort()[0], right=True)", func(x, y *Tensor) *Tensor { v, _ := y.Sort(0, false); return x.Bucketize(v, true) }, ints(0, 5, 2, 3), ints(0, 5, 4))
	viaTwo("searchsorted", "torch.searchsorted(x.sort()[0], y, right=True)", func(x, y *Tensor) *Tensor {
		v, _ := x.Sort(0, false)
		return v.SearchSorted(y, true)
	}, in(-2, 2, 6), in(-2, 2, 2, 3))

	// products
	viaTwo("mv", "x.mv(y)", func(x, y *Tensor) *Tensor { return x.MV(y) }, in(-2, 2, 2, 3), in(-2, 2, 3))
	viaTwo("dot", "x.dot(y)", func(x, y *Tensor) *Tensor { return x.Dot(y) }, in(-2, 2, 3), in(-2, 2, 3))
	viaTwo("outer", "x.outer(y)", func(x, y *Tensor) *Tensor { return x.Outer(y) }, in(-2, 2, 2), in(-2, 2, 3))
	viaTwo("matmul_batched", "x @ y", func(x, y *Tensor) *Tensor { return x.MatMul(y) }, in(-2, 2, 3, 1, 2, 2), in(-2, 2, 2, 2, 3))
	viaTwo("matmul_vector", "x @ y", func(x, y *Tensor) *Tensor { return x.MatMul(y) }, in(-2, 2, 3), in(-2, 2, 2, 3, 2))
	viaTwo("matmul_rows", "x @ y", func(x, y *Tensor) *Tensor { return x.MatMul(y) }, in(-2, 2, 2, 3, 2), in(-2, 2, 2, 4))
	viaTwo("einsum", "torch.einsum('bik,bkj->ij', x, y)", func(x, y *Tensor) *Tensor { return Einsum("bik,bkj->ij", x, y) }, in(-2, 2, 2, 3, 2), in(-2, 2, 2, 2, 3))
	viaTwo("einsum_dots", "torch.einsum('...ij,jk', x, y)", func(x, y *Tensor) *Tensor { return Einsum("...ij,jk", x, y) }, in(-2, 2, 2, 3, 2), in(-2, 2, 2, 3))
	viaOne("einsum_diagonal", "torch.einsum('ii->i', x)", func(x *Tensor) *Tensor { return Einsum("ii->i", x) }, -2, 2, 3, 3)
	viaMany("einsum_three", "torch.einsum('i,ij,j->', xs)", func(xs []*Tensor) []*Tensor { return []*Tensor{Einsum("i,ij,j->", xs...)} }, in(-2, 2, 2), in(-2, 2, 2, 3), in(-2, 2, 3))
	viaTwo("tensordot", "torch.tensordot(x, y, dims=([1, 0], [0, 2]))", func(x, y *Tensor) *Tensor { return x.Tensordot(y, []int{1, 0}, []int{0, 2}) }, in(-2, 2, 2, 3), in(-2, 2, 3, 4, 2))
	viaTwo("kron_vector", "torch.kron(x, y)", func(x, y *Tensor) *Tensor { return x.Kron(y) }, in(-2, 2, 3), in(-2, 2, 2, 2))
	viaTwo("kron", "torch.kron(x, y)", func(x, y *Tensor) *Tensor { return x.Kron(y) }, in(-2, 2, 2, 2), in(-2, 2, 1, 3))

	// layers
	viaMany("layer_norm", "F.layer_norm(x, (3,), y, z)", func(xs []*Tensor) []*Tensor {
		return []*Tensor{xs[0].LayerNorm([]int{3}, xs[1], xs[2], 1e-5)}
	}, in(-2, 2, 2, 3), in(-2, 2, 3), in(-2, 2, 3))
	viaMany("batch_norm", "F.batch_norm(xs[0], xs[1], xs[2], xs[3], xs[4])", func(xs []*Tensor) []*Tensor {
		return []*Tensor{xs[0].BatchNorm(xs[1], xs[2], xs[3], xs[4], 1e-5)}
	}, in(-2, 2, 2, 3, 2), Input{Shape: []int{3}, Lo: -1, Hi: 1}, in(0.5, 2, 3), in(-2, 2, 3), in(-2, 2, 3))
	viaMany("group_norm", "F.group_norm(x, 2, y, z)", func(xs []*Tensor) []*Tensor {
		return []*Tensor{xs[0].GroupNorm(2, xs[1], xs[2], 1e-5)}
	}, in(-2, 2, 2, 4, 3), in(-2, 2, 4), in(-2, 2, 4))
	viaTwo("rms_norm", "F.rms_norm(x, (3,), y, eps=1e-5)", func(x, y *Tensor) *Tensor { return x.RMSNorm(y, 1e-5) }, in(-2, 2, 2, 3), in(-2, 2, 3))
	viaTwo("embedding", "F.embedding(x, y)", func(x, y *Tensor) *Tensor { return x.Embedding(y) }, ints(0, 3, 2, 3), in(-2, 2, 4, 2))
	viaTwo("linear_batched", "F.linear(x, y)", func(x, y *Tensor) *Tensor { return x.Linear(y, nil) }, in(-2, 2, 2, 2, 3), in(-2, 2, 4, 3))
	viaTwo("conv_transpose", "F.conv_transpose2d(x, y, stride=2, padding=1, output_padding=1)", func(x, y *Tensor) *Tensor {
		return x.ConvTranspose(y, nil, ConvAttrs{[]int{2, 2}, []int{1, 1}, []int{1, 1}, 1, nil}, []int{1, 1})
	}, in(-2, 2, 1, 2, 3, 3), in(-2, 2, 2, 2, 3, 3))
	viaOne("adaptive_avg_pool", "F.adaptive_avg_pool2d(x, (2, 3))", func(x *Tensor) *Tensor { return x.AdaptiveAvgPool(2, 3) }, -2, 2, 1, 2, 5, 4)
	viaOne("adaptive_max_pool", "F.adaptive_max_pool2d(x, (2, 3))", func(x *Tensor) *Tensor { return x.AdaptiveMaxPool(2, 3) }, -2, 2, 1, 2, 5, 4)
	viaOne("lp_pool", "F.lp_pool2d(x, 3, 2)", func(x *Tensor) *Tensor { return x.LPPool2d(3, 2, 2) }, 0.5, 2, 1, 1, 4, 4)
	viaOne("lp_pool1d", "F.lp_pool1d(x, 3, 2)", func(x *Tensor) *Tensor { return x.LPPool1d(3, 2, 2) }, 0.5, 2, 2, 1, 5)
	viaOne("lp_pool3d", "F.lp_pool3d(x, 3, 2, 1)", func(x *Tensor) *Tensor { return x.LPPool3d(3, 2, 1) }, 0.5, 2, 1, 1, 2, 3, 3)
	viaOne("max_pool3d", "F.max_pool3d(x, 3, 2, 1)", func(x *Tensor) *Tensor { return x.MaxPool3d(3, 2, 1) }, -2, 2, 2, 1, 4, 5, 3)
	viaOne("avg_pool3d", "F.avg_pool3d(x, 3, 2, 1)", func(x *Tensor) *Tensor { return x.AvgPool3d(3, 2, 1) }, -2, 2, 1, 2, 4, 5, 3)
	viaOne("gumbel_softmax", "[torch.manual_seed(0), F.gumbel_softmax(x, 0.5, dim=1)][1]", func(x *Tensor) *Tensor { ManualSeed(0); return x.GumbelSoftmax(0.5, false, 1) }, -2, 2, 2, 3)
	viaOne("gumbel_softmax_hard", "[torch.manual_seed(0), F.gumbel_softmax(x.detach(), hard=True, dim=0)][1]", func(x *Tensor) *Tensor {
		ManualSeed(0)
		return x.Detach().GumbelSoftmax(1, true, 0)
	}, -2, 2, 3, 2)
	viaOne("alpha_dropout", "[torch.manual_seed(0), F.alpha_dropout(x, 0.4, True)][1]", func(x *Tensor) *Tensor { ManualSeed(0); return x.AlphaDropout(0.4) }, -2, 2, 9)
	viaOne("norm_frobenius", "torch.linalg.norm(x)", func(x *Tensor) *Tensor { return x.NormP(2, false) }, -2, 2, 2, 3)
	viaOne("norm_max", "torch.linalg.vector_norm(x, float('inf'))", func(x *Tensor) *Tensor { return x.NormP(math.Inf(1), false) }, -2, 2, 2, 3)
}
