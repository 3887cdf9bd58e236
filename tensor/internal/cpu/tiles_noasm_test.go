//go:build noasm || !amd64

package cpu

var (
	asmTilesF32 map[string]tiles[float32]
	asmTilesF64 map[string]tiles[float64]
)
