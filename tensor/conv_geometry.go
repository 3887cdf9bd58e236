package tensor

import "slices"

// How a convolution lies: which elements of the image each tap of the kernel meets, and the column buffer that holds them for GEMM.

// convGeometry is a convolution with three spatial dimensions, the missing
// leading ones of size 1.
type convGeometry struct {
	batch, in, out, groups      int
	size, kernel, result        [3]int
	stride, padding, dilation   [3]int
	taps, pixels, plane, colLen int // kernel and result elements, image elements, column buffer of one group
}

func newConvGeometry(op string, x, w []int, a ConvAttrs) convGeometry {
	k := a.spatial(op)
	if len(x) != k+2 || len(w) != k+2 || k > 3 {
		fail(op, "input %s and weight %s must have %d dimensions: batch or output channels, input channels and %d spatial ones", shapeText(x), shapeText(w), k+2, k)
	}
	g := convGeometry{batch: x[0], in: x[1], out: w[0], groups: a.Groups}
	if g.groups < 1 || g.in%g.groups != 0 || g.out%g.groups != 0 || w[1] != g.in/g.groups {
		fail(op, "weight %s in %d groups takes %d input channels, the input %s has %d", shapeText(w), g.groups, w[1]*g.groups, shapeText(x), x[1])
	}
	g.taps, g.pixels, g.plane = 1, 1, 1
	for i := range 3 {
		g.size[i], g.kernel[i], g.stride[i], g.dilation[i], g.result[i] = 1, 1, 1, 1, 1
		if j := i - (3 - k); j >= 0 {
			g.size[i], g.kernel[i], g.stride[i], g.padding[i], g.dilation[i] = x[2+j], w[2+j], a.Stride[j], a.Padding[j], a.Dilation[j]
			if g.stride[i] < 1 || g.dilation[i] < 1 || g.padding[i] < 0 {
				fail(op, "stride %v and dilation %v must be positive and padding %v not negative",
					slices.Clone(a.Stride), slices.Clone(a.Dilation), slices.Clone(a.Padding))
			}
			span := g.dilation[i]*(g.kernel[i]-1) + 1
			if room := g.size[i] + 2*g.padding[i]; span > room {
				fail(op, "a kernel that spans %d does not fit into %d padded elements of dimension %d of %s", span, room, 2+j, shapeText(x))
			}
			g.result[i] = (g.size[i]+2*g.padding[i]-span)/g.stride[i] + 1
		}
		g.taps *= g.kernel[i]
		g.pixels *= g.result[i]
		g.plane *= g.size[i]
	}
	g.colLen = g.in / g.groups * g.taps * g.pixels
	return g
}

// spatial returns the number of spatial dimensions.
func (a ConvAttrs) spatial(op string) int {
	k := len(a.Stride)
	if len(a.Padding) != k || len(a.Dilation) != k {
		fail(op, "stride %v, padding %v and dilation %v must have a number for each spatial dimension", slices.Clone(a.Stride), slices.Clone(a.Padding), slices.Clone(a.Dilation))
	}
	return k
}

// appendResult appends the shape of the convolution over k spatial dimensions to buf.
func (g *convGeometry) appendResult(buf []int, k int) []int {
	return append(append(buf, g.batch, g.out), g.result[3-k:]...)
}

// isPlain reports whether the image itself serves as column buffer.
func (g *convGeometry) isPlain() bool {
	return g.taps == 1 && g.stride == [3]int{1, 1, 1} && g.padding == [3]int{}
}

// plane is the part of a column buffer that one tap of the kernel fills: for every
// result element of two dimensions the image element below it. Rows [top, bottom)
// and columns [lo, hi) lie over the image, that of row 0 and column 0 at src.
type plane struct{ dst, src, top, bottom, lo, hi int }

