package widgets

import (
	"encoding/base64"
	"fmt"
	"maps"
	"strings"
)

// IntProgress is a progress bar.
type IntProgress struct{ *model }

// NewIntProgress makes a bar that is full at max.
func NewIntProgress(description string, max int) *IntProgress {
	p := &IntProgress{newModelOf("@jupyter-widgets/controls", "2.0.0", "IntProgressModel", "ProgressView", map[string]any{
		"description": description, "value": 0, "min": 0, "max": max, "orientation": "horizontal", "bar_style": "",
	})}
	p.connect(func() string { return fmt.Sprintf("%s: %d of %d", description, p.Value(), max) })
	return p
}

// Value is how far the bar has come.
func (p *IntProgress) Value() int { return p.get("value").(int) }

// SetValue moves the bar.
func (p *IntProgress) SetValue(value int) { p.set(map[string]any{"value": value}) }

// HTML is a piece of HTML that can be replaced.
type HTML struct{ *model }

// NewHTML makes a widget of a piece of HTML.
func NewHTML(html string) *HTML {
	h := &HTML{newModel("HTML", map[string]any{"value": html, "description": "", "placeholder": ""})}
	h.connect(h.Value)
	return h
}

// Value is the HTML.
func (h *HTML) Value() string { return h.get("value").(string) }

// SetValue replaces the HTML.
func (h *HTML) SetValue(html string) { h.set(map[string]any{"value": html}) }

// Image is a picture that can be replaced.
type Image struct{ *model }

// NewImage makes a widget of a picture's file in a format that browsers know: "png", "jpeg", "svg+xml".
func NewImage(format string, file []byte) *Image {
	i := &Image{newModel("Image", map[string]any{"value": file, "format": format, "width": "", "height": ""})}
	i.connect(func() string { return fmt.Sprintf("image/%s of %d bytes", format, len(i.Value())) })
	return i
}

// Value is the picture's file.
func (i *Image) Value() []byte { return i.get("value").([]byte) }

// SetValue replaces the picture by another of the same format.
func (i *Image) SetValue(file []byte) { i.set(map[string]any{"value": file}) }

// Box holds widgets.
type Box struct{ *model }

// VBox puts widgets one below the other.
func VBox(children ...Widget) *Box { return newBox("VBox", children) }

// HBox puts widgets side by side.
func HBox(children ...Widget) *Box { return newBox("HBox", children) }

func newBox(name string, children []Widget) *Box {
	references := []string{}
	for _, child := range children {
		if reference := child.base().reference(); reference != "" {
			references = append(references, reference)
		}
	}
	b := &Box{newModel(name, map[string]any{"children": references, "box_style": ""})}
	b.connect(func() string {
		texts := make([]string, len(children))
		for i, child := range children {
			texts[i] = child.base().text()
		}
		return strings.Join(texts, "\n")
	})
	return b
}

// Output shows outputs as a cell does, which can be replaced.
type Output struct {
	*model
	plain string // of what is shown; guarded by the model's mutex
}

// Shown is one output: text of the stream "stdout" or "stderr", or else a value as MIME type → value, a []byte for binary
// data, and MIME type → metadata.
type Shown struct {
	Stream, Text   string
	Data, Metadata map[string]any
}

// NewOutput makes an empty output.
func NewOutput() *Output {
	o := &Output{model: newModelOf("@jupyter-widgets/output", "1.0.0", "OutputModel", "OutputView", map[string]any{
		"outputs": []any{}, "msg_id": "",
	})}
	o.connect(func() string {
		o.mu.Lock()
		defer o.mu.Unlock()
		return o.plain
	})
	return o
}

// Show replaces what is shown by one value.
func (o *Output) Show(data, metadata map[string]any) {
	o.ShowAll(Shown{Data: data, Metadata: metadata})
}

// ShowError replaces what is shown by a text that looks like an error.
func (o *Output) ShowError(text string) { o.ShowAll(Shown{Stream: "stderr", Text: text}) }

// ShowAll replaces what is shown.
func (o *Output) ShowAll(all ...Shown) {
	outputs, plain := []any{}, []string{}
	for _, shown := range all {
		text, _ := shown.Data["text/plain"].(string)
		plain = append(plain, shown.Text+text)
		outputs = append(outputs, shown.output())
	}
	o.mu.Lock()
	o.plain = strings.Join(plain, "\n")
	o.mu.Unlock()
	o.set(map[string]any{"outputs": outputs})
}

// output is what notebooks hold.
func (s Shown) output() map[string]any {
	if s.Stream != "" {
		return map[string]any{"output_type": "stream", "name": s.Stream, "text": s.Text}
	}
	encoded, metadata := maps.Clone(s.Data), s.Metadata
	for mime, value := range encoded {
		if raw, ok := value.([]byte); ok {
			encoded[mime] = base64.StdEncoding.EncodeToString(raw)
		}
	}
	if metadata == nil {
		metadata = map[string]any{}
	}
	return map[string]any{"output_type": "display_data", "data": encoded, "metadata": metadata}
}
