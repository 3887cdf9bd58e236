package interp

import (
	"go/ast"
	"reflect"
	"strings"

	"github.com/gophergrad/gophergrad/tensor"
)

// torchNames are names of PyTorch, in lower case and without underscores but a last one, that are not found by their letters: methods of
// tensors, and functions with their package.
var torchNames = map[string]string{
	"absolute": "Abs()", "all": "AllTrue()", "any": "AnyTrue()", "arccos": "Acos()", "arccosh": "Acosh()", "arcsin": "Asin()", "arcsinh": "Asinh()",
	"arctan": "Atan()", "arctan2": "Atan2(y)", "arctanh": "Atanh()", "argwhere": "NonZero()", "asarray": "tensor.Of(x)", "astensor": "tensor.Of(x)",
	"astype": "Cast(dtype)", "avgpool1d": "AvgPool(size, stride)", "bfloat16": "Cast(tensor.BFloat16)",
	"binarycrossentropy": "nn.NewBCELoss().Forward(x, y)", "binarycrossentropywithlogits": "nn.NewBCEWithLogitsLoss().Forward(x, y)",
	"bitwiseand": "BitAnd(y)", "bitwiseleftshift": "ShiftLeft(y)", "bitwisenot": "BitNot()", "bitwiseor": "BitOr(y)", "bitwiserightshift": "ShiftRight(y)",
	"bitwisexor": "BitXor(y)", "byte": "Cast(tensor.UInt8)", "chainmatmul": "tensor.MultiDot(x, y, z)", "char": "Cast(tensor.Int8)", "clip": "Clamp(lo, hi)",
	"clip_": "ClampInPlace(lo, hi)", "concat": "tensor.Cat(xs, 0)", "concatenate": "tensor.Cat(xs, 0)", "convtranspose1d": "ConvTranspose(weight, bias, opts)",
	"convtranspose2d": "ConvTranspose(weight, bias, opts)", "convtranspose3d": "ConvTranspose(weight, bias, opts)", "conv1d": "Conv(weight, bias, opts)",
	"conv3d": "Conv(weight, bias, opts)", "cpu": "To(tensor.CPU)", "crossentropy": "nn.NewCrossEntropyLoss().Forward(x, y)", "cuda": "To(tensor.CUDA(0))",
	"data": "Detach()", "divide": "Div(y)", "divide_": "DivInPlace(y)", "dot": "Dot(y)", "eigvalsh": "Eigh()", "expit": "Sigmoid()",
	"fill": "FillInPlace(v)", "fix": "Trunc()", "fliplr": "Flip(1)", "flipud": "Flip(0)", "floordivide": "FloorDiv(y)", "fold": "FoldImage(height, width, opts)", "fromnumpy": "tensor.Of(x)",
	"gammainc": "Igamma(y)", "gammaincc": "Igammac(y)", "gammaln": "Lgamma()", "ger": "Outer(y)", "getdevice": "Device()", "getrngstate": "tensor.DefaultGenerator().State()",
	"gradfn": "Node()", "greater": "Gt(y)", "greaterequal": "Ge(y)", "h": "Adjoint()", "half": "Cast(tensor.Float16)", "hingeloss": "nn.NewHingeEmbeddingLoss()",
	"indexput": "AddIndex(values, indices)", "indexput_": "SetIndex(value, indices)", "initialseed": "tensor.DefaultGenerator().InitialSeed()", "int": "Cast(tensor.Int32)",
	"inv": "Inverse()", "iscomplex": "DType().IsComplex()", "iscuda": "Device()", "isfloatingpoint": "DType().IsFloat()", "kldiv": "nn.NewKLDivLoss().Forward(x, y)",
	"less": "Lt(y)", "lessequal": "Le(y)", "lufactor": "LU()", "manualseed": "tensor.ManualSeed(0)", "mh": "Adjoint()", "moveaxis": "MoveDim(0, 1)", "msort": "Sort(0, false)", "mt": "Transpose(-2, -1)",
	"multigammaln": "Mvlgamma(p)", "multiply": "Mul(y)", "multiply_": "MulInPlace(y)", "ndim": "Dim()", "ndimension": "Dim()", "negative": "Neg()", "negative_": "NegInPlace()",
	"nelement": "NumEl()", "newempty": "tensor.Empty(2, 3)", "newfull": "tensor.Full(v, 2, 3)", "newones": "tensor.Ones(2, 3)", "newtensor": "tensor.Of(x)",
	"newzeros": "tensor.Zeros(2, 3)", "notequal": "Ne(y)", "numpy": "Float64s()", "orgqr": "HouseholderProduct(tau)", "pinv": "PInverse()", "psi": "Digamma()", "ravel": "Flatten()",
	"registerpostaccumulategradhook": "RegisterAccumulateHook(f)", "requiresgrad_": "SetRequiresGrad(true)", "reshapeas": "Reshape(y.Shape()...)",
	"rowstack": "tensor.VStack(x, y)", "rsub": "RSubScalar(v)", "scalartensor": "tensor.Scalar(v)", "seed": "tensor.ManualSeed(0)", "setdefaultdtype": "tensor.SetDefaultDType(tensor.Float64)",
	"setrngstate": "tensor.DefaultGenerator().SetState(state)", "sgn": "Sign()", "short": "Cast(tensor.Int16)", "splitwithsizes": "SplitSizes(sizes, 0)",
	"storageoffset": "Offset()", "stride": "Strides()", "subtract": "Sub(y)", "subtract_": "SubInPlace(y)", "sumtosize": "SumTo(2, 3)", "svdvals": "SVD()",
	"swapaxes": "Transpose(0, 1)", "swapdims": "Transpose(0, 1)", "tolist": "Nested()", "trapz": "Trapezoid(dx, -1)", "truedivide": "Div(y)", "type": "Cast(dtype)",
	"typeas": "Cast(y.DType())", "untypedstorage": "Storage()", "vdot": "Dot(y)", "vectornorm": "NormP(2, -1)", "viewascomplex": "AsComplex()", "viewasreal": "AsReal()",
}

