package main

import "strings"

const module = "github.com/gophergrad/gophergrad/"

// framework lists our own packages that cells can import. One that does not exist yet is left out with a note.
var framework = []string{
	module + "tensor",
	module + "tensor/format",
	module + "autograd",
	module + "nn",
	module + "nn/optim",
	module + "nn/data",
	module + "nn/keras",
	module + "display",
	module + "display/tensorboard",
	module + "display/widgets",
}

// gonum lists what cells can import of the numerical and plotting libraries.
var gonum = []string{
	"gonum.org/v1/gonum/blas",
	"gonum.org/v1/gonum/diff/fd",
	"gonum.org/v1/gonum/dsp/fourier",
	"gonum.org/v1/gonum/dsp/window",
	"gonum.org/v1/gonum/floats",
	"gonum.org/v1/gonum/floats/scalar",
	"gonum.org/v1/gonum/integrate",
	"gonum.org/v1/gonum/mat",
	"gonum.org/v1/gonum/optimize",
	"gonum.org/v1/gonum/stat",
	"gonum.org/v1/gonum/stat/combin",
	"gonum.org/v1/gonum/stat/distmv",
	"gonum.org/v1/gonum/stat/distuv",
	"gonum.org/v1/gonum/stat/sampleuv",
	"gonum.org/v1/plot",
	"gonum.org/v1/plot/font",
	"gonum.org/v1/plot/palette",
	"gonum.org/v1/plot/palette/brewer",
	"gonum.org/v1/plot/palette/moreland",
	"gonum.org/v1/plot/plotter",
	"gonum.org/v1/plot/plotutil",
	"gonum.org/v1/plot/text",
	"gonum.org/v1/plot/vg",
	"gonum.org/v1/plot/vg/draw",
	"gonum.org/v1/plot/vg/vgimg",
	"gonum.org/v1/plot/vg/vgsvg",
}

// excluded names the public standard packages that cells cannot import, with the reason.
var excluded = map[string]string{
	"unsafe":                 "known to the type checker; nothing to link",
	"plugin":                 "needs cgo",
	"runtime/cgo":            "needs cgo",
	"runtime/race":           "empty",
	"net/http/pprof":         "its init opens the process to every server on http.DefaultServeMux",
	"time/tzdata":            "half a megabyte of data without a symbol",
	"crypto/mlkem/mlkemtest": "for tests of the standard library",
	"testing/cryptotest":     "for tests of the standard library",
}

// platforms gives the build constraint of packages whose symbols differ from one platform to the next.
var platforms = map[string]string{
	"syscall":    "linux && amd64",
	"log/syslog": "!windows",
}

// standard keeps the public packages of a list of the standard library's.
func standard(all []string) []string {
	var public []string
	for _, path := range all {
		if _, skip := excluded[path]; !skip && importable(path) {
			public = append(public, path)
		}
	}
	return public
}

// importable reports whether any package may import path.
func importable(path string) bool {
	for _, element := range strings.Split(path, "/") {
		if element == "internal" || element == "vendor" {
			return false
		}
	}
	return true
}

// fileName turns an import path into the stem of a file's name.
func fileName(path string) string {
	return strings.ReplaceAll(strings.TrimPrefix(path, "github.com/gophergrad/"), "/", "_")
}
