package tensor

// rowLoop is a pointwise loop over rows of the result in which every operand is a
// row of memory or one number, as in adding a bias: nothing is copied to the
// broadcast shape.
type rowLoop[C element] struct {
	k       *kernel[C]
	count   int // of the operands
	out     []C
	truth   []bool // out of a kernel that writes bools
	from    [3][]C // nil for the number
	value   C
	mask    []bool  // the first operand of a kernel that reads bools
	numbers [3]bool // which operands are one number in a row
	offset  [4]int
	stride  [4][inlineDims]int
	shape   [inlineDims]int // of the rows, the innermost last
	dims    int
	inner   int // elements of a row
	piece   int // elements of a row that are computed at a time
	pieces  int // of a row
}

// outStride is where a rowLoop keeps the result's offset and strides.
const outStride = 3

// minRow is the length below which rows are not worth their set-up.
const minRow = 8

// plan fills l in and reports whether the loop has that form. A nil operand is
// the number s.
func (l *rowLoop[C]) plan(k *kernel[C], out *Tensor, in []*Tensor, s float64) bool {
	if len(out.shape) > inlineDims || numel(out.shape) == 0 {
		return false
	}
	switch {
	case k.truth != nil && out.dtype == Bool:
		l.truth = slice[bool](out.storage)
	case isType[C](out.dtype):
		l.out = slice[C](out.storage)
	default:
		return false
	}
	l.k, l.count = k, len(in)
	l.offset[outStride] = out.offset
	for j, x := range in {
		if x != nil {
			l.offset[j] = x.offset
		}
		switch {
		case x == nil:
			l.value = number[C](s)
		case j == 0 && k.masked != nil && x.dtype == Bool:
			l.mask = slice[bool](x.storage)
		case isType[C](x.dtype):
			l.from[j] = slice[C](x.storage)
		default:
			return false
		}
	}
	for d, n := range out.shape {
		if n == 1 {
			continue
		}
		var step [4]int
		step[outStride] = out.strides[d]
		for j, x := range in {
			if x == nil {
				continue
			}
			if i := d - len(out.shape) + len(x.shape); i >= 0 && x.shape[i] != 1 {
				step[j] = x.strides[i]
			}
		}
		merges := l.dims > 0
		for j := range step {
			merges = merges && l.stride[j][max(l.dims-1, 0)] == step[j]*n
		}
		if !merges {
			l.dims++
			l.shape[l.dims-1] = 1
		}
		l.shape[l.dims-1] *= n
		for j := range step {
			l.stride[j][l.dims-1] = step[j]
		}
	}
	if l.dims == 0 {
		return false
	}
	l.dims--
	l.inner = l.shape[l.dims]
	if l.inner < minRow || l.stride[outStride][l.dims] != 1 {
		return false
	}
	l.piece = grain
	for j := range in {
		switch step := l.stride[j][l.dims]; {
		case step == 0 && j == 0 && l.mask != nil:
			return false
		case step == 0:
			l.numbers[j] = true
			if j != 1 || k.fs == nil {
				l.piece = chunk // what a buffer of equal numbers holds
			}
		case step != 1:
			return false
		}
	}
	l.pieces = (l.inner + l.piece - 1) / l.piece
	return true
}

// start runs the loop, on several cores if it is long.
func (l *rowLoop[C]) start() {
	n := l.pieces
	for _, size := range l.shape[:l.dims] {
		n *= size
	}
	least := max(1, grain/min(l.piece, l.inner))
	if n <= least {
		l.run(0, n)
		checkInterrupt()
		return
	}
	shared := *l // what other goroutines see lies on the heap
	parallel(n, least, func(lo, hi int) { shared.run(lo, hi) })
}

// run computes pieces [lo, hi), counted through all rows.
func (l *rowLoop[C]) run(lo, hi int) {
	scratch := scratchPool.Get().(*scratchSpace)
	defer scratchPool.Put(scratch)
	for p := lo; p < hi && !interrupted.Load(); p++ {
		at := l.offset
		for d, rest := l.dims-1, p/l.pieces; d >= 0; d-- {
			i := rest % l.shape[d]
			rest /= l.shape[d]
			for j := range at {
				at[j] += i * l.stride[j][d]
			}
		}
		begin := p % l.pieces * l.piece
		n := min(l.piece, l.inner-begin)
		var a [3][]C
		var number C
		for j := range l.count {
			if j == 0 && l.mask != nil {
				continue
			}
			if !l.numbers[j] {
				a[j] = l.from[j][at[j]+begin:][:n]
				continue
			}
			v := l.value
			if l.from[j] != nil {
				v = l.from[j][at[j]]
			}
			if j == 1 && l.k.fs != nil {
				number = v
				continue
			}
			a[j] = scratchSlice[C](scratch, j)[:n]
			for i := range a[j] {
				a[j][i] = v
			}
		}
		to := at[outStride] + begin
		switch {
		case l.truth != nil:
			l.k.truth(l.truth[to:][:n], a[0], a[1])
		case l.mask != nil:
			l.k.masked(l.out[to:][:n], l.mask[at[0]+begin:][:n], a[1], a[2])
		default:
			l.k.run(l.out[to:][:n], &a, number)
		}
	}
}
