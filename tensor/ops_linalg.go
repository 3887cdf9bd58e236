package tensor

import (
	"math"
	"time"

	"github.com/gophergrad/gophergrad/tensor/internal/linalg"
	"gonum.org/v1/gonum/mat"
)

// Linear algebra on matrices, the last two dimensions: real ones computed in
// float64 by gonum, complex ones in complex128 by package linalg.

// complexFactor is a factor's form for complex matrices, if there is one.
type complexFactor struct {
	f    func(a linalg.Matrix) []linalg.Matrix
	real int // which result is real, 0 if none is: the first is number 1
}

// factor registers an op that computes results from every matrix of x; shapes
// gives the sizes of each result for an m×n matrix.
func factor(name string, square bool, shapes func(m, n int) [][]int, f func(a *mat.Dense) []mat.Matrix, fc complexFactor, samples ...Sample) *Op {
	method := methodName(name)
	return register(Op{Name: name, FloatOnly: true, Complex: fc.f != nil, Samples: samples, fn: func(xs []*Tensor, _ any) []*Tensor {
		x := xs[0]
		nd := len(x.shape)
		if nd < 2 || square && x.shape[nd-1] != x.shape[nd-2] {
			failOn(method, xs, "shape %s is no %smatrix", shapeText(x.shape), map[bool]string{true: "square "}[square])
		}
		if !x.dtype.IsFloat() && !x.dtype.IsComplex() {
			failOn(method, xs, "elements are %v; Cast them to a floating-point dtype", x.dtype)
		}
		m, n := x.shape[nd-2], x.shape[nd-1]
		batch := x.shape[: nd-2 : nd-2]
		if x.dtype.IsComplex() {
			return fc.each(x, batch, m, n, shapes(m, n))
		}
		in := read[float64](x)
		var out []*Tensor
		for _, s := range shapes(m, n) {
			out = append(out, empty(append(append([]int{}, batch...), s...), Float64))
		}
		if numel(x.shape) > 0 {
			interruptible(m*n, func() {
				for i := range numel(batch) {
					checkInterrupt()
					for k, r := range f(mat.NewDense(m, n, in[i*m*n:(i+1)*m*n])) {
						store(out[k], i, r)
					}
				}
			})
		} else if len(out[0].shape) == len(batch) { // a determinant: the product of nothing
			out[0].fill(1)
		}
		for k := range out {
			out[k] = narrowTo(out[k], x.dtype)
		}
		return out
	}})
}

// each computes the results from every matrix of x.
func (fc complexFactor) each(x *Tensor, batch []int, m, n int, shapes [][]int) []*Tensor {
	var out []*Tensor
	for _, s := range shapes {
		out = append(out, empty(append(append([]int{}, batch...), s...), Complex128))
	}
	in := x.Detach().Complex128s()
	if len(in) > 0 {
		interruptible(m*n, func() {
			for i := range numel(batch) {
				checkInterrupt()
				for k, r := range fc.f(linalg.Matrix{Rows: m, Cols: n, V: in[i*m*n:][:m*n]}) {
					copy(elements[complex128](out[k])[i*len(r.V):], r.V)
				}
			}
		})
	} else if len(out[0].shape) == len(batch) {
		out[0].fill(1)
	}
	for k := range out {
		d := x.dtype
		if k+1 == fc.real {
			d = d.realType()
		}
		out[k] = narrowTo(out[k], d)
	}
	return out
}

// number1 is a 1×1 matrix.
func number1(v complex128) linalg.Matrix { return linalg.Matrix{Rows: 1, Cols: 1, V: []complex128{v}} }

// rowOf is a matrix of one row of real numbers.
func rowOf(v []float64) linalg.Matrix {
	m := linalg.New(1, len(v))
	for i, x := range v {
		m.V[i] = complex(x, 0)
	}
	return m
}

// store writes the i-th matrix of a batch.
func store(out *Tensor, i int, m mat.Matrix) {
	rows, cols := m.Dims()
	d := slice[float64](out.storage)[i*rows*cols:]
	for p := range rows {
		for q := range cols {
			d[p*cols+q] = m.At(p, q)
		}
	}
}

// interruptible runs f, which cannot look for interrupts, beside and leaves it
// alone when one comes; f must change nothing that outlives it. Matrices of few
// elements are not worth it.
func interruptible(elements int, f func()) {
	if elements < 64*64 {
		f()
		return
	}
	done := make(chan any, 1)
	go func() {
		defer func() { done <- recover() }()
		f()
	}()
	for {
		select {
		case failure := <-done:
			if failure != nil {
				panic(failure)
			}
			return
		case <-time.After(20 * time.Millisecond):
			checkInterrupt()
		}
	}
}