// torchFunctions are members of torch and numpy that mean something else as members of a tensor.
var torchFunctions = map[string]string{
	"tensor": "tensor.Of(x)", "array": "tensor.Of(x)", "device": "tensor.CPU or tensor.CUDA(0)", "cuda": "tensor.CUDAAvailable()", "random": "tensor.Randn(2, 3)",
	"module": "a struct with layers as its fields and a method Forward(x *tensor.Tensor) *tensor.Tensor", "moduledict": "map[string]nn.Module{}",
	"modulelist": "[]nn.Module{}", "parameter": "tensor.Randn(2, 3).SetRequiresGrad(true)", "fft2": "x.FFTN(-2, -1)", "ifft2": "x.IFFTN(-2, -1)",
	"rfft2": "x.RFFTN(-2, -1)", "irfft2": "x.IRFFTN(-2, -1)", "unfold": "x.UnfoldImage(opts)", "upsample": "x.Interpolate(opts)", "hfft": "x.HFFTOpt(options)", "ihfft": "x.IHFFTOpt(options)",
	"save": "nn.Save(\"model.pt\", nn.StateDict(model))", "load": "nn.Load(\"model.pt\")", "nn": "nn.NewLinear(2, 3)", "optim": "optim.NewSGD(nn.Parameters(model), 0.1)",
	"dataloader": "data.NewLoader(dataset, data.BatchSize(32))", "clipgradnorm_": "nn.ClipGradNorm(nn.Parameters(model), 1)",
}

// torchKey is a name of PyTorch as the tables have it.
func torchKey(name string) string {
	plain, inPlace := strings.CutSuffix(name, "_")
	plain = strings.ToLower(strings.ReplaceAll(plain, "_", ""))
	if inPlace {
		plain += "_"
	}
	return plain
}

// torchMember is the Go for a member of a tensor in PyTorch's spelling, which may end in _ for in place.
func torchMember(name string) string {
	key := torchKey(name)
	if spelled := torchNames[key]; spelled != "" {
		return spelled
	}
	plain, inPlace := strings.CutSuffix(key, "_")
	found := ""
	for m := range reflect.TypeFor[*tensor.Tensor]().Methods() {
		switch lower := strings.ToLower(m.Name); {
		case lower == plain+"inplace" && (inPlace || found == ""):
			return m.Name
		case lower == plain:
			found = m.Name
		}
	}
	if inPlace && found != "" {
		return "x = x." + found + "()"
	}
	return found
}

// torchFunction is what the member asked of a package of PyTorch is called here: the last name of torch.nn.functional.relu. It is "" if
// nothing is.
func (s *Session) torchFunction(ch *checked, path []ast.Node) string {
	member := ""
	for i := 1; i < len(path); i++ {
		sel, ok := path[i].(*ast.SelectorExpr)
		if !ok {
			break
		}
		member = sel.Sel.Name
	}
	if member == "" {
		return ""
	}
	key := torchKey(member)
	if spelled := torchFunctions[key]; spelled != "" {
		return spelled
	}
	isFunction := member == strings.ToLower(member)
	if isFunction {
		if found := s.memberSpelled(ch, key, "tensor", "autograd"); found != "" {
			return found
		}
		switch spelled := torchMember(member); {
		case strings.Contains(spelled, ".") && !strings.HasPrefix(spelled, "DType()."):
			return spelled
		case spelled != "":
			return "a method of the tensor: x." + spelled
		}
	}
	return s.memberSpelled(ch, strings.TrimSuffix(key, "_"), "nn", "optim", "data", "autograd", "tensor")
}

// memberSpelled finds a function of packages by the letters of its name, or by those behind New or Init.
func (s *Session) memberSpelled(ch *checked, key string, packages ...string) string {
	for _, pkg := range packages {
		for _, f := range s.membersOfPackage(ch, pkg) {
			switch strings.ToLower(f) {
			case key, "new" + key, "init" + key:
				if !s.isType(pkg, f) {
					return pkg + "." + f
				}
			}
		}
	}
	return ""
}
