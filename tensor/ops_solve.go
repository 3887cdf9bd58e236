package tensor

import (
	"slices"

	"math"

	"github.com/gophergrad/gophergrad/tensor/internal/linalg"
	"gonum.org/v1/gonum/mat"
)

// Linear systems: solved exactly by LU, in the least-squares sense by the
// singular value decomposition, never by way of AᵀA.

// solver registers an op that computes X from a batch of matrices A (m×n) and
// as many B (m×k).
func solver(name string, complex bool, f func(a, b *mat.Dense, eps float64) mat.Matrix, samples ...Sample) *Op {
	return register(Op{Name: name, FloatOnly: true, Complex: complex, Samples: samples, f2: func(x, y *Tensor, _ any) *Tensor {
		nd := len(x.shape)
		m, n, k := x.shape[nd-2], x.shape[nd-1], y.shape[nd-1]
		batch := numel(x.shape[:nd-2])
		if x.dtype.IsComplex() {
			return solveComplex(x, y)
		}
		out := empty(append(x.Shape()[:nd-2], n, k), Float64)
		a, b := read[float64](x), read[float64](y)
		if out.NumEl() > 0 && m > 0 {
			interruptible(m*n, func() {
				for i := range batch {
					checkInterrupt()
					store(out, i, f(mat.NewDense(m, n, a[i*m*n:(i+1)*m*n]), mat.NewDense(m, k, b[i*m*k:(i+1)*m*k]), precision(x.dtype)))
				}
			})
		}
		return narrowTo(out, x.dtype)
	}})
}

// solveComplex solves systems with square matrices of complex numbers.
func solveComplex(x, y *Tensor) *Tensor {
	n, k := x.shape[len(x.shape)-1], y.shape[len(y.shape)-1]
	out := empty(y.shape, Complex128)
	a, b, c := x.Detach().Complex128s(), y.Detach().Complex128s(), elements[complex128](out)
	if len(c) > 0 {
		interruptible(n*n, func() {
			for i := range len(c) / (n * k) {
				checkInterrupt()
				v, ok := linalg.Solve(linalg.Matrix{Rows: n, Cols: n, V: a[i*n*n:][:n*n]}, linalg.Matrix{Rows: n, Cols: k, V: b[i*n*k:][:n*k]})
				if !ok {
					fail("Solve", "the matrix is singular")
				}
				copy(c[i*n*k:], v.V)
			}
		})
	}
	return narrowTo(out, x.dtype)
}

// precision is the distance from 1 to the next number of a dtype.
func precision(d DType) float64 {
	switch d {
	case Float64:
		return math.Nextafter(1, 2) - 1
	case Float16:
		return 1.0 / (1 << 10)
	case BFloat16:
		return 1.0 / (1 << 7)
	}
	return 1.0 / (1 << 23)
}

// decompose returns a thin singular value decomposition and the number of
// singular values above rounding, the largest times max(m, n)·eps.
func decompose(op string, a *mat.Dense, eps float64) (svd *mat.SVD, rank int) {
	svd = new(mat.SVD)
	if !svd.Factorize(a, mat.SVDThin) {
		fail(op, "the singular values did not converge")
	}
	m, n := a.Dims()
	values := svd.Values(nil)
	for rank < len(values) && values[rank] > values[0]*float64(max(m, n))*eps {
		rank++
	}
	return svd, rank
}

