package lower

import (
	"fmt"
	"go/types"
	"maps"
	"slices"

	"github.com/gophergrad/gophergrad/interp/box"
)

// describe gives the number by which lowered code names the description of t.
func (l *Lowerer) describe(t types.Type) int {
	key := l.key(t)
	if id, ok := l.described[key]; ok {
		return id
	}
	b := l.box(t)
	id := l.rt.Describe(b)
	note(l, l.described, key, id)
	if types.IsInterface(t) {
		return id
	}
	l.prepare("rt.Raw(%d, func(%s) {})", id, l.rawText(t))
	l.queue = append(l.queue, func() { l.bindMethods(t, id) })
	if pointer := types.NewPointer(t); decodes(pointer) {
		l.describe(pointer)
	}
	Parts(t.Underlying(), l.describePart) // they print by their own methods
	if l.reflects {
		l.describeReachable(t)
	}
	return id
}

func (l *Lowerer) describePart(t types.Type) {
	if l.boxed(t) {
		l.describe(t)
	}
}

// reflect describes what package reflect can reach from the types that are described now or later.
func (l *Lowerer) reflect() {
	l.reflects = true
	l.undo = append(l.undo, func() { l.reflects = false })
	for _, key := range slices.Sorted(maps.Keys(l.described)) {
		l.describeReachable(l.boxes[key].Go)
	}
}

// describeReachable describes the types to which package reflect gets from t by its methods: those of its variables'
// addresses, and of its methods' parameters and results.
func (l *Lowerer) describeReachable(t types.Type) {
	if pointer := types.NewPointer(t); !isPointer(t) && !types.IsInterface(t) && types.NewMethodSet(pointer).Len() > 0 {
		l.describe(pointer)
	}
	for m := range types.NewMethodSet(t).Methods() {
		Parts(m.Type(), l.describePart)
	}
}

// decodes reports whether a pointer type has methods for which packages that encode and decode look.
func decodes(pointer types.Type) bool {
	for m := range types.NewMethodSet(pointer).Methods() {
		if name := m.Obj().Name(); reflected[name] || name == "UnmarshalJSON" {
			return true
		}
	}
	return false
}

// box describes t.
func (l *Lowerer) box(t types.Type) *box.Type {
	key := l.key(t)
	if b, ok := l.boxes[key]; ok {
		return b
	}
	b := &box.Type{
		Name:    typeName(t),
		Go:      t,
		Boxed:   l.boxed(t),
		Opaque:  l.opaque(t),
		Hidden:  l.recursive(t),
		Methods: map[string]box.Method{},
		Of:      l.Type,
	}
	if named, ok := types.Unalias(t).(*types.Named); ok && compiledInterface(t) {
		compiled, err := l.rt.CompiledInterface(named)
		if err != nil {
			panic(refuse(nil, "%v", err))
		}
		b.Raw = compiled.Raw
	}
	if iface, ok := t.Underlying().(*types.Interface); ok {
		b.Iface = l.sigs(iface)
	}
	l.boxes[key] = b
	return b
}

// Describe makes sure that values of t, the static type of an expression, can be shown with their methods.
func (l *Lowerer) Describe(t types.Type) *box.Type {
	if !l.boxed(t) {
		return nil
	}
	l.describe(t)
	return l.box(t)
}

// Redescribe renews the methods of what was described of types that a cell declares again.
func (l *Lowerer) Redescribe(replaced map[*types.TypeName]*types.TypeName) {
	for _, key := range slices.Sorted(maps.Keys(l.described)) {
		id, b := l.described[key], l.boxes[key]
		if t, old := Redeclare(b.Go, replaced), b.Go; t != old {
			b.Go = t
			l.undo = append(l.undo, func() { b.Go = old })
			l.queue = append(l.queue, func() { l.bindMethods(t, id) })
		}
	}
}

// bindMethods declares, for every method of t, how to bind it to a receiver, so that values in interfaces and compiled
// code can call it.
func (l *Lowerer) bindMethods(t types.Type, id int) {
	set := types.NewMethodSet(t)
	for i := range set.Len() {
		sel := set.At(i)
		m := sel.Obj().(*types.Func)
		if m.Name() == "_" || !m.Exported() && !isCell(m) || !isCell(m) && hasPointers(m.Signature()) {
			continue
		}
		f := l.newBare()
		sig := sel.Type().(*types.Signature)
		recv := f.fresh("r")
		check := ""
		if _, byPointer := m.Signature().Recv().Type().Underlying().(*types.Pointer); isPointer(t) && !byPointer && len(sel.Index()) == 1 {
			check = fmt.Sprintf("if %s == nil { rt.NilReceiver(%q, %q) }; ", recv, typeName(deref(t)), m.Name())
		}
		method := f.bound(sig, check, func(args []string) string { return f.methodCall(recv, t, true, sel.Index(), m, sig, args) })
		l.prepare("rt.Bind(%d, %q, %q, func(any_ interface{}) interface{} {\n%s := %s\nreturn %s })",
			id, m.Name(), l.signatureKey(sig), recv, f.fromAny("any_", t), method)
	}
}

// hasPointers reports whether a compiled method takes or gives an unsafe.Pointer, which cells do not have.
func hasPointers(sig *types.Signature) bool {
	has := false
	Parts(sig, func(t types.Type) { has = has || t == types.Typ[types.UnsafePointer] })
	return has
}

// newBare makes a context for code that no cell contains.
func (l *Lowerer) newBare() *fn { return &fn{Lowerer: l, locals: map[types.Object]string{}} }

// forward makes parameters for a function of signature sig, and the arguments that pass them on.
func (f *fn) forward(sig *types.Signature) (params, args []string) {
	for i := range sig.Params().Len() {
		name := f.fresh("a")
		params = append(params, name+" "+f.paramText(sig, i))
		if sig.Variadic() && i == sig.Params().Len()-1 {
			name += "..."
		}
		args = append(args, name)
	}
	return params, args
}

// Type describes t, also an interface that compiled code does not know, for code that runs while others are lowered; nil
// for a type that compiled code knows.
func (l *Lowerer) Type(t types.Type) *box.Type {
	l.mu.Lock()
	defer l.mu.Unlock()
	iface, ok := t.Underlying().(*types.Interface)
	if !l.boxed(t) && (!ok || compiledInterface(t) || iface.Empty() && cellNamed(t) == nil) {
		return nil
	}
	return l.box(t)
}

// Lock keeps Type waiting while a cell is lowered.
func (l *Lowerer) Lock() { l.mu.Lock() }

// Unlock lets it go on.
func (l *Lowerer) Unlock() { l.mu.Unlock() }

// Box describes t as far as it has been needed yet; nil for a type that compiled code knows.
func (l *Lowerer) Box(t types.Type) *box.Type {
	if !l.boxed(t) {
		return nil
	}
	return l.box(t)
}
