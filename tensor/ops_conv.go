package tensor

import (
	"slices"

	"github.com/gophergrad/gophergrad/tensor/internal/cpu"
)

// Convolution as matrix products over unfolded images ("im2col"; Chellapilla,
// Puri and Simard 2006). It is linear in image and weight, so that three
// operations are one another's derivatives: conv, conv_input and conv_weight.

// ConvAttrs are the parameters of a convolution over one to three spatial
// dimensions; Shape is what conv_input and conv_weight produce.
type ConvAttrs struct {
	Stride, Padding, Dilation []int
	Groups                    int
	Shape                     []int
}

func gemm[C float32 | float64](ta, tb bool, m, n, k int, a []C, lda int, b []C, ldb int, beta C, c []C, ldc int) {
	switch a := any(a).(type) {
	case []float32:
		cpu.GemmF32(ta, tb, m, n, k, 1, a, lda, any(b).([]float32), ldb, float32(beta), any(c).([]float32), ldc)
	case []float64:
		cpu.GemmF64(ta, tb, m, n, k, 1, a, lda, any(b).([]float64), ldb, float64(beta), any(c).([]float64), ldc)
	}
}

// convForward computes result = weight · columns for every image and group.
func convForward[C float32 | float64](g *convGeometry, y, x, w, bias []C) {
	if g.batch == 1 { // without a function on the heap
		convImages(g, y, x, w, bias, 0, 1)
		checkInterrupt()
		return
	}
	shared := *g
	parallel(g.batch, 1, func(lo, hi int) { convImages(&shared, y, x, w, bias, lo, hi) })
}

func convImages[C float32 | float64](g *convGeometry, y, x, w, bias []C, lo, hi int) {
	inG, outG := g.in/g.groups, g.out/g.groups
	k := inG * g.taps
	var col []C
	if !g.isPlain() {
		var block *Storage
		col, block = borrow[C](g.colLen)
		defer block.recycle()
	}
	for n := lo; n < hi && !interrupted.Load(); n++ {
		for q := range g.groups {
			image := x[(n*g.in+q*inG)*g.plane:][:inG*g.plane]
			cols := image
			if col != nil {
				unfoldImage(g, col, image)
				cols = col
			}
			out, beta := y[(n*g.out+q*outG)*g.pixels:][:outG*g.pixels], C(0)
			if bias != nil {
				beta = 1
				for o := range outG {
					row, v := out[o*g.pixels:][:g.pixels], bias[q*outG+o]
					for i := range row {
						row[i] = v
					}
				}
			}
			gemm(false, false, outG, g.pixels, k, w[q*outG*k:], k, cols, g.pixels, beta, out, g.pixels)
		}
	}
}

// convInput computes the image gradient: columns = weightᵀ · gradient, folded.
func convInput[C float32 | float64](g *convGeometry, dx, dy, w []C) {
	inG, outG := g.in/g.groups, g.out/g.groups
	k := inG * g.taps
	parallel(g.batch, 1, func(lo, hi int) {
		col, block := borrow[C](g.colLen)
		defer block.recycle()
		for n := lo; n < hi && !interrupted.Load(); n++ {
			for q := range g.groups {
				image := dx[(n*g.in+q*inG)*g.plane:][:inG*g.plane]
				grad := dy[(n*g.out+q*outG)*g.pixels:][:outG*g.pixels]
				if g.isPlain() {
					gemm(true, false, k, g.pixels, outG, w[q*outG*k:], k, grad, g.pixels, 0, image, g.pixels)
					continue
				}
				gemm(true, false, k, g.pixels, outG, w[q*outG*k:], k, grad, g.pixels, 0, col, g.pixels)
				foldImage(g, image, col)
			}
		}
	})
}

// convWeight computes the weight gradient Σ gradient · columnsᵀ. The images are
// summed in fixed parts, so that the result does not depend on timing.
func convWeight[C float32 | float64](g *convGeometry, dw, dy, x []C) {
	inG, outG := g.in/g.groups, g.out/g.groups
	k := inG * g.taps
	const parts = 4
	sums := make([][]C, min(parts, g.batch))
	parallel(len(sums), 1, func(lo, hi int) {
		col, block := borrow[C](g.colLen)
		defer block.recycle()
		for p := lo; p < hi; p++ {
			sum := dw
			if p > 0 {
				sum = make([]C, len(dw))
			}
			sums[p] = sum
			for n := p * g.batch / len(sums); n < (p+1)*g.batch/len(sums) && !interrupted.Load(); n++ {
				for q := range g.groups {
					cols := x[(n*g.in+q*inG)*g.plane:][:inG*g.plane]
					if !g.isPlain() {
						unfoldImage(g, col, cols)
						cols = col
					}
					gemm(false, true, outG, k, g.pixels, dy[(n*g.out+q*outG)*g.pixels:], g.pixels, cols, g.pixels, 1, sum[q*outG*k:], k)
				}
			}
		}
	})
	for _, s := range sums[min(1, len(sums)):] {
		for i, v := range s {
			dw[i] += v
		}
	}
}

