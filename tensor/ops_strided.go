package tensor

import "slices"

// Views of any geometry, and the operations that differentiate them. A view
// that was taken before its base changed in place is one of these, too.

var opAsStrided, opRestride, opRestrideBackward *Op

func init() { // not at declaration: recording needs them
	to := func(shape, strides []int, offset int) Geometry { return Geometry{shape, strides, offset} }
	whole, four := to([]int{2, 3}, []int{3, 1}, 0), to([]int{4}, []int{1}, 0)
	square := StridedAttrs{whole, to([]int{2, 2}, []int{1, 2}, 1)}
	windows := StridedAttrs{four, to([]int{3, 2}, []int{1, 1}, 0)}
	opAsStrided = view("as_strided", func(x *Tensor, a any) *Tensor {
		g := a.(StridedAttrs).To
		checkInside("AsStrided", x, g)
		return viewOf(x, g.Shape, g.Strides, g.Offset)
	}, one("x.as_strided((2, 2), (1, 2), 1)", square, 2, 3), one("x.as_strided((3, 2), (1, 1), 0)", windows, 4))

	opRestride = register(Op{Name: "restride", Complex: true, Samples: []Sample{
		one("x.as_strided((2, 2), (1, 2), 1)", square, 2, 3),
	}, f1: func(x *Tensor, attrs any) *Tensor {
		a := attrs.(StridedAttrs)
		buf := a.buffer("Restride", x.dtype)
		if !sameShape(x.shape, a.From.Shape) {
			failOn("Restride", []*Tensor{x}, "shape %s is not the base's, %s", shapeText(x.shape), shapeText(a.From.Shape))
		}
		copyInto(viewOf(buf, a.From.Shape, a.From.Strides, a.From.Offset), x)
		return viewOf(buf, a.To.Shape, a.To.Strides, a.To.Offset).cloneData()
	}})

	opRestrideBackward = register(Op{Name: "restride_backward", Complex: true, Samples: []Sample{
		one("x.new_zeros(4).index_add(0, torch.tensor([0, 1, 1, 2, 2, 3]), x.flatten())", windows, 3, 2),
	}, f1: func(x *Tensor, attrs any) *Tensor {
		a := attrs.(StridedAttrs)
		buf := a.buffer("RestrideBackward", x.dtype)
		if !sameShape(x.shape, a.To.Shape) {
			failOn("RestrideBackward", []*Tensor{x}, "shape %s is not the view's, %s", shapeText(x.shape), shapeText(a.To.Shape))
		}
		src := contiguous(x)
		w := newWalk(a.To.Offset, a.To.Shape, a.To.Strides, 0)
		combine(buf, src, "add", func(f func(i, j int)) {
			for i := range src.NumEl() {
				pos, _, _ := w.run(1)
				f(pos, src.offset+i)
			}
		})
		return viewOf(buf, a.From.Shape, a.From.Strides, a.From.Offset).cloneData()
	}})
}

var opAsStridedScatter = register(Op{Name: "as_strided_scatter", Complex: true, GradFn: "CopySlices", Samples: []Sample{
	{Torch: "torch.stack([x[0, 0], y[0, 0], y[1, 0], x[1, 0], y[0, 1], y[1, 1]]).reshape(2, 3)", In: []Input{in(-2, 2, 2, 3), in(-2, 2, 2, 2)},
		Attrs: StridedAttrs{Geometry{[]int{2, 3}, []int{3, 1}, 0}, Geometry{[]int{2, 2}, []int{1, 3}, 1}}},
}, f2: func(x, y *Tensor, attrs any) *Tensor {
	a := attrs.(StridedAttrs)
	buf := a.buffer("AsStridedScatter", x.dtype)
	copyInto(viewOf(buf, a.From.Shape, a.From.Strides, a.From.Offset), x)
	copyInto(viewOf(buf, a.To.Shape, a.To.Strides, a.To.Offset), y)
	return viewOf(buf, a.From.Shape, a.From.Strides, a.From.Offset).cloneData()
}})

// buffer is memory that holds tensors of both geometries.
func (a StridedAttrs) buffer(op string, d DType) *Tensor {
	a.From.check(op)
	a.To.check(op)
	return empty([]int{max(a.From.extent(), a.To.extent())}, d)
}

// check panics if no tensor can have the geometry.
func (g Geometry) check(op string) {
	checkShape(op, g.Shape)
	if len(g.Shape) != len(g.Strides) {
		fail(op, "%d sizes and %d strides", len(g.Shape), len(g.Strides))
	}
	for _, s := range append(slices.Clip(g.Strides), g.Offset) {
		if s < 0 {
			fail(op, "strides %v and offset %d must not be negative", g.Strides, g.Offset)
		}
	}
}

// checkInside panics if a view would reach outside of x's storage.
func checkInside(op string, x *Tensor, g Geometry) {
	g.check(op)
	if size := x.storage.bytes / x.dtype.Size(); g.extent() > size {
		fail(op, "shape %s with strides %v from %d on reaches %d elements of a storage of %d", shapeText(g.Shape), g.Strides, g.Offset, g.extent(), size)
	}
}

// AsStrided returns a view of t's storage with any geometry, in elements.
func (t *Tensor) AsStrided(shape, strides []int, offset int) *Tensor {
	to := Geometry{append([]int{}, shape...), append([]int{}, strides...), offset}
	return opAsStrided.call1(t, StridedAttrs{t.geometry(), to})
}

// Restride returns what AsStrided would of a tensor that lies as a.From.
func (t *Tensor) Restride(a StridedAttrs) *Tensor { return opRestride.call1(t, a) }

// RestrideBackward adds the elements of t where Restride takes them from: its
// derivative.
func (t *Tensor) RestrideBackward(a StridedAttrs) *Tensor { return opRestrideBackward.call1(t, a) }
