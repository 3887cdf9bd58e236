package nn_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gophergrad/gophergrad/nn"
	"github.com/gophergrad/gophergrad/tensor"
)

// Section 11 of the lecture: a network's parameters go to a file and come back.
func TestSaveAndLoad(t *testing.T) {
	tensor.ManualSeed(0)
	a, b := newLeNet(), newLeNet()
	var list []string
	for _, p := range nn.StateDict(a).Items() {
		list = append(list, fmt.Sprint(p.Name, " ", p.Tensor.Shape()))
	}
	if got, want := strings.Join(list, ", "), "conv1.weight [6 3 5 5], conv1.bias [6], conv2.weight [16 6 5 5], conv2.bias [16], "+
		"fc1.weight [120 400], fc1.bias [120], fc2.weight [84 120], fc2.bias [84], fc3.weight [10 84], fc3.bias [10]"; got != want {
		t.Errorf("state %s\nwant %s", got, want)
	}
	x := tensor.Randn(2, 3, 32, 32)
	want := a.Forward(x).Float64s()
	for _, ending := range []string{".safetensors", ".pt", ".npz"} {
		path := filepath.Join(t.TempDir(), "lenet"+ending)
		if err := nn.Save(path, nn.StateDict(a)); err != nil {
			t.Fatal(err)
		}
		sd, err := nn.Load(path)
		if err != nil {
			t.Fatal(err)
		}
		nn.InitZeros(b.fc3.Weight)
		if err := nn.LoadStateDict(b, sd); err != nil {
			t.Fatal(err)
		}
		check(t, ending, b.Forward(x).Float64s(), want, 0)
	}
	if _, err := nn.Load(filepath.Join(t.TempDir(), "none.pt")); err == nil {
		t.Error("a missing file was loaded")
	}
	if err := nn.Save(filepath.Join(t.TempDir(), "x.bin"), nn.StateDict(a)); err == nil {
		t.Error("an unknown ending was accepted")
	}
}
