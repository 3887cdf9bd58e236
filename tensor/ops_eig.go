package tensor

import (
	"github.com/gophergrad/gophergrad/tensor/internal/linalg"
	"gonum.org/v1/gonum/mat"
)

// Eigenvalues of general matrices and the LU factorisation.

var opEig = register(Op{Name: "linalg_eig", FloatOnly: true, Complex: true, Samples: []Sample{
	one("torch.linalg.eig(x)[:1]", nil, 1, 1),
}, fn: func(xs []*Tensor, _ any) []*Tensor {
	x := xs[0]
	nd := len(x.shape)
	if nd < 2 || x.shape[nd-1] != x.shape[nd-2] || !x.dtype.IsFloat() && !x.dtype.IsComplex() {
		failOn("Eig", xs, "%v of shape %s is no square matrix of floating-point numbers", x.dtype, shapeText(x.shape))
	}
	x.checkFinite("Eig")
	n := x.shape[nd-1]
	values, vectors := empty(x.shape[:nd-1], Complex128), empty(x.shape, Complex128)
	w, v := elements[complex128](values), elements[complex128](vectors)
	in := x.Detach().Complex128s()
	if len(in) > 0 {
		interruptible(n*n, func() {
			for i := range len(in) / (n * n) {
				checkInterrupt()
				a := linalg.Matrix{Rows: n, Cols: n, V: in[i*n*n:][:n*n]}
				if x.dtype.IsComplex() {
					eigComplex(w[i*n:], v[i*n*n:], a)
				} else {
					eigReal(w[i*n:], v[i*n*n:], a)
				}
			}
		})
	}
	d := x.dtype.complexType()
	return []*Tensor{narrowTo(values, d), narrowTo(vectors, d)}
}})

// checkFinite panics for a matrix with elements from which an iteration would never converge.
func (t *Tensor) checkFinite(op string) {
	if !t.Detach().IsFinite().AllTrue().Bools()[0] {
		failOn(op, []*Tensor{t}, "the matrix of shape %s has elements that are nan or infinite", shapeText(t.shape))
	}
}

func eigComplex(values, vectors []complex128, a linalg.Matrix) {
	w, v, ok := linalg.Eig(a)
	if !ok {
		fail("Eig", "the eigenvalues did not converge")
	}
	copy(values, w)
	copy(vectors, v.V)
}

// eigReal finds eigenvalues of real matrices, whose complex ones are exact
// conjugates.
func eigReal(values, vectors []complex128, a linalg.Matrix) {
	m := mat.NewDense(a.Rows, a.Cols, nil)
	for i := range a.Rows {
		for j, z := range a.Row(i) {
			m.Set(i, j, real(z))
		}
	}
	var e mat.Eigen
	if !e.Factorize(m, mat.EigenRight) {
		fail("Eig", "the eigenvalues did not converge")
	}
	e.Values(values[:a.Rows])
	var v mat.CDense
	e.VectorsTo(&v)
	for i := range a.Rows {
		for j := range a.Cols {
			vectors[i*a.Cols+j] = v.At(i, j)
		}
	}
}

