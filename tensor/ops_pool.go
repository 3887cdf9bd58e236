package tensor

import (
	"fmt"
	"math"
	"slices"
)

// Pooling over two spatial dimensions, the last two. Other numbers of
// dimensions are brought to this form.

// PoolAttrs are the parameters of a pooling, one number for height and width.
// Size is the image that a backward operation produces.
type PoolAttrs struct {
	Kernel, Stride, Padding, Dilation [2]int
	Ceil                              bool // round the result's size up
	ExcludePad                        bool // averages do not count the padding
	Size                              [2]int
}

// resultSize returns the pooled size of an image.
func (a PoolAttrs) resultSize(op string, size [2]int) (out [2]int) {
	for i, n := range size {
		if a.Kernel[i] < 1 || a.Stride[i] < 1 || a.Dilation[i] < 1 || a.Padding[i] < 0 || a.Padding[i] > a.Kernel[i]/2 {
			fail(op, "kernel %v, stride %v and dilation %v must be positive and padding %v at most half the kernel", a.Kernel, a.Stride, a.Dilation, a.Padding)
		}
		room := n + 2*a.Padding[i] - a.Dilation[i]*(a.Kernel[i]-1) - 1
		if a.Ceil {
			room += a.Stride[i] - 1
		}
		if room < 0 {
			fail(op, "a kernel of %v does not fit into an image of %v", a.Kernel, size)
		}
		out[i] = room/a.Stride[i] + 1
		if a.Ceil && (out[i]-1)*a.Stride[i] >= n+a.Padding[i] {
			out[i]-- // the last window starts inside
		}
	}
	return out
}

// window returns the range of an image dimension that a result element covers.
func (a *PoolAttrs) window(dim, o, size int) (lo, hi int) {
	lo = o*a.Stride[dim] - a.Padding[dim]
	hi = min(lo+a.Dilation[dim]*(a.Kernel[dim]-1)+1, size)
	for lo < 0 {
		lo += a.Dilation[dim]
	}
	return lo, hi
}

// pooling is a pooling of planes: images of size to results of size out, or back.
type pooling struct {
	PoolAttrs
	size, out [2]int
}

// poolKernel computes a plane from another one, and positions in the image where the
// operation has them.
type poolKernel[C compute] func(p pooling, to, from []C, at []int64)

// run runs a kernel on all planes of tensors of one of three dtypes.
func (p pooling) run(to, from, at *Tensor, f32 poolKernel[float32], f64 poolKernel[float64], i64 poolKernel[int64]) {
	n := numel(to.shape[:len(to.shape)-2])
	switch to.dtype {
	case Float64:
		poolPlanes(p, n, elements[float64](to), elements[float64](from), orNone[int64](at), f64)
	case Float32:
		poolPlanes(p, n, elements[float32](to), elements[float32](from), orNone[int64](at), f32)
	default:
		poolPlanes(p, n, elements[int64](to), elements[int64](from), orNone[int64](at), i64)
	}
}

func poolPlanes[C compute](p pooling, n int, to, from []C, at []int64, f poolKernel[C]) {
	least := grain/max(p.size[0]*p.size[1], 1) + 1
	if n <= least { // without a function on the heap
		poolRange(p, n, to, from, at, f, 0, n)
		checkInterrupt()
		return
	}
	parallel(n, least, func(lo, hi int) { poolRange(p, n, to, from, at, f, lo, hi) })
}

func poolRange[C compute](p pooling, n int, to, from []C, at []int64, f poolKernel[C], lo, hi int) {
	for i := lo; i < hi && !interrupted.Load(); i++ {
		f(p, nth(to, i, n), nth(from, i, n), nth(at, i, n))
	}
}

// planesLike returns a tensor with planes of the given size where x has its own, zeroed unless dirty is set.
func planesLike(x *Tensor, size [2]int, d DType, dirty bool) *Tensor {
	var buf [inlineDims]int
	return newTensor(append(append(buf[:0], x.shape[:len(x.shape)-2]...), size[:]...), d, dirty)
}

// nth returns the i-th of n equal parts.
func nth[C any](s []C, i, n int) []C { return s[i*len(s)/n : (i+1)*len(s)/n] }

