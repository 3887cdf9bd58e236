package tensor

import (
	"math"
	"reflect"
	"unsafe"
)

// Factory makes tensors on a device and of a dtype. The package's constructors
// are those of the default factory: the CPU and [DefaultDType].
type Factory struct {
	device Device
	dtype  DType
	typed  bool
	gen    *Generator // nil: the default one
}

// On returns a factory of tensors on a device.
func On(d Device) Factory { return Factory{device: d} }

// As returns a factory of tensors of a dtype.
func As(d DType) Factory { return Factory{dtype: d, typed: true} }

// On returns the factory with another device.
func (f Factory) On(d Device) Factory { f.device = d; return f }

// As returns the factory with another dtype.
func (f Factory) As(d DType) Factory { f.dtype, f.typed = d, true; return f }

// From returns the factory with another source of random numbers.
func (f Factory) From(g *Generator) Factory { f.gen = g; return f }

// generator returns the factory's source of random numbers.
func (f Factory) generator() *Generator {
	if f.gen != nil {
		return f.gen
	}
	return DefaultGenerator()
}

// like returns the factory of tensors like x.
func like(x *Tensor) Factory { return Factory{device: x.Device(), dtype: x.dtype, typed: true} }

// dtypeOr returns the dtype that was asked for, or else d.
func (f Factory) dtypeOr(d DType) DType {
	if f.typed {
		return f.dtype
	}
	return d
}

// make returns a zeroed tensor.
func (f Factory) make(op string, shape []int, dtype DType) *Tensor {
	checkInterrupt()
	f.device.checkUsable(op)
	dtype.checkUsable(op)
	checkShape(op, shape)
	return empty(shape, dtype)
}

// Zeros returns a tensor of zeros.
func (f Factory) Zeros(shape ...int) *Tensor { return f.make("Zeros", shape, f.dtypeOr(defaultDType)) }

// Empty returns a tensor whose values the caller is going to set; they are zero.
func (f Factory) Empty(shape ...int) *Tensor { return f.make("Empty", shape, f.dtypeOr(defaultDType)) }

// Ones returns a tensor of ones.
func (f Factory) Ones(shape ...int) *Tensor { return f.Full(1, shape...) }

// Full returns a tensor with every element v, which must fit the dtype.
func (f Factory) Full(v float64, shape ...int) *Tensor { return f.full("Full", v, shape) }

func (f Factory) full(op string, v float64, shape []int) *Tensor {
	t := f.make(op, shape, f.dtypeOr(defaultDType))
	t.dtype.checkFits(op, v)
	t.fill(v)
	return t
}

// Scalar returns a 0-d tensor.
func (f Factory) Scalar(v float64) *Tensor { return f.Full(v) }

// Eye returns the n×n identity matrix, or n rows of another number of columns.
func (f Factory) Eye(n int, columns ...int) *Tensor {
	m := n
	switch len(columns) {
	case 0:
	case 1:
		m = columns[0]
	default:
		fail("Eye", "%d rows and columns %v; a matrix has two sizes", n, columns)
	}
	t := f.make("Eye", []int{n, m}, f.dtypeOr(defaultDType))
	viewOf(t, []int{min(n, m)}, []int{m + 1}, 0).fill(1)
	return t
}

// Arange returns start, start+step, … below stop (above, for negative steps).
// It is Int64 when the three are integers, as in PyTorch.
func (f Factory) Arange(start, stop, step float64) *Tensor {
	if step == 0 || math.IsNaN(start+stop+step) || math.IsInf(start-stop, 0) {
		fail("Arange", "from %v to %v by %v is no finite sequence; the step must not be 0", start, stop, step)
	}
	if (stop-start)*step < 0 {
		fail("Arange", "a step of %v does not lead from %v to %v", step, start, stop)
	}
	dtype := Int64
	if start != math.Trunc(start) || stop != math.Trunc(stop) || step != math.Trunc(step) {
		dtype = defaultDType
	}
	t := f.make("Arange", []int{int(math.Ceil((stop - start) / step))}, f.dtypeOr(dtype))
	lanes := 32 / t.dtype.Size()
	inVectors := t.NumEl() / (2 * lanes) * (2 * lanes)
	t.setEach(func(i int) float64 {
		if !t.dtype.IsFloat() || i >= inVectors {
			return start + float64(i)*step
		}
		// PyTorch rounds where a vector register begins
		return roundTo(t.dtype, start+float64(i-i%lanes)*step) + float64(i%lanes)*step
	})
	return t
}

