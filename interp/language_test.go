package interp

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// languageCases are files of cases for each construct of the language.
var languageCases = []string{"testdata/language.txt", "testdata/language_maps.txt"}

// TestLanguage runs the cases.
func TestLanguage(t *testing.T) {
	for _, file := range languageCases {
		runCases(t, file)
	}
}

// TestLanguageOfCells runs cases that compiled Go has no counterpart of.
func TestLanguageOfCells(t *testing.T) { runCases(t, "testdata/language_cells.txt") }

// TestLanguageCompiled checks what the cases of TestLanguage expect against compiled Go.
func TestLanguageCompiled(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles programs: not with -short")
	}
	var text strings.Builder
	for _, file := range languageCases {
		part, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		_, cases, _ := strings.Cut(string(part), "\n===")
		text.WriteString("\n===" + strings.TrimSuffix(cases, "\n"))
	}
	var names, programs, wants []string
	for _, c := range strings.Split(text.String(), "\n=== ")[1:] {
		name, rest, _ := strings.Cut(c, "\n")
		source, want, ok := strings.Cut(rest, "\n>>>\n")
		if !ok {
			t.Fatalf("the case %s expects nothing", name)
		}
		names, programs, wants = append(names, name), append(programs, source), append(wants, want)
	}
	for i, got := range runCompiled(t, programs) {
		if lines(got) != lines(wants[i]) {
			t.Errorf("%s: Go prints\n%s\nand the case expects\n%s", names[i], got, wants[i])
		}
	}
}

// lines drops space at the ends of lines.
func lines(text string) string {
	var out []string
	for line := range strings.Lines(text) {
		out = append(out, strings.TrimSpace(line))
	}
	return strings.Join(out, "\n")
}

// runCompiled compiles cells as one program and gives what each prints.
func runCompiled(t *testing.T, cells []string) []string {
	t.Helper()
	files := make([]string, len(cells))
	for i, source := range cells {
		files[i] = compiledCell(t, source)
	}
	return runFiles(t, files)
}

// runFiles compiles files, each a package with a function Main, as one program and gives what each prints.
func runFiles(t *testing.T, files []string) []string {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var imports, calls strings.Builder
	for i, source := range files {
		// Each is a package called main, so that %T prints the same.
		write(fmt.Sprintf("c%d/c.go", i), strings.Replace(source, "package main", fmt.Sprintf("package main%d", i), 1))
		fmt.Fprintf(&imports, "import c%d \"cells/c%d\"\n", i, i)
		fmt.Fprintf(&calls, "\tfmt.Println(%q)\n\tc%d.Main()\n", boundary, i)
	}
	write("go.mod", "module cells\n\ngo 1.26\n")
	write("main.go", "package main\n\nimport \"fmt\"\n"+imports.String()+"\nfunc main() {\n"+calls.String()+"}\n")
	cmd := exec.Command("go", "run", ".")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return strings.Split(packageNumber.ReplaceAllString(string(out), "main."), boundary+"\n")[1:]
}

const boundary = "----- next cell -----"

var packageNumber = regexp.MustCompile(`(main|cells/c)\d+\.`)

// compiledCell makes a Go file of a cell: declarations, and a function Main for the statements.
func compiledCell(t *testing.T, source string) string {
	t.Helper()
	chunks, errs := split(source)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	var imports, decls, body strings.Builder
	for _, c := range chunks {
		text := source[c.start:c.end] + "\n"
		switch c.kind {
		case importChunk:
			imports.WriteString(text)
		case declChunk:
			decls.WriteString(text)
		default:
			body.WriteString(text)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(preludeImports)) {
		if regexp.MustCompile(`\b` + name + `\.`).MatchString(decls.String() + body.String()) {
			fmt.Fprintf(&imports, "import %s %q\n", name, preludeImports[name])
		}
	}
	return "package main\n" + imports.String() + decls.String() + "func Main() {\n" + body.String() + "}\n"
}
