package main

import (
	"errors"
	"go/ast"
	"go/build/constraint"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// program is a test program of the toolchain.
type program struct {
	name string // its path below $GOROOT/test
	path string
	want string // what it prints
}

// excluded are packages whose use lies outside of what cells may do.
var excluded = []string{`"unsafe"`, `"runtime"`, `"syscall"`, `"os/exec"`}

// find lists the programs whose names contain one of the patterns, all if there are none.
func find(patterns []string) ([]program, error) {
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, err
	}
	root := filepath.Join(strings.TrimSpace(string(goroot)), "test")
	var programs []program
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() && filepath.Ext(path) == ".dir" { // a program of several packages
			return filepath.SkipDir
		}
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".go" {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil || len(patterns) > 0 && !slices.ContainsFunc(patterns, func(p string) bool { return strings.Contains(name, p) }) {
			return err
		}
		source, err := os.ReadFile(path)
		if err != nil || !counts(string(source)) {
			return err
		}
		want, err := os.ReadFile(strings.TrimSuffix(path, ".go") + ".out")
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		programs = append(programs, program{name, path, string(want)})
		return nil
	})
	return programs, err
}

// counts reports whether a file is a program to run, for this machine and without flags, arguments or excluded
// packages.
func counts(source string) bool {
	marked := false
	for line := range strings.Lines(source) {
		line = strings.TrimSpace(line)
		if constraint.IsGoBuild(line) {
			if expr, err := constraint.Parse(line); err != nil || !expr.Eval(satisfied) {
				return false
			}
		}
		marked = marked || line == "// run"
		if line != "" && !strings.HasPrefix(line, "//") {
			break
		}
	}
	if !marked {
		return false
	}
	file, err := parser.ParseFile(token.NewFileSet(), "", source, parser.ImportsOnly)
	return err == nil && file.Name.Name == "main" && !slices.ContainsFunc(file.Imports, func(spec *ast.ImportSpec) bool {
		return slices.Contains(excluded, spec.Path.Value)
	})
}

// satisfied tells the value of a build tag.
func satisfied(tag string) bool {
	return tag == runtime.GOOS || tag == runtime.GOARCH || tag == "gc" || tag == "unix" || strings.HasPrefix(tag, "go1.")
}
