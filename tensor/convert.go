package tensor

import (
	"unsafe"

	"github.com/gophergrad/gophergrad/tensor/internal/cpu"
)

func scratchSlice[C element](s *scratchSpace, i int) []C {
	return unsafe.Slice((*C)(unsafe.Pointer(&s[i])), chunk)
}

// gather copies elements [at, at+len(dst)) of t, walked in the order of shape
// with the given strides, into dst, converting them.
func gather[C compute](dst []C, t *Tensor, shape, stride []int, at int) {
	switch t.dtype {
	case Float32:
		gatherFrom(dst, slice[float32](t.storage), t.offset, shape, stride, at)
	case Float64:
		gatherFrom(dst, slice[float64](t.storage), t.offset, shape, stride, at)
	case Int64:
		gatherFrom(dst, slice[int64](t.storage), t.offset, shape, stride, at)
	case Int32:
		gatherFrom(dst, slice[int32](t.storage), t.offset, shape, stride, at)
	case Int16:
		gatherFrom(dst, slice[int16](t.storage), t.offset, shape, stride, at)
	case Int8:
		gatherFrom(dst, slice[int8](t.storage), t.offset, shape, stride, at)
	case UInt8, Bool:
		gatherFrom(dst, slice[uint8](t.storage), t.offset, shape, stride, at)
	case Float16:
		gatherHalf(dst, slice[uint16](t.storage), t.offset, shape, stride, at, cpu.FromF16, cpu.F16ToF32)
	case BFloat16:
		gatherHalf(dst, slice[uint16](t.storage), t.offset, shape, stride, at, cpu.FromBF16, cpu.BF16ToF32)
	case Complex64: // the real part
		gatherVia(dst, slice[complex64](t.storage), t.offset, shape, stride, at, func(v complex64) float32 { return real(v) })
	case Complex128:
		gatherVia(dst, slice[complex128](t.storage), t.offset, shape, stride, at, func(v complex128) float64 { return real(v) })
	}
}

func gatherFrom[C compute, S float32 | float64 | int64 | int32 | int16 | int8 | uint8](dst []C, src []S, off int, shape, stride []int, at int) {
	w := newWalk(off, shape, stride, at)
	for len(dst) > 0 {
		pos, step, n := w.run(len(dst))
		row := dst[:n]
		switch step {
		case 1:
			widen(row, src[pos:pos+n])
		case 0:
			v := C(src[pos])
			for i := range row {
				row[i] = v
			}
		default:
			for i := range row {
				row[i] = C(src[pos])
				pos += step
			}
		}
		dst = dst[n:]
	}
}

// widen converts a row.
func widen[C compute, S float32 | float64 | int64 | int32 | int16 | int8 | uint8](dst []C, src []S) {
	switch d := any(dst).(type) {
	case []float32:
		switch s := any(src).(type) {
		case []float32:
			copy(d, s)
			return
		case []float64:
			cpu.NarrowF64(d, s)
			return
		case []uint8:
			cpu.FromBytes(d, s)
			return
		}
	case []float64:
		switch s := any(src).(type) {
		case []float64:
			copy(d, s)
			return
		case []float32:
			cpu.WidenF32(d, s)
			return
		}
	}
	for i, v := range src {
		dst[i] = C(v)
	}
}

// gatherHalf gathers 16-bit floats: rows turned into float32 by convert, others
// one by one.
func gatherHalf[C compute](dst []C, src []uint16, off int, shape, stride []int, at int, convert func(dst []float32, x []uint16), one func(uint16) float32) {
	d, direct := any(dst).([]float32)
	if last := len(stride) - 1; !direct || last < 0 || stride[last] != 1 {
		gatherVia(dst, src, off, shape, stride, at, one)
		return
	}
	w := newWalk(off, shape, stride, at)
	for len(d) > 0 {
		pos, _, n := w.run(len(d))
		convert(d[:n], src[pos:pos+n])
		d = d[n:]
	}
}

func gatherVia[C compute, S any, F float32 | float64](dst []C, src []S, off int, shape, stride []int, at int, decode func(S) F) {
	w := newWalk(off, shape, stride, at)
	for len(dst) > 0 {
		pos, step, n := w.run(len(dst))
		for i := range n {
			dst[i] = C(decode(src[pos+i*step]))
		}
		dst = dst[n:]
	}
}

