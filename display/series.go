package display

import (
	"fmt"
	"image/color"
	"math"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// series draws points, or the line through them. Points that are not finite,
// or have no place on a logarithmic axis, are left out and part the line.
type series struct {
	xs, ys []float64
	label  string
	color  color.Color
	dots   bool
}

const (
	lineWidth = vg.Length(1.6)
	dotRadius = vg.Length(2.2)
)

// Plot implements [plot.Plotter].
func (s *series) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	_, logX := p.X.Scale.(plot.LogScale)
	_, logY := p.Y.Scale.(plot.LogScale)
	c.SetColor(s.color)
	var line []vg.Point
	flush := func() {
		if len(line) == 1 {
			s.dot(c, line[0])
		} else {
			c.StrokeLines(s.style(), c.ClipLinesXY(line)...)
		}
		line = nil
	}
	for i, x := range s.xs {
		y := s.ys[i]
		if !finite(x) || !finite(y) || logX && x <= 0 || logY && y <= 0 {
			flush()
			continue
		}
		point := vg.Point{X: toX(x), Y: toY(y)}
		if s.dots {
			s.dot(c, point)
		} else {
			line = append(line, point)
		}
	}
	flush()
}

func (s *series) style() draw.LineStyle { return draw.LineStyle{Color: s.color, Width: lineWidth} }

func (s *series) dot(c draw.Canvas, at vg.Point) {
	if c.Contains(at) {
		c.DrawGlyphNoClip(draw.GlyphStyle{Color: s.color, Radius: dotRadius, Shape: draw.CircleGlyph{}}, at)
	}
}

// DataRange implements [plot.DataRanger].
func (s *series) DataRange() (xmin, xmax, ymin, ymax float64) {
	xmin, xmax, ymin, ymax = math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for i, x := range s.xs {
		if y := s.ys[i]; finite(x) && finite(y) {
			xmin, xmax, ymin, ymax = min(xmin, x), max(xmax, x), min(ymin, y), max(ymax, y)
		}
	}
	return
}

// Thumbnail implements [plot.Thumbnailer].
func (s *series) Thumbnail(c *draw.Canvas) {
	y := c.Center().Y
	if s.dots {
		s.dot(*c, c.Center())
	} else {
		c.StrokeLine2(s.style(), c.Min.X, y, c.Max.X, y)
	}
}

// add puts a series into the plot, in the next colour.
func (p *Plot) add(s *series) *Plot {
	if len(s.xs) != len(s.ys) {
		return p.fail("%d x values for %d y values", len(s.xs), len(s.ys))
	}
	s.color = Palette[len(p.series)%len(Palette)]
	p.series = append(p.series, s)
	if xmin, _, _, _ := s.DataRange(); math.IsInf(xmin, 1) {
		return p // nothing to draw of it, but its label keeps its place
	}
	p.Plot.Add(s)
	return p
}

// checkSeries notes if no series has a point to draw, and gives each axis some
// room.
func (p *Plot) checkSeries() *Plot {
	if p.X.Min > p.X.Max {
		return p.fail("no finite values were given")
	}
	for _, axis := range []*plot.Axis{&p.X, &p.Y} {
		room := 0.02 * (axis.Max - axis.Min)
		if room == 0 {
			room = max(0.5, 0.02*math.Abs(axis.Min))
		}
		axis.Min, axis.Max = axis.Min-room, axis.Max+room
	}
	return p
}

// placeLegend puts the legend into the corner with the fewest points, the top
// right one where there are several.
func (p *Plot) placeLegend() {
	fewest := math.MaxInt
	for _, corner := range []struct{ top, left bool }{{true, false}, {false, false}, {false, true}, {true, true}} {
		if n := p.pointsIn(corner.top, corner.left); n < fewest {
			fewest, p.Legend.Top, p.Legend.Left = n, corner.top, corner.left
		}
	}
	p.Legend.XOffs, p.Legend.YOffs = vg.Points(-6), vg.Points(6)
	if p.Legend.Left {
		p.Legend.XOffs = vg.Points(6)
	}
	if p.Legend.Top {
		p.Legend.YOffs = vg.Points(-6)
	}
}

// pointsIn counts the points in a corner about as large as a legend.
func (p *Plot) pointsIn(top, left bool) int {
	_, logX := p.X.Scale.(plot.LogScale)
	_, logY := p.Y.Scale.(plot.LogScale)
	n := 0
	for _, s := range p.series {
		for i, x := range s.xs {
			y := s.ys[i]
			if logX && x <= 0 || logY && y <= 0 {
				continue
			}
			x, y = p.X.Norm(x), p.Y.Norm(y)
			if (left && x < 0.35 || !left && x > 0.65) && (top && y > 0.7 || !top && y < 0.3) {
				n++
			}
		}
	}
	return n
}

// text describes the series in a line: its label, a drawing, its ends.
func (s *series) text(logY bool) string {
	if len(s.ys) == 0 {
		return strings.TrimSpace(s.label + " no values")
	}
	ys := s.ys
	if logY {
		ys = make([]float64, len(s.ys))
		for i, y := range s.ys {
			ys[i] = math.Log(y)
		}
	}
	text := fmt.Sprintf("%s %s %.4g … %.4g, %d values", s.label, sparkline(ys), s.ys[0], s.ys[len(s.ys)-1], len(s.ys))
	return strings.TrimSpace(text)
}

// sparkline draws up to forty of the values with block characters.
func sparkline(ys []float64) string {
	blocks := []rune("▁▂▃▄▅▆▇█")
	low, high, _ := finiteRange(ys)
	var b strings.Builder
	n := min(40, len(ys))
	for i := range n {
		switch y := ys[i*len(ys)/n]; {
		case !finite(y):
			b.WriteByte(' ')
		case high == low:
			b.WriteRune(blocks[0])
		default:
			b.WriteRune(blocks[int((y-low)/(high-low)*float64(len(blocks)-1)+0.5)])
		}
	}
	return b.String()
}

// finiteRange returns the smallest and the largest finite value, and whether
// there is one.
func finiteRange(values []float64) (low, high float64, ok bool) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if finite(v) {
			low, high = min(low, v), max(high, v)
		}
	}
	return low, high, low <= high
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
