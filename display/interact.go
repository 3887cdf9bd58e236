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
// f takes an int, a float64 or a string for each control, in their order, and returns one value, which is shown as a
// cell's last expression is. While f runs, front ends keep back all moves but the latest. Without controls f gets sliders: 0…10 for an int, 0…1 for a float64.
func Interact(f any, controls ...widgets.Control) {
	call := reflect.ValueOf(f)
	if call.Kind() != reflect.Func || call.Type().NumOut() != 1 || call.IsNil() {
		panic(fmt.Errorf("display.Interact: %T is not a function with one result", f))
	}
	if len(controls) == 0 {
		controls = slidersFor(call.Type())
	}
	if n := call.Type().NumIn(); n != len(controls) {
		panic(fmt.Errorf("display.Interact: the function takes %d values, and there are %d controls", n, len(controls)))
	}
	value := func() Bundle {
		args := make([]reflect.Value, len(controls))
		for i, c := range controls {
			args[i] = reflect.ValueOf(c.Current())
		}
		return Of(call.Call(args)[0].Interface())
	}
	for i, c := range controls {
		if got, want := reflect.TypeOf(c.Current()), call.Type().In(i); got != want {
			panic(fmt.Errorf("display.Interact: parameter %d of the function is of type %s, its control %T gives a value of type %s", i+1, want, c, got))
		}
	}
	out := widgets.NewOutput()
	show := func() {
		defer func() {
			if p := recover(); p != nil {
				out.ShowError(fmt.Sprint(p)) // in place of what would seem to belong to the new values
				panic(p)
			}
		}()
		b := value()
		out.Show(b.Data, b.Metadata)
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
