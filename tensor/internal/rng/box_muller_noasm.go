//go:build noasm || !amd64

package rng

func boxMullerF32(d []float32, mean, std float32) { boxMullerGo(d, mean, std) }
