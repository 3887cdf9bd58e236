package lower

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// uses is what a function, with the literals within, does with its variables.
type uses struct {
	shared   map[types.Object]bool // a literal captures them, or their address is taken
	assigned map[types.Object]bool // something other than their declaration gives them a value
}

// study finds out what becomes of the variables of a function with this body.
func (f *fn) study(body ast.Node) {
	f.uses = uses{map[types.Object]bool{}, map[types.Object]bool{}}
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			f.captures(n)
		case *ast.RangeStmt: // its body becomes a function literal when it ranges over a function
			if _, ok := f.typ(n.X).Underlying().(*types.Signature); ok {
				f.captures(n.Body)
			}
			if n.Tok == token.ASSIGN {
				f.assigns(n.Key, n.Value)
			}
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				f.exposes(n.X)
			}
		case *ast.SelectorExpr: // a method with a pointer receiver takes the address
			if sel, ok := f.info.Selections[n]; ok && sel.Kind() == types.MethodVal {
				f.exposes(n.X)
			}
		case *ast.SliceExpr:
			if _, isArray := f.typ(n.X).Underlying().(*types.Array); isArray {
				f.exposes(n.X)
			}
		case *ast.AssignStmt:
			f.assigns(n.Lhs...)
		case *ast.IncDecStmt:
			f.assigns(n.X)
		}
		return true
	})
}

// captures notes the variables from outside of a function literal that it uses.
func (f *fn) captures(literal ast.Node) {
	ast.Inspect(literal, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if obj := f.info.Uses[id]; obj != nil && (obj.Pos() < literal.Pos() || obj.Pos() > literal.End()) {
				f.uses.shared[obj] = true
			}
		}
		return true
	})
}

// exposes notes the variable in which e, whose address is taken, lies.
func (f *fn) exposes(e ast.Expr) {
	for {
		switch x := ast.Unparen(e).(type) {
		case *ast.Ident:
			f.uses.shared[f.info.Uses[x]] = true
			return
		case *ast.SelectorExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		default:
			return
		}
	}
}

func (f *fn) assigns(targets ...ast.Expr) {
	for _, e := range targets {
		if id, ok := e.(*ast.Ident); ok && f.info.Uses[id] != nil {
			f.uses.assigned[f.info.Uses[id]] = true
		}
	}
}

// looped lowers a loop. What is declared in it, and nothing shares, has its place before the outermost loop: yaegi
// allocates a variable every time that it passes the declaration.
func (f *fn) looped(lower func()) {
	if f.outside != nil {
		lower()
		return
	}
	f.outside = new(strings.Builder)
	text := f.capture(lower)
	f.body.WriteString(f.outside.String() + text)
	f.outside = nil
}

// keeps reports whether a variable of type t can have its place before the loop. Functions cannot, which yaegi keeps
// in a way of its own.
func (f *fn) keeps(t types.Type) bool {
	_, isFunc := t.Underlying().(*types.Signature)
	return f.outside != nil && !isFunc
}
