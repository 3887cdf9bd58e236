package nn_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/gophergrad/gophergrad/nn"
	"github.com/gophergrad/gophergrad/tensor"
)

func names(list []nn.Named) (out []string) {
	for _, n := range list {
		out = append(out, n.Name)
	}
	return out
}

func expect(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s\n%v\nwant\n%v", what, got, want)
	}
}

type block struct {
	nn.Mode
	fc   *nn.Linear
	norm *nn.BatchNorm1d
}

func (b *block) Forward(x *T) *T { return b.norm.Forward(b.fc.Forward(x)) }

// everything holds tensors in every way that the walk goes.
type everything struct {
	scale    *T
	constant *T
	label    string
	parent   any
	First    *nn.Linear
	LastFC   nn.Module
	blocks   []*block
	byName   map[string]nn.Module
	pair     [2]nn.Linear
	value    block
	none     *nn.Linear
	config   struct{ rate float64 }
}

func (e *everything) Forward(x *T) *T { return x }

func newEverything() *everything {
	newBlock := func() *block { return &block{fc: nn.NewLinear(2, 2, nn.Bias(false)), norm: nn.NewBatchNorm1d(2)} }
	e := &everything{scale: tensor.Ones(1).SetRequiresGrad(true), constant: tensor.Ones(1), First: nn.NewLinear(2, 2), LastFC: nn.NewLinear(2, 2),
		blocks: []*block{newBlock(), newBlock()}, byName: map[string]nn.Module{"b": nn.NewReLU(), "Attn": nn.NewLinear(1, 1)}, value: *newBlock()}
	e.pair[1] = *nn.NewLinear(1, 1)
	e.parent = e // a cycle
	return e
}

func TestWalkFindsEveryParameter(t *testing.T) {
	e := newEverything()
	expect(t, "parameters", names(nn.NamedParameters(e)), "scale", "first.weight", "first.bias", "last_fc.weight", "last_fc.bias",
		"blocks.0.fc.weight", "blocks.0.norm.weight", "blocks.0.norm.bias", "blocks.1.fc.weight", "blocks.1.norm.weight", "blocks.1.norm.bias",
		"byName.Attn.weight", "byName.Attn.bias", "pair.1.weight", "pair.1.bias", "value.fc.weight", "value.norm.weight", "value.norm.bias")
	expect(t, "buffers of a block", names(nn.NamedBuffers(e.blocks[0])), "norm.running_mean", "norm.running_var", "norm.num_batches_tracked")
	expect(t, "state of a block", names(nn.StateDict(e.blocks[0]).Items()), "fc.weight", "norm.weight", "norm.bias", "norm.running_mean", "norm.running_var", "norm.num_batches_tracked")
	expect(t, "parameters of a struct by value", names(nn.NamedParameters(*e.blocks[0])), "fc.weight", "norm.weight", "norm.bias")
}

func TestFrozenLayersKeepTheirParameters(t *testing.T) {
	l := nn.NewLinear(2, 2)
	nn.SetRequiresGrad(l, false)
	expect(t, "parameters", names(nn.NamedParameters(l)), "weight", "bias")
	nn.SetRequiresGrad(l, true)
	if !l.Weight.RequiresGrad() {
		t.Error("the weight is still frozen")
	}
}

func TestSharedModulesCountOnce(t *testing.T) {
	l := nn.NewLinear(2, 2)
	s := nn.NewSequential(l, nn.NewReLU(), l)
	expect(t, "parameters", names(nn.NamedParameters(s)), "0.weight", "0.bias")
	expect(t, "state", names(nn.StateDict(s).Items()), "0.weight", "0.bias", "2.weight", "2.bias")
}

func TestTrainAndEvalReachEveryModule(t *testing.T) {
	e := newEverything()
	for _, mode := range []struct {
		set      func(any) string
		training bool
	}{{nn.Eval, false}, {nn.Train, true}} {
		if text := mode.set(e); text != nn.Describe(e) {
			t.Errorf("returned %q", text)
		}
		for i, on := range []bool{e.blocks[1].Training(), e.blocks[1].norm.Training(), e.value.Training(), e.value.norm.Training()} {
			if on != mode.training {
				t.Errorf("module %d: training is %v, want %v", i, on, mode.training)
			}
		}
	}
}

type wrapped struct {
	nn.Module
	extra *nn.Linear
}

type embedsLinear struct {
	*nn.Linear
	k int
}

func TestEmbeddingIsInheritance(t *testing.T) {
	expect(t, "embedded interface", names(nn.NamedParameters(wrapped{nn.NewLinear(1, 2), nn.NewLinear(2, 1)})), "weight", "bias", "extra.weight", "extra.bias")
	expect(t, "embedded pointer", names(nn.NamedParameters(embedsLinear{nn.NewLinear(1, 2), 3})), "weight", "bias")
	d := nn.NewDropout(0.5)
	nn.Eval(wrapped{d, nil})
	if d.Training() {
		t.Error("Eval did not reach the embedded module")
	}
	defer func() {
		if e, ok := recover().(*tensor.Error); !ok || !strings.Contains(e.Msg, `"weight"`) {
			t.Errorf("two embedded weights: %v", e)
		}
	}()
	nn.Parameters(struct {
		*nn.Linear
		*nn.Conv2d
	}{nn.NewLinear(1, 1), nn.NewConv2d(1, 1, 1)})
}

