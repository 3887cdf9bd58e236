package tensor

import (
	"slices"
	"sort"
)

// Op is one entry of the op table: what the operation is called, how it
// computes, and samples that the tests walk. Its derivative is the entry of the
// same name in package autograd.
type Op struct {
	Name    string   // the table's key, PyTorch's name where it has one
	GradFn  string   // what a result prints as grad_fn, such as "AddBackward0"
	Samples []Sample // inputs that the tests and the documentation use
	View    bool     // the result shares its input's storage, where it can

	// Composite operations are made of others and have no derivative of their
	// own; they are in the table to be sampled, tested and listed.
	Composite bool

	// FloatOnly operations refuse integers, or their result for them is not
	// PyTorch's.
	FloatOnly bool

	// Auxiliary operations have one result that carries a gradient, the first;
	// the others are what the derivative needs.
	Auxiliary bool

	// Complex operations take complex tensors; views all do.
	Complex bool

	// One of these computes; which one is the op's arity. The last of three may be nil.
	f1 func(x *Tensor, attrs any) *Tensor
	f2 func(x, y *Tensor, attrs any) *Tensor
	f3 func(x, y, z *Tensor, attrs any) *Tensor
	fn func(in []*Tensor, attrs any) []*Tensor

	number func(x *Tensor, v float64) *Tensor // f1 for ScalarAttrs
	fold   *fold                              // what f1 does with ReduceAttrs

	// What fn does where its lists would be allocated.
	pick func(x *Tensor, a PickAttrs, wantValues bool) (values, indices *Tensor)
	norm func(x, weight, bias *Tensor, a NormalizeAttrs) (y, mean, spread *Tensor)
}

// Sample is one use of an op on inputs that the tests make up.
type Sample struct {
	Torch string  // the same in PyTorch, over x, y, z or the list xs
	In    []Input // the inputs
	Attrs any     // the op's parameters
}

// Input describes a made-up input: values spread over [Lo, Hi].
type Input struct {
	Shape  []int
	Lo, Hi float64
	DType  DType
}

var table = map[string]*Op{}

// register adds an op to the table.
func register(op Op) *Op {
	if table[op.Name] != nil {
		panic("tensor: op " + op.Name + " is in the table twice")
	}
	if op.GradFn == "" {
		op.GradFn = gradFnName(op.Name)
	}
	if f := op.number; f != nil {
		op.f1 = func(x *Tensor, a any) *Tensor { return f(x, a.(ScalarAttrs).Value) }
	}
	if f := op.pick; f != nil {
		op.fn = func(in []*Tensor, a any) []*Tensor {
			values, indices := f(in[0], a.(PickAttrs), true)
			return []*Tensor{values, indices}
		}
	}
	if f := op.norm; f != nil {
		op.fn = func(in []*Tensor, a any) []*Tensor {
			in = append(in[:len(in):len(in)], nil, nil)
			y, mean, spread := f(in[0], in[1], in[2], a.(NormalizeAttrs))
			return []*Tensor{y, mean, spread}
		}
	}
	table[op.Name] = &op
	return &op
}

// composite registers a function made of other operations.
func composite(name string, f func(in []*Tensor) []*Tensor, samples ...Sample) {
	register(Op{Name: name, Composite: true, FloatOnly: true, Samples: samples, fn: func(in []*Tensor, _ any) []*Tensor { return f(in) }})
}

// Ops returns the op table, sorted by name.
func Ops() []*Op {
	ops := make([]*Op, 0, len(table))
	for _, op := range table {
		ops = append(ops, op)
	}
	sort.Slice(ops, func(i, j int) bool { return ops[i].Name < ops[j].Name })
	return ops
}

// Apply runs the op on the inputs, recorded as a method call would be. It
// serves tests and the replay of recorded graphs.
func (op *Op) Apply(attrs any, in ...*Tensor) []*Tensor {
	switch {
	case op.f1 != nil:
		return []*Tensor{op.call1(in[0], attrs)}
	case op.f2 != nil:
		return []*Tensor{op.call2(in[0], in[1], attrs)}
	case op.f3 != nil:
		in = append(in, nil)
		return []*Tensor{op.call3(in[0], in[1], in[2], attrs)}
	case op.Composite:
		return op.fn(in, attrs)
	}
	return op.call(in, attrs)
}

// call1, call2, call3, call and those below are the one way an operation runs:
// interrupt, compute, record.
func (op *Op) call1(x *Tensor, attrs any) *Tensor {
	return op.callLazily([]*Tensor{x}, func() *Tensor { return op.f1(x, attrs) }, func() any { return attrs })
}

// callNumber is call1 for attributes that are one number.
func (op *Op) callNumber(x *Tensor, v float64) *Tensor {
	return op.callLazily([]*Tensor{x}, func() *Tensor { return op.number(x, v) }, func() any { return ScalarAttrs{v} })
}

func (op *Op) call2(x, y *Tensor, attrs any) *Tensor {
	return op.callLazily([]*Tensor{x, y}, func() *Tensor { return op.f2(x, y, attrs) }, func() any { return attrs })
}

func (op *Op) call3(x, y, z *Tensor, attrs any) *Tensor {
	in := []*Tensor{x, y, z}
	if z == nil {
		in = in[:2]
	}
	return op.callLazily(in, func() *Tensor { return op.f3(x, y, z, attrs) }, func() any { return attrs })
}

