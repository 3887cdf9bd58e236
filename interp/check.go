package interp

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/gophergrad/gophergrad/interp/lower"
)

// checked is a cell that go/types accepts.
type checked struct {
	*cell
	info      *types.Info
	pkg       *types.Package
	functions []function
	carried   []*entry // declarations of earlier cells that were checked again, because they use what this one redefines
	hoisted   []*types.Var
	replaced  map[*types.TypeName]*types.TypeName // types that the cell declares again, unchanged
	restated  []*entry                            // variables and constants of these types, which are declared again with them
	top       *types.Scope                        // of the cell's statements
	unfit     []unfit                             // what stays as it was

	successors map[string]string // names in lowered code of functions that are declared again → those of the new ones
}

// unfit is a declaration of an earlier cell that does not fit what a cell declares again, and the first reason.
type unfit struct {
	name   string
	reason types.Error
}

// function is a function or method of a cell.
type function struct {
	decl *ast.FuncDecl
	obj  *types.Func
	fn   *lower.Function
}

func newInfo() *types.Info {
	return &types.Info{
		Types:      map[ast.Expr]types.TypeAndValue{},
		Defs:       map[*ast.Ident]types.Object{},
		Uses:       map[*ast.Ident]types.Object{},
		Implicits:  map[ast.Node]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{},
		Instances:  map[*ast.Ident]types.Instance{},
		Scopes:     map[ast.Node]*types.Scope{},
	}
}

// check type-checks a cell against the session, together with earlier declarations that use what it redefines. Of
// those, the ones that no longer fit are left as they were. What is known of a cell with errors is returned too.
func (s *Session) check(c *cell) (*checked, []types.Error) {
	receivers := receivers(c)
	carry := append(s.dependents(declared(c), receivers, c.renews...), s.orphans(c)...)
	var left []unfit
	for {
		ch, errs := s.checkAgainst(c, carry)
		ch.unfit = left
		if len(errs) == 0 {
			if more := s.retyped(ch); len(more) > 0 && !subset(more, carry) {
				again, againErrs := s.checkAgainst(c, append(slices.Clone(carry), more...))
				if len(againErrs) == 0 {
					again.unfit = left
					return again, nil
				}
			}
			return ch, nil
		}
		kept := slices.DeleteFunc(slices.Clone(carry), func(e *entry) bool {
			i := slices.IndexFunc(errs, func(err types.Error) bool { return e.contains(err.Pos) })
			if i < 0 || receivers[e.name] {
				return false
			}
			left = append(left, unfit{e.name, errs[i]})
			return true
		})
		if len(kept) == len(carry) {
			return ch, errs
		}
		carry = kept
	}
}

func subset(a, b []*entry) bool {
	return !slices.ContainsFunc(a, func(e *entry) bool { return !slices.Contains(b, e) })
}

// checkAgainst type-checks the cell and the carried declarations, and older variables of the types that these renew.
func (s *Session) checkAgainst(c *cell, carry []*entry) (*checked, []types.Error) {
	ch, errs := s.checkWith(c, carry, nil)
	if renewed := s.unchangedTypes(ch); len(s.mentioning(renewed)) > 0 {
		return s.checkWith(c, carry, renewed)
	}
	return ch, errs
}

