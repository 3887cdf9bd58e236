package interp

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"os"
	"slices"

	"github.com/gophergrad/gophergrad/interp/lower"
	"github.com/gophergrad/gophergrad/kernel"
)

// Exit statuses of a program that does not end by itself.
const (
	exitCompile  = 1 // it does not compile
	exitPanic    = 2 // it panicked
	exitRefused  = 3 // the interpreter cannot run it rightly: it ran nothing of it, or ended where only running could tell
	exitInternal = 4
)

// RunProgram runs a Go program of one file in the session, as a cell that declares it and calls its main, and gives
// its exit status and, if it did not end by itself, why.
func (s *Session) RunProgram(ctx context.Context, file string, out kernel.Output) (status int, failure *kernel.CellError, err error) {
	os.Args = []string{file}
	source, err := os.ReadFile(file)
	if err != nil {
		return 0, nil, err
	}
	ctx, s.crash = context.WithCancel(ctx)
	defer s.crash()
	outcome := s.execute(ctx, kernel.Cell{Code: string(source), Count: 1}, out, func(string) (*cell, *kernel.CellError) {
		return s.program(file, string(source))
	})
	s.stdio.flush()
	if outcome.Err == nil {
		return 0, nil, nil
	}
	switch outcome.Err.Name {
	case "exit":
		if _, err := fmt.Sscanf(outcome.Err.Value, "os.Exit(%d)", &status); err == nil {
			return status, nil, nil
		}
		return 1, nil, nil
	case "syntax error", "compile error":
		return exitCompile, outcome.Err, nil
	case "unsupported":
		return exitRefused, outcome.Err, nil
	case "internal error":
		return exitInternal, outcome.Err, nil
	}
	return exitPanic, outcome.Err, nil
}

// program makes a cell of a program: variables in the order in which Go initialises them, then the calls of its init
// functions and of main.
func (s *Session) program(name, source string) (*cell, *kernel.CellError) {
	file, err := parser.ParseFile(s.fset, name, source, parser.AllErrors|parser.ParseComments|parser.SkipObjectResolution)
	var list scanner.ErrorList
	if errors.As(err, &list) {
		return nil, syntaxError(name, source, list)
	}
	if errs := embeds(s.fset, file); len(errs) > 0 {
		return nil, s.refusal(name, source, &lower.Refusal{Pos: file.FileStart, What: "a program with //go:embed (os.ReadFile reads a file)"})
	}
	var errs []types.Error
	info := newInfo()
	config := types.Config{Importer: s.importer, GoVersion: "go1.26", Error: func(err error) {
		if e, ok := err.(types.Error); ok {
			errs = append(errs, e)
		}
	}}
	c := &cell{label: name, source: source, imports: file.Imports}
	ch := &checked{cell: c, info: info, pkg: types.NewPackage(lower.CellPath, "main")}
	s.checkFile(&config, ch, file)
	if len(errs) > 0 {
		return nil, s.typeError(ch, errs)
	}
	call := func(fun string, at token.Pos) {
		c.body = append(c.body, &ast.ExprStmt{X: &ast.CallExpr{Fun: &ast.Ident{Name: fun, NamePos: at}, Lparen: at, Rparen: at}})
	}
	var inits []*ast.FuncDecl
	for _, decl := range file.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil && d.Name.Name == "init" {
				d.Name = &ast.Ident{NamePos: d.Name.Pos(), Name: fmt.Sprintf("init_%d", len(inits))}
				inits = append(inits, d)
			}
			c.decls = append(c.decls, d)
		case *ast.GenDecl:
			if d.Tok == token.TYPE || d.Tok == token.CONST {
				c.decls = append(c.decls, d)
			}
		}
	}
	c.globals = variables(file, info)
	c.body = slices.Clone(c.globals)
	for _, init := range inits {
		call(init.Name.Name, init.Pos())
	}
	call("main", file.End())
	return c, nil
}

// variables lists the declarations of the file's variables: those without values first, the others in the order of
// initialisation.
func variables(file *ast.File, info *types.Info) []ast.Stmt {
	specs := map[types.Object]*ast.ValueSpec{}
	var out []ast.Stmt
	add := func(spec *ast.ValueSpec) {
		out = append(out, &ast.DeclStmt{Decl: &ast.GenDecl{TokPos: spec.Pos(), Tok: token.VAR, Specs: []ast.Spec{spec}}})
	}
	for _, decl := range file.Decls {
		gen, ok := decl.(*ast.GenDecl)
		if !ok || gen.Tok != token.VAR {
			continue
		}
		for _, spec := range gen.Specs {
			spec := spec.(*ast.ValueSpec)
			if len(spec.Values) == 0 {
				add(spec)
				continue
			}
			for i, id := range spec.Names {
				single := *spec
				if len(spec.Values) == len(spec.Names) {
					single.Names, single.Values = []*ast.Ident{id}, []ast.Expr{spec.Values[i]}
				}
				specs[info.Defs[id]] = &single
			}
		}
	}
	for _, init := range info.InitOrder {
		if spec := specs[init.Lhs[0]]; spec != nil {
			add(spec)
		}
	}
	return out
}
