package display

import (
	"fmt"
	"html"
	"strings"

	"github.com/gophergrad/gophergrad/tensor"
)

// maxTables is how many matrices of a tensor of more dimensions show.
const maxTables = 12

// ofTensor shows a tensor as text and as HTML tables of its last two
// dimensions, with the elements that the text shows, below a caption.
func ofTensor(t *tensor.Tensor) Bundle {
	var b strings.Builder
	b.WriteString(`<div>`)
	writeNote(&b, caption(t))
	cells, head, tail := t.FormatElements()
	shown := make([][]int, t.Dim())
	for d, size := range t.Shape() {
		shown[d] = shownIndices(size, head[d], tail[d])
	}
	switch {
	case len(cells) == 0: // the caption says it all
	case t.Dim() == 0:
		fmt.Fprintf(&b, `<code>%s</code>`, html.EscapeString(cells[0]))
	case t.Dim() == 1:
		writeTable(&b, nil, shown[0], cells)
	case t.Dim() == 2:
		writeTable(&b, shown[0], shown[1], cells)
	default:
		writeTables(&b, t.Shape(), shown, cells)
	}
	b.WriteString(`</div>`)
	return Bundle{Data: map[string]any{"text/plain": t.String(), "text/html": b.String()}}
}

// caption tells all about a tensor but its elements.
func caption(t *tensor.Tensor) string {
	shape := "scalar"
	if t.Dim() > 0 {
		shape = strings.Trim(strings.ReplaceAll(fmt.Sprint(t.Shape()), " ", " × "), "[]")
	}
	parts := []string{"tensor", shape, t.DType().String(), t.Device().String()}
	switch n := t.Node(); {
	case n != nil && t.RequiresGrad():
		parts = append(parts, "grad_fn "+n.GradFn())
	case t.RequiresGrad():
		parts = append(parts, "requires grad")
	}
	return strings.Join(parts, " · ")
}

// writeTables appends the matrices of the last two dimensions, side by side as
// far as there is room, each under its index.
func writeTables(b *strings.Builder, shape []int, shown [][]int, cells []string) {
	last := len(shown) - 2
	rows, columns := shown[last], shown[last+1]
	size := withoutDots(rows) * withoutDots(columns)
	b.WriteString(`<div style="display:flex;flex-wrap:wrap;gap:0 1.5em">`)
	n := len(cells) / size
	index := make([]int, last) // positions in shown
	for k := range min(n, maxTables) {
		b.WriteString(`<div>`)
		writeNote(b, indexText(shown, index))
		writeTable(b, rows, columns, cells[k*size:(k+1)*size])
		b.WriteString(`</div>`)
		advance(shown, index)
	}
	b.WriteString(`</div>`)
	if total := product(shape[:last]); total > min(n, maxTables) {
		writeNote(b, fmt.Sprintf("%d of %d matrices", min(n, maxTables), total))
	}
}

func product(sizes []int) int {
	n := 1
	for _, size := range sizes {
		n *= size
	}
	return n
}

// advance steps to the next index in row-major order, past the dots.
func advance(shown [][]int, index []int) {
	for d := len(index) - 1; d >= 0; d-- {
		index[d]++
		if index[d] < len(shown[d]) && shown[d][index[d]] == dots {
			index[d]++
		}
		if index[d] < len(shown[d]) {
			return
		}
		index[d] = 0
	}
}

// indexText names a matrix of a tensor: [0, 2, :, :].
func indexText(shown [][]int, index []int) string {
	var b strings.Builder
	b.WriteByte('[')
	for d, i := range index {
		fmt.Fprintf(&b, "%d, ", shown[d][i])
	}
	return b.String() + ":, :]"
}

func withoutDots(indices []int) int {
	n := 0
	for _, i := range indices {
		if i != dots {
			n++
		}
	}
	return n
}
