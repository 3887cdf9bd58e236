package install

import (
	"encoding/json"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var options = Options{Name: "Go-Test", DisplayName: "Go (test)", Version: "v1"}

func TestInstallWritesWhatJupyterReads(t *testing.T) {
	data := t.TempDir()
	dir, err := Install(data, options)
	if err != nil {
		t.Fatal(err)
	}
	if want := filepath.Join(data, "kernels", "go-test"); dir != want {
		t.Errorf("installed in %s, want %s", dir, want)
	}
	text, err := os.ReadFile(filepath.Join(dir, "kernel.json"))
	if err != nil {
		t.Fatal(err)
	}
	var spec map[string]any
	if err := json.Unmarshal(text, &spec); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{
		"display_name": "Go (test)", "language": "go", "interrupt_mode": "message",
	} {
		if spec[key] != want {
			t.Errorf("%s is %v, want %s", key, spec[key], want)
		}
	}
	argv := spec["argv"].([]any)
	program, err := os.Stat(argv[0].(string))
	if err != nil || program.Mode()&0o111 == 0 || !filepath.IsAbs(argv[0].(string)) {
		t.Errorf("argv[0] %v is no absolute path of a program: %v", argv[0], err)
	}
	if argv[len(argv)-1] != "{connection_file}" {
		t.Errorf("argv %v does not end with the connection file", argv)
	}
	for name, size := range map[string]int{"logo-32x32.png": 32, "logo-64x64.png": 64} {
		file, err := os.Open(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		logo, err := png.DecodeConfig(file)
		file.Close()
		if err != nil || logo.Width != size || logo.Height != size {
			t.Errorf("%s: %v, %d×%d", name, err, logo.Width, logo.Height)
		}
	}
}

func TestInstallAndUninstallKeepWhatIsNotOurs(t *testing.T) {
	data := t.TempDir()
	foreign := filepath.Join(data, "kernels", "go-test")
	if err := os.MkdirAll(foreign, 0o755); err != nil {
		t.Fatal(err)
	}
	kernelJSON := filepath.Join(foreign, "kernel.json")
	if err := os.WriteFile(kernelJSON, []byte(`{"argv": ["other"], "metadata": {}}`), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Install(data, options); err == nil || !strings.Contains(err.Error(), "--force") {
		t.Errorf("Install over a foreign kernelspec: %v", err)
	}
	if _, err := Uninstall(data, options.Name); err == nil {
		t.Error("Uninstall removed a foreign kernelspec")
	}
	if spec, err := ReadSpec(foreign); err != nil || spec.Own() {
		t.Errorf("the foreign kernelspec changed: %v %v", spec, err)
	}

	forced := options
	forced.Force = true
	for range 2 { // over the foreign one, then over our own
		if _, err := Install(data, forced); err != nil {
			t.Fatal(err)
		}
		forced.Force = false
	}
	if _, err := Uninstall(data, options.Name); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(foreign); err == nil {
		t.Error("Uninstall left the folder")
	}
	if _, err := Uninstall(data, options.Name); err == nil {
		t.Error("Uninstall of nothing succeeded")
	}
}

func TestNamesThatJupyterCannotList(t *testing.T) {
	for _, name := range []string{"", "a b", "../x", "a/b", "go!"} {
		if _, err := Install(t.TempDir(), Options{Name: name}); err == nil {
			t.Errorf("name %q was accepted", name)
		}
	}
}

func TestUserDir(t *testing.T) {
	t.Setenv("JUPYTER_DATA_DIR", "/somewhere")
	if dir, err := UserDir(); err != nil || dir != "/somewhere" {
		t.Errorf("with JUPYTER_DATA_DIR: %s, %v", dir, err)
	}
}

func TestSysPrefixDir(t *testing.T) {
	t.Setenv("VIRTUAL_ENV", "/venv")
	if dir, err := SysPrefixDir(); err != nil || dir != "/venv/share/jupyter" {
		t.Errorf("in a virtual environment: %s, %v", dir, err)
	}
	t.Setenv("VIRTUAL_ENV", "")
	t.Setenv("CONDA_PREFIX", "")
	t.Setenv("PATH", t.TempDir())
	if _, err := SysPrefixDir(); err == nil {
		t.Error("no environment and no python: no error")
	}
}

func TestDoctorSeesABrokenKernelspec(t *testing.T) {
	data := t.TempDir()
	t.Setenv("JUPYTER_PATH", data)
	dir, err := Install(data, options)
	if err != nil {
		t.Fatal(err)
	}
	if f := finding(t, dir); f.Status != OK {
		t.Errorf("fresh kernelspec: %v", f)
	}
	if err := os.Remove(filepath.Join(dir, program)); err != nil {
		t.Fatal(err)
	}
	if f := finding(t, dir); f.Status != Problem {
		t.Errorf("kernelspec without its program: %v", f)
	}
}

// finding is the doctor's line on the kernelspec folder dir.
func finding(t *testing.T, dir string) Finding {
	t.Helper()
	for _, f := range Examine("v1") {
		if f.Topic == "kernelspec" && strings.HasPrefix(f.Detail, dir) {
			return f
		}
	}
	t.Fatalf("the doctor did not find %s", dir)
	return Finding{}
}
