package data_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/gophergrad/gophergrad/nn/data"
	"github.com/gophergrad/gophergrad/tensor"
)

type T = tensor.Tensor

// count is a dataset of the numbers below n; the target is the input's square.
func count(n int) *data.TensorDataset {
	x := tensor.Arange(0, float64(n), 1)
	return data.NewTensorDataset(x, x.Square())
}

func inputs(l *data.Loader) (out []string) {
	for it := l.Iter(); it.Next(); {
		x, y := it.Batch()
		out = append(out, fmt.Sprint(x.Int64s()))
		if fmt.Sprint(y.Int64s()) != fmt.Sprint(x.Square().Int64s()) {
			out = append(out, "with targets of others")
		}
	}
	return out
}

// The orders and the numbers drawn after are those that PyTorch's DataLoader gave
// after torch.manual_seed(3).
func TestShuffleIsThatOfPyTorch(t *testing.T) {
	for _, workers := range []int{0, 3} {
		tensor.ManualSeed(3)
		l := data.NewLoader(count(10), data.BatchSize(4), data.Shuffle(true), data.Workers(workers))
		for epoch, want := range []string{"[[6 2 0 1] [8 3 5 4] [7 9]]", "[[3 4 0 9] [6 7 1 2] [5 8]]"} {
			if got := fmt.Sprint(inputs(l)); got != want {
				t.Errorf("%d workers, epoch %d: %v, want %v", workers, epoch, got, want)
			}
		}
		if got := tensor.Rand(1).Item(); float32(got) != 0.5944212079048157 {
			t.Errorf("the next number drawn is %v", got)
		}
		if got := fmt.Sprint(inputs(data.NewLoader(count(10), data.BatchSize(4)))); got != "[[0 1 2 3] [4 5 6 7] [8 9]]" {
			t.Errorf("in order: %v", got)
		}
		if got := tensor.Rand(1).Item(); float32(got) != 0.7994906306266785 {
			t.Errorf("the number drawn after a pass in order is %v", got)
		}
	}
}

func TestDropLast(t *testing.T) {
	for n, want := range map[int]int{0: 0, 7: 1, 8: 2} {
		l := data.NewLoader(count(n), data.BatchSize(4), data.DropLast(true))
		if got := len(inputs(l)); got != want || l.Len() != want {
			t.Errorf("%d examples: %d batches, Len %d, want %d", n, got, l.Len(), want)
		}
	}
}

func TestSubsetSplitConcat(t *testing.T) {
	tensor.ManualSeed(0)
	parts := data.RandomSplit(count(10), 7, 3)
	l := data.NewLoader(data.Concat(parts[0], parts[1]), data.BatchSize(10))
	it := l.Iter()
	it.Next()
	x, _ := it.Batch()
	sorted, _ := x.Sort(0, false)
	if fmt.Sprint(sorted.Int64s()) != "[0 1 2 3 4 5 6 7 8 9]" {
		t.Errorf("the parts hold %v", sorted.Int64s())
	}
}

// failing panics at one example.
type failing struct{ at int }

func (failing) Len() int { return 10 }

func (f failing) Get(i int) (x, y *T) {
	if i == f.at {
		panic("broken example")
	}
	return tensor.Scalar(float64(i)), tensor.Scalar(0)
}

func TestAPanicInAWorkerReachesTheLoop(t *testing.T) {
	seen := 0
	defer func() {
		if e := recover(); e != "broken example" || seen != 2 {
			t.Errorf("recovered %v after %d batches", e, seen)
		}
	}()
	for it := data.NewLoader(failing{5}, data.BatchSize(2), data.Workers(2)).Iter(); it.Next(); {
		seen++
	}
}

