package display

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"maps"
	"reflect"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot"

	"github.com/gophergrad/gophergrad/nn"
	"github.com/gophergrad/gophergrad/tensor"
)

// Bundle is one value in several representations: MIME type → value, and MIME
// type → metadata such as width and height. Text is a string, binary data a
// []byte; the value of a JSON type is what encoding/json takes, or JSON in a
// []byte.
type Bundle struct{ Data, Metadata map[string]any }

// String returns the text/plain representation.
func (b Bundle) String() string {
	text, _ := b.Data["text/plain"].(string)
	return text
}

// A value chooses its representations by having one or more of these methods.
// They need no import, so any library's types can have them.
type (
	// HTMLer is a value with a text/html representation.
	HTMLer interface{ HTML() string }
	// Markdowner is a value with a text/markdown representation.
	Markdowner interface{ Markdown() string }
	// LaTeXer is a value with a text/latex representation, $…$ included.
	LaTeXer interface{ LaTeX() string }
	// SVGer is a value with an image/svg+xml representation.
	SVGer interface{ SVG() string }
	// PNGer is a value with an image/png representation.
	PNGer interface{ PNG() []byte }
	// JPEGer is a value with an image/jpeg representation.
	JPEGer interface{ JPEG() []byte }
	// JSONer is a value with an application/json representation, which front
	// ends show as a tree.
	JSONer interface{ JSON() any }
	// MIMEBundler is a value that gives all its representations itself, and
	// their metadata or nil. text/plain is added where it is absent.
	MIMEBundler interface {
		MIMEBundle() (data, metadata map[string]any)
	}
)

// representations finds the method of each interface. A value of a type that a
// cell defined has no compiled methods; it answers Method with the bound func.
var representations = []struct {
	mime, name string
	method     func(v any) any
}{
	{"text/html", "HTML", as(func(v HTMLer) any { return v.HTML })},
	{"text/markdown", "Markdown", as(func(v Markdowner) any { return v.Markdown })},
	{"text/latex", "LaTeX", as(func(v LaTeXer) any { return v.LaTeX })},
	{"image/svg+xml", "SVG", as(func(v SVGer) any { return v.SVG })},
	{"image/png", "PNG", as(func(v PNGer) any { return v.PNG })},
	{"image/jpeg", "JPEG", as(func(v JPEGer) any { return v.JPEG })},
	{"application/json", "JSON", as(func(v JSONer) any { return v.JSON })},
}

// as makes a lookup of one interface's method for any value.
func as[I any](method func(I) any) func(any) any {
	return func(v any) any {
		if v, ok := v.(I); ok {
			return method(v)
		}
		return nil
	}
}

// Of returns every representation of v, text/plain always among them: of
// tensors, matrices, images and gonum plots, of values with one of the
// interfaces above, of a Bundle itself; any other value is text.
func Of(v any) Bundle {
	if isNil(v) {
		return Text("<nil>")
	}
	switch v := v.(type) {
	case Bundle:
		return withText(v, v)
	case *tensor.Tensor:
		return ofTensor(v)
	case mat.Matrix:
		return ofMatrix(v)
	case *plot.Plot:
		return (&Plot{Plot: v}).bundle()
	case image.Image:
		return ofImage(v)
	}
	return ofMethods(v)
}

// ofMethods collects the representations that v has methods for.
func ofMethods(v any) Bundle {
	_, isBoxed := v.(boxed)
	var bundle func() (data, metadata map[string]any)
	if m, ok := v.(MIMEBundler); ok {
		bundle = m.MIMEBundle
	} else if isBoxed {
		bundle, _ = v.(boxed).Method("MIMEBundle").(func() (data, metadata map[string]any))
	}
	if bundle != nil {
		data, metadata := bundle()
		return withText(Bundle{data, metadata}, v)
	}
	data := map[string]any{}
	for _, r := range representations {
		method := r.method(v)
		if method == nil && isBoxed {
			method = v.(boxed).Method(r.name)
		}
		switch method := method.(type) {
		case func() string:
			data[r.mime] = method()
		case func() []byte:
			data[r.mime] = method()
		case func() any:
			data[r.mime] = method()
		}
	}
	return withText(Bundle{Data: data}, v)
}

