package autograd_test

import (
	"fmt"
	"testing"

	"github.com/gophergrad/gophergrad/autograd"
	"github.com/gophergrad/gophergrad/tensor"
)

// What results print as grad_fn is what PyTorch's do.
func TestGradFnIsPyTorchs(t *testing.T) {
	x, m := tensor.Of([]float64{0.4, 0.9, 0.2}).SetRequiresGrad(true), tensor.Of([][]float64{{0.4, 0.9}, {0.2, 0.7}}).SetRequiresGrad(true)
	z := tensor.Complex(tensor.Ones(3), tensor.Ones(3)).SetRequiresGrad(true)
	batch, mask, at := tensor.Rand(2, 2, 2).Double().SetRequiresGrad(true), tensor.Of([]bool{true, false, true}), tensor.Of([]int{0, 2})
	image := batch.Unsqueeze(0)
	column := tensor.Of([][]int{{0}, {1}})
	first := func(x, _ *tensor.Tensor) *tensor.Tensor { return x }
	for _, c := range []struct {
		y    *tensor.Tensor
		want string
	}{
		{x.Add(x), "AddBackward0"}, {x.MulScalar(2), "MulBackward0"}, {x.RSubScalar(1), "RsubBackward1"}, {x.RDivScalar(1), "MulBackward0"},
		{x.Square(), "PowBackward0"}, {x.Pow(3), "PowBackward0"}, {x.PowTensor(x), "PowBackward1"}, {x.RPowScalar(2), "PowBackward2"},
		{x.Remainder(x), "RemainderBackward1"}, {x.RemainderScalar(2), "RemainderBackward0"}, {x.Fmod(x), "FmodBackward1"}, {x.Log1p(), "Log1PBackward0"},
		{x.Sign(), "SignBackward0"}, {z.Sign(), "SgnBackward0"}, {z.Real(), "SelectBackward0"}, {x.I0e(), "SpecialI0EBackward0"}, {x.Xlog1py(x), "SpecialXlog1PyBackward0"},
		{x.Clamp(0, 1), "ClampBackward1"}, {x.ReLU6(), "HardtanhBackward0"}, {x.SELU(), "EluBackward0"}, {x.GELUTanh(), "GeluBackward0"}, {x.PReLU(x.Narrow(0, 0, 1)), "PreluKernelBackward0"},
		{x.FMax(x), "FmaxBackward0"}, {x.NanToNum(0, 1, 2), "NanToNumBackward0"}, {x.RoundTo(1), "RoundBackward1"}, {x.AddCMul(x, x, 2), "AddcmulBackward0"},
		{m.Sum(), "SumBackward0"}, {m.Sum(1), "SumBackward1"}, {m.Mean(), "MeanBackward0"}, {m.MeanKeepDim(0), "MeanBackward1"}, {m.Prod(1), "ProdBackward1"},
		{m.NanSum(1), "NansumBackward0"}, {x.Max(), "MaxBackward1"}, {x.AMax(), "AmaxBackward0"}, {first(m.MaxDim(1)), "MaxBackward0"}, {first(m.MinKeepDim(1)), "MinBackward0"},
		{first(m.MedianDim(1)), "MedianBackward1"}, {first(m.VarMean(1)), "VarMeanBackward0"}, {x.Norm(), "LinalgVectorNormBackward0"}, {x.Dist(x, 2), "DistBackward0"},
		{m.T(), "PermuteBackward0"}, {m.Transpose(0, 1), "TransposeBackward0"}, {m.View(4), "ViewBackward0"}, {m.T().Reshape(4), "UnsafeViewBackward0"},
		{m.Squeeze(), "SqueezeBackward0"}, {m.Squeeze(0), "SqueezeBackward1"}, {m.Split(1, 0)[0], "SplitBackward0"}, {m.Unbind(0)[1], "UnbindBackward0"}, {m.Trace(), "TraceBackward0"},
		{tensor.Stack([]*tensor.Tensor{x, x}, 0), "StackBackward0"}, {tensor.Cat([]*tensor.Tensor{x, x}, 0), "CatBackward0"}, {batch.PadReflect(1, 1), "ReflectionPad1DBackward0"},
		{m.Index(0), "SelectBackward0"}, {x.Index(at), "IndexBackward0"}, {x.Index(mask), "IndexBackward0"}, {x.MaskedSelect(mask), "MaskedSelectBackward0"}, {x.IndexFill(0, at, 1), "IndexFillBackward0"},
		{x.Clone().CopyInPlace(x), "CopyBackwards"}, {x.Clone().FillInPlace(1), "FillBackward2"}, {x.Clone().UniformInPlace(0, 1), "UniformBackward0"},
		{x.Clone().SetIndex(1, at), "IndexPutBackward0"}, {m.Clone().SetIndex(1, 0, tensor.Of([]int{1})), "CopySlices"}, {x.IndexCopy(0, at, x.Narrow(0, 0, 2)), "IndexCopyBackward0"},
		{m.ScatterAdd(1, column, m), "ScatterAddBackward0"}, {m.ScatterValue(1, column, 2), "ScatterBackward1"}, {m.ScatterReduce(1, column, m, "mean"), "ScatterReduceBackward0"},
		{m.MatMul(m), "MmBackward0"}, {m.MatMul(m.Select(0, 0)), "MvBackward0"}, {x.Dot(x), "DotBackward0"}, {batch.BMM(batch), "BmmBackward0"}, {batch.MatMul(m), "UnsafeViewBackward0"},
		{m.AddMM(m, m, 1, 1), "AddmmBackward0"}, {m.Linear(m, nil), "MmBackward0"}, {m.Linear(m, m.Select(0, 0)), "AddmmBackward0"}, {m.Inverse(), "LinalgInvExBackward0"}, {m.Solve(m), "LinalgSolveExBackward0"},
		{x.FFT(0), "FftR2CBackward0"}, {m.FFTN(), "FftC2CBackward0"}, {x.Vander(3), "CatBackward0"}, {m.Tensordot(m, []int{1}, []int{0}), "ViewBackward0"}, {z.FFT(0), "FftC2CBackward0"}, {z.IRFFT(4, 0), "FftC2RBackward0"},
		{m.CosineSimilarity(m, 1, 1e-8), "SumBackward1"}, {tensor.Einsum("ij,jk->ik", m, m), "ViewBackward0"}, {tensor.Einsum("ij->ji", m), "PermuteBackward0"},
		{tensor.Einsum("ii->i", m), "PermuteBackward0"}, {tensor.Einsum("ii", m), "SumBackward1"}, {tensor.Einsum("i,j->ij", x, x), "MulBackward0"},
		{tensor.Einsum("ij,jk,kl->il", m, m, m), "ViewBackward0"}, {tensor.Einsum("ij,ij->ij", m, m), "MulBackward0"}, {tensor.MultiDot(m, m), "ViewBackward0"},
		{batch.AdaptiveAvgPool(1, 1), "MeanBackward1"}, {batch.AdaptiveAvgPool(1, 2), "AdaptiveAvgPool2DBackward0"}, {batch.AdaptiveMaxPool(1), "SqueezeBackward1"},
		{batch.AdaptiveAvgPool(2), "SqueezeBackward1"}, {x.Ndtr(), "MulBackward1"}, {x.Clone().ZeroInPlace(), "ZeroBackward0"}, {x.Diag(0), "DiagEmbedBackward0"},
		{image.Interpolate(tensor.InterpolateOptions{Size: []int{3, 2}, Mode: "nearest-exact"}), "UpsampleNearestExact2DBackward0"},
		{image.Interpolate(tensor.InterpolateOptions{Size: []int{3, 2}, Mode: "bicubic", Antialias: true}), "UpsampleBicubic2DAaBackward0"},
		{image.UnfoldImage(tensor.WindowOptions{Kernel: [2]int{1, 2}}), "Im2ColBackward0"}, {batch.FoldImage(2, 1, tensor.WindowOptions{Kernel: [2]int{1, 1}}), "Col2ImBackward0"},
		{image.GridSample(tensor.As(tensor.Float64).Ones(1, 1, 1, 2), tensor.GridOptions{}), "GridSampler2DBackward0"},
		{batch.MaxPool3d(2, 1, 0), "MaxPool3DWithIndicesBackward0"}, {batch.AvgPool3d(2, 1, 0), "AvgPool3DBackward0"}, {batch.ChannelShuffle(2), "ChannelShuffleBackward0"},
		{m.GumbelSoftmax(1, false, 0), "SoftmaxBackward0"}, {m.GumbelSoftmax(1, true, 0), "AddBackward0"}, {m.AlphaDropout(0.5), "AddBackward0"},
		{m.Unsqueeze(0).Pad(0, 0, 1).AffineGrid(false, 1, 1, 2, 2), "AffineGridGeneratorBackward0"},
		{m.Diag(0), "DiagonalBackward0_copy"}, {m.Trapezoid(1, -1), "MulBackward1"}, {m.CumulativeTrapezoid(1, -1), "CumsumBackward0"},
	} {
		if n := c.y.Node(); n == nil || n.GradFn() != c.want {
			t.Errorf("%v prints %v, want %s", c.y, n, c.want)
		}
	}
	if got := fmt.Sprint(x.Exp().Node(), x.Node()); got != "<ExpBackward0> <nil>" {
		t.Error(got)
	}
	y := x.Exp()
	autograd.NoGrad(func() { y.SetIndex(1, at) })
	if got := y.Node().GradFn(); got != "ExpBackward0" {
		t.Errorf("what was changed within NoGrad prints %s", got)
	}
	if x.Node() != nil || x.Squeeze(0).Node().GradFn() == "" {
		t.Error("a leaf has a history")
	}
}
