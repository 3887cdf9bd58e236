// Command gen writes the package's amd64 assembly with avo: gen -part NAME plus avo's flags.
package main

import (
	"flag"
	"log"

	. "github.com/mmcloughlin/avo/build"
)

//go:generate go run . -part gemm_avx2 -out ../gemm_avx2_amd64.s -stubs ../gemm_avx2_amd64.go -pkg cpu
//go:generate go run . -part gemm_avx512 -out ../gemm_avx512_amd64.s -stubs ../gemm_avx512_amd64.go -pkg cpu
//go:generate go run . -part pack -out ../pack_amd64.s -stubs ../pack_amd64.go -pkg cpu
//go:generate go run . -part vec -out ../vec_avx2_amd64.s -stubs ../vec_avx2_amd64.go -pkg cpu
//go:generate go run . -part vec_avx512 -out ../vec_avx512_amd64.s -stubs ../vec_avx512_amd64.go -pkg cpu
//go:generate go run . -part fft -out ../../fft/pass_avx2_amd64.s -stubs ../../fft/pass_avx2_amd64.go -pkg fft

var parts = map[string]func(){
	"gemm_avx2":   func() { gemmTiles(avx2F32); gemmTiles(avx2F64) },
	"gemm_avx512": func() { gemmTiles(avx512F32); gemmTiles(avx512F64) },
	"vec_avx512":  func() { sumWide(); transcendentals(avx512F32) },
	"fft": func() {
		for _, a := range []arithmetic{fftF32, fftF64} {
			a.passes()
			a.splitAndJoin()
			a.halves()
		}
	},
	"pack": func() { transposeF32(); transposeF64() },
	"vec":  func() { vecF32(); vecF64(); conversions(); trigonometry() },
}

func main() {
	part := flag.String("part", "", "the `name` of the file to write")
	flag.Parse()
	write, ok := parts[*part]
	if !ok {
		log.Fatalf("gen: no part %q", *part)
	}
	ConstraintExpr("!noasm")
	write()
	Generate()
}
