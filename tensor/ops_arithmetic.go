package tensor

import (
	"math"
	"math/cmplx"
	"unsafe"

	"github.com/gophergrad/gophergrad/tensor/internal/cpu"
)

// Add, sub, mul, div and their relatives.

func addInts(d, a, b []int64) {
	b = b[:len(d)]
	for i, x := range a[:len(d)] {
		d[i] = x + b[i]
	}
}

func subInts(d, a, b []int64) {
	b = b[:len(d)]
	for i, x := range a[:len(d)] {
		d[i] = x - b[i]
	}
}

func mulInts(d, a, b []int64) {
	b = b[:len(d)]
	for i, x := range a[:len(d)] {
		d[i] = x * b[i]
	}
}

func divNumber[C float32 | float64](d, a []C, v C) {
	for i, x := range a {
		d[i] = x / v
	}
}

// withScalar adds the forms for a number as second operand.
func withScalar(k kernels, f32 func(d, a []float32, v float32), f64 func(d, a []float64, v float64)) kernels {
	k.f32.fs, k.f64.fs = f32, f64
	return k
}

// factors makes kernels those of products and quotients.
func (k kernels) factors() kernels {
	k.factor = true
	return k
}

// remainder is the remainder of the sign of the divisor, Python's.
func remainder(x, y float64) float64 {
	r := math.Mod(x, y)
	if r != 0 && (r < 0) != (y < 0) {
		r += y
	}
	return r
}

func remainderInt(d, a, b []int64) {
	for i, x := range a {
		checkDivisor("Remainder", b[i])
		if r := x % b[i]; r != 0 && (r < 0) != (b[i] < 0) {
			d[i] = r + b[i]
		} else {
			d[i] = r
		}
	}
}

func modInt(d, a, b []int64) {
	for i, x := range a {
		checkDivisor("Fmod", b[i])
		d[i] = x % b[i]
	}
}

// floorDiv returns the integer that remainder leaves its rest to: x / y rounds,
// and may round up to an integer that y does not fit into x as often.
func floorDiv(x, y float64) float64 {
	q := x / y
	if y == 0 {
		return q
	}
	rest := math.Mod(x, y)
	whole := (x - rest) / y
	if rest != 0 && (rest < 0) != (y < 0) {
		whole--
	}
	if whole == 0 {
		return math.Copysign(0, q)
	}
	return math.Round(whole)
}

func floorDivInt(d, a, b []int64) {
	for i, x := range a {
		checkDivisor("FloorDiv", b[i])
		q := x / b[i]
		if x%b[i] != 0 && (x < 0) != (b[i] < 0) {
			q--
		}
		d[i] = q
	}
}

func checkDivisor(op string, d int64) {
	if d == 0 {
		fail(op, "integer division by zero; Cast to a floating-point dtype to get inf")
	}
}

func maximumInts(d, a, b []int64) {
	for i, x := range a {
		d[i] = max(x, b[i])
	}
}

func minimumInts(d, a, b []int64) {
	for i, x := range a {
		d[i] = min(x, b[i])
	}
}

func powInt(d, a, b []int64) {
	for i, x := range a {
		r := int64(1)
		for n := b[i]; n > 0; n >>= 1 {
			if n&1 == 1 {
				r *= x
			}
			x *= x
		}
		if b[i] < 0 { // 1/x^n, cut off
			r = map[int64]int64{1: 1, -1: 1 - 2*(b[i]&1)}[a[i]]
		}
		d[i] = r
	}
}

// power is cmplx.Pow, which panics where 0 has a power without a sign.
func power(x, y complex128) complex128 {
	if r := real(y); x == 0 && y != 0 && !(r < 0 || r > 0) {
		return cmplx.NaN()
	}
	return cmplx.Pow(x, y)
}

