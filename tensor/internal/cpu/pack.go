package cpu

import "sync"

// packA copies m rows and k columns of op(A) together into dst: row by row where a row is contiguous, else tile by tile.
func (g *product[T]) packA(dst []T, a matrixA[T], m, k int) matrixA[T] {
	if a.cs == 1 {
		for r := range m {
			copy(dst[r*k:], a.elems[r*a.rs:][:k])
		}
		return matrixA[T]{dst, k, 1, k}
	}
	rows := g.tileRows(m)
	for r := 0; r < m; r += rows {
		n := min(rows, m-r)
		for p := range k {
			copy(dst[r*k+p*rows:], a.elems[p*a.cs+r:][:n])
		}
	}
	return matrixA[T]{dst, 1, rows, k}
}

// packB writes rows p to p+k of op(B)'s columns j to j+n into dst, k rows of one panel's width, times alpha.
func (g *product[T]) packB(dst []T, p, k, j, n int) {
	width := 2 * g.t.lanes
	dst = dst[:k*width]
	if g.transB {
		g.packTransposed(dst, g.b[j*g.ldb+p:], k, n)
	} else {
		for i := range k {
			copy(dst[i*width:], g.b[(p+i)*g.ldb+j:][:n])
		}
	}
	if g.alpha != 1 {
		for i := range dst {
			dst[i] *= g.alpha
		}
	}
}

// packTransposed writes the n×k matrix src transposed, block by block where there is an assembly loop.
func (g *product[T]) packTransposed(dst, src []T, k, n int) {
	width := 2 * g.t.lanes
	i, kb := 0, 0
	if block := g.t.block; block > 0 && k >= block {
		kb = k / block * block
		for ; i+block <= n; i += block {
			g.t.transpose(k/block, src[i*g.ldb:], g.ldb, dst[i:], width)
		}
	}
	for r := range n {
		row := src[r*g.ldb:][:k]
		from := 0
		if r < i {
			from = kb
		}
		for q := from; q < k; q++ {
			dst[q*width+r] = row[q]
		}
	}
}

// bufferPool lends slices, so that steady work allocates none.
type bufferPool[T Float] struct{ pool sync.Pool }

func (p *bufferPool[T]) get(n int) *[]T {
	s, ok := p.pool.Get().(*[]T)
	if !ok || cap(*s) < n {
		const page = 1 << 15 // the allocator aligns slices of this many bytes to pages
		b := make([]T, n, max(n, page))
		return &b
	}
	*s = (*s)[:n]
	return s
}

func (p *bufferPool[T]) put(s *[]T) { p.pool.Put(s) }
