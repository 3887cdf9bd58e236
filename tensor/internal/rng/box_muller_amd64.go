//go:build !noasm

package rng

import "golang.org/x/sys/cpu"

var hasAVX2 = cpu.X86.HasAVX2 && cpu.X86.HasFMA

func boxMullerF32(d []float32, mean, std float32) {
	if hasAVX2 {
		boxMullerAVX2(d, mean, std)
	} else {
		boxMullerGo(d, mean, std)
	}
}
