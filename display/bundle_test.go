package display

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image"
	"image/png"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot"

	"github.com/gophergrad/gophergrad/nn"
	"github.com/gophergrad/gophergrad/tensor"
)

type rich struct{}

func (rich) String() string   { return "rich" }
func (rich) HTML() string     { return "<b>rich</b>" }
func (rich) Markdown() string { return "**rich**" }
func (rich) LaTeX() string    { return "$r$" }
func (rich) SVG() string      { return "<svg/>" }
func (rich) PNG() []byte      { return []byte("png") }
func (rich) JPEG() []byte     { return []byte("jpeg") }
func (rich) JSON() any        { return map[string]int{"a": 1} }

type bundler struct{}

func (bundler) MIMEBundle() (data, metadata map[string]any) {
	return map[string]any{"application/x": 1}, map[string]any{"application/x": "m"}
}

type pointer struct{}

func (p *pointer) HTML() string { panic("called on nil") }

// cellValue stands for a value of a type that a cell defined.
type cellValue map[string]any

func (v cellValue) Method(name string) any { return v[name] }
func (v cellValue) String() string         { return "cell value" }

func TestOf(t *testing.T) {
	text := func(s string) Bundle { return Bundle{Data: map[string]any{"text/plain": s}} }
	for _, c := range []struct {
		name string
		v    any
		want Bundle
	}{
		{"nil", nil, text("<nil>")},
		{"nil pointer", (*pointer)(nil), text("<nil>")},
		{"nil tensor", (*tensor.Tensor)(nil), text("<nil>")},
		{"number", 42, text("42")},
		{"string", "a <b>", text("a <b>")},
		{"slice", []float64{1, 2.5}, text("[1 2.5]")},
		{"error", errors.New("oops"), text("oops")},
		{"long slice", make([]int, 1001), text("[0 0 0 0 0 … 0 0 0 0 0] (1001 elements)")},
		{"methods", rich{}, Bundle{Data: map[string]any{
			"text/plain": "rich", "text/html": "<b>rich</b>", "text/markdown": "**rich**", "text/latex": "$r$",
			"image/svg+xml": "<svg/>", "image/png": []byte("png"), "image/jpeg": []byte("jpeg"),
			"application/json": map[string]int{"a": 1},
		}}},
		{"bundler", bundler{}, Bundle{
			map[string]any{"application/x": 1, "text/plain": "{}"}, map[string]any{"application/x": "m"},
		}},
		{"cell value", cellValue{"HTML": func() string { return "<i>" }, "PNG": "no method"}, Bundle{Data: map[string]any{
			"text/plain": "cell value", "text/html": "<i>",
		}}},
		{"cell bundler", cellValue{"MIMEBundle": bundler{}.MIMEBundle}, Bundle{
			map[string]any{"application/x": 1, "text/plain": "cell value"}, map[string]any{"application/x": "m"},
		}},
		{"HTML", HTML("<b>"), Bundle{Data: map[string]any{"text/plain": "<b>", "text/html": "<b>"}}},
		{"Markdown", Markdown("*"), Bundle{Data: map[string]any{"text/plain": "*", "text/markdown": "*"}}},
		{"LaTeX", LaTeX("$x$"), Bundle{Data: map[string]any{"text/plain": "$x$", "text/latex": "$x$"}}},
		{"SVG", SVG([]byte("<svg/>")), Bundle{Data: map[string]any{"text/plain": "SVG picture", "image/svg+xml": "<svg/>"}}},
		{"JPEG", JPEG([]byte("x")), Bundle{Data: map[string]any{"text/plain": "picture, 1 bytes", "image/jpeg": []byte("x")}}},
		{"bad JSON", JSON(math.NaN()), text("display.JSON: json: unsupported value: NaN")},
		{"bundle without text", Bundle{Data: map[string]any{"a/b": 1}}, Bundle{Data: map[string]any{"a/b": 1, "text/plain": ""}}},
	} {
		if diff := cmp.Diff(c.want, Of(c.v)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestImagesArePNG(t *testing.T) {
	b := Of(image.NewGray(image.Rect(0, 0, 3, 2)))
	if got := pixels(t, b).Bounds().Size(); got != (image.Point{X: 3, Y: 2}) {
		t.Errorf("decoded as %v", got)
	}
	if b.String() != "png picture, 3 × 2 pixels" {
		t.Errorf("text is %q", b)
	}
	if b := Of(image.NewGray(image.Rectangle{})); !strings.Contains(b.String(), "cannot be shown") {
		t.Errorf("an empty image is %v", b)
	}
}

func TestGonumPlotsAreSVGAndPNG(t *testing.T) {
	p := plot.New()
	p.Title.Text = "gonum"
	b := Of(p)
	pixels(t, b)
	checkSVG(t, b, "gonum")
}

func TestMatrixTable(t *testing.T) {
	b := Of(mat.NewDense(2, 2, []float64{1, 2, 3, 1.0 / 3}))
	if want := "⎡1        2⎤\n⎣3  0.33333⎦"; b.String() != want {
		t.Errorf("text is\n%s\nwant\n%s", b, want)
	}
	if got := tableCells(t, b); !cmp.Equal(got, []string{"1", "2", "3", "0.33333"}) {
		t.Errorf("cells %v", got)
	}
	large := Of(mat.NewDense(100, 40, nil))
	if got, want := len(tableCells(t, large)), 11*11; got != want {
		t.Errorf("%d cells of a large matrix, want %d", got, want)
	}
	if b := Of(&mat.Dense{}); len(tableCells(t, b)) != 0 {
		t.Error("an empty matrix has cells")
	}
}

type twoLayers struct{ first, second *nn.Linear }

func (m *twoLayers) Forward(x *tensor.Tensor) *tensor.Tensor {
	return m.second.Forward(m.first.Forward(x))
}

func TestModulesShowTheirLayers(t *testing.T) {
	b := Of(&twoLayers{nn.NewLinear(3, 2), nn.NewLinear(2, 1)})
	want := "twoLayers(\n  (first): Linear(in_features=3, out_features=2, bias=True)\n" +
		"  (second): Linear(in_features=2, out_features=1, bias=True)\n)"
	if b.String() != want {
		t.Errorf("text is\n%s\nwant\n%s", b, want)
	}
}

// pixels decodes a bundle's PNG.
func pixels(t *testing.T, b Bundle) image.Image {
	t.Helper()
	data, _ := b.Data["image/png"].([]byte)
	m, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%v; the bundle's text is %q", err, b)
	}
	return m
}

// checkSVG parses a bundle's SVG and looks for texts in it.
func checkSVG(t *testing.T, b Bundle, texts ...string) {
	t.Helper()
	svg, _ := b.Data["image/svg+xml"].(string)
	found := strings.Join(elementTexts(t, svg, "text"), "\n")
	for _, text := range texts {
		if !strings.Contains(found, text) {
			t.Errorf("%q is not among the picture's texts:\n%s", text, found)
		}
	}
}

// tableCells parses a bundle's HTML as XML and returns the text of its cells.
func tableCells(t *testing.T, b Bundle) []string {
	t.Helper()
	html, _ := b.Data["text/html"].(string)
	return elementTexts(t, html, "td")
}

// elementTexts returns the text of every element of a name in a well-formed document.
func elementTexts(t *testing.T, document, element string) (texts []string) {
	t.Helper()
	if document == "" {
		t.Fatal("there is no document")
	}
	d := xml.NewDecoder(strings.NewReader(document))
	inside := false
	for {
		token, err := d.Token()
		if err == io.EOF {
			return texts
		}
		if err != nil {
			t.Fatalf("%v in %s", err, document)
		}
		switch token := token.(type) {
		case xml.StartElement:
			inside = token.Name.Local == element
		case xml.EndElement:
			inside = false
		case xml.CharData:
			if inside {
				texts = append(texts, string(token))
			}
		}
	}
}