// boxed is a value of a type that a cell defined: Method gives the method
// called name as a Go func, nil if the type has none.
type boxed interface{ Method(name string) any }

// withText adds v's text where the bundle has none.
func withText(b Bundle, v any) Bundle {
	if _, ok := b.Data["text/plain"]; ok {
		return b
	}
	data := maps.Clone(b.Data)
	if data == nil {
		data = map[string]any{}
	}
	data["text/plain"] = plainText(v)
	return Bundle{data, b.Metadata}
}

// longSlice is the length above which a slice shows its ends only.
const longSlice = 1000

// plainText formats v as fmt.Println does, but for the middle of long slices,
// which is left out, and modules, which show as the tree of their layers.
func plainText(v any) string {
	if isModule(v) {
		return nn.Describe(v)
	}
	s := reflect.ValueOf(v)
	_, formatted := v.(fmt.Formatter)
	_, stringer := v.(fmt.Stringer)
	if s.Kind() != reflect.Slice || s.Len() <= longSlice || formatted || stringer {
		return fmt.Sprint(v)
	}
	head, tail := fmt.Sprint(s.Slice(0, 5)), fmt.Sprint(s.Slice(s.Len()-5, s.Len()))
	return fmt.Sprintf("%s … %s (%d elements)", head[:len(head)-1], tail[1:], s.Len())
}

func isModule(v any) bool {
	if v, ok := v.(boxed); ok {
		_, ok = v.Method("Forward").(func(*tensor.Tensor) *tensor.Tensor)
		return ok
	}
	_, ok := v.(nn.Module)
	return ok
}

// isNil reports whether v is nil or a nil pointer, whose methods may not be
// called.
func isNil(v any) bool {
	p := reflect.ValueOf(v)
	return !p.IsValid() || p.Kind() == reflect.Pointer && p.IsNil()
}

// Text is a value shown as plain text.
func Text(s string) Bundle { return Bundle{Data: map[string]any{"text/plain": s}} }

// HTML is a value shown as HTML.
func HTML(s string) Bundle { return ofSource("text/html", s) }

// Markdown is a value shown as Markdown.
func Markdown(s string) Bundle { return ofSource("text/markdown", s) }

// LaTeX is a value shown as typeset mathematics; s includes the $…$ or $$…$$.
func LaTeX(s string) Bundle { return ofSource("text/latex", s) }

// SVG is a value shown as an SVG picture.
func SVG(b []byte) Bundle {
	return Bundle{Data: map[string]any{"image/svg+xml": string(b), "text/plain": "SVG picture"}}
}

// PNG is a value shown as a PNG picture.
func PNG(b []byte) Bundle { return ofPicture("image/png", b) }

// JPEG is a value shown as a JPEG picture.
func JPEG(b []byte) Bundle { return ofPicture("image/jpeg", b) }

// JSON is a value shown as a tree of its JSON encoding. What encoding/json
// cannot encode shows the reason instead.
func JSON(v any) Bundle {
	encoded, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return Text("display.JSON: " + err.Error())
	}
	return Bundle{Data: map[string]any{"application/json": json.RawMessage(encoded), "text/plain": string(encoded)}}
}

// ofSource shows source in a markup language; without a front end, as it is.
func ofSource(mime, s string) Bundle {
	return Bundle{Data: map[string]any{mime: s, "text/plain": s}}
}

// ofPicture shows encoded pixels; the text tells their size.
func ofPicture(mime string, b []byte) Bundle {
	text := fmt.Sprintf("picture, %d bytes", len(b))
	if c, format, err := image.DecodeConfig(bytes.NewReader(b)); err == nil {
		text = fmt.Sprintf("%s picture, %d × %d pixels", format, c.Width, c.Height)
	}
	return Bundle{Data: map[string]any{mime: b, "text/plain": text}}
}

// ofImage shows an image as PNG.
func ofImage(m image.Image) Bundle {
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil { // an empty or gigantic image
		return Text("display: this image cannot be shown: " + err.Error())
	}
	return ofPicture("image/png", b.Bytes())
}