func maxPoolPlane[C compute](a pooling, y, x []C, at []int64) {
	size, out, two := a.size, a.out, [2]int{2, 2}
	if a.Kernel == two && a.Stride == two && a.Padding == [2]int{} && a.Dilation == [2]int{1, 1} && !a.Ceil {
		maxPoolPairs(y, at, x, size, out)
		return
	}
	for oh := range out[0] {
		h0, h1 := a.window(0, oh, size[0])
		for ow := range out[1] {
			w0, w1 := a.window(1, ow, size[1])
			if h0 >= h1 || w0 >= w1 { // dilation leads past the image
				y[oh*out[1]+ow], at[oh*out[1]+ow] = lowest[C](), 0
				continue
			}
			best := h0*size[1] + w0
			m := x[best]
			for h := h0; h < h1; h += a.Dilation[0] {
				row := x[h*size[1]+w0 : h*size[1]+w1]
				for w := 0; w < len(row); w += a.Dilation[1] {
					if v := row[w]; v > m || v != v {
						best, m = h*size[1]+w0+w, v
					}
				}
			}
			y[oh*out[1]+ow], at[oh*out[1]+ow] = m, int64(best)
		}
	}
}

// lowest returns the least number of a type.
func lowest[C compute]() C {
	var m any
	switch any(C(0)).(type) {
	case float32:
		m = float32(math.Inf(-1))
	case float64:
		m = math.Inf(-1)
	default:
		m = int64(math.MinInt64)
	}
	return m.(C)
}

// maxPoolPairs is maxPoolPlane for windows of 2×2 side by side, the usual ones.
func maxPoolPairs[C compute](y []C, at []int64, x []C, size, out [2]int) {
	w := size[1]
	for oh := range out[0] {
		top := 2 * oh * w
		upper, lower := x[top:top+2*out[1]], x[top+w:top+w+2*out[1]]
		best, where := y[oh*out[1]:][:out[1]], at[oh*out[1]:][:out[1]]
		for ow := range best {
			i := 2 * ow
			m, p := upper[i], i
			if v := upper[i+1]; v > m || v != v {
				m, p = v, i+1
			}
			if v := lower[i]; v > m || v != v {
				m, p = v, i+w
			}
			if v := lower[i+1]; v > m || v != v {
				m, p = v, i+w+1
			}
			best[ow], where[ow] = m, int64(top+p)
		}
	}
}

// poolImage brings x to a contiguous tensor that the kernels compute in.
func poolImage(op string, x *Tensor) (*Tensor, [2]int) {
	n := len(x.shape)
	if n < 2 {
		failOn(op, []*Tensor{x}, "shape %s has no two spatial dimensions", shapeText(x.shape))
	}
	c := x.dtype
	if c != Float64 && c.IsFloat() {
		c = Float32
	} else if !c.IsFloat() {
		c = Int64
	}
	if x.dtype != c || !x.IsContiguous() {
		wide := empty(x.shape, c)
		copyInto(wide, x)
		x = wide
	}
	return x, [2]int{x.shape[n-2], x.shape[n-1]}
}

func poolSample(torch string, a PoolAttrs, shape ...int) Sample { return one(torch, a, shape...) }

var (
	pool2 = PoolAttrs{Kernel: [2]int{2, 2}, Stride: [2]int{2, 2}, Dilation: [2]int{1, 1}}
	pool3 = PoolAttrs{Kernel: [2]int{3, 2}, Stride: [2]int{2, 1}, Padding: [2]int{1, 1}, Dilation: [2]int{1, 1}}
)

func (a PoolAttrs) ceil() PoolAttrs                   { a.Ceil = true; return a }
func (a PoolAttrs) excludePad() PoolAttrs             { a.ExcludePad = true; return a }
func (a PoolAttrs) dilated(n int) PoolAttrs           { a.Dilation = [2]int{n, n}; return a }
func (a PoolAttrs) sized(height, width int) PoolAttrs { a.Size = [2]int{height, width}; return a }

var opMaxPool = register(Op{Name: "max_pool", GradFn: "MaxPool2DWithIndicesBackward0", Samples: []Sample{
	poolSample("F.max_pool2d(x, 2, return_indices=True)", pool2, 1, 2, 4, 5),
	poolSample("F.max_pool2d(x, (3, 2), (2, 1), 1, return_indices=True)", pool3, 2, 1, 5, 4),
	poolSample("F.max_pool2d(x, 2, ceil_mode=True, return_indices=True)", pool2.ceil(), 1, 1, 3, 5),
	poolSample("F.max_pool2d(x, 2, dilation=2, return_indices=True)", pool2.dilated(2), 1, 1, 5, 5),
}, fn: func(xs []*Tensor, a any) []*Tensor {
	values, indices := maxPool(xs[0], a.(PoolAttrs))
	return []*Tensor{values, indices}
}})

