package install

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"golang.org/x/sys/cpu"
)

// Status says what a finding means.
type Status string

// The statuses of a finding.
const (
	OK      Status = "ok"      // works
	Absent  Status = "absent"  // optional and not there
	Problem Status = "problem" // must be mended
)

// Finding is one line of the doctor's report.
type Finding struct {
	Status Status
	Topic  string
	Detail string
}

// Examine reports what this machine offers the kernel and what stands in its way.
func Examine(version string) []Finding {
	found := []Finding{self(version), processor(), jupyter()}
	found = append(found, kernelspecs()...)
	return append(found, ports())
}

func self(version string) Finding {
	path, err := os.Executable()
	if err != nil {
		return Finding{Problem, "program", err.Error()}
	}
	return Finding{OK, "program", fmt.Sprintf("%s, version %s", path, version)}
}

func processor() Finding {
	var features []string
	for _, f := range []struct {
		name string
		has  bool
	}{
		{"AVX2", cpu.X86.HasAVX2}, {"FMA", cpu.X86.HasFMA}, {"AVX-512", cpu.X86.HasAVX512F},
		{"NEON", cpu.ARM64.HasASIMD},
	} {
		if f.has {
			features = append(features, f.name)
		}
	}
	if features == nil {
		features = []string{"no vector instructions known to gophergrad: arithmetic runs in plain Go"}
	}
	return Finding{OK, "processor", fmt.Sprintf("%d × %s, %s", runtime.NumCPU(), runtime.GOARCH, strings.Join(features, ", "))}
}

func jupyter() Finding {
	path, err := exec.LookPath("jupyter")
	if err != nil {
		return Finding{Absent, "jupyter", "not in PATH: `gophergrad run` works without it"}
	}
	return Finding{OK, "jupyter", path}
}

// kernelspecs judges every kernelspec that Jupyter would find and gophergrad wrote.
func kernelspecs() []Finding {
	var found []Finding
	for _, data := range SearchPath() {
		dirs, _ := filepath.Glob(filepath.Join(data, "kernels", "*"))
		for _, dir := range dirs {
			if spec, err := ReadSpec(dir); err == nil && spec.Own() {
				found = append(found, judge(dir, spec))
			}
		}
	}
	if found == nil {
		return []Finding{{Absent, "kernelspec", "none found: `gophergrad install` writes one"}}
	}
	return found
}

func judge(dir string, spec Spec) Finding {
	if len(spec.Argv) == 0 {
		return Finding{Problem, "kernelspec", dir + " names no program; `gophergrad install` writes it anew"}
	}
	if _, err := exec.LookPath(spec.Argv[0]); err != nil {
		return Finding{Problem, "kernelspec", fmt.Sprintf("%s starts %s, which cannot run; `gophergrad install` writes it anew", dir, spec.Argv[0])}
	}
	return Finding{OK, "kernelspec", fmt.Sprintf("%s (%s)", dir, spec.DisplayName)}
}

// ports checks that the five channels could be bound on the local interface.
func ports() Finding {
	for range 5 {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return Finding{Problem, "ports", err.Error()}
		}
		defer l.Close()
	}
	return Finding{OK, "ports", "five ports of 127.0.0.1 can be bound"}
}
