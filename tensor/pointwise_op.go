package tensor

// ScalarAttrs is the number operand of operations such as add_scalar.
type ScalarAttrs struct{ Value float64 }

func k1(f32 func(d, a []float32), f64 func(d, a []float64), i64 func(d, a []int64)) kernels {
	return kernels{f32: kernel[float32]{f1: f32}, f64: kernel[float64]{f1: f64}, i64: kernel[int64]{f1: i64}}
}

func k2(f32 func(d, a, b []float32), f64 func(d, a, b []float64), i64 func(d, a, b []int64)) kernels {
	return kernels{f32: kernel[float32]{f2: f32}, f64: kernel[float64]{f2: f64}, i64: kernel[int64]{f2: i64}}
}

func k3(f32 func(d, a, b, c []float32), f64 func(d, a, b, c []float64), i64 func(d, a, b, c []int64)) kernels {
	return kernels{f32: kernel[float32]{f3: f32}, f64: kernel[float64]{f3: f64}, i64: kernel[int64]{f3: i64}}
}

// complex1, complex2 and complex3 add the form for complex numbers.
func (k kernels) complex1(f func(x complex128) complex128) kernels {
	k.c128.f1 = func(d, a []complex128) {
		for i, x := range a {
			d[i] = f(x)
		}
	}
	return k
}

func (k kernels) complex2(f func(x, y complex128) complex128) kernels {
	k.c128.f2 = func(d, a, b []complex128) {
		for i, x := range a {
			d[i] = f(x, b[i])
		}
	}
	return k
}

func (k kernels) complex3(f func(d, a, b, c []complex128)) kernels {
	k.c128.f3 = f
	return k
}

// each makes kernels of a function of one number. Float32 goes through float64
// and is thus rounded once.
func each(f func(float64) float64) kernels {
	return k1(func(d, a []float32) {
		for i, x := range a {
			d[i] = float32(f(float64(x)))
		}
	}, func(d, a []float64) {
		for i, x := range a {
			d[i] = f(x)
		}
	}, nil)
}

// each2 is each for two numbers.
func each2(f func(x, y float64) float64) kernels {
	return k2(func(d, a, b []float32) {
		for i, x := range a {
			d[i] = float32(f(float64(x), float64(b[i])))
		}
	}, func(d, a, b []float64) {
		for i, x := range a {
			d[i] = f(x, b[i])
		}
	}, nil)
}

// into computes kernels into out, in the Go type that serves dtype.
func (k *kernels) into(out *Tensor, dtype DType, s float64, in ...*Tensor) {
	switch {
	case dtype == Float64:
		loop(&k.f64, out, in, s)
	case dtype.IsComplex():
		loop(&k.c128, out, in, s)
	case dtypes[dtype].kind < kindFloat:
		loop(&k.i64, out, in, s)
	default:
		loop(&k.f32, out, in, s)
	}
}

// computeType returns the dtype that kernels compute d in.
func (k *kernels) computeType(d DType) DType {
	if !k.forInts() {
		return floatType(d)
	}
	return d
}

// result says what dtype an elementwise operation has.
type result uint8

const (
	sameType result = iota // that of the operands
	toBool                 // Bool: comparisons and predicates
	numeric                // that of the operands, Int64 for Bool
	toReal                 // that of the operands' parts where they are complex
)

func (r result) dtype(d DType) DType {
	switch {
	case r == toBool:
		return Bool
	case r == numeric && d == Bool:
		return Int64
	case r == toReal:
		return d.realType()
	}
	return d
}

// apply1 computes a function of one tensor.
func (k *kernels) apply1(r result, x *Tensor) *Tensor {
	d := k.computeType(x.dtype)
	out := unset(x.shape, r.dtype(d))
	k.into(out, d, 0, x)
	return out
}

// apply2 computes a function of two tensors that broadcast.
func (k *kernels) apply2(op string, r result, x, y *Tensor) *Tensor {
	sameDevice(op, x, y)
	d := k.computeType(ResultType(x, y))
	x, y = k.fit(x, d), k.fit(y, d)
	out := unset(broadcast(op, x.shape, y.shape), r.dtype(d))
	k.into(out, d, 0, x, y)
	return out
}

