package linalg

import (
	"math"
	"math/cmplx"
	"sort"
)

// sweeps bounds the passes of Jacobi's methods, which need about ten.
const sweeps = 60

// rotation returns c, s and a phase p such that [[c, s·p], [-s·p̄, c]] diagonalises [[a, b], [b̄, d]] from both sides.
func rotation(a, d float64, b complex128) (c, s float64, p complex128) {
	abs := cmplx.Abs(b)
	if abs == 0 {
		return 1, 0, 1
	}
	theta := (d - a) / (2 * abs)
	t := math.Copysign(1, theta) / (math.Abs(theta) + math.Hypot(theta, 1))
	c = 1 / math.Hypot(t, 1)
	return c, t * c, b / complex(abs, 0)
}

// turnColumns replaces columns i and j by c·x - s·p̄·y and s·p·x + c·y.
func turnColumns(m Matrix, i, j int, c, s float64, p complex128) {
	for r := range m.Rows {
		x, y := *m.At(r, i), *m.At(r, j)
		*m.At(r, i) = complex(c, 0)*x - complex(s, 0)*cmplx.Conj(p)*y
		*m.At(r, j) = complex(s, 0)*p*x + complex(c, 0)*y
	}
}

// Eigh returns the eigenvalues, ascending, and the eigenvectors, as columns, of a Hermitian matrix, of which the lower
// triangle is read, by Jacobi's method.
func Eigh(a Matrix) (values []float64, vectors Matrix) {
	n := a.Rows
	m, v := New(n, n), Eye(n)
	for i := range n {
		for j := range i {
			*m.At(i, j), *m.At(j, i) = *a.At(i, j), cmplx.Conj(*a.At(i, j))
		}
		*m.At(i, i) = complex(real(*a.At(i, i)), 0)
	}
	for range sweeps {
		moved := false
		for i := range n {
			for j := i + 1; j < n; j++ {
				b := *m.At(i, j)
				x, y := real(*m.At(i, i)), real(*m.At(j, j))
				if cmplx.Abs(b) <= 1e-17*math.Sqrt(math.Abs(x*y)) || cmplx.Abs(b) < math.SmallestNonzeroFloat64/1e-17 {
					continue
				}
				moved = true
				c, s, p := rotation(x, y, b)
				turnColumns(m, i, j, c, s, p)
				for k := range n { // the same from the left
					x, y := *m.At(i, k), *m.At(j, k)
					*m.At(i, k) = complex(c, 0)*x - complex(s, 0)*p*y
					*m.At(j, k) = complex(s, 0)*cmplx.Conj(p)*x + complex(c, 0)*y
				}
				*m.At(i, j), *m.At(j, i) = 0, 0
				turnColumns(v, i, j, c, s, p)
			}
		}
		if !moved {
			break
		}
	}
	values = make([]float64, n)
	for i := range values {
		values[i] = real(*m.At(i, i))
	}
	order := ordered(n, func(i, j int) bool { return values[i] < values[j] })
	sorted := make([]float64, n)
	for i, from := range order {
		sorted[i] = values[from]
	}
	return sorted, v.columns(order)
}

func ordered(n int, less func(i, j int) bool) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return less(order[a], order[b]) })
	return order
}

// columns returns the given columns in order.
func (m Matrix) columns(order []int) Matrix {
	out := New(m.Rows, len(order))
	for i := range m.Rows {
		for j, from := range order {
			*out.At(i, j) = *m.At(i, from)
		}
	}
	return out
}

