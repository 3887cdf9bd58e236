package display

import (
	"image"
	"image/color"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"

	"github.com/gophergrad/gophergrad/tensor"
)

var nan, inf = math.NaN(), math.Inf(1)

func TestPlotsAreSVGAndPNG(t *testing.T) {
	ys, names := []float64{3, nan, 1, inf, 0}, []string{"a", "b", "c", "d", "e"}
	for name, p := range map[string]*Plot{
		"Line":      Line("T <&>", ys, []float64{5}).Labels("one", "two").XLabel("ex").YLabel("why"),
		"LineXY":    LineXY("T <&>", ys, ys, ys),
		"LogY":      Line("T <&>", ys).LogY(),
		"LogX":      LineXY("T <&>", ys, ys).LogX(),
		"Scatter":   Scatter("T <&>", ys, ys),
		"Histogram": Histogram("T <&>", ys, 0),
		"constant":  Histogram("T <&>", []float64{2, 2}, 5),
		"Bar":       Bar("T <&>", names, ys),
		"Heatmap":   Heatmap("T <&>", tensor.Of([][]float64{{1, nan}, {inf, -2}})),
		"same":      Heatmap("T <&>", tensor.Ones(2, 2)),
		"large":     Line("T <&>", []float64{1e9, 2e9}),
		"tiny":      Line("T <&>", []float64{1e-9, 2e-9}),
		"flat":      Line("T <&>", []float64{1, 1, 1}),
	} {
		t.Run(name, func(t *testing.T) {
			b := Of(p)
			if got := pixels(t, b).Bounds().Size(); got != (image.Point{X: 1200, Y: 720}) {
				t.Errorf("the picture has %v pixels", got)
			}
			checkSVG(t, b, "T <&>")
			if !strings.HasPrefix(b.String(), "T <&>\n") {
				t.Errorf("text is %q", b)
			}
		})
	}
}

func TestPlotTexts(t *testing.T) {
	p := Line("loss", []float64{4, 2, 1}, []float64{5, 3, 2}).Labels("train", "test").XLabel("step").YLabel("nats").Size(300, 200)
	b := Of(p)
	checkSVG(t, b, "train", "test", "step", "nats")
	if want := "loss\ntrain █▃▁ 4 … 1, 3 values\ntest █▃▁ 5 … 2, 3 values"; b.String() != want {
		t.Errorf("text is %q, want %q", b, want)
	}
	if got := pixels(t, b).Bounds().Size(); got != (image.Point{X: 600, Y: 400}) {
		t.Errorf("the picture has %v pixels", got)
	}
	size := b.Metadata["image/png"].(map[string]any)
	if size["width"] != 300 || size["height"] != 200 {
		t.Errorf("metadata %v", size)
	}
}

func TestPlotsOfNothingSayWhy(t *testing.T) {
	for want, p := range map[string]*Plot{
		`the plot "L" is empty: no finite values`:           Line("L"),
		`the plot "E" is empty: no finite values`:           Line("E", nil, []float64{nan}),
		`the plot "S" is empty: 1 x values for 2 y values`:  Scatter("S", []float64{1}, []float64{1, 2}),
		`the plot "H" is empty: no finite values`:           Histogram("H", []float64{inf}, 3),
		`the plot "B" is empty: 1 names for 0 values`:       Bar("B", []string{"a"}, nil),
		`the plot "M" is empty: a heat map shows a matrix`:  Heatmap("M", tensor.Ones(3)),
		`the plot "G" is empty: no value is above 0`:        Line("G", []float64{-1, 0}).LogY(),
		`the plot "N" is empty: 3 labels for 1 series`:      Line("N", []float64{1}).Labels("a", "b", "c"),
		`the plot "X" is empty: only lines and scatters`:    Bar("X", []string{"a"}, []float64{1}).LogY(),
		`the plot "P" cannot be drawn: Values must be grea`: func() *Plot { p := Line("P", []float64{1}).LogY(); p.Y.Min = -1; return p }(),
	} {
		b := Of(p)
		if !strings.HasPrefix(b.String(), want) || len(b.Data) != 1 {
			t.Errorf("%q, want %q", b, want)
		}
	}
}

func TestLinesReachTheirPlace(t *testing.T) {
	p := Line("", []float64{0, 1})
	p.HideAxes()
	m := pixels(t, Of(p))
	bounds := m.Bounds()
	near := func(fx, fy float64) bool { // whether the line passes within a few pixels
		x, y := int(fx*float64(bounds.Dx())), int(fy*float64(bounds.Dy()))
		for dx := -25; dx <= 25; dx++ {
			r, _, b, _ := m.At(x+dx, y).RGBA()
			if b > r+0x4000 {
				return true
			}
		}
		return false
	}
	if !near(0.5, 0.5) || !near(0.25, 0.75) || near(0.25, 0.25) {
		t.Error("the line from bottom left to top right is not where it should be")
	}
}