// callLazily is for attributes that need not be allocated unless the operation is
// recorded, and operations with one result.
func (op *Op) callLazily(in []*Tensor, compute func() *Tensor, attrs func() any) *Tensor {
	followed := op.ready(in...)
	out := compute()
	checkInterrupt()
	if op.View && out.storage == in[0].storage {
		out.asViewOf(in[0])
	}
	if followed {
		op.follow(attrs(), in, out)
	}
	return out
}

// callPick is call for PickAttrs. Values that are not wanted may be nil.
func (op *Op) callPick(x *Tensor, a PickAttrs, wantValues bool) (values, indices *Tensor) {
	followed := op.ready(x)
	values, indices = op.pick(x, a, wantValues || x.trace != nil)
	checkInterrupt()
	if followed && values != nil {
		op.follow(a, []*Tensor{x}, values, indices)
	}
	return values, indices
}

func (op *Op) call(in []*Tensor, attrs any) []*Tensor {
	followed := op.ready(in...)
	out := op.fn(in, attrs)
	checkInterrupt()
	if op.View {
		for _, o := range out {
			o.asViewOf(in[0])
		}
	}
	if followed {
		op.follow(attrs, in, out...)
	}
	return out
}

// ready checks the inputs, and reports whether the operation is to be followed.
func (op *Op) ready(in ...*Tensor) (followed bool) {
	checkInterrupt()
	for _, x := range in {
		op.checkComplex(x)
		followed = followed || x != nil && x.followed()
	}
	return followed
}

// followed reports whether operations on t are recorded or traced.
func (t *Tensor) followed() bool { return wantsGrad(t) && GradEnabled() || t.trace != nil }

// follow records an operation for derivatives and for static graphs.
func (op *Op) follow(attrs any, in []*Tensor, out ...*Tensor) {
	wants, traced := false, false
	for _, x := range in {
		if x != nil {
			wants, traced = wants || wantsGrad(x), traced || x.trace != nil
		}
	}
	if wants && GradEnabled() {
		op.record(attrs, in, out...)
	}
	if traced {
		op.traced(attrs, in, out...)
	}
}

// checkComplex panics for a complex input that the op does not take.
func (op *Op) checkComplex(x *Tensor) {
	if x != nil && x.dtype >= Complex64 && !op.Complex && !op.View {
		failOn(methodName(op.Name), []*Tensor{x}, "%v is not supported here; compute with Real() and Imag(), or Abs() and Angle()", x.dtype)
	}
}

func wantsGrad(t *Tensor) bool { return t.requiresGrad || t.gradNode() != nil }

// asViewOf ties a view to the tensor whose storage it shares.
func (t *Tensor) asViewOf(x *Tensor) {
	if numel(t.shape) == 0 {
		t.offset = 0 // the storage may have no element there
	}
	t.sealed = x.sealed
	if x.base != nil && !x.requiresGrad {
		x = x.base
	}
	t.base, t.baseNode = x, x.gradNode()
}

// record is the chokepoint: it makes the node of an operation whose inputs need
// a gradient, saves what the derivatives ask for, and attaches the outputs.
func (op *Op) record(attrs any, in []*Tensor, out ...*Tensor) {
	floating := false
	for _, o := range out {
		floating = floating || o.dtype.IsFloat() || o.dtype.IsComplex()
	}
	if !floating || derivative == nil {
		return
	}
	n := newNode(op, attrs, in)
	var save Save
	live := false
	for i := range n.In {
		if !n.In[i].Live() {
			continue
		}
		s, flows := derivative(op.Name, i)
		if !flows {
			n.In[i] = Edge{}
			continue
		}
		live = true
		save |= s
	}
	if !live {
		return
	}
	for i, x := range in {
		if x != nil && (save&AllIn != 0 || i < 5 && save&(In0<<i) != 0) {
			n.Save(i, x)
		}
	}
	for i, o := range out {
		if i < 3 && save&(Out0<<i) != 0 {
			n.Save(-1-i, o)
		}
	}
	n.attach(out)
	n.Pack()
}

// attach makes n the history of the floating-point outputs.
func (n *Node) attach(out []*Tensor) {
	n.Out = slices.Grow(n.o[:0], len(out))
	for i, o := range out {
		n.Out = append(n.Out, metaOf(o))
		if (o.dtype.IsFloat() || o.dtype.IsComplex()) && !(n.Op.Auxiliary && i > 0) {
			o.node, o.slot = n, int32(i)
		}
	}
}

// RecordCustom records an operation that is not in the table, such as a user's
// autograd function: name is printed, attrs are handed to the derivative. A result
// that is an input was changed in place. One that only lies in an input's memory
// stands for what the derivative knows: neither may be changed in place from then on.
func RecordCustom(op *Op, attrs any, in []*Tensor, out ...*Tensor) *Node {
	results := slices.Clone(out)
	for i, o := range out {
		if slices.Contains(in, o) {
			o.checkInPlace(op.Name)
			results[i] = o.Detach()
		}
	}
	n := newNode(op, attrs, in)
	n.attach(results)
	for i, o := range out {
		if results[i] != o {
			o.become(results[i])
			continue
		}
		for _, x := range in {
			if x != nil && o.storage == x.storage {
				o.asViewOf(x)
				o.sealed = true
			}
		}
	}
	return n
}