var (
	opSolve = solver("linalg_solve", true, func(a, b *mat.Dense, _ float64) mat.Matrix {
		var lu mat.LU
		var x mat.Dense
		lu.Factorize(a)
		if err := lu.SolveTo(&x, false, b); err != nil {
			if c, ok := err.(mat.Condition); !ok || math.IsInf(float64(c), 1) {
				fail("Solve", "the matrix is singular")
			}
		}
		return &x
	}, Sample{Torch: "torch.linalg.solve(x, y)", In: []Input{in(-2, 2, 3, 3), in(-2, 2, 3, 2)}},
		Sample{Torch: "torch.linalg.solve(x, y)", In: []Input{in(-2, 2, 2, 2, 2), in(-2, 2, 2, 2, 1)}})

	opLstSq = solver("linalg_lstsq", false, func(a, b *mat.Dense, eps float64) mat.Matrix {
		svd, rank := decompose("LstSq", a, eps)
		_, n := a.Dims()
		_, k := b.Dims()
		if rank == 0 {
			return mat.NewDense(n, k, nil)
		}
		var x mat.Dense
		svd.SolveTo(&x, b, rank)
		return &x
	}, Sample{Torch: "torch.linalg.lstsq(x, y).solution", In: []Input{in(-2, 2, 4, 2), in(-2, 2, 4, 3)}},
		Sample{Torch: "torch.linalg.lstsq(x, y).solution", In: []Input{in(-2, 2, 2, 3), in(-2, 2, 2, 1)}})

	opPinv = register(Op{Name: "linalg_pinv", FloatOnly: true, Complex: true, Samples: []Sample{
		one("torch.linalg.pinv(x)", nil, 3, 2), one("torch.linalg.pinv(x)", nil, 2, 2, 3),
	}, f1: func(x *Tensor, _ any) *Tensor {
		nd := len(x.shape)
		m, n := x.shape[nd-2], x.shape[nd-1]
		if x.dtype.IsComplex() {
			u, s, vt := x.Detach().SVD()
			limit := s.largest().Unsqueeze(-1).MulScalar(float64(max(m, n)) * precision(x.dtype))
			return vt.Adjoint().Div(s.MaskedFill(s.Le(limit), math.Inf(1)).Unsqueeze(-2)).MatMul(u.Adjoint())
		}
		out, a := empty(append(x.Shape()[:nd-2], n, m), Float64), read[float64](x)
		if len(a) > 0 {
			interruptible(m*n, func() {
				for i := range len(a) / (m * n) {
					checkInterrupt()
					svd, rank := decompose("PInverse", mat.NewDense(m, n, a[i*m*n:(i+1)*m*n]), precision(x.dtype))
					var u, v mat.Dense
					svd.UTo(&u)
					svd.VTo(&v)
					v.Apply(func(_, j int, w float64) float64 {
						if j >= rank {
							return 0
						}
						return w / svd.Values(nil)[j]
					}, &v)
					var p mat.Dense
					p.Mul(&v, u.T())
					store(out, i, &p)
				}
			})
		}
		return narrowTo(out, x.dtype)
	}})

	opMatrixExp = factor("matrix_exp", true, squareShape, func(a *mat.Dense) []mat.Matrix {
		var e mat.Dense
		e.Exp(a)
		return []mat.Matrix{&e}
	}, complexFactor{}, one("torch.linalg.matrix_exp(x)", nil, 3, 3), one("torch.linalg.matrix_exp(x)", nil, 2, 2, 2))
)

