//go:build noasm || !amd64

package cpu

var (
	tilesF32 = goTiles[float32]()
	tilesF64 = goTiles[float64]()
)
