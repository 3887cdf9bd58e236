package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/gcexportdata"
)

// exports reads the compiler's export data, all packages into one world of types.
type exports struct {
	fset    *token.FileSet
	imports map[string]*types.Package
}

func newExports() *exports { return &exports{token.NewFileSet(), map[string]*types.Package{}} }

func (e *exports) read(path, file string) (*types.Package, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r, err := gcexportdata.NewReader(f)
	if err != nil {
		return nil, err
	}
	return gcexportdata.Read(r, e.fset, e.imports, path)
}

// Import gives a package that has been read.
func (e *exports) Import(path string) (*types.Package, error) { return e.imports[path], nil }

// encodeTypes writes a package's types in the indexed format, which is stable and, without a file set, free of paths.
func encodeTypes(pkg *types.Package) ([]byte, error) {
	var b bytes.Buffer
	if err := gcexportdata.Write(&b, nil, pkg); err != nil {
		return nil, err
	}
	return compress(b.Bytes())
}

// encodeDoc writes the doc comments of a package as compressed JSON: "" the package, "Name", "Type.Member".
func encodeDoc(p *listed) ([]byte, error) {
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range p.GoFiles {
		file, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	// AllDecls: exported members of an unexported type count where such a type is embedded or returned.
	pkg, err := doc.NewFromFiles(fset, files, p.ImportPath, doc.AllDecls|doc.PreserveAST)
	if err != nil {
		return nil, err
	}
	docs := docMap{"": strings.TrimSpace(pkg.Doc)}
	docs.values(pkg.Consts)
	docs.values(pkg.Vars)
	docs.funcs("", pkg.Funcs)
	for _, t := range pkg.Types {
		docs.add(t.Name, t.Doc)
		docs.values(t.Consts)
		docs.values(t.Vars)
		docs.funcs("", t.Funcs)
		docs.funcs(t.Name+".", t.Methods)
		for _, spec := range t.Decl.Specs {
			docs.members(t.Name+".", spec.(*ast.TypeSpec).Type)
		}
	}
	text, err := json.Marshal(docs)
	if err != nil {
		return nil, err
	}
	return compress(text)
}

type docMap map[string]string

func (d docMap) add(name string, comments ...string) {
	member := name[strings.LastIndex(name, ".")+1:]
	if !ast.IsExported(member) {
		return
	}
	for _, comment := range comments {
		if comment = strings.TrimSpace(comment); comment != "" {
			d[name] = comment
			return
		}
	}
}

func (d docMap) funcs(prefix string, funcs []*doc.Func) {
	for _, f := range funcs {
		d.add(prefix+f.Name, f.Doc)
	}
}

// values adds constants or variables: each name's own comment, else its group's.
func (d docMap) values(groups []*doc.Value) {
	for _, group := range groups {
		for _, spec := range group.Decl.Specs {
			spec := spec.(*ast.ValueSpec)
			for _, name := range spec.Names {
				d.add(name.Name, spec.Doc.Text(), spec.Comment.Text(), group.Doc)
			}
		}
	}
}

// members adds the fields of a struct and the methods of an interface.
func (d docMap) members(prefix string, t ast.Expr) {
	var fields *ast.FieldList
	switch t := t.(type) {
	case *ast.StructType:
		fields = t.Fields
	case *ast.InterfaceType:
		fields = t.Methods
	default:
		return
	}
	for _, field := range fields.List {
		for _, name := range field.Names {
			d.add(prefix+name.Name, field.Doc.Text(), field.Comment.Text())
		}
	}
}

func compress(data []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
