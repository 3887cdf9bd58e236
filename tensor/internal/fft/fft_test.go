package fft

import (
	"fmt"
	"math"
	"math/cmplx"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/dsp/fourier"
)

// TestTransform compares with gonum: all sizes up to 66, and long ones with and without large factors; one, few and
// many transforms; along rows and columns; forward and inverse; in place.
func TestTransform(t *testing.T) {
	var sizes []int
	for n := range 66 {
		sizes = append(sizes, n+1)
	}
	for _, n := range append(sizes, 360, 1000, 1009, 1024, 4096, 10007, 15625) {
		for _, shape := range [][2]int{{1, 1}, {3, 1}, {9, 1}, {1, 3}, {2, 9}} {
			if outer, inner := shape[0], shape[1]; outer*inner*n < 1<<14 {
				testTransform[float64](t, outer, n, inner, 1e-13)
				testTransform[float32](t, outer, n, inner, 5e-6)
			}
		}
	}
}

func testTransform[F Float](t *testing.T, outer, n, inner int, tolerance float64) {
	t.Helper()
	r := rand.New(rand.NewPCG(uint64(n), 1))
	src := make([]F, 2*outer*n*inner)
	for i := range src {
		src[i] = F(r.NormFloat64())
	}
	for _, inverse := range []bool{false, true} {
		dst := append([]F{}, src...)
		Transform(dst, dst, outer, n, inner, inverse)
		plan := fourier.NewCmplxFFT(n)
		for i := range outer * inner {
			row := make([]complex128, n)
			at := func(j int) int { return 2 * (position(i, n, inner) + j*inner) }
			for j := range row {
				row[j] = complex(float64(src[at(j)]), float64(src[at(j)+1]))
			}
			if inverse {
				plan.Sequence(row, row)
			} else {
				plan.Coefficients(row, row)
			}
			for j, want := range row {
				got := complex(float64(dst[at(j)]), float64(dst[at(j)+1]))
				if e := cmplx.Abs(got - want); !(e <= tolerance*math.Sqrt(float64(n))) {
					t.Fatalf("%T: transform %d of %d×%d×%d (inverse %v): %v at %d, want %v", dst[0], i, outer, n, inner, inverse, got, j, want)
				}
			}
		}
	}
}

// TestReal compares with transforms of complex numbers.
func TestReal(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, n := range []int{2, 3, 4, 5, 12, 15, 64, 100} {
		for _, shape := range [][2]int{{1, 1}, {7, 1}, {8, 1}, {19, 1}, {2, 3}, {2, 21}} {
			outer, inner := shape[0], shape[1]
			x, z := make([]float64, outer*n*inner), make([]float64, 2*outer*n*inner)
			for i := range x {
				x[i] = r.NormFloat64()
				z[2*i] = x[i]
			}
			Transform(z, z, outer, n, inner, false)
			for _, keep := range []int{n/2 + 1, n} {
				got := make([]float64, 2*outer*keep*inner)
				if !Real(got, x, outer, n, inner, keep) {
					t.Fatalf("%d×%d×%d was not done", outer, n, inner)
				}
				for o := range outer {
					for i := range 2 * keep * inner {
						if g, w := got[o*2*keep*inner+i], z[o*2*n*inner+i]; math.Abs(g-w) > 1e-12 {
							t.Fatalf("%d of %d×%d×%d: %v at %d of %d, want %v", keep, outer, n, inner, g, i, o, w)
						}
					}
				}
			}
		}
	}
	if Real(make([]float64, 8), make([]float64, 7), 1, 7, 1, 4) {
		t.Error("7 is no size that Real transforms")
	}
}

func BenchmarkTransform(b *testing.B) {
	for _, n := range []int{256, 1000, 1024, 1009} {
		x := make([]float32, 2*64*n)
		for i := range x {
			x[i] = float32(i % 17)
		}
		y := make([]float32, len(x))
		b.Run(fmt.Sprint("64x", n), func(b *testing.B) {
			for b.Loop() {
				Transform(y, x, 64, n, 1, false)
			}
		})
	}
}
