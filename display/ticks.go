package display

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
)

// ticks marks an axis at about six multiples of 1, 2 or 5 times a power of ten.
type ticks struct{}

// Ticks implements [plot.Ticker].
func (ticks) Ticks(low, high float64) []plot.Tick {
	exponent := math.Floor(math.Log10((high - low) / 6))
	factor := 1.0
	for _, larger := range []float64{2, 5, 10} {
		if (high-low)/(factor*math.Pow(10, exponent)) > 7 {
			factor = larger
		}
	}
	step := factor * math.Pow(10, exponent)
	if factor == 10 {
		exponent++
	}
	long := exponent < -4 || max(math.Abs(low), math.Abs(high)) >= 1e6
	var marks []plot.Tick
	for i := math.Ceil(low / step); i*step <= high && len(marks) < 20; i++ {
		v := i*step + 0 // no -0; formatting to the step's digits hides that it is not exact
		label := strconv.FormatFloat(v, 'f', max(0, int(-exponent)), 64)
		if digits := math.Floor(math.Log10(math.Abs(v))) - exponent + 1; long && i != 0 {
			label = short.Replace(strconv.FormatFloat(v, 'g', max(1, int(digits)), 64))
		}
		marks = append(marks, plot.Tick{Value: v, Label: label})
	}
	return marks
}

// short writes 1e+06 as 1e6.
var short = strings.NewReplacer("e+0", "e", "e+", "e", "e-0", "e-")

// logTicks marks a logarithmic axis at the powers of ten, and between them
// where there are few.
type logTicks struct{}

// Ticks implements [plot.Ticker].
func (logTicks) Ticks(low, high float64) []plot.Tick {
	decades := math.Log10(high / low)
	every := math.Ceil(decades / 8) // at most eight labels
	var marks []plot.Tick
	for e := math.Floor(math.Log10(low)); e <= math.Log10(high); e++ {
		for _, factor := range []float64{1, 2, 3, 4, 5, 6, 7, 8, 9} {
			mark := plot.Tick{Value: factor * math.Pow(10, e)}
			labelled := factor == 1 && math.Mod(e, every) == 0 || decades < 2 && (factor == 2 || factor == 5)
			if labelled {
				mark.Label = short.Replace(fmt.Sprintf("%.4g", mark.Value))
			}
			if low <= mark.Value && mark.Value <= high {
				marks = append(marks, mark)
			}
		}
	}
	return marks
}
