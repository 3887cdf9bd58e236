// Command gen writes what cells can import: for every package a table of its symbols with wrappers of its
// interfaces (zz_PATH.go), its types (data/PATH.types) and its doc comments (data/PATH.doc).
//
//	go generate ./interp/symbols                     everything
//	go run ./interp/symbols/gen -only PATTERN        some packages, as github.com/gophergrad/gophergrad/...
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("symbols: ")
	only := flag.String("only", everything, "generate only packages that match this `pattern`, in which ... stands for any text")
	dir := flag.String("dir", "interp/symbols", "`folder` of package symbols")
	flag.Parse()
	if err := generate(*dir, *only); err != nil {
		log.Fatal(err)
	}
}

// everything is the pattern of all packages.
const everything = "..."

// generate writes the files of every package that matches and removes those of packages that are no longer there.
func generate(dir, pattern string) error {
	wanted := regexp.MustCompile("^" + strings.ReplaceAll(regexp.QuoteMeta(pattern), `\.\.\.`, ".*") + "$")
	std, err := load("std")
	if err != nil {
		return err
	}
	var stdPaths []string
	for _, p := range std {
		stdPaths = append(stdPaths, p.ImportPath)
	}
	paths := slices.Concat(standard(stdPaths), framework, gonum)
	paths = slices.DeleteFunc(paths, func(path string) bool { return !wanted.MatchString(path) })
	if len(paths) == 0 {
		return fmt.Errorf("no package matches %q", pattern)
	}
	pkgs, err := load(append([]string{"-export"}, paths...)...)
	if err != nil {
		return err
	}
	slices.SortFunc(pkgs, func(a, b *listed) int { return strings.Compare(a.ImportPath, b.ImportPath) })

	var failed []string
	imports := newExports()
	written := map[string]bool{extraFile: true}
	for _, p := range pkgs {
		stem := fileName(p.ImportPath)
		if len(p.GoFiles) == 0 {
			log.Printf("%s is not there; left out", p.ImportPath)
			continue
		}
		written[stem] = true
		if err := writePackage(dir, stem, p, imports); err != nil {
			failed = append(failed, fmt.Sprintf("%s: %v", p.ImportPath, err))
		}
	}
	if pattern == everything {
		if err := writeExtra(dir, imports); err != nil {
			failed = append(failed, err.Error())
		}
	}
	if len(failed) > 0 {
		return fmt.Errorf("kept the old files of\n\t%s", strings.Join(failed, "\n\t"))
	}
	return removeStale(dir, wanted, written)
}

// listed is what go list says about a package.
type listed struct {
	ImportPath, Dir, Export string
	GoFiles                 []string
	Error                   *struct{ Err string }
}

// load runs go list for the platform whose symbols we publish.
func load(args ...string) ([]*listed, error) {
	cmd := exec.Command("go", append([]string{"list", "-e", "-json=ImportPath,Dir,Export,GoFiles,Error"}, args...)...)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS=linux", "GOARCH=amd64")
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	var pkgs []*listed
	for decoder := json.NewDecoder(out); ; {
		p := new(listed)
		if err := decoder.Decode(p); errors.Is(err, io.EOF) {
			return pkgs, cmd.Wait()
		} else if err != nil {
			return nil, err
		}
		pkgs = append(pkgs, p)
	}
}

func writePackage(dir, stem string, p *listed, imports *exports) error {
	if p.Error != nil || p.Export == "" {
		return fmt.Errorf("does not build: %+v", p.Error)
	}
	pkg, err := imports.read(p.ImportPath, p.Export)
	if err != nil {
		return err
	}
	types, err := encodeTypes(pkg)
	if err != nil {
		return err
	}
	doc, err := encodeDoc(p)
	if err != nil {
		return err
	}
	source, err := tableSource(pkg)
	if err != nil {
		return err
	}
	return writeFiles(dir, map[string][]byte{
		"zz_" + stem + ".go":                 source,
		filepath.Join("data", stem+".types"): types,
		filepath.Join("data", stem+".doc"):   doc,
	})
}

func writeFiles(dir string, files map[string][]byte) error {
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// removeStale deletes generated files of wanted packages that were not written this time.
func removeStale(dir string, wanted *regexp.Regexp, written map[string]bool) error {
	tables, err := filepath.Glob(filepath.Join(dir, "zz_*.go"))
	if err != nil {
		return err
	}
	for _, table := range tables {
		stem := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(table), "zz_"), ".go")
		source, err := os.ReadFile(table)
		if err != nil {
			return err
		}
		match := pathLine.FindSubmatch(source)
		if written[stem] || match == nil || !wanted.Match(match[1]) {
			continue
		}
		log.Printf("removing %s", stem)
		os.Remove(table)
		os.Remove(filepath.Join(dir, "data", stem+".types"))
		os.Remove(filepath.Join(dir, "data", stem+".doc"))
	}
	return nil
}

// pathLine finds the import path in a generated table.
var pathLine = regexp.MustCompile(`(?m)^\tpath: +"(.*)",$`)
