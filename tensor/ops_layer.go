package tensor

import "math"

// What layers of neural networks compute.

var opLinear = register(Op{Name: "linear", GradFn: "AddmmBackward0", Complex: true, Samples: []Sample{
	{Torch: "F.linear(x, y, z)", In: []Input{in(-2, 2, 2, 3), in(-2, 2, 4, 3), in(-2, 2, 4)}},
	{Torch: "F.linear(x, y)", In: []Input{in(-2, 2, 2, 3), in(-2, 2, 4, 3)}},
	{Torch: "F.linear(x, y, z)", In: []Input{in(-2, 2, 0, 3), in(-2, 2, 4, 3), in(-2, 2, 4)}},
}, f3: func(x, w, bias *Tensor, _ any) *Tensor {
	d := sameDType("Linear", x, w)
	if bias != nil {
		sameDType("Linear", x, bias)
	}
	m, n := x.shape[0], w.shape[0]
	if !d.IsFloat() { // complex numbers and integers
		y := product(x, viewOf(w, []int{w.shape[1], n}, []int{w.strides[1], w.strides[0]}, w.offset), []int{m, n}, d)
		if bias != nil {
			addKernels.into(y, d, 0, y, bias)
		}
		return y
	}
	c := Float32
	if d == Float64 {
		c = d
	}
	y, beta := unset([]int{m, n}, c), 0.0
	if bias != nil {
		beta = 1
		copyInto(y, bias)
	}
	if c == Float64 {
		linear[float64](y, contiguousAs(x, c), contiguousAs(w, c), beta)
	} else {
		linear[float32](y, contiguousAs(x, c), contiguousAs(w, c), float32(beta))
	}
	return narrowTo(y, d)
}})

// linear computes y = x·wᵀ + beta·y.
func linear[C float32 | float64](y, x, w *Tensor, beta C) {
	n, k := w.shape[0], w.shape[1]
	gemm(false, true, x.shape[0], n, k, elements[C](x), k, elements[C](w), k, beta, elements[C](y), n)
}

// Linear returns t·weightᵀ + bias; t has shape (…, in), weight (out, in), bias
// (out) or is nil.
func (t *Tensor) Linear(weight, bias *Tensor) *Tensor {
	n := len(t.shape)
	if n == 0 || len(weight.shape) != 2 || t.shape[n-1] != weight.shape[1] {
		failOn("Linear", []*Tensor{t, weight}, "input %s and weight %s: the input's last size must equal the weight's second, the features it takes", shapeText(t.shape), shapeText(weight.shape))
	}
	if bias != nil && !sameShape(bias.shape, weight.shape[:1]) {
		failOn("Linear", []*Tensor{t, weight, bias}, "bias %s and weight %s: the bias wants one number for each of %d outputs", shapeText(bias.shape), shapeText(weight.shape), weight.shape[0])
	}
	x := t
	if n != 2 {
		x = t.Reshape(numel(t.shape[:n-1]), weight.shape[1])
	}
	y := opLinear.call3(x, weight, bias, nil)
	switch {
	case n != 2:
		return y.Reshape(append(t.Shape()[:n-1], weight.shape[0])...).named("UnsafeViewBackward0")
	case bias == nil:
		return y.named("MmBackward0")
	}
	return y
}

// Dropout returns t with each element set to 0 with probability p and the
// others divided by 1-p (Srivastava et al. 2014).
func (t *Tensor) Dropout(p float64) *Tensor {
	return t.dropout("Dropout", p, func(kept *Tensor) *Tensor { return t.Mul(kept.DivScalar(1 - p)) })
}

// AlphaDropout returns t with each element set to what SELU has at -∞ with probability p, and all scaled and shifted so that a mean of 0
// and a variance of 1 stay (Klambauer et al. 2017).
func (t *Tensor) AlphaDropout(p float64) *Tensor {
	const alpha = 1.7580993408473766
	a := 1 / math.Sqrt((alpha*alpha*p+1)*(1-p))
	return t.dropout("AlphaDropout", p, func(kept *Tensor) *Tensor {
		return t.Mul(kept.MulScalar(a)).Add(kept.SubScalar(1).MulScalar(alpha * a).AddScalar(alpha * a * p))
	})
}

// dropout applies what is drawn: 1 for an element that is kept, and with probability p 0.
func (t *Tensor) dropout(op string, p float64, apply func(kept *Tensor) *Tensor) *Tensor {
	if !(p >= 0 && p <= 1) {
		fail(op, "the probability %v is not in [0, 1]", p)
	}
	switch p { // nothing is drawn, as in PyTorch
	case 0:
		return t
	case 1:
		return t.MulScalar(0)
	}
	t.checkReadable(op) // the mask would be the same in every run
	if dtypes[t.dtype].kind < kindFloat {
		failOn(op, []*Tensor{t}, "elements are %v, which cannot be scaled; they must be floating-point or complex numbers", t.dtype)
	}
	return apply(emptyLike(op, t.Detach().Real()).BernoulliInPlace(1 - p)) // lies as t does
}