func squareShape(m, n int) [][]int { return [][]int{{m, n}} }

var (
	opInv = factor("linalg_inv", true, squareShape, func(a *mat.Dense) []mat.Matrix {
		var inv mat.Dense
		if err := inv.Inverse(a); err != nil {
			if c, ok := err.(mat.Condition); !ok || math.IsInf(float64(c), 1) {
				fail("Inverse", "the matrix is singular")
			}
		}
		return []mat.Matrix{&inv}
	}, complexFactor{func(a linalg.Matrix) []linalg.Matrix {
		inv, ok := linalg.Solve(a, linalg.Eye(a.Rows))
		if !ok {
			fail("Inverse", "the matrix is singular")
		}
		return []linalg.Matrix{inv}
	}, 0}, one("torch.linalg.inv(x)", nil, 3, 3), one("torch.linalg.inv(x)", nil, 2, 2, 2))

	opDet = factor("linalg_det", true, func(m, n int) [][]int { return [][]int{{}} }, func(a *mat.Dense) []mat.Matrix {
		return []mat.Matrix{mat.NewDense(1, 1, []float64{mat.Det(a)})}
	}, complexFactor{func(a linalg.Matrix) []linalg.Matrix {
		sign, logAbs := linalg.Det(a)
		return []linalg.Matrix{number1(sign * complex(math.Exp(logAbs), 0))}
	}, 0}, one("torch.linalg.det(x)", nil, 3, 3), one("torch.linalg.det(x)", nil, 2, 2, 2))

	opSlogDet = factor("linalg_slogdet", true, func(m, n int) [][]int { return [][]int{{}, {}} }, func(a *mat.Dense) []mat.Matrix {
		logDet, sign := mat.LogDet(a)
		if math.IsInf(logDet, -1) {
			sign = 0
		}
		return []mat.Matrix{mat.NewDense(1, 1, []float64{sign}), mat.NewDense(1, 1, []float64{logDet})}
	}, complexFactor{func(a linalg.Matrix) []linalg.Matrix {
		sign, logAbs := linalg.Det(a)
		return []linalg.Matrix{number1(sign), number1(complex(logAbs, 0))}
	}, 2}, one("torch.linalg.slogdet(x)", nil, 3, 3))

	opCholesky = factor("linalg_cholesky", true, squareShape, func(a *mat.Dense) []mat.Matrix {
		n, _ := a.Dims()
		sym := mat.NewSymDense(n, nil)
		for i := range n {
			for j := range i + 1 {
				sym.SetSym(i, j, a.At(i, j)) // the lower triangle is read
			}
		}
		var c mat.Cholesky
		if !c.Factorize(sym) {
			fail("Cholesky", "the matrix is not positive definite")
		}
		var l mat.TriDense
		c.LTo(&l)
		return []mat.Matrix{&l}
	}, complexFactor{func(a linalg.Matrix) []linalg.Matrix {
		l, ok := linalg.Cholesky(a)
		if !ok {
			fail("Cholesky", "the matrix is not positive definite")
		}
		return []linalg.Matrix{l}
	}, 0}, Sample{Torch: "torch.linalg.cholesky(torch.tril(x) + torch.tril(x, -1).mT)", In: []Input{in(1, 2, 1, 1)}})

	opEigh = factor("linalg_eigh", true, func(m, n int) [][]int { return [][]int{{n}, {n, n}} }, func(a *mat.Dense) []mat.Matrix {
		n, _ := a.Dims()
		sym := mat.NewSymDense(n, nil)
		for i := range n {
			for j := range i + 1 {
				sym.SetSym(i, j, a.At(i, j))
			}
		}
		var e mat.EigenSym
		if !e.Factorize(sym, true) {
			fail("Eigh", "the eigenvalues did not converge")
		}
		var v mat.Dense
		e.VectorsTo(&v)
		return []mat.Matrix{mat.NewDense(1, n, e.Values(nil)), &v}
	}, complexFactor{func(a linalg.Matrix) []linalg.Matrix {
		values, v := linalg.Eigh(a)
		return []linalg.Matrix{rowOf(values), v}
	}, 1}, Sample{Torch: "torch.linalg.eigh(x)", In: []Input{in(1, 2, 1, 1)}})

	opSVD = factor("linalg_svd", false, func(m, n int) [][]int {
		k := min(m, n)
		return [][]int{{m, k}, {k}, {k, n}}
	}, func(a *mat.Dense) []mat.Matrix {
		var s mat.SVD
		if !s.Factorize(a, mat.SVDThin) {
			fail("SVD", "the singular values did not converge")
		}
		var u, v mat.Dense
		s.UTo(&u)
		s.VTo(&v)
		values := s.Values(nil)
		return []mat.Matrix{&u, mat.NewDense(1, len(values), values), v.T()}
	}, complexFactor{func(a linalg.Matrix) []linalg.Matrix {
		u, values, vh := linalg.SVD(a)
		return []linalg.Matrix{u, rowOf(values), vh}
	}, 2}, Sample{Torch: "torch.linalg.svd(x, full_matrices=False)", In: []Input{in(1, 2, 1, 1)}})

	opQR = factor("linalg_qr", false, func(m, n int) [][]int {
		k := min(m, n)
		return [][]int{{m, k}, {k, n}}
	}, func(a *mat.Dense) []mat.Matrix {
		m, n := a.Dims()
		k := min(m, n)
		wide := a
		if m < n { // gonum wants tall matrices: factor the leading square
			wide = mat.DenseCopyOf(a.Slice(0, m, 0, m))
		}
		var qr mat.QR
		qr.Factorize(wide)
		var q, r mat.Dense
		qr.QTo(&q)
		r.Mul(q.Slice(0, m, 0, k).T(), a)
		for i := range k {
			for j := range min(i, n) {
				r.Set(i, j, 0)
			}
		}
		return []mat.Matrix{q.Slice(0, m, 0, k), &r}
	}, complexFactor{func(a linalg.Matrix) []linalg.Matrix {
		q, r := linalg.QR(a)
		return []linalg.Matrix{q, r}
	}, 0}, one("torch.linalg.qr(x)", nil, 3, 2), one("torch.linalg.qr(x)", nil, 2, 4, 3), one("torch.linalg.qr(x)", nil, 2, 3))
)

