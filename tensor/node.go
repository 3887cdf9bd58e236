package tensor

import "sync/atomic"

// Node is one recorded operation: the history of its outputs. It holds what
// the derivative needs and no more, so that activations that no derivative
// asks for are freed as soon as the program drops them.
type Node struct {
	Op    *Op
	Attrs any    // the operation's parameters, a small struct of the op
	In    []Edge // one for every input
	Out   []Meta // one for every output
	Site  string // the line of the program that ran it, if RecordSites wants it
	Seq   uint64 // grows with time: an operation's inputs were recorded before it

	saved    []Saved
	refill   func() // puts the saved tensors back that Postpone dropped
	released bool
	hooks    []*Hook

	in [2]Edge // where In, Out and saved lie in the common case
	o  [1]Meta
	s  [2]Saved
}

// Edge leads from a node to where one of its inputs came from: a node's output,
// or a leaf. Both are nil for an input that needs no gradient.
type Edge struct {
	Node *Node
	Slot int     // the output of Node
	Leaf *Tensor // a tensor that collects its gradient
}

// Live reports whether a gradient flows along the edge.
func (e Edge) Live() bool { return e.Node != nil || e.Leaf != nil }

// Meta returns shape and dtype of the value that passed a live edge.
func (e Edge) Meta() Meta {
	if e.Node != nil {
		return e.Node.Out[e.Slot]
	}
	return metaOf(e.Leaf)
}

// Meta describes a value without holding it.
type Meta struct {
	DType  DType
	Device Device
	n      int
	dims   [inlineDims]int
	more   []int
}

func metaOf(t *Tensor) Meta {
	m := Meta{DType: t.dtype, Device: t.storage.device, n: len(t.shape)}
	if m.n > inlineDims {
		m.more = t.Shape()
	} else {
		copy(m.dims[:], t.shape)
	}
	return m
}

// Shape returns the sizes.
func (m *Meta) Shape() []int {
	if m.more != nil {
		return m.more
	}
	return m.dims[:m.n:m.n]
}

// BroadcastsTo reports whether the value can be broadcast to a shape.
func (m *Meta) BroadcastsTo(shape []int) bool { return broadcastsTo(m.Shape(), shape) }

// Saved is a tensor that a derivative asked for, with the version that its
// storage had.
type Saved struct {
	Tensor  *Tensor
	Input   int // which input it was; -1-i for output i
	version uint32
}

// GradFn returns the name under which a result prints its history, such as
// "MulBackward0".
func (n *Node) GradFn() string {
	switch name := n.Op.GradFn; name {
	case "SumBackward0", "MeanBackward0", "ProdBackward0":
		if a := n.Attrs.(ReduceAttrs); a.Dims != nil {
			return name[:len(name)-1] + "1"
		}
	case "SignBackward0":
		if n.Out[0].DType.IsComplex() {
			return "SgnBackward0"
		}
	}
	return n.Op.GradFn
}

// String is the name as a cell shows a node: "<MulBackward0>".
func (n *Node) String() string { return "<" + n.GradFn() + ">" }

// Save keeps x, an input (or output i, as -1-i), for the derivative. A custom
// function may save nil.
func (n *Node) Save(which int, x *Tensor) {
	s := Saved{Tensor: x, Input: which}
	if x != nil {
		s.version = x.storage.version.Load()
	}
	n.saved = append(n.saved, s)
}

// SavedTensors returns what the node holds, to be shown; use Use to compute. The
// tensors that Postpone dropped are nil.
func (n *Node) SavedTensors() []Saved { return n.saved }

// Postpone drops the saved tensors until one is used: then it calls refill, which
// must put them back by Refill.
func (n *Node) Postpone(refill func()) {
	for i := range n.saved {
		n.saved[i].Tensor = nil
	}
	n.refill = refill
}

// Refill puts back what Postpone dropped. The tensors are those of from, the node
// of the same operation computed again; own returns the one that stands for such
// a tensor in n's history. It panics if a tensor was changed in place in between.
func (n *Node) Refill(from *Node, own func(*Tensor) *Tensor) {
	if n.released {
		return
	}
	if from.refill != nil { // the part of a part
		n.Postpone(func() { from.recall(); n.Refill(from, own) })
		return
	}
	for i, s := range from.saved {
		if i >= len(n.saved) || n.saved[i].Input != s.Input || n.saved[i].version != s.version {
			failOn("Backward", []*Tensor{s.Tensor}, "a tensor of shape %s that %s needs differs from the first time; a checkpointed function must compute the same both times, and what it uses must not change in place before Backward",
				shapeText(s.Tensor.shape), n.GradFn())
		}
		if s.Tensor != nil {
			s.Tensor = own(s.Tensor)
		}
		n.saved[i] = s
	}
	n.refill = nil
}

// recall has dropped tensors put back, a part of a part in two steps.
func (n *Node) recall() {
	for n.refill != nil {
		n.refill()
	}
}

// Output returns data as what n computed: a tensor with n's history.
func (n *Node) Output(slot int, data *Tensor) *Tensor {
	t := data.Detach()
	t.node, t.slot = n, int32(slot)
	return t
}