func TestHugePlotsAreOnlyPNG(t *testing.T) {
	xs := make([]float64, 20_000)
	for i := range xs {
		xs[i] = float64(i * i % 9973)
	}
	b := Of(Scatter("many", xs, xs))
	if _, ok := b.Data["image/svg+xml"]; ok {
		t.Error("a notebook gets a huge SVG")
	}
	pixels(t, b)
}

func TestTicksAreRoundNumbers(t *testing.T) {
	for _, c := range []struct {
		low, high float64
		want      string
	}{
		{-0.01, 0.51, "0.0 0.1 0.2 0.3 0.4 0.5"},
		{0, 500, "0 100 200 300 400 500"},
		{-1, 1, "-1.0 -0.5 0.0 0.5 1.0"},
		{0, 7e6, "0 1e6 2e6 3e6 4e6 5e6 6e6 7e6"},
		{1e-7, 4e-7, "1e-7 1.5e-7 2e-7 2.5e-7 3e-7 3.5e-7 4e-7"},
	} {
		var labels []string
		for _, mark := range (ticks{}).Ticks(c.low, c.high) {
			labels = append(labels, mark.Label)
		}
		if got := strings.Join(labels, " "); got != c.want {
			t.Errorf("from %g to %g: %s, want %s", c.low, c.high, got, c.want)
		}
	}
	labels := 0
	for _, mark := range (logTicks{}).Ticks(1e-30, 1e30) {
		if mark.Label != "" {
			labels++
		}
	}
	if labels < 5 || labels > 9 {
		t.Errorf("%d labels over sixty decades", labels)
	}
}

func TestImage(t *testing.T) {
	colours := tensor.Of([][][]float32{{{1, 0}}, {{0, 0}}, {{0, 1}}}) // red, blue
	m := pixels(t, Image(colours))
	size := m.Bounds().Size()
	if size != (image.Point{X: 320, Y: 160}) {
		t.Fatalf("%v pixels", size)
	}
	if m.At(159, 159) != (color.RGBA{255, 0, 0, 255}) || m.At(160, 0) != (color.RGBA{0, 0, 255, 255}) {
		t.Errorf("%v and %v, want red and blue", m.At(159, 159), m.At(160, 0))
	}
	grey := pixels(t, Image(tensor.Of([][]float32{{-1, 3}, {1, float32(nan)}})))
	for at, want := range map[image.Point]uint8{{X: 0, Y: 0}: 0, {X: 319, Y: 0}: 255, {X: 0, Y: 319}: 128, {X: 319, Y: 319}: 0} {
		if got := color.GrayModel.Convert(grey.At(at.X, at.Y)).(color.Gray).Y; got != want {
			t.Errorf("brightness %d at %v, want %d", got, at, want)
		}
	}
	if got := pixels(t, Image(tensor.Rand(10, 1, 64, 64))).Bounds().Size(); got != (image.Point{X: 8*66 - 2, Y: 2*66 - 2}) {
		t.Errorf("a grid has %v pixels", got)
	}
	for _, x := range []*tensor.Tensor{tensor.Ones(3), tensor.Ones(2, 4, 4), tensor.Zeros(0, 4)} {
		if b := Image(x); !strings.Contains(b.String(), "a picture has shape") {
			t.Errorf("shape %v gives %v", x.Shape(), b)
		}
	}
}

func TestLegendAvoidsThePoints(t *testing.T) {
	up, down, peak := []float64{0, 1, 2, 3}, []float64{3, 2, 1, 0}, []float64{3, 3, 0, 3}
	for name, c := range map[string]struct {
		p         *Plot
		top, left bool
	}{
		"falling":           {Line("", down).Labels("a"), true, false},
		"rising":            {Line("", up).Labels("a"), false, false},
		"rising and flat":   {Line("", up, []float64{0, 0, 0, 0}).Labels("a"), true, true},
		"high at both ends": {Line("", peak, []float64{3, 3, 3, 0.5}).Labels("a"), false, true},
		"logarithmic later": {Line("", []float64{1, 2, 4, 100}).Labels("a").LogY(), false, false},
	} {
		if c.p.Legend.Top != c.top || c.p.Legend.Left != c.left {
			t.Errorf("%s: top %v, left %v", name, c.p.Legend.Top, c.p.Legend.Left)
		}
	}
}

func TestPlotEmbedsGonums(t *testing.T) {
	p := Line("", []float64{1, 2})
	p.Title.Text, p.X.Label.TextStyle.Font.Size = "changed", vg.Points(20)
	checkSVG(t, Of(p), "changed")
}
