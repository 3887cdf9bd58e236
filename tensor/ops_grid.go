package tensor

import (
	"fmt"
	"slices"
)

// Images sampled at places that are computed (Jaderberg et al. 2015).

func init() {
	for _, s := range []struct {
		name, torch string
		o           GridOptions
		x, grid     Input
	}{
		{"grid_sample", "F.grid_sample(x, y, align_corners=False)", GridOptions{}, in(-2, 2, 2, 3, 4, 5), in(-1.5, 1.5, 2, 2, 3, 2)},
		{"grid_sample_border", "F.grid_sample(x, y, 'bilinear', 'border', True)", GridOptions{Padding: "border", AlignCorners: true}, in(-2, 2, 1, 2, 4, 5), in(-1.5, 1.5, 1, 2, 3, 2)},
		{"grid_sample_reflection", "F.grid_sample(x, y, 'bilinear', 'reflection', False)", GridOptions{Padding: "reflection"}, in(-2, 2, 1, 2, 4, 5), in(-4, 4, 1, 2, 3, 2)},
		{"grid_sample_nearest", "F.grid_sample(x, y, 'nearest', 'reflection', True)", GridOptions{Mode: "nearest", Padding: "reflection", AlignCorners: true}, in(-2, 2, 1, 2, 4, 5), in(-4, 4, 1, 2, 3, 2)},
		{"grid_sample_nearest_zeros", "F.grid_sample(x, y, 'nearest', 'zeros', False)", GridOptions{Mode: "nearest"}, in(-2, 2, 1, 2, 4, 5), in(-1.5, 1.5, 1, 2, 3, 2)},
		{"grid_sample_bicubic", "F.grid_sample(x, y, 'bicubic', 'zeros', False)", GridOptions{Mode: "bicubic"}, in(-2, 2, 1, 2, 4, 5), in(-1.5, 1.5, 1, 2, 3, 2)},
		{"grid_sample_bicubic_border", "F.grid_sample(x, y, 'bicubic', 'border', True)", GridOptions{"bicubic", "border", true}, in(-2, 2, 1, 2, 4, 5), in(-1.5, 1.5, 1, 2, 3, 2)},
		{"grid_sample_bicubic_reflection", "F.grid_sample(x, y, 'bicubic', 'reflection', False)", GridOptions{Mode: "bicubic", Padding: "reflection"}, in(-2, 2, 1, 2, 4, 5), in(-4, 4, 1, 2, 3, 2)},
		{"grid_sample_volume", "F.grid_sample(x, y, align_corners=False)", GridOptions{}, in(-2, 2, 1, 2, 2, 4, 5), in(-1.5, 1.5, 1, 2, 3, 2, 3)},
		{"grid_sample_volume_nearest", "F.grid_sample(x, y, 'nearest', 'border', True)", GridOptions{"nearest", "border", true}, in(-2, 2, 1, 2, 2, 4, 5), in(-1.5, 1.5, 1, 2, 3, 2, 3)},
	} {
		viaTwo(s.name, s.torch, func(x, grid *Tensor) *Tensor { return x.GridSample(grid, s.o) }, s.x, s.grid)
	}
	viaOne("affine_grid", "F.affine_grid(x, (2, 1, 3, 4), align_corners=False)", func(x *Tensor) *Tensor { return x.AffineGrid(false, 2, 1, 3, 4) }, -2, 2, 2, 2, 3)
	viaOne("affine_grid_corners", "F.affine_grid(x, (1, 1, 3, 1, 2), align_corners=True)", func(x *Tensor) *Tensor { return x.AffineGrid(true, 1, 1, 3, 1, 2) }, -2, 2, 1, 3, 4)
}

// GridOptions say how GridSample reads an image between and beyond its elements.
type GridOptions struct {
	Mode         string // "bilinear" or "" (of volumes: of eight elements), "nearest", or, of images, "bicubic"
	Padding      string // what is beyond: "zeros" or "", the "border", or the image's "reflection"
	AlignCorners bool   // -1 and 1 are the centres of the first and the last element, not their outer edges
}

