package display

import (
	"fmt"
	"image"
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg/draw"

	"github.com/gophergrad/gophergrad/tensor"
)

// Heatmap shows a matrix as colours, row 0 at the top, with their scale. What
// is not finite stays grey.
func Heatmap(title string, t *tensor.Tensor) *Plot {
	p := newPlot(title)
	if t.Dim() != 2 {
		return p.fail("a heat map shows a matrix, this tensor has shape %v", t.Shape())
	}
	rows, columns, values := t.Size(0), t.Size(1), t.Float64s()
	low, high, ok := finiteRange(values)
	if !ok {
		return p.fail("no finite values were given")
	}
	if low == high {
		low, high = low-0.5, high+0.5
	}
	cells := image.NewRGBA(image.Rect(0, 0, columns, rows))
	for i, v := range values {
		cells.Set(i%columns, i/columns, heat((v-low)/(high-low)))
	}
	p.Plot.Add(picture{enlarge(cells, 600)})
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = -0.5, float64(columns)-0.5, -0.5, float64(rows)-0.5
	p.Y.Scale = plot.InvertedScale{Normalizer: plot.LinearScale{}}
	p.X.Tick.Marker, p.Y.Tick.Marker = wholeTicks{}, wholeTicks{}

	scale := image.NewRGBA(image.Rect(0, 0, 1, 256))
	for y := range 256 {
		scale.Set(0, y, heat(1-float64(y)/255))
	}
	p.bar = plot.New()
	p.bar.BackgroundColor = nil
	p.bar.HideX()
	styleAxis(&p.bar.Y)
	p.bar.X.Min, p.bar.X.Max, p.bar.Y.Min, p.bar.Y.Max = 0, 1, low, high
	p.bar.Add(picture{scale})
	p.summary = []string{fmt.Sprintf("%d × %d values from %.4g to %.4g", rows, columns, low, high)}
	return p
}

// picture fills the plot's area with an image.
type picture struct{ image.Image }

// Plot implements [plot.Plotter].
func (m picture) Plot(c draw.Canvas, _ *plot.Plot) { c.DrawImage(c.Rectangle, m.Image) }

// wholeTicks marks whole numbers only.
type wholeTicks struct{}

// Ticks implements [plot.Ticker].
func (wholeTicks) Ticks(low, high float64) []plot.Tick {
	var whole []plot.Tick
	for _, t := range (ticks{}).Ticks(low, high) {
		if t.Value == math.Trunc(t.Value) {
			whole = append(whole, t)
		}
	}
	return whole
}

// viridis holds the colours of matplotlib's map of that name at equal steps.
var viridis = []color.RGBA{
	{68, 1, 84, 255}, {72, 40, 120, 255}, {62, 74, 137, 255}, {49, 104, 142, 255}, {38, 130, 142, 255},
	{31, 158, 137, 255}, {53, 183, 121, 255}, {110, 206, 88, 255}, {181, 222, 43, 255}, {253, 231, 37, 255},
}

// heat maps 0…1 to a colour whose lightness grows with it.
func heat(v float64) color.RGBA {
	if !finite(v) {
		return color.RGBA{160, 160, 160, 255}
	}
	at := v * float64(len(viridis)-1)
	i := min(int(at), len(viridis)-2)
	mix := func(a, b uint8) uint8 { return uint8(math.Round(float64(a) + (at-float64(i))*(float64(b)-float64(a)))) }
	a, b := viridis[i], viridis[i+1]
	return color.RGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), 255}
}

// enlarge repeats pixels until the longer side has about the given length, so
// that nothing blurs them.
func enlarge(m *image.RGBA, length int) *image.RGBA {
	size := m.Bounds().Size()
	k := max(1, length/max(size.X, size.Y, 1))
	if k == 1 {
		return m
	}
	large := image.NewRGBA(image.Rect(0, 0, k*size.X, k*size.Y))
	for y := range k * size.Y {
		for x := range k * size.X {
			large.SetRGBA(x, y, m.RGBAAt(x/k, y/k))
		}
	}
	return large
}
