package tensor

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
	ok   bool // operations compute with it
}{
	Float32:    {"float32", 4, kindFloat, true},
	Float64:    {"float64", 8, kindFloat, true},
	Float16:    {"float16", 2, kindFloat, true},
	BFloat16:   {"bfloat16", 2, kindFloat, true},
	Int8:       {"int8", 1, kindInt, true},
	Int16:      {"int16", 2, kindInt, true},
	Int32:      {"int32", 4, kindInt, true},
	Int64:      {"int64", 8, kindInt, true},
	UInt8:      {"uint8", 1, kindInt, true},
	Bool:       {"bool", 1, kindBool, true},
	Complex64:  {"complex64", 8, kindComplex, false},
	Complex128: {"complex128", 16, kindComplex, false},
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

// checkUsable panics if operations cannot compute with d.
func (d DType) checkUsable(op string) {
	if d >= numDTypes || !dtypes[d].ok {
		fail(op, "dtype %v is not supported; use a real, integer or bool dtype", d)
	}
}
