package kernel

import (
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// python is the interpreter that has Jupyter.
func python(t *testing.T) string {
	t.Helper()
	path := os.Getenv("GOPHERGRAD_PYTHON")
	if path == "" {
		path = filepath.Join("..", ".venv", "bin", "python")
	}
	if out, err := exec.Command(path, "-c", "import jupyter_client, jupyter_kernel_test").CombinedOutput(); err != nil {
		t.Skipf("%s has no jupyter_client and jupyter_kernel_test (GOPHERGRAD_PYTHON names the interpreter): %v %s", path, err, out)
	}
	return path
}

// TestJupyterClient runs testdata/jupyter_test.py with this test binary as its kernel.
func TestJupyterClient(t *testing.T) {
	interpreter := python(t)
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	folder := filepath.Join(dir, "kernels", "mock")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	spec := mustMarshal(map[string]any{
		"argv": []string{exe, "{connection_file}"}, "display_name": "Mock", "language": "mock",
		"interrupt_mode": "message", "env": map[string]string{mockVariable: "1"},
	})
	if err := os.WriteFile(filepath.Join(folder, "kernel.json"), spec, 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(interpreter, filepath.Join("testdata", "jupyter_test.py"))
	cmd.Env = append(os.Environ(), "JUPYTER_PATH="+dir, "JUPYTER_RUNTIME_DIR="+dir)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("%s", out)
}

// startProcess starts this test binary as a kernel in a process of its own, through a shell that lives until its stdin is
// closed, and returns the kernel's process id.
func startProcess(t *testing.T, c Connection) (pid int, shell io.Closer) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "kernel.json")
	if err := os.WriteFile(file, mustMarshal(c), 0o600); err != nil {
		t.Fatal(err)
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("sh", "-c", `"$0" "$1" >&2 & echo $!; read line`, exe, file)
	cmd.Env = append(os.Environ(), mockVariable+"=1")
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stdin.Close(); cmd.Wait() })
	if _, err := fmt.Fscan(stdout, &pid); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Kill(pid, syscall.SIGKILL) })
	for began := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		conn, err := net.Dial("tcp", strings.TrimPrefix(address(c, c.Heartbeat), "tcp://"))
		if err == nil {
			conn.Close()
			return pid, stdin
		} else if time.Since(began) > patience {
			t.Fatal(err)
		}
	}
}

func ends(t *testing.T, pid int) {
	t.Helper()
	for began := time.Now(); syscall.Kill(pid, 0) == nil; time.Sleep(10 * time.Millisecond) {
		status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if strings.Contains(string(status), ") Z ") { // dead, but its parent has not looked
			return
		}
		if time.Since(began) > patience {
			t.Fatal("the kernel did not end")
		}
	}
}

func TestKernelEndsWithItsParent(t *testing.T) {
	pid, shell := startProcess(t, connection(t, "tcp"))
	time.Sleep(100 * time.Millisecond) // let it see its parent
	shell.Close()
	ends(t, pid)
}

func TestTerminateSendsWhatIsLeft(t *testing.T) {
	c := connection(t, "tcp")
	pid, _ := startProcess(t, c)
	cl := connect(t, c, "a")
	id := cl.send("shell", "execute_request", map[string]any{"code": "sleep 1h"})
	cl.until(id, "execute_input")
	if err := syscall.Kill(pid, syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	_, answer := cl.await(id)
	same(t, answer.Content["status"], any("error"))
	ends(t, pid)
}
