package format

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/gophergrad/gophergrad/tensor"
)

// codec writes and reads a format of named tensors.
type codec struct {
	write func(w io.Writer, items []Named) error
	read  func(data []byte) ([]Named, error)
}

var codecs = map[string]codec{
	".safetensors": {WriteSafetensors, ReadSafetensors},
	".pt":          {WritePT, ReadPT},
	".pth":         {WritePT, ReadPT},
	".npz": {WriteNPZ, func(data []byte) ([]Named, error) {
		return ReadNPZ(bytes.NewReader(data), int64(len(data)))
	}},
}

func codecOf(path string) (codec, error) {
	ext := filepath.Ext(path)
	c, ok := codecs[ext]
	if !ok {
		return c, fmt.Errorf("%s: the ending %q names no format of tensors; use .safetensors, .pt or .npz", path, ext)
	}
	return c, nil
}

// Save writes tensors to a file, whose ending chooses the format: .safetensors,
// .pt or .npz.
func Save(path string, items []Named) error {
	c, err := codecOf(path)
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, it := range items {
		if seen[it.Name] {
			return fmt.Errorf("%s: the name %q is there twice", path, it.Name)
		}
		seen[it.Name] = true
	}
	return create(path, func(w io.Writer) error { return c.write(w, items) })
}

// Load returns the tensors of a file in their order.
func Load(path string) ([]Named, error) {
	c, err := codecOf(path)
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	items, err := c.read(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return items, nil
}

// fromBytes is tensor.FromBytes with an error for what a file got wrong.
func fromBytes(data []byte, d tensor.DType, shape ...int) (*tensor.Tensor, error) {
	n := d.Size()
	for _, s := range shape {
		if s < 0 || s > 0 && n > len(data)/s {
			return nil, fmt.Errorf("%d bytes do not fill shape %v of %v", len(data), shape, d)
		}
		n *= s
	}
	if n != len(data) {
		return nil, fmt.Errorf("%d bytes do not fill shape %v of %v, which takes %d", len(data), shape, d, n)
	}
	return tensor.FromBytes(data, d, shape...), nil
}

// keyOf returns the dtype that a table calls name.
func keyOf(table map[tensor.DType]string, name string) (tensor.DType, bool) {
	for d, n := range table {
		if n == name {
			return d, true
		}
	}
	return 0, false
}
