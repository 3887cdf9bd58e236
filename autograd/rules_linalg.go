package autograd

import (
	"math"

	"github.com/gophergrad/gophergrad/tensor"
)

// Derivatives of matrix factorisations: Giles, An extended collection of matrix
// derivative results for forward and reverse mode algorithmic differentiation
// (2008); Seeger et al., Auto-differentiating linear algebra (2017).

// column turns numbers, one a matrix, into 1×1 matrices.
func column(x *T) *T { return x.Unsqueeze(-1).Unsqueeze(-1) }

// diagonals returns the diagonals of a batch of matrices.
func diagonals(x *T) *T { return x.DiagonalDims(0, -2, -1) }

// half returns the lower triangle with half the diagonal.
func half(x *T) *T { return x.Tril(0).Add(x.Tril(-1)).MulScalar(0.5) }

// skew returns twice the skew-symmetric part of matrices.
func skew(x *T) *T { return x.Sub(x.Adjoint()) }

func eye(x *T, n int) *T { return tensor.On(x.Device()).As(x.DType()).Eye(n) }

// gaps returns 1/(v_j - v_i) off the diagonal, 0 on it.
func gaps(v *T) *T {
	one := eye(v, v.Size(-1))
	return v.Unsqueeze(-2).Sub(v.Unsqueeze(-1)).Add(one).Reciprocal().Sub(one)
}

// phaseless panics if the gradient of complex vectors v, as vᴴ·g, would turn their phases, which are arbitrary.
func phaseless(op string, turn *T) {
	if !turn.DType().IsComplex() {
		return
	}
	if phase := diagonals(turn.Detach()).Imag().Abs(); phase.GtScalar(0.01).AnyTrue().Item() != 0 {
		panic(&tensor.Error{Op: op, Msg: "complex vectors are determined up to factors of absolute value 1, on which the result depends; use what does not, such as their absolute values"})
	}
}

// cofactors returns the derivatives of a determinant, conjugated: U·diag(products of the other singular values)·Vᴴ,
// times det(U·Vᴴ), which has absolute value 1.
func cofactors(a *T) *T {
	u, s, vh := a.SVD()
	n := s.Size(-1)
	others := s.Unsqueeze(-2).Expand(append(s.Shape(), n)...).MaskedFill(tensor.Eye(n).Bool(), 1).Prod(-1)
	return column(u.MatMul(vh).Det()).Mul(u.Mul(others.Unsqueeze(-2)).MatMul(vh))
}

// pinvBack is the derivative of P, the pseudoinverse of A, for the gradient g
// (Golub and Pereyra 1973, eq. 4.12).
func pinvBack(g, p, a *T) *T {
	pt := p.Adjoint()
	outside := eye(a, a.Size(-2)).Sub(a.MatMul(p))
	beside := eye(a, a.Size(-1)).Sub(p.MatMul(a))
	return outside.MatMul(g.Adjoint()).MatMul(p).MatMul(pt).Add(pt.MatMul(p).MatMul(g.Adjoint()).MatMul(beside)).Sub(pt.MatMul(g).MatMul(pt))
}

