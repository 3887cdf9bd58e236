package tensor

import "math"

// In-place operations change the elements where they lie. Where no history is
// recorded the kernel writes straight into the tensor. Where it is, the result
// is computed beside, copied in, and its history becomes the tensor's; for a
// view, the history of the tensor it views changes, as PyTorch's CopySlices.

// checkInPlace panics where PyTorch forbids an in-place change.
func (t *Tensor) checkInPlace(op string) {
	for i, s := range t.strides {
		if s == 0 && t.shape[i] > 1 && numel(t.shape) > 0 {
			failOn(op, []*Tensor{t}, "several elements of this expanded tensor are one number in memory; Clone() it first")
		}
	}
	t.checkChange(op)
}

// checkChange is checkInPlace for what gives all elements one value.
func (t *Tensor) checkChange(op string) {
	checkInterrupt()
	if t.trace != nil {
		fail(op, "a static graph's tensors cannot change; feed the new values to Run")
	}
	if !GradEnabled() {
		return
	}
	if t.requiresGrad || t.base != nil && t.base.requiresGrad {
		fail(op, "a leaf that requires a gradient cannot be changed in place; wrap the update in autograd.NoGrad(func() { … })")
	}
	if t.sealed {
		fail(op, "a custom function returned a view of its input, or the input itself, and its Backward would know nothing of the change; change a Clone()")
	}
	if t.base != nil && t.base.gradNode() != nil && t.gradNode() == nil {
		fail(op, "this view was taken within NoGrad of a tensor with a history, which would not learn of the change; take the view outside, or change it within NoGrad too")
	}
}

// bump counts a change of the storage.
func (t *Tensor) bump() { t.storage.version.Add(1) }

// update replaces t's elements by op of t and y, or of t and the number s where
// y is nil, recording it if need be.
func (t *Tensor) update(name string, op *Op, k *kernels, s float64, y *Tensor) *Tensor {
	t.checkInPlace(name)
	op.checkComplex(t)
	d := t.dtype
	if y == nil {
		d = scalarType(d, s)
	} else {
		sameDevice(name, t, y)
		d = ResultType(t, y)
		if shape := broadcast(name, t.shape, y.shape); !sameShape(shape, t.shape) {
			failOn(name, []*Tensor{t, y}, "the result has shape %s and does not fit into %s", shapeText(shape), shapeText(t.shape))
		}
	}
	if d = k.computeType(d); dtypes[d].kind > dtypes[t.dtype].kind {
		failOn(name, []*Tensor{t}, "the result is %v and cannot be stored in a tensor of %v; Cast it first", d, t.dtype)
	}
	overlaps := y != nil && y.storage == t.storage
	if (wantsGrad(t) || y != nil && wantsGrad(y)) && GradEnabled() {
		switch {
		case y == nil:
			t.become(op.callNumber(t.former(), s))
		case overlaps:
			t.become(op.call2(t.former(), y.Clone(), nil))
		default:
			t.become(op.call2(t.former(), y, nil))
		}
		return t
	}
	if overlaps && !(y.offset == t.offset && sameShape(y.shape, t.shape) && sameShape(y.strides, t.strides)) {
		y = y.cloneData() // it lies in t shifted
	}
	if y == nil {
		s = k.fitNumber(s, d)
	} else {
		y = k.fit(y, d)
	}
	k.into(t, d, s, t, y)
	t.bump()
	return t
}

// former returns a copy of t with its history, for a derivative that asks for
// the value before an in-place change.
func (t *Tensor) former() *Tensor { return t.aliasOf(t.cloneData()) }

// cloneData copies t without recording.
func (t *Tensor) cloneData() *Tensor {
	out := unset(t.shape, t.dtype)
	copyInto(out, t)
	return out
}

// aliasOf gives data t's history.
func (t *Tensor) aliasOf(data *Tensor) *Tensor {
	data.node, data.slot, data.requiresGrad = t.gradNode(), t.slot, t.requiresGrad
	return data
}

// become copies v into t and makes v's history t's.
func (t *Tensor) become(v *Tensor) {
	if v.dtype != t.dtype {
		v = v.Cast(t.dtype)
	}
	if !wantsGrad(v) && t.base == nil && wantsGrad(t) { // it still has a history, of gradients that are 0
		whole := t.geometry()
		v = opAsStridedScatter.link(StridedAttrs{whole, whole}, v.Detach(), t.aliasOf(t.cloneGeometry()), v)
	}
	var base *Tensor
	if t.base != nil {
		base = t.base.aliasOf(t.base.cloneGeometry())
	}
	copyInto(t, v)
	t.bump()
	before := t.node
	if t.base == nil {
		t.node, t.slot = v.gradNode(), v.slot
		t.moveRetain(before)
		return
	}
	baseBefore := t.base.node
	written, to := t.base, t
	switch {
	case base.dtype == t.dtype:
	case base.dtype.IsComplex():
		written, base = asReal(t.base), opAsReal.link(nil, asReal(base), base)
	default:
		to, v = asReal(t), v.AsReal()
	}
	opAsStridedScatter.link(StridedAttrs{base.geometry(), to.geometry()}, written, base, v)
	if written != t.base {
		opAsComplex.link(nil, t.base, written).named(opAsStridedScatter.GradFn)
	}
	t.base.moveRetain(baseBefore)
	t.gradNode()
	t.moveRetain(before)
}

