package tensor

// CastAttrs is the target of a cast.
type CastAttrs struct{ DType DType }

var opCast = register(Op{Name: "cast", Complex: true, GradFn: "ToCopyBackward0", Samples: []Sample{
	{Torch: "x.to(torch.float64)", In: []Input{in(-2, 2, 2, 3)}, Attrs: CastAttrs{Float64}},
	{Torch: "x.to(torch.float16)", In: []Input{in(-2, 2, 2, 3)}, Attrs: CastAttrs{Float16}},
	{Torch: "x.to(torch.int64)", In: []Input{in(-2, 2, 2, 3)}, Attrs: CastAttrs{Int64}},
	{Torch: "x.to(torch.bool)", In: []Input{ints(-1, 1, 2, 3)}, Attrs: CastAttrs{Bool}},
}, f1: func(x *Tensor, a any) *Tensor {
	to := a.(CastAttrs).DType
	to.checkUsable("Cast")
	out := unset(x.shape, to)
	copyInto(out, x)
	return out
}})

// copyInto converts x's elements into out, of the shape x broadcasts to.
func copyInto(out, x *Tensor) {
	toInt := dtypes[out.dtype].kind < kindFloat
	switch {
	case x.dtype == out.dtype && numel(out.shape) > chunk: // below it loops need fewer allocations
		copySame(out, x)
	case x.dtype.IsComplex():
		loop(&copyKernels.c128, out, []*Tensor{x}, 0)
	case out.dtype == Float64 || out.dtype == Complex128 || toInt && x.dtype == Float64:
		loop(&copyKernels.f64, out, []*Tensor{x}, 0)
	case out.dtype.IsFloat() || out.dtype == Complex64 || toInt && x.dtype.IsFloat():
		loop(&copyKernels.f32, out, []*Tensor{x}, 0)
	default:
		loop(&copyKernels.i64, out, []*Tensor{x}, 0)
	}
}

// Cast returns t with elements of another dtype; t itself if it has it.
// Conversion to integers cuts fractions off,
// that of complex to real numbers the imaginary parts.
func (t *Tensor) Cast(d DType) *Tensor {
	if t.dtype == d {
		return t
	}
	return opCast.call1(t, CastAttrs{d})
}

// To returns t on a device; t itself if it is there.
func (t *Tensor) To(d Device) *Tensor {
	if t.storage.device == d {
		return t
	}
	d.checkUsable("To")
	return t
}

// Float returns t as Float32.
func (t *Tensor) Float() *Tensor { return t.Cast(Float32) }

// Double returns t as Float64.
func (t *Tensor) Double() *Tensor { return t.Cast(Float64) }

// Long returns t as Int64.
func (t *Tensor) Long() *Tensor { return t.Cast(Int64) }

// Bool returns where t is not 0.
func (t *Tensor) Bool() *Tensor { return t.Cast(Bool) }
