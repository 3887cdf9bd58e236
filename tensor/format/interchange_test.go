package format_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gophergrad/gophergrad/tensor"
	"github.com/gophergrad/gophergrad/tensor/format"
)

var dtypes = []tensor.DType{tensor.Float64, tensor.Float32, tensor.Float16, tensor.BFloat16, tensor.Int64, tensor.Int32, tensor.Int16, tensor.Int8, tensor.UInt8, tensor.Bool}

// describe writes shape, dtype and values of each tensor.
func describe(entries []format.Named) map[string]string {
	out := map[string]string{}
	for _, e := range entries {
		out[e.Name] = fmt.Sprint(e.Tensor.Shape(), " ", e.Tensor.DType(), " ", e.Tensor.Float64s())
	}
	return out
}

// common is what all of testdata's files hold, but for bfloat16 in .npz.
func common() map[string]string {
	want := map[string]string{"scalar": "[] float32 [2.5]", "empty": "[0 4] float32 []"}
	for _, d := range dtypes {
		want[d.String()] = fmt.Sprintf("[2 3] %v [0 1 2 3 4 5]", d)
	}
	want["bool"] = "[2 3] bool [0 1 1 1 1 1]"
	return want
}

func compare(t *testing.T, got, want map[string]string) {
	t.Helper()
	for name, w := range want {
		if got[name] != w {
			t.Errorf("%s: %s, want %s", name, got[name], w)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d tensors, want %d: %v", len(got), len(want), got)
	}
}

// The files were written by PyTorch, NumPy and safetensors' own library.
func TestReadsFilesOfOthers(t *testing.T) {
	for file, more := range map[string]map[string]string{
		"torch.safetensors": {},
		"numpy.npz":         {"fortran": "[3 4] float32 [0 1 2 3 4 5 6 7 8 9 10 11]"},
		"torch.pt": {"transposed": "[4 3] float32 [0 4 8 1 5 9 2 6 10 3 7 11]", "column": "[3] float32 [1 5 9]",
			"nested.epoch": "[] int64 [3]", "nested.list.0": "[1] float32 [1]", "parameter": "[2] float32 [1 1]"},
	} {
		t.Run(file, func(t *testing.T) {
			entries, err := format.Load("testdata/" + file)
			if err != nil {
				t.Fatal(err)
			}
			want := common()
			if file == "numpy.npz" {
				delete(want, "bfloat16")
			}
			for k, v := range more {
				want[k] = v
			}
			compare(t, describe(entries), want)
		})
	}
}

func entries(t *testing.T) []format.Named {
	list, err := format.Load("testdata/torch.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	// a view that is not contiguous is written in its own order
	return append(list, format.Named{Name: "view", Tensor: tensor.Arange(0, 6, 1).View(2, 3).T()})
}

func TestWritesWhatItReads(t *testing.T) {
	for _, ext := range []string{".safetensors", ".pt", ".npz"} {
		t.Run(ext, func(t *testing.T) {
			list, path := entries(t), filepath.Join(t.TempDir(), "x"+ext)
			if ext == ".npz" {
				list = without(list, "bfloat16")
			}
			if err := format.Save(path, list); err != nil {
				t.Fatal(err)
			}
			back, err := format.Load(path)
			if err != nil {
				t.Fatal(err)
			}
			compare(t, describe(back), describe(list))
			for i, e := range back {
				if e.Name != list[i].Name {
					t.Errorf("tensor %d is %s, want %s", i, e.Name, list[i].Name)
				}
			}
		})
	}
}

func without(list []format.Named, name string) (out []format.Named) {
	for _, e := range list {
		if e.Name != name {
			out = append(out, e)
		}
	}
	return out
}

// TestOthersReadOurFiles asks PyTorch, NumPy and safetensors, where there are any.
func TestOthersReadOurFiles(t *testing.T) {
	python := os.Getenv("PYTHON")
	if python == "" {
		python = "python3"
	}
	if out, err := exec.Command(python, "-c", "import torch, numpy, safetensors").CombinedOutput(); err != nil {
		t.Skipf("%s has no torch, numpy and safetensors (set PYTHON): %s", python, out)
	}
	dir, list := t.TempDir(), entries(t)
	for _, ext := range []string{".safetensors", ".pt"} {
		if err := format.Save(filepath.Join(dir, "x"+ext), list); err != nil {
			t.Fatal(err)
		}
	}
	if err := format.Save(filepath.Join(dir, "x.npz"), without(list, "bfloat16")); err != nil {
		t.Fatal(err)
	}
	script := `
import sys, torch, numpy
from safetensors.torch import load_file
d = sys.argv[1]
a, b = load_file(d + "/x.safetensors"), torch.load(d + "/x.pt", weights_only=True)
c = {k: torch.from_numpy(v) for k, v in numpy.load(d + "/x.npz").items()}
torch.load(d + "/x.pt", mmap=True, weights_only=True)
for x in a, b, c:
    for k, v in sorted(x.items()):
        print(k, list(v.shape), str(v.dtype)[6:], v.double().flatten().tolist())
`
	out, err := exec.Command(python, "-c", script, dir).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	text := string(out)
	for name, files := range map[string]int{"float32 [2, 3] float32 [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]": 3, "bfloat16 [2, 3] bfloat16 [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]": 2,
		"bool [2, 3] bool [0.0, 1.0, 1.0, 1.0, 1.0, 1.0]": 3, "view [3, 2] int64 [0.0, 3.0, 1.0, 4.0, 2.0, 5.0]": 3, "scalar [] float32 [2.5]": 3, "empty [0, 4] float32 []": 3} {
		if n := strings.Count(text, name+"\n"); n != files {
			t.Errorf("%d of %d files hold %q:\n%s", n, files, name, text)
		}
	}
}

func TestBadFilesAreErrors(t *testing.T) {
	if _, err := format.Load(filepath.Join(t.TempDir(), "none.pt")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing file: %v", err)
	}
	if _, err := format.Load("x.bin"); err == nil || !strings.Contains(err.Error(), ".safetensors") {
		t.Errorf("unknown ending: %v", err)
	}
	twice := []format.Named{{Name: "a", Tensor: tensor.Zeros(1)}, {Name: "a", Tensor: tensor.Zeros(1)}}
	if err := format.Save(filepath.Join(t.TempDir(), "x.pt"), twice); err == nil {
		t.Error("a name was written twice")
	}
}

// Files that are cut off or changed anywhere give an error or tensors, but never
// a panic.
func TestDamagedFilesDoNotPanic(t *testing.T) {
	for _, file := range []string{"torch.safetensors", "numpy.npz", "torch.pt"} {
		whole, err := os.ReadFile("testdata/" + file)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), file)
		try := func(data []byte) error {
			if err := os.WriteFile(path, data, 0o644); err != nil {
				t.Fatal(err)
			}
			_, err := format.Load(path)
			return err
		}
		for n := 0; n < len(whole); n += 1 + len(whole)/50 {
			if try(whole[:n]) == nil {
				t.Errorf("%s cut to %d bytes was read", file, n)
			}
		}
		for i := 0; i < len(whole); i += 1 + len(whole)/300 {
			changed := append([]byte{}, whole...)
			changed[i] ^= 0x55
			try(changed)
		}
	}
}

func FuzzUnpickle(f *testing.F) {
	f.Add([]byte("\x80\x02}q\x00(X\x01\x00\x00\x00aK\x01u."))
	f.Add([]byte("\x80\x02ctorch._utils\n_rebuild_tensor_v2\n((X\x07\x00\x00\x00storagectorch\nFloatStorage\nX\x01\x00\x00\x000X\x03\x00\x00\x00cpuK\x06tQK\x00K\x02K\x03\x86K\x03K\x01\x86\x89NtR."))
	f.Fuzz(func(t *testing.T, program []byte) { format.Unpickle(program) })
}