// scatter is gather's inverse: it writes src to elements [at, at+len(src)) of t.
func scatter[C compute](t *Tensor, shape, stride []int, at int, src []C) {
	switch t.dtype {
	case Float32:
		scatterTo(slice[float32](t.storage), t.offset, shape, stride, at, src)
	case Float64:
		scatterTo(slice[float64](t.storage), t.offset, shape, stride, at, src)
	case Int64:
		scatterTo(slice[int64](t.storage), t.offset, shape, stride, at, src)
	case Int32:
		scatterTo(slice[int32](t.storage), t.offset, shape, stride, at, src)
	case Int16:
		scatterTo(slice[int16](t.storage), t.offset, shape, stride, at, src)
	case Int8:
		scatterTo(slice[int8](t.storage), t.offset, shape, stride, at, src)
	case UInt8:
		scatterTo(slice[uint8](t.storage), t.offset, shape, stride, at, src)
	case Bool:
		scatterBools(slice[bool](t.storage), t.offset, shape, stride, at, src)
	case Float16:
		scatterHalf(slice[uint16](t.storage), t.offset, shape, stride, at, src, cpu.ToF16, cpu.F32ToF16)
	case BFloat16:
		scatterHalf(slice[uint16](t.storage), t.offset, shape, stride, at, src, cpu.ToBF16, cpu.F32ToBF16)
	case Complex64:
		scatterReals[C, complex64, float32](slice[complex64](t.storage), t.offset, shape, stride, at, src)
	case Complex128:
		scatterReals[C, complex128, float64](slice[complex128](t.storage), t.offset, shape, stride, at, src)
	}
}

func scatterTo[C compute, D float32 | float64 | int64 | int32 | int16 | int8 | uint8](dst []D, off int, shape, stride []int, at int, src []C) {
	w := newWalk(off, shape, stride, at)
	for len(src) > 0 {
		pos, step, n := w.run(len(src))
		if step == 1 {
			narrow(dst[pos:pos+n], src[:n])
		} else {
			for _, v := range src[:n] {
				dst[pos] = convert[C, D](v)
				pos += step
			}
		}
		src = src[n:]
	}
}

// narrow converts a row.
func narrow[C compute, D float32 | float64 | int64 | int32 | int16 | int8 | uint8](dst []D, src []C) {
	switch s := any(src).(type) {
	case []float32:
		switch d := any(dst).(type) {
		case []float32:
			copy(d, s)
			return
		case []float64:
			cpu.WidenF32(d, s)
			return
		}
	case []float64:
		switch d := any(dst).(type) {
		case []float64:
			copy(d, s)
			return
		case []float32:
			cpu.NarrowF64(d, s)
			return
		}
	}
	for i, v := range src {
		dst[i] = convert[C, D](v)
	}
}

func scatterBools[C compute](dst []bool, off int, shape, stride []int, at int, src []C) {
	w := newWalk(off, shape, stride, at)
	for len(src) > 0 {
		pos, step, n := w.run(len(src))
		for i, v := range src[:n] {
			dst[pos+i*step] = v != 0
		}
		src = src[n:]
	}
}

// scatterHalf scatters 16-bit floats: rows made of float32 by convert, others one
// by one.
func scatterHalf[C compute](dst []uint16, off int, shape, stride []int, at int, src []C, convert func(dst []uint16, x []float32), one func(float32) uint16) {
	s, direct := any(src).([]float32)
	if last := len(stride) - 1; !direct || last < 0 || stride[last] != 1 {
		scatterAs(dst, off, shape, stride, at, src, func(v C) uint16 { return one(float32(v)) })
		return
	}
	w := newWalk(off, shape, stride, at)
	for len(s) > 0 {
		pos, _, n := w.run(len(s))
		convert(dst[pos:pos+n], s[:n])
		s = s[n:]
	}
}

// scatterReals scatters complex numbers without imaginary parts.
func scatterReals[C compute, D complex64 | complex128, F float32 | float64](dst []D, off int, shape, stride []int, at int, src []C) {
	pairs := storagePairs[F](dst)
	w := newWalk(off, shape, stride, at)
	for len(src) > 0 {
		pos, step, n := w.run(len(src))
		for i, v := range src[:n] {
			p := 2 * (pos + i*step)
			pairs[p], pairs[p+1] = F(v), 0
		}
		src = src[n:]
	}
}

// storagePairs sees complex numbers as two numbers each.
func storagePairs[F float32 | float64, D complex64 | complex128](d []D) []F {
	return unsafe.Slice((*F)(unsafe.Pointer(unsafe.SliceData(d))), 2*len(d))
}

// convert is Go's conversion, by way of int32 for small integers: a float out of their range wraps around there, and one
// out of int32's, or nan, becomes the least number of int32 or int64, as in PyTorch.
func convert[C compute, D float32 | float64 | int64 | int32 | int16 | int8 | uint8](v C) D {
	var zero D
	switch any(zero).(type) {
	case float32, float64:
		return D(v)
	}
	least := C(-1 << 31)
	switch any(zero).(type) {
	case int64:
		least = -1 << 63
	}
	if _, integer := any(v).(int64); !integer && !(v >= least && v < -least) {
		v = least
	}
	return D(int64(v))
}