func maxPool(x *Tensor, a PoolAttrs) (values, indices *Tensor) {
	d := x.dtype
	x, size := poolImage("MaxPool", x)
	p := pooling{a, size, a.resultSize("MaxPool", size)}
	values, indices = planesLike(x, p.out, x.dtype, true), planesLike(x, p.out, Int64, true)
	p.run(values, x, indices, maxPoolPlane[float32], maxPoolPlane[float64], maxPoolPlane[int64])
	return narrowTo(values, d), indices
}

func maxPoolBackwardPlane[C compute](_ pooling, dx, dy []C, at []int64) {
	for i, p := range at {
		dx[p] += dy[i]
	}
}

var opMaxPoolBackward = register(Op{Name: "max_pool_backward", Samples: []Sample{
	{Torch: "F.max_unpool2d(x, y, 2, output_size=(4, 4))", In: []Input{in(-2, 2, 1, 2, 2), permutation(1, 2, 2)}, Attrs: PoolAttrs{Size: [2]int{4, 4}}},
}, f2: func(dy, at *Tensor, attrs any) *Tensor {
	a := attrs.(PoolAttrs)
	g, out := poolImage("MaxPoolBackward", dy)
	if at.dtype != Int64 || !sameShape(at.shape, dy.shape) {
		failOn("MaxPoolBackward", []*Tensor{dy, at}, "positions are %v of shape %s; they must be int64 of shape %s", at.dtype, shapeText(at.shape), shapeText(dy.shape))
	}
	if area := a.Size[0] * a.Size[1]; a.Size[0] < 0 || a.Size[1] < 0 || at.NumEl() > 0 && (at.Min().Item() < 0 || at.Max().Item() >= float64(area)) {
		failOn("MaxPoolBackward", []*Tensor{dy, at}, "positions must lie within images of %v", a.Size)
	}
	dx := planesLike(g, a.Size, g.dtype, false)
	pooling{a, a.Size, out}.run(dx, g, contiguous(at), maxPoolBackwardPlane[float32], maxPoolBackwardPlane[float64], maxPoolBackwardPlane[int64])
	return narrowTo(dx, dy.dtype)
}})

// eachWindow calls f with every window of a plane and what its sum is divided by.
func (a *pooling) eachWindow(f func(o, h0, h1, w0, w1 int, divisor float64)) {
	size, out := a.size, a.out
	for oh := range out[0] {
		h0, h1 := a.window(0, oh, size[0])
		for ow := range out[1] {
			w0, w1 := a.window(1, ow, size[1])
			count := (h1 - h0) * (w1 - w0)
			if !a.ExcludePad { // padding counts, but not what lies beyond it
				top, left := oh*a.Stride[0]-a.Padding[0], ow*a.Stride[1]-a.Padding[1]
				count = (min(top+a.Kernel[0], size[0]+a.Padding[0]) - top) * (min(left+a.Kernel[1], size[1]+a.Padding[1]) - left)
			}
			f(oh*out[1]+ow, h0, h1, w0, w1, float64(count))
		}
	}
}

func avgPoolPlane[C float32 | float64](a pooling, y, x []C, _ []int64) {
	a.eachWindow(func(o, h0, h1, w0, w1 int, divisor float64) {
		var sum C
		for h := h0; h < h1; h++ {
			for _, v := range x[h*a.size[1]+w0 : h*a.size[1]+w1] {
				sum += v
			}
		}
		y[o] = sum / C(divisor)
	})
}

func avgPoolBackwardPlane[C float32 | float64](a pooling, dx, dy []C, _ []int64) {
	a.eachWindow(func(o, h0, h1, w0, w1 int, divisor float64) {
		g := dy[o] / C(divisor)
		for h := h0; h < h1; h++ {
			row := dx[h*a.size[1]+w0 : h*a.size[1]+w1]
			for i := range row {
				row[i] += g
			}
		}
	})
}

var opAvgPool = register(Op{Name: "avg_pool", FloatOnly: true, GradFn: "AvgPool2DBackward0", Samples: []Sample{
	poolSample("F.avg_pool2d(x, 2)", pool2, 1, 2, 4, 5),
	poolSample("F.avg_pool2d(x, (3, 2), (2, 1), 1)", pool3, 2, 1, 5, 4),
	poolSample("F.avg_pool2d(x, (3, 2), (2, 1), 1, count_include_pad=False)", pool3.excludePad(), 2, 1, 5, 4),
	poolSample("F.avg_pool2d(x, 2, ceil_mode=True)", pool2.ceil(), 1, 1, 3, 5),
}, f1: func(x *Tensor, a any) *Tensor { return avgPool(x, a.(PoolAttrs)) }})