func init() {
	viaTwo("solve", "torch.linalg.solve(x, y)", func(x, y *Tensor) *Tensor { return x.Solve(y) }, in(-2, 2, 2, 2, 2), in(-2, 2, 2, 3))
	viaTwo("solve_vectors", "torch.linalg.solve(x, y)", func(x, y *Tensor) *Tensor { return x.Solve(y) }, in(-2, 2, 2, 2, 2), in(-2, 2, 2, 2))
	viaTwo("solve_vector", "torch.linalg.solve(x, y)", func(x, y *Tensor) *Tensor { return x.Solve(y) }, in(-2, 2, 3, 3), in(-2, 2, 3))
	viaTwo("solve_triangular", "torch.linalg.solve_triangular(x, y, upper=True)", func(x, y *Tensor) *Tensor { return x.SolveTriangular(y, true) }, in(0.5, 2, 3, 3), in(-2, 2, 3, 2))
	viaTwo("cholesky_solve", "torch.cholesky_solve(y, torch.linalg.cholesky(x @ x.mT + torch.eye(3, dtype=x.dtype)))", func(x, y *Tensor) *Tensor {
		return x.MatMul(x.MT()).Add(like(x).Eye(3)).Cholesky().CholeskySolve(y)
	}, in(-2, 2, 3, 3), in(-2, 2, 3, 2))
	viaOne("cholesky_inverse", "torch.cholesky_inverse(x.tril())", func(x *Tensor) *Tensor { return x.Tril(0).CholeskyInverse() }, 0.5, 2, 2, 3, 3)
	viaOne("tensorinv", "torch.linalg.tensorinv(x, 1)", func(x *Tensor) *Tensor { return x.TensorInv(1) }, -2, 2, 6, 2, 3)
	viaTwo("tensorsolve", "torch.linalg.tensorsolve(x, y)", func(x, y *Tensor) *Tensor { return x.TensorSolve(y) }, in(-2, 2, 2, 3, 6), in(-2, 2, 2, 3))
	viaTwo("tensorsolve_dims", "torch.linalg.tensorsolve(x, y, (0, 2))", func(x, y *Tensor) *Tensor { return x.TensorSolve(y, 0, 2) }, in(-2, 2, 2, 6, 3), in(-2, 2, 6))
	viaOne("matrix_norm_least", "torch.linalg.matrix_norm(x, -2) + torch.linalg.matrix_norm(x, -1) + torch.linalg.matrix_norm(x, -float('inf'))", func(x *Tensor) *Tensor {
		return x.MatrixNorm("-2").Add(x.MatrixNorm("-1")).Add(x.MatrixNorm("-inf"))
	}, -2, 2, 3, 2)
	viaOne("matrix_norm", "torch.linalg.matrix_norm(x, 'nuc') + torch.linalg.matrix_norm(x, 2) + torch.linalg.matrix_norm(x, 1)", func(x *Tensor) *Tensor {
		return x.MatrixNorm("nuc").Add(x.MatrixNorm("2")).Add(x.MatrixNorm("1"))
	}, -2, 2, 3, 2)
	viaOne("cond", "torch.linalg.cond(x)", func(x *Tensor) *Tensor { return x.Cond() }, -2, 2, 3, 2)
	viaOne("matrix_rank", "torch.linalg.matrix_rank(x @ x.mT)", func(x *Tensor) *Tensor { return x.MatMul(x.MT()).MatrixRank() }, -2, 2, 4, 2)
	viaOne("multi_dot", "torch.linalg.multi_dot([x, x.mT, x])", func(x *Tensor) *Tensor { return MultiDot(x, x.MT(), x) }, -2, 2, 3, 2)
	viaTwo("cross", "torch.linalg.cross(x, y)", func(x, y *Tensor) *Tensor { return x.Cross(y, -1) }, in(-2, 2, 2, 3), in(-2, 2, 2, 3))
}

// paired checks a system's operands and broadcasts their batches.
func paired(op string, a, b *Tensor, square bool) (x, y *Tensor) {
	sameDevice(op, a, b)
	na, nb := len(a.shape), len(b.shape)
	if na < 2 || nb < 2 || a.shape[na-2] != b.shape[nb-2] || square && a.shape[na-1] != a.shape[na-2] {
		failOn(op, []*Tensor{a, b}, "%s and %s: want a %smatrix (m×n) and a right side (m×k)", shapeText(a.shape), shapeText(b.shape), map[bool]string{true: "square "}[square])
	}
	if a.dtype != b.dtype || !a.dtype.IsFloat() && !a.dtype.IsComplex() {
		failOn(op, []*Tensor{a, b}, "operands are %v and %v; they must have one floating-point dtype", a.dtype, b.dtype)
	}
	batch := broadcast(op, a.shape[:na-2], b.shape[:nb-2])
	grow := func(t *Tensor) *Tensor {
		shape := append(append([]int{}, batch...), t.shape[len(t.shape)-2:]...)
		if sameShape(shape, t.shape) {
			return t
		}
		return t.Expand(shape...)
	}
	return grow(a), grow(b)
}

