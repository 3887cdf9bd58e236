package tensor

import (
	"slices"
	"sync"
)

// Hook is a function that was registered on a tensor or a node: one of these.
type Hook struct {
	f       func(grad *Tensor) *Tensor
	after   func(x *Tensor)                           // of RegisterAccumulateHook
	node    func(gradIn, gradOut []*Tensor) []*Tensor // of a node's RegisterHook
	pre     func(gradOut []*Tensor) []*Tensor         // of a node's RegisterPreHook
	retains *Tensor                                   // the inner tensor that keeps its gradient
	slot    int                                       // which output of its node the tensor is
}

// Remove takes the hook off what it is registered on: it is not called any more.
func (h *Hook) Remove() { *h = Hook{} }

func (h *Hook) removed() bool {
	return h.f == nil && h.after == nil && h.node == nil && h.pre == nil && h.retains == nil
}

// RegisterHook calls f with the gradient of t whenever it is computed. What f
// returns, if not nil, takes the gradient's place; it must have t's shape and
// dtype. Hooks run in the order in which they were registered.
func (t *Tensor) RegisterHook(f func(grad *Tensor) *Tensor) *Hook {
	if !t.RequiresGrad() {
		fail("RegisterHook", "no gradient flows to this tensor; SetRequiresGrad(true) first")
	}
	hooks := &t.hooks
	if t.node != nil {
		hooks = &t.node.hooks
	}
	return addHook(hooks, &Hook{f: f, slot: int(t.slot)})
}

// RegisterAccumulateHook calls f with t, a leaf, whenever Backward has added to its
// Grad: an optimizer can step there and drop the gradient.
func (t *Tensor) RegisterAccumulateHook(f func(x *Tensor)) *Hook {
	if !t.RequiresGrad() || !t.IsLeaf() {
		fail("RegisterAccumulateHook", "only a leaf that requires a gradient accumulates it; RegisterHook sees that of an inner tensor")
	}
	return addHook(&t.hooks, &Hook{after: f})
}

func addHook(hooks *[]*Hook, h *Hook) *Hook {
	*hooks = append(slices.DeleteFunc(*hooks, (*Hook).removed), h)
	return h
}

// RunAccumulateHooks calls what RegisterAccumulateHook put on t.
func (t *Tensor) RunAccumulateHooks() {
	for _, h := range slices.Clone(t.hooks) { // one may remove itself
		if h.after != nil {
			h.after(t)
		}
	}
}

// RetainGrad makes Backward keep the gradient of an inner tensor too, as its
// hooks leave it.
func (t *Tensor) RetainGrad() {
	if !t.RequiresGrad() {
		fail("RetainGrad", "no gradient flows to this tensor; SetRequiresGrad(true) on what it is computed from")
	}
	if t.node == nil || t.retainGrad {
		return
	}
	t.retainGrad = true
	t.node.hooks = append(t.node.hooks, &Hook{slot: int(t.slot), retains: t})
}

// RetainsGrad reports whether t is an inner tensor that keeps its gradient.
func (t *Tensor) RetainsGrad() bool { return t.retainGrad }

// moveRetain has the gradient kept of what t became by an in-place change, not
// of what it was before.
func (t *Tensor) moveRetain(from *Node) {
	if t.retainGrad {
		from.hooks = slices.DeleteFunc(from.hooks, func(h *Hook) bool { return h.retains == t })
		t.retainGrad = false
		t.RetainGrad()
	}
}

var accumulating sync.Mutex // goroutines may share parameters

// AccumulateGrad adds g to t's gradient, recorded where GradEnabled says so. own
// says that nothing else refers to g's memory.
func (t *Tensor) AccumulateGrad(g *Tensor, own bool) {
	accumulating.Lock()
	defer accumulating.Unlock()
	switch old := t.grad; {
	case old == nil && own:
		t.SetGrad(g)
	case old == nil:
		t.SetGrad(g.Clone()) // which may be expanded
	case GradEnabled() || !t.IsLeaf(): // as in PyTorch, only a leaf's changes in place
		t.SetGrad(old.Add(g))
	default:
		old.AddInPlace(g)
		if own {
			Recycle(g)
		}
	}
}

// RunHooks passes the gradient of one output through its hooks and reports
// whether there were any.
func (n *Node) RunHooks(slot int, grad *Tensor) (_ *Tensor, ran bool) {
	return runHooks(n.hooks, slot, grad)
}

// RunHooks passes the gradient of a leaf through its hooks and reports whether
// there were any.
func (t *Tensor) RunHooks(grad *Tensor) (_ *Tensor, ran bool) { return runHooks(t.hooks, 0, grad) }

func runHooks(hooks []*Hook, slot int, grad *Tensor) (_ *Tensor, ran bool) {
	for _, h := range hooks {
		if h.f == nil || h.slot != slot {
			continue
		}
		ran = true
		if g := h.f(grad); g != nil {
			sameKind("RegisterHook", grad, g)
			grad = g
		}
	}
	for _, h := range hooks {
		if t := h.retains; t != nil && h.slot == slot {
			ran = true
			t.AccumulateGrad(grad, false)
		}
	}
	return grad, ran
}

// RegisterHook calls f after the operation was differentiated, with the gradients
// of its inputs, nil where none flows, and of its outputs, nil where none arrived.
// What f returns, if not nil, takes the place of the inputs' gradients.
func (n *Node) RegisterHook(f func(gradIn, gradOut []*Tensor) []*Tensor) *Hook {
	return addHook(&n.hooks, &Hook{node: f})
}

// RegisterPreHook calls f before the operation is differentiated, with the
// gradients of its outputs, nil where none arrived. What f returns, if not nil,
// takes their place.
func (n *Node) RegisterPreHook(f func(gradOut []*Tensor) []*Tensor) *Hook {
	return addHook(&n.hooks, &Hook{pre: f})
}

// RunPreHooks passes the gradients of the outputs through what RegisterPreHook put
// on n, and reports whether there was any.
func (n *Node) RunPreHooks(gradOut []*Tensor) (_ []*Tensor, ran bool) {
	for _, h := range n.hooks {
		if h.pre != nil {
			gradOut, ran = replaced("RegisterPreHook", gradOut, h.pre(slices.Clone(gradOut))), true
		}
	}
	return gradOut, ran
}

// RunNodeHooks passes the gradients of the inputs through what RegisterHook put on
// n, and reports whether there was any.
func (n *Node) RunNodeHooks(gradIn, gradOut []*Tensor) (_ []*Tensor, ran bool) {
	for _, h := range n.hooks {
		if h.node != nil {
			gradIn, ran = replaced("RegisterHook", gradIn, h.node(slices.Clone(gradIn), slices.Clone(gradOut))), true
		}
	}
	return gradIn, ran
}

// replaced returns what a hook made of gradients, if anything.
func replaced(op string, was, is []*Tensor) []*Tensor {
	if is == nil {
		return was
	}
	if len(is) != len(was) {
		fail(op, "a hook was given %d gradients and returned %d; they must be as many", len(was), len(is))
	}
	for i, g := range is {
		if g != nil && was[i] != nil {
			sameKind(op, was[i], g)
		}
	}
	return is
}

// sameKind panics if what a hook returned does not fit in a gradient's place.
func sameKind(op string, was, is *Tensor) {
	if is.dtype != was.dtype || !sameShape(is.shape, was.shape) {
		failOn(op, []*Tensor{was, is}, "a hook was given a gradient of shape %s and %v and returned one of shape %s and %v; they must be equal",
			shapeText(was.shape), was.dtype, shapeText(is.shape), is.dtype)
	}
}
