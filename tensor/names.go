package tensor

import (
	"strings"
	"sync"
)

// methodName returns the method or function that runs an op, as errors spell it:
// "LogSoftmax" for "log_softmax".
func methodName(op string) string {
	if name, ok := methods[strings.TrimSuffix(op, "_scalar")]; ok {
		if strings.HasSuffix(op, "_scalar") && op != "pow_scalar" {
			name += "Scalar"
		}
		return name
	}
	return camel(op, false)
}

// named makes t, the result of several operations, print the one that it is in PyTorch.
func (t *Tensor) named(gradFn string) *Tensor {
	t.node.PrintAs(gradFn)
	return t
}

// PrintAs makes the results of a node, which may be nil, print another grad_fn: that of what the node is the last part of.
func (n *Node) PrintAs(gradFn string) {
	if n == nil || n.Op.GradFn == gradFn {
		return
	}
	key := [2]string{n.Op.Name, gradFn}
	op, ok := renamed.Load(key)
	if !ok {
		other := *n.Op
		other.GradFn = gradFn
		op, _ = renamed.LoadOrStore(key, &other)
	}
	n.Op = op.(*Op)
}

var renamed sync.Map // operations under other names: [2]string → *Op

// gradFnName returns the name under which PyTorch prints an op's history.
func gradFnName(op string) string {
	if name, ok := gradFns[op]; ok {
		return name
	}
	return camel(strings.TrimSuffix(op, "_scalar"), true) + "Backward0"
}

// camel makes "LogSoftmax" of "log_softmax", and "Log1P" of "log1p" if digits end words.
func camel(name string, digits bool) string {
	out, up := []byte{}, true
	for i := 0; i < len(name); i++ {
		c := name[i]
		switch {
		case c == '_':
			up = true
			continue
		case up && 'a' <= c && c <= 'z':
			c -= 'a' - 'A'
		}
		out, up = append(out, c), digits && '0' <= c && c <= '9'
	}
	return string(out)
}

// gradFns are the names in PyTorch that do not follow from the op's.
var gradFns = map[string]string{
	"clamp": "ClampBackward1", "entr": "SpecialEntrBackward0", "erfcx": "SpecialErfcxBackward0", "fmod": "FmodBackward1", "gelu_tanh": "GeluBackward0",
	"bessel_j0": "SpecialBesselJ0Backward0", "bessel_j1": "SpecialBesselJ1Backward0", "bessel_y0": "SpecialBesselY0Backward0",
	"bessel_y1": "SpecialBesselY1Backward0", "modified_bessel_k0": "SpecialModifiedBesselK0Backward0",
	"modified_bessel_k1": "SpecialModifiedBesselK1Backward0", "i0e": "SpecialI0EBackward0", "i1": "SpecialI1Backward0", "i1e": "SpecialI1EBackward0", "linalg_cholesky": "LinalgCholeskyExBackward0",
	"linalg_inv": "LinalgInvExBackward0", "linalg_solve": "LinalgSolveExBackward0", "log_ndtr": "SpecialLogNdtrBackward0",
	"matrix_exp": "LinalgMatrixExpBackward0", "max_dim": "MaxBackward0", "median_dim": "MedianBackward1", "min_dim": "MinBackward0",
	"nanmedian_dim": "NanmedianBackward1", "ndtri": "SpecialNdtriBackward0", "pow": "PowBackward1", "rdiv_scalar": "MulBackward0",
	"remainder": "RemainderBackward1", "rpow_scalar": "PowBackward2", "rsub_scalar": "RsubBackward1", "square": "PowBackward0",
	"xlog1py": "SpecialXlog1PyBackward0", "zeta": "SpecialZetaBackward0",
}

// methods are those whose names do not follow from the op's.
var methods = map[string]string{
	"amax": "AMax", "amin": "AMin", "any": "AnyTrue", "all": "AllTrue",
	"as_strided_scatter": "AsStrided", "bitwise_and": "BitAnd", "bitwise_or": "BitOr", "bitwise_xor": "BitXor", "bitwise_not": "BitNot",
	"bitwise_left_shift": "ShiftLeft", "bitwise_right_shift": "ShiftRight", "celu": "CELU", "copysign": "CopySign",
	"cummax": "CumMax", "cummin": "CumMin", "cumprod": "CumProd", "cumsum": "CumSum", "elu": "ELU", "fft_c2c": "FFT", "fft_r2c": "RFFT",
	"floor_divide": "FloorDiv", "gcd": "GCD", "gelu": "GELU", "gelu_backward": "GELUBackward", "gelu_tanh": "GELUTanh",
	"hardshrink": "HardShrink", "hardtanh": "HardTanh", "hardsigmoid": "HardSigmoid", "hardswish": "HardSwish", "isfinite": "IsFinite", "isinf": "IsInf",
	"isnan": "IsNaN", "isneginf": "IsNegInf", "isposinf": "IsPosInf", "kthvalue": "KthValue", "lcm": "LCM", "leaky_relu": "LeakyReLU",
	"linalg_cholesky": "Cholesky", "linalg_det": "Det", "linalg_eig": "Eig", "linalg_eigh": "Eigh", "linalg_inv": "Inverse",
	"linalg_lstsq": "LstSq", "linalg_lu": "LU", "linalg_pinv": "PInverse", "linalg_qr": "QR", "linalg_slogdet": "SLogDet",
	"linalg_solve": "Solve", "linalg_svd": "SVD", "logaddexp": "LogAddExp", "logaddexp2": "LogAddExp2", "logcumsumexp": "LogCumSumExp", "logsumexp": "LogSumExp",
	"matmul": "MatMul", "nanmedian_dim": "NanMedianDim", "native_batch_norm": "BatchNormTrain",
	"native_batch_norm_backward": "BatchNormBackward", "native_layer_norm": "LayerNorm", "native_layer_norm_backward": "LayerNormBackward",
	"nextafter": "NextAfter", "pow": "Pow", "rdiv": "RDiv", "relu": "ReLU", "rpow": "RPow", "rsub": "RSub", "signbit": "SignBit",
	"silu": "SiLU", "silu_backward": "SiLUBackward", "softshrink": "SoftShrink", "split_with_sizes": "SplitSizes", "topk": "TopK", "view_as_complex": "AsComplex", "view_as_real": "AsReal",
}