// GridSample returns the elements of images t of shape (batch, channels, h, w) at the places of grid, (batch, H, W, 2), where -1 and 1
// are the ends of the image and x comes before y: the result is (batch, channels, H, W). Volumes have three dimensions so.
func (t *Tensor) GridSample(grid *Tensor, o GridOptions) *Tensor {
	k := len(t.shape) - 2
	o.check(t, grid, k)
	elements := gridElements{image: t.Flatten(2, -1), size: t.shape[2:], o: o}
	places := make([]*Tensor, k)
	for d := range places {
		places[d] = o.place(grid.Select(-1, k-1-d).Flatten(1, -1).Unsqueeze(1), t.shape[2+d])
	}
	y := elements.sum(places, nil, nil)
	return y.Reshape(append(t.Shape()[:2], grid.shape[1:k+1]...)...).named(fmt.Sprintf("GridSampler%dDBackward0", k))
}

// check panics unless the options fit each other and images of k spatial dimensions.
func (o *GridOptions) check(t, grid *Tensor, k int) {
	if o.Mode == "" {
		o.Mode = "bilinear"
	}
	if o.Padding == "" {
		o.Padding = "zeros"
	}
	d := sameDType("GridSample", t, grid)
	switch {
	case o.Mode != "bilinear" && o.Mode != "nearest" && o.Mode != "bicubic":
		fail("GridSample", "mode %q; it must be bilinear, nearest or bicubic", o.Mode)
	case o.Padding != "zeros" && o.Padding != "border" && o.Padding != "reflection":
		fail("GridSample", "padding %q; it must be zeros, border or reflection", o.Padding)
	case !d.IsFloat():
		failOn("GridSample", []*Tensor{t, grid}, "elements are %v; they must be floating-point numbers", d)
	case k != 2 && k != 3 || len(grid.shape) != k+2 || grid.shape[k+1] != k || grid.shape[0] != t.shape[0]:
		failOn("GridSample", []*Tensor{t, grid}, "images of shape %s and a grid of shape %s; want (batch, channels, h, w) and (batch, H, W, 2), or (batch, channels, d, h, w) and (batch, D, H, W, 3)",
			shapeText(t.shape), shapeText(grid.shape))
	case o.Mode == "bicubic" && k != 2:
		failOn("GridSample", []*Tensor{t, grid}, "mode bicubic for volumes of shape %s; it is for images", shapeText(t.shape))
	case numel(t.shape[2:]) == 0:
		failOn("GridSample", []*Tensor{t, grid}, "images of shape %s have no elements", shapeText(t.shape))
	}
}

// place turns coordinates of the grid into those of a dimension's n elements.
func (o *GridOptions) place(g *Tensor, n int) *Tensor {
	if o.AlignCorners {
		g = g.AddScalar(1).MulScalar(float64(n-1) / 2)
	} else {
		g = g.AddScalar(1).MulScalar(float64(n)).SubScalar(1).DivScalar(2)
	}
	if o.Mode == "bicubic" {
		return g // each of the elements is looked for
	}
	return o.within(g, n)
}

// within brings places to those of n elements as Padding says.
func (o *GridOptions) within(p *Tensor, n int) *Tensor {
	if o.Padding == "zeros" {
		return p
	}
	if o.Padding == "reflection" {
		low, span := -0.5, float64(n)
		if o.AlignCorners {
			low, span = 0, float64(n-1)
		}
		if span == 0 {
			return p.MulScalar(0)
		}
		p = p.SubScalar(low).Abs()
		odd := p.Detach().DivScalar(span).Floor().RemainderScalar(2).EqScalar(1)
		p = p.FmodScalar(span)
		p = Where(odd, p.RSubScalar(span), p).AddScalar(low)
	}
	last := float64(n - 1)
	between := p.GtScalar(0).LogicalAnd(p.LtScalar(last)) // where a place moves with its coordinate
	return Where(between, p, p.Detach().NanToNum(0, last, 0).Clamp(0, last))
}