func init() {
	definite := "(x @ x.mT + torch.eye(3, dtype=x.dtype))"
	pd := func(x *Tensor) *Tensor { return x.MatMul(x.MT()).Add(like(x).Eye(3)) }
	// Factors are unique up to signs, so their squares are compared; the primitives
	// are sampled where a fixed input has one sign.
	viaOne("cholesky", "torch.linalg.cholesky("+definite+")", func(x *Tensor) *Tensor { return pd(x).Cholesky() }, -2, 2, 3, 3)
	viaOne("eigvalsh", "torch.linalg.eigvalsh("+definite+")", func(x *Tensor) *Tensor { v, _ := pd(x).Eigh(); return v }, -2, 2, 3, 3)
	viaOne("eigh_projectors", "(lambda v: v[1].square())(torch.linalg.eigh("+definite+"))", func(x *Tensor) *Tensor { _, v := pd(x).Eigh(); return v.Square() }, -2, 2, 3, 3)
	viaOne("svdvals", "torch.linalg.svdvals(x)", func(x *Tensor) *Tensor { _, s, _ := x.SVD(); return s }, -2, 2, 3, 2)
	viaOne("svd_squares", "(lambda s: torch.cat([s[0].square(), s[2].square()]))(torch.linalg.svd(x, full_matrices=False))", func(x *Tensor) *Tensor {
		u, _, vt := x.SVD()
		return Cat([]*Tensor{u.Square(), vt.Square()}, 0)
	}, -2, 2, 3, 2)
	viaOne("svd_full", "(lambda u: u[:, 2:] @ u[:, 2:].mT)(torch.linalg.svd(x.detach())[0])", func(x *Tensor) *Tensor {
		u, _, _ := x.Detach().SVDFull()
		return u.Narrow(1, 2, 2).MatMul(u.Narrow(1, 2, 2).MT())
	}, -2, 2, 4, 2)
	viaOne("svd_full_wide", "(lambda v: v[2:].mT @ v[2:])(torch.linalg.svd(x.detach())[2])", func(x *Tensor) *Tensor {
		_, _, vt := x.Detach().SVDFull()
		return vt.Narrow(0, 2, 1).MT().MatMul(vt.Narrow(0, 2, 1))
	}, -2, 2, 2, 3)
	viaOne("qr_squares", "(lambda s: torch.cat([s[0].square(), s[1].square()]))(torch.linalg.qr(x))", func(x *Tensor) *Tensor {
		q, r := x.QR()
		return Cat([]*Tensor{q.Square(), r.Square()}, 0)
	}, -2, 2, 3, 2)
	viaOne("logdet", "torch.logdet("+definite+")", func(x *Tensor) *Tensor { return pd(x).LogDet() }, -2, 2, 3, 3)
	viaOne("logdet_negative", "torch.logdet(x)", func(x *Tensor) *Tensor { return x.LogDet() }, -2, -1, 1, 1)
	viaOne("matrix_power", "torch.linalg.matrix_power(x, 3)", func(x *Tensor) *Tensor { return x.MatrixPower(3) }, -2, 2, 3, 3)
}

