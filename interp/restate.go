package interp

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strconv"

	"github.com/gophergrad/gophergrad/interp/lower"
)

// A cell may declare types again that have not changed, and use older variables of them. To the type checker the new
// types are others, so such variables are declared in the cell too, with the new types: as go/types makes these only
// while it checks, by the source of a declaration.

// mentioning lists the variables and constants of the session whose types are built of the given ones.
func (s *Session) mentioning(declared map[*types.TypeName]*types.TypeName) []*entry {
	var out []*entry
	for _, name := range sortedKeys(s.names) {
		if e := s.names[name]; e.decl == nil && e.obj != nil && mentions(e.obj.Type(), in(declared)) {
			out = append(out, e)
		}
	}
	return out
}

func in(declared map[*types.TypeName]*types.TypeName) func(*types.TypeName) bool {
	return func(t *types.TypeName) bool { return declared[t] != nil }
}

// mentions reports whether a type is built of a declared type that is wanted.
func mentions(t types.Type, wanted func(*types.TypeName) bool) bool {
	seen := map[types.Type]bool{}
	var walk func(types.Type) bool
	walk = func(t types.Type) bool {
		if seen[t] {
			return false
		}
		seen[t] = true
		if named, ok := types.Unalias(t).(*types.Named); ok {
			return wanted(named.Origin().Obj()) || slices.ContainsFunc(slices.Collect(named.TypeArgs().Types()), walk)
		}
		found := false
		lower.Parts(types.Unalias(t), func(part types.Type) { found = found || walk(part) })
		return found
	}
	return walk(t)
}

// speller writes types as source.
type speller struct {
	session *Session
	pkg     *types.Package
	at      token.Pos
	renewed map[*types.TypeName]*types.TypeName // types that go by their names
	imports []*ast.ImportSpec
	others  int
}

// declaration declares e again, nil if its type cannot be written.
func (w *speller) declaration(e *entry) (decl ast.Decl) {
	defer func() {
		if p := recover(); p == errUnspeakable {
			decl = nil
		} else if p != nil {
			panic(p)
		}
	}()
	spec := &ast.ValueSpec{Names: []*ast.Ident{w.ident(e.name)}, Type: w.expr(e.obj.Type())}
	tok := token.VAR
	if c, ok := e.obj.(*types.Const); ok {
		tok = token.CONST
		value := types.NewConst(token.NoPos, w.pkg, w.other(), untyped(c.Val()), c.Val())
		w.pkg.Scope().Insert(value)
		spec.Values = []ast.Expr{w.ident(value.Name())}
	}
	return &ast.GenDecl{TokPos: w.at, Tok: tok, Specs: []ast.Spec{spec}}
}

// errUnspeakable is the panic of a type that cannot be written here.
const errUnspeakable = "a type that no source can name here"

func untyped(v constant.Value) types.Type {
	return types.Typ[map[constant.Kind]types.BasicKind{
		constant.Bool: types.UntypedBool, constant.String: types.UntypedString, constant.Int: types.UntypedInt,
		constant.Float: types.UntypedFloat, constant.Complex: types.UntypedComplex,
	}[v.Kind()]]
}

func (w *speller) ident(name string) *ast.Ident { return &ast.Ident{NamePos: w.at, Name: name} }

// other is a name that nothing has.
func (w *speller) other() string {
	w.others++
	return fmt.Sprintf("other%s%d", recallMark, w.others)
}

func (w *speller) expr(t types.Type) ast.Expr {
	t = types.Unalias(t)
	if !mentions(t, in(w.renewed)) {
		name := w.other()
		w.pkg.Scope().Insert(types.NewTypeName(token.NoPos, w.pkg, name, t))
		return w.ident(name)
	}
	switch t := t.(type) {
	case *types.Named:
		name := w.name(t.Origin().Obj())
		if t.TypeArgs().Len() == 0 {
			return name
		}
		generic := &ast.IndexListExpr{X: name}
		for arg := range t.TypeArgs().Types() {
			generic.Indices = append(generic.Indices, w.expr(arg))
		}
		return generic
	case *types.Pointer:
		return &ast.StarExpr{Star: w.at, X: w.expr(t.Elem())}
	case *types.Slice:
		return &ast.ArrayType{Lbrack: w.at, Elt: w.expr(t.Elem())}
	case *types.Array:
		size := &ast.BasicLit{ValuePos: w.at, Kind: token.INT, Value: strconv.FormatInt(t.Len(), 10)}
		return &ast.ArrayType{Lbrack: w.at, Len: size, Elt: w.expr(t.Elem())}
	case *types.Chan:
		dir := map[types.ChanDir]ast.ChanDir{types.SendRecv: ast.SEND | ast.RECV, types.SendOnly: ast.SEND, types.RecvOnly: ast.RECV}
		return &ast.ChanType{Begin: w.at, Dir: dir[t.Dir()], Value: w.expr(t.Elem())}
	case *types.Map:
		return &ast.MapType{Map: w.at, Key: w.expr(t.Key()), Value: w.expr(t.Elem())}
	case *types.Signature:
		return w.signature(t)
	case *types.Struct:
		list := &ast.FieldList{}
		for i := range t.NumFields() {
			f := t.Field(i)
			if f.Embedded() {
				panic(errUnspeakable)
			}
			tag := &ast.BasicLit{ValuePos: w.at, Kind: token.STRING, Value: strconv.Quote(t.Tag(i))}
			list.List = append(list.List, &ast.Field{Names: []*ast.Ident{w.ident(f.Name())}, Type: w.expr(f.Type()), Tag: tag})
		}
		return &ast.StructType{Struct: w.at, Fields: list}
	case *types.Interface:
		list := &ast.FieldList{}
		for m := range t.Methods() {
			list.List = append(list.List, &ast.Field{Names: []*ast.Ident{w.ident(m.Name())}, Type: w.signature(m.Signature())})
		}
		return &ast.InterfaceType{Interface: w.at, Methods: list}
	}
	panic(errUnspeakable)
}

// name refers to a declared type: one of the cell, or one whose type arguments are.
func (w *speller) name(t *types.TypeName) ast.Expr {
	switch {
	case t.Pkg().Path() != lower.CellPath:
		pkg := w.other()
		path := &ast.BasicLit{ValuePos: w.at, Kind: token.STRING, Value: strconv.Quote(t.Pkg().Path())}
		w.imports = append(w.imports, &ast.ImportSpec{Name: w.ident(pkg), Path: path})
		return &ast.SelectorExpr{X: w.ident(pkg), Sel: w.ident(t.Name())}
	case w.renewed[t] == nil && w.session.oldType(t.Name()) != t:
		panic(errUnspeakable)
	}
	return w.ident(t.Name())
}

func (w *speller) signature(t *types.Signature) *ast.FuncType {
	tuple := func(vars *types.Tuple) *ast.FieldList {
		list := &ast.FieldList{}
		for v := range vars.Variables() {
			list.List = append(list.List, &ast.Field{Type: w.expr(v.Type())})
		}
		return list
	}
	out := &ast.FuncType{Func: w.at, Params: tuple(t.Params()), Results: tuple(t.Results())}
	if t.Variadic() {
		last := out.Params.List[len(out.Params.List)-1]
		slice := t.Params().At(t.Params().Len() - 1).Type().(*types.Slice)
		last.Type = &ast.Ellipsis{Ellipsis: w.at, Elt: w.expr(slice.Elem())}
	}
	return out
}
