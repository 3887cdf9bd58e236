package generics

import (
	"go/token"
	"go/types"
	"slices"
	"testing"

	"github.com/gophergrad/gophergrad/interp/symbols"
)

// withoutSource are generics that have no source here: types whose underlying type says all, and what only compiled
// code can do.
var withoutSource = map[string][]string{
	"iter":         {"Seq", "Seq2"},
	"database/sql": {"Null"},
	"hash/maphash": {"Comparable", "WriteComparable"},
	"runtime":      {"AddCleanup"},
	"unique":       {"Handle", "Make"},
	"weak":         {"Make", "Pointer"},
}

// TestSignatures checks that the sources declare exactly the generics of the standard library, with their signatures.
func TestSignatures(t *testing.T) {
	fset := token.NewFileSet()
	importer := symbols.NewImporter(fset)
	sources := NewImporter(fset, importer)
	for _, path := range symbols.Paths() {
		real, err := importer.Import(path)
		if err != nil {
			t.Fatal(err)
		}
		ours := sources.load(path).types
		for _, name := range real.Scope().Names() {
			object := real.Scope().Lookup(name)
			if !object.Exported() || !isGeneric(object) {
				continue
			}
			own := ours.Scope().Lookup(name)
			if slices.Contains(withoutSource[path], name) {
				if own != nil {
					t.Errorf("%s.%s has a source after all", path, name)
				}
				continue
			}
			if own == nil {
				t.Errorf("%s.%s has no source", path, name)
				continue
			}
			compare(t, path, object, own)
		}
		for _, name := range ours.Scope().Names() {
			if own := ours.Scope().Lookup(name); own.Exported() && real.Scope().Lookup(name) == nil {
				t.Errorf("%s has no %s", path, name)
			}
		}
	}
}

func isGeneric(object types.Object) bool {
	switch object := object.(type) {
	case *types.Func:
		return object.Signature().TypeParams() != nil
	case *types.TypeName:
		t, ok := object.Type().(interface{ TypeParams() *types.TypeParamList })
		return ok && t.TypeParams() != nil
	}
	return false
}

func compare(t *testing.T, path string, real, own types.Object) {
	realNamed, isType := real.Type().(*types.Named)
	if !isType {
		if !identical(real.Type().(*types.Signature), own.Type().(*types.Signature)) {
			t.Errorf("%s: %v, want %v", path, own, real)
		}
		return
	}
	// Instantiated alike, the methods must be alike.
	arg := []types.Type{types.Typ[types.Int]}
	realType, err := types.Instantiate(nil, realNamed, arg, true)
	if err != nil {
		t.Fatal(err)
	}
	ownType, err := types.Instantiate(nil, own.Type(), arg, true)
	if err != nil {
		t.Errorf("%s: %v", own, err)
		return
	}
	for m := range realType.(*types.Named).Methods() {
		method, _, _ := types.LookupFieldOrMethod(ownType, true, nil, m.Name())
		if m.Exported() && (method == nil || !types.Identical(method.Type(), m.Type())) {
			t.Errorf("%s: %s.%s is %v, want %v", path, real.Name(), m.Name(), method, m.Type())
		}
	}
}

// identical compares generic signatures. An unexported constraint is another type in each package; what it allows
// counts.
func identical(real, own *types.Signature) bool {
	if types.Identical(real, own) {
		return true
	}
	a, b := real.TypeParams(), own.TypeParams()
	if a.Len() != b.Len() {
		return false
	}
	var args []types.Type
	for i := range a.Len() {
		if !types.Identical(a.At(i).Constraint().Underlying(), b.At(i).Constraint().Underlying()) {
			return false
		}
		args = append(args, types.Typ[types.Int])
	}
	realInt, err1 := types.Instantiate(nil, real, args, true)
	ownInt, err2 := types.Instantiate(nil, own, args, true)
	return err1 == nil && err2 == nil && types.Identical(realInt, ownInt)
}

func TestFiles(t *testing.T) {
	if files := Files("slices"); len(files) != 3 || files[0].Name != "iter.go" || files[0].Text == "" {
		t.Errorf("slices has the files %v", files)
	}
	if files := Files("fmt"); files != nil {
		t.Errorf("fmt has the files %v", files)
	}
}

func TestImporter(t *testing.T) {
	fset := token.NewFileSet()
	sources := NewImporter(fset, symbols.NewImporter(fset))
	sort := sources.Func("slices", "", "Sort")
	if sort == nil || sort.Sig.TypeParams().Len() != 2 || sort.Recv != nil || sort.Info.TypeOf(sort.Decl.Name) == nil {
		t.Errorf("slices.Sort is %+v", sort)
	}
	if swap := sources.Func("sync/atomic", "Pointer", "Swap"); swap == nil || swap.Recv == nil || swap.Sig.RecvTypeParams().Len() != 1 {
		t.Errorf("atomic.Pointer.Swap is %+v", swap)
	}
	if sources.Type("sync/atomic", "Pointer") == nil {
		t.Error("atomic.Pointer has no source")
	}
	if sources.Func("fmt", "", "Println") != nil || sources.Type("iter", "Seq") != nil {
		t.Error("sources of what has none")
	}
}
