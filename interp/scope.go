package interp

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"path"
	"reflect"
	"slices"
	"strconv"

	"github.com/gophergrad/gophergrad/interp/symbols"
)

// entry is what a top-level name of the session means now.
type entry struct {
	name     string
	obj      types.Object
	decl     ast.Decl                 // a function's declaration, or the type's alone
	methods  map[string]*ast.FuncDecl // of a type
	uses     map[string]bool          // the top-level names it uses
	value    reflect.Value            // of a variable: its memory
	captured bool                     // a function literal uses the variable
	debugged bool                     // its functions are lowered for a debugger
	cell     string
	source   string // the cell's
}

// decls are the declarations that define the entry.
func (e *entry) decls() []ast.Decl {
	out := []ast.Decl{e.decl}
	for _, name := range sortedKeys(e.methods) {
		out = append(out, e.methods[name])
	}
	return out
}

// contains reports whether the entry's source contains pos.
func (e *entry) contains(pos token.Pos) bool {
	for _, d := range e.decls() {
		if d.Pos() <= pos && pos < d.End() {
			return true
		}
	}
	return false
}

// dependents finds the declarations of earlier cells to check again with a cell: the types to which it declares
// methods, and everything that uses these or one of the names it declares, directly or not.
func (s *Session) dependents(own, receivers map[string]bool, others ...*entry) []*entry {
	changed := maps.Clone(own)
	var out []*entry
	carry := func(e *entry) {
		if e != nil && e.decl != nil && !own[e.name] && !slices.Contains(out, e) {
			out = append(out, e)
			changed[e.name] = true
		}
	}
	for _, name := range sortedKeys(receivers) {
		carry(s.names[name])
	}
	for _, e := range others {
		carry(e)
	}
	for n := -1; n != len(changed); {
		n = len(changed)
		for _, name := range sortedKeys(s.names) {
			if e := s.names[name]; e.usesAny(changed) {
				carry(e)
			} else if s.isOfChanged(e, changed) { // its methods are others
				changed[name] = true
			}
		}
	}
	return out
}

// orphans are the methods that cells of their own gave to types which a cell declares again. Methods that stood beside
// the type come again with it, or are meant to go.
func (s *Session) orphans(c *cell) []*entry {
	var out []*entry
	for _, name := range sortedKeys(declared(c)) {
		e := s.names[name]
		if e == nil || e.decl == nil {
			continue
		}
		beside := s.fset.File(e.decl.Pos())
		for _, method := range sortedKeys(e.methods) {
			if decl := e.methods[method]; s.fset.File(decl.Pos()) != beside {
				out = append(out, &entry{name: name + "." + method, decl: decl})
			}
		}
	}
	return out
}

// isOfChanged reports whether e is a variable with a type that is built of one declared again.
func (s *Session) isOfChanged(e *entry, changed map[string]bool) bool {
	v, ok := e.obj.(*types.Var)
	return ok && mentions(v.Type(), func(t *types.TypeName) bool { return changed[t.Name()] && s.oldType(t.Name()) == t })
}

func (e *entry) usesAny(names map[string]bool) bool {
	for name := range e.uses {
		if names[name] {
			return true
		}
	}
	return false
}

// retyped finds functions that use a variable which the cell gives another type.
func (s *Session) retyped(ch *checked) []*entry {
	changed := map[string]bool{}
	for _, v := range ch.hoisted {
		if old, ok := s.names[v.Name()]; ok {
			if oldVar, ok := old.obj.(*types.Var); !ok || s.lowerer.Key(oldVar.Type()) != s.lowerer.Key(v.Type()) {
				changed[v.Name()] = true
			}
		}
	}
	if len(changed) == 0 {
		return nil
	}
	own := declared(ch.cell)
	return slices.DeleteFunc(s.dependents(changed, nil), func(e *entry) bool { return own[e.name] })
}

