package cpu

import (
	"fmt"
	"runtime"
)

// GemmF32 computes C = alpha·op(A)·op(B) + beta·C, where op(A) is m×k, op(B) k×n and C m×n, all row-major with rows
// lda, ldb and ldc elements apart; transA says that a holds the k×m transpose of op(A), transB that b holds the n×k
// transpose of op(B). With beta = 0, c's former values, NaN even, do not count. c must not overlap a or b.
// Large products run on all of GOMAXPROCS. GemmF32 panics if a slice is too short for its matrix.
//
// The algorithm is that of Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication" (2008).
func GemmF32(transA, transB bool, m, n, k int, alpha float32, a []float32, lda int, b []float32, ldb int, beta float32, c []float32, ldc int) {
	gemm(&tilesF32, transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
}

// GemmF64 is GemmF32 for float64.
func GemmF64(transA, transB bool, m, n, k int, alpha float64, a []float64, lda int, b []float64, ldb int, beta float64, c []float64, ldc int) {
	gemm(&tilesF64, transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
}

// tiles is a family of micro-kernels and what packing must know of them.
type tiles[T Float] struct {
	rows, lanes int              // the largest tile is rows × 2·lanes
	kernel      [][2]tileFunc[T] // by rows-1 and vectors-1
	transpose   transposeFunc[T] // nil where there is none
	block       int              // rows that transpose reads
	buffers     *bufferPool[T]   // packed panels between calls
}

// tileFunc computes C = A·B, or C += A·B, for one tile of C, of as many rows and vectors as its place in
// tiles.kernel says, its last vector cut to tail elements. Element (i, p) of A lies at a[i*rs+p*cs].
type tileFunc[T Float] func(k int, a []T, rs, cs int, b []T, ldb int, c []T, ldc int, tail int, accumulate bool)

// transposeFunc writes the transpose of one row of square blocks of src below one another into dst.
type transposeFunc[T Float] func(blocks int, src []T, ld int, dst []T, ldd int)

// Block sizes, in elements: a panel of B, kc × 2·lanes, stays in the first-level cache while the rows of A pass it,
// and a block of A, mc × kc, in the second-level cache.
const (
	blockK = 256
	blockM = 168
	blockN = 4096
	// parallelFlops is the multiplications below which one goroutine is faster.
	parallelFlops = 1 << 20
	// directElems is the elements of B up to which it is read where it lies.
	directElems = 1 << 13
)

func gemm[T Float](t *tiles[T], transA, transB bool, m, n, k int, alpha T, a []T, lda int, b []T, ldb int, beta T, c []T, ldc int) {
	checkMatrix("A", transA, m, k, len(a), lda)
	checkMatrix("B", transB, k, n, len(b), ldb)
	checkMatrix("C", false, m, n, len(c), ldc)
	if m == 0 || n == 0 {
		return
	}
	if beta != 1 {
		if beta != 0 || k == 0 || alpha == 0 {
			scaleRows(m, n, beta, c, ldc)
		}
	}
	if k == 0 || alpha == 0 {
		return
	}
	g := product[T]{t: t, m: m, n: n, k: k, alpha: alpha, a: a, rs: lda, cs: 1, b: b, ldb: ldb, transB: transB,
		c: c, ldc: ldc, accumulate: beta != 0}
	if transA {
		g.rs, g.cs = 1, lda
	}
	if !transB && alpha == 1 && k*n <= directElems {
		g.sweep(0, m, 0, n, 0, k, b, ldb, 2*t.lanes)
		return
	}
	g.blocked()
}

func checkMatrix(name string, trans bool, rows, cols, have, ld int) {
	if trans {
		rows, cols = cols, rows
	}
	if rows < 0 || cols < 0 || ld < cols || rows > 0 && cols > 0 && have < (rows-1)*ld+cols {
		panic(fmt.Sprintf("cpu: Gemm: %s is %d×%d with rows %d apart, in a slice of %d", name, rows, cols, ld, have))
	}
}

// scaleRows multiplies a matrix by beta, or clears it.
func scaleRows[T Float](m, n int, beta T, c []T, ldc int) {
	for i := range m {
		row := c[i*ldc : i*ldc+n]
		if beta == 0 {
			clear(row)
			continue
		}
		for j := range row {
			row[j] *= beta
		}
	}
}

// product is one call of gemm, past its special cases.
type product[T Float] struct {
	t          *tiles[T]
	m, n, k    int
	alpha      T
	a          []T
	rs, cs     int
	b          []T
	ldb        int
	transB     bool
	c          []T
	ldc        int
	accumulate bool
}

// blocked packs B panel by panel, then hands out blocks of C's rows and columns.
func (g *product[T]) blocked() {
	procs := runtime.GOMAXPROCS(0)
	if g.m*g.n*g.k < parallelFlops {
		procs = 1
	}
	width := 2 * g.t.lanes
	kc := split(g.k, blockK, 1)
	nc := split(g.n, blockN, width)
	packed := g.t.buffers.get(kc * (nc + width - 1) / width * width)
	defer g.t.buffers.put(packed)
	for j := 0; j < g.n; j += nc {
		nj := min(nc, g.n-j)
		panels := (nj + width - 1) / width
		mc, nb := g.grid(procs, nj)
		for p := 0; p < g.k; p += kc {
			kp := min(kc, g.k-p)
			each(procs, panels, 4, func(lo, hi int) {
				for q := lo; q < hi; q++ {
					g.packB(packed[q*width*kp:], p, kp, j+q*width, min(width, nj-q*width))
				}
			})
			rows, cols := (g.m+mc-1)/mc, (nj+nb-1)/nb
			each(procs, rows*cols, 1, func(lo, hi int) {
				for q := lo; q < hi; q++ {
					i, jj := q/cols*mc, q%cols*nb
					g.sweep(i, min(mc, g.m-i), j+jj, min(nb, nj-jj), p, kp, packed[jj*kp:], width, width*kp)
				}
			})
		}
	}
}

// each is Parallel, or one call where one processor is enough.
func each(procs, n, grain int, f func(lo, hi int)) {
	if procs == 1 {
		f(0, n)
		return
	}
	Parallel(n, grain, f)
}

// grid chooses the rows and columns of the blocks of C that are handed out: enough of them to keep every processor
// busy to the end.
func (g *product[T]) grid(procs, nj int) (mc, nb int) {
	mc, nb = split(g.m, blockM, g.t.rows), nj
	if procs == 1 {
		return mc, nb
	}
	if blocks := (g.m + mc - 1) / mc; blocks < 4*procs {
		mc = split(g.m, max(g.t.rows, (g.m+4*procs-1)/(4*procs)), g.t.rows)
		if blocks = (g.m + mc - 1) / mc; blocks < 2*procs {
			nb = split(nj, max(2*g.t.lanes, nj*blocks/(2*procs)), 2*g.t.lanes)
		}
	}
	return mc, nb
}

// split divides n into equal parts of at most limit, each a multiple of unit where that can be.
func split(n, limit, unit int) int {
	parts := (n + limit - 1) / limit
	part := (n + parts - 1) / parts
	return (part + unit - 1) / unit * unit
}

// sweep computes the m×n block of C at (i, j) over columns p to p+k of A, tile by tile. b starts at the block's first
// panel; panels lie panel elements apart, their rows ldb.
func (g *product[T]) sweep(i, m, j, n, p, k int, b []T, ldb, panel int) {
	accumulate := g.accumulate || p > 0
	rows, lanes := split(m, g.t.rows, 1), g.t.lanes
	for q := 0; q < n; q += 2 * lanes {
		cols := min(2*lanes, n-q)
		vecs := (cols + lanes - 1) / lanes
		tail := cols - (vecs-1)*lanes
		for r := 0; r < m; r += rows {
			g.t.kernel[min(rows, m-r)-1][vecs-1](k, g.a[(i+r)*g.rs+p*g.cs:], g.rs, g.cs, b, ldb,
				g.c[(i+r)*g.ldc+j+q:], g.ldc, tail, accumulate)
		}
		b = b[min(panel, len(b)):]
	}
}