var opLU = register(Op{Name: "linalg_lu", FloatOnly: true, Complex: true, Samples: []Sample{
	one("torch.linalg.lu(x)", nil, 3, 3), one("torch.linalg.lu(x)", nil, 2, 2, 2), one("torch.linalg.lu(x)", nil, 2, 3), one("torch.linalg.lu(x)", nil, 3, 2),
}, fn: func(xs []*Tensor, _ any) []*Tensor {
	x := xs[0]
	nd := len(x.shape)
	if nd < 2 || !x.dtype.IsFloat() && !x.dtype.IsComplex() {
		failOn("LU", xs, "%v of shape %s is no matrix of floating-point numbers", x.dtype, shapeText(x.shape))
	}
	rows, cols := x.shape[nd-2], x.shape[nd-1]
	k := min(rows, cols)
	part := func(m, n int) *Tensor { return empty(append(x.Shape()[:nd-2], m, n), Complex128) }
	p, l, u := part(rows, rows), part(rows, k), part(k, cols)
	in, ps, ls, us := x.Detach().Complex128s(), elements[complex128](p), elements[complex128](l), elements[complex128](u)
	if len(in) > 0 {
		interruptible(rows*cols, func() {
			for b := range len(in) / (rows * cols) {
				checkInterrupt()
				lu, order, _ := linalg.LU(linalg.Matrix{Rows: rows, Cols: cols, V: in[b*rows*cols:][:rows*cols]})
				for i, from := range order {
					ps[b*rows*rows+from*rows+i] = 1
					copy(ls[(b*rows+i)*k:], lu.Row(i)[:min(i, k)])
					if i < k {
						ls[(b*rows+i)*k+i] = 1
						copy(us[(b*k+i)*cols+i:], lu.Row(i)[i:])
					}
				}
			}
		})
	} else {
		p.DiagonalDims(0, -2, -1).fill(1)
	}
	return []*Tensor{narrowTo(p, x.dtype), narrowTo(l, x.dtype), narrowTo(u, x.dtype)}
}})

func init() {
	z := "torch.complex(x, y)"
	pair := func(name, torch string, f func(z *Tensor) *Tensor) {
		viaTwo("complex_"+name, torch, func(x, y *Tensor) *Tensor { return f(Complex(x, y)) }, in(-2, 2, 3, 3), in(-2, 2, 3, 3))
	}
	definite := "(" + z + " @ " + z + ".mH + torch.eye(3, dtype=x.dtype))"
	pd := func(z *Tensor) *Tensor { return z.MatMul(z.Adjoint()).Add(like(z).Eye(3)) }
	pair("inv", "torch.linalg.inv("+z+")", func(z *Tensor) *Tensor { return z.Inverse() })
	pair("pinv", "torch.linalg.pinv("+z+"[:, :2])", func(z *Tensor) *Tensor { return z.Narrow(1, 0, 2).PInverse() })
	pair("pinv_of_equal_rows", "torch.linalg.pinv("+z+"[:1].expand(3, 3))", func(z *Tensor) *Tensor { return z.Narrow(0, 0, 1).Expand(3, 3).PInverse() })
	pair("cov", "torch.cov("+z+") + torch.corrcoef("+z+")", func(z *Tensor) *Tensor { return z.Cov().Add(z.CorrCoef()) })
	pair("lerp", "torch.lerp("+z+", "+z+".mT, 0.3)", func(z *Tensor) *Tensor { return z.Lerp(z.MT(), 0.3) })
	pair("det", "torch.linalg.det("+z+")", func(z *Tensor) *Tensor { return z.Det() })
	pair("slogdet", "sum(torch.linalg.slogdet("+z+"))", func(z *Tensor) *Tensor { s, l := z.SLogDet(); return s.Add(l) })
	pair("solve", "torch.linalg.solve("+z+", "+z+".mT[:, :2])", func(z *Tensor) *Tensor { return z.Solve(z.MT().Narrow(1, 0, 2)) })
	pair("cholesky", "torch.linalg.cholesky("+definite+")", func(z *Tensor) *Tensor { return pd(z).Cholesky() })
	pair("qr", "(lambda s: torch.cat([s[0], s[1]]))(torch.linalg.qr("+z+"[:, :2]))", func(z *Tensor) *Tensor {
		q, r := z.Narrow(1, 0, 2).QR()
		return Cat([]*Tensor{q, r}, 0)
	})
	pair("eigvalsh", "torch.linalg.eigvalsh("+definite+")", func(z *Tensor) *Tensor { v, _ := pd(z).Eigh(); return v })
	pair("eigh_projectors", "torch.linalg.eigh("+definite+")[1].abs().square()", func(z *Tensor) *Tensor { _, v := pd(z).Eigh(); return v.Abs().Square() })
	pair("svdvals", "torch.linalg.svdvals("+z+"[:, :2])", func(z *Tensor) *Tensor { _, s, _ := z.Narrow(1, 0, 2).SVD(); return s })
	pair("svd_squares", "(lambda s: torch.cat([s[0].abs().square(), s[2].abs().square()]))(torch.linalg.svd("+z+"[:, :2], full_matrices=False))", func(z *Tensor) *Tensor {
		u, _, vh := z.Narrow(1, 0, 2).SVD()
		return Cat([]*Tensor{u.Abs().Square(), vh.Abs().Square()}, 0)
	})
	viaTwo("complex_lu", "(lambda s: s[1] + s[2])(torch.linalg.lu("+z+"))", func(x, y *Tensor) *Tensor {
		_, l, u := Complex(x, y).LU()
		return l.Add(u)
	}, in(-2, 2, 3, 3), in(-1, 1.5, 3, 3))
	// order, lengths and phases of eigenvectors are free: sums over all of them are not
	weighed := func(x *Tensor) *Tensor {
		w, v := x.Eig()
		return Complex(v.Abs().Square(), ZerosLike(v.Abs())).MatMul(w.Unsqueeze(1))
	}
	weighedTorch := "(lambda e: e[1].abs().square().to(e[0].dtype) @ e[0].unsqueeze(-1))(torch.linalg.eig("
	pair("eig", weighedTorch+z+"))", weighed)
	viaOne("eig", weighedTorch+"x))", weighed, -2, 2, 3, 3)
	viaOne("eigvals", "(torch.linalg.eigvals(x) ** 3).sum()", func(x *Tensor) *Tensor { w, _ := x.Eig(); return w.Mul(w).Mul(w).Sum() }, -2, 2, 4, 4)
	viaTwo("lu_solve", "torch.linalg.solve(x, y)", func(x, y *Tensor) *Tensor { p, l, u := x.LU(); return LUSolve(p, l, u, y) }, in(-2, 2, 3, 3), in(-2, 2, 3, 2))
	viaTwo("householder_product", "torch.linalg.householder_product(x, y)", func(x, y *Tensor) *Tensor { return x.HouseholderProduct(y) }, in(-2, 2, 4, 3), in(-1, 1, 2))
}

