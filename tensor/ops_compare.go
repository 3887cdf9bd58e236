package tensor

// Comparisons and logic: results are Bool and have no gradient.

func b2n[C compute](b bool) C {
	if b {
		return 1
	}
	return 0
}

func b2c(b bool) complex128 { return complex(b2n[float64](b), 0) }

// comparing makes kernels of a comparison: those that give bools, and those that
// give 0 or 1 for where an operand must be converted first.
func comparing(f32 func(d []bool, a, b []float32), f64 func(d []bool, a, b []float64), i64 func(d []bool, a, b []int64)) kernels {
	k := k2(asNumbers(f32), asNumbers(f64), asNumbers(i64))
	k.f32.truth, k.f64.truth, k.i64.truth = f32, f64, i64
	return k
}

func asNumbers[C compute](f func(d []bool, a, b []C)) func(d, a, b []C) {
	return func(d, a, b []C) {
		var part [128]bool
		for i := 0; i < len(d); i += len(part) {
			n := min(len(part), len(d)-i)
			f(part[:n], a[i:i+n], b[i:i+n])
			for j, v := range part[:n] {
				d[i+j] = b2n[C](v)
			}
		}
	}
}

func eq[C compute](d []bool, a, b []C) {
	b = b[:len(d)]
	for i, x := range a[:len(d)] {
		d[i] = x == b[i]
	}
}

func ne[C compute](d []bool, a, b []C) {
	b = b[:len(d)]
	for i, x := range a[:len(d)] {
		d[i] = x != b[i]
	}
}

func lt[C compute](d []bool, a, b []C) {
	b = b[:len(d)]
	for i, x := range a[:len(d)] {
		d[i] = x < b[i]
	}
}

func le[C compute](d []bool, a, b []C) {
	b = b[:len(d)]
	for i, x := range a[:len(d)] {
		d[i] = x <= b[i]
	}
}

func gt[C compute](d []bool, a, b []C) {
	b = b[:len(d)]
	for i, x := range a[:len(d)] {
		d[i] = x > b[i]
	}
}

func ge[C compute](d []bool, a, b []C) {
	b = b[:len(d)]
	for i, x := range a[:len(d)] {
		d[i] = x >= b[i]
	}
}

func and[C compute](d, a, b []C) {
	for i, x := range a {
		d[i] = b2n[C](x != 0 && b[i] != 0)
	}
}

func or[C compute](d, a, b []C) {
	for i, x := range a {
		d[i] = b2n[C](x != 0 || b[i] != 0)
	}
}

func xor[C compute](d, a, b []C) {
	for i, x := range a {
		d[i] = b2n[C]((x != 0) != (b[i] != 0))
	}
}

func not[C compute](d, a []C) {
	for i, x := range a {
		d[i] = b2n[C](x == 0)
	}
}

var (
	opEq, opEqScalar = binary("eq", "x == y", -2, 2, toBool, comparing(eq[float32], eq[float64], eq[int64]).complex2(func(x, y complex128) complex128 { return b2c(x == y) }))
	opNe, opNeScalar = binary("ne", "x != y", -2, 2, toBool, comparing(ne[float32], ne[float64], ne[int64]).complex2(func(x, y complex128) complex128 { return b2c(x != y) }))
	opLt, opLtScalar = binary("lt", "x < y", -2, 2, toBool, comparing(lt[float32], lt[float64], lt[int64]))
	opLe, opLeScalar = binary("le", "x <= y", -2, 2, toBool, comparing(le[float32], le[float64], le[int64]))
	opGt, opGtScalar = binary("gt", "x > y", -2, 2, toBool, comparing(gt[float32], gt[float64], gt[int64]))
	opGe, opGeScalar = binary("ge", "x >= y", -2, 2, toBool, comparing(ge[float32], ge[float64], ge[int64]))

	opAnd = pairwise("logical_and", "torch.logical_and(x, y)", -2, 2, toBool, k2(and[float32], and[float64], and[int64]).complex2(func(x, y complex128) complex128 { return b2c(x != 0 && y != 0) }))
	opOr  = pairwise("logical_or", "torch.logical_or(x, y)", -2, 2, toBool, k2(or[float32], or[float64], or[int64]).complex2(func(x, y complex128) complex128 { return b2c(x != 0 || y != 0) }))
	opXor = pairwise("logical_xor", "torch.logical_xor(x, y)", -2, 2, toBool, k2(xor[float32], xor[float64], xor[int64]).complex2(func(x, y complex128) complex128 { return b2c((x != 0) != (y != 0)) }))
	opNot = unary("logical_not", "x.logical_not()", -2, 2, toBool, k1(not[float32], not[float64], not[int64]).complex1(func(x complex128) complex128 { return b2c(x == 0) }))
)

// Eq returns where t = y.
func (t *Tensor) Eq(y *Tensor) *Tensor { return opEq.call2(t, y, nil) }

// Ne returns where t ≠ y.
func (t *Tensor) Ne(y *Tensor) *Tensor { return opNe.call2(t, y, nil) }

// Lt returns where t < y.
func (t *Tensor) Lt(y *Tensor) *Tensor { return opLt.call2(t, y, nil) }

// Le returns where t ≤ y.
func (t *Tensor) Le(y *Tensor) *Tensor { return opLe.call2(t, y, nil) }

// Gt returns where t > y.
func (t *Tensor) Gt(y *Tensor) *Tensor { return opGt.call2(t, y, nil) }

// Ge returns where t ≥ y.
func (t *Tensor) Ge(y *Tensor) *Tensor { return opGe.call2(t, y, nil) }

// EqScalar returns where t = v.
func (t *Tensor) EqScalar(v float64) *Tensor { return opEqScalar.callNumber(t, v) }

// NeScalar returns where t ≠ v.
func (t *Tensor) NeScalar(v float64) *Tensor { return opNeScalar.callNumber(t, v) }

// LtScalar returns where t < v.
func (t *Tensor) LtScalar(v float64) *Tensor { return opLtScalar.callNumber(t, v) }

// LeScalar returns where t ≤ v.
func (t *Tensor) LeScalar(v float64) *Tensor { return opLeScalar.callNumber(t, v) }

// GtScalar returns where t > v.
func (t *Tensor) GtScalar(v float64) *Tensor { return opGtScalar.callNumber(t, v) }

// GeScalar returns where t ≥ v.
func (t *Tensor) GeScalar(v float64) *Tensor { return opGeScalar.callNumber(t, v) }

// LogicalAnd returns where both t and y are not 0.
func (t *Tensor) LogicalAnd(y *Tensor) *Tensor { return opAnd.call2(t, y, nil) }

// LogicalOr returns where t or y is not 0.
func (t *Tensor) LogicalOr(y *Tensor) *Tensor { return opOr.call2(t, y, nil) }

// LogicalXor returns where exactly one of t and y is not 0.
func (t *Tensor) LogicalXor(y *Tensor) *Tensor { return opXor.call2(t, y, nil) }

// LogicalNot returns where t is 0.
func (t *Tensor) LogicalNot() *Tensor { return opNot.call1(t, nil) }
