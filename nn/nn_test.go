package nn_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"testing"

	"github.com/gophergrad/gophergrad/autograd"
	"github.com/gophergrad/gophergrad/nn"
	"github.com/gophergrad/gophergrad/tensor"
)

type T = tensor.Tensor

// golden is what PyTorch computed; testdata/golden.py writes it.
var golden struct {
	Init    map[string]map[string][]float64
	Modules map[string]struct {
		Repr         string
		X, Y, GX     []float64
		Shape        []int
		Eval         []float64
		State, Grads map[string][]float64
	}
	Losses map[string]struct {
		In, Target string
		Loss, Grad []float64
	}
	Inputs map[string]struct {
		Shape []int
		Data  []float64
		Int   bool
	}
	Lecture map[string][]float64
}

func TestMain(m *testing.M) {
	data, err := os.ReadFile("testdata/golden.json")
	if err == nil {
		err = json.Unmarshal(data, &golden)
	}
	if err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// check fails unless two lists agree to a relative error, where numbers below 1
// count as 1.
func check(t *testing.T, what string, got, want []float64, eps float64) {
	t.Helper()
	bad := len(got) != len(want)
	for i := 0; !bad && i < len(got); i++ {
		bad = !(math.Abs(got[i]-want[i]) <= eps*math.Max(1, math.Abs(want[i])))
	}
	if bad {
		t.Errorf("%s\n%v\nwant\n%v", what, got, want)
	}
}

func TestInitialValuesAreThoseOfPyTorch(t *testing.T) {
	for seed := range 3 {
		tensor.ManualSeed(seed)
		l, c := nn.NewLinear(7, 5), nn.NewConv2d(3, 4, 3)
		e, r := nn.NewEmbedding(6, 3), nn.NewLSTM(3, 4)
		got := map[string][]float64{}
		for name, m := range map[string]any{"linear": l, "conv": c, "embedding": e, "lstm": r} {
			for _, p := range nn.NamedParameters(m) {
				got[name+"."+p.Name] = p.Tensor.Float64s()
			}
		}
		want := golden.Init[fmt.Sprint(seed)]
		if len(got) != len(want) {
			t.Errorf("seed %d: %d parameters, PyTorch has %d", seed, len(got), len(want))
		}
		for name, w := range want {
			check(t, fmt.Sprintf("seed %d: %s", seed, name), got[name], w, 0)
		}
	}
}

func TestInitFunctions(t *testing.T) {
	for name, f := range map[string]func(w *T) *T{
		"xavier_uniform":  func(w *T) *T { return nn.InitXavierUniform(w, 2) },
		"xavier_normal":   func(w *T) *T { return nn.InitXavierNormal(w, 1) },
		"kaiming_uniform": func(w *T) *T { return nn.InitKaimingUniform(w, 0, "relu") },
		"kaiming_normal":  func(w *T) *T { return nn.InitKaimingNormal(w, 0, "relu") },
		"eye":             nn.InitEye,
		"trunc_normal":    func(w *T) *T { return nn.InitTruncNormal(w, 0.5, 2, -1, 1.5) },
		"orthogonal":      func(w *T) *T { return nn.InitOrthogonal(w, 1) },
	} {
		t.Run(name, func(t *testing.T) {
			tensor.ManualSeed(0)
			check(t, "values", f(tensor.Empty(4, 6)).Float64s(), golden.Init[name]["w"], 2e-6)
		})
	}
}

// layers are the modules of golden.json: how to build each.
var layers = map[string]func() nn.Module{
	"linear":   func() nn.Module { return nn.NewLinear(4, 3) },
	"linear3d": func() nn.Module { return nn.NewLinear(4, 3, nn.Bias(false)) },
	"sequential": func() nn.Module {
		return nn.NewSequential(nn.NewLinear(4, 8), nn.NewReLU(), nn.NewSequential(nn.NewLinear(8, 3), nn.NewSoftmax(1)))
	},
	"ReLU":        func() nn.Module { return nn.NewReLU() },
	"ReLU6":       func() nn.Module { return nn.NewReLU6() },
	"Sigmoid":     func() nn.Module { return nn.NewSigmoid() },
	"LogSigmoid":  func() nn.Module { return nn.NewLogSigmoid() },
	"Tanh":        func() nn.Module { return nn.NewTanh() },
	"Tanhshrink":  func() nn.Module { return nn.NewTanhshrink() },
	"SELU":        func() nn.Module { return nn.NewSELU() },
	"SiLU":        func() nn.Module { return nn.NewSiLU() },
	"Mish":        func() nn.Module { return nn.NewMish() },
	"Softsign":    func() nn.Module { return nn.NewSoftsign() },
	"Hardswish":   func() nn.Module { return nn.NewHardswish() },
	"Hardsigmoid": func() nn.Module { return nn.NewHardsigmoid() },
	"LeakyReLU":   func() nn.Module { return nn.NewLeakyReLU() },
	"ELU":         func() nn.Module { return nn.NewELU() },
	"CELU":        func() nn.Module { return nn.NewCELU() },
	"Hardshrink":  func() nn.Module { return nn.NewHardshrink() },
	"Softshrink":  func() nn.Module { return nn.NewSoftshrink() },
	"GELU":        func() nn.Module { return nn.NewGELU() },
	"gelu_tanh":   func() nn.Module { return nn.NewGELU(nn.Approximate("tanh")) },
	"Hardtanh":    func() nn.Module { return nn.NewHardtanh() },
	"Softplus":    func() nn.Module { return nn.NewSoftplus() },
	"PReLU":       func() nn.Module { return nn.NewPReLU() },
	"prelu3":      func() nn.Module { return nn.NewPReLU(3) },
	"Identity":    func() nn.Module { return nn.NewIdentity() },
	"Softmax":     func() nn.Module { return nn.NewSoftmax(1) },
	"LogSoftmax":  func() nn.Module { return nn.NewLogSoftmax(1) },
	"Softmin":     func() nn.Module { return nn.NewSoftmin(1) },
	"threshold":   func() nn.Module { return nn.NewThreshold(0.1, 20) },
	"flatten":     func() nn.Module { return nn.NewFlatten() },
	"unflatten":   func() nn.Module { return nn.NewUnflatten(1, 2, 3) },
	"conv1d":      func() nn.Module { return nn.NewConv1d(2, 3, 3, nn.Padding(1)) },
	"conv2d":      func() nn.Module { return nn.NewConv2d(2, 4, 3) },
	"conv2d_all": func() nn.Module {
		return nn.NewConv2d(4, 6, 0, nn.KernelSize(3, 2), nn.Stride(2, 1), nn.Padding(1, 2), nn.Dilation(1, 2), nn.Groups(2), nn.Bias(false))
	},
	"conv3d": func() nn.Module { return nn.NewConv3d(2, 3, 2) },
	"convt2d": func() nn.Module {
		return nn.NewConvTranspose2d(3, 2, 3, nn.Stride(2), nn.Padding(1), nn.OutputPadding(1))
	},
	"maxpool2d":      func() nn.Module { return nn.NewMaxPool2d(2, 2) },
	"maxpool2d_all":  func() nn.Module { return nn.NewMaxPool2d(3, 2, nn.Padding(1), nn.CeilMode(true)) },
	"avgpool2d":      func() nn.Module { return nn.NewAvgPool2d(2, 2) },
	"avgpool2d_all":  func() nn.Module { return nn.NewAvgPool2d(3, 2, nn.Padding(1), nn.CountIncludePad(false)) },
	"adaptiveavg":    func() nn.Module { return nn.NewAdaptiveAvgPool2d(2, 3) },
	"adaptivemax":    func() nn.Module { return nn.NewAdaptiveMaxPool2d(2) },
	"batchnorm1d":    func() nn.Module { return nn.NewBatchNorm1d(3) },
	"batchnorm1d_3d": func() nn.Module { return nn.NewBatchNorm1d(3) },
	"batchnorm2d":    func() nn.Module { return nn.NewBatchNorm2d(3) },
	"batchnorm2d_opts": func() nn.Module {
		return nn.NewBatchNorm2d(3, nn.Eps(1e-3), nn.Momentum(0), nn.Affine(false))
	},
	"instancenorm2d": func() nn.Module { return nn.NewInstanceNorm2d(3, nn.Affine(true)) },
	"layernorm":      func() nn.Module { return nn.NewLayerNorm(5) },
	"layernorm2":     func() nn.Module { return nn.NewLayerNormOpt([]int{4, 5}, nn.Affine(false)) },
	"groupnorm":      func() nn.Module { return nn.NewGroupNorm(2, 4) },
	"rmsnorm":        func() nn.Module { return nn.NewRMSNorm(5) },
	"dropout":        func() nn.Module { return nn.NewDropout(0.3) },
	"embedding":      func() nn.Module { return nn.NewEmbedding(6, 3, nn.PaddingIdx(2)) },
	"rnn":            func() nn.Module { return nn.NewRNN(3, 4) },
	"rnn_relu": func() nn.Module {
		return nn.NewRNN(3, 4, nn.Layers(2), nn.Nonlinearity("relu"), nn.Bidirectional(true))
	},
	"lstm": func() nn.Module { return nn.NewLSTM(3, 4, nn.Layers(2)) },
	"lstm_bi": func() nn.Module {
		return nn.NewLSTM(3, 4, nn.Bidirectional(true), nn.BatchFirst(true), nn.Bias(false))
	},
	"gru": func() nn.Module { return nn.NewGRU(3, 4, nn.Layers(2)) },
	"attention": func() nn.Module {
		return &SelfAttention{nn.NewMultiheadAttention(6, 2, nn.BatchFirst(true))}
	},
}

type SelfAttention struct{ attn *nn.MultiheadAttention }

func (m *SelfAttention) Forward(x *T) *T { return m.attn.Forward(x) }

// shapes are the inputs' shapes that golden.py draws.
var shapes = map[string][]int{
	"linear": {5, 4}, "linear3d": {2, 3, 4}, "sequential": {5, 4}, "flatten": {2, 3, 4}, "unflatten": {2, 6}, "prelu3": {2, 3, 4},
	"conv1d": {2, 2, 7}, "conv2d": {2, 2, 6, 5}, "conv2d_all": {2, 4, 7, 8}, "conv3d": {1, 2, 4, 4, 3}, "convt2d": {2, 3, 4, 4},
	"maxpool2d": {2, 2, 6, 5}, "maxpool2d_all": {1, 2, 6, 6}, "avgpool2d": {2, 2, 6, 5}, "avgpool2d_all": {1, 2, 6, 6},
	"adaptiveavg": {2, 2, 5, 7}, "adaptivemax": {2, 2, 5, 7}, "batchnorm1d": {6, 3}, "batchnorm1d_3d": {4, 3, 5},
	"batchnorm2d": {2, 3, 4, 4}, "batchnorm2d_opts": {2, 3, 4, 4}, "instancenorm2d": {2, 3, 4, 4}, "layernorm": {3, 4, 5},
	"layernorm2": {3, 4, 5}, "groupnorm": {2, 4, 3}, "rmsnorm": {3, 5}, "dropout": {6, 7}, "rnn": {5, 2, 3}, "rnn_relu": {5, 2, 3},
	"lstm": {5, 2, 3}, "lstm_bi": {2, 5, 3}, "gru": {5, 2, 3}, "attention": {2, 3, 6},
}

func TestLayersComputeAsPyTorch(t *testing.T) {
	for name, want := range golden.Modules {
		t.Run(name, func(t *testing.T) {
			tensor.ManualSeed(0)
			m := layers[name]()
			var x *T
			switch shape := shapes[name]; {
			case name == "embedding":
				x = tensor.Of([][]int{{0, 2, 5}, {5, 1, 2}})
			case shape == nil:
				x = tensor.Randn(4, 5).SetRequiresGrad(true)
			default:
				x = tensor.Randn(shape...).SetRequiresGrad(true)
			}
			check(t, "input", x.Float64s(), want.X, 1e-7)
			y := m.Forward(x)
			if fmt.Sprint(y.Shape()) != fmt.Sprint(want.Shape) {
				t.Fatalf("result of shape %v, want %v", y.Shape(), want.Shape)
			}
			check(t, "result", y.Float64s(), want.Y, 3e-6)
			y.Backward(tensor.Linspace(-1, 1, y.NumEl()).View(y.Shape()...))
			if want.GX != nil {
				check(t, "gradient of the input", x.Grad().Float64s(), want.GX, 1e-5)
			}
			params := nn.NamedParameters(m)
			if len(params) != len(want.Grads) {
				t.Errorf("%d parameters, PyTorch has %d", len(params), len(want.Grads))
			}
			for _, p := range params {
				check(t, "gradient of "+p.Name, p.Tensor.Grad().Float64s(), want.Grads[p.Name], 1e-5)
			}
			state := nn.StateDict(m)
			if state.Len() != len(want.State) {
				t.Errorf("state\n%vof %d tensors, PyTorch's has %d", state, state.Len(), len(want.State))
			}
			for _, it := range state.Items() {
				check(t, "state "+it.Name, it.Tensor.Float64s(), want.State[it.Name], 1e-6)
			}
			nn.Eval(m)
			check(t, "result in evaluation", m.Forward(x).Float64s(), want.Eval, 3e-6)
			if got := nn.Describe(m); got != want.Repr && name != "attention" {
				t.Errorf("described as\n%s\nwant\n%s", got, want.Repr)
			}
		})
	}
}

func (in *goldenInput) tensor() *T {
	x := tensor.FromSlice(in.Data, in.Shape...)
	if in.Int {
		return x.Cast(tensor.Int64)
	}
	return x.Cast(tensor.Float32)
}

type goldenInput struct {
	Shape []int
	Data  []float64
	Int   bool
}

func TestLossesAreThoseOfPyTorch(t *testing.T) {
	input := func(name string) *T { in := goldenInput(golden.Inputs[name]); return in.tensor() }
	w := input("w")
	for name, loss := range map[string]nn.Loss{
		"mse": nn.NewMSELoss(), "mse_sum": nn.NewMSELoss(nn.Reduction("sum")), "mse_none": nn.NewMSELoss(nn.Reduction("none")),
		"l1": nn.NewL1Loss(), "smooth_l1": nn.NewSmoothL1Loss(), "smooth_l1_beta": nn.NewSmoothL1Loss(nn.Beta(0.5)),
		"huber": nn.NewHuberLoss(nn.Delta(0.7)), "bce": nn.NewBCELoss(), "bce_soft": nn.NewBCELoss(nn.Reduction("sum")), "bce_sharp": nn.NewBCELoss(),
		"bce_logits": nn.NewBCEWithLogitsLoss(), "bce_logits_w": nn.NewBCEWithLogitsLoss(nn.PosWeight(w)),
		"nll": nn.NewNLLLoss(), "nll_w": nn.NewNLLLoss(nn.Weight(w)),
		"ce": nn.NewCrossEntropyLoss(), "ce_w": nn.NewCrossEntropyLoss(nn.Weight(w)), "ce_ignore": nn.NewCrossEntropyLoss(),
		"ce_sum": nn.NewCrossEntropyLoss(nn.Reduction("sum")), "ce_none": nn.NewCrossEntropyLoss(nn.Reduction("none")),
		"ce_smooth": nn.NewCrossEntropyLoss(nn.LabelSmoothing(0.1)), "ce_smooth_w": nn.NewCrossEntropyLoss(nn.LabelSmoothing(0.1), nn.Weight(w)),
		"ce_probs": nn.NewCrossEntropyLoss(), "ce_probs_w": nn.NewCrossEntropyLoss(nn.Weight(w), nn.LabelSmoothing(0.2)), "ce_image": nn.NewCrossEntropyLoss(),
		"kl": nn.NewKLDivLoss(nn.Reduction("batchmean")), "kl_mean": nn.NewKLDivLoss(), "kl_log": nn.NewKLDivLoss(nn.Reduction("sum"), nn.LogTarget(true)),
		"soft_margin": nn.NewSoftMarginLoss(), "hinge_embedding": nn.NewHingeEmbeddingLoss(), "poisson": nn.NewPoissonNLLLoss(), "multi_margin": nn.NewMultiMarginLoss(),
	} {
		t.Run(name, func(t *testing.T) {
			want, ok := golden.Losses[name]
			if !ok {
				t.Fatal("golden.json has no such loss")
			}
			x := input(want.In).SetRequiresGrad(true)
			y := loss.Forward(x, input(want.Target))
			check(t, "loss", y.Float64s(), want.Loss, 1e-6)
			y.Backward(tensor.OnesLike(y))
			check(t, "gradient", x.Grad().Float64s(), want.Grad, 2e-6)
		})
	}
}

func TestBadInputPanics(t *testing.T) {
	x, labels := tensor.Zeros(4, 5), tensor.Of([]int{0, 1, 5, 2})
	for name, f := range map[string]func(){
		"linear of another size":   func() { nn.NewLinear(3, 2).Forward(x) },
		"mse of two shapes":        func() { nn.NewMSELoss().Forward(x, tensor.Zeros(5)) },
		"class out of range":       func() { nn.NewCrossEntropyLoss().Forward(x, labels) },
		"labels of another length": func() { nn.NewCrossEntropyLoss().Forward(x, tensor.Of([]int{1})) },
		"classes as floats":        func() { nn.NewCrossEntropyLoss().Forward(x, tensor.Zeros(4)) },
		"no probabilities":         func() { nn.NewBCELoss().Forward(x.SubScalar(0.1), x) },
		"unknown reduction":        func() { nn.NewMSELoss(nn.Reduction("max")) },
		"option of another layer":  func() { nn.NewLinear(2, 2, nn.Stride(2)) },
		"channels":                 func() { nn.NewConv2d(3, 6, 5).Forward(tensor.Zeros(1, 4, 8, 8)) },
		"groups":                   func() { nn.NewConv2d(3, 6, 5, nn.Groups(2)) },
		"dropout of 2":             func() { nn.NewDropout(2) },
		"float indices":            func() { nn.NewEmbedding(3, 2).Forward(x) },
		"nil in a sequence":        func() { nn.NewSequential(nil) },
		"one value to normalise":   func() { nn.NewBatchNorm1d(5).Forward(tensor.Zeros(1, 5)) },
		"heads":                    func() { nn.NewMultiheadAttention(5, 2) },
		"state of another batch":   func() { nn.NewGRU(5, 3).ForwardState(tensor.Zeros(2, 4, 5), tensor.Zeros(1, 1, 3)) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if _, ok := recover().(*tensor.Error); !ok {
					t.Error("no *tensor.Error")
				}
			}()
			f()
		})
	}
}