// populate puts what the session knows into the scope of a cell's package, less what the cell declares itself.
func (s *Session) populate(scope *types.Scope, c *cell, own map[string]bool, file *ast.File) {
	for _, v := range c.locals {
		if !own[v.obj.Name()] {
			scope.Insert(v.obj)
		}
	}
	imported := map[string]bool{}
	for _, spec := range file.Imports {
		imported[importName(spec)] = true
	}
	for name, e := range s.names {
		if !own[name] && !imported[name] && e.obj != nil {
			scope.Insert(e.obj)
		}
	}
	for _, pkg := range s.dots {
		for _, name := range pkg.Scope().Names() {
			if obj := pkg.Scope().Lookup(name); obj.Exported() && !own[name] && s.names[name] == nil {
				scope.Insert(obj)
			}
		}
	}
}

// addImports gives the cell's file its imports: the cell's own, those of earlier cells, and the packages that need no
// import line.
func (s *Session) addImports(file *ast.File, c *cell, own map[string]bool) {
	add := func(name, path string) {
		spec := &ast.ImportSpec{Name: &ast.Ident{NamePos: file.Package, Name: name}, Path: &ast.BasicLit{ValuePos: file.Package, Kind: token.STRING, Value: strconv.Quote(path)}}
		file.Imports = append(file.Imports, spec)
	}
	known := map[string]string{}
	for name, path := range preludeImports {
		if s.names[name] == nil {
			known[name] = path
		}
	}
	for name, path := range s.imports {
		known[name] = path
	}
	for _, spec := range c.imports {
		name := importName(spec)
		if name == "_" {
			continue
		}
		if name == "." {
			if pkg, err := s.importer.Import(unquote(spec.Path.Value)); err != nil || !slices.Contains(s.dots, pkg) {
				file.Imports = append(file.Imports, spec)
			}
			continue
		}
		delete(known, name)
		if own[name] || slices.ContainsFunc(file.Imports, func(same *ast.ImportSpec) bool {
			return importName(same) == name && same.Path.Value == spec.Path.Value
		}) {
			continue
		}
		file.Imports = append(file.Imports, spec)
	}
	used := usedNames(file)
	for _, name := range sortedKeys(known) {
		if used[name] && !own[name] {
			add(name, known[name])
		}
	}
	if len(file.Imports) == 0 {
		return
	}
	decl := &ast.GenDecl{TokPos: file.Package, Tok: token.IMPORT, Lparen: file.Package}
	for _, spec := range file.Imports {
		decl.Specs = append(decl.Specs, spec)
	}
	file.Decls = append([]ast.Decl{decl}, file.Decls...)
}

// usedNames lists the names that qualify a selector somewhere in the file.
func usedNames(file *ast.File) map[string]bool {
	used := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := sel.X.(*ast.Ident); ok {
				used[id.Name] = true
			}
		}
		return true
	})
	return used
}

// importName is the name that an import binds.
func importName(spec *ast.ImportSpec) string {
	if spec.Name != nil {
		return spec.Name.Name
	}
	p, _ := strconv.Unquote(spec.Path.Value)
	if name := symbols.Name(p); name != "" {
		return name
	}
	return path.Base(p)
}

const framework = "github.com/gophergrad/gophergrad/"

// preludeImports are the packages that a cell can use without importing them.
var preludeImports = prelude()

func prelude() map[string]string {
	names := map[string]string{}
	for _, p := range []string{
		"bufio", "bytes", "cmp", "context", "encoding/csv", "encoding/json", "errors", "fmt", "image", "image/color", "io", "iter",
		"log", "maps", "math", "math/big", "math/bits", "math/cmplx", "math/rand", "net/http", "os", "path/filepath", "reflect", "regexp",
		"runtime", "slices", "sort", "strconv", "strings", "sync", "sync/atomic", "time", "unicode", "unicode/utf8",
		"gonum.org/v1/gonum/mat", "gonum.org/v1/gonum/stat",
		"gonum.org/v1/gonum/floats", "gonum.org/v1/plot", "gonum.org/v1/plot/plotter", "gonum.org/v1/plot/vg",
		framework + "tensor", framework + "autograd", framework + "nn", framework + "nn/optim", framework + "nn/data",
		framework + "nn/keras", framework + "nn/init", framework + "display", framework + "display/tensorboard", framework + "display/widgets",
		framework + "tensor/format",
	} {
		if name := symbols.Name(p); name != "" {
			names[name] = p
		}
	}
	return names
}
