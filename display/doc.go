// Package display shows values in a notebook: as text, and as HTML, pictures
// and plots where the value has such a form.
//
// [Of] turns any value into a [Bundle] of representations by MIME type; the
// kernel shows the bundle of a cell's last expression. [Show], [Handle], [Clear]
// and [NewProgress] show while a cell runs. The plots ([Line], [Scatter],
// [Histogram], [Bar], [Heatmap]) are values to be shown either way.
//
// In a compiled program the same calls print the text to standard output.
package display