// Solve returns X with t·X = b for a square matrix t; b is a matrix, or a vector,
// or, if its shape is that of t without the last size, one for every matrix of t.
func (t *Tensor) Solve(b *Tensor) *Tensor {
	if t.takesVectors(b) {
		return t.solve(b.Unsqueeze(-1)).Squeeze(-1).named("LinalgSolveExBackward0")
	}
	return t.solve(b)
}

// takesVectors reports whether the right sides of t·X = b are vectors.
func (t *Tensor) takesVectors(b *Tensor) bool {
	n := len(t.shape) - 1
	return len(b.shape) == 1 || n > 0 && sameShape(b.shape, t.shape[:n])
}

func (t *Tensor) solve(b *Tensor) *Tensor {
	x, y := paired("Solve", t, b, true)
	return opSolve.call2(x, y, nil)
}

// LstSq returns the X that minimises ‖t·X - b‖, the smallest where there are
// several; b is what Solve takes.
func (t *Tensor) LstSq(b *Tensor) *Tensor {
	if t.takesVectors(b) {
		return t.LstSq(b.Unsqueeze(-1)).Squeeze(-1)
	}
	if t.dtype.IsComplex() {
		return t.PInverse().MatMul(b)
	}
	x, y := paired("LstSq", t, b, false)
	return opLstSq.call2(x, y, nil)
}

// SolveTriangular returns X with t·X = b, where t's upper (or lower) triangle
// counts and the rest is taken as 0.
func (t *Tensor) SolveTriangular(b *Tensor, upper bool) *Tensor {
	triangle := t.Tril
	if upper {
		triangle = t.Triu
	}
	if len(b.shape) == 1 {
		return triangle(0).Solve(b).named("LinalgSolveTriangularBackward0")
	}
	return triangle(0).solve(b).named("LinalgSolveTriangularBackward0")
}

// CholeskySolve returns X with A·X = b, where t is A's Cholesky factor L.
func (t *Tensor) CholeskySolve(b *Tensor) *Tensor {
	return t.Adjoint().SolveTriangular(t.SolveTriangular(b, false), true).named("CholeskySolveBackward0")
}

// CholeskyInverse returns the inverses of A, where t is A's Cholesky factor L, whose lower triangle is read.
func (t *Tensor) CholeskyInverse() *Tensor {
	inv := t.SolveTriangular(like(t).Eye(t.Size(-1)), false)
	return inv.Adjoint().MatMul(inv).named("CholeskyInverseBackward0")
}

// TensorInv returns the inverse of the matrix whose rows are t's first n dimensions and whose columns are the others, which must have
// as many elements: of shape (2×3×6), with n = 2, a result of shape (6×2×3), which Tensordot multiplies.
func (t *Tensor) TensorInv(n int) *Tensor {
	if n < 1 || n >= len(t.shape) {
		failOn("TensorInv", []*Tensor{t}, "%d dimensions of rows in shape %s; there must be one, and one of columns", n, shapeText(t.shape))
	}
	return t.Reshape(numel(t.shape[:n]), -1).Inverse().Reshape(append(slices.Clone(t.shape[n:]), t.shape[:n]...)...)
}

// TensorSolve returns X whose product with t, summed over all of X, is b. t's shape is b's followed by X's; the dimensions of X in t
// are its last ones, or dims.
func (t *Tensor) TensorSolve(b *Tensor, dims ...int) *Tensor {
	last := reduceDims("TensorSolve", t, dims, nil)
	var order []int
	for d := range t.shape {
		if !contains(last, d) {
			order = append(order, d)
		}
	}
	a := t.Permute(append(order, last...)...)
	if len(b.shape) > len(a.shape) {
		failOn("TensorSolve", []*Tensor{t, b}, "the right side %s has more dimensions than %s", shapeText(b.shape), shapeText(t.shape))
	}
	return a.Reshape(b.NumEl(), -1).Solve(b.Flatten()).Reshape(a.shape[len(b.shape):]...)
}

