package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
)

// extraFile is the stem of the file with wrappers of interfaces that no package names.
const extraFile = "extra"

// optional lists, for an interface, the methods that compiled code asks its values for by type assertion. A cell's
// type may have any of them, so each combination gets a wrapper. Alternatives share a row.
var optional = []struct {
	base    string
	methods [][]string
}{
	{"error", [][]string{{"Unwrap() error", "Unwrap() []error"}, {"Is(error) bool"}, {"As(any) bool"}}},
	{"io.Writer", [][]string{{"io.StringWriter"}, {"io.ReaderFrom"}, {"io.Closer"}, {"Flush() error", "Flush()", "io.ByteWriter; Flush() error"}}},
	{"io.Reader", [][]string{{"io.WriterTo"}, {"io.ByteReader", "io.ByteScanner", "io.RuneScanner"}, {"io.Closer"}, {"io.Seeker", "io.Seeker; io.ReaderAt"}}},
	{"context.Context", [][]string{{"AfterFunc(func()) func() bool"}}},
	{"http.ResponseWriter", [][]string{{"http.Flusher"}, {"http.Hijacker"}, {"Unwrap() http.ResponseWriter"}, {"io.StringWriter"}}},
	{"http.RoundTripper", [][]string{{"CloseIdleConnections()"}}},
	{"flag.Value", [][]string{{"IsBoolFlag() bool"}, {"flag.Getter"}}},
}

// single lists anonymous interfaces that the standard library and its users convert to.
var single = []string{
	"Error() string", "String() string", "Unwrap() error", "Unwrap() []error", "Is(error) bool", "As(any) bool",
	"Timeout() bool", "Temporary() bool", "Len() int", "Close() error", "Flush() error", "Flush()",
}

// writeExtra writes the wrappers of error and of the interfaces above.
func writeExtra(dir string, imports *exports) error {
	var declarations []string
	for _, method := range single {
		declarations = append(declarations, "interface{ "+method+" }")
	}
	declarations = append(declarations, "error")
	for _, o := range optional {
		declarations = append(declarations, combinations("interface{ "+o.base, o.methods, 0)...)
	}
	names := newNamer()
	wrappers := &wrapperWriter{names: names}
	for i, declaration := range declarations {
		t, err := typeOf(declaration, imports)
		if err != nil {
			return fmt.Errorf("%s: %v", declaration, err)
		}
		wrappers.add(t, fmt.Sprintf("extra_%d", i))
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "%spackage symbols\n\n%s", header, names.importDecl())
	fmt.Fprintf(&b, "var extraWrappers = []wrapper{\n%s}\n\n%s", &wrappers.entries, &wrappers.types)
	source, err := gofmt(b.Bytes())
	if err != nil {
		return err
	}
	return writeFiles(dir, map[string][]byte{"zz_" + extraFile + ".go": source})
}

// combinations extends the open interface literal prefix, which has n optional methods so far, by none or one
// method of each row.
func combinations(prefix string, rows [][]string, n int) []string {
	if len(rows) == 0 {
		if n == 0 {
			return nil // the base itself
		}
		return []string{prefix + " }"}
	}
	all := combinations(prefix, rows[1:], n)
	for _, method := range rows[0] {
		all = append(all, combinations(prefix+"; "+method, rows[1:], n+1)...)
	}
	return all
}

// typeOf checks a type expression over the names of the packages above.
func typeOf(expr string, imports *exports) (types.Type, error) {
	const head = `package extra
		import ("context"; "flag"; "io"; "net/http")
		var (_ context.Context; _ flag.Value; _ io.Reader; _ http.Handler)
		type T = `
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", head+expr, 0)
	if err != nil {
		return nil, err
	}
	config := types.Config{Importer: imports}
	pkg, err := config.Check("extra", fset, []*ast.File{file}, nil)
	if err != nil {
		return nil, err
	}
	return types.Unalias(pkg.Scope().Lookup("T").Type()), nil
}
