package symbols

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"reflect"
	"strings"
	"testing"
)

// TestTablesMatchTypes compares the two halves of every package: what the type checker knows and what is linked.
func TestTablesMatchTypes(t *testing.T) {
	importer := NewImporter(token.NewFileSet())
	for _, path := range Paths() {
		pkg, err := importer.Import(path)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		if pkg.Name() != Name(path) || pkg.Path() != path {
			t.Errorf("%s: types of %s %s, name %s", path, pkg.Name(), pkg.Path(), Name(path))
		}
		table := Table(path)
		for _, name := range pkg.Scope().Names() {
			object := pkg.Scope().Lookup(name)
			if !object.Exported() {
				continue
			}
			if isGeneric(object) || isConstraint(object) {
				if table[name].IsValid() {
					t.Errorf("%s.%s is generic but in the table", path, name)
				}
				continue
			}
			if err := sameSymbol(object, table[name]); err != nil {
				t.Errorf("%s.%s: %v", path, name, err)
			}
			delete(table, name)
		}
		for name := range table {
			t.Errorf("%s.%s is in the table only", path, name)
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

func isConstraint(object types.Object) bool {
	_, isType := object.(*types.TypeName)
	iface, ok := object.Type().Underlying().(*types.Interface)
	return isType && ok && !iface.IsMethodSet()
}

func sameSymbol(object types.Object, v reflect.Value) error {
	if !v.IsValid() {
		return fmt.Errorf("missing")
	}
	switch object := object.(type) {
	case *types.Const:
		if got := constantOf(v); got.Kind() == constant.Unknown || !constant.Compare(got, token.EQL, object.Val()) {
			return fmt.Errorf("constant %s, want %s", got.ExactString(), object.Val().ExactString())
		}
	case *types.Func:
		if s := object.Signature(); v.Kind() != reflect.Func || v.Type().NumIn() != s.Params().Len() || v.Type().NumOut() != s.Results().Len() {
			return fmt.Errorf("%v, want %v", v.Type(), s)
		}
	case *types.Var:
		if !v.CanAddr() {
			return fmt.Errorf("variable cannot be addressed")
		}
	case *types.TypeName:
		if v.Kind() != reflect.Pointer || !v.IsNil() {
			return fmt.Errorf("type given as %v", v)
		}
		named, ok := types.Unalias(object.Type()).(*types.Named)
		if ok && v.Type().Elem().Name() != named.Obj().Name() && named.TypeArgs() == nil {
			return fmt.Errorf("type %v, want %v", v.Type().Elem(), named)
		}
	}
	return nil
}

// constantOf turns a table's entry into a constant, whatever its Go type.
func constantOf(v reflect.Value) constant.Value {
	if c, ok := v.Interface().(constant.Value); ok {
		return c
	}
	switch {
	case v.CanInt():
		return constant.MakeInt64(v.Int())
	case v.CanUint():
		return constant.MakeUint64(v.Uint())
	case v.CanFloat():
		return constant.MakeFloat64(v.Float())
	case v.Kind() == reflect.String:
		return constant.MakeString(v.String())
	case v.Kind() == reflect.Bool:
		return constant.MakeBool(v.Bool())
	}
	return constant.MakeUnknown()
}

// TestTypeCheck checks, for every package, a program that uses each of its exported names.
func TestTypeCheck(t *testing.T) {
	fset := token.NewFileSet()
	importer := NewImporter(fset)
	for _, path := range Paths() {
		pkg, err := importer.Import(path)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		fmt.Fprintf(&b, "package p; import q %q; var _ q.X0\n", path)
		for _, name := range pkg.Scope().Names() {
			object := pkg.Scope().Lookup(name)
			switch {
			case !object.Exported() || isGeneric(object) || isConstraint(object):
			case strings.HasPrefix(object.String(), "type "):
				fmt.Fprintf(&b, "var _ q.%s\n", name)
			case strings.HasPrefix(object.String(), "const "):
				fmt.Fprintf(&b, "const _ = q.%s\n", name)
			default:
				fmt.Fprintf(&b, "var _ = q.%s\n", name)
			}
		}
		file, err := parser.ParseFile(fset, "p.go", b.String(), 0)
		if err != nil {
			t.Fatal(err)
		}
		var errs []string
		config := types.Config{Importer: importer, Error: func(err error) { errs = append(errs, err.Error()) }}
		config.Check("p", fset, []*ast.File{file}, nil)
		// The name that no package has shows that the check looks at the package at all.
		if len(errs) != 1 || !strings.Contains(errs[0], "undefined: q.X0") {
			t.Errorf("%s: %v", path, errs)
		}
	}
}

func TestImporter(t *testing.T) {
	importer := NewImporter(token.NewFileSet())
	net, err := importer.Import("net/http")
	if err != nil {
		t.Fatal(err)
	}
	reader := net.Scope().Lookup("Request").Type().Underlying().(*types.Struct)
	io, err := importer.Import("io")
	if err != nil {
		t.Fatal(err)
	}
	for field := range reader.Fields() {
		if field.Name() == "Body" && field.Type() != io.Scope().Lookup("ReadCloser").Type() {
			t.Error("net/http and io have different types io.ReadCloser")
		}
	}
	if again, _ := importer.Import("net/http"); again != net {
		t.Error("a second Import gave another package")
	}
	if _, err := importer.Import("no/such"); err == nil || !strings.Contains(err.Error(), `"no/such"`) {
		t.Errorf("unknown path: %v", err)
	}
}

func TestUnknownPath(t *testing.T) {
	if Table("no/such") != nil || Name("no/such") != "" || Doc("no/such", "") != "" {
		t.Error("an unknown package has symbols")
	}
}

func TestVariablesAreThePackages(t *testing.T) {
	if flag := Table("os")["Args"]; !flag.CanSet() {
		t.Error("os.Args cannot be set")
	}
}

func TestDoc(t *testing.T) {
	for _, c := range []struct{ path, name, want string }{
		{"fmt", "", "Package fmt implements formatted I/O"},
		{"fmt", "Println", "Println formats using the default formats"},
		{"strings", "Builder.WriteString", "WriteString appends"},
		{"io", "SeekStart", "seek relative to the origin of the file"},
		{"io", "EOF", "EOF is the error returned"},
		{"net/http", "Request.Body", "Body is the request's body"},
		{"sort", "Interface.Len", "Len is the number of elements"},
		{"gonum.org/v1/gonum/mat", "Dense.At", "At returns the element"},
		{"fmt", "no such", ""},
	} {
		if got := Doc(c.path, c.name); !strings.HasPrefix(got, c.want) || (got == "") != (c.want == "") {
			t.Errorf("Doc(%q, %q) = %.60q, want %q…", c.path, c.name, got, c.want)
		}
	}
	for _, path := range Paths() {
		if strings.HasPrefix(path, "gonum") && path != "gonum.org/v1/plot/text" && Doc(path, "") == "" {
			t.Errorf("%s has no package comment", path)
		}
	}
}

func BenchmarkTable(b *testing.B) {
	for b.Loop() {
		Table("fmt")
	}
}

func BenchmarkImport(b *testing.B) {
	for _, path := range []string{"fmt", "net/http", "gonum.org/v1/gonum/mat"} {
		b.Run(path, func(b *testing.B) {
			for b.Loop() {
				NewImporter(token.NewFileSet()).Import(path)
			}
		})
	}
	b.Run("all", func(b *testing.B) {
		for b.Loop() {
			importer := NewImporter(token.NewFileSet())
			for _, path := range Paths() {
				importer.Import(path)
			}
		}
	})
}
