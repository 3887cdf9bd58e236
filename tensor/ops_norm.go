package tensor

import (
	"math"
	"slices"

	"github.com/gophergrad/gophergrad/tensor/internal/cpu"
)

// Normalisation in one pass over each row (layer norm) or channel (batch norm),
// forward and backward. The backward operations serve passes that are not
// recorded; package autograd writes the recorded ones in tensor operations.

// NormalizeAttrs are the parameters of layer_norm and batch_norm. The last Size
// elements make a row of layer_norm.
type NormalizeAttrs struct {
	Size int
	Eps  float64
}

// rowKernels are what the norms compute rows with.
type rowKernels[C float32 | float64] struct {
	sum          func(a []C) float64
	dot          func(a, b []C) C
	add, mul     func(d, a, b []C)
	shift, scale func(d, a []C, v C)
	axpy         func(d, a []C, v C)
	sqrt         func(d, a []C)
	affine       func(d, a, w, b []C, v C)
	shiftScale   func(d, a []C, v, w C)
	addProducts  func(d, a, b []C)
}

var (
	rows32 = rowKernels[float32]{cpu.SumF32, cpu.DotF32, cpu.AddF32, cpu.MulF32, cpu.ShiftF32, cpu.ScaleF32, cpu.AxpyF32, cpu.SqrtF32, cpu.AffineF32, cpu.ShiftScaleF32, cpu.AddProductsF32}
	rows64 = rowKernels[float64]{cpu.SumF64, cpu.DotF64, cpu.AddF64, cpu.MulF64, cpu.ShiftF64, cpu.ScaleF64, cpu.AxpyF64, cpu.SqrtF64, cpu.AffineF64, cpu.ShiftScaleF64, cpu.AddProductsF64}
)

// rowsOfType returns the kernels for rows of C.
func rowsOfType[C float32 | float64]() *rowKernels[C] {
	if k, ok := any(&rows32).(*rowKernels[C]); ok {
		return k
	}
	return any(&rows64).(*rowKernels[C])
}

// orOnes and orZeros return the i-th of a norm's operands if it is there, the
// neutral parameters else.
func orOnes[C float32 | float64](in []*Tensor, i, n int) []C {
	if i < len(in) && in[i] != nil {
		return elements[C](in[i])
	}
	ones := make([]C, n)
	for k := range ones {
		ones[k] = 1
	}
	return ones
}

func orZeros[C float32 | float64](in []*Tensor, i, n int) []C {
	if i < len(in) && in[i] != nil {
		return elements[C](in[i])
	}
	return make([]C, n)
}

func (k *rowKernels[C]) layerNorm(y, mean, rstd *Tensor, in []*Tensor, n int, eps float64) {
	out, x, m, r := elements[C](y), elements[C](in[0]), elements[C](mean), elements[C](rstd)
	w, b := orOnes[C](in, 1, n), orZeros[C](in, 2, n)
	least := grain/4/max(n, 1) + 1
	if len(m) <= least { // without a function on the heap
		k.layerRange(out, x, m, r, w, b, eps, 0, len(m))
		checkInterrupt()
		return
	}
	parallel(len(m), least, func(lo, hi int) { k.layerRange(out, x, m, r, w, b, eps, lo, hi) })
}

func (k *rowKernels[C]) layerRange(out, x, m, r, w, b []C, eps float64, lo, hi int) {
	n := len(w)
	for i := lo; i < hi && !interrupted.Load(); i++ {
		row, to := x[i*n:][:n], out[i*n:][:n]
		m[i] = C(k.sum(row) / float64(n))
		k.shift(to, row, -m[i])
		r[i] = C(1 / math.Sqrt(float64(k.dot(to, to))/float64(n)+eps))
		k.affine(to, to, w, b, r[i])
	}
}

func (k *rowKernels[C]) layerNormBackward(dx, dw, db *Tensor, in []*Tensor, n int) {
	g, x, m, r := elements[C](in[0]), elements[C](in[1]), elements[C](in[2]), elements[C](in[3])
	w, d := orOnes[C](in, 4, n), elements[C](dx)
	const parts = 4 // fixed, so that the sums do not depend on the number of cores
	sums := make([]C, 2*parts*n)
	parallel(parts, 1, func(lo, hi int) {
		h := make([]C, n)
		for p := lo; p < hi; p++ {
			pw, pb := sums[2*p*n:][:n], sums[(2*p+1)*n:][:n]
			for i := p * len(m) / parts; i < (p+1)*len(m)/parts && !interrupted.Load(); i++ {
				gi, to := g[i*n:][:n], d[i*n:][:n]
				k.shiftScale(h, x[i*n:][:n], -m[i], r[i])
				k.addProducts(pw, gi, h)
				k.add(pb, pb, gi)
				k.mul(to, gi, w)
				mean := C(k.sum(to) / float64(n))
				k.axpy(to, h, -k.dot(to, h)/C(n))
				k.shiftScale(to, to, -mean, r[i])
			}
		}
	})
	tw, tb := elements[C](dw), elements[C](db)
	for p := range parts {
		k.add(tw, tw, sums[2*p*n:][:n])
		k.add(tb, tb, sums[(2*p+1)*n:][:n])
	}
}

