package tensor

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Images of another size. Every mode is separable: along each dimension, a result element is a weighted sum of a few elements.

func init() {
	for _, s := range []struct {
		name, torch string
		o           InterpolateOptions
		shape       []int
	}{
		{"nearest", "F.interpolate(x, scale_factor=1.7)", InterpolateOptions{Scale: []float64{1.7}}, []int{2, 1, 5}},
		{"nearest_sized", "F.interpolate(x, (3, 7))", InterpolateOptions{Size: []int{3, 7}}, []int{1, 2, 4, 5}},
		{"nearest_exact", "F.interpolate(x, (3, 7, 2), mode='nearest-exact')", InterpolateOptions{Size: []int{3, 7, 2}, Mode: "nearest-exact"}, []int{1, 1, 4, 5, 3}},
		{"linear", "F.interpolate(x, scale_factor=1.7, mode='linear')", InterpolateOptions{Scale: []float64{1.7}, Mode: "linear"}, []int{2, 1, 5}},
		{"bilinear", "F.interpolate(x, scale_factor=(0.6, 2.3), mode='bilinear')", InterpolateOptions{Scale: []float64{0.6, 2.3}, Mode: "bilinear"}, []int{1, 2, 4, 5}},
		{"bilinear_rescaled", "F.interpolate(x, scale_factor=(0.6, 2.3), mode='bilinear', recompute_scale_factor=True)",
			InterpolateOptions{Scale: []float64{0.6, 2.3}, Mode: "bilinear", RecomputeScale: true}, []int{1, 2, 4, 5}},
		{"bilinear_corners", "F.interpolate(x, (1, 7), mode='bilinear', align_corners=True)", InterpolateOptions{Size: []int{1, 7}, Mode: "bilinear", AlignCorners: true}, []int{1, 2, 4, 5}},
		{"bilinear_antialias", "F.interpolate(x, (2, 9), mode='bilinear', antialias=True)", InterpolateOptions{Size: []int{2, 9}, Mode: "bilinear", Antialias: true}, []int{1, 1, 7, 5}},
		{"trilinear", "F.interpolate(x, (3, 5, 2), mode='trilinear', align_corners=True)", InterpolateOptions{Size: []int{3, 5, 2}, Mode: "trilinear", AlignCorners: true}, []int{1, 1, 2, 3, 3}},
		{"bicubic", "F.interpolate(x, scale_factor=1.7, mode='bicubic')", InterpolateOptions{Scale: []float64{1.7}, Mode: "bicubic"}, []int{1, 2, 4, 5}},
		{"bicubic_corners", "F.interpolate(x, (3, 8), mode='bicubic', align_corners=True)", InterpolateOptions{Size: []int{3, 8}, Mode: "bicubic", AlignCorners: true}, []int{1, 1, 4, 5}},
		{"bicubic_antialias", "F.interpolate(x, (2, 9), mode='bicubic', antialias=True)", InterpolateOptions{Size: []int{2, 9}, Mode: "bicubic", Antialias: true}, []int{1, 1, 9, 5}},
		{"area", "F.interpolate(x, (2, 7), mode='area')", InterpolateOptions{Size: []int{2, 7}, Mode: "area"}, []int{1, 2, 5, 4}},
	} {
		viaOne("interpolate_"+s.name, s.torch, func(x *Tensor) *Tensor { return x.Interpolate(s.o) }, -2, 2, s.shape...)
	}
}

// InterpolateOptions say how Interpolate makes an image of another size.
type InterpolateOptions struct {
	// Size is the result's, one number for each spatial dimension; give it or Scale.
	Size []int
	// Scale is how much larger the result is along each spatial dimension, or along all if it is one number; sizes are rounded down.
	Scale []float64
	// Mode is "nearest" or "", "nearest-exact", "area", or by the number of spatial dimensions "linear" (1), "bilinear" or "bicubic"
	// (2), "trilinear" (3).
	Mode string
	// AlignCorners puts the centres of the corners' elements upon each other, not their outer edges; for the linear and cubic modes.
	AlignCorners bool
	// RecomputeScale samples at the ratio of the sizes, after the result's was rounded, and not at Scale.
	RecomputeScale bool
	// Antialias widens the filter of "bilinear" and "bicubic" where the result is smaller.
	Antialias bool
}