// PInverse returns the Moore–Penrose inverse of matrices; singular values below
// max(m, n)·eps times the largest count as 0.
func (t *Tensor) PInverse() *Tensor {
	if len(t.shape) < 2 || !t.dtype.IsFloat() && !t.dtype.IsComplex() {
		failOn("PInverse", []*Tensor{t}, "%v of shape %s is no matrix of floating-point numbers", t.dtype, shapeText(t.shape))
	}
	return opPinv.call1(t, nil)
}

// MatrixExp returns the exponentials Σ tⁿ/n! of square matrices.
func (t *Tensor) MatrixExp() *Tensor {
	if t.dtype.IsComplex() && len(t.shape) >= 2 { // by real matrices that multiply alike: ((a, -b), (b, a)) for a + ib
		re, im, n := t.Real(), t.Imag(), t.Size(-1)
		upper, lower := Cat([]*Tensor{re, im.Neg()}, -1), Cat([]*Tensor{im, re}, -1)
		left := Cat([]*Tensor{upper, lower}, -2).MatrixExp().Narrow(-1, 0, n)
		return Complex(left.Narrow(-2, 0, n), left.Narrow(-2, n, n))
	}
	return opMatrixExp.call([]*Tensor{t}, nil)[0]
}

// MatrixNorm returns a norm of matrices: "fro" (root of the sum of squares),
// "nuc" (sum of the singular values), "2" (the largest one), "1" and "inf"
// (largest absolute column and row sum), and "-2", "-1" and "-inf" (the smallest).
func (t *Tensor) MatrixNorm(kind string) *Tensor {
	switch kind {
	case "fro":
		return t.Norm(-2, -1)
	case "1":
		return t.Abs().Sum(-2).largest()
	case "inf":
		return t.Abs().Sum(-1).largest()
	case "-1":
		return t.Abs().Sum(-2).AMin(-1)
	case "-inf":
		return t.Abs().Sum(-1).AMin(-1)
	case "nuc", "2", "-2":
		_, s, _ := t.SVD()
		switch kind {
		case "nuc":
			return s.Sum(-1)
		case "2":
			return s.largest()
		}
		return s.AMin(-1)
	}
	fail("MatrixNorm", "unknown norm %q; use fro, nuc, 2, 1, inf, -2, -1 or -inf", kind)
	return nil
}

// largest returns the largest along the last dimension of numbers that are not negative: 0 of none.
func (t *Tensor) largest() *Tensor {
	if t.Size(-1) == 0 {
		return t.Sum(-1)
	}
	return t.AMax(-1)
}

// Cond returns the ratio of the largest singular value to the smallest, 0 where there are none.
func (t *Tensor) Cond() *Tensor {
	_, s, _ := t.SVD()
	if s.Size(-1) == 0 {
		return s.largest()
	}
	return s.Select(-1, 0).Div(s.Select(-1, -1)).named("SqueezeBackward1")
}

// MatrixRank returns how many singular values exceed max(m, n)·eps times the
// largest.
func (t *Tensor) MatrixRank() *Tensor {
	_, s, _ := t.Detach().SVD()
	limit := s.largest().Unsqueeze(-1).MulScalar(float64(max(t.Size(-1), t.Size(-2))) * precision(t.dtype))
	return s.Gt(limit).Sum(-1)
}

// MultiDot returns the product of matrices, from left to right.
func MultiDot(xs ...*Tensor) *Tensor {
	if len(xs) == 0 {
		fail("MultiDot", "no matrices")
	}
	out := xs[0]
	for _, x := range xs[1:] {
		out = out.MatMul(x).named("ViewBackward0")
	}
	return out
}

// Cross returns the vector products along a dimension of size 3.
func (t *Tensor) Cross(y *Tensor, dim int) *Tensor {
	if t.Size(dim) != 3 || y.Size(dim) != 3 {
		failOn("Cross", []*Tensor{t, y}, "%s and %s must have 3 elements in dimension %d", shapeText(t.shape), shapeText(y.shape), dim)
	}
	turn := func(x *Tensor, by int) *Tensor { return x.Roll(by, dim) }
	return turn(t, -1).Mul(turn(y, 1)).Sub(turn(t, 1).Mul(turn(y, -1))).named("LinalgCrossBackward0")
}