// checkWith type-checks the cell, the carried declarations and the variables of renewed types as one file.
//
// Functions are checked as literals at the end of the cell's body, so that they see the variables that the cell
// declares; the declarations in the file are stubs. Generic functions cannot be literals and stay.
func (s *Session) checkWith(c *cell, carry []*entry, renewed map[*types.TypeName]*types.TypeName) (*checked, []types.Error) {
	ch := &checked{cell: c, info: newInfo(), pkg: types.NewPackage(lower.CellPath, "main"), carried: carry}
	decls := slices.Clone(c.decls)
	redefined := methods(c)
	for _, e := range carry {
		for _, decl := range e.decls() {
			if fd, ok := decl.(*ast.FuncDecl); !ok || fd.Recv == nil || !redefined[receiverName(fd)+"."+fd.Name.Name] {
				decls = append(decls, decl)
			}
		}
	}
	file := &ast.File{Name: ast.NewIdent("main"), Package: c.pos(s.fset)}
	own := map[string]bool{}
	var literals []ast.Stmt
	for _, decl := range decls {
		fd, ok := decl.(*ast.FuncDecl)
		if !ok {
			file.Decls = append(file.Decls, decl)
			for _, name := range declaredBy(decl) {
				own[name] = true
			}
			continue
		}
		ch.functions = append(ch.functions, function{decl: fd})
		if fd.Recv == nil {
			own[fd.Name.Name] = true
		}
		if isGeneric(fd) || fd.Body == nil {
			file.Decls = append(file.Decls, fd)
			continue
		}
		stub := *fd
		stub.Body = &ast.BlockStmt{Lbrace: fd.Body.Lbrace, List: []ast.Stmt{&ast.ForStmt{For: fd.Body.Lbrace, Body: &ast.BlockStmt{Lbrace: fd.Body.Lbrace, Rbrace: fd.Body.Rbrace}}}, Rbrace: fd.Body.Rbrace}
		file.Decls = append(file.Decls, &stub)
		literals = append(literals, &ast.AssignStmt{
			Lhs: []ast.Expr{&ast.Ident{NamePos: fd.Body.Rbrace, Name: "_"}}, TokPos: fd.Body.Rbrace, Tok: token.ASSIGN,
			Rhs: []ast.Expr{&ast.FuncLit{Type: literalType(fd), Body: fd.Body}},
		})
	}
	for _, stmt := range c.globals {
		file.Decls = append(file.Decls, packageLevel(stmt))
		for _, id := range lower.Declared(stmt) {
			own[id.Name] = true
		}
	}
	body := &ast.BlockStmt{List: append(c.statements(), literals...)}
	bodyType := &ast.FuncType{Params: &ast.FieldList{}}
	file.Decls = append(file.Decls, &ast.FuncDecl{Name: ast.NewIdent("_"), Type: bodyType, Body: body})
	w := &speller{session: s, pkg: ch.pkg, at: c.pos(s.fset), renewed: renewed}
	for _, e := range s.mentioning(renewed) {
		imported := slices.ContainsFunc(c.imports, func(spec *ast.ImportSpec) bool { return importName(spec) == e.name })
		if decl := w.declaration(e); decl != nil && !own[e.name] && !imported {
			ch.restated = append(ch.restated, e)
			file.Decls = append(file.Decls, decl)
			own[e.name] = true
		}
	}
	file.Imports = w.imports
	s.addImports(file, c, own)
	s.populate(ch.pkg.Scope(), c, own, file)

	errs := s.strangeReceivers(ch, own)
	if len(errs) > 0 {
		return ch, errs
	}
	var implicit []types.Error
	config := types.Config{
		Importer:  s.importer,
		GoVersion: "go1.26",
		Error: func(err error) {
			switch e, ok := err.(types.Error); {
			case !ok || tolerated(e, c):
			case strings.HasPrefix(e.Msg, implicitAssignment):
				implicit = append(implicit, e)
			default:
				errs = append(errs, e)
			}
		},
	}
	s.checkFile(&config, ch, file)
	if len(implicit) > 0 && nameFields(file, ch.info) {
		return s.checkWith(c, carry, renewed)
	}
	if len(errs) == 0 {
		errs = implicit
	}
	ch.top = ch.info.Scopes[bodyType]
	if len(errs) > 0 {
		return ch, errs
	}
	for i := range ch.functions {
		f := &ch.functions[i]
		f.obj, _ = ch.info.Defs[f.decl.Name].(*types.Func)
		f.fn = &lower.Function{Decl: f.decl, Info: ch.info, Sig: f.obj.Signature()}
		if f.decl.Recv != nil {
			f.fn.Recv = f.obj.Signature().Recv()
			if names := f.decl.Recv.List[0].Names; len(names) > 0 && ch.info.Defs[names[0]] != nil {
				f.fn.Recv = ch.info.Defs[names[0]].(*types.Var)
			}
		}
	}
	ch.hoisted = hoisted(c.body, ch.info)
	return ch, nil
}

