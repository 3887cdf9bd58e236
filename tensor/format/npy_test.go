package format_test

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gophergrad/gophergrad/tensor"
	"github.com/gophergrad/gophergrad/tensor/format"
)

// npy builds a file as NumPy's format description says.
func npy(header string, data ...byte) []byte {
	header += "\n"
	return append(append([]byte("\x93NUMPY\x01\x00"), byte(len(header)), 0), append([]byte(header), data...)...)
}

func TestReadNPY(t *testing.T) {
	for name, c := range map[string]struct {
		file []byte
		want *tensor.Tensor
	}{
		"big-endian": {npy("{'descr': '>i2', 'fortran_order': False, 'shape': (2,), }", 1, 2, 0, 5), tensor.Of([]int16{258, 5})},
		"fortran":    {npy("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }", 1, 4, 2, 5, 3, 6), tensor.Of([][]uint8{{1, 2, 3}, {4, 5, 6}})},
		"uint16":     {npy("{'descr': '>u2', 'fortran_order': False, 'shape': (2,), }", 255, 255, 0, 5), tensor.Of([]int32{65535, 5})},
		"uint32":     {npy("{'descr': '<u4', 'fortran_order': False, 'shape': (1L,), }", 255, 255, 255, 255), tensor.Of([]int64{1<<32 - 1})},
		"uint64":     {npy("{'descr': '<u8', 'fortran_order': True, 'shape': (1, 2), }", 255, 255, 255, 255, 255, 255, 255, 127, 7, 0, 0, 0, 0, 0, 0, 0), tensor.Of([][]int64{{math.MaxInt64, 7}})},
		"scalar":     {npy("{'descr': '|b1', 'fortran_order': False, 'shape': (), }", 1), tensor.Of(true)},
	} {
		x, err := format.ReadNPY(bytes.NewReader(c.file))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if x.String() != c.want.String() {
			t.Errorf("%s: %v, want %v", name, x, c.want)
		}
	}
	for what, file := range map[string][]byte{
		"no .npy file":  []byte("GIF89a, and more of it"),
		"plain numbers": npy("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", 0, 0, 0, 0),
		"<U4":           npy("{'descr': '<U4', 'fortran_order': False, 'shape': (1,), }"),
		"1 of 4 bytes":  npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", 0),
		"uint64 9223372036854775808 is too large": npy("{'descr': '<u8', 'fortran_order': False, 'shape': (1,), }", 0, 0, 0, 0, 0, 0, 0, 128),
		"[2305843009213693952]":                   npy("{'descr': '<f8', 'fortran_order': False, 'shape': (2305843009213693952,), }"),
		"too large":                               npy("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999, 9), }"),
	} {
		if _, err := format.ReadNPY(bytes.NewReader(file)); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("error is %v, want %q in it", err, what)
		}
	}
}

func TestSaveNPY(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.npy")
	for _, x := range []*tensor.Tensor{tensor.Of([][]float32{{1, 2, 3}, {4, 5, 6}}).T(), tensor.Of([]complex64{1 + 2i}), tensor.Scalar(2), tensor.Zeros(0, 3)} {
		if err := format.SaveNPY(path, x); err != nil {
			t.Fatal(err)
		}
		y, err := format.LoadNPY(path)
		if err != nil || x.String() != y.String() {
			t.Errorf("wrote %v, read %v, %v", x, y, err)
		}
	}
	if err := format.SaveNPY(path, tensor.As(tensor.BFloat16).Ones(1)); err == nil || !strings.Contains(err.Error(), "bfloat16") {
		t.Errorf("bfloat16: %v", err)
	}
	if files, _ := os.ReadDir(filepath.Dir(path)); len(files) != 1 {
		t.Errorf("%d files are left", len(files))
	}
}

func TestWriteNPZCompressed(t *testing.T) {
	items := []format.Named{{Name: "x", Tensor: tensor.Ones(100, 100)}, {Name: "y", Tensor: tensor.Of(true)}}
	var plain, compressed bytes.Buffer
	if err := format.WriteNPZ(&plain, items); err != nil {
		t.Fatal(err)
	}
	if err := format.WriteNPZCompressed(&compressed, items); err != nil {
		t.Fatal(err)
	}
	if plain.Len() < 40000 || compressed.Len() > 1000 {
		t.Errorf("%d bytes, compressed %d", plain.Len(), compressed.Len())
	}
	got, err := format.ReadNPZ(bytes.NewReader(compressed.Bytes()), int64(compressed.Len()))
	if err != nil || len(got) != 2 || !got[0].Tensor.Equal(items[0].Tensor) || got[1].Name != "y" {
		t.Errorf("%v, %v", got, err)
	}
}
