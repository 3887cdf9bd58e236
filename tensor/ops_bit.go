package tensor

// Bit operations on integers and bools.

func bitAnd(d, a, b []int64) {
	for i, x := range a {
		d[i] = x & b[i]
	}
}

func bitOr(d, a, b []int64) {
	for i, x := range a {
		d[i] = x | b[i]
	}
}

func bitXor(d, a, b []int64) {
	for i, x := range a {
		d[i] = x ^ b[i]
	}
}

func shiftLeft(d, a, b []int64) {
	for i, x := range a {
		d[i] = x << uint64(b[i])
	}
}

func shiftRight(d, a, b []int64) {
	for i, x := range a {
		d[i] = x >> uint64(b[i])
	}
}

// bitwise registers an operation on the bits of two integer tensors.
func bitwise(name, torch string, f func(d, a, b []int64)) *Op {
	k := k2(nil, nil, f)
	method := methodName(name)
	return register(Op{Name: name, Samples: []Sample{
		{Torch: torch, In: []Input{ints(0, 20, 2, 3), ints(0, 7, 3)}},
	}, f2: func(x, y *Tensor, _ any) *Tensor {
		if d := ResultType(x, y); d.IsFloat() || d.IsComplex() {
			failOn(method, []*Tensor{x, y}, "operands are %v and %v; bits are those of integers or bools", x.dtype, y.dtype)
		}
		return k.apply2(method, sameType, x, y)
	}})
}

var (
	opBitAnd     = bitwise("bitwise_and", "x & y", bitAnd)
	opBitOr      = bitwise("bitwise_or", "x | y", bitOr)
	opBitXor     = bitwise("bitwise_xor", "x ^ y", bitXor)
	opShiftLeft  = bitwise("bitwise_left_shift", "x << y", shiftLeft)
	opShiftRight = bitwise("bitwise_right_shift", "x >> y", shiftRight)
	opBitNot     = register(Op{Name: "bitwise_not", Samples: []Sample{{Torch: "~x", In: []Input{ints(-5, 20, 2, 3)}}, {Torch: "~x", In: []Input{boolean(4)}}},
		f1: func(x *Tensor, _ any) *Tensor {
			switch {
			case x.dtype == Bool:
				return opNot.f1(x, nil)
			case !x.dtype.IsInt():
				failOn("BitNot", []*Tensor{x}, "elements are %v; bits are those of integers or bools", x.dtype)
			}
			k := k1(nil, nil, func(d, a []int64) {
				for i, v := range a {
					d[i] = ^v
				}
			})
			return k.apply1(sameType, x)
		}})
)

// BitAnd returns t & y, for bools their conjunction.
func (t *Tensor) BitAnd(y *Tensor) *Tensor { return opBitAnd.call2(t, y, nil) }

// BitOr returns t | y, for bools their disjunction.
func (t *Tensor) BitOr(y *Tensor) *Tensor { return opBitOr.call2(t, y, nil) }

// BitXor returns the bits that differ between t and y.
func (t *Tensor) BitXor(y *Tensor) *Tensor { return opBitXor.call2(t, y, nil) }

// BitNot returns t with every bit inverted.
func (t *Tensor) BitNot() *Tensor { return opBitNot.call1(t, nil) }

// ShiftLeft returns t with its bits moved y places up.
func (t *Tensor) ShiftLeft(y *Tensor) *Tensor { return opShiftLeft.call2(t, y, nil) }

// ShiftRight returns t with its bits moved y places down.
func (t *Tensor) ShiftRight(y *Tensor) *Tensor { return opShiftRight.call2(t, y, nil) }
