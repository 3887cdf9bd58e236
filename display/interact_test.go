package display

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gophergrad/gophergrad/display/widgets"
)

func TestInteractRefuses(t *testing.T) {
	for _, test := range []struct {
		f        any
		controls []widgets.Control
		want     string
	}{
		{3, nil, "int is not a function"},
		{(func())(nil), nil, "func() is not a function"},
		{func(string) any { return nil }, nil, "parameter 1 of the function is of type string and needs a control"},
		{func(int, int) any { return nil }, []widgets.Control{widgets.NewIntSlider("n", 0, 0, 1)}, "takes 2 values, and there are 1 controls"},
		{func(float64) any { return nil }, []widgets.Control{widgets.NewIntSlider("n", 0, 0, 1)},
			"parameter 1 of the function is of type float64, its control *widgets.IntSlider gives a value of type int"},
	} {
		func() {
			defer func() {
				if p := recover(); p == nil || !strings.Contains(fmt.Sprint(p), test.want) {
					t.Errorf("%v, want %s", p, test.want)
				}
			}()
			Interact(test.f, test.controls...)
		}()
	}
}
