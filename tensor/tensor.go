package tensor

// inlineDims is the number of dimensions whose sizes fit in the Tensor itself.
const inlineDims = 6

// Tensor is an n-dimensional array: a strided view of a storage. It carries the
// history it was computed by where a gradient is needed. A Tensor is used by
// reference and never copied.
type Tensor struct {
	storage *Storage
	offset  int   // of the first element, in elements
	shape   []int // both point into dims unless there are more than inlineDims
	strides []int
	dims    [2 * inlineDims]int
	dtype   DType

	requiresGrad bool    // a leaf that accumulates its gradient
	retainGrad   bool    // an inner tensor that keeps its gradient
	sealed       bool    // a custom function's result in its input's memory, or a view of one
	slot         int32   // which output of node this is
	node         *Node   // the operation that made it; nil for leaves
	grad         *Tensor // filled by Backward
	base         *Tensor // the tensor this is a view of
	baseNode     *Node   // base's node when this view was made
	hooks        []*Hook // of a leaf
	trace        *Trace  // the static graph that t is a value of
	traceID      int
}

// header returns a tensor without storage, with room for n sizes and strides.
func header(n int, dtype DType) *Tensor {
	t := &Tensor{dtype: dtype}
	if n <= inlineDims {
		t.shape = t.dims[:n:inlineDims]
		t.strides = t.dims[inlineDims : inlineDims+n]
	} else {
		both := make([]int, 2*n)
		t.shape, t.strides = both[:n:n], both[n:]
	}
	return t
}

// empty returns a new contiguous CPU tensor, zeroed.
func empty(shape []int, dtype DType) *Tensor { return newTensor(shape, dtype, false) }

// unset is empty for callers that set every element: its contents are arbitrary.
func unset(shape []int, dtype DType) *Tensor { return newTensor(shape, dtype, true) }

func newTensor(shape []int, dtype DType, dirty bool) *Tensor {
	checkMemory(shape, dtype)
	t := header(len(shape), dtype)
	copy(t.shape, shape)
	n := contiguousStrides(t.strides, shape)
	t.storage = newStorage(n*dtype.Size(), dirty)
	return t
}

// viewOf returns a tensor with the storage of t and the given geometry. The
// caller records it.
func viewOf(t *Tensor, shape, strides []int, offset int) *Tensor {
	v := header(len(shape), t.dtype)
	copy(v.shape, shape)
	copy(v.strides, strides)
	v.storage, v.offset = t.storage, offset
	return v
}

// Shape returns the size of every dimension.
func (t *Tensor) Shape() []int { return append([]int{}, t.shape...) }

// Strides returns the step, in elements, of every dimension.
func (t *Tensor) Strides() []int { return append([]int{}, t.strides...) }

// Offset returns the position of the first element in the storage, in elements.
func (t *Tensor) Offset() int { return t.offset }

// Storage returns the memory that t and its views share.
func (t *Tensor) Storage() *Storage { return t.storage }

// Size returns the size of a dimension; -1 is the last.
func (t *Tensor) Size(dim int) int { return t.shape[t.dim("Size", dim)] }

// Dim returns the number of dimensions.
func (t *Tensor) Dim() int { return len(t.shape) }

// NumEl returns the number of elements.
func (t *Tensor) NumEl() int { return numel(t.shape) }

// DType returns the type of the elements.
func (t *Tensor) DType() DType { return t.dtype }

// Device returns where the elements live.
func (t *Tensor) Device() Device { return t.storage.device }

// IsContiguous reports whether the elements lie in row-major order without gaps.
func (t *Tensor) IsContiguous() bool { return isContiguous(t.shape, t.strides) }

// Version counts the in-place changes of t's storage.
func (t *Tensor) Version() uint32 { return t.storage.Version() }

// RequiresGrad reports whether gradients flow to t.
func (t *Tensor) RequiresGrad() bool { return t.requiresGrad || t.gradNode() != nil }

// SetRequiresGrad makes a leaf tensor collect its gradient, or stops it, and
// returns the tensor. It panics for integer tensors and for inner ones.
func (t *Tensor) SetRequiresGrad(on bool) *Tensor {
	if t.gradNode() != nil {
		if on {
			return t
		}
		fail("SetRequiresGrad", "this tensor was computed by %s, so it is no leaf; use Detach()", t.node.GradFn())
	}
	if on && dtypes[t.dtype].kind < kindFloat {
		fail("SetRequiresGrad", "only floating-point tensors have gradients, this is %v; Cast it first", t.dtype)
	}
	t.requiresGrad = on
	return t
}

// IsLeaf reports whether t was not computed by a recorded operation.
func (t *Tensor) IsLeaf() bool { return t.gradNode() == nil }

// Grad returns the gradient that Backward accumulated, nil before.
func (t *Tensor) Grad() *Tensor { return t.grad }

// SetGrad replaces the gradient; nil removes it.
func (t *Tensor) SetGrad(g *Tensor) {
	if g == t {
		fail("SetGrad", "a tensor cannot be its own gradient; give a Clone()")
	}
	if g != nil && !sameShape(g.shape, t.shape) {
		failOn("SetGrad", []*Tensor{t, g}, "a tensor of shape %s cannot have a gradient of shape %s", shapeText(t.shape), shapeText(g.shape))
	}
	if g != nil && g.dtype != t.dtype {
		failOn("SetGrad", []*Tensor{t, g}, "a tensor of %v cannot have a gradient of %v; Cast it first", t.dtype, g.dtype)
	}
	t.grad = g
}

// Detach returns a tensor that shares t's elements but not its history.
func (t *Tensor) Detach() *Tensor {
	v := viewOf(t, t.shape, t.strides, t.offset)
	v.trace, v.traceID = t.trace, t.traceID
	return v
}

// Backward computes the gradient of t with respect to the leaves it was
// computed from and adds it to their Grad. t must have one element unless its
// own gradient is given.
func (t *Tensor) Backward(gradient ...*Tensor) {
	if backward == nil {
		fail("Backward", "no derivatives are known: the program must import the package autograd")
	}
	backward(t, gradient)
}