// powNumber is pow for a number, with PyTorch's short ways.
func powNumber[C float32 | float64](d, a []C, v C) {
	switch v {
	case 1:
		copy(d, a)
	case 2:
		square(d, a)
	case 3:
		for i := 0; i < len(a); i += chunk { // while it is in the cache; d is not a
			n := min(chunk, len(a)-i)
			square(d[i:i+n], a[i:i+n])
			rowsOfType[C]().mul(d[i:i+n], d[i:i+n], a[i:i+n])
		}
	case -1:
		reciprocal(d, a)
	case -2:
		square(d, a)
		reciprocal(d, d)
	case 0.5:
		rowsOfType[C]().sqrt(d, a)
	case -0.5:
		rowsOfType[C]().sqrt(d, a)
		reciprocal(d, d)
	default:
		for i, x := range a {
			d[i] = pow(x, v)
		}
	}
}

func pows[C float32 | float64](d, a, b []C) {
	for i, x := range a {
		d[i] = pow(x, b[i])
	}
}

// pow is math.Pow, by way of a logarithm where that leaves more digits than a float32 has.
func pow[C float32 | float64](x, y C) C {
	if unsafe.Sizeof(x) == 4 && x > 0 && x <= math.MaxFloat32 && y-y == 0 {
		return C(math.Exp(float64(y) * math.Log(float64(x))))
	}
	return C(math.Pow(float64(x), float64(y)))
}

var (
	addKernels = withScalar(k2(cpu.AddF32, cpu.AddF64, addInts).complex2(func(x, y complex128) complex128 { return x + y }), cpu.ShiftF32, cpu.ShiftF64)
	subKernels = withScalar(k2(cpu.SubF32, cpu.SubF64, subInts).complex2(func(x, y complex128) complex128 { return x - y }), func(d, a []float32, v float32) { cpu.ShiftF32(d, a, -v) }, func(d, a []float64, v float64) { cpu.ShiftF64(d, a, -v) })
	mulKernels = withScalar(k2(cpu.MulF32, cpu.MulF64, mulInts).complex2(func(x, y complex128) complex128 { return x * y }), cpu.ScaleF32, cpu.ScaleF64).factors()
	divKernels = withScalar(k2(cpu.DivF32, cpu.DivF64, nil).complex2(func(x, y complex128) complex128 { return x / y }), divNumber[float32], divNumber[float64]).factors()
	maxKernels = withScalar(k2(cpu.MaximumF32, cpu.MaximumF64, maximumInts), cpu.ClampMinF32, cpu.ClampMinF64)
	minKernels = withScalar(k2(cpu.MinimumF32, cpu.MinimumF64, minimumInts), cpu.ClampMaxF32, cpu.ClampMaxF64)
	powKernels = withScalar(k2(pows[float32], pows[float64], powInt).complex2(power), powNumber[float32], powNumber[float64])

	opAdd, opAddScalar             = binary("add", "x + y", -2, 2, sameType, addKernels)
	opSub, opSubScalar             = binary("sub", "x - y", -2, 2, sameType, subKernels)
	opMul, opMulScalar             = binary("mul", "x * y", -2, 2, sameType, mulKernels)
	opDiv, opDivScalar             = binary("div", "x / y", 0.5, 2, sameType, divKernels)
	opMaximum                      = pairwise("maximum", "torch.maximum(x, y)", -2, 2, sameType, maxKernels)
	opMinimum                      = pairwise("minimum", "torch.minimum(x, y)", -2, 2, sameType, minKernels)
	opPow, opPowScalar             = binary("pow", "x ** y", 0.5, 2, sameType, powKernels)
	opRemainder, opRemainderScalar = binary("remainder", "torch.remainder(x, y)", 0.6, 3, sameType, withInts(each2(remainder), remainderInt))
	opFmod, opFmodScalar           = binary("fmod", "torch.fmod(x, y)", 0.6, 3, sameType, withInts(each2(math.Mod), modInt))
	opFloorDiv, opFloorDivScalar   = binary("floor_divide", "x // y", 0.6, 3, sameType,
		withInts(each2(floorDiv), floorDivInt))
	opAtan2      = pairwise("atan2", "torch.atan2(x, y)", 0.5, 2, sameType, each2(math.Atan2))
	opHypot      = pairwise("hypot", "torch.hypot(x, y)", 0.5, 2, sameType, each2(math.Hypot))
	opXlogy      = pairwise("xlogy", "torch.xlogy(x, y)", 0.5, 2, sameType, each2(xlogy))
	opXlog1py    = pairwise("xlog1py", "torch.special.xlog1py(x, y)", -0.5, 2, sameType, each2(xlog1py))
	opLogAddExp  = pairwise("logaddexp", "torch.logaddexp(x, y)", -2, 2, sameType, each2(logAddExp).complex2(complexLogAddExp))
	opLogAddExp2 = pairwise("logaddexp2", "torch.logaddexp2(x, y)", -2, 2, sameType, each2(logAddExp2))
	opCopySign   = pairwise("copysign", "torch.copysign(x, y)", -2, 2, sameType, each2(math.Copysign))
	opNextAfter  = inHalves(pairwise("nextafter", "torch.nextafter(x, y)", -2, 2, sameType, k2(nextAfter32, nextAfter64, nil)))
	opClampMin   = clampOp("clamp_min", maxKernels)
	opClampMax   = clampOp("clamp_max", minKernels)
	opRSubScalar = reversed("rsub_scalar", "1.5 - x", subKernels)
	opRDivScalar = reversed("rdiv_scalar", "1.5 / x", divKernels)
	opRPowScalar = reversed("rpow_scalar", "1.5 ** x", powKernels)
)