// Ignored examples have neither losses nor gradients, whatever the logits, also where nothing is left.
func TestIgnoredExamples(t *testing.T) {
	logits := tensor.Of([][]float32{{float32(math.Inf(-1)), 1, 2}, {0, 1, 2}}).SetRequiresGrad(true)
	weight := tensor.Of([]float32{1, 2, 3})
	for _, lossFn := range []nn.Loss{nn.NewCrossEntropyLoss(), nn.NewCrossEntropyLoss(nn.Weight(weight)), nn.NewCrossEntropyLoss(nn.Weight(weight), nn.Reduction("sum"))} {
		for _, target := range [][]int{{-100, 2}, {-100, -100}} {
			logits.SetGrad(nil)
			loss := lossFn.Forward(logits, tensor.Of(target))
			loss.Backward()
			g := logits.Grad().Float64s()
			check(t, "gradient of an ignored example", g[:3], []float64{0, 0, 0}, 0)
			if target[1] == -100 {
				check(t, "gradient of no example", g[3:], []float64{0, 0, 0}, 0)
			} else if math.IsNaN(loss.Item()) || math.IsNaN(g[3]) {
				t.Errorf("loss %v, gradient %v", loss.Item(), g)
			}
		}
	}
}

func TestClipGradNorm(t *testing.T) {
	a, b := tensor.Zeros(1).SetRequiresGrad(true), tensor.Zeros(1).SetRequiresGrad(true)
	a.MulScalar(3).Add(b.MulScalar(4)).Sum().Backward()
	if norm := nn.ClipGradNorm([]*T{a, b}, 1); math.Abs(norm-5) > 1e-6 {
		t.Errorf("norm %v, want 5", norm)
	}
	check(t, "clipped", append(a.Grad().Float64s(), b.Grad().Float64s()...), []float64{0.6, 0.8}, 1e-6)
	nn.ClipGradValue([]*T{a, b}, 0.7)
	check(t, "clipped to 0.7", append(a.Grad().Float64s(), b.Grad().Float64s()...), []float64{0.6, 0.7}, 1e-6)
}