const implicitAssignment = "implicit assignment to unexported field"

// nameFields names the fields of the literals of earlier cells' structs that list values only, and reports whether there
// are any: the type checker takes such a type for one of another package, and does not check the values.
func nameFields(file *ast.File, info *types.Info) (named bool) {
	ast.Inspect(file, func(n ast.Node) bool {
		lit, ok := n.(*ast.CompositeLit)
		if !ok || len(lit.Elts) == 0 || info.Types[lit].Type == nil {
			return true
		}
		t := info.Types[lit].Type
		if p, ok := t.Underlying().(*types.Pointer); ok { // &T is left out
			t = p.Elem()
		}
		st, ok := t.Underlying().(*types.Struct)
		if _, keyed := lit.Elts[0].(*ast.KeyValueExpr); !ok || keyed || len(lit.Elts) != st.NumFields() {
			return true
		}
		for field := range st.Fields() {
			if field.Name() == "_" || field.Pkg().Path() != lower.CellPath {
				return true
			}
		}
		for i, value := range lit.Elts {
			key := &ast.Ident{NamePos: value.Pos(), Name: st.Field(i).Name()}
			lit.Elts[i] = &ast.KeyValueExpr{Key: key, Colon: value.Pos(), Value: value}
		}
		named = true
		return true
	})
	return named
}

// strangeReceivers are the methods of types that dot imports brought: the type checker takes every type of the scope for
// one that the file declares.
func (s *Session) strangeReceivers(ch *checked, own map[string]bool) (errs []types.Error) {
	for _, decl := range ch.decls {
		fd, ok := decl.(*ast.FuncDecl)
		if !ok || fd.Recv == nil || own[receiverName(fd)] {
			continue
		}
		if t, ok := ch.pkg.Scope().Lookup(receiverName(fd)).(*types.TypeName); ok {
			errs = append(errs, types.Error{Fset: s.fset, Pos: fd.Recv.Pos(), Msg: "cannot define new methods on non-local type " + typeText(t.Type())})
		}
	}
	return errs
}

// checkFile runs the type checker; its errors come through the configuration.
func (s *Session) checkFile(config *types.Config, ch *checked, file *ast.File) {
	s.checkMu.Lock()
	defer s.checkMu.Unlock()
	types.NewChecker(config, s.fset, ch.pkg, ch.info).Files([]*ast.File{file})
}

// literalType is the type of the literal that stands for a function or method.
func literalType(fd *ast.FuncDecl) *ast.FuncType {
	if fd.Recv == nil || len(fd.Recv.List) == 0 {
		return fd.Type
	}
	recv := fd.Recv.List[0]
	if len(recv.Names) == 0 {
		recv = &ast.Field{Names: []*ast.Ident{{NamePos: recv.Pos(), Name: "_"}}, Type: recv.Type}
	}
	params := &ast.FieldList{Opening: fd.Type.Params.Opening, List: []*ast.Field{recv}}
	for _, field := range fd.Type.Params.List {
		if len(field.Names) == 0 { // named and unnamed parameters do not mix
			field = &ast.Field{Names: []*ast.Ident{{NamePos: field.Pos(), Name: "_"}}, Type: field.Type}
		}
		params.List = append(params.List, field)
	}
	return &ast.FuncType{Func: fd.Type.Func, Params: params, Results: fd.Type.Results}
}

