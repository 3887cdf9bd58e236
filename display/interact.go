package display

import (
	"fmt"
	"reflect"

	"github.com/gophergrad/gophergrad/display/widgets"
)

// Interact shows controls and, below them, what the function f gives for their values, anew whenever one moves:
//
//	display.Interact(func(rate float64, layers int) any { … }, widgets.NewFloatSlider(…), widgets.NewIntSlider(…))
//
// f takes an int, a float64 or a string for each control, in their order. What it prints and displays, the values that
// it returns but nil, and its panic take the place of the last call's. While f runs, front ends keep back all moves but
// the latest. Without controls f gets sliders: 0…10 for an int, 0…1 for a float64.
func Interact(f any, controls ...widgets.Control) {
	call := reflect.ValueOf(f)
	if call.Kind() != reflect.Func || call.IsNil() {
		panic(fmt.Errorf("display.Interact: %T is not a function", f))
	}
	if len(controls) == 0 {
		controls = slidersFor(call.Type())
	}
	if n := call.Type().NumIn(); n != len(controls) {
		panic(fmt.Errorf("display.Interact: the function takes %d values, and there are %d controls", n, len(controls)))
	}
	for i, c := range controls {
		if got, want := reflect.TypeOf(c.Current()), call.Type().In(i); got != want {
			panic(fmt.Errorf("display.Interact: parameter %d of the function is of type %s, its control %T gives a value of type %s", i+1, want, c, got))
		}
	}
	out := widgets.NewOutput()
	show := func() {
		args := make([]reflect.Value, len(controls))
		for i, c := range controls {
			args[i] = reflect.ValueOf(c.Current())
		}
		sink().Collect(func() {
			for _, result := range call.Call(args) {
				if v := result.Interface(); !isNil(v) {
					Show(v)
				}
			}
		}, out.ShowAll)
	}
	show()
	var children []widgets.Widget
	for _, c := range controls {
		c.OnMove(show)
		children = append(children, c)
	}
	Show(widgets.VBox(append(children, out)...))
}

func slidersFor(f reflect.Type) (controls []widgets.Control) {
	for i := range f.NumIn() {
		description := fmt.Sprintf("x%d", i+1)
		switch f.In(i).Kind() {
		case reflect.Int:
			controls = append(controls, widgets.NewIntSlider(description, 5, 0, 10))
		case reflect.Float64:
			controls = append(controls, widgets.NewFloatSlider(description, 0.5, 0, 1, 0.01))
		default:
			panic(fmt.Errorf("display.Interact: parameter %d of the function is of type %s and needs a control", i+1, f.In(i)))
		}
	}
	return controls
}
