package linalg

import (
	"math"
	"math/cmplx"
	"math/rand/v2"
	"testing"
)

func random(r *rand.Rand, rows, cols int) Matrix {
	m := New(rows, cols)
	for i := range m.V {
		m.V[i] = complex(r.NormFloat64(), r.NormFloat64())
	}
	return m
}

func near(t *testing.T, what string, got, want Matrix) {
	t.Helper()
	for i, v := range got.V {
		if !(cmplx.Abs(v-want.V[i]) < 1e-10) {
			t.Fatalf("%s: %v, want %v", what, got, want)
		}
	}
}

func diagonal(v []complex128) Matrix {
	m := New(len(v), len(v))
	for i, x := range v {
		*m.At(i, i) = x
	}
	return m
}

func reals(v []float64) []complex128 {
	out := make([]complex128, len(v))
	for i, x := range v {
		out[i] = complex(x, 0)
	}
	return out
}

// TestFactors multiplies factors of random matrices again, of some with equal columns and of zeros too.
func TestFactors(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for n := 1; n < 12; n++ {
		for _, shape := range [][2]int{{n, n}, {n + 3, n}, {n, n + 3}} {
			a := random(r, shape[0], shape[1])
			if n%3 == 0 { // of low rank
				for i := range a.Rows {
					*a.At(i, a.Cols-1) = *a.At(i, 0)
				}
			}
			q, u := QR(a)
			near(t, "QR", q.Mul(u), a)
			near(t, "QᴴQ", q.H().Mul(q), Eye(q.Cols))
			for i := range u.Rows {
				for j := range i + 1 {
					if v := *u.At(i, j); imag(v) != 0 || j < i && v != 0 {
						t.Fatalf("R of QR: %v", u)
					}
				}
			}
			left, s, right := SVD(a)
			near(t, "SVD", left.Mul(diagonal(reals(s))).Mul(right), a)
			near(t, "UᴴU", left.H().Mul(left), Eye(len(s)))
			near(t, "VᴴV", right.Mul(right.H()), Eye(len(s)))
			for i := range s[1:] {
				if s[i] < s[i+1] {
					t.Fatalf("singular values %v", s)
				}
			}
			lu, order, _ := LU(a)
			k := min(a.Rows, a.Cols)
			l, up, moved := New(a.Rows, k), New(k, a.Cols), New(a.Rows, a.Cols)
			for i := range a.Rows {
				copy(moved.Row(i), a.Row(order[i]))
				copy(l.Row(i), lu.Row(i)[:min(i, k)])
				if i < k {
					*l.At(i, i) = 1
					copy(up.Row(i)[i:], lu.Row(i)[i:])
				}
			}
			near(t, "LU", l.Mul(up), moved)
		}
		a := random(r, n, n)
		b := random(r, n, 2)
		x, ok := Solve(a, b)
		if near(t, "Solve", a.Mul(x), b); !ok {
			t.Error("a regular matrix is called singular")
		}
		hermitian := a.Mul(a.H())
		l, ok := Cholesky(hermitian)
		if near(t, "Cholesky", l.Mul(l.H()), hermitian); !ok {
			t.Error("a positive definite matrix is called none")
		}
		values, v := Eigh(hermitian)
		near(t, "Eigh", v.Mul(diagonal(reals(values))), hermitian.Mul(v))
		near(t, "VᴴV of Eigh", v.H().Mul(v), Eye(n))
		general, w, ok := Eig(a)
		if near(t, "Eig", w.Mul(diagonal(general)), a.Mul(w)); !ok {
			t.Error("eigenvalues did not converge")
		}
		sign, logAbs := Det(a)
		product := complex128(1)
		for _, e := range general {
			product *= e
		}
		if cmplx.Abs(product-sign*complex(math.Exp(logAbs), 0)) > 1e-9*(1+cmplx.Abs(product)) {
			t.Errorf("determinant %v·exp(%v), the eigenvalues' product is %v", sign, logAbs, product)
		}
	}
	zero := New(3, 3)
	if u, s, _ := SVD(zero); s[0] != 0 || cmplx.Abs(*u.H().Mul(u).At(2, 2)-1) > 1e-12 {
		t.Errorf("SVD of zeros: %v %v", u, s)
	}
	if _, ok := Solve(zero, zero); ok {
		t.Error("zeros can be solved")
	}
	if _, ok := Cholesky(zero); ok {
		t.Error("zeros are positive definite")
	}
	jordan := Matrix{3, 3, []complex128{2, 1, 0, 0, 2, 1, 0, 0, 2}}
	if values, _, ok := Eig(jordan); !ok || cmplx.Abs(values[0]-2) > 1e-4 {
		t.Errorf("Eig of a Jordan block: %v %v", values, ok)
	}
}
