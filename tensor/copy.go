package tensor

import "github.com/gophergrad/gophergrad/tensor/internal/cpu"

// copySame copies x's elements into out, of the same dtype and of the shape that
// x broadcasts to.
func copySame(out, x *Tensor) {
	size := out.dtype.Size()
	if out.IsContiguous() && x.IsContiguous() && sameShape(out.shape, x.shape) {
		n := numel(out.shape) * size
		d, s := slice[uint8](out.storage)[out.offset*size:][:n], slice[uint8](x.storage)[x.offset*size:][:n]
		parallel(n, 4*grain, func(lo, hi int) { copy(d[lo:hi], s[lo:hi]) })
		return
	}
	switch size { // by types that the loops move, and transpose, as they are
	case 16:
		copyStrided[complex128](out, x)
	case 8:
		copyStrided[float64](out, x)
	case 4:
		copyStrided[float32](out, x)
	case 2:
		copyStrided[uint16](out, x)
	default:
		copyStrided[uint8](out, x)
	}
}

// copyStrided copies elements of W's size.
func copyStrided[W any](out, x *Tensor) {
	shape, to, from := collapseBoth(out.shape, out.strides, broadcastStrides(x, out.shape))
	if len(shape) == 0 {
		shape, to, from = []int{1}, []int{1}, []int{1}
	}
	d, s := storageAs[W](out.storage), storageAs[W](x.storage)
	last := len(shape) - 1
	n, td, fd := shape[last], to[last], from[last]
	if last > 0 && td == 1 && fd > 1 && from[last-1] == 1 && to[last-1] > 0 { // rows here are columns there
		rows, ldd := shape[last-1], to[last-1]
		const tile = 64
		tiles := (rows + tile - 1) / tile
		walkRows(out.offset, x.offset, shape[:last-1], to, from, tiles, n*tile, func(at, src, t int) {
			i := t * tile
			cpu.Transpose(d[at+i*ldd:], ldd, s[src+i:], fd, n, min(tile, rows-i))
		})
		return
	}
	parts := (n + grain - 1) / grain
	walkRows(out.offset, x.offset, shape[:last], to, from, parts, min(n, grain), func(at, src, part int) {
		lo, hi := part*grain, min(n, (part+1)*grain)
		switch {
		case td == 1 && fd == 1:
			copy(d[at+lo:at+hi], s[src+lo:])
		case td == 1 && fd == 0:
			row := d[at+lo : at+hi]
			row[0] = s[src]
			for done := 1; done < len(row); done *= 2 {
				copy(row[done:], row[:done])
			}
		default:
			for i := lo; i < hi; i++ {
				d[at+i*td] = s[src+i*fd]
			}
		}
	})
}

// walkRows calls f with the positions of every row of two tensors, parts times
// each, on several cores; work is what a call has to do.
func walkRows(at, src int, shape, to, from []int, parts, work int, f func(at, src, part int)) {
	parallel(numel(shape)*parts, grain/max(work, 1)+1, func(lo, hi int) {
		for i := lo; i < hi && !interrupted.Load(); i++ {
			p, q, rest := at, src, i/parts
			for d := len(shape) - 1; d >= 0; d-- {
				k := rest % shape[d]
				rest /= shape[d]
				p += k * to[d]
				q += k * from[d]
			}
			f(p, q, i%parts)
		}
	})
}

// collapseBoth merges neighbouring dimensions that one stride walks through in
// both tensors, and drops those of size 1.
func collapseBoth(shape, a, b []int) (cs, ca, cb []int) {
	for i, n := range shape {
		if n == 1 {
			continue
		}
		if k := len(cs) - 1; k >= 0 && ca[k] == a[i]*n && cb[k] == b[i]*n {
			cs[k] *= n
			ca[k], cb[k] = a[i], b[i]
			continue
		}
		cs, ca, cb = append(cs, n), append(ca, a[i]), append(cb, b[i])
	}
	return cs, ca, cb
}