// GumbelSoftmax returns a sample of one class along a dimension, for logits t: the softmax at temperature tau of t with noise, or, if it is
// hard, 1 for its largest element and 0 for the others, with the softmax's derivative (Jang et al. 2017).
func (t *Tensor) GumbelSoftmax(tau float64, hard bool, dim int) *Tensor {
	if !(tau > 0) || !t.dtype.IsFloat() {
		failOn("GumbelSoftmax", []*Tensor{t}, "temperature %v for elements of %v; it must be positive, they floating-point numbers", tau, t.dtype)
	}
	t.checkReadable("GumbelSoftmax") // the noise would be the same in every run
	noise := EmptyLike(t).ExponentialInPlace(1).Log().Neg()
	soft := t.Add(noise).DivScalar(tau).Softmax(dim)
	if !hard {
		return soft
	}
	one := ZerosLike(t).ScatterValue(dim, soft.Detach().ArgMaxKeepDim(dim), 1)
	return one.Sub(soft.Detach()).Add(soft)
}

// Embedding returns the rows of weight that a tensor of row numbers names.
func (t *Tensor) Embedding(weight *Tensor) *Tensor {
	if len(weight.shape) != 2 {
		failOn("Embedding", []*Tensor{t, weight}, "the weight has shape %s; it must be a matrix, one row for each entry", shapeText(weight.shape))
	}
	positions("Embedding", t, weight.shape[0])
	if len(t.shape) == 1 {
		return weight.IndexSelect(0, t).named("EmbeddingBackward0")
	}
	return weight.IndexSelect(0, t.Flatten()).Reshape(append(t.Shape(), weight.shape[1])...).named("EmbeddingBackward0")
}

// standardize returns (t - mean)/√(variance + eps) over the given dimensions.
func (t *Tensor) standardize(eps float64, dims ...int) *Tensor {
	centred := t.Sub(t.MeanKeepDim(dims...))
	return centred.Mul(centred.Square().MeanKeepDim(dims...).AddScalar(eps).Rsqrt())
}

// affine returns t·weight + bias; either may be nil.
func affine(t, weight, bias *Tensor) *Tensor {
	if weight != nil {
		t = t.Mul(weight)
	}
	if bias != nil {
		t = t.Add(bias)
	}
	return t
}

// perChannel shapes a vector to broadcast along the second of n dimensions.
func perChannel(v *Tensor, n int) *Tensor {
	if v == nil || n < 2 {
		return v
	}
	shape := make([]int, n-1)
	for i := range shape {
		shape[i] = 1
	}
	shape[0] = v.NumEl()
	return v.Reshape(shape...)
}

// BatchNorm normalises every channel, the second dimension, by the given means
// and variances, then scales and shifts; weight and bias may be nil (Ioffe and
// Szegedy 2015).
func (t *Tensor) BatchNorm(mean, variance, weight, bias *Tensor, eps float64) *Tensor {
	n := len(t.shape)
	for _, p := range []*Tensor{mean, variance, weight, bias} {
		if n < 2 || p != nil && !sameShape(p.shape, t.shape[1:2]) {
			failOn("BatchNorm", []*Tensor{t}, "shape %s wants a number for each channel, the second dimension, in the mean, the variance, the weight and the bias", shapeText(t.shape))
		}
	}
	scale := variance.AddScalar(eps).Rsqrt()
	if weight != nil {
		scale = scale.Mul(weight)
	}
	shift := mean.Mul(scale).Neg()
	if bias != nil {
		shift = shift.Add(bias)
	}
	return t.Mul(perChannel(scale, n)).Add(perChannel(shift, n))
}

// GroupNorm normalises groups of channels, the second dimension, then scales and
// shifts every channel; weight and bias may be nil (Wu and He 2018).
func (t *Tensor) GroupNorm(groups int, weight, bias *Tensor, eps float64) *Tensor {
	if len(t.shape) < 2 || groups < 1 || t.shape[1]%groups != 0 {
		failOn("GroupNorm", []*Tensor{t}, "shape %s does not divide its channels into %d groups", shapeText(t.shape), groups)
	}
	y := t.Reshape(t.shape[0], groups, numel(t.shape[1:])/groups).standardize(eps, 2).Reshape(t.shape...)
	return affine(y, perChannel(weight, len(t.shape)), perChannel(bias, len(t.shape))).named("NativeGroupNormBackward0")
}

// RMSNorm divides by the root mean square over the last dimension, then scales;
// weight may be nil (Zhang and Sennrich 2019).
func (t *Tensor) RMSNorm(weight *Tensor, eps float64) *Tensor {
	return affine(t.Mul(t.Square().MeanKeepDim(-1).AddScalar(eps).Rsqrt()), weight, nil)
}
