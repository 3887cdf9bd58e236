package display

import (
	"fmt"
	"strings"

	"gonum.org/v1/gonum/mat"
)

// Rows and columns of a matrix that show: all up to matrixThreshold of them,
// else matrixEdge at each end.
const (
	matrixThreshold = 30
	matrixEdge      = 5
)

// ofMatrix shows a gonum matrix as text and as an HTML table.
func ofMatrix(m mat.Matrix) Bundle {
	r, c := m.Dims()
	rows, columns := matrixIndices(r), matrixIndices(c)
	var cells []string
	for _, i := range rows {
		for _, j := range columns {
			if i != dots && j != dots {
				cells = append(cells, fmt.Sprintf("%.5g", m.At(i, j)))
			}
		}
	}
	var b strings.Builder
	b.WriteString(`<div>`)
	writeNote(&b, fmt.Sprintf("%s · %d × %d", strings.TrimPrefix(fmt.Sprintf("%T", m), "*"), r, c))
	writeTable(&b, rows, columns, cells)
	b.WriteString(`</div>`)
	options := []mat.FormatOption{mat.Squeeze()}
	if max(r, c) > matrixThreshold {
		options = append(options, mat.Excerpt(matrixEdge))
	}
	return Bundle{Data: map[string]any{
		"text/plain": fmt.Sprintf("%.5g", mat.Formatted(m, options...)),
		"text/html":  b.String(),
	}}
}

func matrixIndices(size int) []int {
	if size <= matrixThreshold {
		return shownIndices(size, size, 0)
	}
	return shownIndices(size, matrixEdge, matrixEdge)
}