// Linspace returns n evenly spaced values from a to b, both included.
func (f Factory) Linspace(a, b float64, n int) *Tensor {
	d := f.dtypeOr(defaultDType)
	if d.IsComplex() {
		return f.As(d.realType()).Linspace(a, b, n).Cast(d)
	}
	t := f.make("Linspace", []int{n}, d)
	if a, b = roundTo(d, a), roundTo(d, b); !d.IsFloat() { // steps between integers are fractions
		d = Float64
	}
	step := roundTo(d, roundTo(d, b-a)/float64(max(n-1, 1)))
	t.setEach(func(i int) float64 { // from both ends, so that b is exact
		if i < n/2 || n == 1 {
			return math.FMA(float64(i), step, a)
		}
		return math.FMA(-float64(n-1-i), step, b)
	})
	return t
}

// roundTo returns v as an element of dtype d has it.
func roundTo(d DType, v float64) float64 {
	t := As(d).Zeros()
	t.setFloats([]float64{v})
	return t.Item()
}

// Logspace returns n values from base^a to base^b, evenly spaced in the exponent.
func (f Factory) Logspace(a, b float64, n int, base float64) *Tensor {
	t := As(Float64).Linspace(a, b, n)
	t.setEach(func(i int) float64 { return math.Pow(base, slice[float64](t.storage)[i]) })
	return t.Cast(f.dtypeOr(defaultDType))
}

// setEach sets a contiguous 1-d tensor by index.
func (t *Tensor) setEach(f func(i int) float64) {
	buf := make([]float64, t.NumEl())
	for i := range buf {
		buf[i] = f(i)
	}
	t.setFloats(buf)
}

// setFloats copies values into t in row-major order.
func (t *Tensor) setFloats(v []float64) {
	shape, strides := collapse(t.shape, t.strides)
	scatter(t, shape, strides, 0, v)
}

// fill sets every element to v.
func (t *Tensor) fill(v float64) {
	switch {
	case t.dtype == Float64 || t.dtype.IsComplex():
		loop(&copyKernels.f64, t, []*Tensor{nil}, v)
	case t.dtype.IsFloat():
		loop(&copyKernels.f32, t, []*Tensor{nil}, v)
	case t.dtype == Bool && v != 0:
		loop(&copyKernels.i64, t, []*Tensor{nil}, 1)
	default:
		loop(&copyKernels.i64, t, []*Tensor{nil}, v)
	}
}

// Zeros returns a tensor of zeros.
func Zeros(shape ...int) *Tensor { return Factory{}.Zeros(shape...) }

// Empty returns a tensor whose values the caller is going to set; they are zero.
func Empty(shape ...int) *Tensor { return Factory{}.Empty(shape...) }

// Ones returns a tensor of ones.
func Ones(shape ...int) *Tensor { return Factory{}.Ones(shape...) }

// Full returns a tensor with every element v.
func Full(v float64, shape ...int) *Tensor { return Factory{}.Full(v, shape...) }

// Scalar returns a 0-d tensor.
func Scalar(v float64) *Tensor { return Factory{}.Scalar(v) }

// Eye returns the n×n identity matrix.
func Eye(n int, columns ...int) *Tensor { return Factory{}.Eye(n, columns...) }

// Arange returns start, start+step, … below stop; Int64 for integers.
func Arange(start, stop, step float64) *Tensor { return Factory{}.Arange(start, stop, step) }

// Linspace returns n evenly spaced values from a to b, both included.
func Linspace(a, b float64, n int) *Tensor { return Factory{}.Linspace(a, b, n) }

// Logspace returns n values from base^a to base^b, evenly spaced in the exponent.
func Logspace(a, b float64, n int, base float64) *Tensor { return Factory{}.Logspace(a, b, n, base) }

// ZerosLike returns zeros of x's shape, dtype and device.
func ZerosLike(x *Tensor) *Tensor { return like(x).Zeros(x.shape...) }

// OnesLike returns ones of x's shape, dtype and device.
func OnesLike(x *Tensor) *Tensor { return like(x).Ones(x.shape...) }

