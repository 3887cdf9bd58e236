package display

import (
	"fmt"
	"image"
	"image/color"
	"math"

	"github.com/gophergrad/gophergrad/tensor"
)

// Image shows a tensor as a picture: of shape [H W], [1 H W] (grey) or [3 H W]
// (red, green, blue), or [N 1 H W] or [N 3 H W] as a grid. Floating-point values
// are brightness from 0 to 1, integers from 0 to 255; values beyond, as those
// of normalised pictures, are scaled from their smallest to their largest.
// Small pictures are enlarged. Other shapes give a text that says so.
func Image(t *tensor.Tensor) Bundle {
	shape := t.Shape()
	for len(shape) < 4 {
		shape = append([]int{1}, shape...)
	}
	if t.Dim() < 2 || t.Dim() > 4 || shape[1] != 1 && shape[1] != 3 || t.NumEl() == 0 {
		return Text(fmt.Sprintf("display.Image: a picture has shape [H W], [C H W] or [N C H W] with 1 or 3 channels C, this tensor has %v", t.Shape()))
	}
	n, channels, h, w := shape[0], shape[1], shape[2], shape[3]
	values := t.Float64s()
	low, high := brightness(values, t.DType())
	const gap = 2
	columns := min(n, 8)
	rows := (n + columns - 1) / columns
	m := image.NewRGBA(image.Rect(0, 0, columns*(w+gap)-gap, rows*(h+gap)-gap))
	level := func(v float64) uint8 {
		if math.IsNaN(v) {
			return 0
		}
		return uint8(math.Round(255 * min(1, max(0, (v-low)/(high-low)))))
	}
	for k := range n {
		left, top := k%columns*(w+gap), k/columns*(h+gap)
		for i := range h * w {
			var rgb [3]uint8
			for c := range rgb {
				rgb[c] = level(values[(k*channels+min(c, channels-1))*h*w+i])
			}
			m.SetRGBA(left+i%w, top+i/w, color.RGBA{rgb[0], rgb[1], rgb[2], 255})
		}
	}
	return ofImage(enlarge(m, min(640, 320*columns)))
}

// brightness returns the values that show as black and as white.
func brightness(values []float64, d tensor.DType) (low, high float64) {
	high = 1
	if d.IsInt() {
		high = 255
	}
	if smallest, largest, ok := finiteRange(values); ok && smallest < largest && (smallest < low || largest > high) {
		return smallest, largest
	}
	return low, high
}