func TestCausalMaskHidesTheFuture(t *testing.T) {
	tensor.ManualSeed(0)
	x := tensor.Randn(1, 4, 6)
	m := nn.NewMultiheadAttention(6, 3, nn.BatchFirst(true))
	before, weights := m.Attend(x, x, x, nn.CausalMask(4))
	check(t, "weights on the future", []float64{weights.At(0, 0, 1), weights.At(0, 2, 3)}, []float64{0, 0}, 0)
	autograd.NoGrad(func() { x.Select(1, 3).FillInPlace(9) })
	after, _ := m.Attend(x, x, x, nn.CausalMask(4))
	check(t, "results before the change", after.Narrow(1, 0, 3).Float64s(), before.Narrow(1, 0, 3).Float64s(), 0)
}

// A loss that looks at its input's values can be part of a static graph.
func TestBCELossInAGraph(t *testing.T) {
	g := autograd.NewGraph()
	x, y := g.Placeholder(2), g.Placeholder(2)
	out, err := g.Run([]*T{nn.NewBCELoss().Forward(x, y)}, autograd.Feed{x: tensor.Of([]float32{0.5, 0.5}), y: tensor.Ones(2)})
	if err != nil || math.Abs(out[0].Item()-math.Ln2) > 1e-6 {
		t.Error(out, err)
	}
}