func avgPool(x *Tensor, a PoolAttrs) *Tensor {
	d := x.dtype
	if !d.IsFloat() {
		failOn("AvgPool", []*Tensor{x}, "the mean of %v is no %v; Cast to a floating-point dtype first", d, d)
	}
	x, size := poolImage("AvgPool", x)
	p := pooling{a, size, a.resultSize("AvgPool", size)}
	y := planesLike(x, p.out, x.dtype, true)
	p.run(y, x, nil, avgPoolPlane[float32], avgPoolPlane[float64], nil)
	return narrowTo(y, d)
}

var opAvgPoolBackward = register(Op{Name: "avg_pool_backward", FloatOnly: true, Samples: []Sample{
	poolSample("F.interpolate(x, scale_factor=2) / 4", pool2.sized(4, 4), 1, 2, 2, 2),
}, f1: func(dy *Tensor, attrs any) *Tensor {
	a, d := attrs.(PoolAttrs), dy.dtype
	if !d.IsFloat() {
		failOn("AvgPoolBackward", []*Tensor{dy}, "parts of %v are no %v; Cast to a floating-point dtype first", d, d)
	}
	g, out := poolImage("AvgPoolBackward", dy)
	if of := a.resultSize("AvgPoolBackward", a.Size); of != out {
		failOn("AvgPoolBackward", []*Tensor{dy}, "images of %v pool to %v, not to those of shape %s", a.Size, of, shapeText(dy.shape))
	}
	dx := planesLike(g, a.Size, g.dtype, false)
	pooling{a, a.Size, out}.run(dx, g, nil, avgPoolBackwardPlane[float32], avgPoolBackwardPlane[float64], nil)
	return narrowTo(dx, d)
}})

// MaxPool returns the largest elements of windows of the last two dimensions
// and their positions in the plane.
func (t *Tensor) MaxPool(a PoolAttrs) (values, indices *Tensor) {
	followed := opMaxPool.ready(t)
	values, indices = maxPool(t, a)
	checkInterrupt()
	if followed {
		opMaxPool.follow(a, []*Tensor{t}, values, indices)
	}
	return values, indices
}

// MaxPoolBackward adds the elements of t at given positions of zero planes of
// size a.Size: the derivative of MaxPool, and max-unpooling.
func (t *Tensor) MaxPoolBackward(indices *Tensor, a PoolAttrs) *Tensor {
	return opMaxPoolBackward.call2(t, indices, a)
}

// AvgPool returns the means of windows of the last two dimensions.
func (t *Tensor) AvgPool(a PoolAttrs) *Tensor {
	return opAvgPool.callLazily([]*Tensor{t}, func() *Tensor { return avgPool(t, a) }, func() any { return a })
}

// AvgPoolBackward spreads the elements of t evenly over the windows of planes of
// size a.Size: the derivative of AvgPool.
func (t *Tensor) AvgPoolBackward(a PoolAttrs) *Tensor { return opAvgPoolBackward.call1(t, a) }

// squareWindows returns the attributes of square windows.
func squareWindows(kernel, stride, padding int) PoolAttrs {
	return PoolAttrs{Kernel: [2]int{kernel, kernel}, Stride: [2]int{stride, stride}, Padding: [2]int{padding, padding}, Dilation: [2]int{1, 1}}
}

// MaxPool2d returns the largest elements of square windows.
func (t *Tensor) MaxPool2d(kernel, stride, padding int) *Tensor {
	v, _ := t.MaxPool(squareWindows(kernel, stride, padding))
	return v
}

// AvgPool2d returns the means of square windows.
func (t *Tensor) AvgPool2d(kernel, stride, padding int) *Tensor {
	return t.AvgPool(squareWindows(kernel, stride, padding))
}

// MaxPool3d returns the largest elements of cubic windows of the last three dimensions.
func (t *Tensor) MaxPool3d(kernel, stride, padding int) *Tensor {
	return t.pool3d("MaxPool3d", squareWindows(kernel, stride, padding), func(x *Tensor, a PoolAttrs) *Tensor { v, _ := x.MaxPool(a); return v }).named("MaxPool3DWithIndicesBackward0")
}

