package tensor

// rowLoop is a pointwise loop over the rows of a contiguous result in which
// every operand is a row of memory or one number, as in adding a bias: nothing is
// copied to the broadcast shape.
type rowLoop[C element] struct {
	k       *kernel[C]
	out     []C
	count   int // of the operands
	from    [3][]C
	numbers [3]bool // which operands are one number in a row
	stride  [3][inlineDims]int
	shape   [inlineDims]int // of the rows, the innermost last
	dims    int
	inner   int // elements of a row
}

// minRow is the length below which rows are not worth their set-up.
const minRow = 8

// plan fills l in and reports whether the loop has that form.
func (l *rowLoop[C]) plan(k *kernel[C], out *Tensor, in []*Tensor) bool {
	if len(out.shape) > inlineDims {
		return false
	}
	var ok bool
	if l.out, ok = directSlice[C](out); !ok {
		return false
	}
	l.k, l.count = k, len(in)
	for j, x := range in {
		if x == nil || !isType[C](x.dtype) {
			return false
		}
		l.from[j] = slice[C](x.storage)
	}
	for d, n := range out.shape {
		if n == 1 {
			continue
		}
		var step [3]int
		merges := l.dims > 0
		for j, x := range in {
			if i := d - len(out.shape) + len(x.shape); i >= 0 && x.shape[i] != 1 {
				step[j] = x.strides[i]
			}
			merges = merges && l.stride[j][l.dims-1] == step[j]*n
		}
		if !merges {
			l.dims++
			l.shape[l.dims-1] = 1
		}
		l.shape[l.dims-1] *= n
		for j := range in {
			l.stride[j][l.dims-1] = step[j]
		}
	}
	if l.dims == 0 {
		return false
	}
	l.dims--
	l.inner = l.shape[l.dims]
	for j, x := range in {
		switch step := l.stride[j][l.dims]; {
		case step == 0 && (j == 1 && k.fs != nil || l.inner <= chunk):
			l.numbers[j] = true
		case step != 1:
			return false
		}
		l.from[j] = l.from[j][x.offset:]
	}
	return l.inner >= minRow
}

// run computes rows [lo, hi).
func (l *rowLoop[C]) run(lo, hi int) {
	scratch := scratchPool.Get().(*scratchSpace)
	defer scratchPool.Put(scratch)
	for r := lo; r < hi && !interrupted.Load(); r++ {
		var at [3]int
		for d, rest := l.dims-1, r; d >= 0; d-- {
			i := rest % l.shape[d]
			rest /= l.shape[d]
			for j := range l.count {
				at[j] += i * l.stride[j][d]
			}
		}
		var a [3][]C
		var number C
		for j := range l.count {
			switch {
			case !l.numbers[j]:
				a[j] = l.from[j][at[j]:][:l.inner]
			case j == 1 && l.k.fs != nil:
				number = l.from[j][at[j]]
			default:
				a[j] = scratchSlice[C](scratch, j)[:l.inner]
				for i := range a[j] {
					a[j][i] = l.from[j][at[j]]
				}
			}
		}
		l.k.run(l.out[r*l.inner:][:l.inner], &a, number)
	}
}
