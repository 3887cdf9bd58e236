package tensor

// packing is what tensors that derivatives need go through between the forward and
// the backward pass.
type packing struct {
	pack   func(x *Tensor) any
	unpack func(packed any) *Tensor
}

// WithPacking runs f with every tensor that its operations save for derivatives
// held as what pack makes of it, until the backward pass needs it: then unpack
// gives it back, of the same shape and dtype.
func WithPacking(pack func(x *Tensor) any, unpack func(packed any) *Tensor, f func()) {
	m := currentMode()
	m.packing = &packing{pack, unpack}
	m.during(f)
}

// Pack has what n saved held packed, within WithPacking.
func (n *Node) Pack() {
	p := currentMode().packing
	if p == nil {
		return
	}
	unpack := make([]func() *Tensor, len(n.saved))
	for i, s := range n.saved {
		if s.Tensor != nil {
			unpack[i] = p.hold(s.Tensor)
		}
	}
	n.Postpone(func() {
		for i, f := range unpack {
			if f != nil {
				n.saved[i] = Saved{Tensor: f(), Input: n.saved[i].Input}
				n.saved[i].version = n.saved[i].Tensor.Version()
			}
		}
		n.refill = nil
	})
}

// hold packs a tensor and returns what unpacks it, with its history.
func (p *packing) hold(t *Tensor) func() *Tensor {
	var packed any
	mode{off: true}.during(func() { packed = p.pack(t.Detach()) })
	like, node, slot := metaOf(t), t.gradNode(), int(t.slot)
	var leaf *Tensor
	if t.requiresGrad {
		leaf = t
	}
	return func() *Tensor {
		var x *Tensor
		mode{off: true}.during(func() { x = p.unpack(packed).Detach() })
		if x.dtype != like.DType || !sameShape(x.shape, like.Shape()) {
			failOn("Backward", []*Tensor{x}, "a tensor of shape %s and %v was packed and unpacked as one of shape %s and %v", shapeText(like.Shape()), like.DType, shapeText(x.shape), x.dtype)
		}
		switch {
		case node != nil:
			x.node, x.slot = node, int32(slot)
		case leaf != nil:
			opView.link(ShapeAttrs{like.Shape()}, x, leaf)
		}
		return x
	}
}
