package tensor

import "math"

// DType is the type of a tensor's elements. The zero value is Float32.
type DType uint8

// The element types, PyTorch's.
const (
	Float32 DType = iota
	Float64
	Float16
	BFloat16
	Int8
	Int16
	Int32
	Int64
	UInt8
	Bool
	Complex64
	Complex128
	numDTypes
)

// kind orders dtypes for promotion: bool < integer < float < complex.
type kind uint8

const (
	kindBool kind = iota
	kindInt
	kindFloat
	kindComplex
)

var dtypes = [numDTypes]struct {
	name string
	size int
	kind kind
}{
	Float32:    {"float32", 4, kindFloat},
	Float64:    {"float64", 8, kindFloat},
	Float16:    {"float16", 2, kindFloat},
	BFloat16:   {"bfloat16", 2, kindFloat},
	Int8:       {"int8", 1, kindInt},
	Int16:      {"int16", 2, kindInt},
	Int32:      {"int32", 4, kindInt},
	Int64:      {"int64", 8, kindInt},
	UInt8:      {"uint8", 1, kindInt},
	Bool:       {"bool", 1, kindBool},
	Complex64:  {"complex64", 8, kindComplex},
	Complex128: {"complex128", 16, kindComplex},
}

// String returns the dtype's name, such as "float32".
func (d DType) String() string { return dtypes[d].name }

// Size returns the bytes of one element.
func (d DType) Size() int { return dtypes[d].size }

// IsFloat reports whether d is a real floating-point type.
func (d DType) IsFloat() bool { return dtypes[d].kind == kindFloat }

// IsInt reports whether d is an integer type; Bool is none.
func (d DType) IsInt() bool { return dtypes[d].kind == kindInt }

// IsComplex reports whether d is a complex type.
func (d DType) IsComplex() bool { return dtypes[d].kind == kindComplex }

// isHalf reports whether d's elements are floating-point numbers of 16 bits.
func (d DType) isHalf() bool { return d == Float16 || d == BFloat16 }

// realType returns the dtype of the parts of complex elements, d itself for others.
func (d DType) realType() DType {
	switch d {
	case Complex64:
		return Float32
	case Complex128:
		return Float64
	}
	return d
}

// complexType returns the complex dtype whose parts are of the floating-point
// type d; Complex64 for the small ones.
func (d DType) complexType() DType {
	switch {
	case d.IsComplex():
		return d
	case d == Float64 || !d.IsFloat() && defaultDType == Float64:
		return Complex128
	}
	return Complex64
}

// bounds returns the least and the greatest finite number of a dtype, of the parts of complex ones.
func (d DType) bounds() (lo, hi float64) {
	switch d.realType() {
	case Float16:
		hi = 65504
	case BFloat16:
		hi = 0x1.fep127
	case Float32:
		hi = math.MaxFloat32
	case Float64:
		hi = math.MaxFloat64
	case Bool:
		return 0, 1
	case UInt8:
		return 0, math.MaxUint8
	default:
		half := math.Ldexp(1, 8*d.Size()-1)
		return -half, min(half-1, math.Nextafter(half, 0)) // as numbers of float64, half - 1 may be half
	}
	return -hi, hi
}

// checkFits panics if d has no element for v: a number beyond its range, nan or an infinity for integers. As in
// PyTorch, integers cut fractions off and UInt8 wraps negative integers around.
func (d DType) checkFits(op string, v float64) {
	lo, hi := d.bounds()
	switch {
	case d == Bool || dtypes[d].kind >= kindFloat && v-v != 0:
		return
	case d == UInt8 && v == math.Trunc(v):
		lo = -hi
	}
	if !(v >= lo && v <= hi) {
		fail(op, "%v does not fit %v, whose numbers go from %v to %v", v, d, lo, hi)
	}
}

// checkUsable panics if operations cannot compute with d.
func (d DType) checkUsable(op string) {
	if d >= numDTypes {
		fail(op, "there is no dtype number %d", uint8(d))
	}
}