// SVD returns U, the singular values, descending, and Vᴴ with U·diag(s)·Vᴴ = a, min(rows, columns) of each, by Hestenes'
// one-sided Jacobi method.
func SVD(a Matrix) (u Matrix, s []float64, vh Matrix) {
	if a.Rows < a.Cols {
		v, s, uh := SVD(a.H())
		return uh.H(), s, v.H()
	}
	n := a.Cols
	w, v := a.Clone(), Eye(n)
	for range sweeps {
		moved := false
		for i := range n {
			for j := i + 1; j < n; j++ {
				x, y, b := 0.0, 0.0, complex128(0)
				for r := range w.Rows {
					p, q := *w.At(r, i), *w.At(r, j)
					x, y, b = x+square(p), y+square(q), b+cmplx.Conj(p)*q
				}
				if cmplx.Abs(b) <= 1e-15*math.Sqrt(x*y) || cmplx.Abs(b) < 1e-290 {
					continue
				}
				moved = true
				c, s, p := rotation(x, y, b)
				turnColumns(w, i, j, c, s, p)
				turnColumns(v, i, j, c, s, p)
			}
		}
		if !moved {
			break
		}
	}
	norms := make([]float64, n)
	for r := range w.Rows {
		for j, x := range w.Row(r) {
			norms[j] = math.Hypot(norms[j], cmplx.Abs(x))
		}
	}
	order := ordered(n, func(i, j int) bool { return norms[i] > norms[j] })
	u, vh, s = w.columns(order), v.columns(order).H(), make([]float64, n)
	for j, from := range order {
		s[j] = norms[from]
		u.normalize(j, s[j] > 1e-14*s[0])
	}
	return u, s, vh
}

// normalize makes column j of unit length; where it says nothing, it becomes a vector orthogonal to those before.
func (m Matrix) normalize(j int, says bool) {
	for try := 0; ; try++ {
		if !says {
			for i := range m.Rows {
				*m.At(i, j) = 0
			}
			*m.At(try, j) = 1
			for range 2 { // once is not enough where little is left
				for k := range j {
					var dot complex128
					for i := range m.Rows {
						dot += cmplx.Conj(*m.At(i, k)) * *m.At(i, j)
					}
					for i := range m.Rows {
						*m.At(i, j) -= dot * *m.At(i, k)
					}
				}
			}
		}
		norm := 0.0
		for i := range m.Rows {
			norm = math.Hypot(norm, cmplx.Abs(*m.At(i, j)))
		}
		if !says && norm < 0.5/math.Sqrt(float64(m.Rows)) {
			continue // nearly in the span of the others
		}
		for i := range m.Rows {
			*m.At(i, j) /= complex(norm, 0)
		}
		return
	}
}

// Eig returns the eigenvalues of a square matrix and its eigenvectors as columns of unit length whose largest element is
// real: from Schur's form, which the shifted QR method finds. It returns false if that does not converge.
func Eig(a Matrix) (values []complex128, vectors Matrix, ok bool) {
	n := a.Rows
	t, q := a.Clone(), Eye(n)
	if !schur(t, q) {
		return nil, q, false
	}
	values = make([]complex128, n)
	x, scale := New(n, n), 0.0
	for i := range n {
		values[i] = *t.At(i, i)
		for _, v := range t.Row(i)[i:] {
			scale = max(scale, cmplx.Abs(v))
		}
	}
	for k := range n { // solve (T - λ)·x = 0 from the k-th row up
		*x.At(k, k) = 1
		for i := k - 1; i >= 0; i-- {
			var sum complex128
			for j := i + 1; j <= k; j++ {
				sum += *t.At(i, j) * *x.At(j, k)
			}
			d := values[k] - values[i]
			if cmplx.Abs(d) < 1e-16*scale {
				d = complex(1e-16*scale, 0)
			}
			if sum != 0 {
				*x.At(i, k) = sum / d
			}
		}
	}
	v := q.Mul(x)
	for j := range n {
		v.normalize(j, true)
		best := complex128(0)
		for i := range n {
			if e := *v.At(i, j); cmplx.Abs(e) > cmplx.Abs(best)*(1+1e-12) {
				best = e
			}
		}
		for i := range n {
			*v.At(i, j) *= cmplx.Conj(best) / complex(cmplx.Abs(best), 0)
		}
	}
	return values, v, true
}

