package widgets

import (
	"fmt"
	"slices"
)

// Control is a widget with a value that its views change.
type Control interface {
	Widget
	// Current is the value: an int, a float64 or a string.
	Current() any
	// OnMove adds a function that is called after a view changed the value.
	OnMove(func())
}

// IntSlider chooses a whole number.
type IntSlider struct{ *model }

// NewIntSlider makes a slider from min to max, both included, that stands at value.
func NewIntSlider(description string, value, min, max int) *IntSlider {
	if min > max || value < min || value > max {
		panic(fmt.Errorf("widgets: a slider from %d to %d cannot stand at %d", min, max, value))
	}
	s := &IntSlider{newModel("IntSlider", map[string]any{
		"description": description, "value": value, "min": min, "max": max, "step": 1, "readout": true,
		"readout_format": "d", "continuous_update": true, "orientation": "horizontal", "behavior": "drag-tap",
	})}
	s.accept["value"] = func(v any) (any, bool) {
		n, ok := integer(v)
		return n, ok && n.(int) >= min && n.(int) <= max
	}
	s.connect(func() string { return fmt.Sprintf("%s: %d of %d…%d", description, s.Value(), min, max) })
	return s
}

// Value is where the slider stands.
func (s *IntSlider) Value() int { return s.get("value").(int) }

// SetValue moves the slider, between its ends.
func (s *IntSlider) SetValue(value int) {
	s.set(map[string]any{"value": min(max(value, s.get("min").(int)), s.get("max").(int))})
}

// OnChange adds a function that is called after a view moved the slider.
func (s *IntSlider) OnChange(f func(value int)) { s.onChange(func() { f(s.Value()) }) }

// Current is the value, an int.
func (s *IntSlider) Current() any { return s.Value() }

// OnMove adds a function that is called after a view moved the slider.
func (s *IntSlider) OnMove(f func()) { s.onChange(f) }

// FloatSlider chooses a number.
type FloatSlider struct{ *model }

// NewFloatSlider makes a slider from min to max, in steps, that stands at value.
func NewFloatSlider(description string, value, min, max, step float64) *FloatSlider {
	if !(min <= value && value <= max && step > 0) {
		panic(fmt.Errorf("widgets: a slider from %g to %g in steps of %g cannot stand at %g", min, max, step, value))
	}
	s := &FloatSlider{newModel("FloatSlider", map[string]any{
		"description": description, "value": value, "min": min, "max": max, "step": step, "readout": true,
		"readout_format": ".4~g", "continuous_update": true, "orientation": "horizontal", "behavior": "drag-tap",
	})}
	s.accept["value"] = func(v any) (any, bool) {
		x, ok := number(v)
		return x, ok && x.(float64) >= min && x.(float64) <= max
	}
	s.connect(func() string { return fmt.Sprintf("%s: %g of %g…%g", description, s.Value(), min, max) })
	return s
}

// Value is where the slider stands.
func (s *FloatSlider) Value() float64 { return s.get("value").(float64) }

// SetValue moves the slider, between its ends.
func (s *FloatSlider) SetValue(value float64) {
	s.set(map[string]any{"value": min(max(value, s.get("min").(float64)), s.get("max").(float64))})
}

// OnChange adds a function that is called after a view moved the slider.
func (s *FloatSlider) OnChange(f func(value float64)) { s.onChange(func() { f(s.Value()) }) }

// Current is the value, a float64.
func (s *FloatSlider) Current() any { return s.Value() }

// OnMove adds a function that is called after a view moved the slider.
func (s *FloatSlider) OnMove(f func()) { s.onChange(f) }

// Dropdown chooses one of several texts.
type Dropdown struct {
	*model
	options []string
}

// NewDropdown makes a menu of at least one option; the first is chosen.
func NewDropdown(description string, options ...string) *Dropdown {
	if len(options) == 0 {
		panic(fmt.Errorf("widgets: the dropdown %q has no options", description))
	}
	d := &Dropdown{newModel("Dropdown", map[string]any{
		"description": description, "_options_labels": options, "index": 0,
	}), options}
	d.accept["index"] = func(v any) (any, bool) {
		n, ok := integer(v)
		return n, ok && n.(int) >= 0 && n.(int) < len(options)
	}
	d.connect(func() string { return fmt.Sprintf("%s: %s of %q", description, d.Value(), options) })
	return d
}

// Value is the chosen option.
func (d *Dropdown) Value() string { return d.options[d.get("index").(int)] }

// SetValue chooses one of the options.
func (d *Dropdown) SetValue(value string) {
	index := slices.Index(d.options, value)
	if index < 0 {
		panic(fmt.Errorf("widgets: %q is none of the options %q", value, d.options))
	}
	d.set(map[string]any{"index": index})
}

// OnChange adds a function that is called after a view chose.
func (d *Dropdown) OnChange(f func(value string)) { d.onChange(func() { f(d.Value()) }) }

// Current is the chosen option, a string.
func (d *Dropdown) Current() any { return d.Value() }

// OnMove adds a function that is called after a view chose.
func (d *Dropdown) OnMove(f func()) { d.onChange(f) }

// Button calls a function when it is clicked.
type Button struct{ *model }

// NewButton makes a button.
func NewButton(description string, click func()) *Button {
	b := &Button{newModel("Button", map[string]any{"description": description})}
	b.onCustom = func(content map[string]any) {
		if content["event"] == "click" {
			click()
		}
	}
	b.connect(func() string { return "[" + description + "]" })
	return b
}
