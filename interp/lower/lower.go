// Package lower turns cells that go/types has checked into the part of Go that yaegi runs right: methods become
// functions, generic functions their instances, interface values boxes, defers and goroutines calls of package rt.
// One file holds one construct.
package lower

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"
	"sync"
	"weak"

	"github.com/gophergrad/gophergrad/interp/box"
)

// Runtime is what lowered code calls at run time, as far as lowering must know it.
type Runtime interface {
	// Describe gives t the next number, by which lowered code names it.
	Describe(t *box.Type) int
	// Function numbers a function of a cell for tracebacks.
	Function(name, cell string) int
	// Place is the number of a line of a function.
	Place(function, line int) int
	// CompiledInterface finds the run-time type of an interface.
	CompiledInterface(t *types.Named) (*box.Type, error)
}

// Lowerer turns checked code into source for yaegi. It remembers what earlier cells declared.
type Lowerer struct {
	mu         sync.Mutex // held while a cell is lowered, and by Type
	rt         Runtime
	Fset       *token.FileSet
	imports    map[string]string                    // path → its name in lowered code
	names      map[types.Object]string              // variables and functions of the session → their names in lowered code
	identities map[weak.Pointer[types.TypeName]]int // which declarations of a type are the same type
	structs    map[string]string                    // a struct type's key → its name in lowered code
	described  map[string]int                       // a type's key → its number at run time
	boxes      map[string]*box.Type                 // a type's key → its description
	converters map[string]string                    // an interface's key → the function that converts to it
	readers    map[string]string                    // a map's type in lowered code → the function that reads an element
	funcs      map[*types.Func]*Function            // where the generic functions of the session are declared
	instances  map[string]instance                  // a generic function with its type arguments
	unreached  map[string]bool                      // new variables of the session whose declaration is not yet lowered
	circles    map[string]circle                    // a struct type's key → the structs that it and that refer to each other
	recursives map[string]bool                      // whether a type contains itself other than through a struct
	localTypes map[string]*types.Named              // a type declared in a generic function, with type arguments → the instance's own
	expanding  map[types.Type]bool                  // types being spelled, to find those that contain themselves
	sequence   int
	reflects   bool            // some cell uses package reflect
	running    token.Pos       // the statement being lowered, where a refusal knows no better place
	pending    strings.Builder // imports that the next evaluation needs
	out        strings.Builder // declarations that the next evaluation needs
	setup      strings.Builder // statements that the next cell runs before its own
	cell       func()          // declares the next cell, when all it needs is known
	queue      []func()        // functions to lower once the current one is done
	undo       []func()        // takes back what tables have got since the last evaluation
	Sources    SourceImporter
	Points     Points // set while a debugger is attached
}

// Function is a function declaration that go/types has checked.
type Function struct {
	Decl *ast.FuncDecl
	Info *types.Info
	Recv *types.Var // the receiver as the body refers to it
	Sig  *types.Signature
}

// New returns a Lowerer for a session that runs on rt.
func New(rt Runtime, fset *token.FileSet) *Lowerer {
	return &Lowerer{
		rt:         rt,
		Fset:       fset,
		imports:    map[string]string{},
		names:      map[types.Object]string{},
		identities: map[weak.Pointer[types.TypeName]]int{},
		structs:    map[string]string{},
		described:  map[string]int{},
		boxes:      map[string]*box.Type{},
		converters: map[string]string{},
		readers:    map[string]string{},
		funcs:      map[*types.Func]*Function{},
		instances:  map[string]instance{},
		unreached:  map[string]bool{},
		circles:    map[string]circle{},
		recursives: map[string]bool{},
		localTypes: map[string]*types.Named{},
		expanding:  map[types.Type]bool{},
	}
}

// fresh makes a name that nothing else has.
func (l *Lowerer) fresh(base string) string {
	l.sequence++
	return fmt.Sprintf("%s_%d", base, l.sequence)
}

// declare adds a declaration to what the next evaluation needs.
func (l *Lowerer) declare(text string) {
	l.out.WriteString(text)
	l.out.WriteString("\n")
}

// prepare adds a statement that the next cell runs first.
func (l *Lowerer) prepare(format string, args ...any) {
	fmt.Fprintf(&l.setup, format+"\n", args...)
}

// LibraryPrefix starts the paths by which lowered code imports compiled packages: yaegi replaces functions of the
// standard library that it knows by their paths.
const LibraryPrefix = "lib/"

// pkg is the name under which lowered code knows a compiled package.
func (l *Lowerer) pkg(p *types.Package) string {
	alias, ok := l.imports[p.Path()]
	if !ok {
		alias = l.fresh("p_" + p.Name())
		l.imports[p.Path()] = alias
		fmt.Fprintf(&l.pending, "import %s %q\n", alias, LibraryPrefix+p.Path())
	}
	if p.Path() == "reflect" && !l.reflects {
		l.reflect()
	}
	return alias
}

// identity numbers the type that obj declares.
func (l *Lowerer) identity(obj *types.TypeName) int {
	id, ok := l.identities[weak.Make(obj)]
	if !ok {
		l.sequence++
		id = l.sequence
		l.identities[weak.Make(obj)] = id
	}
	return id
}

// Same makes a new declaration of a type the same type as an old one: values of the old are values of the new.
func (l *Lowerer) Same(old, new *types.TypeName) { l.identities[weak.Make(new)] = l.identity(old) }

// Name binds a variable or function of the session to a name in lowered code.
func (l *Lowerer) Name(obj types.Object, name string) { l.names[obj] = name }

// NameOf is the name of a session's variable or function in lowered code.
func (l *Lowerer) NameOf(obj types.Object) string { return l.names[obj] }

// Forget drops what is known of an object that no code can reach any more.
func (l *Lowerer) Forget(obj types.Object) {
	delete(l.names, obj)
	if f, ok := obj.(*types.Func); ok {
		delete(l.funcs, f)
		maps.DeleteFunc(l.instances, func(_ string, i instance) bool { return i.fun == f })
	}
}

// Reachable are the names of variables and functions that what is lowered from now on may use.
func (l *Lowerer) Reachable() map[string]bool {
	names := map[string]bool{}
	for _, name := range l.names {
		names[strings.Trim(name, "(*)")] = true
	}
	for _, i := range l.instances {
		names[i.name] = true
	}
	return names
}

// Take hands over the imports and declarations made since the last call, those of queued functions included.
func (l *Lowerer) Take() (imports, declarations string) {
	for len(l.queue) > 0 {
		next := l.queue[0]
		l.queue = l.queue[1:]
		next()
	}
	if l.cell != nil {
		l.cell()
		l.cell = nil
		l.setup.Reset()
	}
	imports, declarations = l.pending.String(), l.out.String()
	l.pending.Reset()
	l.out.Reset()
	return imports, declarations
}

// note adds to a table something that the next evaluation declares.
func note[K comparable, V any](l *Lowerer, table map[K]V, key K, value V) {
	old, had := table[key]
	table[key] = value
	l.undo = append(l.undo, func() {
		delete(table, key)
		if had {
			table[key] = old
		}
	})
}

// Keep says that what was taken has been evaluated.
func (l *Lowerer) Keep() { l.undo = nil }

// Discard forgets all declarations that were not evaluated, after a refusal; the names of imports are given for good.
func (l *Lowerer) Discard() {
	for _, undo := range slices.Backward(l.undo) {
		undo()
	}
	l.queue, l.cell, l.undo = nil, nil, nil
	l.setup.Reset()
	l.out.Reset()
}