// channels are the runs of elements of each channel of a tensor of shape
// (batch × channels × …).
type channels struct{ batch, count, run int }

func channelsOf(x *Tensor) channels { return channels{x.shape[0], x.shape[1], numel(x.shape[2:])} }

// size is the number of a channel's elements.
func (s channels) size() int { return s.batch * s.run }

// least is how many channels are worth a core of their own.
func (s channels) least() int { return grain/4/max(s.size(), 1) + 1 }

// run returns the i-th run of a channel's elements.
func run[C compute](s channels, x []C, c, i int) []C { return x[(i*s.count+c)*s.run:][:s.run] }

func (k *rowKernels[C]) batchNorm(y, mean, variance *Tensor, in []*Tensor, eps float64) {
	x, out, m, v, s := elements[C](in[0]), elements[C](y), elements[C](mean), elements[C](variance), channelsOf(in[0])
	w, b := orOnes[C](in, 1, s.count), orZeros[C](in, 2, s.count)
	if s.count <= s.least() { // without a function on the heap
		k.batchRange(out, x, m, v, w, b, s, eps, 0, s.count)
		checkInterrupt()
		return
	}
	parallel(s.count, s.least(), func(lo, hi int) { k.batchRange(out, x, m, v, w, b, s, eps, lo, hi) })
}

func (k *rowKernels[C]) batchRange(out, x, m, v, w, b []C, s channels, eps float64, lo, hi int) {
	n := float64(s.size())
	for c := lo; c < hi && !interrupted.Load(); c++ {
		sum, squares := 0.0, 0.0
		for i := range s.batch {
			sum += k.sum(run(s, x, c, i))
		}
		m[c] = C(sum / n)
		for i := range s.batch {
			to := run(s, out, c, i)
			k.shift(to, run(s, x, c, i), -m[c])
			squares += float64(k.dot(to, to))
		}
		v[c] = C(squares / n)
		scale := w[c] * C(1/math.Sqrt(squares/n+eps))
		for i := range s.batch {
			to := run(s, out, c, i)
			k.scale(to, to, scale)
			k.shift(to, to, b[c])
		}
	}
}

func (k *rowKernels[C]) batchNormBackward(dx, dw, db *Tensor, in []*Tensor, eps float64) {
	g, x, m, v, d := elements[C](in[0]), elements[C](in[1]), elements[C](in[2]), elements[C](in[3]), elements[C](dx)
	s := channelsOf(in[0])
	n := float64(s.size())
	w, tw, tb := orOnes[C](in, 4, s.count), elements[C](dw), elements[C](db)
	parallel(s.count, s.least(), func(lo, hi int) {
		for c := lo; c < hi && !interrupted.Load(); c++ {
			rstd, s1, s2 := 1/math.Sqrt(float64(v[c])+eps), 0.0, 0.0
			for i := range s.batch {
				to, gi := run(s, d, c, i), run(s, g, c, i)
				k.shift(to, run(s, x, c, i), -m[c])
				s1 += k.sum(gi)
				s2 += float64(k.dot(gi, to))
			}
			tb[c], tw[c] = C(s1), C(s2*rstd)
			scale := w[c] * C(rstd)
			for i := range s.batch { // scale·(g - mean(g) - h·mean(g·h))
				to := run(s, d, c, i)
				k.scale(to, to, -scale*C(s2*rstd*rstd/n))
				k.axpy(to, run(s, g, c, i), scale)
				k.shift(to, to, -scale*C(s1/n))
			}
		}
	})
}

var (
	layerSample = []Input{in(-2, 2, 2, 3), in(-2, 2, 3), in(-2, 2, 3)}
	batchSample = []Input{in(-2, 2, 2, 3, 2), in(-2, 2, 3), in(-2, 2, 3)}
	layerOfX    = NormalizeAttrs{3, 1e-5}
	batchOfX    = NormalizeAttrs{0, 1e-5}
)

