package install

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// UserDir is Jupyter's data folder of the user: $JUPYTER_DATA_DIR or the
// platform's (jupyter_core's jupyter_data_dir).
func UserDir() (string, error) {
	if dir := os.Getenv("JUPYTER_DATA_DIR"); dir != "" {
		return dir, nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", err
	}
	if runtime.GOOS == "darwin" {
		return filepath.Join(home, "Library", "Jupyter"), nil
	}
	if xdg := os.Getenv("XDG_DATA_HOME"); xdg != "" {
		return filepath.Join(xdg, "jupyter"), nil
	}
	return filepath.Join(home, ".local", "share", "jupyter"), nil
}

// PrefixDir is the Jupyter data folder under an installation prefix.
func PrefixDir(prefix string) string { return filepath.Join(prefix, "share", "jupyter") }

// SysPrefixDir is the Jupyter data folder of the active Python environment:
// the virtual or conda environment, else the prefix of the python in PATH.
func SysPrefixDir() (string, error) {
	for _, env := range []string{"VIRTUAL_ENV", "CONDA_PREFIX"} {
		if prefix := os.Getenv(env); prefix != "" {
			return PrefixDir(prefix), nil
		}
	}
	for _, python := range []string{"python3", "python"} {
		if prefix, err := exec.Command(python, "-c", "import sys; print(sys.prefix)").Output(); err == nil {
			return PrefixDir(strings.TrimSpace(string(prefix))), nil
		}
	}
	return "", errors.New("--sys-prefix: no VIRTUAL_ENV is active and no python is in PATH; activate the environment or give --prefix")
}

// SearchPath lists the data folders where Jupyter looks for kernelspecs, first
// match first.
func SearchPath() []string {
	dirs := filepath.SplitList(os.Getenv("JUPYTER_PATH"))
	if dir, err := UserDir(); err == nil {
		dirs = append(dirs, dir)
	}
	if dir, err := SysPrefixDir(); err == nil {
		dirs = append(dirs, dir)
	}
	dirs = append(dirs, PrefixDir("/usr/local"), PrefixDir("/usr"))
	var unique []string
	for _, dir := range dirs {
		if !slices.Contains(unique, dir) {
			unique = append(unique, dir)
		}
	}
	return unique
}
