package tensor

import "strings"

// methodName returns the method or function that runs an op, as errors spell it:
// "LogSoftmax" for "log_softmax".
func methodName(op string) string {
	if name, ok := methods[strings.TrimSuffix(op, "_scalar")]; ok {
		if strings.HasSuffix(op, "_scalar") && op != "pow_scalar" {
			name += "Scalar"
		}
		return name
	}
	g := gradFnName(op)
	return g[:len(g)-len("Backward0")]
}

// methods are those whose names do not follow from the op's.
var methods = map[string]string{
	"amax": "AMax", "amin": "AMin", "any": "AnyTrue", "all": "AllTrue",
	"as_strided_scatter": "AsStrided", "bitwise_and": "BitAnd", "bitwise_or": "BitOr", "bitwise_xor": "BitXor", "bitwise_not": "BitNot",
	"bitwise_left_shift": "ShiftLeft", "bitwise_right_shift": "ShiftRight", "celu": "CELU", "copysign": "CopySign",
	"cummax": "CumMax", "cummin": "CumMin", "cumprod": "CumProd", "cumsum": "CumSum", "elu": "ELU", "fft_c2c": "FFT", "fft_r2c": "RFFT",
	"floor_divide": "FloorDiv", "gcd": "GCD", "gelu": "GELU", "gelu_backward": "GELUBackward", "gelu_tanh": "GELUTanh",
	"hardshrink": "HardShrink", "hardsigmoid": "HardSigmoid", "hardswish": "HardSwish", "isfinite": "IsFinite", "isinf": "IsInf",
	"isnan": "IsNaN", "isneginf": "IsNegInf", "isposinf": "IsPosInf", "kthvalue": "KthValue", "lcm": "LCM", "leaky_relu": "LeakyReLU",
	"linalg_cholesky": "Cholesky", "linalg_det": "Det", "linalg_eig": "Eig", "linalg_eigh": "Eigh", "linalg_inv": "Inverse",
	"linalg_lstsq": "LstSq", "linalg_lu": "LU", "linalg_pinv": "PInverse", "linalg_qr": "QR", "linalg_slogdet": "SLogDet",
	"linalg_solve": "Solve", "linalg_svd": "SVD", "logaddexp": "LogAddExp", "logcumsumexp": "LogCumSumExp", "logsumexp": "LogSumExp",
	"matmul": "MatMul", "nanmedian_dim": "NanMedianDim", "native_batch_norm": "BatchNormTrain",
	"native_batch_norm_backward": "BatchNormBackward", "native_layer_norm": "LayerNorm", "native_layer_norm_backward": "LayerNormBackward",
	"nextafter": "NextAfter", "pow": "Pow", "rdiv": "RDiv", "relu": "ReLU", "rpow": "RPow", "rsub": "RSub", "signbit": "SignBit",
	"silu": "SiLU", "silu_backward": "SiLUBackward", "softshrink": "SoftShrink", "topk": "TopK", "view_as_real": "AsReal",
}
