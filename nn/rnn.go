package nn

import (
	"fmt"
	"math"
	"reflect"

	"github.com/gophergrad/gophergrad/tensor"
)

// cell advances a recurrent layer by one step: from the input's gates (batch ×
// gates·hidden, bias included) and the state it makes the next state, whose
// first tensor is the output.
type cell func(gates *tensor.Tensor, state []*tensor.Tensor, hidden func(h *tensor.Tensor) *tensor.Tensor) []*tensor.Tensor

// recurrent is what RNN, LSTM and GRU have in common. Its parameters have
// PyTorch's names, such as weight_ih_l0_reverse.
type recurrent struct {
	Mode
	name               string
	input, hidden      int
	gates, states      int // blocks of the weights; tensors of the state
	layers, directions int
	batchFirst, bias   bool
	dropout            float64
	nonlinearity       string // RNN's, "" for tanh
	step               cell
	names              []string
	params             []*tensor.Tensor // for every layer and direction: weights and biases
}

func newRecurrent(name string, input, hidden, gates, states int, step cell, opts []Option, more ...string) recurrent {
	o := collect("New"+name, options{layers: 1, bias: true}, opts, append(more, "Layers", "Bias", "Bidirectional", "BatchFirst", "DropoutRate")...)
	checkShare("New"+name, o.dropout)
	if input < 1 || hidden < 1 || o.layers < 1 {
		fail("New"+name, "input size %d, hidden size %d and %d layers must be positive", input, hidden, o.layers)
	}
	r := recurrent{name: name, input: input, hidden: hidden, gates: gates, states: states, layers: o.layers, directions: 1,
		batchFirst: o.batchFirst, bias: o.bias, dropout: o.dropout, nonlinearity: o.nonlinearity, step: step}
	if o.bidirectional {
		r.directions = 2
	}
	bound := 1 / math.Sqrt(float64(hidden))
	add := func(kind, suffix string, shape ...int) {
		r.names = append(r.names, kind+suffix)
		r.params = append(r.params, trained(InitUniform(tensor.Empty(shape...), -bound, bound)))
	}
	for layer := range r.layers {
		for d := range r.directions {
			suffix := fmt.Sprintf("_l%d%s", layer, []string{"", "_reverse"}[d])
			add("weight_ih", suffix, gates*hidden, input)
			add("weight_hh", suffix, gates*hidden, hidden)
			if o.bias {
				add("bias_ih", suffix, gates*hidden)
				add("bias_hh", suffix, gates*hidden)
			}
		}
		input = hidden * r.directions
	}
	return r
}

// Parts names the parameters.
func (r *recurrent) Parts() (string, []reflect.StructField, []reflect.Value) {
	fields := make([]reflect.StructField, len(r.params))
	values := make([]reflect.Value, len(r.params))
	for i, p := range r.params {
		fields[i] = reflect.StructField{Name: r.names[i], Tag: `nn:"parameter"`}
		values[i] = reflect.ValueOf(p)
	}
	return r.name, fields, values
}

// Method serves [Composite].
func (r *recurrent) Method(name string) any {
	switch name {
	case "Forward":
		return r.Forward
	case "String":
		return r.String
	}
	return nil
}

// Param returns a parameter by its name, such as "weight_hh_l0".
func (r *recurrent) Param(name string) *tensor.Tensor {
	for i, n := range r.names {
		if n == name {
			return r.params[i]
		}
	}
	fail(r.name+".Param", "there is no parameter %q; there are %v", name, r.names)
	return nil
}

// Forward maps a sequence (time × batch × input), or (time × input), to the last
// layer's outputs (time × batch × directions·hidden), from a state of zeros.
func (r *recurrent) Forward(x *tensor.Tensor) *tensor.Tensor {
	y, _ := r.run(x, nil)
	return y
}