var opLayerNorm = register(Op{Name: "native_layer_norm", FloatOnly: true, Auxiliary: true, Samples: []Sample{
	{Torch: "torch.native_layer_norm(x, (3,), y, z, 1e-5)[:1]", In: layerSample, Attrs: layerOfX},
	{Torch: "torch.native_layer_norm(x, (3,), None, None, 1e-5)[:1]", In: layerSample[:1], Attrs: layerOfX},
}, norm: func(x, weight, bias *Tensor, a NormalizeAttrs) (y, mean, rstd *Tensor) {
	in := []*Tensor{x, weight, bias}
	d := floatOperands("LayerNorm", in)
	c, rows := in[0].dtype, []int{x.NumEl() / max(a.Size, 1)}
	y, mean, rstd = unset(x.shape, c), unset(rows, c), unset(rows, c)
	if c == Float64 {
		rows64.layerNorm(y, mean, rstd, in, a.Size, a.Eps)
	} else {
		rows32.layerNorm(y, mean, rstd, in, a.Size, a.Eps)
	}
	return narrowTo(y, d), narrowTo(mean, d), narrowTo(rstd, d)
}})

var opLayerNormBackward = register(Op{Name: "native_layer_norm_backward", FloatOnly: true, Samples: []Sample{
	{Torch: "torch.ops.aten.native_layer_norm_backward(xs[0], xs[1], (3,), xs[2].view(2, 1), xs[3].view(2, 1), xs[4], xs[4], (True, True, True))",
		In: []Input{in(-2, 2, 2, 3), in(-2, 2, 2, 3), in(-1, 1, 2), in(0.5, 2, 2), in(-2, 2, 3)}, Attrs: layerOfX},
}, fn: func(xs []*Tensor, attrs any) []*Tensor {
	a := attrs.(NormalizeAttrs)
	in := slices.Clone(xs)
	d := floatOperands("LayerNorm", in)
	c := in[0].dtype
	dx, dw, db := unset(in[0].shape, c), empty([]int{a.Size}, c), empty([]int{a.Size}, c)
	if c == Float64 {
		rows64.layerNormBackward(dx, dw, db, in, a.Size)
	} else {
		rows32.layerNormBackward(dx, dw, db, in, a.Size)
	}
	return []*Tensor{narrowTo(dx, d), narrowTo(dw, d), narrowTo(db, d)}
}})

var opBatchNorm = register(Op{Name: "native_batch_norm", FloatOnly: true, Auxiliary: true, Samples: []Sample{
	{Torch: "torch.native_batch_norm(x, y, z, None, None, True, 0.1, 1e-5)[:1]", In: batchSample, Attrs: batchOfX},
	{Torch: "torch.native_batch_norm(x, None, None, None, None, True, 0.1, 1e-5)[:1]", In: []Input{in(-2, 2, 3, 2)}, Attrs: batchOfX},
}, norm: func(x, weight, bias *Tensor, a NormalizeAttrs) (y, mean, variance *Tensor) {
	in := []*Tensor{x, weight, bias}
	d := floatOperands("BatchNorm", in)
	c, n := in[0].dtype, x.shape[1:2]
	y, mean, variance = unset(x.shape, c), unset(n, c), unset(n, c)
	if c == Float64 {
		rows64.batchNorm(y, mean, variance, in, a.Eps)
	} else {
		rows32.batchNorm(y, mean, variance, in, a.Eps)
	}
	return narrowTo(y, d), narrowTo(mean, d), narrowTo(variance, d)
}})

var opBatchNormBackward = register(Op{Name: "native_batch_norm_backward", FloatOnly: true, Samples: []Sample{
	{Torch: "torch.ops.aten.native_batch_norm_backward(xs[0], xs[1], xs[4], None, None, xs[2], (xs[3] + 1e-5).rsqrt(), True, 1e-5, (True, True, True))",
		In: []Input{in(-2, 2, 2, 3, 2), in(-2, 2, 2, 3, 2), in(-1, 1, 3), in(0.5, 2, 3), in(-2, 2, 3)}, Attrs: batchOfX},
}, fn: func(xs []*Tensor, attrs any) []*Tensor {
	eps := attrs.(NormalizeAttrs).Eps
	in := slices.Clone(xs)
	d := floatOperands("BatchNorm", in)
	c, n := in[0].dtype, in[0].shape[1:2]
	dx, dw, db := unset(in[0].shape, c), unset(n, c), unset(n, c)
	if c == Float64 {
		rows64.batchNormBackward(dx, dw, db, in, eps)
	} else {
		rows32.batchNormBackward(dx, dw, db, in, eps)
	}
	return []*Tensor{narrowTo(dx, d), narrowTo(dw, d), narrowTo(db, d)}
}})