type ownParameters struct{ w, other, hidden *T }

func (m *ownParameters) Forward(x *T) *T  { return x }
func (m *ownParameters) Parameters() []*T { return []*T{m.other, m.w, tensor.Ones(1)} }

func TestOwnParametersAreHonoured(t *testing.T) {
	p := func() *T { return tensor.Ones(1).SetRequiresGrad(true) }
	m := struct{ inner *ownParameters }{&ownParameters{p(), p(), p()}}
	expect(t, "parameters", names(nn.NamedParameters(&m)), "inner.other", "inner.w", "inner.2")
	expect(t, "state", names(nn.StateDict(&m).Items()), "inner.other", "inner.w", "inner.2")
	if !nn.HasParams(m.inner) || nn.HasParams(nn.NewLinear(1, 1)) {
		t.Error("HasParams")
	}
}

// cell is a module as the interpreter hands one over: it tells its parts.
type cell struct {
	typeName string
	fields   []reflect.StructField
	values   []reflect.Value
	methods  map[string]any
}

func (c *cell) Parts() (string, []reflect.StructField, []reflect.Value) {
	return c.typeName, c.fields, c.values
}
func (c *cell) Method(name string) any { return c.methods[name] }

func newCell(typeName string, methods map[string]any, parts ...any) *cell {
	c := &cell{typeName: typeName, methods: methods}
	for i := 0; i < len(parts); i += 2 {
		c.fields = append(c.fields, reflect.StructField{Name: parts[i].(string), PkgPath: "cell", Type: reflect.TypeOf(parts[i+1])})
		c.values = append(c.values, reflect.ValueOf(parts[i+1]))
	}
	return c
}

func TestModulesOfCellsTellTheirParts(t *testing.T) {
	forward := map[string]any{"Forward": func(x *T) *T { return x }}
	l1, w := nn.NewLinear(2, 2), tensor.Ones(1).SetRequiresGrad(true)
	inner := newCell("Block", forward, "l1", l1, "n", 3)
	net := newCell("Net", forward, "block", inner, "w", w, "l2", nn.NewLinear(2, 1))
	expect(t, "parameters", names(nn.NamedParameters(net)), "w", "block.l1.weight", "block.l1.bias", "l2.weight", "l2.bias")
	expect(t, "linear fields", nn.LinearFields(net), "l2")
	expect(t, "description", []string{nn.Describe(net)}, "Net(\n  (block): Block(\n    (l1): Linear(in_features=2, out_features=2, bias=True)\n  )\n  (l2): Linear(in_features=2, out_features=1, bias=True)\n)")
	on, d := true, nn.NewDropout(0.5)
	nn.Eval(newCell("Net", map[string]any{"SetTraining": func(v bool) { on = v }}, "d", d))
	if on || d.Training() {
		t.Error("Eval did not reach a module of a cell, or what it holds")
	}
	own := newCell("Own", map[string]any{"Parameters": func() []*T { return []*T{w} }, "String": func() string { return "mine" }}, "l1", l1)
	expect(t, "own parameters", names(nn.NamedParameters(own)), "0")
	expect(t, "own description", []string{nn.Describe(own)}, "mine")
}

func TestApplyNamesModules(t *testing.T) {
	var seen []string
	nn.Apply(nn.NewSequential(nn.NewSequential(nn.NewReLU()), nn.NewTanh()), func(name string, m any) { seen = append(seen, fmt.Sprintf("%s:%T", name, m)) })
	expect(t, "modules", seen, "0.0:*nn.ReLU", "0:*nn.Sequential", "1:*nn.Tanh", ":*nn.Sequential")
}

func TestLoadStateDict(t *testing.T) {
	a, b := nn.NewSequential(nn.NewLinear(2, 3), nn.NewBatchNorm1d(3)), nn.NewSequential(nn.NewLinear(2, 3), nn.NewBatchNorm1d(3))
	a.Forward(tensor.Randn(4, 2))
	if err := nn.LoadStateDict(b, nn.StateDict(a)); err != nil {
		t.Fatal(err)
	}
	x := tensor.Randn(5, 2)
	nn.Eval(a)
	nn.Eval(b)
	check(t, "result", b.Forward(x).Float64s(), a.Forward(x).Float64s(), 0)

	s := nn.NewState(nn.Named{Name: "0.weight", Tensor: tensor.Zeros(2, 2)}, nn.Named{Name: "0.bias", Tensor: tensor.Zeros(3)}, nn.Named{Name: "extra", Tensor: tensor.Zeros(1)})
	before := a.Forward(x).Float64s()
	if nn.LoadStateDict(a, nil) == nil {
		t.Error("no state, no error")
	}
	err := nn.LoadStateDict(a, s)
	if err == nil {
		t.Fatal("a state that does not fit was loaded")
	}
	for _, part := range []string{"0.weight has shape [2 2]", "[3 2]", "missing 1.weight", "unexpected extra", "Sequential"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%q does not say %q", err, part)
		}
	}
	check(t, "result after a refused state", a.Forward(x).Float64s(), before, 0)
}

func TestZeroGrad(t *testing.T) {
	l := nn.NewLinear(2, 1)
	l.Forward(tensor.Ones(1, 2)).Sum().Backward()
	nn.ZeroGrad(l)
	if slices.ContainsFunc(nn.Parameters(l), func(p *T) bool { return p.Grad() != nil }) {
		t.Error("a gradient is left")
	}
}
