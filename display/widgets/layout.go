package widgets

import (
	"fmt"
	"slices"
	"strings"
)

// styles are the models of the widgets' styles.
var styles = map[string]string{
	"IntSliderModel": "SliderStyleModel", "FloatSliderModel": "SliderStyleModel", "DropdownModel": "DescriptionStyleModel",
	"ButtonModel": "ButtonStyleModel", "IntProgressModel": "ProgressStyleModel", "HTMLModel": "HTMLStyleModel",
}

// SetLayout sets a property of the box that the widget takes, in CSS: "width" to "300px", "margin", "flex" and so on,
// with _ for - (https://ipywidgets.readthedocs.io/en/stable/examples/Widget%20Layout.html).
func (m *model) SetLayout(property, css string) {
	m.part("layout", "@jupyter-widgets/base", "LayoutModel", "LayoutView").set(map[string]any{property: css})
}

// SetStyle sets a property of how the widget looks: "description_width" of what has a description, "handle_color" of
// sliders, "bar_color" of progress bars, "button_color" and "text_color" of buttons. Boxes and outputs have none.
func (m *model) SetStyle(property, css string) {
	name := m.get("_model_name").(string)
	if styles[name] == "" {
		panic(fmt.Errorf("widgets: a %s has no style", strings.TrimSuffix(name, "Model")))
	}
	m.part("style", "@jupyter-widgets/controls", styles[name], "StyleView").set(map[string]any{property: css})
}

// part is the model of a widget's layout or style, made when it is first asked for.
func (m *model) part(property, module, name, view string) *model {
	m.mu.Lock()
	part := m.parts[property]
	m.mu.Unlock()
	if part != nil {
		return part
	}
	part = newModelOf(module, "2.0.0", name, view, nil)
	part.state["_view_module"] = "@jupyter-widgets/base"
	part.connect(nil)
	m.mu.Lock()
	if m.parts == nil {
		m.parts = map[string]*model{}
	}
	m.parts[property] = part
	m.mu.Unlock()
	if reference := part.reference(); reference != "" {
		m.set(map[string]any{property: reference})
	}
	return part
}

// The looks of buttons and progress bars.
var looks = []string{"", "primary", "success", "info", "warning", "danger"}

// setLook sets the property that chooses one of the front end's colours.
func (m *model) setLook(property, look string) {
	if !slices.Contains(looks, look) {
		panic(fmt.Errorf("widgets: the look %q is none of %q", look, looks))
	}
	m.set(map[string]any{property: look})
}

// SetLook gives the button one of the front end's colours: "primary", "success", "info", "warning", "danger", or "" for
// none.
func (b *Button) SetLook(look string) { b.setLook("button_style", look) }

// SetLook gives the bar one of the front end's colours: "primary", "success", "info", "warning", "danger", or "" for
// none.
func (p *IntProgress) SetLook(look string) { p.setLook("bar_style", look) }