// AvgPool3d returns the means of cubic windows of the last three dimensions.
func (t *Tensor) AvgPool3d(kernel, stride, padding int) *Tensor {
	return t.pool3d("AvgPool3d", squareWindows(kernel, stride, padding), (*Tensor).AvgPool).named("AvgPool3DBackward0")
}

// pool3d pools planes, and then what is behind each other in them.
func (t *Tensor) pool3d(op string, a PoolAttrs, pool func(x *Tensor, a PoolAttrs) *Tensor) *Tensor {
	if len(t.shape) < 3 {
		failOn(op, []*Tensor{t}, "shape %s has no three spatial dimensions", shapeText(t.shape))
	}
	planes := pool(t, a)
	a.Kernel[1], a.Stride[1], a.Padding[1] = 1, 1, 0
	return pool(planes.Flatten(-2, -1), a).Unflatten(-1, planes.Size(-2), planes.Size(-1))
}

// AdaptiveAvgPool returns means over equal parts of the last len(sizes)
// dimensions, as many as sizes says; neighbouring parts overlap where they do
// not divide evenly.
func (t *Tensor) AdaptiveAvgPool(sizes ...int) *Tensor {
	for i, k := range sizes {
		dim := len(t.shape) - len(sizes) + i
		n := t.Size(dim - len(t.shape))
		if k < 1 {
			fail("AdaptiveAvgPool", "sizes %v must be positive", sizes)
		}
		checkCount(k)
		parts := make([]*Tensor, k)
		for o := range k {
			lo, hi := o*n/k, ((o+1)*n+k-1)/k
			parts[o] = t.Narrow(dim, lo, hi-lo).MeanKeepDim(dim)
		}
		t = Cat(parts, dim)
	}
	return t.named(adaptiveName("AdaptiveAvgPool", sizes))
}

// adaptiveName is what PyTorch prints for an adaptive pool.
func adaptiveName(op string, sizes []int) string {
	switch {
	case len(sizes) == 1:
		return "SqueezeBackward1"
	case op == "AdaptiveAvgPool" && numel(sizes) == 1:
		return "MeanBackward1"
	}
	return fmt.Sprintf("%s%dDBackward0", op, len(sizes))
}

// AdaptiveMaxPool returns the largest elements of equal parts of the last
// len(sizes) dimensions.
func (t *Tensor) AdaptiveMaxPool(sizes ...int) *Tensor {
	for i, k := range slices.Backward(sizes) { // so that the first of equal elements in row-major order wins
		dim := len(t.shape) - len(sizes) + i
		n := t.Size(dim - len(t.shape))
		if k < 1 || n == 0 {
			failOn("AdaptiveMaxPool", []*Tensor{t}, "sizes %v must be positive, and shape %s not empty", sizes, shapeText(t.shape))
		}
		checkCount(k)
		parts := make([]*Tensor, k)
		for o := range k {
			lo, hi := o*n/k, ((o+1)*n+k-1)/k
			parts[o], _ = t.Narrow(dim, lo, hi-lo).MaxKeepDim(dim)
		}
		t = Cat(parts, dim).named(adaptiveName("AdaptiveMaxPool", sizes))
	}
	return t
}

// LPPool1d returns the p-norms of windows of the last dimension.
func (t *Tensor) LPPool1d(p float64, kernel, stride int) *Tensor {
	a := squareWindows(kernel, stride, 0)
	a.Kernel[0], a.Stride[0] = 1, 1
	return t.Pow(p).Unsqueeze(-2).AvgPool(a).Squeeze(-2).normOfMean(p, kernel)
}

// LPPool2d returns the p-norms of square windows.
func (t *Tensor) LPPool2d(p float64, kernel, stride int) *Tensor {
	return t.Pow(p).AvgPool2d(kernel, stride, 0).normOfMean(p, kernel*kernel)
}

// LPPool3d returns the p-norms of cubic windows.
func (t *Tensor) LPPool3d(p float64, kernel, stride int) *Tensor {
	return t.Pow(p).AvgPool3d(kernel, stride, 0).normOfMean(p, kernel*kernel*kernel)
}

// normOfMean returns the p-norms of n elements whose p-th powers have the mean t.
func (t *Tensor) normOfMean(p float64, n int) *Tensor {
	t = t.Sign().Mul(t.Abs().ReLU()) // whose derivative at 0 is 0, as the root's is not
	return t.MulScalar(float64(n)).Pow(1 / p)
}
