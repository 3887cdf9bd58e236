// Package install writes, finds and removes the kernelspec that makes Jupyter
// front ends see gophergrad, and reports what a machine offers it.
package install

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// Defaults of the kernelspec.
const (
	DefaultName        = "gophergrad"
	DefaultDisplayName = "Go (gophergrad)"
)

// program is the name of the copy of the running program beside kernel.json.
const program = "gophergrad"

// owner is the metadata key by which gophergrad recognises its own kernelspecs.
const owner = "gophergrad"

//go:embed logo-32x32.png logo-64x64.png logo-svg.svg
var logos embed.FS

// Spec is the content of a kernel.json (JEP 105).
type Spec struct {
	Argv          []string                   `json:"argv"`
	DisplayName   string                     `json:"display_name"`
	Language      string                     `json:"language"`
	InterruptMode string                     `json:"interrupt_mode"`
	Protocol      string                     `json:"kernel_protocol_version"` // from 5.5 on a launcher may ask for registration
	Metadata      map[string]json.RawMessage `json:"metadata"`
}

// Own reports whether gophergrad wrote s.
func (s Spec) Own() bool {
	_, ok := s.Metadata[owner]
	return ok
}

// ReadSpec reads the kernel.json of the kernelspec folder dir.
func ReadSpec(dir string) (Spec, error) {
	var s Spec
	file := filepath.Join(dir, "kernel.json")
	text, err := os.ReadFile(file)
	if err != nil {
		return s, err
	}
	if err := json.Unmarshal(text, &s); err != nil {
		return s, fmt.Errorf("%s: %w", file, err)
	}
	return s, nil
}

// Options say what Install writes.
type Options struct {
	Name        string // kernelspec name, the folder's name
	DisplayName string // what front ends show
	Version     string // recorded in the metadata
	Force       bool   // replace a kernelspec that gophergrad did not write
}

// Install copies the running program and its kernelspec into the Jupyter data
// folder dataDir and returns the kernelspec's folder. The copy makes the
// kernelspec outlive a build folder, `go run` included.
func Install(dataDir string, o Options) (string, error) {
	dir, err := specDir(dataDir, o.Name)
	if err != nil {
		return "", err
	}
	if err := replaceable(dir); err != nil && !o.Force {
		return "", fmt.Errorf("%w (--force replaces it)", err)
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return "", err
	}
	// Built beside its place and renamed, so that a failure leaves the old one.
	build, err := os.MkdirTemp(filepath.Dir(dir), ".installing-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(build)
	if err := writeSpec(build, dir, o); err != nil {
		return "", err
	}
	if err := os.RemoveAll(dir); err != nil {
		return "", err
	}
	return dir, os.Rename(build, dir)
}

// Uninstall removes the kernelspec name from the Jupyter data folder dataDir,
// if gophergrad wrote it, and returns its folder.
func Uninstall(dataDir, name string) (string, error) {
	dir, err := specDir(dataDir, name)
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("no kernelspec at %s", dir)
	}
	if err := replaceable(dir); err != nil {
		return "", err
	}
	return dir, os.RemoveAll(dir)
}

var validName = regexp.MustCompile(`^[A-Za-z0-9_-][A-Za-z0-9._-]*$`)

// specDir is the folder of the kernelspec name; Jupyter reads names in lower case.
func specDir(dataDir, name string) (string, error) {
	if !validName.MatchString(name) {
		return "", fmt.Errorf("kernelspec name %q: only letters, digits, '.', '_' and '-' are allowed", name)
	}
	return filepath.Abs(filepath.Join(dataDir, "kernels", strings.ToLower(name)))
}

// replaceable returns an error unless dir is absent or gophergrad's own kernelspec.
func replaceable(dir string) error {
	if _, err := os.Lstat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if spec, err := ReadSpec(dir); err != nil || !spec.Own() {
		return fmt.Errorf("%s was not written by gophergrad", dir)
	}
	return nil
}

// writeSpec fills the folder build with everything that will live in dir.
func writeSpec(build, dir string, o Options) error {
	if err := copySelf(filepath.Join(build, program)); err != nil {
		return err
	}
	version, err := json.Marshal(map[string]string{"version": o.Version})
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(Spec{
		Argv:          []string{filepath.Join(dir, program), "kernel", "-f", "{connection_file}"},
		DisplayName:   o.DisplayName,
		Language:      "go",
		InterruptMode: "message",
		Protocol:      "5.5",
		Metadata:      map[string]json.RawMessage{owner: version, "debugger": json.RawMessage("true")},
	}, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(build, "kernel.json"), append(text, '\n'), 0o644); err != nil {
		return err
	}
	if err := os.CopyFS(build, logos); err != nil {
		return err
	}
	return os.Chmod(build, 0o755)
}

func copySelf(to string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	in, err := os.Open(self)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o755)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		out.Close()
		return err
	}
	return out.Close()
}
