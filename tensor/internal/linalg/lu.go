package linalg

import (
	"math"
	"math/cmplx"
)

// LU factors a matrix by elimination with row exchanges: row i of L·U is row order[i] of a. L, below the diagonal and
// with ones on it, and U share the result. sign is that of the exchanges.
func LU(a Matrix) (lu Matrix, order []int, sign float64) {
	lu, sign = a.Clone(), 1
	order = make([]int, a.Rows)
	for i := range order {
		order[i] = i
	}
	for k := range min(a.Rows, a.Cols) {
		best := k
		for i := k + 1; i < a.Rows; i++ {
			if size(*lu.At(i, k)) > size(*lu.At(best, k)) {
				best = i
			}
		}
		if best != k {
			x, y := lu.Row(k), lu.Row(best)
			for j := range x {
				x[j], y[j] = y[j], x[j]
			}
			order[k], order[best] = order[best], order[k]
			sign = -sign
		}
		pivot := *lu.At(k, k)
		if pivot == 0 {
			continue
		}
		for i := k + 1; i < a.Rows; i++ {
			row := lu.Row(i)
			row[k] /= pivot
			subtract(row[k+1:], lu.Row(k)[k+1:], row[k])
		}
	}
	return lu, order, sign
}

// size is LAPACK's cheap measure of a complex number.
func size(x complex128) float64 { return math.Abs(real(x)) + math.Abs(imag(x)) }

// Det returns a square matrix's determinant as a number of absolute value 1, or 0, and the logarithm of its absolute
// value.
func Det(a Matrix) (sign complex128, logAbs float64) {
	lu, _, s := LU(a)
	sign = complex(s, 0)
	for i := range a.Rows {
		d := *lu.At(i, i)
		if d == 0 {
			return 0, math.Inf(-1)
		}
		abs := cmplx.Abs(d)
		sign *= d / complex(abs, 0)
		logAbs += math.Log(abs)
	}
	return sign, logAbs
}

// Solve returns x with a·x = b for a square matrix a, and false if a is singular.
func Solve(a, b Matrix) (x Matrix, ok bool) {
	lu, order, _ := LU(a)
	x = New(a.Rows, b.Cols)
	for i, from := range order {
		copy(x.Row(i), b.Row(from))
		for k, f := range lu.Row(i)[:i] {
			subtract(x.Row(i), x.Row(k), f)
		}
	}
	for i := a.Rows - 1; i >= 0; i-- {
		row := x.Row(i)
		for k := i + 1; k < a.Rows; k++ {
			subtract(row, x.Row(k), *lu.At(i, k))
		}
		d := *lu.At(i, i)
		if d == 0 {
			return x, false
		}
		for j := range row {
			row[j] /= d
		}
	}
	return x, true
}

// Cholesky returns the lower triangular L with L·Lᴴ = a, of which the lower triangle is read, and false if a is not
// positive definite.
func Cholesky(a Matrix) (l Matrix, ok bool) {
	n := a.Rows
	l = New(n, n)
	for i := range n {
		for j := range i + 1 {
			sum := *a.At(i, j)
			for k := range j {
				sum -= *l.At(i, k) * cmplx.Conj(*l.At(j, k))
			}
			if i > j {
				*l.At(i, j) = sum / *l.At(j, j)
				continue
			}
			if !(real(sum) > 0) {
				return l, false
			}
			*l.At(i, i) = complex(math.Sqrt(real(sum)), 0)
		}
	}
	return l, true
}
