//go:build !noasm

package fft

import "golang.org/x/sys/cpu"

func init() {
	if !cpu.X86.HasAVX2 || !cpu.X86.HasFMA {
		return
	}
	passes32 = passes[float32]{2: pass2F32AVX2, 3: pass3F32AVX2, 4: pass4F32AVX2, 5: pass5F32AVX2}
	passes64 = passes[float64]{2: pass2F64AVX2, 3: pass3F64AVX2, 4: pass4F64AVX2, 5: pass5F64AVX2}
	split32, split64 = splitF32AVX2, splitF64AVX2
	join32, join64 = joinF32AVX2, joinF64AVX2
	halves32, halves64 = [2]halves[float32]{evenF32AVX2, oddF32AVX2}, [2]halves[float64]{evenF64AVX2, oddF64AVX2}
}