// EmptyLike returns a tensor of x's shape, dtype and device to be set.
func EmptyLike(x *Tensor) *Tensor { return like(x).Empty(x.shape...) }

// FullLike returns a tensor of v with x's shape, dtype and device.
func FullLike(x *Tensor, v float64) *Tensor { return like(x).Full(v, x.shape...) }

// FromSlice returns a tensor of the given shape with a copy of data, which is a
// slice of numbers or bools in row-major order. Without a shape it is 1-d. The
// dtype is data's own: []float32 gives Float32, []int and []int64 give Int64.
func FromSlice(data any, shape ...int) *Tensor {
	v := reflect.ValueOf(data)
	if v.Kind() != reflect.Slice && v.Kind() != reflect.Array {
		fail("FromSlice", "data is a %T; it must be a slice of numbers or bools", data)
	}
	if len(shape) == 0 {
		shape = []int{v.Len()}
	}
	checkShape("FromSlice", shape)
	if numel(shape) != v.Len() {
		fail("FromSlice", "%d values do not fill shape %s, which holds %d", v.Len(), shapeText(shape), numel(shape))
	}
	t := empty(shape, dtypeOf("FromSlice", v.Type().Elem()))
	t.setValues(v, 0)
	return t
}

// Of returns a tensor of the values of a number, a slice or nested slices, such
// as [][]float32{{1, 2}, {3, 4}}. All slices of one level must be equally long.
func Of(data any) *Tensor {
	v := reflect.ValueOf(data)
	var shape []int
	elem := v
	for elem.Kind() == reflect.Slice || elem.Kind() == reflect.Array {
		shape = append(shape, elem.Len())
		if elem.Len() == 0 {
			break
		}
		elem = elem.Index(0)
	}
	if !elem.IsValid() {
		fail("Of", "nil is not a number, slice or nested slice")
	}
	typ := elem.Type()
	for typ.Kind() == reflect.Slice || typ.Kind() == reflect.Array {
		typ = typ.Elem()
	}
	t := empty(shape, dtypeOf("Of", typ))
	t.setNested(v, 0, 0)
	return t
}

// setNested copies the values of one level of nested slices.
func (t *Tensor) setNested(v reflect.Value, level, at int) {
	switch {
	case level == len(t.shape):
		one := reflect.MakeSlice(reflect.SliceOf(v.Type()), 1, 1)
		one.Index(0).Set(v)
		t.setValues(one, at)
	case v.Len() != t.shape[level]:
		fail("Of", "ragged slices: %d values where the first slice of this level has %d", v.Len(), t.shape[level])
	case level == len(t.shape)-1:
		t.setValues(v, at)
	default:
		for i := range v.Len() {
			t.setNested(v.Index(i), level+1, at+i*t.strides[level])
		}
	}
}

// setValues copies a slice of numbers to the contiguous elements from at on.
func (t *Tensor) setValues(v reflect.Value, at int) {
	if v.Len() == 0 {
		return
	}
	if v.Kind() == reflect.Array { // slices have a pointer to copy from
		s := reflect.MakeSlice(reflect.SliceOf(v.Type().Elem()), v.Len(), v.Len())
		reflect.Copy(s, v)
		v = s
	}
	// elements of t's dtype have the size and form of v's
	size := t.dtype.Size()
	copy(slice[uint8](t.storage)[at*size:], unsafe.Slice((*uint8)(v.UnsafePointer()), v.Len()*size))
}

// setInts copies values into t in row-major order.
func (t *Tensor) setInts(v []int64) {
	shape, strides := collapse(t.shape, t.strides)
	scatter(t, shape, strides, 0, v)
}

func dtypeOf(op string, t reflect.Type) DType {
	switch t.Kind() {
	case reflect.Float32:
		return Float32
	case reflect.Float64:
		return Float64
	case reflect.Int, reflect.Int64:
		if t.Size() == 4 { // int where it has 32 bits
			return Int32
		}
		return Int64
	case reflect.Int32:
		return Int32
	case reflect.Int16:
		return Int16
	case reflect.Int8:
		return Int8
	case reflect.Uint8:
		return UInt8
	case reflect.Bool:
		return Bool
	case reflect.Complex64:
		return Complex64
	case reflect.Complex128:
		return Complex128
	}
	fail(op, "elements of type %v make no tensor; use float32, float64, an integer type, bool or a complex type", t)
	return 0
}
