package autograd

import (
	"fmt"
	"slices"

	"github.com/gophergrad/gophergrad/tensor"
)

// part is a checkpointed part of a program: a recorded function whose nodes have
// dropped what they saved, and get it back from a second run.
type part struct {
	f        func(xs ...*T) []*T
	xs       []*T
	versions []uint32 // of xs before f
	state    []byte   // of the random generator before f, so that dropout repeats
	nodes    []*tensor.Node
}

// Checkpoint runs f without keeping intermediate values; the backward pass runs
// it again to get them (Chen et al. 2016). f must compute the same both times; the
// numbers that it draws from its goroutine's generator are the same.
func Checkpoint(f func(xs ...*tensor.Tensor) []*tensor.Tensor, xs ...*tensor.Tensor) []*tensor.Tensor {
	p := &part{f: f, xs: slices.Clone(xs), state: tensor.DefaultGenerator().State()}
	for _, x := range xs {
		p.versions = append(p.versions, x.Version())
	}
	ys, nodes := p.run(xs)
	p.nodes = nodes
	for _, n := range nodes {
		n.Postpone(p.again)
	}
	return ys
}

// run calls f and returns the nodes that it recorded, in their order.
func (p *part) run(xs []*T) (ys []*T, nodes []*tensor.Node) {
	for _, x := range xs {
		x.Node() // a view whose base changed has its history made anew here, not within f
	}
	before := tensor.LastSeq()
	ys = p.f(xs...)
	return ys, history(ys, before)
}

// again runs f a second time and gives every node what it saved.
func (p *part) again() {
	copies := make([]*T, len(p.xs))
	for i, x := range p.xs {
		if x.Version() != p.versions[i] {
			panic(&tensor.Error{Op: "Checkpoint", Msg: fmt.Sprintf("input %d was changed in place since, and the function needs it once more; change a Clone() instead", i)})
		}
		copies[i] = x.Detach().SetRequiresGrad(x.RequiresGrad())
	}
	g := tensor.NewGenerator(0)
	if err := g.SetState(p.state); err != nil {
		panic(err)
	}
	var nodes []*tensor.Node
	EnableGrad(func() { g.Use(func() { _, nodes = p.run(copies) }) })
	first := map[*tensor.Node]*tensor.Node{} // what each node stands for
	for i, n := range nodes {
		if len(nodes) != len(p.nodes) || n.Op.Name != p.nodes[i].Op.Name {
			panic(&tensor.Error{Op: "Checkpoint", Msg: fmt.Sprintf("the function ran other operations the second time (%d and %d); it must compute the same both times", len(p.nodes), len(nodes))})
		}
		first[n] = p.nodes[i]
	}
	own := func(t *T) *T {
		if i := slices.Index(copies, t); i >= 0 {
			return p.xs[i]
		}
		if n := first[t.Node()]; n != nil {
			return n.Output(t.Slot(), t)
		}
		return t
	}
	for i, n := range nodes {
		p.nodes[i].Refill(n, own)
	}
}
