package interp

import (
	"regexp"
	"slices"
	"testing"
)

// What PyTorch's users write gets an error that names the Go for it, which runs.
func TestTorchHabits(t *testing.T) {
	n := newNotebook(t, "x, y := tensor.Ones(3, 3), tensor.Ones(3, 3)\nmodel := nn.NewLinear(3, 4)\nk := tensor.Of([]int{1, 2})\nv := 3.0")
	for code, want := range map[string]string{
		"x + y": "x.Add(y)", "x - 2": "x.SubScalar(2)", "2 * x": "x.MulScalar(2)", "2 - x": "x.RSubScalar(2)", "1 / x": "x.RDivScalar(1)",
		"x / y": "x.Div(y)", "x > 0": "x.GtScalar(0)", "0 > x": "x.LtScalar(0)", "x <= y": "x.Le(y)", "k & k": "k.BitAnd(k)", "-x": "x.Neg()",
		"x ** 2": "x.Pow(2)", "v ** 2": "math.Pow(v, 2)", "x += y": "x = x.Add(y)", "x *= 2": "x = x.MulScalar(2)",
		"x[1:]": "x.Index(tensor.From(1))", "x[:2]": "x.Index(tensor.Span(0, 2))", "x[:]": "x.Index(tensor.All)", "model(x)": "model.Forward(x)",
	} {
		value, _ := n.fails(code)
		wants(t, value, "; Go writes "+want)
		n.ok(want)
	}
	for code, want := range map[string]string{
		"x[0]": "x.Index(0)", "len(x)": "x.Size(0)", "nn.Linear(3, 4)": "nn.NewLinear makes one", "nn.ReLU()": "nn.NewReLU makes one",
		"x.Add(2)": "AddScalar takes a number", "x.MatMul(2)": "tensor.Scalar makes a tensor of a number",
		"torch.randn(2)": "Go writes tensor.Randn", "torch.no_grad()": "Go writes autograd.NoGrad", "torch.exp(x)": "x.Exp", "np.zeros(3)": "Go writes tensor.Zeros",
		"x.relu()": "Go writes ReLU", "x.add_(y)": "Go writes AddInPlace", "x.requires_grad": "Go writes RequiresGrad", "x.bitwise_and(y)": "Go writes BitAnd(y)", "x.numpy()": "Go writes Float64s()",
		"x[0, 1]": "x.Index(tensor.All", "x[v, 1]": "x.Index(tensor.All", "x[v, v]": "x.At(v, v)", "tensor.Zeros((3, 4))": "without a tuple: tensor.Zeros(3, 4)", "if y.Sum() < 0.1 { }": "or y.Sum().Item() < 0.1",
		"v += y.Sum()": "Go writes v += y.Sum().Item()", "[]float64{y.Sum()}": "y.Sum().Item() is the number", "display.Line(\"l\", x)": "x.Float64s()",
		"v + x": "or v + x.Item()", "if x.GtScalar(0) { }": "x.Item() < 0.1", "x.T.MatMul(y)": "Go writes x.T().MatMul", "x.Shape[0]": "x.Shape() calls it", "v = x.Item": "x.Item() calls it",
		"model.parameters()": "Go writes nn.Parameters(model)", "model.load_state_dict(k)": "Go writes nn.LoadStateDict(model, k)", "optim.NewSGD(model, 0.1)": "Go writes nn.Parameters(model)",
		"optim.NewSGD(nil, 0.1, 0.9)": "Shift-Tab on optim.NewSGD", "tensor.Tensor([]int{1})": "tensor.Of", "torch.tensor(1)": "tensor.Of(x)", "torch.load(1)": "nn.Load", "x.Max(1)": "x.MaxDim gives",
		"for b := range data.NewLoader(nil) { }": ".Iter(); it.Next();", "nn.NewSequential()[0]": ".At(0)", "nn.NewSequential().At(0).Weight": ".(*nn.Linear).Weight",
		"nn.CrossEntropy()": "did you mean nn.NewCrossEntropyLoss?", "data.DataLoader(1)": "Go writes data.NewLoader(", "x.To(\"cpu\")": "tensor.CPU and", "tensor.As(\"float64\")": "tensor.Float32",
		"[x for x in xs]": "Go makes lists in loops", "y := tensor.Randn(2, requires_grad=true)": "SetRequiresGrad(true)", "autograd.NoGrad()": "NoGrad(func() { … })", "x = 3": ":= on top level",
		"F.relu(x)": "x.ReLU", "F.unfold(x)": "x.UnfoldImage", "F.grid_sample(x)": "x.GridSample", "func f(x) { }": "have a name and a type: x int", "tensor.Zeros([]int{1})": "one by one", "tensor.Cat(x, 0)": "[]*tensor.Tensor{x}", "x.Size()": "x.Shape()", "data.NewSubset(nil, nil)[0]": ".Get(0)", "Linear(2, 3)": "did you mean nn.NewLinear?",
		"widgets.NewIntSlider(\"n\", 3, 0)": "; it is widgets.NewIntSlider(description string, value int, min int, max int) *widgets.IntSlider", "sd := nn.Load(\"x\")": "; it is nn.Load(path string) (*nn.State, error)", "nn.NewLinear(3)": "in int, out int, opts ...nn.Option",
		"torch.linalg.inv(x)": "x.Inverse()", "torch.nn.functional.mse_loss(x, y)": "Go writes nn.NewMSELoss", "nn.functional.leaky_relu(x)": "x.LeakyReLU", "nn.init.xavier_uniform_(x)": "nn.InitXavierUniform",
		"F.cross_entropy(x, k)": "nn.NewCrossEntropyLoss().Forward(x, y)", "torch.optim.Adam(1)": "optim.NewAdam", "torch.special.expit(x)": "x.Sigmoid()", "x.Inv()": "Go writes Inverse()", "x.tan_()": "Go writes x = x.Tan()",
		"tensor.Empty(2).Fill(3)": "Go writes FillInPlace(v)", "tensor.Range(1, 8, 2)": "tensor.From, tensor.Span", "tensor.Arange(10)": "tensor.Arange(0, 10, 1)", "for _, row := range x { }": "x.Unbind(0)",
		"True": "Go writes true", "x.requires_grad_()": "Go writes SetRequiresGrad(true)",
	} {
		value, _ := n.fails(code)
		wants(t, value, want)
	}
}

// The names that PyTorch's are translated to exist.
func TestTorchNamesExist(t *testing.T) {
	n := newNotebook(t)
	ch, _ := n.check(&cell{})
	spelledName := regexp.MustCompile(`^(?:x\.)?([A-Z]\w*)|^(\w+)\.(\w+)`)
	for _, names := range []map[string]string{torchNames, torchFunctions} {
		for name, spelled := range names {
			m := spelledName.FindStringSubmatch(spelled)
			switch {
			case m == nil: // a type, or words
			case m[1] != "" && !hasTensorMethod(m[1]), m[2] != "" && !slices.Contains(n.membersOfPackage(ch, m[2]), m[3]):
				t.Errorf("%s is said to be %s", name, spelled)
			}
		}
	}
	for op, method := range operatorMethods {
		if !hasTensorMethod(method) {
			t.Errorf("%v is said to be %s", op, method)
		}
	}
	for op, method := range mirrored {
		if !hasTensorMethod(method) {
			t.Errorf("a number %v is said to be %s", op, method)
		}
	}
}