// gridElements sums up elements of images, which are rows: (batch, channels, elements).
type gridElements struct {
	image *Tensor
	size  []int
	o     GridOptions
}

// sum returns the weighted sum of the elements about places, given by one tensor (batch, 1, n) for each dimension that is left. Of those
// before, at is the position in row-major order, and inside where there is an element; both are nil at first.
func (e gridElements) sum(places []*Tensor, at, inside *Tensor) *Tensor {
	if len(places) == 0 {
		n, channels := at.shape[2], e.image.shape[1]
		return e.image.Gather(2, at.Expand(at.shape[0], channels, n)).MaskedFill(inside.LogicalNot(), 0)
	}
	n, p := e.size[len(e.size)-len(places)], places[0]
	first, weights := e.o.about(p)
	var total *Tensor
	for i, w := range weights {
		q := first.AddScalar(float64(i))
		if e.o.Mode == "bicubic" {
			q = e.o.within(q, n)
		}
		within := q.GeScalar(0).LogicalAnd(q.LeScalar(float64(n - 1)))
		next := Where(within, q, ZerosLike(q)).Long()
		if at != nil {
			next, within = at.MulScalar(float64(n)).Add(next), inside.LogicalAnd(within)
		}
		y := e.sum(places[1:], next, within)
		if w != nil {
			y = y.Mul(w)
		}
		if total != nil {
			y = total.Add(y)
		}
		total = y
	}
	return total
}

// about returns the first of the elements about places, and the weight of each of them, nil if it is one.
func (o *GridOptions) about(p *Tensor) (first *Tensor, weights []*Tensor) {
	if o.Mode == "nearest" {
		return p.Detach().Round(), []*Tensor{nil}
	}
	first = p.Detach().Floor()
	f := p.Sub(first)
	if o.Mode == "bilinear" {
		return first, []*Tensor{f.RSubScalar(1), f}
	}
	const a = -0.75
	for i := -1; i <= 2; i++ { // Keys 1981, as cubic has it
		x := f.SubScalar(float64(i)).Abs()
		if i == 0 || i == 1 {
			weights = append(weights, x.MulScalar(a+2).SubScalar(a+3).Mul(x).Mul(x).AddScalar(1))
		} else {
			weights = append(weights, x.MulScalar(a).SubScalar(5*a).Mul(x).AddScalar(8*a).Mul(x).SubScalar(4*a))
		}
	}
	return first.SubScalar(1), weights
}

// AffineGrid returns the grid for GridSample that reads images of shape size, (batch, channels, h, w), through affine maps t of shape
// (batch, 2, 3): (batch, h, w, 2). For volumes it is (batch, channels, d, h, w), (batch, 3, 4) and (batch, d, h, w, 3).
func (t *Tensor) AffineGrid(alignCorners bool, size ...int) *Tensor {
	k := len(size) - 2
	if k != 2 && k != 3 || !sameShape(t.shape, []int{size[0], k, k + 1}) || !t.dtype.IsFloat() {
		failOn("AffineGrid", []*Tensor{t}, "maps of %v of shape %s for images of %v; want floating-point numbers of (batch, 2, 3) for (batch, channels, h, w), or (batch, 3, 4) for (batch, channels, d, h, w)",
			t.dtype, shapeText(t.shape), size)
	}
	ends := make([]*Tensor, k)
	for d, n := range size[2:] {
		end := 1.0
		if n < 1 {
			fail("AffineGrid", "size %v must be positive", size)
		}
		if !alignCorners {
			end = float64(n-1) / float64(n)
		}
		ends[d] = like(t).Linspace(-end, end, n)
		if n == 1 {
			ends[d] = like(t).Zeros(1)
		}
	}
	places := Meshgrid(ends...)
	slices.Reverse(places)
	places = append(places, OnesLike(places[0]))
	base := Stack(places, -1).Reshape(1, -1, k+1)
	return base.MatMul(t.Transpose(1, 2)).Reshape(append(append([]int{size[0]}, size[2:]...), k)...).named("AffineGridGeneratorBackward0")
}
