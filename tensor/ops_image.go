package tensor

import "slices"

// Windows of images as columns of a matrix, and back.

func init() {
	window := WindowOptions{Kernel: [2]int{2, 3}, Stride: [2]int{1, 2}, Padding: [2]int{2, 1}, Dilation: [2]int{2, 1}}
	viaOne("unfold_image", "F.unfold(x, 2)", func(x *Tensor) *Tensor { return x.UnfoldImage(WindowOptions{Kernel: [2]int{2, 2}}) }, -2, 2, 2, 3, 4, 5)
	viaOne("unfold_image_strided", "F.unfold(x, (2, 3), (2, 1), (2, 1), (1, 2))", func(x *Tensor) *Tensor { return x.UnfoldImage(window) }, -2, 2, 2, 4, 5)
	viaOne("fold_image", "F.fold(x, (3, 4), 2)", func(x *Tensor) *Tensor { return x.FoldImage(3, 4, WindowOptions{Kernel: [2]int{2, 2}}) }, -2, 2, 2, 12, 6)
	viaOne("fold_image_strided", "F.fold(x, (4, 5), (2, 3), (2, 1), (2, 1), (1, 2))", func(x *Tensor) *Tensor { return x.FoldImage(4, 5, window) }, -2, 2, 12, 18)
}

// WindowOptions are the windows of an image, along its height and its width.
type WindowOptions struct {
	Kernel   [2]int // elements of a window
	Stride   [2]int // from one window to the next; 0 is 1
	Padding  [2]int // zeros on both sides
	Dilation [2]int // from one element of a window to the next; 0 is 1
}

// windows are the positions along a dimension of a padded image, element by element of the windows, and the number of windows.
type windows struct {
	at     *Tensor
	count  int
	padded int
}

// windows returns the windows of an image of height and width size.
func (o WindowOptions) windows(op string, size []int) (all [2]windows) {
	for d, n := range size {
		kernel, stride, dilation, padding := o.Kernel[d], max(o.Stride[d], 1), max(o.Dilation[d], 1), o.Padding[d]
		if most := 1 << 30; n < 0 || kernel < 1 || o.Stride[d] < 0 || o.Dilation[d] < 0 || padding < 0 || max(kernel, stride, dilation, padding, n) > most {
			fail(op, "kernel %v must be positive, and stride %v, padding %v, dilation %v and image %v not negative, and none beyond %d", o.Kernel, o.Stride, o.Padding, o.Dilation, size, most)
		}
		padded := n + 2*padding
		if (padded-1)/dilation < kernel-1 {
			fail(op, "a kernel of %v with dilation %v and padding %v does not fit into an image of %v", o.Kernel, o.Dilation, o.Padding, size)
		}
		count := (padded-dilation*(kernel-1)-1)/stride + 1
		checkCount(kernel * count)
		at := make([]int64, 0, kernel*count)
		for k := range kernel {
			for i := range count {
				at = append(at, int64(k*dilation+i*stride))
			}
		}
		all[d] = windows{indexVector(at), count, padded}
	}
	return all
}

// UnfoldImage returns the windows of images (…, channels, height, width) as columns: (…, channels·kernel elements, windows), both in
// row-major order. The batch may be missing.
func (t *Tensor) UnfoldImage(o WindowOptions) *Tensor {
	n := len(t.shape)
	if n != 3 && n != 4 {
		failOn("UnfoldImage", []*Tensor{t}, "shape %s; it must be (batch, channels, height, width), the batch may be missing", shapeText(t.shape))
	}
	w := o.windows("UnfoldImage", t.shape[n-2:])
	if o.Padding != [2]int{} {
		t = t.Pad(0, o.Padding[1], o.Padding[1], o.Padding[0], o.Padding[0])
	}
	x := t.IndexSelect(n-2, w[0].at).IndexSelect(n-1, w[1].at)
	x = x.Unflatten(n-1, o.Kernel[1], w[1].count).Unflatten(n-2, o.Kernel[0], w[0].count).Transpose(n-1, n)
	return x.Reshape(append(slices.Clone(t.shape[:n-3]), t.shape[n-3]*o.Kernel[0]*o.Kernel[1], w[0].count*w[1].count)...).named("Im2ColBackward0")
}

// FoldImage adds up windows as UnfoldImage returns them, (…, channels·kernel elements, windows), at their places in images (…, channels,
// height, width).
func (t *Tensor) FoldImage(height, width int, o WindowOptions) *Tensor {
	w := o.windows("FoldImage", []int{height, width})
	n, area, count := len(t.shape), o.Kernel[0]*o.Kernel[1], w[0].count*w[1].count
	if n != 2 && n != 3 || t.shape[n-2]%area != 0 || t.shape[n-1] != count {
		failOn("FoldImage", []*Tensor{t}, "shape %s; images of %d×%d have %d windows of %d×%d elements: want (batch, channels·%d, %d), the batch may be missing", shapeText(t.shape),
			height, width, count, o.Kernel[0], o.Kernel[1], area, count)
	}
	lead := append(slices.Clone(t.shape[:n-2]), t.shape[n-2]/area)
	x := t.Reshape(append(slices.Clone(lead), o.Kernel[0], o.Kernel[1], w[0].count, w[1].count)...).Transpose(n, n+1)
	x = x.Reshape(append(slices.Clone(lead), o.Kernel[0]*w[0].count, o.Kernel[1]*w[1].count)...)
	rows := like(t).Zeros(append(slices.Clone(lead), w[0].padded, x.shape[n])...).IndexAdd(n-1, w[0].at, x)
	images := like(t).Zeros(append(lead, w[0].padded, w[1].padded)...).IndexAdd(n, w[1].at, rows)
	return images.Narrow(n-1, o.Padding[0], height).Narrow(n, o.Padding[1], width).named("Col2ImBackward0")
}
