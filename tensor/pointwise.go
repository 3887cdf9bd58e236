package tensor

import "sync"

// Pointwise operations compute in one of four Go types (float32, float64,
// int64, complex128) on contiguous slices. Operands of other types, strides or shapes are
// brought to that form a chunk at a time, so that a kernel is written once and
// works for every dtype, view and broadcast without a temporary tensor.

// compute are the real types that kernels compute in.
type compute interface{ float32 | float64 | int64 }

// element are all types that kernels compute in.
type element interface{ compute | complex128 }

// kernel computes d from one, two or three slices of d's length.
type kernel[C element] struct {
	f1 func(d, a []C)
	f2 func(d, a, b []C)
	f3 func(d, a, b, c []C)
	fs func(d, a []C, s C) // f2 for a second operand that is a number, if there is a faster way

	// the same without bools as numbers on the way, where there are such
	truth  func(d []bool, a, b []C)        // f2 that gives bools
	masked func(d []C, m []bool, a, b []C) // f3 that chooses by bools
}

// run computes a range; s is the second operand where fs takes it.
func (k *kernel[C]) run(d []C, in *[3][]C, s C) {
	switch {
	case k.f1 != nil:
		k.f1(d, in[0])
	case k.fs != nil && in[1] == nil:
		k.fs(d, in[0], s)
	case k.f2 != nil:
		k.f2(d, in[0], in[1])
	default:
		k.f3(d, in[0], in[1], in[2])
	}
}

// kernels is a kernel in every compute type. Without the one for int64, integer
// operands are computed in the default dtype.
type kernels struct {
	f32  kernel[float32]
	f64  kernel[float64]
	i64  kernel[int64]
	c128 kernel[complex128]

	factor bool // a number as second operand keeps its digits beside elements of 16 bits
}

func (k *kernels) forInts() bool { return k.i64.defined() }

func (k *kernels) forComplex() bool { return k.c128.defined() }

func (k *kernel[C]) defined() bool { return k.f1 != nil || k.f2 != nil || k.f3 != nil || k.fs != nil }

// number returns s as a C.
func number[C element](s float64) (c C) {
	switch p := any(&c).(type) {
	case *float32:
		*p = float32(s)
	case *float64:
		*p = s
	case *int64:
		*p = int64(s)
	case *complex128:
		*p = complex(s, 0)
	}
	return c
}

// chunk is the number of elements brought to contiguous form at a time; the
// buffers of one operation stay in the first-level cache.
const chunk = 1024

// operand feeds one input of a pointwise loop.
type operand[C element] struct {
	t      *Tensor
	n      int // the dimensions of the loop's shape, collapsed
	shape  [inlineDims]int
	stride [inlineDims]int // t's steps in it, 0 where t is broadcast
	more   [2][]int        // both if there are more dimensions
	direct []C             // t's elements if they can be used where they lie
	buf    []C
	value  C // of an operand that is the same everywhere
	same   bool
}

// loop runs k over out and its operands, which broadcast to out's shape. An
// operand is a tensor or, where the tensor is nil, the number s.
func loop[C element](k *kernel[C], out *Tensor, in []*Tensor, s float64) {
	n := numel(out.shape)
	if n == 0 {
		return
	}
	if d, ok := directSlice[C](out); ok {
		var a [3][]C
		all := true
		for i, x := range in {
			if x == nil && i == 1 && k.fs != nil {
				continue
			}
			if x == nil || !sameShape(x.shape, out.shape) {
				all = false
				break
			}
			if a[i], ok = directSlice[C](x); !ok {
				all = false
				break
			}
		}
		if all && n <= grain {
			k.run(d, &a, number[C](s))
			return
		}
	}
	var rows rowLoop[C]
	if rows.plan(k, out, in, s) {
		rows.start()
		return
	}
	if n > chunk { // transposed operands are faster to copy in blocks than to walk through
		straight, any := [3]*Tensor{}, false
		for i, x := range in {
			if straight[i] = x; x != nil && isType[C](x.dtype) && sameShape(x.shape, out.shape) && x.transposed() {
				straight[i], any = x.cloneData(), true
				defer straight[i].recycleUnless(x)
			}
		}
		if any {
			in = straight[:len(in)]
			if rows = (rowLoop[C]{}); rows.plan(k, out, in, s) {
				rows.start()
				return
			}
		}
	}
	loopSlow(k, out, in, s, n)
}

// transposed reports whether t's rows are columns in memory.
func (t *Tensor) transposed() bool {
	n := len(t.shape)
	return n > 1 && t.strides[n-1] > 1 && t.strides[n-2] == 1
}

// directSlice returns t's elements if they are contiguous and of type C.
func directSlice[C elem](t *Tensor) ([]C, bool) {
	if !isType[C](t.dtype) || !t.IsContiguous() {
		return nil, false
	}
	return slice[C](t.storage)[t.offset : t.offset+numel(t.shape)], true
}

func isType[C elem](d DType) bool {
	var zero C
	switch any(zero).(type) {
	case float32:
		return d == Float32
	case float64:
		return d == Float64
	case int64:
		return d == Int64
	case complex128:
		return d == Complex128
	}
	return false
}