// Interpolate returns t, of shape (batch, channels, spatial…) with up to three spatial dimensions, in another size. Elements are
// floating-point numbers, or for "nearest" and "nearest-exact" any.
func (t *Tensor) Interpolate(o InterpolateOptions) *Tensor {
	k := len(t.shape) - 2
	o.check(t, k)
	size, steps := o.plan(t, k)
	if o.Mode == "area" {
		return t.AdaptiveAvgPool(size...)
	}
	x := t
	if !o.nearest() && t.dtype.IsFloat() && t.dtype != Float64 {
		x = t.Cast(Float32)
	}
	for i, n := range size {
		dim := 2 + i
		f := o.taps(x.shape[dim], n, steps[i], t.dtype)
		x = x.IndexSelect(dim, indexVector(f.at))
		if f.weights != nil {
			w := FromSlice(f.weights, len(f.weights)).Cast(x.dtype)
			x = x.Unflatten(dim, n, f.n).Mul(w.Reshape(append([]int{n, f.n}, slices.Repeat([]int{1}, k-1-i)...)...)).Sum(dim + 1)
		}
	}
	return x.Cast(t.dtype).named(o.gradFn(k))
}

func (o InterpolateOptions) nearest() bool { return strings.HasPrefix(o.Mode, "nearest") }

// check panics unless the options fit each other and a tensor of k spatial dimensions.
func (o *InterpolateOptions) check(t *Tensor, k int) {
	if o.Mode == "" {
		o.Mode = "nearest"
	}
	dims := map[string]int{"nearest": k, "nearest-exact": k, "area": k, "linear": 1, "bilinear": 2, "bicubic": 2, "trilinear": 3}
	switch want, known := dims[o.Mode]; {
	case !known:
		fail("Interpolate", "mode %q; it must be nearest, nearest-exact, area, linear, bilinear, bicubic or trilinear", o.Mode)
	case k < 1 || k > 3 || want != k:
		failOn("Interpolate", []*Tensor{t}, "shape %s with mode %q; shapes are (batch, channels, spatial…), with 1 spatial dimension for linear, 2 for bilinear and bicubic, 3 for trilinear and up to 3 for others",
			shapeText(t.shape), o.Mode)
	case o.AlignCorners && (o.nearest() || o.Mode == "area"):
		fail("Interpolate", "AlignCorners with mode %q; it is for the linear and cubic modes", o.Mode)
	case o.Antialias && o.Mode != "bilinear" && o.Mode != "bicubic":
		fail("Interpolate", "Antialias with mode %q; it is for bilinear and bicubic", o.Mode)
	case !o.nearest() && !t.dtype.IsFloat():
		failOn("Interpolate", []*Tensor{t}, "elements are %v, which mode %q cannot mix; Cast to a floating-point dtype first", t.dtype, o.Mode)
	case numel(t.shape[2:]) == 0:
		failOn("Interpolate", []*Tensor{t}, "shape %s has images without elements", shapeText(t.shape))
	}
}

