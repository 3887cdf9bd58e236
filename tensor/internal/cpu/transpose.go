package cpu

// Transpose writes the transpose of the rows×cols matrix src, with rows lds apart, into dst, with rows ldd apart.
func Transpose[T any](dst []T, ldd int, src []T, lds, rows, cols int) {
	block, kernel := 0, (func(blocks int, src []T, lds int, dst []T, ldd int))(nil)
	switch k := any(&kernel).(type) {
	case *func(int, []float32, int, []float32, int):
		block, *k = transposeBlockF32, transposeF32
	case *func(int, []float64, int, []float64, int):
		block, *k = transposeBlockF64, transposeF64
	}
	const band = 32 // columns that are written while their cache lines are near, few enough where rows compete for cache sets
	for j := 0; j < cols; j += band {
		m := min(band, cols-j)
		i, done := 0, 0
		if block > 0 && m >= block {
			done = m / block * block
			for ; i+block <= rows; i += block {
				kernel(m/block, src[i*lds+j:], lds, dst[j*ldd+i:], ldd)
			}
		}
		for r := range rows {
			from := 0
			if r < i {
				from = done
			}
			for c := from; c < m; c++ {
				dst[(j+c)*ldd+r] = src[r*lds+j+c]
			}
		}
	}
}

// What transposes rows of so many elements at a time; 0 if nothing does.
var (
	transposeBlockF32, transposeBlockF64 int
	transposeF32                         func(blocks int, src []float32, lds int, dst []float32, ldd int)
	transposeF64                         func(blocks int, src []float64, lds int, dst []float64, ldd int)
)
