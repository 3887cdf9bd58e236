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

// gonum lists what cells can import of the numerical and plotting libraries. Not of these are formats of graphs, which ask
// nodes and edges for methods that no interface names together: values of cells would not have them.
var gonum = []string{
	"gonum.org/v1/gonum/blas",
	"gonum.org/v1/gonum/blas/blas64",
	"gonum.org/v1/gonum/cmplxs",
	"gonum.org/v1/gonum/cmplxs/cscalar",
	"gonum.org/v1/gonum/diff/fd",
	"gonum.org/v1/gonum/dsp/fourier",
	"gonum.org/v1/gonum/dsp/transform",
	"gonum.org/v1/gonum/dsp/window",
	"gonum.org/v1/gonum/floats",
	"gonum.org/v1/gonum/floats/scalar",
	"gonum.org/v1/gonum/graph",
	"gonum.org/v1/gonum/graph/coloring",
	"gonum.org/v1/gonum/graph/community",
	"gonum.org/v1/gonum/graph/flow",
	"gonum.org/v1/gonum/graph/graphs/gen",
	"gonum.org/v1/gonum/graph/iterator",
	"gonum.org/v1/gonum/graph/layout",
	"gonum.org/v1/gonum/graph/multi",
	"gonum.org/v1/gonum/graph/network",
	"gonum.org/v1/gonum/graph/path",
	"gonum.org/v1/gonum/graph/product",
	"gonum.org/v1/gonum/graph/simple",
	"gonum.org/v1/gonum/graph/spectral",
	"gonum.org/v1/gonum/graph/topo",
	"gonum.org/v1/gonum/graph/traverse",
	"gonum.org/v1/gonum/integrate",
	"gonum.org/v1/gonum/integrate/quad",
	"gonum.org/v1/gonum/interp",
	"gonum.org/v1/gonum/mat",
	"gonum.org/v1/gonum/mathext",
	"gonum.org/v1/gonum/num/dual",
	"gonum.org/v1/gonum/num/dualcmplx",
	"gonum.org/v1/gonum/num/dualquat",
	"gonum.org/v1/gonum/num/hyperdual",
	"gonum.org/v1/gonum/num/quat",
	"gonum.org/v1/gonum/optimize",
	"gonum.org/v1/gonum/optimize/convex/lp",
	"gonum.org/v1/gonum/optimize/functions",
	"gonum.org/v1/gonum/spatial/barneshut",
	"gonum.org/v1/gonum/spatial/curve",
	"gonum.org/v1/gonum/spatial/kdtree",
	"gonum.org/v1/gonum/spatial/r2",
	"gonum.org/v1/gonum/spatial/r3",
	"gonum.org/v1/gonum/spatial/vptree",
	"gonum.org/v1/gonum/stat",
	"gonum.org/v1/gonum/stat/card",
	"gonum.org/v1/gonum/stat/combin",
	"gonum.org/v1/gonum/stat/distmat",
	"gonum.org/v1/gonum/stat/distmv",
	"gonum.org/v1/gonum/stat/distuv",
	"gonum.org/v1/gonum/stat/mds",
	"gonum.org/v1/gonum/stat/samplemv",
	"gonum.org/v1/gonum/stat/sampleuv",
	"gonum.org/v1/gonum/stat/spatial",
	"gonum.org/v1/gonum/unit",
	"gonum.org/v1/gonum/unit/constant",
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
