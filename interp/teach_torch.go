package interp

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"strings"

	"github.com/gophergrad/gophergrad/tensor"
)

// What people write who come from PyTorch, where the type checker refuses it: operators and indices on tensors, calls of
// modules, names in Python's spelling.

// operatorMethods are the methods that stand for Python's operators.
var operatorMethods = map[token.Token]string{
	token.ADD: "Add", token.SUB: "Sub", token.MUL: "Mul", token.QUO: "Div", token.REM: "Remainder",
	token.AND: "BitAnd", token.OR: "BitOr", token.XOR: "BitXor", token.SHL: "ShiftLeft", token.SHR: "ShiftRight",
	token.EQL: "Eq", token.NEQ: "Ne", token.LSS: "Lt", token.LEQ: "Le", token.GTR: "Gt", token.GEQ: "Ge",
	token.LAND: "LogicalAnd", token.LOR: "LogicalOr",
}

// mirrored are the methods for a number left of a tensor.
var mirrored = map[token.Token]string{
	token.ADD: "AddScalar", token.SUB: "RSubScalar", token.MUL: "MulScalar", token.QUO: "RDivScalar",
	token.EQL: "EqScalar", token.NEQ: "NeScalar", token.LSS: "GtScalar", token.LEQ: "GeScalar", token.GTR: "LtScalar", token.GEQ: "LeScalar",
}

func isTensor(t types.Type) bool {
	return t != nil && t.String() == "*github.com/gophergrad/gophergrad/tensor.Tensor"
}

func hasTensorMethod(name string) bool {
	_, ok := reflect.TypeFor[*tensor.Tensor]().MethodByName(name)
	return ok
}

// torchHabit is the Go for an expression of PyTorch around an error, whose path of nodes begins innermost.
func torchHabit(info *types.Info, err types.Error, path []ast.Node) string {
	text, of := types.ExprString, info.TypeOf
	for _, n := range path {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			if star, ok := n.Y.(*ast.StarExpr); ok && n.Op == token.MUL && strings.HasPrefix(err.Msg, "invalid operation: cannot indirect") {
				if isTensor(of(n.X)) {
					return fmt.Sprintf("; Go writes %s.Pow(%s)", text(n.X), text(star.X))
				}
				return fmt.Sprintf("; Go writes math.Pow(%s, %s)", text(n.X), text(star.X))
			}
			return operatorHabit(n.Op, n.X, n.Y, of)
		case *ast.AssignStmt:
			if op, ok := operatorMethods[n.Tok+token.ADD-token.ADD_ASSIGN]; ok && n.Tok >= token.ADD_ASSIGN && isTensor(of(n.Lhs[0])) {
				x, y := text(n.Lhs[0]), text(n.Rhs[0])
				if !isTensor(of(n.Rhs[0])) {
					op += "Scalar"
				}
				return fmt.Sprintf("; Go writes %s = %[1]s.%s(%s)", x, op, y)
			}
			return ""
		case *ast.UnaryExpr:
			if isTensor(of(n.X)) {
				if method, ok := map[token.Token]string{token.SUB: "Neg", token.XOR: "BitNot", token.NOT: "LogicalNot"}[n.Op]; ok {
					return fmt.Sprintf("; Go writes %s.%s()", text(n.X), method)
				}
			}
		case *ast.IndexExpr:
			if isTensor(of(n.X)) {
				return fmt.Sprintf("; Go writes %s.Index(%s), or %[1]s.At(…) for one number and %[1]s.SetIndex(value, …) to set", text(n.X), text(n.Index))
			}
		case *ast.IndexListExpr:
			if isTensor(of(n.X)) {
				indices := make([]string, len(n.Indices))
				for i, index := range n.Indices {
					indices[i] = text(index)
				}
				return fmt.Sprintf("; Go writes %s.At(%s), %[1]s.Index(%[2]s), or %[1]s.SetIndex(value, %[2]s) to set", text(n.X), strings.Join(indices, ", "))
			}
		case *ast.SliceExpr:
			if isTensor(of(n.X)) {
				return fmt.Sprintf("; Go writes %s.Index(%s)", text(n.X), span(n))
			}
		case *ast.CallExpr:
			if hint := callHabit(n, err, of); hint != "" {
				return hint
			}
		}
	}
	return ""
}

