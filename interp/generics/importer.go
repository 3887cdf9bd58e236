package generics

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"sync"

	"github.com/gophergrad/gophergrad/interp/lower"
)

// Importer parses and checks the sources of a package when first asked for one of its generics.
type Importer struct {
	fset     *token.FileSet
	compiled types.Importer
	mu       sync.Mutex
	packages map[string]*source
}

var _ lower.SourceImporter = (*Importer)(nil)

// source is a checked package; functions are named "Func" and "Recv.Method".
type source struct {
	types     *types.Package
	functions map[string]*lower.Function
}

// NewImporter makes an importer of sources, which find what they import through compiled.
func NewImporter(fset *token.FileSet, compiled types.Importer) *Importer {
	return &Importer{fset: fset, compiled: compiled, packages: map[string]*source{}}
}

// Func finds a function of the package path, or with recv a method of a type; nil if there is no source.
func (im *Importer) Func(path, recv, name string) *lower.Function {
	if recv != "" {
		name = recv + "." + name
	}
	return im.load(path).functions[name]
}

// Type finds a generic type of the package path; nil if there is no source.
func (im *Importer) Type(path, name string) *types.TypeName {
	object, _ := im.load(path).types.Scope().Lookup(name).(*types.TypeName)
	return object
}

func (im *Importer) load(path string) *source {
	path = strings.TrimPrefix(path, lower.SourcePrefix)
	im.mu.Lock()
	defer im.mu.Unlock()
	if s := im.packages[path]; s != nil {
		return s
	}
	s, err := im.check(path)
	if err != nil {
		panic(fmt.Sprintf("the embedded source of %s: %v", path, err))
	}
	im.packages[path] = s
	return s
}

func (im *Importer) check(path string) (*source, error) {
	var files []*ast.File
	for _, file := range Files(path) {
		parsed, err := parser.ParseFile(im.fset, path+"/"+file.Name, file.Text, 0)
		if err != nil {
			return nil, err
		}
		files = append(files, parsed)
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Instances: map[*ast.Ident]types.Instance{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Implicits: map[ast.Node]types.Object{}, Scopes: map[ast.Node]*types.Scope{},
	}
	pkg, err := (&types.Config{Importer: im.compiled}).Check(lower.SourcePrefix+path, im.fset, files, info)
	if err != nil {
		return nil, err
	}
	s := &source{pkg, map[string]*lower.Function{}}
	for _, file := range files {
		for _, decl := range file.Decls {
			decl, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			sig := info.Defs[decl.Name].(*types.Func).Signature()
			s.functions[functionName(decl.Name.Name, sig)] = &lower.Function{Decl: decl, Info: info, Recv: sig.Recv(), Sig: sig}
		}
	}
	return s, nil
}

func functionName(name string, sig *types.Signature) string {
	if sig.Recv() == nil {
		return name
	}
	recv := sig.Recv().Type()
	if p, ok := recv.(*types.Pointer); ok {
		recv = p.Elem()
	}
	return recv.(*types.Named).Obj().Name() + "." + name
}
