package autograd

import "github.com/gophergrad/gophergrad/tensor"

// checkpoint runs a function without keeping what its derivatives need, and
// again during the backward pass.
type checkpoint struct {
	f     func(xs ...*T) []*T
	state []byte // of the random generator, so that dropout repeats
}

func (c *checkpoint) Name() string { return "Checkpoint" }

func (c *checkpoint) Forward(ctx *Context, xs ...*T) []*T {
	c.state = tensor.DefaultGenerator().State()
	ctx.SaveForBackward(xs...)
	return c.f(xs...)
}

func (c *checkpoint) Backward(ctx *Context, grads ...*T) []*T {
	if tensor.GradEnabled() {
		panic(&tensor.Error{Op: "Checkpoint", Msg: "a checkpointed part cannot be differentiated twice; call the function itself"})
	}
	xs := ctx.Saved()
	for i, x := range xs {
		xs[i] = x.Detach().SetRequiresGrad(ctx.NeedsInputGrad[i])
	}
	g := tensor.DefaultGenerator()
	now := g.State()
	if err := g.SetState(c.state); err != nil {
		panic(err)
	}
	var ys []*T
	EnableGrad(func() { ys = c.f(xs...) })
	if err := g.SetState(now); err != nil {
		panic(err)
	}
	var outs, weights []*T
	for i, y := range ys {
		if y.RequiresGrad() {
			outs, weights = append(outs, y), append(weights, grads[i])
		}
	}
	p := newPass(options{})
	p.begin("Checkpoint", outs, weights)
	p.run()
	out := make([]*T, len(xs))
	for _, l := range p.leaves {
		own := false
		for i, x := range xs {
			if x == l.x {
				out[i], own = l.grad, true
			}
		}
		switch {
		case own:
		case ctx.pass.needed == nil: // a parameter that f uses without being given it
			deposit(l, false)
		case ctx.pass.needed(tensor.Edge{Leaf: l.x}):
			panic(&tensor.Error{Op: "Checkpoint", Msg: "the function uses a tensor whose gradient is asked for without being given it; make it an argument, or call Backward"})
		}
	}
	return out
}

// Checkpoint runs f without keeping intermediate values; the backward pass runs
// it again to get them (Chen et al. 2016). f must compute the same both times.
// At least one of xs must require a gradient. Backward reaches parameters that f
// uses without being given them, Grad does not.
func Checkpoint(f func(xs ...*tensor.Tensor) []*tensor.Tensor, xs ...*tensor.Tensor) []*tensor.Tensor {
	return ApplyMulti(&checkpoint{f: f}, xs...)
}