func TestAnAbandonedPassEnds(t *testing.T) {
	before := runtime.NumGoroutine()
	func() {
		it := data.NewLoader(count(1000), data.Workers(2)).Iter()
		it.Next()
	}()
	for range 100 {
		runtime.GC()
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%d goroutines, %d before", runtime.NumGoroutine(), before)
}

// writeCIFAR writes files of CIFAR-10's binary version with n examples each,
// whose first pixel is red and whose labels count up.
func writeCIFAR(t *testing.T, n int) string {
	dir := t.TempDir()
	folder := filepath.Join(dir, "cifar-10-batches-bin")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	var raw []byte
	for i := range n {
		example := make([]byte, 1+3*32*32)
		example[0], example[1] = byte(i%10), 255
		raw = append(raw, example...)
	}
	for _, name := range []string{"data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", "test_batch"} {
		if err := os.WriteFile(filepath.Join(folder, name+".bin"), raw, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestCIFAR10(t *testing.T) {
	dir := writeCIFAR(t, 3)
	transform := data.Compose(data.ToTensor(), data.Normalize([]float64{0.5, 0.5, 0.5}, []float64{0.5, 0.5, 0.5}))
	train, err := data.CIFAR10(dir, data.Train(true), data.WithTransform(transform))
	if err != nil {
		t.Fatal(err)
	}
	test, err := data.CIFAR10(filepath.Join(dir, "cifar-10-batches-bin"), data.Train(false))
	if err != nil {
		t.Fatal(err)
	}
	if train.Len() != 15 || test.Len() != 3 {
		t.Errorf("%d and %d examples, want 15 and 3", train.Len(), test.Len())
	}
	if x, _ := test.Get(0); fmt.Sprint(x.Shape(), x.DType()) != "[32 32 3] uint8" || x.At(0, 0, 0) != 255 || x.At(0, 0, 1) != 0 {
		t.Errorf("the raw image has shape %v and first pixel %v, %v", x.Shape(), x.At(0, 0, 0), x.At(0, 0, 1))
	}
	it := data.NewLoader(train, data.BatchSize(4), data.Workers(2)).Iter()
	it.Next()
	x, y := it.Batch()
	if fmt.Sprint(x.Shape(), x.DType(), y.Int64s()) != "[4 3 32 32] float32 [0 1 2 0]" {
		t.Errorf("batch of %v %v, labels %v", x.Shape(), x.DType(), y.Int64s())
	}
	if x.At(1, 0, 0, 0) != 1 || x.At(1, 1, 0, 0) != -1 {
		t.Errorf("the first pixel is %v, %v; want 1, -1", x.At(1, 0, 0, 0), x.At(1, 1, 0, 0))
	}
}

func TestBadFilesAreErrors(t *testing.T) {
	if _, err := data.CIFAR10(t.TempDir()); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "data_batch_1.bin") {
		t.Errorf("missing files: %v", err)
	}
	dir := writeCIFAR(t, 1)
	path := filepath.Join(dir, "cifar-10-batches-bin", "test_batch.bin")
	for what, raw := range map[string][]byte{"multiple": make([]byte, 100), "label 77": append([]byte{77}, make([]byte, 3072)...)} {
		if err := os.WriteFile(path, raw, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := data.CIFAR10(dir, data.Train(false)); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%q: %v", what, err)
		}
	}
	mnist := t.TempDir()
	for name, raw := range map[string][]byte{"train-images-idx3-ubyte": {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, 4}, "train-labels-idx1-ubyte": {0, 0, 8, 1, 0, 0, 0, 2, 7, 9},
		"t10k-images-idx3-ubyte": {0, 0, 8, 3, 0, 0, 0, 9, 0, 0, 0, 1, 0, 0, 0, 2, 1}} {
		if err := os.WriteFile(filepath.Join(mnist, name), raw, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	set, err := data.MNIST(mnist, data.WithTransform(data.ToTensor()))
	if err != nil {
		t.Fatal(err)
	}
	if x, y := set.Get(1); fmt.Sprint(x.Shape()) != "[1 1 2]" || y.Item() != 9 {
		t.Errorf("digit of shape %v, label %v", x.Shape(), y.Item())
	}
	if _, err := data.MNIST(mnist, data.Train(false)); err == nil {
		t.Error("a cut file was read")
	}
}

func TestTransforms(t *testing.T) {
	tensor.ManualSeed(0)
	x := tensor.Arange(0, 12, 1).Float().View(1, 3, 4)
	if got := data.RandomHorizontalFlip(1)(x).At(0, 0, 0); got != 3 {
		t.Errorf("flipped: first element %v, want 3", got)
	}
	for range 10 {
		got := data.RandomCrop(3, 1)(x)
		if fmt.Sprint(got.Shape()) != "[1 3 3]" {
			t.Fatalf("cropped to %v", got.Shape())
		}
		// rows of the image are 4 apart, wherever it was cut; the padding is 0
		if a, b := got.At(0, 1, 1), got.At(0, 2, 1); b != 0 && b-a != 4 {
			t.Errorf("cropped to\n%v", got)
		}
	}
}

func TestBadSettingsPanic(t *testing.T) {
	for name, f := range map[string]func(){
		"batch of 0":         func() { data.NewLoader(count(3), data.BatchSize(0)) },
		"no dataset":         func() { data.NewLoader((*data.ImageDataset)(nil)) },
		"lengths":            func() { data.NewTensorDataset(tensor.Zeros(3), tensor.Zeros(2)) },
		"subset":             func() { data.NewSubset(count(3), []int{3}) },
		"split":              func() { data.RandomSplit(count(3), 1, 1) },
		"standard deviation": func() { data.Normalize([]float64{0}, []float64{0}) },
		"channels":           func() { data.Normalize([]float64{0}, []float64{1})(tensor.Zeros(3, 2, 2)) },
		"floats as image":    func() { data.ToTensor()(tensor.Zeros(2, 2, 3)) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if _, ok := recover().(*tensor.Error); !ok {
					t.Error("no *tensor.Error")
				}
			}()
			f()
		})
	}
}
