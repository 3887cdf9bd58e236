package tensor

import (
	"math"

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

// sumOfRow adds a row up in float64.
func sumOfRow[C float32 | float64](a []C) float64 {
	switch a := any(a).(type) {
	case []float32:
		return cpu.SumF32(a)
	case []float64:
		return cpu.SumF64(a)
	}
	return 0
}

// squaresAround returns Σ (a - mean)².
func squaresAround[C float32 | float64](a []C, mean float64) float64 {
	var s [4]float64 // sums that do not wait for each other
	for len(a) >= 4 {
		p, q, u, v := float64(a[0])-mean, float64(a[1])-mean, float64(a[2])-mean, float64(a[3])-mean
		s[0], s[1], s[2], s[3] = s[0]+p*p, s[1]+q*q, s[2]+u*u, s[3]+v*v
		a = a[4:]
	}
	for _, x := range a {
		s[0] += (float64(x) - mean) * (float64(x) - mean)
	}
	return s[0] + s[1] + s[2] + s[3]
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

// normOperands brings operands, of which some may be nil, to one dtype.
func normOperands(op string, xs []*Tensor) (d DType, in []*Tensor) {
	var there []*Tensor
	for _, x := range xs {
		if x != nil {
			there = append(there, x)
		}
	}
	d, there = convOperands(op, there...)
	in = make([]*Tensor, len(xs))
	for i, x := range xs {
		if x != nil {
			in[i], there = there[0], there[1:]
		}
	}
	return d, in
}

func layerNorm[C float32 | float64](y, mean, rstd *Tensor, in []*Tensor, n int, eps float64) {
	out, x, m, r := elements[C](y), elements[C](in[0]), elements[C](mean), elements[C](rstd)
	w, b := orOnes[C](in, 1, n), orZeros[C](in, 2, n)
	parallel(len(m), grain/4/max(n, 1)+1, func(lo, hi int) {
		for i := lo; i < hi && !interrupted.Load(); i++ {
			row, to := x[i*n:][:n], out[i*n:][:n]
			mu := sumOfRow(row) / float64(n)
			scale := 1 / math.Sqrt(squaresAround(row, mu)/float64(n)+eps)
			m[i], r[i] = C(mu), C(scale)
			for k, v := range row {
				to[k] = (v-C(mu))*C(scale)*w[k] + b[k]
			}
		}
	})
}

func layerNormBackward[C float32 | float64](dx, dw, db *Tensor, in []*Tensor, n int) {
	g, x, m, r := elements[C](in[0]), elements[C](in[1]), elements[C](in[2]), elements[C](in[3])
	w, d := orOnes[C](in, 4, n), elements[C](dx)
	const parts = 4 // fixed, so that the sums do not depend on the number of cores
	sums := make([]C, parts*2*n)
	parallel(parts, 1, func(lo, hi int) {
		for p := lo; p < hi; p++ {
			pw, pb := sums[2*p*n:][:n], sums[(2*p+1)*n:][:n]
			for i := p * len(m) / parts; i < (p+1)*len(m)/parts && !interrupted.Load(); i++ {
				gi, xi, di, mu, scale := g[i*n:][:n], x[i*n:][:n], d[i*n:][:n], m[i], r[i]
				var s1, s2 C
				for k, v := range gi {
					h := (xi[k] - mu) * scale
					pw[k] += v * h
					pb[k] += v
					s1 += v * w[k]
					s2 += v * w[k] * h
				}
				s1, s2 = s1/C(n), s2/C(n)
				for k, v := range gi {
					di[k] = scale * (v*w[k] - s1 - (xi[k]-mu)*scale*s2)
				}
			}
		}
	})
	tw, tb := elements[C](dw), elements[C](db)
	for p := range parts {
		for k := range n {
			tw[k] += sums[2*p*n+k]
			tb[k] += sums[(2*p+1)*n+k]
		}
	}
}

// channels runs f for every channel of x, of shape (batch × channels × …), with
// an iterator over the channel's runs of elements.
func channels(x *Tensor, f func(c int, runs func(yield func(at int)))) {
	batch, n, run := x.shape[0], x.shape[1], numel(x.shape[2:])
	parallel(n, grain/4/max(batch*run, 1)+1, func(lo, hi int) {
		for c := lo; c < hi && !interrupted.Load(); c++ {
			f(c, func(yield func(at int)) {
				for i := range batch {
					yield((i*n + c) * run)
				}
			})
		}
	})
}

func batchNorm[C float32 | float64](y, mean, variance *Tensor, in []*Tensor, eps float64) {
	x, out, m, v := elements[C](in[0]), elements[C](y), elements[C](mean), elements[C](variance)
	n, run := in[0].shape[1], numel(in[0].shape[2:])
	count := float64(in[0].shape[0] * run)
	w, b := orOnes[C](in, 1, n), orZeros[C](in, 2, n)
	channels(in[0], func(c int, runs func(func(int))) {
		sum, squares := 0.0, 0.0
		runs(func(at int) { sum += sumOfRow(x[at : at+run]) })
		mu := sum / count
		runs(func(at int) { squares += squaresAround(x[at:at+run], mu) })
		m[c], v[c] = C(mu), C(squares/count)
		scale := w[c] * C(1/math.Sqrt(squares/count+eps))
		shift := b[c] - C(mu)*scale
		runs(func(at int) {
			to := out[at : at+run]
			for k, e := range x[at : at+run] {
				to[k] = e*scale + shift
			}
		})
	})
}

func batchNormBackward[C float32 | float64](dx, dw, db *Tensor, in []*Tensor, eps float64) {
	g, x, m, v, d := elements[C](in[0]), elements[C](in[1]), elements[C](in[2]), elements[C](in[3]), elements[C](dx)
	n, run := in[0].shape[1], numel(in[0].shape[2:])
	count := C(in[0].shape[0] * run)
	w, tw, tb := orOnes[C](in, 4, n), elements[C](dw), elements[C](db)
	channels(in[0], func(c int, runs func(func(int))) {
		rstd, mu := C(1/math.Sqrt(float64(v[c])+eps)), m[c]
		var s1, s2 float64
		runs(func(at int) {
			xs := x[at : at+run]
			var p, q C
			for k, e := range g[at : at+run] {
				p += e
				q += e * (xs[k] - mu)
			}
			s1, s2 = s1+float64(p), s2+float64(q)*float64(rstd)
		})
		tw[c], tb[c] = C(s2), C(s1)
		scale, p, q := w[c]*rstd, C(s1)/count, C(s2)/count*rstd
		runs(func(at int) {
			xs, to := x[at:at+run], d[at:at+run]
			for k, e := range g[at : at+run] {
				to[k] = scale * (e - p - (xs[k]-mu)*q)
			}
		})
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
}, fn: func(xs []*Tensor, attrs any) []*Tensor {
	a := attrs.(NormalizeAttrs)
	d, in := normOperands("LayerNorm", xs)
	rows := in[0].NumEl() / max(a.Size, 1)
	y, mean, rstd := unset(in[0].shape, in[0].dtype), unset([]int{rows}, in[0].dtype), unset([]int{rows}, in[0].dtype)
	if y.dtype == Float64 {
		layerNorm[float64](y, mean, rstd, in, a.Size, a.Eps)
	} else {
		layerNorm[float32](y, mean, rstd, in, a.Size, a.Eps)
	}
	return []*Tensor{narrowTo(y, d), narrowTo(mean, d), narrowTo(rstd, d)}
}})

var opLayerNormBackward = register(Op{Name: "native_layer_norm_backward", FloatOnly: true, Samples: []Sample{
	{Torch: "torch.ops.aten.native_layer_norm_backward(xs[0], xs[1], (3,), xs[2].view(2, 1), xs[3].view(2, 1), xs[4], xs[4], (True, True, True))",
		In: []Input{in(-2, 2, 2, 3), in(-2, 2, 2, 3), in(-1, 1, 2), in(0.5, 2, 2), in(-2, 2, 3)}, Attrs: layerOfX},
}, fn: func(xs []*Tensor, attrs any) []*Tensor {
	a := attrs.(NormalizeAttrs)
	d, in := normOperands("LayerNorm", xs)
	c := in[0].dtype
	dx, dw, db := unset(in[0].shape, c), empty([]int{a.Size}, c), empty([]int{a.Size}, c)
	if c == Float64 {
		layerNormBackward[float64](dx, dw, db, in, a.Size)
	} else {
		layerNormBackward[float32](dx, dw, db, in, a.Size)
	}
	return []*Tensor{narrowTo(dx, d), narrowTo(dw, d), narrowTo(db, d)}
}})

var opBatchNorm = register(Op{Name: "native_batch_norm", FloatOnly: true, Auxiliary: true, Samples: []Sample{
	{Torch: "torch.native_batch_norm(x, y, z, None, None, True, 0.1, 1e-5)[:1]", In: batchSample, Attrs: batchOfX},
	{Torch: "torch.native_batch_norm(x, None, None, None, None, True, 0.1, 1e-5)[:1]", In: []Input{in(-2, 2, 3, 2)}, Attrs: batchOfX},
}, fn: func(xs []*Tensor, attrs any) []*Tensor {
	eps := attrs.(NormalizeAttrs).Eps
	d, in := normOperands("BatchNorm", xs)
	c, n := in[0].dtype, in[0].shape[1:2]
	y, mean, variance := unset(in[0].shape, c), unset(n, c), unset(n, c)
	if c == Float64 {
		batchNorm[float64](y, mean, variance, in, eps)
	} else {
		batchNorm[float32](y, mean, variance, in, eps)
	}
	return []*Tensor{narrowTo(y, d), narrowTo(mean, d), narrowTo(variance, d)}
}})

var opBatchNormBackward = register(Op{Name: "native_batch_norm_backward", FloatOnly: true, Samples: []Sample{
	{Torch: "torch.ops.aten.native_batch_norm_backward(xs[0], xs[1], xs[4], None, None, xs[2], (xs[3] + 1e-5).rsqrt(), True, 1e-5, (True, True, True))",
		In: []Input{in(-2, 2, 2, 3, 2), in(-2, 2, 2, 3, 2), in(-1, 1, 3), in(0.5, 2, 3), in(-2, 2, 3)}, Attrs: batchOfX},
}, fn: func(xs []*Tensor, attrs any) []*Tensor {
	eps := attrs.(NormalizeAttrs).Eps
	d, in := normOperands("BatchNorm", xs)
	c, n := in[0].dtype, in[0].shape[1:2]
	dx, dw, db := unset(in[0].shape, c), unset(n, c), unset(n, c)
	if c == Float64 {
		batchNormBackward[float64](dx, dw, db, in, eps)
	} else {
		batchNormBackward[float32](dx, dw, db, in, eps)
	}
	return []*Tensor{narrowTo(dx, d), narrowTo(dw, d), narrowTo(db, d)}
}})

// normalized runs a norm on x and its parameters, either of which may be nil.
func normalized(op *Op, x, weight, bias *Tensor, a NormalizeAttrs) []*Tensor {
	in := []*Tensor{x, weight, bias}
	if bias == nil {
		in = in[:2]
	}
	if weight == nil && bias == nil {
		in = in[:1]
	}
	return op.call(in, a)
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
	return normalized(opLayerNorm, t, weight, bias, NormalizeAttrs{numel(shape), eps})[0]
}

// LayerNormBackward returns the gradients of LayerNorm's input, weight and bias
// for the gradient t of its result, whose rows had the given means and 1/standard
// deviations. It is not differentiable.
func (t *Tensor) LayerNormBackward(x, mean, rstd, weight *Tensor, a NormalizeAttrs) (dx, dw, db *Tensor) {
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
	out := normalized(opBatchNorm, t, weight, bias, NormalizeAttrs{Eps: eps})
	return out[0], out[1], out[2]
}

// BatchNormBackward returns the gradients of BatchNormTrain's input, weight and
// bias for the gradient t of its result. It is not differentiable.
func (t *Tensor) BatchNormBackward(x, mean, variance, weight *Tensor, a NormalizeAttrs) (dx, dw, db *Tensor) {
	out := opBatchNormBackward.call([]*Tensor{t, x, mean, variance, weight}, a)
	return out[0], out[1], out[2]
}
