package interp

import (
	"go/ast"
	"go/scanner"
	"go/token"
)

// What works on a cell calls itself for what is nested in it, in places several times a level.
const (
	maxNesting = 5000 // syntactic levels
	maxScopes  = 400  // scopes, of which lowered code has more, and yaegi's parser allows 1,000
)

// tooDeep finds where a file is nested beyond sense.
func tooDeep(fset *token.FileSet, file *ast.File) (errs scanner.ErrorList) {
	var around []ast.Node
	scopes := 0
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil {
			last := len(around) - 1
			if isScope(around[last]) {
				scopes--
			}
			around = around[:last]
			return true
		}
		if scopes > maxScopes || len(around) > maxNesting {
			if len(errs) == 0 {
				errs.Add(fset.Position(n.Pos()), "this is nested too deeply: give a part of it a name of its own")
			}
			return false
		}
		if isScope(n) {
			scopes++
		}
		around = append(around, n)
		return true
	})
	return errs
}

func isScope(n ast.Node) bool {
	switch n.(type) {
	case *ast.BlockStmt, *ast.CaseClause, *ast.CommClause, *ast.IfStmt, *ast.ForStmt, *ast.RangeStmt:
		return true
	}
	return false
}