// Use returns a saved tensor. It panics if the tensor was changed in place
// since, or freed by an earlier Backward.
func (n *Node) Use(which int) *Tensor {
	if n.released {
		fail("Backward", "the values saved by %s are freed after the first backward pass; keep them with autograd.RetainGraph()", n.GradFn())
	}
	n.recall()
	for i := range n.saved {
		if s := &n.saved[i]; s.Input == which {
			if s.Tensor == nil {
				return nil
			}
			if v := s.Tensor.storage.version.Load(); v != s.version {
				failOn("Backward", []*Tensor{s.Tensor}, "a tensor of shape %s that %s needs was changed in place after it was used (version %d, expected %d); change a Clone() instead",
					shapeText(s.Tensor.shape), n.GradFn(), v, s.version)
			}
			return s.Tensor
		}
	}
	fail("Backward", "the derivative of %q did not ask for input %d to be saved", n.Op.Name, which)
	return nil
}

// Has reports whether an input (or output, as in Save) was saved: nil is not.
func (n *Node) Has(which int) bool {
	for _, s := range n.saved {
		if s.Input == which {
			return true
		}
	}
	return false
}

// NumSaved returns how many tensors the node saved.
func (n *Node) NumSaved() int {
	if n.released {
		return 1 // which Use explains
	}
	return len(n.saved)
}

// Release frees the saved tensors.
func (n *Node) Release() {
	if len(n.saved) > 0 {
		n.released, n.refill = true, nil
		clear(n.saved)
		n.saved = nil
	}
}

// Released reports whether the saved tensors were freed.
func (n *Node) Released() bool { return n.released }

var lastSeq atomic.Uint64

// LastSeq returns the Seq of the latest node.
func LastSeq() uint64 { return lastSeq.Load() }

var callSite atomic.Pointer[func() string]

// RecordSites makes every recorded operation keep what site returns, the line of
// the program that runs it; nil stops it.
func RecordSites(site func() string) {
	if site == nil {
		callSite.Store(nil)
	} else {
		callSite.Store(&site)
	}
}

// newNode returns a node for an operation on in; the caller saves and attaches
// the outputs.
func newNode(op *Op, attrs any, in []*Tensor) *Node {
	n := &Node{Op: op, Attrs: attrs, Seq: lastSeq.Add(1)}
	if site := callSite.Load(); site != nil {
		n.Site = (*site)()
	}
	n.saved = n.s[:0]
	if len(in) <= len(n.in) {
		n.In = n.in[:len(in)]
	} else {
		n.In = make([]Edge, len(in))
	}
	for i, x := range in {
		if x == nil {
			continue
		}
		if from := x.gradNode(); from != nil {
			n.In[i] = Edge{Node: from, Slot: int(x.slot)}
		} else if x.requiresGrad {
			n.In[i] = Edge{Leaf: x}
		}
	}
	return n
}

// Node returns the recorded operation that computed t, nil for a leaf.
func (t *Tensor) Node() *Node { return t.gradNode() }

// Slot returns which output of its node t is.
func (t *Tensor) Slot() int { return int(t.slot) }

// gradNode returns t's node, made anew for a view whose base was changed in
// place since the view was taken.
func (t *Tensor) gradNode() *Node {
	if t.base == nil {
		return t.node
	}
	base := t.base.gradNode()
	if base == t.baseNode {
		return t.node
	}
	if t.sealed {
		fail(t.node.Op.Name, "a custom function returned a view of its input, or the input itself, and one of them was changed in place since, which its Backward knows nothing of; return a Clone()")
	}
	t.baseNode = base
	from, to := t.base, t
	switch {
	case from.dtype == t.dtype:
	case from.dtype.IsComplex():
		from = opAsReal.link(nil, asReal(from), from)
	default:
		to = asReal(t)
	}
	opAsStrided.link(StridedAttrs{from.geometry(), to.geometry()}, to, from)
	if to != t {
		opAsComplex.link(nil, t, to)
	}
	return t.node
}

// link makes an operation that did not run the history of out, and returns it.
func (op *Op) link(attrs any, out *Tensor, in ...*Tensor) *Tensor {
	newNode(op, attrs, in).attach([]*Tensor{out})
	return out
}

// backward is package autograd's engine.
var backward func(t *Tensor, gradient []*Tensor)

// derivative says what the derivative with respect to an input of an operation
// wants saved, and whether a gradient flows there at all.
var derivative func(op string, input int) (save Save, flows bool)

// InstallAutograd gives the package the engine behind Backward and what it must
// know of the derivatives. Package autograd calls it once.
func InstallAutograd(engine func(t *Tensor, gradient []*Tensor), rule func(op string, input int) (save Save, flows bool)) {
	backward, derivative = engine, rule
}

// Save says which tensors the derivative for one input uses.
type Save uint32

// The inputs and outputs that can be saved; they combine with |.
const (
	In0 Save = 1 << iota
	In1
	In2
	In3
	In4
	Out0
	Out1
	Out2
	AllIn        // every input
	Nothing Save = 0
)
