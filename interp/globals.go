package interp

import (
	"go/ast"
	"go/token"
	"slices"

	"github.com/gophergrad/gophergrad/interp/lower"
)

// usedByGenerics finds the statements of a cell's top level that declare variables which its generic functions use.
// These functions are checked at package level (see checkWith), so the variables must be there too; so must those that
// their initial values use.
func usedByGenerics(c *cell) []ast.Stmt {
	used := map[string]bool{}
	for _, decl := range c.decls {
		if fd, ok := decl.(*ast.FuncDecl); ok && isGeneric(fd) {
			addNames(used, fd)
		}
	}
	times := map[string]int{}
	for _, stmt := range c.body {
		for _, id := range lower.Declared(stmt) {
			times[id.Name]++
		}
	}
	var out []ast.Stmt
	for n := -1; n != len(out); {
		n = len(out)
		for _, stmt := range c.body {
			names := lower.Declared(stmt)
			wanted := slices.ContainsFunc(names, func(id *ast.Ident) bool { return used[id.Name] })
			shared := slices.ContainsFunc(names, func(id *ast.Ident) bool { return id.Name != "_" && times[id.Name] > 1 })
			if _, labeled := stmt.(*ast.LabeledStmt); wanted && !shared && !labeled && !slices.Contains(out, stmt) {
				out = append(out, stmt)
				addNames(used, stmt)
			}
		}
	}
	return out
}

// addNames adds all identifiers of a node.
func addNames(names map[string]bool, n ast.Node) {
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			names[id.Name] = true
		}
		return true
	})
}

// packageLevel gives a statement that declares variables the form that it has outside of functions.
func packageLevel(stmt ast.Stmt) ast.Decl {
	assign, ok := stmt.(*ast.AssignStmt)
	if !ok {
		return stmt.(*ast.DeclStmt).Decl
	}
	return &ast.GenDecl{TokPos: assign.Pos(), Tok: token.VAR, Specs: []ast.Spec{
		&ast.ValueSpec{Names: lower.Declared(stmt), Values: assign.Rhs},
	}}
}

// statements are the statements to check in a function.
func (c *cell) statements() []ast.Stmt {
	return slices.DeleteFunc(slices.Clone(c.body), func(s ast.Stmt) bool { return slices.Contains(c.globals, s) })
}
