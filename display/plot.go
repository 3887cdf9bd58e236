package display

import (
	"bytes"
	"fmt"
	"image/color"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// Plot is a plot that shows as SVG and PNG. Its methods return the plot, so
// that they can be chained; the embedded gonum plot takes any further change:
//
//	display.Line("loss", train, test).Labels("train", "test").LogY()
type Plot struct {
	*plot.Plot
	Width, Height int // in pixels as browsers count them; 0 is 600 × 360

	series  []*series
	bar     *plot.Plot // the colour scale of a heat map
	summary []string   // what text/plain says where there are no series
	problem string     // why there is nothing to draw
}

// Palette is the colours of series, in order: Okabe and Ito's, which people
// with any colour vision can tell apart (https://jfly.uni-koeln.de/color/),
// without the yellow that white paper swallows.
var Palette = []color.Color{
	color.RGBA{0, 114, 178, 255},   // blue
	color.RGBA{213, 94, 0, 255},    // vermilion
	color.RGBA{0, 158, 115, 255},   // bluish green
	color.RGBA{204, 121, 167, 255}, // reddish purple
	color.RGBA{230, 159, 0, 255},   // orange
	color.RGBA{86, 180, 233, 255},  // sky blue
	color.RGBA{0, 0, 0, 255},       // black
}

var (
	ink   = color.Gray{0x33}
	faint = color.Gray{0xe4}
)

// newPlot returns an empty plot in our style. The background is opaque, so
// that the plot reads in light and dark themes.
func newPlot(title string) *Plot {
	p := &Plot{Plot: plot.New()}
	p.Title.Text = title
	p.Title.Padding = vg.Points(8)
	setFont(&p.Title.TextStyle, 13)
	p.Legend.Padding = vg.Points(3)
	setFont(&p.Legend.TextStyle, 11)
	for _, axis := range []*plot.Axis{&p.X, &p.Y} {
		styleAxis(axis)
	}
	grid := plotter.NewGrid()
	grid.Horizontal.Color, grid.Vertical.Color = faint, faint
	p.Add(grid)
	return p
}

func styleAxis(axis *plot.Axis) {
	axis.Padding = 0
	axis.Color, axis.Tick.Color = ink, ink
	axis.Tick.Marker = ticks{}
	axis.Tick.Length = vg.Points(4)
	setFont(&axis.Label.TextStyle, 11)
	setFont(&axis.Tick.Label, 10)
}

func setFont(style *text.Style, points font.Length) {
	style.Font = font.Font{Typeface: "Liberation", Variant: "Sans", Size: points}
	style.Color = ink
}

// fail notes why the plot cannot be drawn; the first reason counts.
func (p *Plot) fail(format string, args ...any) *Plot {
	if p.problem == "" {
		p.problem = fmt.Sprintf(format, args...)
	}
	return p
}

// XLabel labels the horizontal axis.
func (p *Plot) XLabel(label string) *Plot { p.X.Label.Text = label; return p }

// YLabel labels the vertical axis.
func (p *Plot) YLabel(label string) *Plot { p.Y.Label.Text = label; return p }

// Size sets the size in pixels as browsers count them.
func (p *Plot) Size(width, height int) *Plot { p.Width, p.Height = width, height; return p }

// Labels names the series, in order, in a legend.
func (p *Plot) Labels(names ...string) *Plot {
	if len(names) > len(p.series) {
		return p.fail("%d labels for %d series", len(names), len(p.series))
	}
	for i, name := range names {
		p.Legend.Add(name, p.series[i])
		p.series[i].label = name
	}
	p.placeLegend()
	return p
}

// LogX makes the horizontal axis logarithmic. Points at or below 0 have no
// place on it and are left out.
func (p *Plot) LogX() *Plot {
	return p.logarithmic(&p.X, func(s *series) []float64 { return s.xs })
}

// LogY makes the vertical axis logarithmic. Points at or below 0 have no place
// on it and are left out.
func (p *Plot) LogY() *Plot {
	return p.logarithmic(&p.Y, func(s *series) []float64 { return s.ys })
}

func (p *Plot) logarithmic(axis *plot.Axis, values func(*series) []float64) *Plot {
	if len(p.series) == 0 {
		return p.fail("only lines and scatters have logarithmic axes")
	}
	var all []float64
	for _, s := range p.series {
		all = append(all, values(s)...)
	}
	positive := slices.DeleteFunc(all, func(v float64) bool { return v <= 0 })
	low, high, ok := finiteRange(positive)
	if !ok {
		return p.fail("no value is above 0, so none has a place on a logarithmic axis")
	}
	axis.Min, axis.Max = low/1.1, high*1.1
	axis.Scale, axis.Tick.Marker = plot.LogScale{}, logTicks{}
	p.placeLegend()
	return p
}

// MIMEBundle implements [MIMEBundler].
func (p *Plot) MIMEBundle() (data, metadata map[string]any) {
	b := p.bundle()
	return b.Data, b.Metadata
}

// pointsPerPixel converts CSS pixels, 96 to an inch, to points.
const pointsPerPixel = 0.75

// maxSVG is the size above which an SVG burdens a notebook; PNG alone shows then.
const maxSVG = 500_000

func (p *Plot) bundle() (b Bundle) {
	if p.problem != "" {
		return Text(fmt.Sprintf("the plot %q is empty: %s", p.Title.Text, p.problem))
	}
	defer func() { // gonum panics where an axis was changed to what it cannot draw
		if r := recover(); r != nil {
			b = Text(fmt.Sprintf("the plot %q cannot be drawn: %v", p.Title.Text, r))
		}
	}()
	width, height := p.Width, p.Height
	if width <= 0 || height <= 0 {
		width, height = 600, 360
	}
	w, h := vg.Length(width)*pointsPerPixel, vg.Length(height)*pointsPerPixel

	canvas := vgimg.NewWith(vgimg.UseWH(w, h), vgimg.UseDPI(2*96)) // sharp on dense screens too
	p.draw(draw.New(canvas))
	var picture bytes.Buffer
	if _, err := (vgimg.PngCanvas{Canvas: canvas}).WriteTo(&picture); err != nil {
		panic(err)
	}
	data := map[string]any{"text/plain": p.String(), "image/png": picture.Bytes()}
	size := map[string]any{"width": width, "height": height}
	if svg := p.svg(w, h); len(svg) <= maxSVG {
		data["image/svg+xml"] = svg
	}
	return Bundle{data, map[string]any{"image/png": size}}
}

func (p *Plot) svg(w, h vg.Length) string {
	canvas := vgsvg.New(w, h)
	p.draw(draw.New(canvas))
	var b bytes.Buffer
	if _, err := canvas.WriteTo(&b); err != nil {
		panic(err)
	}
	svg := b.String()
	return svgFixes.Replace(svg[strings.Index(svg, "<svg"):])
}

// svgFixes mends what gonum writes: Liberation Sans is absent on most machines,
// which have Arial or Helvetica, of the same widths; and images fill their
// rectangle and are PNG.
var svgFixes = strings.NewReplacer(
	"font-family:Liberation Sans;", "font-family:Liberation Sans,Arial,Helvetica,sans-serif;",
	"<image ", `<image preserveAspectRatio="none" `,
	"data:image/jpg;", "data:image/png;",
)

// draw draws the plot with a margin, and a heat map's colour scale beside it.
func (p *Plot) draw(c draw.Canvas) {
	if p.BackgroundColor != nil {
		c.SetColor(p.BackgroundColor)
		c.Fill(c.Rectangle.Path())
	}
	margin := vg.Points(8)
	c = draw.Crop(c, margin, -margin, margin, -margin)
	if p.bar == nil {
		p.Draw(c)
		return
	}
	left, right := c, c
	left.Max.X -= vg.Points(60)
	p.Draw(left)
	data := p.DataCanvas(left)
	right.Min.X = left.Max.X + vg.Points(10)
	right.Min.Y, right.Max.Y = data.Min.Y, data.Max.Y
	p.bar.Draw(right)
}

// String describes the plot where no picture can show.
func (p *Plot) String() string {
	title := p.Title.Text
	if title == "" {
		title = "plot"
	}
	lines := append([]string{title}, p.summary...)
	_, logY := p.Y.Scale.(plot.LogScale)
	for _, s := range p.series {
		lines = append(lines, s.text(logY))
	}
	return strings.Join(lines, "\n")
}
