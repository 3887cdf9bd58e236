package tensor

import (
	"math"
	"testing"
)

// vandermonde returns the n powers of m points: ill-conditioned, and exact in
// its product with ones.
func vandermonde(m, n int) *Tensor {
	v := make([]float64, m*n)
	for i := range m {
		for j := range n {
			v[i*n+j] = math.Pow(float64(i)/16, float64(j))
		}
	}
	return FromSlice(v, m, n)
}

// The normal equations square the condition number, 10⁹ here, and lose every
// digit; the decompositions keep half of them.
func TestLeastSquaresOfIllConditionedSystems(t *testing.T) {
	a := vandermonde(17, 10)
	ones := As(Float64).Ones(10, 1)
	b := a.MatMul(ones)
	for name, x := range map[string]*Tensor{"LstSq": a.LstSq(b), "PInverse": a.PInverse().MatMul(b), "Solve": a.Narrow(0, 7, 10).Solve(b.Narrow(0, 7, 10))} {
		if off := x.Sub(ones).Abs().Max().Item(); off > 1e-4 {
			t.Errorf("%s is off by %g", name, off)
		}
	}
}

// A matrix of rank 1 has infinitely many least-squares solutions; the smallest
// is wanted.
func TestLeastSquaresOfRankOne(t *testing.T) {
	a := Of([][]float64{{1, 2}, {2, 4}, {3, 6}})
	want := []float64{0.2, 0.4}
	for name, x := range map[string]*Tensor{"LstSq": a.LstSq(Of([][]float64{{1}, {2}, {3}})), "PInverse": a.PInverse().MatMul(Of([]float64{1, 2, 3}))} {
		for i, v := range x.Float64s() {
			if math.Abs(v-want[i]) > 1e-12 {
				t.Errorf("%s is %v, want %v", name, x.Float64s(), want)
				break
			}
		}
	}
	if r := a.MatrixRank().Item(); r != 1 {
		t.Errorf("rank %v", r)
	}
}

func TestSingularMatrixIsAnError(t *testing.T) {
	a := Of([][]float64{{1, 2}, {2, 4}})
	for _, f := range []func(){func() { a.Inverse() }, func() { a.Solve(Ones(2).Double()) }} {
		if err := errorOf(f); err == nil || err.(*Error).Msg != "the matrix is singular" {
			t.Errorf("error is %v", err)
		}
	}
}
