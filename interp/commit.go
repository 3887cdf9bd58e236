package interp

import (
	"cmp"
	"go/ast"
	"go/types"
	"maps"
	"reflect"
	"slices"

	"github.com/gophergrad/gophergrad/interp/lower"
	"github.com/gophergrad/gophergrad/interp/rt"
)

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// unchangedTypes finds the types of the cell that are those of earlier cells under a new declaration: the ones whose
// underlying type has not changed. Values of the old declaration are then values of the new.
func (s *Session) unchangedTypes(ch *checked) map[*types.TypeName]*types.TypeName {
	renewed := map[string]bool{}
	for _, name := range ch.pkg.Scope().Names() {
		old, new := s.oldType(name), newType(ch, name)
		if old != nil && new != nil && old != new {
			renewed[name] = describeUnderlying(old) == describeUnderlying(new)
		}
	}
	for again := true; again; { // a type is another if a part of it is
		again = false
		for name, same := range renewed {
			if same && mentions(newType(ch, name).Type().Underlying(), func(t *types.TypeName) bool {
				same, ok := renewed[t.Name()]
				return t.Pkg() == ch.pkg && ok && !same
			}) {
				renewed[name], again = false, true
			}
		}
	}
	unchanged := map[*types.TypeName]*types.TypeName{}
	for name, same := range renewed {
		if same {
			unchanged[s.oldType(name)] = newType(ch, name)
		}
	}
	return unchanged
}

func (s *Session) oldType(name string) *types.TypeName {
	if e := s.names[name]; e != nil {
		t, _ := e.obj.(*types.TypeName)
		return t
	}
	return nil
}

func newType(ch *checked, name string) *types.TypeName {
	t, _ := ch.pkg.Scope().Lookup(name).(*types.TypeName)
	if t != nil && t.Pkg() != ch.pkg {
		return nil // of an earlier cell, not declared again
	}
	return t
}

func describeUnderlying(t *types.TypeName) string {
	text := types.TypeString(t.Type().Underlying(), func(p *types.Package) string { return p.Path() })
	if named, ok := t.Type().(*types.Named); ok {
		for p := range named.TypeParams().TypeParams() {
			text = p.String() + " " + p.Constraint().String() + " " + text
		}
	}
	return text
}

// retype gives the variables, constants and results of the session the new declarations of their types.
func (s *Session) retype(replaced map[*types.TypeName]*types.TypeName) {
	if len(replaced) == 0 {
		return
	}
	for old := range replaced {
		if named, ok := old.Type().(*types.Named); ok {
			for m := range named.Methods() {
				s.lowerer.Forget(m)
			}
		}
	}
	for i := range s.results {
		s.results[i].typ = lower.Redeclare(s.results[i].typ, replaced)
	}
	for _, e := range s.names {
		switch v := e.obj.(type) {
		case *types.Var:
			if t := lower.Redeclare(v.Type(), replaced); t != v.Type() {
				renewed := types.NewVar(v.Pos(), v.Pkg(), v.Name(), t)
				s.lowerer.Name(renewed, s.lowerer.NameOf(v))
				s.lowerer.Forget(v)
				e.obj = renewed
			}
		case *types.Const:
			e.obj = types.NewConst(v.Pos(), v.Pkg(), v.Name(), lower.Redeclare(v.Type(), replaced), v.Val())
		}
	}
}

// nameRestated binds the variables that were declared again with the cell to their places.
func (s *Session) nameRestated(ch *checked) {
	for _, e := range ch.restated {
		s.lowerer.Name(ch.pkg.Scope().Lookup(e.name), s.lowerer.NameOf(e.obj))
	}
}

func (s *Session) forgetRestated(ch *checked) {
	for _, e := range ch.restated {
		s.lowerer.Forget(ch.pkg.Scope().Lookup(e.name))
	}
}

// hoist gives the cell's variables their places: the old one if the type is the same, else a new one.
func (s *Session) hoist(ch *checked) {
	for _, v := range ch.hoisted {
		if e := s.names[v.Name()]; e != nil {
			if old, ok := e.obj.(*types.Var); ok && s.lowerer.Key(old.Type()) == s.lowerer.Key(v.Type()) {
				s.lowerer.Name(v, s.lowerer.NameOf(old))
				continue
			}
		}
		s.lowerer.Variable(v)
	}
}

// commit makes the cell's names those of the session, after it ran: variables that it did not get to declare stay
// what they were.
func (s *Session) commit(ch *checked, run *rt.Run) {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer forgetForeign(ch.pkg)
	defer s.forgetCell()
	delete(s.live, run)
	top := s.topLevel(ch)
	kept := captured(top, ch)
	for name, e := range s.names {
		e.captured = e.captured || kept[e.obj] || kept[ch.pkg.Scope().Lookup(name)]
	}
	s.forgetRestated(ch)
	s.retype(ch.replaced)
	for _, spec := range ch.imports {
		s.commitImport(spec)
	}
	for _, v := range ch.hoisted {
		s.commitVariable(ch, run, v, kept[v])
	}
	s.commitDeclarations(ch, top)
}

// commitDeclarations makes functions, types and constants of the cell those of the session.
func (s *Session) commitDeclarations(ch *checked, top map[types.Object]bool) {
	for _, decl := range ch.decls {
		if gen, ok := decl.(*ast.GenDecl); ok {
			s.commitGen(ch, top, gen)
		}
	}
	for _, e := range ch.carried {
		s.forgetObject(e.obj)
		e.obj = ch.pkg.Scope().Lookup(e.name)
	}
	for _, f := range ch.functions {
		if f.decl.Recv != nil {
			if e := s.names[receiverName(f.decl)]; e != nil && e.methods != nil {
				e.methods[f.decl.Name.Name] = f.decl
				maps.Copy(e.uses, uses(top, f.decl, ch.info))
			}
			continue
		}
		if f.decl.Name.Name == "_" {
			continue
		}
		e := &entry{name: f.decl.Name.Name, obj: f.obj, decl: f.decl, uses: uses(top, f.decl, ch.info), cell: ch.label, source: ch.source}
		if old := s.names[e.name]; old != nil && old.decl == f.decl { // carried
			e.cell, e.source = old.cell, old.source
		}
		s.bind(e)
	}
}