// isGeneric reports whether the declaration has type parameters, its own or its receiver's.
func isGeneric(fd *ast.FuncDecl) bool {
	if fd.Type.TypeParams != nil {
		return true
	}
	if fd.Recv == nil || len(fd.Recv.List) == 0 {
		return false
	}
	t := ast.Unparen(fd.Recv.List[0].Type)
	if star, ok := t.(*ast.StarExpr); ok {
		t = ast.Unparen(star.X)
	}
	switch t.(type) {
	case *ast.IndexExpr, *ast.IndexListExpr:
		return true
	}
	return false
}

// tolerated reports whether a notebook accepts what the compiler refuses: a variable or import that the cell's
// statements do not use (yet), and its values.
func tolerated(e types.Error, c *cell) bool {
	switch {
	case strings.Contains(e.Msg, " imported ") && strings.HasSuffix(e.Msg, "and not used"):
		return true
	case strings.HasPrefix(e.Msg, "declared and not used"):
		_, within := slices.BinarySearchFunc(c.body, e.Pos, func(stmt ast.Stmt, pos token.Pos) int {
			switch {
			case stmt.End() <= pos:
				return -1
			case pos < stmt.Pos():
				return 1
			}
			return 0
		})
		return within
	case strings.HasSuffix(e.Msg, "is not used") && len(c.body) > 0:
		for _, stmt := range c.body[len(c.body)-c.values:] {
			if value, ok := stmt.(*ast.ExprStmt); ok && value.Pos() <= e.Pos && e.Pos < value.End() {
				return true
			}
		}
	}
	return false
}

// hoisted lists the variables of a cell's top level, which the session keeps.
func hoisted(body []ast.Stmt, info *types.Info) []*types.Var {
	var vars []*types.Var
	for _, stmt := range body {
		for _, id := range lower.Declared(stmt) {
			if v, ok := info.Defs[id].(*types.Var); ok && id.Name != "_" {
				vars = append(vars, v)
			}
		}
	}
	return vars
}

// declared lists the names of functions, types and constants that a cell declares.
func declared(c *cell) map[string]bool {
	names := map[string]bool{}
	for _, decl := range c.decls {
		for _, name := range declaredBy(decl) {
			names[name] = true
		}
	}
	return names
}

// methods lists the methods that a cell declares, as T.m.
func methods(c *cell) map[string]bool {
	names := map[string]bool{}
	for _, decl := range c.decls {
		if fd, ok := decl.(*ast.FuncDecl); ok && fd.Recv != nil {
			names[receiverName(fd)+"."+fd.Name.Name] = true
		}
	}
	return names
}

// receivers lists the types to which a cell declares methods.
func receivers(c *cell) map[string]bool {
	names := map[string]bool{}
	for name := range methods(c) {
		recv, _, _ := strings.Cut(name, ".")
		names[recv] = true
	}
	return names
}

func declaredBy(decl ast.Decl) []string {
	var names []string
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			names = append(names, d.Name.Name)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				names = append(names, spec.Name.Name)
			case *ast.ValueSpec:
				for _, id := range spec.Names {
					names = append(names, id.Name)
				}
			}
		}
	}
	return names
}

// receiverName is the name of the type that a method belongs to.
func receiverName(fd *ast.FuncDecl) string {
	if len(fd.Recv.List) == 0 {
		return ""
	}
	t := fd.Recv.List[0].Type
	for {
		switch x := t.(type) {
		case *ast.ParenExpr:
			t = x.X
		case *ast.StarExpr:
			t = x.X
		case *ast.IndexExpr:
			t = x.X
		case *ast.IndexListExpr:
			t = x.X
		case *ast.Ident:
			return x.Name
		default:
			return ""
		}
	}
}

// pos is a position inside of the cell's file.
func (c *cell) pos(fset *token.FileSet) token.Pos {
	for _, d := range c.decls {
		return d.Pos()
	}
	for _, s := range c.body {
		return s.Pos()
	}
	return token.NoPos
}
