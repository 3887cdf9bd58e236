package tensor

import "math"

// Promotion follows PyTorch (torch.result_type): the higher kind wins, then the
// wider type; a 0-d tensor gives way to one with dimensions of the same kind,
// and a plain number gives way to both.

// PromoteTypes returns the smallest dtype that both a and b convert to.
func PromoteTypes(a, b DType) DType {
	if a == b {
		return a
	}
	ka, kb := dtypes[a].kind, dtypes[b].kind
	if ka < kb {
		a, b, ka, kb = b, a, kb, ka
	}
	switch {
	case ka == kindComplex:
		if a == Complex128 || b == Complex128 || b == Float64 {
			return Complex128
		}
		return Complex64
	case ka != kb:
		return a
	case ka == kindFloat:
		if a == Float64 || b == Float64 {
			return Float64
		}
		return Float32 // also float16 with bfloat16
	case a == UInt8 || b == UInt8: // mixed signs: the next signed type
		if other := max(a, b) + min(a, b) - UInt8; other != Int8 {
			return other
		}
		return Int16
	}
	return max(a, b) // the signed integers are declared in ascending width
}

// ResultType returns the dtype of an elementwise operation on x and y.
func ResultType(x, y *Tensor) DType {
	if x.dtype == y.dtype {
		return x.dtype
	}
	xs, ys := len(x.shape) == 0, len(y.shape) == 0
	kx, ky := dtypes[x.dtype].kind, dtypes[y.dtype].kind
	switch {
	case xs && !ys && kx <= ky:
		return y.dtype
	case ys && !xs && ky <= kx:
		return x.dtype
	case xs && !ys && kx == kindComplex && ky == kindFloat: // the width is that of the one with dimensions
		return y.dtype.complexType()
	case ys && !xs && ky == kindComplex && kx == kindFloat:
		return x.dtype.complexType()
	}
	return PromoteTypes(x.dtype, y.dtype)
}

// scalarType returns the dtype of an elementwise operation on a tensor of type
// d and the number v. A number without fraction that an int64 holds counts as an
// integer, so that integer tensors stay integer: Go's constant 2 has no other way to say it.
func scalarType(d DType, v float64) DType {
	integral := v == math.Trunc(v) && math.Abs(v) < 1<<63
	switch dtypes[d].kind {
	case kindBool:
		if integral {
			return Int64
		}
		return defaultDType
	case kindInt:
		if !integral {
			return defaultDType
		}
	}
	return d
}

// floatType returns d if it is floating, else the default dtype: what exp, div
// and mean make of integers.
func floatType(d DType) DType {
	if dtypes[d].kind >= kindFloat {
		return d
	}
	return defaultDType
}

var defaultDType = Float32

// DefaultDType returns the dtype that constructors use, Float32 unless set.
func DefaultDType() DType { return defaultDType }

// SetDefaultDType sets the dtype that constructors use: Float32 or Float64.
func SetDefaultDType(d DType) {
	if !d.IsFloat() {
		fail("SetDefaultDType", "%v is not a floating-point dtype", d)
	}
	defaultDType = d
}