// clampOp registers a bound on one side.
func clampOp(name string, k kernels) *Op {
	return register(Op{Name: name, Samples: []Sample{one("x."+name+"(0.5)", ScalarAttrs{0.5}, 2, 3)},
		number: func(x *Tensor, v float64) *Tensor { return k.applyScalar(sameType, x, v, false) }})
}

// reversed registers a number combined with a tensor, in this order.
func reversed(name, torch string, k kernels) *Op {
	return register(Op{Name: name, Complex: k.forComplex(), Samples: []Sample{{Torch: torch, In: []Input{in(0.5, 2, 2, 3)}, Attrs: ScalarAttrs{1.5}}},
		number: func(x *Tensor, v float64) *Tensor { return k.applyScalar(sameType, x, v, true) }})
}

func withInts(k kernels, f func(d, a, b []int64)) kernels {
	k.i64.f2 = f
	return k
}

func xlogy(x, y float64) float64 {
	if x == 0 && y == y {
		return 0
	}
	return x * math.Log(y)
}

func xlog1py(x, y float64) float64 {
	if x == 0 && y == y {
		return 0
	}
	return x * math.Log1p(y)
}

func logAddExp(x, y float64) float64 {
	if math.IsInf(x, 0) && x == y {
		return x
	}
	return max(x, y) + math.Log1p(math.Exp(-math.Abs(x-y)))
}

func logAddExp2(x, y float64) float64 {
	if math.IsInf(x, 0) && x == y {
		return x
	}
	return max(x, y) + math.Log1p(math.Exp2(-math.Abs(x-y)))*math.Log2E
}

func complexLogAddExp(x, y complex128) complex128 {
	if real(x) < real(y) {
		x, y = y, x
	}
	switch {
	case x != x || y != y:
		return cmplx.NaN()
	case math.IsInf(real(x), 0) && real(x) == real(y):
		if real(x) < 0 {
			return y
		}
		return cmplx.Log(cmplx.Exp(x) + cmplx.Exp(y))
	}
	return x + log1p(cmplx.Exp(y-x))
}

// inHalves makes op, of kernels for wider types, step through the numbers of two bytes where its operands have such.
func inHalves(op *Op) *Op {
	wide := op.f2
	op.f2 = func(x, y *Tensor, attrs any) *Tensor {
		d := ResultType(x, y)
		if !d.isHalf() {
			return wide(x, y, attrs)
		}
		out := wide(x, y, attrs) // of the right shape and dtype
		x, y = contiguous(copyAs(x, d).Expand(out.shape...)), contiguous(copyAs(y, d).Expand(out.shape...))
		bits, a, b := elements[uint16](out), elements[uint16](x), elements[uint16](y)
		to := read[float32](y)
		for i, v := range read[float32](x) {
			switch {
			case v != v:
				bits[i] = a[i]
			case v == 0 && to[i] != 0:
				bits[i] = b[i]&0x8000 | 1
			case v < to[i] == (v > 0) && v != to[i]:
				bits[i] = a[i] + 1
			case v != to[i] && to[i] == to[i]:
				bits[i] = a[i] - 1
			default:
				bits[i] = b[i]
			}
		}
		return out
	}
	return op
}

