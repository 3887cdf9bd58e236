package lower

import "go/types"

// subst replaces type parameters by the instance's type arguments.
func (f *fn) subst(t types.Type) types.Type {
	if len(f.env) == 0 {
		return t
	}
	return substitute(t, func(t types.Type) types.Type {
		if p, ok := t.(*types.TypeParam); ok {
			if arg, ok := f.env[p]; ok {
				return arg
			}
		}
		if named, ok := t.(*types.Named); ok {
			return f.localType(named)
		}
		return nil
	})
}

// substitute rebuilds t with every part for which replace gives a type replaced by it.
func substitute(t types.Type, replace func(types.Type) types.Type) types.Type {
	if r := replace(t); r != nil {
		return r
	}
	sub := func(t types.Type) types.Type { return substitute(t, replace) }
	switch t := t.(type) {
	case *types.Alias:
		if s := sub(types.Unalias(t)); s != types.Unalias(t) {
			return s
		}
	case *types.Named:
		if t.TypeArgs().Len() == 0 {
			return t
		}
		args := make([]types.Type, t.TypeArgs().Len())
		changed := false
		for i := range args {
			args[i] = sub(t.TypeArgs().At(i))
			changed = changed || args[i] != t.TypeArgs().At(i)
		}
		if changed {
			if inst, err := types.Instantiate(instances, t.Origin(), args, false); err == nil {
				return inst
			}
		}
	case *types.Pointer:
		if e := sub(t.Elem()); e != t.Elem() {
			return types.NewPointer(e)
		}
	case *types.Slice:
		if e := sub(t.Elem()); e != t.Elem() {
			return types.NewSlice(e)
		}
	case *types.Array:
		if e := sub(t.Elem()); e != t.Elem() {
			return types.NewArray(e, t.Len())
		}
	case *types.Chan:
		if e := sub(t.Elem()); e != t.Elem() {
			return types.NewChan(t.Dir(), e)
		}
	case *types.Map:
		if k, e := sub(t.Key()), sub(t.Elem()); k != t.Key() || e != t.Elem() {
			return types.NewMap(k, e)
		}
	case *types.Tuple:
		return substTuple(t, sub)
	case *types.Signature:
		params, results := substTuple(t.Params(), sub), substTuple(t.Results(), sub)
		if params != t.Params() || results != t.Results() {
			return types.NewSignatureType(t.Recv(), nil, nil, params, results, t.Variadic())
		}
	case *types.Struct:
		fields, tags, changed := make([]*types.Var, t.NumFields()), make([]string, t.NumFields()), false
		for i := range fields {
			v := t.Field(i)
			fields[i], tags[i] = v, t.Tag(i)
			if s := sub(v.Type()); s != v.Type() {
				fields[i], changed = types.NewField(v.Pos(), v.Pkg(), v.Name(), s, v.Embedded()), true
			}
		}
		if changed {
			return types.NewStruct(fields, tags)
		}
	case *types.Interface:
		methods, changed := make([]*types.Func, t.NumMethods()), false
		for i := range methods {
			m := t.Method(i)
			methods[i] = m
			if s := sub(m.Type()); s != m.Type() {
				methods[i], changed = types.NewFunc(m.Pos(), m.Pkg(), m.Name(), s.(*types.Signature)), true
			}
		}
		if changed {
			return types.NewInterfaceType(methods, nil).Complete()
		}
	}
	return t
}

// instances makes one instance of a generic type for one list of type arguments.
var instances = types.NewContext()

func substTuple(t *types.Tuple, sub func(types.Type) types.Type) *types.Tuple {
	vars, changed := make([]*types.Var, t.Len()), false
	for i := range vars {
		v := t.At(i)
		vars[i] = v
		if s := sub(v.Type()); s != v.Type() {
			vars[i], changed = types.NewParam(v.Pos(), v.Pkg(), v.Name(), s), true
		}
	}
	if !changed {
		return t
	}
	return types.NewTuple(vars...)
}

// Redeclare replaces declared types by their new declarations in t.
func Redeclare(t types.Type, replaced map[*types.TypeName]*types.TypeName) types.Type {
	return substitute(t, func(t types.Type) types.Type {
		named, ok := t.(*types.Named)
		if !ok {
			return nil
		}
		obj, ok := replaced[named.Origin().Obj()]
		if !ok {
			return nil
		}
		if named.TypeArgs().Len() == 0 {
			return obj.Type()
		}
		args := make([]types.Type, named.TypeArgs().Len())
		for i := range args {
			args[i] = Redeclare(named.TypeArgs().At(i), replaced)
		}
		inst, err := types.Instantiate(instances, obj.Type(), args, false)
		if err != nil {
			return nil
		}
		return inst
	})
}

// Parts calls visit for the types that t, an unnamed type, is built of.
func Parts(t types.Type, visit func(types.Type)) {
	tuple := func(t *types.Tuple) {
		for v := range t.Variables() {
			visit(v.Type())
		}
	}
	switch t := t.(type) {
	case *types.Pointer:
		visit(t.Elem())
	case *types.Slice:
		visit(t.Elem())
	case *types.Array:
		visit(t.Elem())
	case *types.Chan:
		visit(t.Elem())
	case *types.Map:
		visit(t.Key())
		visit(t.Elem())
	case *types.Signature:
		tuple(t.Params())
		tuple(t.Results())
	case *types.Struct:
		for f := range t.Fields() {
			visit(f.Type())
		}
	case *types.Interface:
		for m := range t.Methods() {
			visit(m.Type())
		}
	}
}
