package lower

import (
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"
)

// Types declared in generic functions: each instance of the function has its own.

// localType gives the instance's own type for one declared in the generic function; nil for every other.
func (f *fn) localType(t *types.Named) types.Type {
	params := f.paramsAround(t.Obj())
	if params == nil {
		return nil
	}
	var outer, own []string
	key := f.key(t.Origin())
	for _, p := range params {
		key += "|" + f.key(f.env[p])
		outer = append(outer, argName(f.env[p]))
	}
	args := make([]types.Type, t.TypeArgs().Len())
	for i := range args {
		args[i] = f.subst(t.TypeArgs().At(i))
		key += "|" + f.key(args[i])
		own = append(own, argName(args[i]))
	}
	if local, ok := f.localTypes[key]; ok {
		return local
	}
	name := t.Obj().Name() + "[" + strings.Join(outer, ",")
	if own != nil {
		name += ";" + strings.Join(own, ",")
	}
	local := types.NewNamed(types.NewTypeName(t.Obj().Pos(), t.Obj().Pkg(), name+"]", nil), nil, nil)
	f.localTypes[key] = local // it may contain itself
	local.SetUnderlying(f.subst(t.Underlying()))
	return local
}

// paramsAround lists the type parameters of the generic function that declares obj, in order; none if it is declared
// elsewhere.
func (f *fn) paramsAround(obj *types.TypeName) []*types.TypeParam {
	if obj.Parent() == nil || obj.Pkg() == nil || obj.Parent() == obj.Pkg().Scope() {
		return nil
	}
	var params []*types.TypeParam
	for p := range f.env {
		for scope := obj.Parent(); scope != nil; scope = scope.Parent() {
			if scope.Lookup(p.Obj().Name()) == p.Obj() {
				params = append(params, p)
			}
		}
	}
	slices.SortFunc(params, func(a, b *types.TypeParam) int { return a.Index() - b.Index() })
	return params
}

// argName names a type argument: among them, types declared in functions are told apart by their numbers.
func argName(t types.Type) string {
	name := typeName(t)
	named, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return name
	}
	if n := slices.Index(localTypes(named.Obj().Pkg()), named.Obj().Pos()); n >= 0 {
		name += "·" + strconv.Itoa(n+1)
	}
	return name
}

// localTypes lists where functions of a package declare types, in the order of the source.
func localTypes(pkg *types.Package) []token.Pos {
	if pkg == nil {
		return nil
	}
	var places []token.Pos
	var visit func(s *types.Scope)
	visit = func(s *types.Scope) {
		for _, name := range s.Names() {
			if t, ok := s.Lookup(name).(*types.TypeName); ok && s != pkg.Scope() {
				if _, isParam := t.Type().(*types.TypeParam); !isParam && !t.IsAlias() {
					places = append(places, t.Pos())
				}
			}
		}
		for child := range s.Children() {
			visit(child)
		}
	}
	visit(pkg.Scope())
	slices.Sort(places)
	return places
}
