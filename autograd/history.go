package autograd

import (
	"sort"

	"github.com/gophergrad/gophergrad/tensor"
)

// History returns the recorded operations that led to ys, in the order in which
// they ran: every node comes after those of its inputs.
func History(ys ...*tensor.Tensor) []*tensor.Node { return history(ys, 0) }

// history is History as far as nodes later than that of a number.
func history(ys []*T, after uint64) []*tensor.Node {
	var nodes, stack []*tensor.Node
	seen := map[*tensor.Node]bool{}
	visit := func(n *tensor.Node) {
		if n != nil && n.Seq > after && !seen[n] {
			seen[n] = true
			stack = append(stack, n)
		}
	}
	for _, y := range ys {
		visit(y.Node())
	}
	for len(stack) > 0 {
		n := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		nodes = append(nodes, n)
		for _, e := range n.In {
			visit(e.Node)
		}
	}
	sort.Slice(nodes, func(i, j int) bool { return nodes[i].Seq < nodes[j].Seq })
	return nodes
}
