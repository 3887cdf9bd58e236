package autograd

import "github.com/gophergrad/gophergrad/tensor"

// T is what rules compute with.
type T = tensor.Tensor

// Back is what a rule sees of the operation it differentiates.
type Back struct {
	node  *tensor.Node
	G     *T   // the gradient of the (first) output
	Grads []*T // those of all outputs, nil where none arrived

	sent []*tensor.Storage // the memory of the inputs' gradients
	all  []*T              // gradients of all inputs, where they are computed together
}

// together returns the i-th of the gradients that f computes for all inputs at
// once.
func (b *Back) together(i int, f func() []*T) *T {
	if b.all == nil {
		b.all = f()
	}
	return b.all[i]
}

// grad returns the gradient of output i, zero if none arrived.
func (b *Back) grad(i int) *T {
	if b.Grads[i] != nil {
		return b.Grads[i]
	}
	return zeros(&b.node.Out[i])
}

// grads returns grad of every output.
func (b *Back) grads() []*T {
	out := make([]*T, len(b.Grads))
	for i := range out {
		out[i] = b.grad(i)
	}
	return out
}

// In returns the i-th input, which the rule must have asked to be saved.
func (b *Back) In(i int) *T { return b.node.Use(i) }

// Out returns the i-th output, which the rule must have asked to be saved.
func (b *Back) Out(i int) *T { return b.node.Use(-1 - i) }

// Attrs returns the operation's parameters.
func (b *Back) Attrs() any { return b.node.Attrs }

// Shape returns the shape of the i-th input.
func (b *Back) Shape(i int) []int {
	m := b.node.In[i].Meta()
	return m.Shape()
}

// OutShape returns the shape of the i-th output.
func (b *Back) OutShape(i int) []int { return b.node.Out[i].Shape() }

// D is the derivative with respect to one input: which values it needs saved,
// and the gradient of the input. A gradient of a shape that the input was
// broadcast to, or of another dtype, is summed and cast by the engine.
type D struct {
	Save tensor.Save
	F    func(b *Back) *T
}

// Rule is the derivative of one operation, a D for every input.
type Rule []D

// none stands for an input through which no gradient flows.
var none = D{}

// Each is the derivative of operations with any number of inputs.
type Each struct {
	Save tensor.Save
	F    func(b *Back, i int) *T
}

var (
	rules     = map[string]Rule{}
	eachRules = map[string]Each{}
)

// add puts rules into the table.
func add(rs map[string]Rule) {
	for name, r := range rs {
		if rules[name] != nil {
			panic("autograd: two rules for " + name)
		}
		rules[name] = r
	}
}

// Differentiable reports whether an operation has a derivative; the second
// result is false for one that is in neither list.
func Differentiable(op string) (yes, known bool) {
	if _, ok := rules[op]; ok {
		return true, true
	}
	if _, ok := eachRules[op]; ok {
		return true, true
	}
	return false, nonDifferentiable[op] || refused[op]
}

// saves says what the derivative for one input wants saved, and whether a
// gradient flows there. It does for an operation without a rule, so that
// Backward can say so.
func saves(op string, input int) (save tensor.Save, flows bool) {
	if r, ok := rules[op]; ok {
		return r[input].Save, r[input].F != nil
	}
	return eachRules[op].Save, !nonDifferentiable[op]
}

// derivative returns the gradient of input i of an operation.
func derivative(b *Back, i int) *T {
	name := b.node.Op.Name
	if r, ok := rules[name]; ok {
		return r[i].F(b)
	}
	if r, ok := eachRules[name]; ok {
		return r.F(b, i)
	}
	panic(&tensor.Error{Op: "Backward", Msg: "the operation " + name + " has no derivative; Detach() its input if none is meant to flow"})
}
