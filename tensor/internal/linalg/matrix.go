// Package linalg factors dense matrices of complex numbers, where gonum only takes real ones: Golub and Van Loan, Matrix
// Computations (2013). Matrices are small; every algorithm takes time in proportion to n³.
package linalg

import "math/cmplx"

// Matrix is a dense matrix in row-major order.
type Matrix struct {
	Rows, Cols int
	V          []complex128
}

// New returns a matrix of zeros.
func New(rows, cols int) Matrix { return Matrix{rows, cols, make([]complex128, rows*cols)} }

// Eye returns the identity matrix.
func Eye(n int) Matrix {
	m := New(n, n)
	for i := range n {
		m.V[i*n+i] = 1
	}
	return m
}

// At returns a pointer to an element.
func (m Matrix) At(i, j int) *complex128 { return &m.V[i*m.Cols+j] }

// Row returns a row, which it shares.
func (m Matrix) Row(i int) []complex128 { return m.V[i*m.Cols:][:m.Cols] }

// Clone returns a copy.
func (m Matrix) Clone() Matrix { return Matrix{m.Rows, m.Cols, append([]complex128{}, m.V...)} }

// H returns the conjugate of the transposed matrix.
func (m Matrix) H() Matrix {
	t := New(m.Cols, m.Rows)
	for i := range m.Rows {
		for j, v := range m.Row(i) {
			*t.At(j, i) = cmplx.Conj(v)
		}
	}
	return t
}

// Mul returns m·b.
func (m Matrix) Mul(b Matrix) Matrix {
	out := New(m.Rows, b.Cols)
	for i := range m.Rows {
		for k, v := range m.Row(i) {
			subtract(out.Row(i), b.Row(k), -v)
		}
	}
	return out
}

// subtract subtracts f·y from x.
func subtract(x, y []complex128, f complex128) {
	for i, v := range y {
		x[i] -= f * v
	}
}

// square is |x|².
func square(x complex128) float64 { return real(x)*real(x) + imag(x)*imag(x) }