func convSample(torch string, a ConvAttrs, shapes ...[]int) Sample {
	s := Sample{Torch: torch, Attrs: a}
	for _, shape := range shapes {
		s.In = append(s.In, in(-1, 1, shape...))
	}
	return s
}

var (
	plain2d   = ConvAttrs{Stride: []int{1, 1}, Padding: []int{0, 0}, Dilation: []int{1, 1}, Groups: 1}
	strided2d = ConvAttrs{Stride: []int{2, 1}, Padding: []int{1, 2}, Dilation: []int{1, 2}, Groups: 2}
)

func (a ConvAttrs) withShape(shape ...int) ConvAttrs { a.Shape = shape; return a }

var opConv = register(Op{Name: "conv", GradFn: "ConvolutionBackward0", Samples: []Sample{
	convSample("F.conv2d(xs[0], xs[1], xs[2])", plain2d, []int{2, 2, 4, 3}, []int{3, 2, 2, 2}, []int{3}),
	convSample("F.conv2d(x, y, stride=(2, 1), padding=(1, 2), dilation=(1, 2), groups=2)", strided2d, []int{2, 2, 4, 3}, []int{4, 1, 2, 2}),
	convSample("F.conv1d(x, y, padding=1)", ConvAttrs{[]int{1}, []int{1}, []int{1}, 1, nil}, []int{2, 2, 4}, []int{1, 2, 3}),
	convSample("F.conv3d(x, y)", ConvAttrs{[]int{1, 1, 1}, []int{0, 0, 0}, []int{1, 1, 1}, 1, nil}, []int{1, 1, 3, 2, 2}, []int{2, 1, 2, 2, 1}),
	convSample("F.conv2d(x, y)", plain2d, []int{2, 3, 2, 2}, []int{2, 3, 1, 1}),
}, f3: func(x, w, bias *Tensor, a any) *Tensor { return conv(x, w, bias, a.(ConvAttrs)) }})

func conv(x, w, bias *Tensor, a ConvAttrs) *Tensor {
	g := newConvGeometry("Conv", x.shape, w.shape, a)
	in := []*Tensor{x, w, bias}
	d := floatOperands("Conv", in)
	if bias != nil && !sameShape(bias.shape, []int{g.out}) {
		failOn("Conv", in, "the bias has shape %s; %d output channels want (%d)", shapeText(bias.shape), g.out, g.out)
	}
	var buf [5]int
	y := unset(g.appendResult(buf[:0], len(a.Stride)), in[0].dtype)
	if y.dtype == Float64 {
		convForward(&g, elements[float64](y), elements[float64](in[0]), elements[float64](in[1]), orNone[float64](in[2]))
	} else {
		convForward(&g, elements[float32](y), elements[float32](in[0]), elements[float32](in[1]), orNone[float32](in[2]))
	}
	return narrowTo(y, d)
}

var opConvInput = register(Op{Name: "conv_input", Samples: []Sample{
	convSample("torch.nn.grad.conv2d_input((2, 2, 4, 3), y, x)", plain2d.withShape(2, 2, 4, 3), []int{2, 3, 3, 2}, []int{3, 2, 2, 2}),
	convSample("torch.nn.grad.conv2d_input((2, 2, 4, 3), y, x, (2, 1), (1, 2), (1, 2), 2)", strided2d.withShape(2, 2, 4, 3), []int{2, 4, 3, 5}, []int{4, 1, 2, 2}),
}, f2: func(dy, w *Tensor, attrs any) *Tensor {
	a := attrs.(ConvAttrs)
	g := newConvGeometry("ConvTranspose", a.Shape, w.shape, a)
	if want := g.appendResult(nil, len(a.Stride)); !sameShape(dy.shape, want) {
		failOn("ConvTranspose", []*Tensor{dy, w}, "input %s, where the weight %s and the result %s want %s", shapeText(dy.shape), shapeText(w.shape), shapeText(a.Shape), shapeText(want))
	}
	in := []*Tensor{dy, w}
	d := floatOperands("ConvTranspose", in)
	dx := empty(a.Shape, in[0].dtype)
	if dx.dtype == Float64 {
		convInput(&g, elements[float64](dx), elements[float64](in[0]), elements[float64](in[1]))
	} else {
		convInput(&g, elements[float32](dx), elements[float32](in[0]), elements[float32](in[1]))
	}
	return narrowTo(dx, d)
}})

var opConvWeight = register(Op{Name: "conv_weight", Samples: []Sample{
	convSample("torch.nn.grad.conv2d_weight(y, (3, 2, 2, 2), x)", plain2d.withShape(3, 2, 2, 2), []int{2, 3, 3, 2}, []int{2, 2, 4, 3}),
	convSample("torch.nn.grad.conv2d_weight(y, (4, 1, 2, 2), x, (2, 1), (1, 2), (1, 2), 2)", strided2d.withShape(4, 1, 2, 2), []int{2, 4, 3, 5}, []int{2, 2, 4, 3}),
}, f2: func(dy, x *Tensor, attrs any) *Tensor {
	a := attrs.(ConvAttrs)
	g := newConvGeometry("Conv", x.shape, a.Shape, a)
	in := []*Tensor{dy, x}
	d := floatOperands("Conv", in)
	dw := empty(a.Shape, in[0].dtype)
	if dw.dtype == Float64 {
		convWeight(&g, elements[float64](dw), elements[float64](in[0]), elements[float64](in[1]))
	} else {
		convWeight(&g, elements[float32](dw), elements[float32](in[0]), elements[float32](in[1]))
	}
	return narrowTo(dw, d)
}})

