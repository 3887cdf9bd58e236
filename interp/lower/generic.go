package lower

import (
	"go/ast"
	"go/types"
	"maps"
	"slices"
	"strconv"
)

// SourceImporter finds generic functions and types of compiled packages that are lowered from source.
type SourceImporter interface {
	// Func finds a function, or with recv a method; nil if there is no source.
	Func(path, recv, name string) *Function
	// Type finds a generic type; nil if there is no source.
	Type(path, name string) *types.TypeName
}

// instance is a generic function, or a method of a generic type, with type arguments.
type instance struct {
	fun  *types.Func
	args []types.Type
	name string // in lowered code
}

// instanceOf names the instance of a generic function, or of a method of a generic type, for type arguments.
func (f *fn) instanceOf(node ast.Node, obj *types.Func, args []types.Type) string {
	key := funcKey(obj)
	for _, a := range args {
		key += "|" + f.key(a)
	}
	fun := f.funcs[obj.Origin()]
	if fun != nil && f.debugged(fun.Decl.Body) {
		key += "|debugged"
	}
	if i, ok := f.instances[key]; ok {
		return i.name
	}
	if fun == nil && f.Sources != nil && obj.Pkg() != nil {
		recv := ""
		if r := obj.Signature().Recv(); r != nil {
			recv = receiverType(r.Type()).Obj().Name()
		}
		fun = f.Sources.Func(obj.Pkg().Path(), recv, obj.Name())
	}
	if fun == nil {
		panic(refuse(node, "the generic function %s, which has no source here", obj.FullName()))
	}
	params := fun.Sig.TypeParams()
	if fun.Recv != nil {
		params = fun.Sig.RecvTypeParams()
	}
	env := map[*types.TypeParam]types.Type{}
	for i := range params.Len() {
		env[params.At(i)] = args[i]
	}
	name := f.fresh("f_" + obj.Name())
	note(f.Lowerer, f.instances, key, instance{obj.Origin(), args, name})
	l := f.Lowerer
	l.queue = append(l.queue, func() { l.declaration(fun, env, name) })
	return name
}

// Successors finds what takes the place of old, a function or method of an earlier cell that is declared again: from
// names in lowered code to those that stand for the same types. Of a generic function it makes the instances there were.
func (l *Lowerer) Successors(old, new *types.Func, replaced map[*types.TypeName]*types.TypeName) map[string]string {
	names := map[string]string{}
	if name := l.names[old]; name != "" && l.names[new] != "" && l.callKey(old, nil) == l.callKey(new, nil) {
		names[name] = l.names[new]
	}
	for _, i := range slices.Collect(maps.Values(l.instances)) {
		if i.fun != old.Origin() {
			continue
		}
		args := make([]types.Type, len(i.args))
		for j, t := range i.args {
			args[j] = Redeclare(t, replaced)
		}
		if key := l.callKey(new, args); key != "" && key == l.callKey(old, i.args) {
			names[i.name] = l.newBare().instanceOf(nil, new, args)
		}
	}
	return names
}

// callKey names the types of a function's receiver, parameters and results with type arguments; "" if it takes others.
func (l *Lowerer) callKey(f *types.Func, args []types.Type) string {
	sig, recv := f.Signature(), f.Signature().Recv()
	switch {
	case recv == nil && (len(args) > 0 || sig.TypeParams().Len() > 0):
		t, err := types.Instantiate(instances, sig, args, true)
		if err != nil {
			return ""
		}
		sig = t.(*types.Signature)
	case recv != nil && len(args) > 0:
		t, err := types.Instantiate(instances, receiverType(recv.Type()).Origin(), args, true)
		if err != nil {
			return ""
		}
		m, _, _ := types.LookupFieldOrMethod(types.NewPointer(t), false, f.Pkg(), f.Name())
		sig = m.(*types.Func).Signature()
	}
	if sig.Recv() == nil {
		return l.signatureKey(sig)
	}
	return l.key(sig.Recv().Type()) + "." + l.signatureKey(sig)
}

func funcKey(f *types.Func) string {
	return f.FullName() + "@" + strconv.Itoa(int(f.Origin().Pos()))
}

// sourceNamed spells an instance of a generic type of a compiled package.
func (l *Lowerer) sourceNamed(t *types.Named) string {
	if _, ok := t.Underlying().(*types.Struct); !ok {
		return l.typeText(t.Underlying())
	}
	if l.Sources != nil {
		if obj := l.Sources.Type(t.Obj().Pkg().Path(), t.Obj().Name()); obj != nil {
			args := make([]types.Type, t.TypeArgs().Len())
			for i := range args {
				args[i] = t.TypeArgs().At(i)
			}
			if inst, err := types.Instantiate(instances, obj.Type(), args, false); err == nil {
				return l.typeText(inst)
			}
		}
	}
	panic(refuse(nil, "the generic type %s, which has no source here", t))
}

// Declare remembers a function of the session and lowers it, unless it is generic: then its instances are.
func (l *Lowerer) Declare(obj *types.Func, fun *Function) {
	if fun.Sig.TypeParams().Len() > 0 || fun.Sig.RecvTypeParams().Len() > 0 {
		note(l, l.funcs, obj, fun)
		return
	}
	if _, ok := l.names[obj]; !ok {
		note[types.Object](l, l.names, obj, l.fresh("f_"+obj.Name()))
	}
	name := l.names[obj]
	l.queue = append(l.queue, func() { l.declaration(fun, nil, name) })
}