// chunkLoop is a pointwise loop that brings operands to contiguous form a chunk
// at a time.
type chunkLoop[C element] struct {
	k     *kernel[C]
	out   *Tensor
	in    [3]*Tensor
	count int // of the operands
	s     float64
}

func loopSlow[C element](k *kernel[C], out *Tensor, in []*Tensor, s float64, n int) {
	l := chunkLoop[C]{k: k, out: out, s: s}
	l.count = copy(l.in[:], in)
	if k.fs != nil && len(in) == 2 && in[1] == nil {
		l.count = 1
	}
	if n <= grain {
		l.run(0, n)
		return
	}
	shared := l // what other goroutines see lies on the heap
	parallel(n, grain, func(lo, hi int) { shared.run(lo, hi) })
}

// run computes elements [lo, hi).
func (l *chunkLoop[C]) run(lo, hi int) {
	scratch := scratchPool.Get().(*scratchSpace)
	defer scratchPool.Put(scratch)
	var ops [3]operand[C]
	var dst operand[C]
	dst.set(l.out, l.out.shape, 0, scratchSlice[C](scratch, 3), hi-lo)
	step := chunk
	if dst.direct != nil {
		step = 16 * chunk // nothing may need a buffer
	}
	for i, x := range l.in[:l.count] {
		ops[i].set(x, l.out.shape, l.s, scratchSlice[C](scratch, i), hi-lo)
		if ops[i].direct == nil {
			step = chunk
		}
	}
	value := number[C](l.s)
	var a [3][]C
	for at := lo; at < hi && !interrupted.Load(); at += step {
		m := min(step, hi-at)
		for i := range l.count {
			a[i] = ops[i].read(at, m)
		}
		if dst.direct != nil {
			l.k.run(dst.direct[at:at+m], &a, value)
			continue
		}
		l.k.run(dst.buf[:m], &a, value)
		shape, stride := dst.geometry()
		scatterAny(l.out, shape, stride, at, dst.buf[:m])
	}
}

// set makes o the operand t of a loop over a shape, or the number s.
func (o *operand[C]) set(t *Tensor, shape []int, s float64, buf []C, n int) {
	o.t, o.buf = t, buf
	if t == nil {
		o.fill(number[C](s), n)
		return
	}
	if sameShape(t.shape, shape) {
		if d, ok := directSlice[C](t); ok {
			o.direct = d
			return
		}
	}
	if len(shape) <= inlineDims {
		var cs, ct, full [inlineDims]int
		sizes, strides := collapseInto(cs[:0], ct[:0], shape, broadcastInto(full[:len(shape)], t))
		o.n = copy(o.shape[:], sizes)
		copy(o.stride[:], strides)
	} else {
		o.more[0], o.more[1] = collapse(shape, broadcastStrides(t, shape))
	}
	if _, stride := o.geometry(); len(stride) == 0 || len(stride) == 1 && stride[0] == 0 {
		gatherAny(buf[:1], t, nil, nil, 0)
		o.fill(buf[0], n)
	}
}

// geometry returns the loop's collapsed shape and t's steps in it.
func (o *operand[C]) geometry() (shape, stride []int) {
	if o.more[0] != nil {
		return o.more[0], o.more[1]
	}
	return o.shape[:o.n], o.stride[:o.n]
}

func (o *operand[C]) fill(v C, n int) {
	o.same, o.value = true, v
	b := o.buf[:min(n, chunk)]
	for i := range b {
		b[i] = v
	}
}

// read returns the operand's elements [at, at+n) in the loop's order.
func (o *operand[C]) read(at, n int) []C {
	switch {
	case o.direct != nil:
		return o.direct[at : at+n]
	case o.same:
		return o.buf[:n]
	}
	shape, stride := o.geometry()
	gatherAny(o.buf[:n], o.t, shape, stride, at)
	return o.buf[:n]
}

// broadcastStrides returns t's strides in a shape that it broadcasts to.
func broadcastStrides(t *Tensor, shape []int) []int { return broadcastInto(make([]int, len(shape)), t) }

// broadcastInto is broadcastStrides with the result in s, of the shape's length
// and zero.
func broadcastInto(s []int, t *Tensor) []int {
	lead := len(s) - len(t.shape)
	for i, n := range t.shape {
		if n != 1 {
			s[lead+i] = t.strides[i]
		}
	}
	return s
}

// collapse merges neighbouring dimensions that one stride walks through, and
// drops those of size 1.
func collapse(shape, strides []int) ([]int, []int) { return collapseInto(nil, nil, shape, strides) }

// collapseInto is collapse that appends to cs and ct.
func collapseInto(cs, ct, shape, strides []int) ([]int, []int) {
	for i, n := range shape {
		if n == 1 {
			continue
		}
		if k := len(cs) - 1; k >= 0 && ct[k] == strides[i]*n {
			cs[k] *= n
			ct[k] = strides[i]
			continue
		}
		cs, ct = append(cs, n), append(ct, strides[i])
	}
	return cs, ct
}

// scratchSpace holds the buffers of one loop: three operands and a result.
type scratchSpace [4][chunk]complex128

var scratchPool = sync.Pool{New: func() any { return new(scratchSpace) }}