// callNorm is call for norms, whose weight and bias may be nil.
func (op *Op) callNorm(x, weight, bias *Tensor, a NormalizeAttrs) (y, mean, spread *Tensor) {
	in := []*Tensor{x, weight, bias}
	if bias == nil {
		in = in[:2]
	}
	if weight == nil && bias == nil {
		in = in[:1]
	}
	followed := op.ready(in...)
	y, mean, spread = op.norm(x, weight, bias, a)
	checkInterrupt()
	if followed {
		op.follow(a, in, y, mean, spread)
	}
	return y, mean, spread
}

// LayerNorm normalises over the last len(shape) dimensions, of the given sizes,
// to mean 0 and variance 1, then scales and shifts; weight and bias may be nil
// (Ba, Kiros and Hinton 2016).
func (t *Tensor) LayerNorm(shape []int, weight, bias *Tensor, eps float64) *Tensor {
	lead := len(t.shape) - len(shape)
	if lead < 0 || !sameShape(t.shape[lead:], shape) {
		failOn("LayerNorm", []*Tensor{t}, "shape %s does not end in the normalised %s", shapeText(t.shape), shapeText(shape))
	}
	for _, p := range []*Tensor{weight, bias} {
		if p != nil && !sameShape(p.shape, shape) {
			failOn("LayerNorm", []*Tensor{t, p}, "weight and bias must have the normalised shape %s, not %s", shapeText(shape), shapeText(p.shape))
		}
	}
	y, _, _ := opLayerNorm.callNorm(t, weight, bias, NormalizeAttrs{numel(shape), eps})
	return y
}

// LayerNormBackward returns the gradients of LayerNorm's input, weight and bias
// for the gradient t of its result, whose rows had the given means and 1/standard
// deviations. It is not differentiable.
func (t *Tensor) LayerNormBackward(x, mean, rstd, weight *Tensor, a NormalizeAttrs) (dx, dw, db *Tensor) {
	if !sameShape(x.shape, t.shape) || a.Size < 0 || mean.NumEl()*a.Size != t.NumEl() || rstd.NumEl() != mean.NumEl() || weight != nil && weight.NumEl() != a.Size {
		failOn("LayerNormBackward", []*Tensor{t, x, mean, rstd, weight}, "a gradient of shape %s and an input of %s are not %d rows of %d, each with a mean and a deviation",
			shapeText(t.shape), shapeText(x.shape), mean.NumEl(), a.Size)
	}
	out := opLayerNormBackward.call([]*Tensor{t, x, mean, rstd, weight}, a)
	return out[0], out[1], out[2]
}

// BatchNormTrain normalises every channel, the second dimension, by its mean and
// variance in t, which it returns too, then scales and shifts; weight and bias
// may be nil (Ioffe and Szegedy 2015). No gradient flows through the returned
// statistics.
func (t *Tensor) BatchNormTrain(weight, bias *Tensor, eps float64) (y, mean, variance *Tensor) {
	if len(t.shape) < 2 {
		failOn("BatchNormTrain", []*Tensor{t}, "shape %s has no channels, the second dimension", shapeText(t.shape))
	}
	for _, p := range []*Tensor{weight, bias} {
		if p != nil && !sameShape(p.shape, t.shape[1:2]) {
			failOn("BatchNormTrain", []*Tensor{t, p}, "weight and bias must have one number for each of %d channels, not shape %s", t.shape[1], shapeText(p.shape))
		}
	}
	return opBatchNorm.callNorm(t, weight, bias, NormalizeAttrs{Eps: eps})
}

// BatchNormBackward returns the gradients of BatchNormTrain's input, weight and
// bias for the gradient t of its result. It is not differentiable.
func (t *Tensor) BatchNormBackward(x, mean, variance, weight *Tensor, a NormalizeAttrs) (dx, dw, db *Tensor) {
	if len(t.shape) < 2 || !sameShape(x.shape, t.shape) {
		failOn("BatchNormBackward", []*Tensor{t, x}, "the gradient has shape %s and the input %s; they must be one, with channels as the second dimension", shapeText(t.shape), shapeText(x.shape))
	}
	for _, p := range []*Tensor{mean, variance, weight} {
		if p != nil && !sameShape(p.shape, t.shape[1:2]) {
			failOn("BatchNormBackward", []*Tensor{t, p}, "means, variances and weights are one number for each of %d channels, not of shape %s", t.shape[1], shapeText(p.shape))
		}
	}
	out := opBatchNormBackward.call([]*Tensor{t, x, mean, variance, weight}, a)
	return out[0], out[1], out[2]
}
