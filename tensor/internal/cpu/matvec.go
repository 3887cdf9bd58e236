package cpu

// matVec computes the product where C is a single row or column: y = alpha·M·x, added to y where accumulate says so.
// C's row is M·x too, with M = op(B)ᵀ and x A's row.
func (g *product[T]) matVec(transA bool) {
	m, rows, ld, trans := g.a, g.m, max(g.rs, g.cs), transA
	x, stride, step := g.b, g.ldb, g.ldc
	if g.transB {
		stride = 1
	}
	if g.n > 1 {
		m, rows, ld, trans = g.b, g.n, g.ldb, !g.transB
		x, stride, step = g.a, g.cs, 1
	}
	if stride > 1 {
		lent := g.t.buffers.get(g.k)
		defer g.t.buffers.put(lent)
		packed := *lent
		for p := range packed {
			packed[p] = x[p*stride]
		}
		x = packed
	}
	x = x[:g.k]
	part := rows
	if rows*g.k >= parallelFlops {
		part = split(rows, 8)
	}
	if part == rows {
		g.rowProducts(m, ld, x, trans, step, 0, rows)
		return
	}
	shared := *g // what other goroutines see lies on the heap
	Parallel(rows, part, func(lo, hi int) { shared.rowProducts(m, ld, x, trans, step, lo, hi) })
}

// rowProducts computes y[lo:hi], of elements step apart.
func (g *product[T]) rowProducts(m []T, ld int, x []T, trans bool, step, lo, hi int) {
	if trans {
		g.addColumns(m, ld, x, lo, hi, step)
		return
	}
	for i := lo; i < hi; i++ {
		y := g.alpha * g.t.dot(x, m[i*ld:])
		if g.accumulate {
			y += g.c[i*step]
		}
		g.c[i*step] = y
	}
}

// addColumns computes y[lo:hi], of elements step apart, for a matrix that lies transposed: as a sum of its rows.
func (g *product[T]) addColumns(m []T, ld int, x []T, lo, hi, step int) {
	y := g.c
	if step > 1 {
		lent := g.t.buffers.get(hi)
		defer g.t.buffers.put(lent)
		y = *lent
	}
	y = y[lo:hi]
	if step > 1 || !g.accumulate {
		clear(y)
	}
	for p, v := range x {
		g.t.axpy(y, m[p*ld+lo:], g.alpha*v)
	}
	if step > 1 {
		for i, v := range y {
			if g.accumulate {
				v += g.c[(lo+i)*step]
			}
			g.c[(lo+i)*step] = v
		}
	}
}