// overImage returns the range of n results that a tap, shifted and striding, finds
// in an image of the given size.
func overImage(n, size, shift, stride int) (lo, hi int) {
	lo = min(n, max(0, (stride-1-shift)/stride))
	return lo, max(lo, min(n, (size-shift+stride-1)/stride))
}

// eachPlane calls f for every plane of one group's column buffer.
func (g *convGeometry) eachPlane(f func(p plane)) {
	p := plane{}
	for c := range g.in / g.groups {
		for kd := range g.kernel[0] {
			for kh := range g.kernel[1] {
				down := kh*g.dilation[1] - g.padding[1]
				p.top, p.bottom = overImage(g.result[1], g.size[1], down, g.stride[1])
				for kw := range g.kernel[2] {
					right := kw*g.dilation[2] - g.padding[2]
					p.lo, p.hi = overImage(g.result[2], g.size[2], right, g.stride[2])
					for od := range g.result[0] {
						d := od*g.stride[0] + kd*g.dilation[0] - g.padding[0]
						q := p
						q.src = ((c*g.size[0]+d)*g.size[1]+down)*g.size[2] + right
						if d < 0 || d >= g.size[0] || p.lo == p.hi {
							q.top, q.bottom = 0, 0
						}
						f(q)
						p.dst += g.result[1] * g.result[2]
					}
				}
			}
		}
	}
}

// inStep reports whether a plane's rows follow one another as the image's do, so
// that they move as one.
func (g *convGeometry) inStep() bool {
	return g.stride[1] == 1 && g.stride[2] == 1 && g.result[2] == g.size[2]
}

// clearSides zeroes the columns of a plane's valid rows that lie beside the image.
func clearSides[C compute](p plane, rows []C, width int) {
	for r := p.top; r < p.bottom && p.hi-p.lo < width; r++ {
		row := rows[r*width:][:width]
		clear(row[:p.lo])
		clear(row[p.hi:])
	}
}

// unfoldImage writes the columns of one group of one image.
func unfoldImage[C compute](g *convGeometry, col, image []C) {
	width, sw, down := g.result[2], g.stride[2], g.stride[1]*g.size[2]
	g.eachPlane(func(p plane) {
		out := col[p.dst:][:g.result[1]*width]
		clear(out[:p.top*width])
		clear(out[p.bottom*width:])
		if p.top == p.bottom {
			return
		}
		if g.inStep() {
			first, end := p.top*width+p.lo, (p.bottom-1)*width+p.hi
			copy(out[first:end], image[p.src+first:])
			clearSides(p, out, width)
			return
		}
		for r := p.top; r < p.bottom; r++ {
			row, at := out[r*width:][:width], p.src+r*down
			clear(row[:p.lo])
			clear(row[p.hi:])
			if sw == 1 {
				copy(row[p.lo:p.hi], image[at+p.lo:])
				continue
			}
			for i := p.lo; i < p.hi; i++ {
				row[i] = image[at+i*sw]
			}
		}
	})
}

// foldImage adds the columns back to where they came from; of col, what lies
// beside the image may become 0.
func foldImage[C float32 | float64](g *convGeometry, image, col []C) {
	add := rowsOfType[C]().add
	width, sw, down := g.result[2], g.stride[2], g.stride[1]*g.size[2]
	g.eachPlane(func(p plane) {
		in := col[p.dst:][:g.result[1]*width]
		if p.top == p.bottom {
			return
		}
		if g.inStep() {
			clearSides(p, in, width)
			first, end := p.top*width+p.lo, (p.bottom-1)*width+p.hi
			to := image[p.src+first:][:end-first]
			add(to, to, in[first:end])
			return
		}
		for r := p.top; r < p.bottom; r++ {
			row, at := in[r*width:][:width], p.src+r*down
			if sw == 1 {
				to := image[at+p.lo:][:p.hi-p.lo]
				add(to, to, row[p.lo:p.hi])
				continue
			}
			for i := p.lo; i < p.hi; i++ {
				image[at+i*sw] += row[i]
			}
		}
	})
}