// run is Forward from a given state, nil for zeros, with the state at the end:
// tensors of shape (layers·directions × batch × hidden).
func (r *recurrent) run(x *tensor.Tensor, state []*tensor.Tensor) (*tensor.Tensor, []*tensor.Tensor) {
	if x.Dim() < 2 || x.Dim() > 3 || x.Size(-1) != r.input {
		failOn(r.name, []*tensor.Tensor{x}, "the input has shape %v; it must be (time × batch × %d) or (time × %d)", x.Shape(), r.input, r.input)
	}
	single, batchFirst := x.Dim() == 2, r.batchFirst && x.Dim() == 3
	if single {
		x = x.Unsqueeze(1)
	}
	if batchFirst {
		x = x.Transpose(0, 1)
	}
	start := make([]*tensor.Tensor, r.states)
	for i := range start {
		shape := []int{r.layers * r.directions, x.Size(1), r.hidden}
		switch {
		case state == nil:
			start[i] = tensor.On(x.Device()).As(x.DType()).Zeros(shape...)
		case single && state[i].Dim() == 2:
			start[i] = state[i].Unsqueeze(1)
		default:
			start[i] = state[i]
		}
		if fmt.Sprint(start[i].Shape()) != fmt.Sprint(shape) {
			failOn(r.name, []*tensor.Tensor{x, start[i]}, "the state has shape %v; it must be %v", start[i].Shape(), shape)
		}
	}
	ends := make([][]*tensor.Tensor, r.states)
	for layer := range r.layers {
		outputs := make([]*tensor.Tensor, r.directions)
		for d := range r.directions {
			i := layer*r.directions + d
			first := make([]*tensor.Tensor, r.states)
			for s := range first {
				first[s] = start[s].Select(0, i)
			}
			var last []*tensor.Tensor
			outputs[d], last = r.scan(x, first, i, d == 1)
			for s := range last {
				ends[s] = append(ends[s], last[s])
			}
		}
		x = outputs[0]
		if r.directions == 2 {
			x = tensor.Cat(outputs, 2)
		}
		if layer < r.layers-1 && r.dropout > 0 && r.Training() {
			x = x.Dropout(r.dropout)
		}
	}
	final := make([]*tensor.Tensor, r.states)
	for s := range final {
		final[s] = tensor.Stack(ends[s], 0)
		if single {
			final[s] = final[s].Squeeze(1)
		}
	}
	switch {
	case single:
		x = x.Squeeze(1)
	case batchFirst:
		x = x.Transpose(0, 1)
	}
	return x, final
}

// scan runs one layer in one direction over x (time × batch × features).
func (r *recurrent) scan(x *tensor.Tensor, state []*tensor.Tensor, layer int, reverse bool) (*tensor.Tensor, []*tensor.Tensor) {
	per := 2
	if r.bias {
		per = 4
	}
	p := r.params[layer*per : (layer+1)*per]
	if !r.bias {
		p = append(p[:2:2], nil, nil)
	}
	hidden := func(h *tensor.Tensor) *tensor.Tensor { return h.Linear(p[1], p[3]) }
	steps := x.Linear(p[0], p[2]).Unbind(0)
	outputs := make([]*tensor.Tensor, len(steps))
	for t := range steps {
		if reverse {
			t = len(steps) - 1 - t
		}
		state = r.step(steps[t], state, hidden)
		outputs[t] = state[0]
	}
	if len(outputs) == 0 {
		fail(r.name, "the sequence has no steps")
	}
	return tensor.Stack(outputs, 0), state
}

func (r *recurrent) String() string {
	s := []setting{{"", r.input}, {"", r.hidden}}
	if r.layers != 1 {
		s = append(s, setting{"num_layers", r.layers})
	}
	if !r.bias {
		s = append(s, setting{"bias", false})
	}
	if r.batchFirst {
		s = append(s, setting{"batch_first", true})
	}
	if r.dropout != 0 {
		s = append(s, setting{"dropout", r.dropout})
	}
	if r.directions == 2 {
		s = append(s, setting{"bidirectional", true})
	}
	return line(r.name, s...)
}

// RNN is a recurrent network h' = tanh(W·x + b + U·h + c) (Elman 1990).
type RNN struct{ recurrent }

