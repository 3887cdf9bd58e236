package tensor

import (
	"math"
	"math/cmplx"
	"unsafe"

	"github.com/gophergrad/gophergrad/tensor/internal/cpu"
)

// Choosing between values: where, masked_fill, clamp, lerp.

// ClampAttrs are the bounds of clamp.
type ClampAttrs struct{ Min, Max float64 }

func where[C element](d, c, a, b []C) {
	for i, x := range c {
		if x != 0 {
			d[i] = a[i]
		} else {
			d[i] = b[i]
		}
	}
}

// choose is where for bools and elements of W's size, without a branch for each.
func choose[C element, W uint32 | uint64](d []C, m []bool, a, b []C) {
	bits := func(s []C) []W { return unsafe.Slice((*W)(unsafe.Pointer(unsafe.SliceData(s))), len(d)) }
	to, x, y, on := bits(d), bits(a), bits(b), unsafe.Slice((*uint8)(unsafe.Pointer(unsafe.SliceData(m))), len(d))
	for i, v := range on {
		mask := -W(v)
		to[i] = x[i]&mask | y[i]&^mask
	}
}

var whereKernels = choosing(k3(where[float32], where[float64], where[int64]).complex3(where[complex128]))

func choosing(k kernels) kernels {
	k.f32.masked, k.f64.masked, k.i64.masked = choose[float32, uint32], choose[float64, uint64], choose[int64, uint64]
	return k
}

var opWhere = register(Op{Name: "where", Complex: true, Samples: []Sample{
	{Torch: "torch.where(x, y, z)", In: []Input{boolean(2, 3), in(-2, 2, 2, 3), in(-2, 2, 3)}},
	{Torch: "torch.where(x, y, z)", In: []Input{boolean(3), in(-2, 2, 2, 3), in(-2, 2)}},
	{Torch: "torch.where(x, y, z)", In: []Input{boolean(), in(-2, 2), in(-2, 2)}},
}, f3: func(cond, x, y *Tensor, _ any) *Tensor {
	sameDevice("Where", cond, x, y)
	if cond.dtype != Bool {
		failOn("Where", []*Tensor{cond, x, y}, "the condition is %v; it must be bool, such as x.GtScalar(0)", cond.dtype)
	}
	d := ResultType(x, y)
	out := unset(broadcast("Where", cond.shape, broadcast("Where", x.shape, y.shape)), d)
	whereKernels.into(out, d, 0, cond, x, y)
	return out
}})

// boolean makes a Bool input.
func boolean(shape ...int) Input { return Input{Shape: shape, Lo: 0, Hi: 1.99, DType: Bool} }

var opMaskedFill = register(Op{Name: "masked_fill", Complex: true, Samples: []Sample{
	{Torch: "x.masked_fill(y, 1.5)", In: []Input{in(-2, 2, 2, 3), boolean(2, 3)}, Attrs: ScalarAttrs{1.5}},
	{Torch: "x.masked_fill(y, 1.5)", In: []Input{in(-2, 2, 2, 3), boolean(3)}, Attrs: ScalarAttrs{1.5}},
}, f2: func(x, mask *Tensor, a any) *Tensor {
	sameDevice("MaskedFill", x, mask)
	if mask.dtype != Bool {
		failOn("MaskedFill", []*Tensor{x, mask}, "the mask is %v; it must be bool, such as x.LtScalar(0)", mask.dtype)
	}
	v := a.(ScalarAttrs).Value
	if x.dtype.checkFits("MaskedFill", v); x.dtype == Bool {
		v = b2n[float64](v != 0)
	}
	out := unset(broadcast("MaskedFill", x.shape, mask.shape), x.dtype)
	whereKernels.into(out, x.dtype, v, mask, nil, x)
	return out
}})

var opClamp = register(Op{Name: "clamp", Samples: []Sample{
	{Torch: "x.clamp(-0.5, 1.)", In: []Input{in(-2, 2, 2, 3)}, Attrs: ClampAttrs{-0.5, 1}},
}, f1: func(x *Tensor, a any) *Tensor {
	return clamped(x, a.(ClampAttrs).Min, a.(ClampAttrs).Max)
}})

var opClampTensors = register(Op{Name: "clamp_tensors", GradFn: "ClampBackward0", Samples: []Sample{
	{Torch: "x.clamp(y, z)", In: []Input{in(-2, 2, 2, 3), in(-1, 0.5, 3), in(0, 1, 2, 1)}},
}, fn: func(xs []*Tensor, _ any) []*Tensor {
	y := xs[0]
	if xs[1] != nil {
		y = maxKernels.apply2("ClampTensors", sameType, y, xs[1])
	}
	if xs[2] != nil {
		y = minKernels.apply2("ClampTensors", sameType, y, xs[2])
	}
	return []*Tensor{y}
}})

// ClampTensors is Clamp with bounds for every element; a bound may be nil. Where they cross, the upper one wins.
func (t *Tensor) ClampTensors(lo, hi *Tensor) *Tensor {
	if lo == nil && hi == nil {
		fail("ClampTensors", "both bounds are nil; give one")
	}
	return opClampTensors.call([]*Tensor{t, lo, hi}, nil)[0]
}

