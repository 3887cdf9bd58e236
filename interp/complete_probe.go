package interp

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strconv"
)

// probe is a cell that is being written, checked as far as it can be.
type probe struct {
	*checked
	path []ast.Node // the nodes around the cursor, the innermost first
}

// probe checks source, in which anything may be missing, and finds what stands at the cursor. The session must be
// locked. The caller ends it with done.
func (s *Session) probe(source string, cursor, end int) (p probe, done func()) {
	var files []*token.File
	done = func() {
		for _, f := range files {
			s.fset.RemoveFile(f)
		}
		if p.checked != nil {
			forgetForeign(p.pkg)
		}
	}
	try := func(text, tail string) (c *cell, whole bool) {
		ending := scanEnd(text)
		c, file, whole := parseLoosely(s.fset, text+ending.closers()+tail)
		if file != nil {
			files = append(files, file)
		}
		return c, whole && !ending.invalid
	}
	c, whole := try(source, "")
	p.path = s.around(c, cursor)
	// What is before the cursor may be better Go, the head of a statement, or what go and defer call.
	for _, more := range []struct{ rest, tail string }{{}, {rest: "{}"}, {rest: "()"}, {tail: "()"}} {
		if whole {
			break
		}
		var short *cell
		short, whole = try(source[:end]+more.rest, more.tail)
		if path := s.around(short, cursor); len(path) > 0 && (whole || more.rest+more.tail == "") {
			c, p.path = short, path
		}
	}
	c.imports = append(c.imports, s.missingImports(c)...)
	carry := s.dependents(declared(c), receivers(c))
	p.checked, _ = s.checkWith(c, carry, nil)
	return p, done
}

// parseLoosely reads a cell as far as it is Go.
func parseLoosely(fset *token.FileSet, source string) (c *cell, file *token.File, whole bool) {
	const label = "cursor"
	chunks, errs := split(source)
	parsed, err := parser.ParseFile(fset, label, arrange(label, source, chunks), parser.AllErrors|parser.ParseComments|parser.SkipObjectResolution)
	if parsed == nil {
		return &cell{label: label, source: source}, nil, false
	}
	if len(tooDeep(fset, parsed)) > 0 {
		return &cell{label: label, source: source}, fset.File(parsed.FileStart), false
	}
	return gather(label, source, parsed), fset.File(parsed.FileStart), err == nil && len(errs) == 0
}

// missingImports imports the packages that the cell names without having imported them.
func (s *Session) missingImports(c *cell) []*ast.ImportSpec {
	file := &ast.File{Name: ast.NewIdent("main"), Decls: c.decls}
	file.Decls = append(file.Decls[:len(file.Decls):len(file.Decls)], &ast.FuncDecl{
		Name: ast.NewIdent("_"), Type: &ast.FuncType{Params: &ast.FieldList{}}, Body: &ast.BlockStmt{List: c.body},
	})
	own := declared(c)
	for _, spec := range c.imports {
		own[importName(spec)] = true
	}
	var specs []*ast.ImportSpec
	for _, name := range sortedKeys(usedNames(file)) {
		_, known := s.imports[name]
		if path := pathOf(name); path != "" && !own[name] && !known && s.names[name] == nil && preludeImports[name] == "" {
			specs = append(specs, &ast.ImportSpec{Name: ast.NewIdent(name), Path: &ast.BasicLit{Kind: token.STRING, Value: strconv.Quote(path)}})
		}
	}
	return specs
}

// around lists the nodes whose source contains the cursor or ends at it.
func (s *Session) around(c *cell, cursor int) []ast.Node {
	offset := s.offsets(c)
	return enclosing(c, func(n ast.Node) bool {
		return n.Pos().IsValid() && offset(n.Pos()) <= cursor && cursor <= offset(n.End())
	})
}

// offsets finds where in a cell's source a position is.
func (s *Session) offsets(c *cell) func(token.Pos) int {
	lines := lineStarts(c.source)
	return func(pos token.Pos) int {
		at := s.fset.Position(pos)
		if at.Line < 1 || at.Line > len(lines) {
			return -1
		}
		return lines[at.Line-1] + at.Column - 1
	}
}

func lineStarts(source string) []int {
	starts := []int{0}
	for i, b := range []byte(source) {
		if b == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// enclosing lists the nodes of a cell that contain a place, the innermost first.
func enclosing(c *cell, contains func(ast.Node) bool) []ast.Node {
	var path []ast.Node
	visit := func(n ast.Node) bool {
		if n == nil || !contains(n) {
			return false
		}
		path = append(path, n)
		return true
	}
	for _, spec := range c.imports {
		ast.Inspect(spec, visit)
	}
	for _, decl := range c.decls {
		ast.Inspect(decl, visit)
	}
	for _, stmt := range c.body {
		ast.Inspect(stmt, visit)
	}
	slices.Reverse(path)
	return path
}

// visible lists the objects that have a name at pos, the innermost first; those of the universe are left out.
func visible(ch *checked, pos token.Pos) []types.Object {
	scope := ch.top
	for _, inner := range ch.info.Scopes {
		if inner.Contains(pos) && ch.isLocal(inner) && (scope == ch.top || inner.End()-inner.Pos() < scope.End()-scope.Pos()) {
			scope = inner
		}
	}
	seen := map[string]bool{"_": true, bodyName: true}
	var out []types.Object
	for ; scope != nil && scope != types.Universe; scope = scope.Parent() {
		local := scope != ch.top && scope != ch.pkg.Scope()
		for _, name := range scope.Names() {
			obj := scope.Lookup(name)
			if seen[name] || isRecalled(name) || local && obj.Pos() > pos {
				continue
			}
			seen[name] = true
			out = append(out, obj)
		}
	}
	return out
}

// isLocal reports whether a scope is inside of a function of the cell. Functions are checked inside of the cell's
// statements, generic ones beside them.
func (ch *checked) isLocal(scope *types.Scope) bool {
	for outer := scope.Parent(); outer != nil; outer = outer.Parent() {
		if outer == ch.top {
			return true
		}
	}
	return ch.inGeneric(scope.Pos())
}

func (ch *checked) inGeneric(pos token.Pos) bool {
	for _, decl := range ch.decls {
		if fd, ok := decl.(*ast.FuncDecl); ok && isGeneric(fd) && fd.Pos() <= pos && pos < fd.End() {
			return true
		}
	}
	return false
}