// operatorHabit spells an operator on tensors as a method.
func operatorHabit(op token.Token, x, y ast.Expr, of func(ast.Expr) types.Type) string {
	left, right, method := isTensor(of(x)), isTensor(of(y)), operatorMethods[op]
	a, b, number := types.ExprString(x), types.ExprString(y), ""
	switch {
	case left && right:
	case left && hasTensorMethod(method+"Scalar"):
		method, number = method+"Scalar", fmt.Sprintf("%s.Item() %s %s", a, op, b)
	case right && mirrored[op] != "":
		method, number = mirrored[op], fmt.Sprintf("%s %s %s.Item()", a, op, b)
		a, b = b, a
	default:
		return ""
	}
	advice := fmt.Sprintf("; Go writes %s.%s(%s)", a, method, b)
	if number != "" && (op == token.LSS || op == token.LEQ || op == token.GTR || op == token.GEQ || of(x) == types.Typ[types.Float64] || of(y) == types.Typ[types.Float64]) {
		advice += ", or " + number + " for a tensor of one element"
	}
	return advice
}

// span spells a slice as a range of indices.
func span(n *ast.SliceExpr) string {
	switch {
	case n.Low == nil && n.High == nil:
		return "tensor.All"
	case n.High == nil:
		return "tensor.From(" + types.ExprString(n.Low) + ")"
	case n.Low == nil:
		return "tensor.Span(0, " + types.ExprString(n.High) + ")"
	}
	return "tensor.Span(" + types.ExprString(n.Low) + ", " + types.ExprString(n.High) + ")"
}

// callHabit is about calls of modules and of types, and about numbers where a method wants a tensor.
func callHabit(call *ast.CallExpr, err types.Error, of func(ast.Expr) types.Type) string {
	fun := types.ExprString(call.Fun)
	switch {
	case strings.Contains(err.Msg, "cannot call"):
		t := of(call.Fun)
		if t == nil { // a method that cannot be called on this
			return ""
		}
		if forward, _, _ := types.LookupFieldOrMethod(t, true, nil, "Forward"); forward != nil {
			args := make([]string, len(call.Args))
			for i, a := range call.Args {
				args[i] = types.ExprString(a)
			}
			return fmt.Sprintf("; Go writes %s.Forward(%s)", fun, strings.Join(args, ", "))
		}
	case strings.Contains(err.Msg, "conversion to "):
		if named, ok := of(call.Fun).(*types.Named); ok && named.Obj().Pkg() != nil {
			return makers(fun, named)
		}
	case fun == "len" && len(call.Args) == 1 && isTensor(of(call.Args[0])):
		return fmt.Sprintf("; Go writes %s.Size(0), or %[1]s.NumEl() for the number of all elements", types.ExprString(call.Args[0]))
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if ok && isTensor(of(sel.X)) && strings.HasPrefix(err.Msg, "cannot use ") && strings.Contains(err.Msg, "as *tensor.Tensor value") {
		if method := sel.Sel.Name + "Scalar"; hasTensorMethod(method) {
			return fmt.Sprintf("; %s takes a number", method)
		}
		return "; tensor.Scalar makes a tensor of a number"
	}
	return ""
}

// makers names the functions of a type's package that make one, where the type was called as if it were a function.
func makers(fun string, named *types.Named) string {
	pkg := named.Obj().Pkg()
	var names []string
	for _, name := range pkg.Scope().Names() {
		f, ok := pkg.Scope().Lookup(name).(*types.Func)
		if !ok || !f.Exported() || f.Signature().Results().Len() != 1 {
			continue
		}
		made := f.Signature().Results().At(0).Type()
		if p, ok := made.(*types.Pointer); ok {
			made = p.Elem()
		}
		if types.Identical(made, named) {
			names = append(names, pkg.Name()+"."+name)
		}
	}
	switch len(names) {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf("; %s is a type: %s makes one", fun, names[0])
	}
	return fmt.Sprintf("; %s is a type: %s make one", fun, strings.Join(names[:min(len(names), 3)], ", "))
}
