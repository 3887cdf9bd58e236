package symbols

import (
	"bytes"
	"compress/gzip"
	"embed"
	"fmt"
	"go/token"
	"go/types"
	"io"
	"strings"
	"sync"

	"golang.org/x/tools/go/gcexportdata"
)

//go:embed data
var files embed.FS

// Importer gives go/types the packages that cells can import. It reads each when first asked for and always gives
// the same *types.Package. Import may be called from several goroutines; but it may also add declarations to
// packages given before, so nothing may be looked up in those meanwhile.
type Importer struct {
	mu       sync.Mutex
	fset     *token.FileSet
	known    map[string]*types.Package // also what imported packages mention, incomplete
	imported map[string]bool
}

var _ types.ImporterFrom = (*Importer)(nil)

// NewImporter makes an importer that has read nothing yet.
func NewImporter(fset *token.FileSet) *Importer {
	return &Importer{fset: fset, known: map[string]*types.Package{}, imported: map[string]bool{}}
}

// Import gives the package with this import path. An unknown path is an error that says what there is.
func (im *Importer) Import(path string) (*types.Package, error) {
	im.mu.Lock()
	defer im.mu.Unlock()
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if im.imported[path] {
		return im.known[path], nil
	}
	if registered[path] == nil {
		return nil, fmt.Errorf("cells cannot import %q: they can import the standard library, gonum, gonum/plot and the framework", path)
	}
	encoded, err := inflate(path, ".types")
	if err != nil {
		return nil, err
	}
	pkg, err := gcexportdata.Read(bytes.NewReader(encoded), im.fset, im.known, path)
	if err != nil {
		return nil, err
	}
	im.imported[path] = true
	return pkg, nil
}

// ImportFrom is Import: cells have no folder of their own and no vendored packages.
func (im *Importer) ImportFrom(path, _ string, _ types.ImportMode) (*types.Package, error) {
	return im.Import(path)
}

// inflate reads a package's embedded file of one kind.
func inflate(path, kind string) ([]byte, error) {
	stem := strings.ReplaceAll(strings.TrimPrefix(path, "github.com/gophergrad/"), "/", "_")
	compressed, err := files.ReadFile("data/" + stem + kind)
	if err != nil {
		return nil, err
	}
	r, err := gzip.NewReader(bytes.NewReader(compressed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}
