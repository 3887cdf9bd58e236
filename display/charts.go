package display

import (
	"fmt"
	"math"
	"slices"
	"unicode/utf8"

	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Line plots each slice as a line over 0, 1, 2, … Values that are not finite
// part the line.
func Line(title string, ys ...[]float64) *Plot {
	p := newPlot(title)
	for _, y := range ys {
		xs := make([]float64, len(y))
		for i := range xs {
			xs[i] = float64(i)
		}
		p.add(&series{xs: xs, ys: y})
	}
	return p.checkSeries()
}

// LineXY plots each slice of ys as a line over xs.
func LineXY(title string, xs []float64, ys ...[]float64) *Plot {
	p := newPlot(title)
	for _, y := range ys {
		p.add(&series{xs: xs, ys: y})
	}
	return p.checkSeries()
}

// Scatter plots the points (xs[i], y[i]) of each slice of ys.
func Scatter(title string, xs []float64, ys ...[]float64) *Plot {
	p := newPlot(title)
	for _, y := range ys {
		p.add(&series{xs: xs, ys: y, dots: true})
	}
	return p.checkSeries()
}

// Histogram counts the values in bins of equal width; with bins 0, their number
// is the square root of the count of values, 100 at most.
func Histogram(title string, values []float64, bins int) *Plot {
	p := newPlot(title)
	low, high, ok := finiteRange(values)
	if !ok {
		return p.fail("no finite values were given")
	}
	values = slices.DeleteFunc(slices.Clone(values), func(v float64) bool { return !finite(v) })
	if bins <= 0 {
		bins = min(100, int(math.Ceil(math.Sqrt(float64(len(values))))))
	}
	if low == high {
		low, high = low-0.5, high+0.5
	}
	width := (high - low) / float64(bins)
	h := &plotter.Histogram{Width: width, FillColor: Palette[0], LineStyle: draw.LineStyle{Color: p.BackgroundColor, Width: 0.5}}
	counts := make([]float64, bins)
	for _, v := range values {
		counts[min(bins-1, int((v-low)/width))]++
	}
	for i, n := range counts {
		left := low + float64(i)*width
		h.Bins = append(h.Bins, plotter.HistogramBin{Min: left, Max: left + width, Weight: n})
	}
	p.Add(h)
	p.Y.Max *= 1.05
	p.summary = []string{sparkline(counts), fmt.Sprintf("%d values from %.4g to %.4g", len(values), low, high)}
	return p
}

// Bar plots one bar for each name. A value that is not finite has no bar.
func Bar(title string, names []string, values []float64) *Plot {
	p := newPlot(title)
	if len(names) != len(values) {
		return p.fail("%d names for %d values", len(names), len(values))
	}
	heights := make(plotter.Values, len(values))
	for i, v := range values {
		if finite(v) {
			heights[i] = v
		}
		p.summary = append(p.summary, fmt.Sprintf("%s: %.4g", names[i], v))
	}
	if _, _, ok := finiteRange(values); !ok {
		return p.fail("no finite values were given")
	}
	slot := vg.Points(380 / float64(len(names)))
	chart, err := plotter.NewBarChart(heights, min(0.8*slot, vg.Points(60)))
	if err != nil {
		return p.fail("%v", err)
	}
	chart.Color, chart.LineStyle.Width = Palette[0], 0
	p.Add(chart)
	p.NominalX(names...)
	room := 0.05 * (p.Y.Max - p.Y.Min)
	if p.Y.Max > 0 {
		p.Y.Max += room
	}
	if p.Y.Min < 0 {
		p.Y.Min -= room
	}
	longest := 0
	for _, name := range names {
		longest = max(longest, utf8.RuneCountInString(name))
	}
	if longest*len(names) > 80 { // they would touch
		p.X.Tick.Label.Rotation = math.Pi / 4
		p.X.Tick.Label.XAlign, p.X.Tick.Label.YAlign = draw.XRight, draw.YCenter
	}
	return p
}
