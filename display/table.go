package display

import (
	"fmt"
	"html"
	"strings"
)

// Inline styles only: front ends drop style sheets of notebooks that are not
// trusted. No colours, so that light and dark themes read the same.
const (
	tableStyle = `border-collapse:collapse;font-family:monospace;font-size:90%;margin:0.3em 0;text-align:right`
	indexStyle = `font-weight:normal;opacity:0.5;text-align:right`
	noteStyle  = `font-size:85%;opacity:0.7;margin:0.2em 0`
)

// dots stands in a list of shown indices for those left out.
const dots = -1

// shownIndices lists the indices of a dimension that show, with dots between
// the first head and the last tail of them.
func shownIndices(size, head, tail int) []int {
	var indices []int
	for i := range head {
		indices = append(indices, i)
	}
	if head+tail < size {
		indices = append(indices, dots)
	}
	for i := size - tail; i < size; i++ {
		indices = append(indices, i)
	}
	return indices
}

// writeTable appends an HTML table of the shown rows and columns, with their
// indices; rows nil is one row without an index. The cells come in row-major
// order, none for dots.
func writeTable(b *strings.Builder, rows, columns []int, cells []string) {
	fmt.Fprintf(b, `<table cellpadding="4" style="%s"><thead><tr>`, tableStyle)
	if rows != nil {
		b.WriteString(`<th></th>`)
	}
	for _, j := range columns {
		writeIndex(b, j, "⋯")
	}
	b.WriteString(`</tr></thead><tbody>`)
	writeRow := func(isDots bool) {
		for _, j := range columns {
			text := "⋯"
			switch {
			case isDots && j == dots:
				text = "⋱"
			case isDots:
				text = "⋮"
			case j != dots:
				text, cells = cells[0], cells[1:]
			}
			fmt.Fprintf(b, `<td>%s</td>`, html.EscapeString(text))
		}
		b.WriteString(`</tr>`)
	}
	if rows == nil {
		b.WriteString(`<tr>`)
		writeRow(false)
	}
	for _, i := range rows {
		b.WriteString(`<tr>`)
		writeIndex(b, i, "⋮")
		writeRow(i == dots)
	}
	b.WriteString(`</tbody></table>`)
}

func writeIndex(b *strings.Builder, i int, dotted string) {
	text := fmt.Sprint(i)
	if i == dots {
		text = dotted
	}
	fmt.Fprintf(b, `<th style="%s">%s</th>`, indexStyle, text)
}

// writeNote appends a small line of text.
func writeNote(b *strings.Builder, text string) {
	fmt.Fprintf(b, `<div style="%s">%s</div>`, noteStyle, html.EscapeString(text))
}
