package cpu

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// families are the micro-kernels that this machine runs; arch files add theirs.
func families[T Float](others map[string]tiles[T]) map[string]*tiles[T] {
	all := map[string]*tiles[T]{}
	for name, t := range others {
		all[name] = &t
	}
	t := goTiles[T]()
	all["go"] = &t
	return all
}

func TestGemm(t *testing.T) {
	testGemm(t, families(asmTilesF32), 1e-5)
	testGemm(t, families(asmTilesF64), 1e-14)
}

func testGemm[T Float](t *testing.T, all map[string]*tiles[T], eps float64) {
	sizes := []int{1, 2, 3, 7, 8, 13, 14, 15, 16, 17, 31, 32, 33, 65, 130}
	r := rand.New(rand.NewPCG(1, 2))
	for name, tiles := range all {
		t.Run(fmt.Sprintf("%T/%s", T(0), name), func(t *testing.T) {
			for range 400 {
				m, n, k := sizes[r.IntN(len(sizes))], sizes[r.IntN(len(sizes))], sizes[r.IntN(len(sizes))]
				if r.IntN(20) == 0 {
					k = 600 + r.IntN(20) // several blocks of k
				}
				checkGemm(t, tiles, r, m, n, k, eps)
			}
			for range 50 { // vectors
				checkGemm(t, tiles, r, 1, sizes[r.IntN(len(sizes))], sizes[r.IntN(len(sizes))], eps)
				checkGemm(t, tiles, r, sizes[r.IntN(len(sizes))], 1, sizes[r.IntN(len(sizes))], eps)
			}
			checkGemm(t, tiles, r, 1100, 1, 1000, eps) // in parallel
			checkGemm(t, tiles, r, 1, 1100, 1000, eps)
			checkGemm(t, tiles, r, 350, 301, 300, eps) // several blocks of rows, in parallel
		})
	}
}

// checkGemm compares one random product, in random layouts, with the sums of products in float64.
func checkGemm[T Float](t *testing.T, tiles *tiles[T], r *rand.Rand, m, n, k int, eps float64) {
	t.Helper()
	transA, transB := r.IntN(2) == 1, r.IntN(2) == 1
	alpha, beta := []T{1, 1, 0, -0.5}[r.IntN(4)], []T{0, 1, 2}[r.IntN(3)]
	a, lda, at := randomMatrix[T](r, m, k, transA)
	b, ldb, bt := randomMatrix[T](r, k, n, transB)
	c, ldc, ct := randomMatrix[T](r, m, n, false)
	want := make([]float64, m*n)
	for i := range m {
		for j := range n {
			var sum float64
			for p := range k {
				sum += float64(at(i, p)) * float64(bt(p, j))
			}
			want[i*n+j] = float64(alpha)*sum + float64(beta)*float64(ct(i, j))
		}
	}
	if beta == 0 {
		for i := range m {
			c[i*ldc] = T(math.NaN()) // must be overwritten, not multiplied by zero
		}
	}
	margin := c[ldc*(m-1)+n:] // beyond the matrix nothing may be written
	for i := range margin {
		margin[i] = 77
	}
	gemm(tiles, transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
	for i := range m {
		for j := range n {
			if got := float64(ct(i, j)); !(math.Abs(got-want[i*n+j]) <= eps*float64(k+1)) {
				t.Fatalf("%d×%d×%d, trans %v %v, alpha %v, beta %v: C[%d,%d] = %v, want %v",
					m, n, k, transA, transB, alpha, beta, i, j, got, want[i*n+j])
			}
		}
	}
	for _, v := range margin {
		if v != 77 {
			t.Fatalf("%d×%d×%d: wrote beyond C", m, n, k)
		}
	}
}

// randomMatrix returns a matrix, or its transpose, in rows with a gap between them, and a way to read it.
func randomMatrix[T Float](r *rand.Rand, rows, cols int, trans bool) (s []T, ld int, at func(i, j int) T) {
	height, width := rows, cols
	if trans {
		height, width = cols, rows
	}
	ld = width + r.IntN(4)
	s = make([]T, (height-1)*ld+width+3)
	for i := range s {
		s[i] = T(2*r.Float64() - 1)
	}
	if trans {
		return s, ld, func(i, j int) T { return s[j*ld+i] }
	}
	return s, ld, func(i, j int) T { return s[i*ld+j] }
}

func TestGemmEmpty(t *testing.T) {
	c := []float32{5, math.MaxFloat32}
	GemmF32(false, false, 1, 2, 0, 1, nil, 0, nil, 2, 0, c, 2)
	if c[0] != 0 || c[1] != 0 {
		t.Errorf("a product of nothing is %v, not zeros", c)
	}
	GemmF32(false, false, 0, 2, 3, 1, nil, 3, make([]float32, 6), 2, 0, nil, 2)
}

func TestGemmShortSlice(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a slice too short for its matrix passed")
		}
	}()
	GemmF32(false, false, 2, 2, 2, 1, make([]float32, 4), 2, make([]float32, 3), 2, 0, make([]float32, 4), 2)
}

func TestGemmInterrupted(t *testing.T) {
	Interrupted.Store(true)
	defer Interrupted.Store(false)
	n := 600
	a, c := make([]float32, n*n), make([]float32, n*n)
	for i := range a {
		a[i] = 1
	}
	GemmF32(false, false, n, n, n, 1, a, n, a, n, 0, c, n)
	for _, v := range c {
		if v != 0 {
			t.Fatal("an interrupted product went on")
		}
	}
}

func BenchmarkGemmF32(b *testing.B) { benchmarkGemm(b, GemmF32) }
func BenchmarkGemmF64(b *testing.B) { benchmarkGemm(b, GemmF64) }

func benchmarkGemm[T Float](b *testing.B, gemm func(transA, transB bool, m, n, k int, alpha T, a []T, lda int, b []T, ldb int, beta T, c []T, ldc int)) {
	sizes := [][3]int{{64, 64, 64}, {128, 128, 128}, {256, 256, 256}, {512, 512, 512}, {1024, 1024, 1024}, {2048, 2048, 2048},
		{64, 100, 1000}, {64, 10, 100}, {1000, 100, 64}, {100, 10, 64}, {64, 100, 10}}
	for _, s := range sizes {
		m, n, k := s[0], s[1], s[2]
		x, y, z := make([]T, m*k), make([]T, k*n), make([]T, m*n)
		for i := range x {
			x[i] = T(i%7) / 7
		}
		for i := range y {
			y[i] = T(i%5) / 5
		}
		for _, trans := range []string{"NN", "NT", "TN"} {
			lda, ldb := k, n
			if trans == "TN" {
				lda = m
			}
			if trans == "NT" {
				ldb = k
			}
			b.Run(fmt.Sprintf("%dx%dx%d/%s", m, n, k, trans), func(b *testing.B) {
				for b.Loop() {
					gemm(trans == "TN", trans == "NT", m, n, k, 1, x, lda, y, ldb, 0, z, n)
				}
				b.ReportMetric(2*float64(m*n*k)*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOP/s")
			})
		}
	}
}