// plan returns the result's sizes and how far apart, in elements of t, the result's lie.
func (o *InterpolateOptions) plan(t *Tensor, k int) (size []int, steps []float64) {
	if (len(o.Size) == 0) == (len(o.Scale) == 0) || len(o.Size) > 0 && len(o.Size) != k || len(o.Scale) > 1 && len(o.Scale) != k {
		failOn("Interpolate", []*Tensor{t}, "size %v and scale %v for %d spatial dimensions of shape %s; give one of the two, with a number for each dimension", o.Size, o.Scale, k, shapeText(t.shape))
	}
	for i, in := range t.shape[2:] {
		n, step := 0.0, 0.0
		if len(o.Size) > 0 {
			n = float64(o.Size[i])
		} else {
			scale := o.Scale[i%len(o.Scale)]
			n, step = math.Floor(float64(in)*scale), 1/scale
		}
		if !(n >= 1 && n < 1<<40) {
			failOn("Interpolate", []*Tensor{t}, "size %v or scale %v makes a dimension of %v from %d elements; it must have one at least", o.Size, o.Scale, n, in)
		}
		switch ratio := n / float64(in); { // some kernels of PyTorch's look at no scale where sizes are equal or one is the other's double
		case step == 0, o.RecomputeScale, ratio == 1 && (strings.HasSuffix(o.Mode, "linear") || o.Antialias), (ratio == 1 || ratio == 2) && o.Mode == "nearest" && k == 2:
			step = float64(in) / n
		}
		switch {
		case o.AlignCorners && n == 1:
			step = 0
		case o.AlignCorners:
			step = float64(in-1) / (n - 1)
		}
		size, steps = append(size, int(n)), append(steps, step)
	}
	return size, steps
}

// taps are the n elements that each result element is a sum of: their positions and weights, which are 1 if there are none.
type taps struct {
	n       int
	at      []int64
	weights []float64
}

// taps returns what out elements, a step apart, are made of along a dimension of size in.
func (o *InterpolateOptions) taps(in, out int, step float64, d DType) taps {
	checkCount(out)
	if o.nearest() {
		return o.nearestTaps(in, out, step, d)
	}
	support, weight := 1.0, func(x float64) float64 { return max(1-x, 0) }
	switch {
	case o.Mode == "bicubic" && o.Antialias:
		support, weight = 2, func(x float64) float64 { return cubic(x, -0.5) }
	case o.Mode == "bicubic":
		support, weight = 2, func(x float64) float64 { return cubic(x, -0.75) }
	}
	widen := 1.0
	if o.Antialias {
		widen = max(step, 1)
	}
	f := taps{n: 2 * int(math.Ceil(support*widen))}
	for i := range out {
		at := float64(i) * step
		if !o.AlignCorners || o.Antialias {
			at += step/2 - 0.5
		}
		if o.Mode != "bicubic" && !o.Antialias {
			at = max(at, 0)
		}
		first, sum := int(math.Floor(at))-f.n/2+1, 0.0
		for j := first; j < first+f.n; j++ {
			w := weight(math.Abs(float64(j)-at) / widen)
			if o.Antialias && (j < 0 || j >= in) {
				w = 0
			}
			sum += w
			f.at, f.weights = append(f.at, int64(min(max(j, 0), in-1))), append(f.weights, w)
		}
		for j := len(f.weights) - f.n; o.Antialias && j < len(f.weights); j++ {
			f.weights[j] /= sum
		}
	}
	return f
}

// nearestTaps is taps for modes without weights. Places between two elements are rounded as PyTorch's are, in the elements' precision.
func (o *InterpolateOptions) nearestTaps(in, out int, step float64, d DType) taps {
	rounded := func(v float64) float64 {
		if d == Float64 {
			return v
		}
		return float64(float32(v))
	}
	step = rounded(step)
	f := taps{n: 1, at: make([]int64, out)}
	for i := range f.at {
		at := rounded(step * float64(i))
		if o.Mode == "nearest-exact" {
			at = rounded(rounded(rounded(step*(float64(i)+0.5))-0.5) + 0.5)
		}
		f.at[i] = int64(min(int(float32(at)), in-1))
	}
	return f
}

// cubic is the weight of an element at a distance in convolution with cubic pieces (Keys 1981), of slope a at distance 1.
func cubic(x, a float64) float64 {
	switch {
	case x <= 1:
		return ((a+2)*x-(a+3))*x*x + 1
	case x < 2:
		return (((x-5)*x+8)*x - 4) * a
	}
	return 0
}

// gradFn is what PyTorch prints for a result with k spatial dimensions.
func (o *InterpolateOptions) gradFn(k int) string {
	suffix := ""
	if o.Antialias {
		suffix = "Aa"
	}
	return fmt.Sprintf("Upsample%s%dD%sBackward0", camel(strings.ReplaceAll(o.Mode, "-", "_"), false), k, suffix)
}
