package autograd

import (
	"container/heap"
	"fmt"
	"slices"

	"github.com/gophergrad/gophergrad/tensor"
)

func init() { tensor.InstallAutograd(backward, saves) }

// task is a node whose outputs received gradients.
type task struct {
	node  *tensor.Node
	grads []*T   // of every output of the node
	own   []bool // whether the engine may add to the gradient in place
}

// queue orders tasks by the time their operations were recorded, last first.
// What an operation's result is used in was recorded after it, so all its
// gradients have arrived when it comes up: no pass to count them is needed, and
// the order of additions is the same in every run.
type queue []*task

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return q[i].node.Seq > q[j].node.Seq }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)        { *q = append(*q, x.(*task)) }
func (q *queue) Pop() any {
	last := len(*q) - 1
	t := (*q)[last]
	(*q)[last] = nil
	*q = (*q)[:last]
	return t
}

// pass is one backward pass.
type pass struct {
	queue  queue
	tasks  map[*tensor.Node]*task
	retain bool // keep saved tensors
	graph  bool // record the pass itself
	leaves []*leaf
	leafOf map[*T]*leaf
	needed func(e tensor.Edge) bool // what to follow; nil means all

	in []*T // gradients of a step's inputs

	captured map[tensor.Edge]*T // the gradients that Gradients returns; those of inner tensors are kept here
}

// leaf is the gradient that a pass collected for a leaf tensor.
type leaf struct {
	x    *T
	grad *T
	own  bool // nothing else refers to grad's memory
}

func newPass(o options) *pass {
	return &pass{tasks: map[*tensor.Node]*task{}, leafOf: map[*T]*leaf{}, retain: o.retain, graph: o.graph}
}

// send adds a gradient to what an edge leads to.
func (p *pass) send(e tensor.Edge, g *T, own bool) {
	if e.Leaf != nil {
		l := p.leafOf[e.Leaf]
		if l == nil {
			l = &leaf{x: e.Leaf}
			p.leafOf[e.Leaf] = l
			p.leaves = append(p.leaves, l)
		}
		l.grad, l.own = accumulate(l.grad, l.own, g, own, p.graph)
		return
	}
	t := p.tasks[e.Node]
	if t == nil {
		t = &task{e.Node, make([]*T, len(e.Node.Out)), make([]bool, len(e.Node.Out))}
		p.tasks[e.Node] = t
		heap.Push(&p.queue, t)
	}
	t.grads[e.Slot], t.own[e.Slot] = accumulate(t.grads[e.Slot], t.own[e.Slot], g, own, p.graph)
}

// accumulate adds g to sum, in place where sum belongs to the engine alone.
func accumulate(sum *T, owned bool, g *T, own, graph bool) (*T, bool) {
	switch {
	case sum == nil:
		return g, own
	case graph:
		return sum.Add(g), false
	case owned:
		sum.AddInPlace(g)
		if own {
			tensor.Recycle(g)
		}
		return sum, true
	case own:
		return g.AddInPlace(sum), true
	}
	return sum.Add(g), true
}

// run works the queue off and then passes the leaves' gradients through their
// hooks.
func (p *pass) run() {
	tensor.WithGradEnabled(p.graph, func() {
		for len(p.queue) > 0 {
			t := heap.Pop(&p.queue).(*task)
			delete(p.tasks, t.node)
			p.step(t)
		}
		for _, l := range p.leaves {
			if g, ran := l.x.RunHooks(l.grad); ran {
				l.grad, l.own = g, false
			}
		}
	})
}

// step sends the gradients of a node's inputs on.
func (p *pass) step(t *task) {
	n := t.node
	for i, g := range t.grads {
		if g == nil {
			continue
		}
		if h, ran := n.RunHooks(i, g); ran {
			t.grads[i], t.own[i] = h, false // a hook may keep it
		}
		e := tensor.Edge{Node: n, Slot: i}
		if _, asked := p.captured[e]; asked {
			p.captured[e], t.own[i] = t.grads[i], false
		}
	}
	if p.needed != nil && !slices.ContainsFunc(n.In, p.needed) {
		return // its own gradient was asked for, no further one
	}
	if gs, ran := n.RunPreHooks(t.grads); ran {
		t.grads = gs
		clear(t.own)
	}
	b := &Back{node: n, G: t.grads[0], Grads: t.grads}
	if b.G == nil && len(rules[n.Op.Name]) > 0 { // rules of one output read G unchecked
		b.G = zeros(&n.Out[0])
	}
	in, lent := p.differentiate(b)
	if lent {
		clear(t.own)
	}
	for _, g := range in {
		if g != nil {
			b.sent = append(b.sent, g.Storage())
		}
	}
	for i, e := range n.In {
		if g := in[i]; g != nil && p.follows(e) {
			p.send(e, g, !p.graph && !lent && p.fresh(b, g) && b.users(g) == 1)
		}
	}
	clear(p.in)
	if !p.retain {
		n.Release()
	}
	for i, g := range t.grads {
		if g != nil && t.own[i] && !p.graph && b.users(g) == 0 {
			tensor.Recycle(g)
		}
	}
}