// Conv convolves (strictly: correlates) t, of shape (batch, channels, spatial
// sizes…), with weight (output channels, channels/groups, kernel sizes…) and adds
// bias, if it is not nil, to every output channel. There are one to three
// spatial dimensions, as many as a has strides. The batch may be missing.
func (t *Tensor) Conv(weight, bias *Tensor, a ConvAttrs) *Tensor {
	if len(t.shape) == len(a.Stride)+1 {
		return t.Unsqueeze(0).Conv(weight, bias, a).Squeeze(0)
	}
	if t.dtype.IsComplex() {
		y := byParts("Conv", t, weight, func(x, w *Tensor) *Tensor { return x.Conv(w, nil, a) })
		return y.addChannels(bias)
	}
	in := []*Tensor{t, weight, bias}
	if bias == nil {
		in = in[:2]
	}
	return opConv.callLazily(in, func() *Tensor { return conv(t, weight, bias, a) }, func() any {
		return ConvAttrs{slices.Clone(a.Stride), slices.Clone(a.Padding), slices.Clone(a.Dilation), a.Groups, nil}
	})
}

// ConvInput returns the gradient of a convolution's image, of shape a.Shape,
// for the gradient t of its result.
func (t *Tensor) ConvInput(weight *Tensor, a ConvAttrs) *Tensor {
	return opConvInput.call2(t, weight, a)
}

// ConvWeight returns the gradient of a convolution's weight, of shape a.Shape,
// for the gradient t of its result.
func (t *Tensor) ConvWeight(x *Tensor, a ConvAttrs) *Tensor { return opConvWeight.call2(t, x, a) }

// Conv2d is Conv with two spatial dimensions, equal along both.
func (t *Tensor) Conv2d(weight, bias *Tensor, stride, padding int) *Tensor {
	return t.Conv(weight, bias, ConvAttrs{[]int{stride, stride}, []int{padding, padding}, []int{1, 1}, 1, nil})
}

// ConvTranspose is the transposed convolution: the derivative of Conv used
// forward. weight has shape (channels of t, output channels/groups, kernel
// sizes…); outputPadding enlarges the result at one end. The batch may be missing.
func (t *Tensor) ConvTranspose(weight, bias *Tensor, a ConvAttrs, outputPadding []int) *Tensor {
	k := a.spatial("ConvTranspose")
	if outputPadding != nil && len(outputPadding) != k {
		fail("ConvTranspose", "output padding %v must have %d numbers, one for each spatial dimension", outputPadding, k)
	}
	if len(t.shape) == k+1 {
		return t.Unsqueeze(0).ConvTranspose(weight, bias, a, outputPadding).Squeeze(0)
	}
	if len(t.shape) != k+2 || len(weight.shape) != k+2 {
		failOn("ConvTranspose", []*Tensor{t, weight}, "input %s and weight %s must have %d dimensions", shapeText(t.shape), shapeText(weight.shape), k+2)
	}
	a.Shape = []int{t.shape[0], weight.shape[1] * a.Groups}
	for i := range k {
		n := (t.shape[2+i]-1)*a.Stride[i] - 2*a.Padding[i] + a.Dilation[i]*(weight.shape[2+i]-1) + 1
		if outputPadding != nil {
			n += outputPadding[i]
		}
		if n < 1 {
			failOn("ConvTranspose", []*Tensor{t, weight}, "input %s and weight %s with padding %v leave nothing in dimension %d", shapeText(t.shape), shapeText(weight.shape), a.Padding, 2+i)
		}
		a.Shape = append(a.Shape, n)
	}
	if t.dtype.IsComplex() {
		y := byParts("ConvTranspose", t, weight, func(x, w *Tensor) *Tensor { return x.ConvInput(w, a) })
		return y.addChannels(bias)
	}
	return t.ConvInput(weight, a).addChannels(bias)
}

// byParts computes a product of complex tensors by that of their real and imaginary parts.
func byParts(op string, x, y *Tensor, product func(x, y *Tensor) *Tensor) *Tensor {
	sameDType(op, x, y)
	re, im := product(x.Real(), y.Real()), product(x.Real(), y.Imag())
	return Complex(re.Sub(product(x.Imag(), y.Imag())), im.Add(product(x.Imag(), y.Real())))
}

// addChannels adds one number to every channel, the second dimension; none if bias is nil.
func (t *Tensor) addChannels(bias *Tensor) *Tensor {
	if bias == nil {
		return t
	}
	shape := make([]int, len(t.shape)-1)
	for i := range shape {
		shape[i] = 1
	}
	shape[0] = bias.NumEl()
	return t.Add(bias.Reshape(shape...))
}