// schur turns t into upper triangular form, q·t·qᴴ staying the same.
func schur(t, q Matrix) bool {
	n := t.Rows
	for j := range max(0, n-2) { // Hessenberg's form: zeros below the first subdiagonal
		column := make([]complex128, n-j-1)
		for i := range column {
			column[i] = *t.At(j+1+i, j)
		}
		v, tau, _ := reflector(column)
		reflect(t, v, tau, j+1, j)
		reflectColumns(t, v, cmplx.Conj(tau), j+1)
		reflectColumns(q, v, cmplx.Conj(tau), j+1)
	}
	for high, tries := n-1, 0; high > 0; tries++ {
		low := high
		for low > 0 && cmplx.Abs(*t.At(low, low-1)) > 1e-16*(size(*t.At(low, low))+size(*t.At(low-1, low-1))) {
			low--
		}
		if low > 0 {
			*t.At(low, low-1) = 0
		}
		if low == high {
			high, tries = high-1, 0
			continue
		}
		if tries > 100 {
			return false
		}
		shift := nearer(*t.At(high-1, high-1), *t.At(high-1, high), *t.At(high, high-1), *t.At(high, high))
		if tries%11 == 10 { // leave a cycle
			shift += complex(cmplx.Abs(*t.At(high, high-1)), 0)
		}
		qrStep(t, q, low, high, shift)
	}
	for i := range n {
		clear(t.Row(i)[:i])
	}
	return true
}

// nearer returns the eigenvalue of [[a, b], [c, d]] that is nearer to d (Wilkinson's shift).
func nearer(a, b, c, d complex128) complex128 {
	half := (a - d) / 2
	root := cmplx.Sqrt(half*half + b*c)
	if real(half)*real(root)+imag(half)*imag(root) < 0 {
		root = -root
	}
	if half+root == 0 {
		return d
	}
	return d - b*c/(half+root)
}

// qrStep replaces rows and columns low to high of t by R·Q + shift, where Q·R = t - shift.
func qrStep(t, q Matrix, low, high int, shift complex128) {
	n := t.Rows
	type givens struct{ c, s complex128 }
	turns := make([]givens, high-low)
	for i := low; i <= high; i++ {
		*t.At(i, i) -= shift
	}
	for k := range turns {
		i := low + k
		x, y := *t.At(i, i), *t.At(i+1, i)
		r := complex(math.Hypot(cmplx.Abs(x), cmplx.Abs(y)), 0)
		g := givens{1, 0}
		if r != 0 {
			g = givens{x / r, y / r}
		}
		turns[k] = g
		for j := i; j < n; j++ {
			x, y := *t.At(i, j), *t.At(i+1, j)
			*t.At(i, j) = cmplx.Conj(g.c)*x + cmplx.Conj(g.s)*y
			*t.At(i+1, j) = g.c*y - g.s*x
		}
	}
	for k, g := range turns {
		i := low + k
		columns := func(m Matrix, rows int) {
			for r := range rows {
				x, y := *m.At(r, i), *m.At(r, i+1)
				*m.At(r, i) = x*g.c + y*g.s
				*m.At(r, i+1) = y*cmplx.Conj(g.c) - x*cmplx.Conj(g.s)
			}
		}
		columns(t, min(i+2, high+1))
		columns(q, n)
	}
	for i := low; i <= high; i++ {
		*t.At(i, i) += shift
	}
}

// reflectColumns multiplies m from the right by 1 - tau·v·vᴴ, which acts on columns first, first+1, ….
func reflectColumns(m Matrix, v []complex128, tau complex128, first int) {
	for r := range m.Rows {
		row := m.Row(r)[first:]
		var dot complex128
		for i, w := range v {
			dot += row[i] * w
		}
		for i, w := range v {
			row[i] -= tau * dot * cmplx.Conj(w)
		}
	}
}
