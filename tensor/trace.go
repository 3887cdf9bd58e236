package tensor

// Trace is a program as data: the operations that ran on its tensors, in their
// order, whether or not a gradient was wanted. Running the steps again on other
// values is what a static graph does.
type Trace struct {
	Steps  []TraceStep
	values int
}

// TraceStep is one operation of a trace.
type TraceStep struct {
	Op    *Op
	Attrs any
	In    []TraceValue
	Out   []int // the numbers of the results
}

// TraceValue is an operand: a value of the trace by its number, or, with number
// -1, a tensor from outside, nil for an operand that is left out.
type TraceValue struct {
	ID       int
	Constant *Tensor
}

// Input makes t, a leaf, a value of the trace and returns its number. What is
// computed from it belongs to the trace, and can be neither read nor changed in
// place, because it has values only when the trace is run.
func (tr *Trace) Input(t *Tensor) int {
	t.trace, t.traceID = tr, tr.values
	tr.values++
	return t.traceID
}

// ID returns the number of a value, and false for a tensor that is none.
func (tr *Trace) ID(t *Tensor) (int, bool) { return t.traceID, t.trace == tr }

// traced appends an operation to the trace that one of its inputs belongs to.
func (op *Op) traced(attrs any, in []*Tensor, out ...*Tensor) {
	var tr *Trace
	for _, x := range in {
		if x != nil && x.trace != nil {
			tr = x.trace
		}
	}
	step := TraceStep{Op: op, Attrs: attrs}
	for _, x := range in {
		v := TraceValue{ID: -1, Constant: x}
		if x != nil && x.trace == tr {
			v = TraceValue{ID: x.traceID}
		}
		step.In = append(step.In, v)
	}
	for _, o := range out {
		step.Out = append(step.Out, tr.Input(o))
	}
	tr.Steps = append(tr.Steps, step)
}

// Readable reports whether t has values; a tensor of a static graph has them only in Run.
func (t *Tensor) Readable() bool { return t.trace == nil }

// checkReadable panics for a tensor whose values a trace leaves open.
func (t *Tensor) checkReadable(op string) {
	if t.trace != nil {
		fail(op, "this tensor is part of a static graph and has values only in Run")
	}
}