// fit rounds an operand to the dtype d of an operation if kernels compute d in a wider type.
func (k *kernels) fit(x *Tensor, d DType) *Tensor {
	if d.IsInt() || d.isHalf() && !(k.factor && len(x.shape) == 0) {
		return cast(x, d)
	}
	return x
}

// fitNumber is fit for a number beside a tensor.
func (k *kernels) fitNumber(v float64, d DType) float64 {
	if d.isHalf() && !k.factor {
		return roundTo(d, v)
	}
	return v
}

// applyScalar computes a function of a tensor and a number, or of the number
// and the tensor.
func (k *kernels) applyScalar(r result, x *Tensor, v float64, reversed bool) *Tensor {
	d := k.computeType(scalarType(x.dtype, v))
	v = k.fitNumber(v, d)
	out := unset(x.shape, r.dtype(d))
	if reversed {
		k.into(out, d, v, nil, x)
	} else {
		k.into(out, d, v, x, nil)
	}
	return out
}

func sameDevice(op string, xs ...*Tensor) {
	for _, x := range xs[1:] {
		if x != nil && x.storage.device != xs[0].storage.device {
			failOn(op, xs, "operands are on %v and %v; move one with To(device)", xs[0].storage.device, x.storage.device)
		}
	}
}

// unary registers a function of one tensor, sampled on [lo, hi].
func unary(name, torch string, lo, hi float64, r result, k kernels) *Op {
	return register(Op{Name: name, Complex: k.forComplex(), Samples: []Sample{
		{Torch: torch, In: []Input{in(lo, hi, 2, 3)}},
		{Torch: torch, In: []Input{in(lo, hi)}},
		{Torch: torch, In: []Input{in(lo, hi, 0, 2)}},
	}, f1: func(x *Tensor, _ any) *Tensor { return k.apply1(r, x) }})
}

// binary registers a function of two tensors, sampled on [lo, hi], and the same
// with a number for the second operand.
func binary(name, torch string, lo, hi float64, r result, k kernels) (tensors, scalar *Op) {
	scalar = register(Op{Name: name + "_scalar", Complex: k.forComplex(), Samples: []Sample{
		{Torch: replaceWord(torch, "y", "1.5"), In: []Input{in(lo, hi, 2, 3)}, Attrs: ScalarAttrs{1.5}},
	}, number: func(x *Tensor, v float64) *Tensor { return k.applyScalar(r, x, v, false) }})
	return pairwise(name, torch, lo, hi, r, k), scalar
}

// pairwise registers a function of two tensors, sampled on [lo, hi].
func pairwise(name, torch string, lo, hi float64, r result, k kernels) *Op {
	title := methodName(name)
	return register(Op{Name: name, Complex: k.forComplex(), Samples: []Sample{
		{Torch: torch, In: []Input{in(lo, hi, 2, 3), in(lo, hi, 2, 3)}},
		{Torch: torch, In: []Input{in(lo, hi, 2, 3), in(lo, hi, 3)}},
		{Torch: torch, In: []Input{in(lo, hi, 2, 1), in(lo, hi, 1, 3)}},
		{Torch: torch, In: []Input{in(lo, hi), in(lo, hi)}},
		{Torch: torch, In: []Input{in(lo, hi, 0, 2), in(lo, hi, 2)}},
	}, f2: func(x, y *Tensor, _ any) *Tensor { return k.apply2(title, r, x, y) }})
}

// in makes a sample's input.
func in(lo, hi float64, shape ...int) Input { return Input{Shape: shape, Lo: lo, Hi: hi} }

// ints makes an integer input with values in [lo, hi].
func ints(lo, hi float64, shape ...int) Input {
	return Input{Shape: shape, Lo: lo, Hi: hi, DType: Int64}
}

// replaceWord replaces the identifier old in a Python expression.
func replaceWord(s, old, new string) string {
	out := ""
	for i := 0; i < len(s); i++ {
		word := func(c byte) bool { return c == '_' || c == '.' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' }
		if s[i:i+1] == old && (i == 0 || !word(s[i-1])) && (i+1 == len(s) || !word(s[i+1]) || s[i+1] == '.') {
			out += new
		} else {
			out += s[i : i+1]
		}
	}
	return out
}