// opHardTanh is clamp with nothing but the open range to have a gradient; nan has one, too.
var opHardTanh = register(Op{Name: "hardtanh", FloatOnly: true, Samples: []Sample{
	{Torch: "F.hardtanh(x)", In: []Input{in(-2, 2, 2, 3)}, Attrs: ClampAttrs{-1, 1}},
	{Torch: "F.hardtanh(x, -0.5, 1.)", In: []Input{in(-2, 2, 2, 3)}, Attrs: ClampAttrs{-0.5, 1}},
}, f1: opClamp.f1})

// clamped returns x within bounds, of which the upper wins where it is below the other.
func clamped(x *Tensor, lo, hi float64) *Tensor {
	out := maxKernels.applyScalar(sameType, x, lo, false)
	if d := minKernels.computeType(scalarType(out.dtype, hi)); d != out.dtype {
		return minKernels.applyScalar(sameType, out, hi, false)
	}
	minKernels.into(out, out.dtype, hi, out, nil)
	return out
}

func lerp[C float32 | float64](d, a, b, w []C) {
	for i, x := range a {
		if math.Abs(float64(w[i])) < 0.5 { // PyTorch's two forms, exact at both ends
			d[i] = x + w[i]*(b[i]-x)
		} else {
			d[i] = b[i] - (b[i]-x)*(1-w[i])
		}
	}
}

func complexLerp(d, a, b, w []complex128) {
	for i, x := range a {
		if cmplx.Abs(w[i]) < 0.5 {
			d[i] = x + w[i]*(b[i]-x)
		} else {
			d[i] = b[i] - (b[i]-x)*(1-w[i])
		}
	}
}

var lerpKernels = k3(lerp[float32], lerp[float64], nil).complex3(complexLerp)

var opLerp = register(Op{Name: "lerp", Complex: true, Samples: []Sample{
	{Torch: "torch.lerp(x, y, 0.3)", In: []Input{in(-2, 2, 2, 3), in(-2, 2, 3)}, Attrs: ScalarAttrs{0.3}},
}, f2: func(x, y *Tensor, a any) *Tensor {
	sameDevice("Lerp", x, y)
	d := floatType(ResultType(x, y))
	out := unset(broadcast("Lerp", x.shape, y.shape), d)
	lerpKernels.into(out, d, a.(ScalarAttrs).Value, x, y, nil)
	return out
}})

var opLerpTensor = register(Op{Name: "lerp_tensor", GradFn: "LerpBackward1", Complex: true, Samples: []Sample{
	{Torch: "torch.lerp(x, y, z)", In: []Input{in(-2, 2, 2, 3), in(-2, 2, 3), in(0, 1, 2, 1)}},
	{Torch: "torch.lerp(x, y, z)", In: []Input{in(-2, 2, 3), in(-2, 2, 2, 3), in(-1, 1, 3)}},
}, fn: func(xs []*Tensor, _ any) []*Tensor {
	sameDevice("LerpTensor", xs...)
	d := PromoteTypes(floatType(ResultType(xs[0], xs[1])), xs[2].dtype)
	out := unset(broadcast("LerpTensor", broadcast("LerpTensor", xs[0].shape, xs[1].shape), xs[2].shape), d)
	lerpKernels.into(out, d, 0, xs...)
	return []*Tensor{out}
}})

// Where returns x where cond is true and y elsewhere, broadcast.
func Where(cond, x, y *Tensor) *Tensor { return opWhere.call3(cond, x, y, nil) }

// MaskedFill returns t with v where mask is true.
func (t *Tensor) MaskedFill(mask *Tensor, v float64) *Tensor {
	return opMaskedFill.call2(t, mask, ScalarAttrs{v})
}

// Lerp returns t + weight·(end - t).
func (t *Tensor) Lerp(end *Tensor, weight float64) *Tensor {
	return opLerp.call2(t, end, ScalarAttrs{weight})
}

// LerpTensor is Lerp with a weight for every element.
func (t *Tensor) LerpTensor(end, weight *Tensor) *Tensor {
	return opLerpTensor.call([]*Tensor{t, end, weight}, nil)[0]
}

func gateGt[C compute](d, g, x, v []C) {
	for i, y := range x {
		d[i] = 0
		if y > v[i] {
			d[i] = g[i]
		}
	}
}

var reluBackward = k2(cpu.ReLUBackwardF32, cpu.ReLUBackwardF64, func(d, g, x []int64) { gateGt(d, g, x, make([]int64, len(d))) })

var gateKernels = k3(gateGt[float32], gateGt[float64], gateGt[int64])

var opThresholdBackward = register(Op{Name: "threshold_backward", FloatOnly: true, Samples: []Sample{
	{Torch: "torch.where(y > 0.5, x, 0.)", In: []Input{in(-2, 2, 2, 3), in(-2, 2, 2, 3)}, Attrs: ScalarAttrs{0.5}},
}, f2: func(g, x *Tensor, a any) *Tensor {
	d := ResultType(g, x)
	out := unset(broadcast("Backward", g.shape, x.shape), d)
	if v := a.(ScalarAttrs).Value; v == 0 {
		reluBackward.into(out, d, 0, g, x)
	} else {
		gateKernels.into(out, d, v, g, x, nil)
	}
	return out
}})

// ThresholdBackward returns t where x > v, else 0: the derivative of ReLU and ClampMin.
func (t *Tensor) ThresholdBackward(x *Tensor, v float64) *Tensor {
	return opThresholdBackward.call2(t, x, ScalarAttrs{v})
}