func init() {
	out1, out2 := tensor.Out1, tensor.Out2
	add(map[string]Rule{
		"linalg_inv": {{out0, func(b *Back) *T { y := b.Out(0).Adjoint(); return y.MatMul(b.G).MatMul(y).Neg() }}},
		"linalg_solve": {{in0 | out0, func(b *Back) *T { return b.In(0).Adjoint().Solve(b.G).MatMul(b.Out(0).Adjoint()).Neg() }},
			{in0, func(b *Back) *T { return b.In(0).Adjoint().Solve(b.G) }}},
		"linalg_pinv": {{in0 | out0, func(b *Back) *T { return pinvBack(b.G, b.Out(0), b.In(0)) }}},
		"linalg_lstsq": {{in0 | in1, func(b *Back) *T { return pinvBack(b.G.MatMul(b.In(1).MT()), b.In(0).PInverse(), b.In(0)) }},
			{in0, func(b *Back) *T { return b.In(0).PInverse().MT().MatMul(b.G) }}},
		"matrix_exp": {{in0, func(b *Back) *T { // the corner of exp [[Aᵀ, G], [0, Aᵀ]]
			at := b.In(0).MT()
			n := at.Size(-1)
			top, bottom := tensor.Cat([]*T{at, b.G}, -1), tensor.Cat([]*T{tensor.ZerosLike(at), at}, -1)
			return tensor.Cat([]*T{top, bottom}, -2).MatrixExp().Narrow(-2, 0, n).Narrow(-1, n, n)
		}}},
		"linalg_det": {{in0 | out0, func(b *Back) *T { // det A·A⁻¹ is the adjugate, which singular matrices have, too
			if b.Out(0).EqScalar(0).AnyTrue().Bools()[0] {
				return column(b.G).Mul(cofactors(b.In(0)))
			}
			return column(b.G.Mul(b.Out(0).Conj())).Mul(b.In(0).Inverse().Adjoint())
		}}},
		"linalg_slogdet": {{in0 | out0, func(b *Back) *T {
			g := b.grad(1)
			if sign := b.Out(0); sign.DType().IsComplex() { // the sign turns with the imaginary part of the trace of A⁻¹·dA
				g = tensor.Complex(g, b.grad(0).Conj().Mul(sign).Imag().Neg())
			}
			x, singular := b.In(0), column(b.Out(0).EqScalar(0))
			inverse := tensor.Where(singular, tensor.As(x.DType()).Eye(x.Size(-1)), x).Inverse()
			return column(g).Mul(inverse.Adjoint()).MaskedFill(singular, math.NaN())
		}}},
		"linalg_cholesky": {{out0, func(b *Back) *T {
			l := b.Out(0)
			inv := l.Inverse()
			s := inv.Adjoint().MatMul(half(l.Adjoint().MatMul(b.G))).MatMul(inv)
			return s.Add(s.Adjoint()).MulScalar(0.5)
		}}},
		"linalg_eigh": {{out0 | out1, func(b *Back) *T {
			v := b.Out(1)
			if b.Grads[1] == nil { // only vectors cannot do with repeated values
				return v.Mul(b.G.Unsqueeze(-2)).MatMul(v.Adjoint())
			}
			inner := v.Adjoint().MatMul(b.Grads[1])
			phaseless("Eigh", inner)
			inner = skew(inner).MulScalar(0.5).Mul(gaps(b.Out(0))).Add(b.grad(0).DiagEmbed(0))
			return v.MatMul(inner).MatMul(v.Adjoint())
		}}},
		"linalg_svd": {{out0 | out1 | out2, func(b *Back) *T {
			u, s, vt := b.Out(0), b.Out(1), b.Out(2)
			if b.Grads[0] == nil && b.Grads[2] == nil { // only vectors cannot do with repeated values
				return u.Mul(b.grad(1).Unsqueeze(-2)).MatMul(vt)
			}
			v := vt.Adjoint()
			gu, gv := b.grad(0), b.grad(2).Adjoint()
			f := gaps(s.Square())
			turn := skew(u.Adjoint().MatMul(gu))
			phaseless("SVD", u.Adjoint().MatMul(gu).Add(v.Adjoint().MatMul(gv)))
			left := f.Mul(turn).Mul(s.Unsqueeze(-2))
			if u.DType().IsComplex() { // u's phases, with v's
				left = left.Add(diagonals(turn).Div(s.MulScalar(2)).DiagEmbed(0))
			}
			right := s.Unsqueeze(-1).Mul(f).Mul(skew(v.Adjoint().MatMul(gv)))
			a := u.MatMul(left.Add(right).Add(b.grad(1).DiagEmbed(0))).MatMul(vt)
			if m, k := u.Size(-2), u.Size(-1); m > k { // what lies outside of U's columns
				rest := eye(u, m).Sub(u.MatMul(u.Adjoint()))
				a = a.Add(rest.MatMul(gu).Div(s.Unsqueeze(-2)).MatMul(vt))
			}
			if n, k := v.Size(-2), v.Size(-1); n > k {
				rest := eye(v, n).Sub(v.MatMul(v.Adjoint()))
				a = a.Add(u.MatMul(gv.Div(s.Unsqueeze(-2)).Adjoint()).MatMul(rest))
			}
			return a
		}}},
		"linalg_eig": {{in0 | out0 | out1, func(b *Back) *T { // Boeddeker et al. (2017), eq. 4.77, for vectors of unit length
			w, v := b.Out(0), b.Out(1)
			vh, inner := v.Adjoint(), b.grad(0).DiagEmbed(0)
			if b.Grads[1] != nil { // only vectors cannot do with repeated values
				turn := vh.MatMul(b.Grads[1])
				phaseless("Eig", turn.Mul(w.Imag().Unsqueeze(-2))) // vectors of real values may be real
				turn = turn.Sub(vh.MatMul(v).Mul(diagonals(turn).Real().Unsqueeze(-2))).Mul(gaps(w.Conj()))
				inner = inner.Add(turn)
			}
			g := vh.Solve(inner.MatMul(vh))
			if !b.In(0).DType().IsComplex() {
				return g.Real()
			}
			return g
		}}},
		"linalg_lu": {{out0 | out1 | out2, func(b *Back) *T {
			p, l, u, gl, gu := b.Out(0), b.Out(1), b.Out(2), b.grad(1), b.grad(2)
			k := u.Size(-2)
			rows, cols := l.Size(-2)-k, u.Size(-1)-k // beyond the square part
			square := func(l, u *T) (_, _ *T) { return l.Narrow(-2, 0, k), u.Narrow(-1, 0, k) }
			l1, u1 := square(l, u)
			gl1, gu1 := square(gl, gu)
			var below, beside *T
			if rows > 0 { // L₂ = A₂·U⁻¹
				below = u1.SolveTriangular(gl.Narrow(-2, k, rows).Adjoint(), true).Adjoint()
				gu1 = gu1.Sub(l.Narrow(-2, k, rows).Adjoint().MatMul(below))
			}
			if cols > 0 { // U₂ = L⁻¹·A₂
				beside = l1.Adjoint().SolveTriangular(gu.Narrow(-1, k, cols), true)
				gl1 = gl1.Sub(beside.MatMul(u.Narrow(-1, k, cols).Adjoint()))
			}
			inner := l1.Adjoint().MatMul(gl1).Tril(-1).Add(gu1.MatMul(u1.Adjoint()).Triu(0))
			left := l1.Adjoint().SolveTriangular(inner, true)
			g := u1.SolveTriangular(left.Adjoint(), true).Adjoint()
			if below != nil {
				g = tensor.Cat([]*T{g, below}, -2)
			}
			if beside != nil {
				g = tensor.Cat([]*T{g, beside}, -1)
			}
			return p.MatMul(g)
		}}},
		"linalg_qr": {{out0 | out1, func(b *Back) *T {
			q, r, gq, gr := b.Out(0), b.Out(1), b.grad(0), b.grad(1)
			var beside *T
			if k := r.Size(-2); r.Size(-1) > k { // R₂ = Qᴴ·A₂ for the columns beyond the square part
				r2, gr2 := r.Narrow(-1, k, r.Size(-1)-k), gr.Narrow(-1, k, r.Size(-1)-k)
				beside = q.MatMul(gr2)
				gq = gq.Add(q.MatMul(r2).MatMul(gr2.Adjoint()))
				r, gr = r.Narrow(-1, 0, k), gr.Narrow(-1, 0, k)
			}
			m := r.MatMul(gr.Adjoint()).Sub(gq.Adjoint().MatMul(q))
			sym := m.Tril(-1).Add(m.Tril(-1).Adjoint()).Add(diagonals(m).Real().DiagEmbed(0))
			g := gq.Add(q.MatMul(sym)).MatMul(r.Inverse().Adjoint())
			if beside != nil {
				g = tensor.Cat([]*T{g, beside}, -1)
			}
			return g
		}}},
	})
}