// Eig returns the eigenvalues of square matrices and the eigenvectors, as columns
// of unit length, complex both.
func (t *Tensor) Eig() (values, vectors *Tensor) {
	out := opEig.call([]*Tensor{t}, nil)
	return out[0], out[1]
}

// EigVals returns the eigenvalues of square matrices, complex numbers.
func (t *Tensor) EigVals() *Tensor {
	values, _ := t.Eig()
	return values
}

// LU returns a permutation P, a lower triangular L with ones on its diagonal and
// an upper triangular U with P·L·U = t.
func (t *Tensor) LU() (p, l, u *Tensor) {
	out := opLU.call([]*Tensor{t}, nil)
	return out[0], out[1], out[2]
}

// LUSolve returns X with P·L·U·X = b for the factors that LU returns of a square
// matrix.
func LUSolve(p, l, u, b *Tensor) *Tensor {
	return u.SolveTriangular(l.SolveTriangular(p.MT().MatMul(b), false), true)
}

// HouseholderProduct returns the first columns of the product of the reflections
// 1 - tauᵢ·vᵢ·vᵢᴴ, where vᵢ is column i of t below the diagonal, with 1 on it and 0
// above, as QR factorisations store them.
func (t *Tensor) HouseholderProduct(tau *Tensor) *Tensor {
	rows, cols := t.Size(-2), t.Size(-1)
	if k := tau.Size(-1); cols > rows || k > cols {
		failOn("HouseholderProduct", []*Tensor{t, tau}, "%d numbers for %d columns of %d rows: there must be no more numbers than columns and no more columns than rows", k, cols, rows)
	}
	eye := like(t).Eye(rows).Narrow(1, 0, cols)
	v := t.Tril(-1).Add(eye)
	out := eye
	for i := tau.Size(-1) - 1; i >= 0; i-- {
		column := v.Narrow(-1, i, 1)
		out = out.Sub(column.Mul(tau.Narrow(-1, i, 1).Unsqueeze(-1)).MatMul(column.Adjoint().MatMul(out)))
	}
	return out.named("LinalgHouseholderProductBackward0")
}