func nextAfter32(d, a, b []float32) {
	for i, x := range a {
		d[i] = math.Nextafter32(x, b[i])
	}
}

func nextAfter64(d, a, b []float64) {
	for i, x := range a {
		d[i] = math.Nextafter(x, b[i])
	}
}

// noBools panics for operands without negatives.
func noBools(op string, xs ...*Tensor) {
	for _, x := range xs {
		if x.dtype == Bool {
			failOn(op, xs, "bool has no negative; invert a mask with LogicalNot, compare masks with LogicalXor, or Cast to a number")
		}
	}
}

// Add returns t + y, elementwise, broadcast.
func (t *Tensor) Add(y *Tensor) *Tensor { return opAdd.call2(t, y, nil) }

// Sub returns t - y.
func (t *Tensor) Sub(y *Tensor) *Tensor {
	noBools("Sub", t, y)
	return opSub.call2(t, y, nil)
}

// Mul returns t · y, elementwise.
func (t *Tensor) Mul(y *Tensor) *Tensor { return opMul.call2(t, y, nil) }

// Div returns t / y; integers give a floating-point result.
func (t *Tensor) Div(y *Tensor) *Tensor { return opDiv.call2(t, y, nil) }

// AddScalar returns t + v.
func (t *Tensor) AddScalar(v float64) *Tensor { return opAddScalar.callNumber(t, v) }

// SubScalar returns t - v.
func (t *Tensor) SubScalar(v float64) *Tensor {
	noBools("SubScalar", t)
	return opSubScalar.callNumber(t, v)
}

// MulScalar returns t · v.
func (t *Tensor) MulScalar(v float64) *Tensor { return opMulScalar.callNumber(t, v) }

// DivScalar returns t / v; integers give a floating-point result.
func (t *Tensor) DivScalar(v float64) *Tensor { return opDivScalar.callNumber(t, v) }

// RSubScalar returns v - t.
func (t *Tensor) RSubScalar(v float64) *Tensor {
	noBools("RSubScalar", t)
	return opRSubScalar.callNumber(t, v)
}

// RDivScalar returns v / t.
func (t *Tensor) RDivScalar(v float64) *Tensor { return opRDivScalar.callNumber(t, v) }

// RPowScalar returns v to the power of t.
func (t *Tensor) RPowScalar(v float64) *Tensor { return opRPowScalar.callNumber(t, v) }

// Pow returns t to the power of a number.
func (t *Tensor) Pow(exponent float64) *Tensor {
	if exponent < 0 && scalarType(t.dtype, exponent).IsInt() {
		failOn("Pow", []*Tensor{t}, "%v to the power of %v is no %v; Cast to a floating-point dtype first", t.dtype, exponent, t.dtype)
	}
	if exponent == 2 {
		return opSquare.call1(t, nil)
	}
	return opPowScalar.callNumber(t, exponent)
}

// PowTensor returns t to the power of y, elementwise.
func (t *Tensor) PowTensor(y *Tensor) *Tensor { return opPow.call2(t, y, nil) }

// Maximum returns the larger of t and y, elementwise; nan wins.
func (t *Tensor) Maximum(y *Tensor) *Tensor { return opMaximum.call2(t, y, nil) }

// Minimum returns the smaller of t and y, elementwise; nan wins.
func (t *Tensor) Minimum(y *Tensor) *Tensor { return opMinimum.call2(t, y, nil) }

// checkBounds panics if a bound would become another number in t's dtype.
func (t *Tensor) checkBounds(op string, min, max float64) {
	opClamp.checkComplex(t)
	lo, _ := scalarType(t.dtype, max).bounds()
	_, hi := scalarType(t.dtype, min).bounds()
	if min > hi && !math.IsInf(min, 1) || max < lo && !math.IsInf(max, -1) {
		fail(op, "no %v lies in [%v, %v]; they go from %v to %v", t.dtype, min, max, lo, hi)
	}
}

