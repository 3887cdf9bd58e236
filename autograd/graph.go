package autograd

import (
	"fmt"

	"github.com/gophergrad/gophergrad/tensor"
)

// Graph is a static graph, TensorFlow 1's way: operations on placeholders say
// what is to be computed, Run computes it on the values that it is fed.
type Graph struct {
	trace tensor.Trace
	names map[int]string // placeholders by their numbers, for errors
	metas map[int]*T
}

// Feed gives placeholders their values.
type Feed map[*tensor.Tensor]*tensor.Tensor

// NewGraph returns an empty graph.
func NewGraph() *Graph { return &Graph{names: map[int]string{}, metas: map[int]*T{}} }

// Placeholder returns an input of the graph, of the default dtype.
func (g *Graph) Placeholder(shape ...int) *tensor.Tensor {
	return g.PlaceholderAs(tensor.DefaultDType(), shape...)
}

// PlaceholderAs returns an input of the graph of a dtype.
func (g *Graph) PlaceholderAs(dtype tensor.DType, shape ...int) *tensor.Tensor {
	p := tensor.As(dtype).Zeros(shape...)
	if dtype.IsFloat() || dtype.IsComplex() {
		// some numbers, so that operations on the way can be tried: no graph shows them
		p = pattern(shape, len(g.metas)).Cast(dtype).Detach().SetRequiresGrad(true)
	}
	id := g.trace.Input(p)
	g.metas[id], g.names[id] = p, fmt.Sprintf("placeholder %d of shape %v", len(g.metas), shape)
	return p
}

// Gradients adds to the graph the gradients of y with respect to xs, nil for
// those that y does not depend on.
func (g *Graph) Gradients(y *tensor.Tensor, xs ...*tensor.Tensor) []*tensor.Tensor {
	return Gradients([]*T{y}, xs, CreateGraph(), AllowUnused())
}

// Run computes the fetched tensors of the graph from the values of the
// placeholders that they depend on.
func (g *Graph) Run(fetch []*tensor.Tensor, feed Feed) (out []*tensor.Tensor, err error) {
	defer func() {
		if e, ok := recover().(*tensor.Error); ok {
			if e == tensor.ErrInterrupted {
				panic(e)
			}
			out, err = nil, e
		}
	}()
	values, err := g.fed(feed)
	if err != nil {
		return nil, err
	}
	last, err := g.lastUses(fetch, values)
	if err != nil {
		return nil, err
	}
	NoGrad(func() {
		for i, s := range g.trace.Steps {
			if !used(last, s.Out) {
				continue
			}
			in := make([]*T, len(s.In))
			for k, v := range s.In {
				if in[k] = v.Constant; v.ID >= 0 {
					in[k] = values[v.ID]
				}
			}
			for k, y := range s.Op.Apply(s.Attrs, in...) {
				values[s.Out[k]] = y
			}
			for _, v := range s.In {
				if v.ID >= 0 && last[v.ID] == i+1 {
					delete(values, v.ID) // frees the memory
				}
			}
		}
	})
	for _, f := range fetch {
		if id, ok := g.trace.ID(f); ok {
			f = values[id]
		}
		out = append(out, f)
	}
	return out, nil
}

// fed returns the placeholders' values by number.
func (g *Graph) fed(feed Feed) (map[int]*T, error) {
	values := map[int]*T{}
	for p, v := range feed {
		id, ok := g.trace.ID(p)
		meta := g.metas[id]
		if !ok || meta != p {
			return nil, fmt.Errorf("Run: a tensor of shape %v is fed that is no placeholder of this graph", p.Shape())
		}
		if fmt.Sprint(v.Shape()) != fmt.Sprint(p.Shape()) || v.DType() != p.DType() {
			return nil, fmt.Errorf("Run: %s and %v is fed a %v of shape %v", g.names[id], p.DType(), v.DType(), v.Shape())
		}
		values[id] = v.Detach()
	}
	return values, nil
}

// lastUses returns, for every value that the fetches need, the number of the step
// that uses it last, counted from 1; beyond all steps for the fetches.
func (g *Graph) lastUses(fetch []*T, values map[int]*T) (map[int]int, error) {
	steps := g.trace.Steps
	last := map[int]int{}
	for _, f := range fetch {
		if id, ok := g.trace.ID(f); ok {
			last[id] = len(steps) + 1
		}
	}
	for i := len(steps) - 1; i >= 0; i-- {
		if !used(last, steps[i].Out) {
			continue
		}
		for _, v := range steps[i].In {
			if v.ID >= 0 {
				last[v.ID] = max(last[v.ID], i+1)
			}
		}
	}
	for id, name := range g.names {
		if last[id] > 0 && values[id] == nil {
			return nil, fmt.Errorf("Run: %s has no value; put it into the Feed", name)
		}
	}
	return last, nil
}

func used(last map[int]int, ids []int) bool {
	for _, id := range ids {
		if last[id] > 0 {
			return true
		}
	}
	return false
}