// Inverse returns the inverses of square matrices.
func (t *Tensor) Inverse() *Tensor { return opInv.call([]*Tensor{t}, nil)[0] }

// Det returns the determinants of square matrices.
func (t *Tensor) Det() *Tensor { return opDet.call([]*Tensor{t}, nil)[0] }

// SLogDet returns the signs and the logarithms of the determinants.
func (t *Tensor) SLogDet() (sign, logDet *Tensor) {
	out := opSlogDet.call([]*Tensor{t}, nil)
	return out[0], out[1]
}

// LogDet returns the logarithms of the determinants of square matrices: nan of negative ones, -∞ of 0.
func (t *Tensor) LogDet() *Tensor {
	sign, logAbs := t.SLogDet()
	if t.dtype.IsComplex() {
		return logAbs.Add(sign.Log())
	}
	return logAbs.MaskedFill(sign.LtScalar(0), math.NaN()).named("WhereBackward0")
}

// Cholesky returns the lower triangular L with L·Lᵀ = t, a symmetric positive
// definite matrix, whose lower triangle is read.
func (t *Tensor) Cholesky() *Tensor { return opCholesky.call([]*Tensor{t}, nil)[0] }

// Eigh returns the eigenvalues, ascending, and the eigenvectors, as columns, of
// a symmetric matrix, whose lower triangle is read.
func (t *Tensor) Eigh() (values, vectors *Tensor) {
	out := opEigh.call([]*Tensor{t}, nil)
	return out[0], out[1]
}

// SVD returns U, the singular values, descending, and Vᵀ, with t = U·diag(S)·Vᵀ.
func (t *Tensor) SVD() (u, s, vt *Tensor) {
	out := opSVD.call([]*Tensor{t}, nil)
	return out[0], out[1], out[2]
}

// SVDFull is SVD with square U and Vᵀ: orthonormal columns and rows without a singular value, which are not unique, complete
// them (full_matrices=True). It has no derivative; SVD has.
func (t *Tensor) SVDFull() (u, s, vt *Tensor) {
	if wantsGrad(t) && GradEnabled() {
		failOn("SVDFull", []*Tensor{t}, "the added columns are not unique and have no derivative; use SVD, or Detach the matrix")
	}
	u, s, vt = t.SVD()
	return u.completed(), s, vt.Adjoint().completed().Adjoint()
}

// completed adds orthonormal columns to t's until they are a basis: the eigenvectors of 1 - t·tᴴ for 1, where t's have 0.
func (t *Tensor) completed() *Tensor {
	rows, cols := t.Size(-2), t.Size(-1)
	if rows == cols {
		return t
	}
	_, v := like(t).Eye(rows).Sub(t.MatMul(t.Adjoint())).Eigh()
	return Cat([]*Tensor{t, v.Narrow(-1, cols, rows-cols)}, -1)
}

// QR returns orthonormal columns Q and the upper triangular R with Q·R = t.
func (t *Tensor) QR() (q, r *Tensor) {
	out := opQR.call([]*Tensor{t}, nil)
	return out[0], out[1]
}

// MatrixPower returns the n-th power of square matrices; a negative n inverts.
func (t *Tensor) MatrixPower(n int) *Tensor {
	if n == 0 {
		return like(t).Eye(t.Size(-1)).Expand(t.shape...)
	}
	base, times := t, uint(n)
	if n < 0 {
		base, times = t.Inverse(), uint(-n)
	}
	for ; times&1 == 0; times >>= 1 {
		base = base.MatMul(base)
	}
	out := base
	for times >>= 1; times > 0; times >>= 1 {
		base = base.MatMul(base)
		if times&1 == 1 {
			out = out.MatMul(base)
		}
	}
	return out
}