// namedIfWhole is named for what became something else and is no view, which has the history of its base.
func (t *Tensor) namedIfWhole(gradFn string) *Tensor {
	if t.base == nil {
		t.named(gradFn)
	}
	return t
}

// cloneGeometry returns a tensor with t's shape and storage and no history.
func (t *Tensor) cloneGeometry() *Tensor { return viewOf(t, t.shape, t.strides, t.offset) }

// AddInPlace adds y to t.
func (t *Tensor) AddInPlace(y *Tensor) *Tensor {
	return t.update("AddInPlace", opAdd, &addKernels, 0, y)
}

// SubInPlace subtracts y from t.
func (t *Tensor) SubInPlace(y *Tensor) *Tensor {
	noBools("SubInPlace", t, y)
	return t.update("SubInPlace", opSub, &subKernels, 0, y)
}

// MulInPlace multiplies t by y, elementwise.
func (t *Tensor) MulInPlace(y *Tensor) *Tensor {
	return t.update("MulInPlace", opMul, &mulKernels, 0, y)
}

// DivInPlace divides t by y, elementwise.
func (t *Tensor) DivInPlace(y *Tensor) *Tensor {
	return t.update("DivInPlace", opDiv, &divKernels, 0, y)
}

// AddScalarInPlace adds v to t.
func (t *Tensor) AddScalarInPlace(v float64) *Tensor {
	return t.update("AddScalarInPlace", opAddScalar, &addKernels, v, nil)
}

// SubScalarInPlace subtracts v from t.
func (t *Tensor) SubScalarInPlace(v float64) *Tensor {
	return t.update("SubScalarInPlace", opSubScalar, &subKernels, v, nil)
}

// MulScalarInPlace multiplies t by v.
func (t *Tensor) MulScalarInPlace(v float64) *Tensor {
	return t.update("MulScalarInPlace", opMulScalar, &mulKernels, v, nil)
}

// DivScalarInPlace divides t by v.
func (t *Tensor) DivScalarInPlace(v float64) *Tensor {
	return t.update("DivScalarInPlace", opDivScalar, &divKernels, v, nil)
}

// ClampMinInPlace raises t's elements to at least v.
func (t *Tensor) ClampMinInPlace(v float64) *Tensor {
	if t.checkBounds("ClampMinInPlace", v, math.Inf(1)); math.IsNaN(v) {
		return t.MulScalarInPlace(v)
	}
	return t.update("ClampMinInPlace", opClampMin, &maxKernels, v, nil)
}

// ClampMaxInPlace lowers t's elements to at most v.
func (t *Tensor) ClampMaxInPlace(v float64) *Tensor {
	if t.checkBounds("ClampMaxInPlace", math.Inf(-1), v); math.IsNaN(v) {
		return t.MulScalarInPlace(v)
	}
	return t.update("ClampMaxInPlace", opClampMax, &minKernels, v, nil)
}

// CopyInPlace replaces t's elements by src's, broadcast and converted.
func (t *Tensor) CopyInPlace(src *Tensor) *Tensor {
	t.checkInPlace("CopyInPlace")
	sameDevice("CopyInPlace", t, src)
	if !sameShape(broadcast("CopyInPlace", t.shape, src.shape), t.shape) {
		failOn("CopyInPlace", []*Tensor{t, src}, "%s does not broadcast to %s", shapeText(src.shape), shapeText(t.shape))
	}
	if (wantsGrad(t) || wantsGrad(src)) && GradEnabled() {
		t.become(src.Expand(t.shape...).Clone())
		return t.namedIfWhole("CopyBackwards")
	}
	if src.storage == t.storage {
		src = src.cloneData()
	}
	copyInto(t, src)
	t.bump()
	return t
}

// FillInPlace sets every element to v.
func (t *Tensor) FillInPlace(v float64) *Tensor {
	return t.fillInPlace("FillInPlace", v, "FillBackward2")
}

func (t *Tensor) fillInPlace(op string, v float64, gradFn string) *Tensor {
	t.checkChange(op)
	t.dtype.checkFits(op, v)
	if wantsGrad(t) && GradEnabled() {
		t.become(FullLike(t, v))
		return t.namedIfWhole(gradFn)
	}
	t.fill(v)
	t.bump()
	return t
}

// ZeroInPlace sets every element to 0.
func (t *Tensor) ZeroInPlace() *Tensor { return t.fillInPlace("ZeroInPlace", 0, "ZeroBackward0") }