// ClampMin returns max(t, v), nan for a bound that is.
func (t *Tensor) ClampMin(v float64) *Tensor {
	if t.checkBounds("ClampMin", v, math.Inf(1)); math.IsNaN(v) {
		return t.MulScalar(v)
	}
	return opClampMin.callNumber(t, v)
}

// ClampMax returns min(t, v).
func (t *Tensor) ClampMax(v float64) *Tensor {
	if t.checkBounds("ClampMax", math.Inf(-1), v); math.IsNaN(v) {
		return t.MulScalar(v)
	}
	return opClampMax.callNumber(t, v)
}

// Clamp returns t with values below lo or above hi moved there.
func (t *Tensor) Clamp(lo, hi float64) *Tensor {
	if t.checkBounds("Clamp", lo, hi); math.IsNaN(lo) || math.IsNaN(hi) {
		return t.MulScalar(math.NaN())
	}
	return opClamp.callLazily([]*Tensor{t}, func() *Tensor { return clamped(t, lo, hi) }, func() any { return ClampAttrs{lo, hi} })
}

// Remainder returns t modulo y, of y's sign (Python's %).
func (t *Tensor) Remainder(y *Tensor) *Tensor { return opRemainder.call2(t, y, nil) }

// RemainderScalar returns t modulo v, of v's sign.
func (t *Tensor) RemainderScalar(v float64) *Tensor {
	return opRemainderScalar.callNumber(t, v)
}

// Fmod returns t modulo y, of t's sign (C's fmod).
func (t *Tensor) Fmod(y *Tensor) *Tensor { return opFmod.call2(t, y, nil) }

// FmodScalar returns t modulo v, of t's sign.
func (t *Tensor) FmodScalar(v float64) *Tensor { return opFmodScalar.callNumber(t, v) }

// FloorDiv returns t / y rounded down.
func (t *Tensor) FloorDiv(y *Tensor) *Tensor { return opFloorDiv.call2(t, y, nil) }

// FloorDivScalar returns t / v rounded down.
func (t *Tensor) FloorDivScalar(v float64) *Tensor { return opFloorDivScalar.callNumber(t, v) }

// Atan2 returns the angle of the point (y, t): atan(t/y) in the right quadrant.
func (t *Tensor) Atan2(y *Tensor) *Tensor { return opAtan2.call2(t, y, nil) }

// Hypot returns √(t² + y²).
func (t *Tensor) Hypot(y *Tensor) *Tensor { return opHypot.call2(t, y, nil) }

// Xlogy returns t · log y, and 0 where t is 0.
func (t *Tensor) Xlogy(y *Tensor) *Tensor { return opXlogy.call2(t, y, nil) }

// Xlog1py returns t·log(1 + y), and 0 where t is 0.
func (t *Tensor) Xlog1py(y *Tensor) *Tensor { return opXlog1py.call2(t, y, nil) }

// LogAddExp returns log(eᵗ + eʸ) without overflow.
func (t *Tensor) LogAddExp(y *Tensor) *Tensor { return opLogAddExp.call2(t, y, nil) }

// LogAddExp2 returns log₂(2ᵗ + 2ʸ) without overflow.
func (t *Tensor) LogAddExp2(y *Tensor) *Tensor { return opLogAddExp2.call2(t, y, nil) }

// FloatPower returns t to the power of y, elementwise, in Float64, or Complex128 where one of them is complex.
func (t *Tensor) FloatPower(y *Tensor) *Tensor {
	d := Float64
	if t.dtype.IsComplex() || y.dtype.IsComplex() {
		d = Complex128
	}
	return t.Cast(d).PowTensor(y.Cast(d))
}

// CopySign returns |t| with the sign of y.
func (t *Tensor) CopySign(y *Tensor) *Tensor { return opCopySign.call2(t, y, nil) }

// NextAfter returns the next representable value after t towards y.
func (t *Tensor) NextAfter(y *Tensor) *Tensor { return opNextAfter.call2(t, y, nil) }