func scatterAs[C element, D bool | uint16 | complex64 | complex128](dst []D, off int, shape, stride []int, at int, src []C, encode func(C) D) {
	w := newWalk(off, shape, stride, at)
	for len(src) > 0 {
		pos, step, n := w.run(len(src))
		for i, v := range src[:n] {
			dst[pos+i*step] = encode(v)
		}
		src = src[n:]
	}
}

// gatherAny is gather for all types that kernels compute in.
func gatherAny[C element](dst []C, t *Tensor, shape, stride []int, at int) {
	switch d := any(dst).(type) {
	case []float32:
		gather(d, t, shape, stride, at)
	case []float64:
		gather(d, t, shape, stride, at)
	case []int64:
		gather(d, t, shape, stride, at)
	case []complex128:
		gatherComplex(d, t, shape, stride, at)
	}
}

func gatherComplex(dst []complex128, t *Tensor, shape, stride []int, at int) {
	switch t.dtype {
	case Complex64:
		gatherPairs(dst, slice[complex64](t.storage), t.offset, shape, stride, at)
	case Complex128:
		gatherPairs(dst, slice[complex128](t.storage), t.offset, shape, stride, at)
	default:
		var part [128]float64
		for len(dst) > 0 {
			n := min(len(part), len(dst))
			gather(part[:n], t, shape, stride, at)
			for i, v := range part[:n] {
				dst[i] = complex(v, 0)
			}
			dst, at = dst[n:], at+n
		}
	}
}

func gatherPairs[S complex64 | complex128](dst []complex128, src []S, off int, shape, stride []int, at int) {
	w := newWalk(off, shape, stride, at)
	for len(dst) > 0 {
		pos, step, n := w.run(len(dst))
		for i := range n {
			dst[i] = complex128(src[pos+i*step])
		}
		dst = dst[n:]
	}
}

// scatterAny is scatter for all types that kernels compute in.
func scatterAny[C element](t *Tensor, shape, stride []int, at int, src []C) {
	switch s := any(src).(type) {
	case []float32:
		scatter(t, shape, stride, at, s)
	case []float64:
		scatter(t, shape, stride, at, s)
	case []int64:
		scatter(t, shape, stride, at, s)
	case []complex128:
		scatterComplex(t, shape, stride, at, s)
	}
}

// scatterComplex writes complex numbers, their real parts where t is real.
func scatterComplex(t *Tensor, shape, stride []int, at int, src []complex128) {
	switch t.dtype {
	case Complex64:
		scatterAs(slice[complex64](t.storage), t.offset, shape, stride, at, src, func(v complex128) complex64 { return complex64(v) })
	case Complex128:
		scatterAs(slice[complex128](t.storage), t.offset, shape, stride, at, src, func(v complex128) complex128 { return v })
	case Bool:
		scatterAs(slice[bool](t.storage), t.offset, shape, stride, at, src, func(v complex128) bool { return v != 0 })
	default:
		var part [128]float64
		for len(src) > 0 {
			n := min(len(part), len(src))
			for i, v := range src[:n] {
				part[i] = real(v)
			}
			scatter(t, shape, stride, at, part[:n])
			src, at = src[n:], at+n
		}
	}
}

// walk goes through strided elements in row-major order, a run of equal steps
// at a time.
type walk struct {
	shape, stride []int
	index         [8]int
	more          []int
	pos           int
}

func newWalk(offset int, shape, stride []int, at int) walk {
	w := walk{shape: shape, stride: stride, pos: offset}
	if len(shape) > len(w.index) {
		w.more = make([]int, len(shape))
	}
	if at != 0 {
		idx := w.idx()
		for i := len(shape) - 1; i >= 0; i-- {
			idx[i] = at % shape[i]
			at /= shape[i]
			w.pos += idx[i] * stride[i]
		}
	}
	return w
}

func (w *walk) idx() []int {
	if w.more != nil {
		return w.more
	}
	return w.index[:len(w.shape)]
}

// run returns the position of the next element and how many of the following,
// at most limit, lie step apart; the walk moves past them.
func (w *walk) run(limit int) (pos, step, n int) {
	last := len(w.shape) - 1
	if last < 0 {
		return w.pos, 0, limit
	}
	idx := w.idx()
	pos, step = w.pos, w.stride[last]
	n = min(limit, w.shape[last]-idx[last])
	idx[last] += n
	w.pos += n * step
	for i := last; i > 0 && idx[i] == w.shape[i]; i-- {
		w.pos += w.stride[i-1] - idx[i]*w.stride[i]
		idx[i] = 0
		idx[i-1]++
	}
	return pos, step, n
}