// differentiate returns the gradients of a node's inputs, of their shapes and
// dtypes, and whether others may keep what it was given or returns.
func (p *pass) differentiate(b *Back) (in []*T, lent bool) {
	n := b.node
	p.in = p.in[:0]
	if c, custom := n.Attrs.(*Context); custom {
		p.in, lent = append(p.in, p.custom(c, b)...), true
	} else {
		for i, e := range n.In {
			var g *T
			if p.follows(e) {
				if g = watched(n, i, func() *T { return derivative(b, i) }); g != nil {
					m := e.Meta()
					g = g.SumTo(m.Shape()...).Cast(m.DType)
				}
			}
			p.in = append(p.in, g)
		}
	}
	in, ran := n.RunNodeHooks(p.in, b.Grads)
	return in, lent || ran
}

// users returns how many gradients that are sent on share g's memory.
func (b *Back) users(g *T) (n int) {
	for _, s := range b.sent {
		if s == g.Storage() {
			n++
		}
	}
	return n
}

// follows reports whether the pass goes along an edge.
func (p *pass) follows(e tensor.Edge) bool { return e.Live() && (p.needed == nil || p.needed(e)) }

// fresh reports whether nothing else refers to g's memory: it is neither a
// gradient that came in, nor saved, and it is not expanded.
func (p *pass) fresh(b *Back, g *T) bool {
	if !g.IsContiguous() {
		return false
	}
	for _, in := range b.Grads {
		if in != nil && in.Storage() == g.Storage() {
			return false
		}
	}
	for _, s := range b.node.SavedTensors() {
		if s.Tensor != nil && s.Tensor.Storage() == g.Storage() {
			return false
		}
	}
	return true
}

func zeros(m *tensor.Meta) *T { return tensor.On(m.Device).As(m.DType).Zeros(m.Shape()...) }

// seed returns the gradient that a pass from y starts with.
func seed(op string, y *T, gradient *T) *T {
	if !y.RequiresGrad() {
		panic(&tensor.Error{Op: op, Msg: "the tensor was not computed from one that requires a gradient; call SetRequiresGrad(true) on a parameter before computing"})
	}
	if gradient == nil {
		if y.DType().IsComplex() {
			panic(&tensor.Error{Op: op, Msg: "a complex tensor has no one gradient; take Real(), Abs() or the like, or give its gradient"})
		}
		if y.NumEl() != 1 {
			panic(&tensor.Error{Op: op, Shapes: [][]int{y.Shape()},
				Msg: fmt.Sprintf("a tensor of shape %v has no one gradient; reduce it, as with Sum or Mean, or give its gradient", y.Shape())})
		}
		return tensor.OnesLike(y)
	}
	if fmt.Sprint(gradient.Shape()) != fmt.Sprint(y.Shape()) {
		panic(&tensor.Error{Op: op, Shapes: [][]int{y.Shape(), gradient.Shape()},
			Msg: fmt.Sprintf("the given gradient has shape %v, the tensor %v; they must be equal", gradient.Shape(), y.Shape())})
	}
	if gradient.DType().IsComplex() != y.DType().IsComplex() {
		panic(&tensor.Error{Op: op, DTypes: []tensor.DType{y.DType(), gradient.DType()},
			Msg: fmt.Sprintf("the given gradient is %v, the tensor %v; both must be complex or none", gradient.DType(), y.DType())})
	}
	return gradient.Cast(y.DType())
}

// begin sends the gradients of the results.
func (p *pass) begin(op string, ys, gradients []*T) {
	if len(gradients) > len(ys) {
		panic(&tensor.Error{Op: op, Msg: fmt.Sprintf("%d gradients given for %d results", len(gradients), len(ys))})
	}
	for i, y := range ys {
		var g *T
		if i < len(gradients) {
			g = gradients[i]
		}
		g = seed(op, y, g)
		if e := edgeTo(y); p.needed == nil || p.needed(e) {
			p.send(e, g, false)
		}
	}
}

// edgeTo leads to what computed y, or to y itself.
func edgeTo(y *T) tensor.Edge {
	if n := y.Node(); n != nil {
		return tensor.Edge{Node: n, Slot: y.Slot()}
	}
	return tensor.Edge{Leaf: y}
}
