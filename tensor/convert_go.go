package tensor

import (
	"image"
	"image/color"
	"reflect"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// Conversions from and to what other Go code uses.

// Bytes returns a copy of the elements in row-major order, as they lie in
// memory: little-endian on the machines that the package runs on.
func (t *Tensor) Bytes() []byte {
	c, size := contiguous(t), t.dtype.Size()
	return slices.Clone(slice[uint8](c.storage)[c.offset*size:][:c.NumEl()*size])
}

// FromBytes returns a tensor of the elements that Bytes returned.
func FromBytes(data []byte, dtype DType, shape ...int) *Tensor {
	dtype.checkUsable("FromBytes")
	checkShape("FromBytes", shape)
	if want := numel(shape) * dtype.Size(); len(data) != want {
		fail("FromBytes", "%d bytes; shape %s of %v has %d", len(data), shapeText(shape), dtype, want)
	}
	t := unset(shape, dtype)
	copy(slice[uint8](t.storage), data)
	return t
}

// Nested returns the elements as nested slices, such as [][]float32 for a matrix: what Of would make the tensor of. Elements of 16
// bits become float32; a 0-d tensor becomes a number.
func (t *Tensor) Nested() any {
	t.checkReadable("Nested")
	c := contiguous(t)
	var flat reflect.Value
	switch t.dtype {
	case Float16, BFloat16, Float32:
		flat = reflect.ValueOf(c.Float32s())
	case Float64:
		flat = reflect.ValueOf(elements[float64](c))
	case Int64:
		flat = reflect.ValueOf(elements[int64](c))
	case Int32:
		flat = reflect.ValueOf(elements[int32](c))
	case Int16:
		flat = reflect.ValueOf(elements[int16](c))
	case Int8:
		flat = reflect.ValueOf(elements[int8](c))
	case UInt8:
		flat = reflect.ValueOf(elements[uint8](c))
	case Bool:
		flat = reflect.ValueOf(elements[bool](c))
	case Complex64:
		flat = reflect.ValueOf(elements[complex64](c))
	case Complex128:
		flat = reflect.ValueOf(elements[complex128](c))
	}
	return nest(flat, t.shape).Interface()
}

// nest returns a copy of a slice's elements as nested slices of the given sizes, or as one element.
func nest(flat reflect.Value, shape []int) reflect.Value {
	if len(shape) == 0 {
		return flat.Index(0)
	}
	typ, part := flat.Type().Elem(), numel(shape[1:])
	for range shape {
		typ = reflect.SliceOf(typ)
	}
	out := reflect.MakeSlice(typ, shape[0], shape[0])
	for i := range shape[0] {
		out.Index(i).Set(nest(flat.Slice(i*part, (i+1)*part), shape[1:]))
	}
	return out
}

// FromMatrix returns the elements of a gonum matrix, as Float64.
func FromMatrix(m mat.Matrix) *Tensor {
	rows, cols := m.Dims()
	dense := mat.DenseCopyOf(m)
	return FromSlice(dense.RawMatrix().Data, rows, cols)
}

// Dense returns a copy of a matrix for gonum, a vector as one column.
func (t *Tensor) Dense() *mat.Dense {
	switch {
	case t.NumEl() == 0:
		failOn("Dense", []*Tensor{t}, "shape %s is empty; gonum has no such matrices", shapeText(t.shape))
	case len(t.shape) == 1:
		return mat.NewDense(t.shape[0], 1, t.Float64s())
	case len(t.shape) != 2:
		failOn("Dense", []*Tensor{t}, "shape %s is neither a matrix nor a vector; Select or Reshape it", shapeText(t.shape))
	}
	return mat.NewDense(t.shape[0], t.shape[1], t.Float64s())
}

// FromImage returns an image as a Float32 tensor of shape (channels × height ×
// width) with values in [0, 1]: one channel for grey images, else red, green and
// blue; transparency is dropped.
func FromImage(img image.Image) *Tensor {
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	channels := 3
	switch img.ColorModel() {
	case color.GrayModel, color.Gray16Model:
		channels = 1
	}
	t := empty([]int{channels, h, w}, Float32)
	d, plane := slice[float32](t.storage), h*w
	for y := range h {
		checkInterrupt()
		for x := range w {
			c := color.NRGBA64Model.Convert(img.At(b.Min.X+x, b.Min.Y+y)).(color.NRGBA64)
			for i, v := range []uint16{c.R, c.G, c.B}[:channels] {
				d[i*plane+y*w+x] = float32(v) / 65535
			}
		}
	}
	return t
}

// Image returns a tensor of shape (height × width), (1 × height × width),
// (3 × height × width) or, with opacity, (4 × height × width) as an image:
// floating-point values in [0, 1], those outside cut off, UInt8 in [0, 255].
func (t *Tensor) Image() image.Image {
	n := len(t.shape)
	if n < 2 || n > 3 || n == 3 && t.shape[0] != 1 && t.shape[0] != 3 && t.shape[0] != 4 {
		failOn("Image", []*Tensor{t}, "shape %s; images are (height × width), (1 × height × width), (3 × height × width) or (4 × height × width)", shapeText(t.shape))
	}
	x := t.Detach()
	if t.dtype != UInt8 {
		x = x.MulScalar(255).Round().Clamp(0, 255).Cast(UInt8)
	}
	v, h, w := x.Bytes(), t.shape[n-2], t.shape[n-1]
	size := image.Rect(0, 0, w, h)
	if n == 2 || t.shape[0] == 1 {
		return &image.Gray{Pix: v, Stride: w, Rect: size}
	}
	img := image.NewNRGBA(size)
	for i := range h * w {
		for c := range 4 {
			img.Pix[4*i+c] = 255
			if c < t.shape[0] {
				img.Pix[4*i+c] = v[c*h*w+i]
			}
		}
	}
	return img
}
