package interp

import (
	"go/types"
	"maps"
	"slices"
	"strings"
	"testing"
)

// A cell can hold whatever the framework's constants, variables and functions are or return: it cannot where the type has no
// name outside of its package.
func TestFrameworkNamesItsTypes(t *testing.T) {
	s, err := New()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	checked := 0
	for _, path := range slices.Sorted(maps.Values(preludeImports)) {
		if !strings.HasPrefix(path, framework) {
			continue
		}
		pkg, err := s.importer.Import(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range pkg.Scope().Names() {
			obj := pkg.Scope().Lookup(name)
			if !obj.Exported() {
				continue
			}
			held := []types.Object{obj}
			if _, ok := obj.(*types.TypeName); ok {
				held = members(obj.Type())
			}
			for _, obj := range held {
				if _, ok := obj.(*types.TypeName); ok || !obj.Exported() {
					continue
				}
				checked++
				results := types.NewTuple(types.NewVar(0, nil, "", obj.Type()))
				if sig, ok := obj.Type().(*types.Signature); ok {
					results = sig.Results()
				}
				for v := range results.Variables() {
					mentions(v.Type(), func(n *types.TypeName) bool {
						if n.Pkg() != nil && !n.Exported() {
							t.Errorf("%s.%s: %v is not exported", pkg.Name(), obj.Name(), n)
						}
						return false
					})
				}
			}
		}
	}
	if checked < 500 {
		t.Errorf("only %d names", checked)
	}
}

// The verbs of fmt and the builtin print write tensors, not what is inside of them.
func TestTensorsArePrinted(t *testing.T) {
	n := newNotebook(t)
	n.ok(`fmt.Printf("%.2f %d", tensor.Ones(2).Sum(), tensor.Of([]int{1, 2}))`)
	wants(t, n.out(), "2.00 [1 2]")
	n.ok("print(tensor.Ones(1))")
	wants(t, n.errors(), "tensor([1.])")
}