// forgetObject forgets what has lost its name. There may be values of a type that has lost its own, and they have its
// methods.
func (s *Session) forgetObject(obj types.Object) {
	if _, isType := obj.(*types.TypeName); !isType {
		s.lowerer.Forget(obj)
	}
}

// bind makes e the meaning of its name.
func (s *Session) bind(e *entry) {
	if old := s.names[e.name]; old != nil && old.obj != e.obj {
		if !e.value.IsValid() {
			s.release(old)
		}
		s.forgetObject(old.obj)
	}
	delete(s.imports, e.name)
	e.debugged = s.debugger.on()
	s.names[e.name] = e
	delete(s.unreached, e.name)
}

func (s *Session) commitImport(spec *ast.ImportSpec) {
	path := unquote(spec.Path.Value)
	switch name := importName(spec); name {
	case "_":
	case ".":
		if pkg, err := s.importer.Import(path); err == nil {
			s.dots = append(slices.DeleteFunc(s.dots, func(p *types.Package) bool { return p == pkg }), pkg)
		}
	default:
		if e := s.names[name]; e != nil {
			s.release(e)
			delete(s.names, name)
		}
		s.imports[name] = path
	}
}

func (s *Session) commitVariable(ch *checked, run *rt.Run, v *types.Var, captured bool) {
	old, lowered := s.names[v.Name()], s.lowerer.NameOf(v)
	kept := types.NewVar(v.Pos(), v.Pkg(), v.Name(), v.Type()) // free of the scopes of its cell
	e := &entry{name: v.Name(), obj: kept, cell: ch.label, source: ch.source, captured: captured}
	if old != nil && old.value.IsValid() && s.lowerer.NameOf(old.obj) == lowered {
		e.value, e.captured = old.value, captured || old.captured
	} else if !run.Reached[lowered] {
		s.lowerer.Forget(v)
		return
	} else {
		e.value = s.rt.Variable(lowered)
		if old != nil {
			s.release(old)
		}
	}
	s.lowerer.Forget(v)
	s.lowerer.Name(kept, lowered)
	if old != nil {
		s.lowerer.Forget(old.obj)
	}
	s.bind(e)
}

// captured are the variables that function literals of the cell's statements use: such a literal may live on.
func captured(top map[types.Object]bool, ch *checked) map[types.Object]bool {
	out := map[types.Object]bool{}
	for _, stmt := range ch.body {
		ast.Inspect(stmt, func(n ast.Node) bool {
			lit, ok := n.(*ast.FuncLit)
			if !ok {
				return true
			}
			ast.Inspect(lit, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok && top[ch.info.Uses[id]] {
					out[ch.info.Uses[id]] = true
				}
				return true
			})
			return false
		})
	}
	return out
}

// release lets the value of a variable go that no name leads to any more, unless a function still uses it. Pointers to
// the variable may live on, so it is not set to zero but left to them: code that has its name gets another one.
func (s *Session) release(e *entry) {
	if !e.value.IsValid() || e.captured {
		return
	}
	for _, other := range s.names {
		if other.decl != nil && other.uses[e.name] {
			return
		}
	}
	fresh := reflect.New(e.value.Type().Elem())
	name := s.lowerer.NameOf(e.obj)
	if symbol := s.mainScope("sym").MapIndex(reflect.ValueOf(name)); symbol.IsValid() {
		frame := private(reflect.ValueOf(s.yaegi).Elem().FieldByName("frame")).Elem()
		private(frame.FieldByName("data")).Index(int(symbol.Elem().FieldByName("index").Int())).Set(reflect.ValueOf(fresh.Elem()))
		s.rt.Var(name, fresh.Interface())
	}
}

func (s *Session) commitGen(ch *checked, top map[types.Object]bool, gen *ast.GenDecl) {
	for _, spec := range gen.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			single := *gen
			single.Specs = []ast.Spec{spec}
			single.Lparen = 0
			e := &entry{name: spec.Name.Name, obj: ch.pkg.Scope().Lookup(spec.Name.Name), decl: &single,
				methods: map[string]*ast.FuncDecl{}, uses: uses(top, spec, ch.info), cell: ch.label, source: ch.source}
			s.bind(e)
		case *ast.ValueSpec:
			for _, id := range spec.Names {
				if id.Name != "_" {
					s.bind(&entry{name: id.Name, obj: ch.info.Defs[id], cell: ch.label, source: ch.source})
				}
			}
		}
	}
}

// topLevel are the objects that belong to the session once the cell is committed.
func (s *Session) topLevel(ch *checked) map[types.Object]bool {
	top := map[types.Object]bool{}
	for _, e := range s.names {
		top[e.obj] = true
	}
	for _, name := range ch.pkg.Scope().Names() {
		top[ch.pkg.Scope().Lookup(name)] = true
	}
	for _, v := range ch.hoisted {
		top[v] = true
	}
	return top
}

// uses lists the top-level names that a declaration uses.
func uses(top map[types.Object]bool, n ast.Node, info *types.Info) map[string]bool {
	names := map[string]bool{}
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && top[info.Uses[id]] {
			names[id.Name] = true
		}
		return true
	})
	return names
}
