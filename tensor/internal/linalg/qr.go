package linalg

import (
	"math"
	"math/cmplx"
)

// reflector returns v, of which the first is 1, and tau such that 1 - tau·v·vᴴ turns the column x into (beta, 0, …) with
// a real beta; the signs are LAPACK's.
func reflector(x []complex128) (v []complex128, tau complex128, beta float64) {
	v = append([]complex128{}, x...)
	norm := 0.0
	for _, e := range x {
		norm = math.Hypot(norm, cmplx.Abs(e))
	}
	rest := 0.0
	for _, e := range x[1:] {
		rest = max(rest, size(e))
	}
	if rest == 0 && imag(x[0]) == 0 {
		v[0] = 1
		return v, 0, real(x[0])
	}
	beta = -math.Copysign(norm, real(x[0]))
	tau = cmplx.Conj((complex(beta, 0) - x[0]) / complex(beta, 0))
	scale := 1 / (x[0] - complex(beta, 0))
	for i := range v {
		v[i] *= scale
	}
	v[0] = 1
	return v, tau, beta
}

// reflect applies 1 - tau·v·vᴴ to rows first, first+1, … of m, from a column on.
func reflect(m Matrix, v []complex128, tau complex128, first, column int) {
	for j := column; j < m.Cols; j++ {
		var dot complex128
		for i, w := range v {
			dot += cmplx.Conj(w) * *m.At(first+i, j)
		}
		for i, w := range v {
			*m.At(first+i, j) -= tau * w * dot
		}
	}
}

// QR returns the first columns of a unitary Q and the rows of an upper triangular R, with a real diagonal, such that
// Q·R = a; there are min(rows, columns) of them.
func QR(a Matrix) (q, r Matrix) {
	k := min(a.Rows, a.Cols)
	work := a.Clone()
	vs, taus := make([][]complex128, k), make([]complex128, k)
	for j := range k {
		column := make([]complex128, a.Rows-j)
		for i := range column {
			column[i] = *work.At(j+i, j)
		}
		var beta float64
		vs[j], taus[j], beta = reflector(column)
		reflect(work, vs[j], taus[j], j, j+1)
		*work.At(j, j) = complex(beta, 0)
	}
	q, r = New(a.Rows, k), New(k, a.Cols)
	for i := range k {
		copy(r.Row(i)[i:], work.Row(i)[i:])
		*q.At(i, i) = 1
	}
	for j := k - 1; j >= 0; j-- {
		reflect(q, vs[j], cmplx.Conj(taus[j]), j, 0)
	}
	return q, r
}
