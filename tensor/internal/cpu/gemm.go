package cpu

import (
	"fmt"
	"runtime"
	"unsafe"
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
	dot         func(x, y []T) T
	axpy        func(y, x []T, a T)
	buffers     *bufferPool[T] // packed panels between calls
}

// tileFunc computes C = A·B, or C += A·B, for one tile of C, of as many rows and vectors as its place in
// tiles.kernel says, its last vector cut to tail elements. Element (i, p) of A lies at a[i*rs+p*cs].
type tileFunc[T Float] func(k int, a []T, rs, cs int, b []T, ldb int, c []T, ldc int, tail int, accumulate bool)

// transposeFunc writes the transpose of one row of square blocks of src below one another into dst.
type transposeFunc[T Float] func(blocks int, src []T, ld int, dst []T, ldd int)

// Block sizes, in elements: a panel of B, blockK × 2·lanes, stays in the first-level cache while the rows of A pass
// it, and a block of A, blockM × blockK, in the second-level cache.
const (
	blockK = 512
	blockM = 168
	blockN = 1024
	// parallelFlops is the multiplications below which one goroutine is faster.
	parallelFlops = 1 << 20
	// directRows and fewDirectRows are the rows of C up to which B is read where it lies, the second number where B's
	// rows compete for few cache sets.
	directRows, fewDirectRows = 256, 64
	// partRows and partCols are the sizes below which a part of C repeats too much packing.
	partRows, partCols = 64, 128
	// aliasBytes is the distance of rows, or a multiple, at which they compete for few cache sets.
	aliasBytes = 2048
)

func gemm[T Float](t *tiles[T], transA, transB bool, m, n, k int, alpha T, a []T, lda int, b []T, ldb int, beta T, c []T, ldc int) {
	checkMatrix("A", transA, m, k, len(a), lda)
	checkMatrix("B", transB, k, n, len(b), ldb)
	checkMatrix("C", false, m, n, len(c), ldc)
	if m == 0 || n == 0 {
		return
	}
	if empty := k == 0 || alpha == 0; beta != 1 && (beta != 0 || empty) {
		scaleRows(m, n, beta, c, ldc)
	}
	if k == 0 || alpha == 0 {
		return
	}
	g := product[T]{t: t, m: m, n: n, k: k, alpha: alpha, a: a, rs: lda, cs: 1, b: b, ldb: ldb, transB: transB,
		c: c, ldc: ldc, accumulate: beta != 0}
	if transA {
		g.rs, g.cs = 1, lda
	}
	if m == 1 || n == 1 {
		g.matVec(transA)
		return
	}
	if m*n*k < parallelFlops {
		g.block(0, m, 0, n)
		return
	}
	g.blocks()
}

// blocks computes a large product on all processors. g is a copy: what other goroutines see lies on the heap.
func (g product[T]) blocks() {
	mc, nc := g.grid(runtime.GOMAXPROCS(0))
	cols := split(g.n, nc)
	Parallel(split(g.m, mc)*cols, 1, func(lo, hi int) {
		for q := lo; q < hi; q++ {
			i, j := q/cols*mc, q%cols*nc
			g.block(i, min(mc, g.m-i), j, min(nc, g.n-j))
		}
	})
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

// grid chooses the rows and columns of the parts of C that processors compute by themselves: several for each where
// they are big, to even out their speeds, and rather narrow than low, since each part packs its columns of B.
func (g *product[T]) grid(procs int) (mc, nc int) {
	parts := procs
	if procs > 1 && g.m*g.n*g.k > 64*parallelFlops {
		parts = 4 * procs
	}
	cols := max(1, min(parts, g.n/partCols))
	rows := max(1, min(split(parts, cols), g.m/partRows))
	cols = max(1, min(split(parts, rows), g.n/(2*g.t.lanes)))
	return split(g.m, rows), split(g.n, cols)
}

// split returns the size of n's parts, all but the last equal.
func split(n, parts int) int { return (n + parts - 1) / parts }

// evenly is split into parts of at most limit.
func evenly(n, limit int) int { return split(n, (n+limit-1)/limit) }

// block computes the m×n block of C at (i, j).
func (g *product[T]) block(i, m, j, n int) {
	width := 2 * g.t.lanes
	if !g.transB && g.alpha == 1 && (m <= fewDirectRows || m <= directRows && !g.aliased(g.ldb)) {
		a := matrixA[T]{g.a[i*g.rs:], g.rs, g.cs, g.rs}
		g.sweep(i, m, j, n, g.k, a, matrixB[T]{g.b[j:], g.ldb, width}, g.accumulate)
		return
	}
	kc, mc, nc := evenly(g.k, blockK), evenly(m, blockM), min(n, blockN)
	lentB := g.t.buffers.get(kc * split(nc, width) * width)
	defer g.t.buffers.put(lentB)
	bufB := *lentB
	var bufA []T
	if g.aliased(max(g.rs, g.cs)) && (g.cs == 1 || n > 4*width) { // columns are slower to copy than rows
		lentA := g.t.buffers.get(kc * (mc + g.t.rows))
		defer g.t.buffers.put(lentA)
		bufA = *lentA
	}
	for q := j; q < j+n; q += nc {
		nq := min(nc, j+n-q)
		for p := 0; p < g.k; p += kc {
			kp := min(kc, g.k-p)
			for c := 0; c < nq; c += width {
				g.packB(bufB[c*kp:], p, kp, q+c, min(width, nq-c))
			}
			for r := i; r < i+m; r += mc {
				mr := min(mc, i+m-r)
				a := matrixA[T]{g.a[r*g.rs+p*g.cs:], g.rs, g.cs, g.rs}
				if bufA != nil {
					a = g.packA(bufA, a, mr, kp)
				}
				g.sweep(r, mr, q, nq, kp, a, matrixB[T]{bufB, width, width * kp}, g.accumulate || p > 0)
			}
		}
	}
}

// aliased reports whether rows of this distance compete for few cache sets.
func (g *product[T]) aliased(ld int) bool { return ld*int(unsafe.Sizeof(g.alpha))%aliasBytes == 0 }

// matrixA is a block of op(A), as it lies or packed: element (i, p) of a tile is elems[i*rs+p*cs], and the tile that
// begins with row r is r*step from the start.
type matrixA[T Float] struct {
	elems        []T
	rs, cs, step int
}

// matrixB is a block of op(B): its rows lie ld apart and its panels of 2·lanes columns panel apart.
type matrixB[T Float] struct {
	elems     []T
	ld, panel int
}

// sweep computes the m×n block of C at (i, j) tile by tile.
func (g *product[T]) sweep(i, m, j, n, k int, a matrixA[T], b matrixB[T], accumulate bool) {
	rows, lanes := g.tileRows(m), g.t.lanes
	for q, panel := 0, 0; q < n && !Interrupted.Load(); q, panel = q+2*lanes, panel+1 {
		cols := min(2*lanes, n-q)
		vecs := split(cols, lanes)
		tail := cols - (vecs-1)*lanes
		for r := 0; r < m; r += rows {
			g.t.kernel[min(rows, m-r)-1][vecs-1](k, a.elems[r*a.step:], a.rs, a.cs, b.elems[panel*b.panel:], b.ld,
				g.c[(i+r)*g.ldc+j+q:], g.ldc, tail, accumulate)
		}
	}
}

// tileRows returns the height of the tiles of a block of m rows.
func (g *product[T]) tileRows(m int) int { return evenly(m, g.t.rows) }
