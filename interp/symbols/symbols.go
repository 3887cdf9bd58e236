// Package symbols is what cells can import: for each package of the standard library, of the framework and of gonum
// its symbols, wrappers for its interfaces, its types for the type checker, and its documentation.
//
// The zz_ files and data are generated; `make generate` renews them when an API changes.
package symbols

//go:generate go run ./gen -dir .

import (
	"go/constant"
	"go/token"
	"maps"
	"reflect"
	"slices"

	"github.com/gophergrad/gophergrad/interp/box"
)

// pkgSymbols is a package as generated. All of it is static data: nothing runs at start but register.
type pkgSymbols struct {
	path, name         string
	symbols, variables []symbol
	wrappers           []wrapper
}

// symbol is a function, a constant (typed, or one of the literals below), a nil *T for a type T, or for a variable
// its address.
type symbol struct {
	name  string
	value any
}

// wrapper makes values that implement an interface, given as a nil pointer to it, of boxed values.
type wrapper struct {
	iface any
	wrap  func(box.Box) any
}

// Untyped constants, written as Go literals or exact integers.
type (
	intLiteral    string
	floatLiteral  string
	stringLiteral string
)

var registered = map[string]*pkgSymbols{}

func register(p *pkgSymbols) { registered[p.path] = p }

// Paths lists the import paths of all packages, sorted.
func Paths() []string { return slices.Sorted(maps.Keys(registered)) }

// Name is the name of the package imported by path, "" if there is none.
func Name(path string) string {
	if p := registered[path]; p != nil {
		return p.name
	}
	return ""
}

// Table gives the symbols of the package imported by path in yaegi's form, nil if there is none: functions and typed
// constants as they are, untyped constants as constant.Value, variables addressable, types as nil pointers.
// Generic functions and types are missing. Each call makes a new map.
func Table(path string) map[string]reflect.Value {
	p := registered[path]
	if p == nil {
		return nil
	}
	table := make(map[string]reflect.Value, len(p.symbols)+len(p.variables))
	for _, s := range p.symbols {
		table[s.name] = reflect.ValueOf(unliteral(s.value))
	}
	for _, v := range p.variables {
		table[v.name] = reflect.ValueOf(v.value).Elem()
	}
	return table
}

// Type finds the type called name of the package imported by path; nil if there is none.
func Type(path, name string) reflect.Type {
	p := registered[path]
	if p == nil {
		return nil
	}
	i := slices.IndexFunc(p.symbols, func(s symbol) bool { return s.name == name })
	if i < 0 || reflect.TypeOf(p.symbols[i].value).Kind() != reflect.Pointer {
		return nil
	}
	return reflect.TypeOf(p.symbols[i].value).Elem()
}

// unliteral turns an untyped constant into a constant.Value and leaves other values alone.
func unliteral(v any) any {
	switch v := v.(type) {
	case intLiteral:
		return signed(string(v), token.INT)
	case floatLiteral:
		return signed(string(v), token.FLOAT)
	case stringLiteral:
		return constant.MakeFromLiteral(string(v), token.STRING, 0)
	default:
		return v
	}
}

// signed reads a number that may start with a minus sign, which Go's literals do not.
func signed(text string, kind token.Token) constant.Value {
	if text[0] == '-' {
		return constant.UnaryOp(token.SUB, constant.MakeFromLiteral(text[1:], kind, 0), 0)
	}
	return constant.MakeFromLiteral(text, kind, 0)
}