// NewRNN returns a network of input and hidden sizes. It takes the options
// Layers, Nonlinearity, Bias, BatchFirst, DropoutRate and Bidirectional.
func NewRNN(input, hidden int, opts ...Option) *RNN {
	r := &RNN{newRecurrent("RNN", input, hidden, 1, 1, nil, opts, "Nonlinearity")}
	activate := (*tensor.Tensor).Tanh
	switch r.nonlinearity {
	case "", "tanh":
	case "relu":
		activate = (*tensor.Tensor).ReLU
	default:
		fail("NewRNN", "nonlinearity %q is unknown; use tanh or relu", r.nonlinearity)
	}
	r.step = func(gates *tensor.Tensor, state []*tensor.Tensor, hidden func(*tensor.Tensor) *tensor.Tensor) []*tensor.Tensor {
		return []*tensor.Tensor{activate(gates.Add(hidden(state[0])))}
	}
	return r
}

// ForwardState is Forward from the state h, nil for zeros, and returns the state
// at the end; states have shape (layers·directions × batch × hidden).
func (r *RNN) ForwardState(x, h *tensor.Tensor) (y, end *tensor.Tensor) { return r.one(x, h) }

// one runs a network whose state is one tensor.
func (r *recurrent) one(x, h *tensor.Tensor) (y, end *tensor.Tensor) {
	var state []*tensor.Tensor
	if h != nil {
		state = []*tensor.Tensor{h}
	}
	y, final := r.run(x, state)
	return y, final[0]
}

// GRU is a network of gated recurrent units (Cho et al. 2014).
type GRU struct{ recurrent }

// NewGRU returns a network of input and hidden sizes. It takes the options
// Layers, Bias, BatchFirst, DropoutRate and Bidirectional.
func NewGRU(input, hidden int, opts ...Option) *GRU {
	return &GRU{newRecurrent("GRU", input, hidden, 3, 1, gruStep, opts)}
}

// ForwardState is Forward from the state h, nil for zeros, and returns the state
// at the end; states have shape (layers·directions × batch × hidden).
func (r *GRU) ForwardState(x, h *tensor.Tensor) (y, end *tensor.Tensor) { return r.one(x, h) }

func gruStep(gates *tensor.Tensor, state []*tensor.Tensor, hidden func(*tensor.Tensor) *tensor.Tensor) []*tensor.Tensor {
	h := state[0]
	gi, gh := gates.Chunk(3, 1), hidden(h).Chunk(3, 1)
	reset := gi[0].Add(gh[0]).Sigmoid()
	update := gi[1].Add(gh[1]).Sigmoid()
	candidate := gi[2].Add(reset.Mul(gh[2])).Tanh()
	return []*tensor.Tensor{h.Sub(candidate).Mul(update).Add(candidate)}
}

// LSTM is a network of long short-term memory (Hochreiter and Schmidhuber 1997).
type LSTM struct{ recurrent }

// NewLSTM returns a network of input and hidden sizes. It takes the options
// Layers, Bias, BatchFirst, DropoutRate and Bidirectional.
func NewLSTM(input, hidden int, opts ...Option) *LSTM {
	return &LSTM{newRecurrent("LSTM", input, hidden, 4, 2, lstmStep, opts)}
}

// ForwardState is Forward from the states h and c, nil for zeros, and returns
// those at the end; states have shape (layers·directions × batch × hidden).
func (r *LSTM) ForwardState(x, h, c *tensor.Tensor) (y, hEnd, cEnd *tensor.Tensor) {
	var state []*tensor.Tensor
	if (h == nil) != (c == nil) {
		fail("LSTM", "one of the states h and c is nil; give both or none")
	}
	if h != nil {
		state = []*tensor.Tensor{h, c}
	}
	y, final := r.run(x, state)
	return y, final[0], final[1]
}

func lstmStep(gates *tensor.Tensor, state []*tensor.Tensor, hidden func(*tensor.Tensor) *tensor.Tensor) []*tensor.Tensor {
	g := gates.Add(hidden(state[0])).Chunk(4, 1)
	in, forget, candidate, out := g[0].Sigmoid(), g[1].Sigmoid(), g[2].Tanh(), g[3].Sigmoid()
	c := forget.Mul(state[1]).Add(in.Mul(candidate))
	return []*tensor.Tensor{out.Mul(c.Tanh()), c}
}
