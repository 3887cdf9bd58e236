package format

import (
	"archive/zip"
	"fmt"
	"io"
	"strings"

	"github.com/gophergrad/gophergrad/tensor"
)

// Named is a tensor of a file that holds several.
type Named struct {
	Name   string
	Tensor *tensor.Tensor
}

// WriteNPZ writes tensors as an .npz file, a zip archive of .npy files, not
// compressed, as np.savez does.
func WriteNPZ(w io.Writer, items []Named) error { return writeNPZ(w, items, zip.Store) }

// WriteNPZCompressed is WriteNPZ with compression, as np.savez_compressed does.
func WriteNPZCompressed(w io.Writer, items []Named) error { return writeNPZ(w, items, zip.Deflate) }

func writeNPZ(w io.Writer, items []Named, method uint16) error {
	z := zip.NewWriter(w)
	for _, it := range items {
		f, err := z.CreateHeader(&zip.FileHeader{Name: it.Name + ".npy", Method: method})
		if err == nil {
			err = WriteNPY(f, it.Tensor)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", it.Name, err)
		}
	}
	return z.Close()
}

// ReadNPZ reads an .npz file of the given size, compressed or not, in its order.
func ReadNPZ(r io.ReaderAt, size int64) ([]Named, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, err
	}
	var items []Named
	for _, f := range z.File {
		t, err := readMember(f)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		items = append(items, Named{strings.TrimSuffix(f.Name, ".npy"), t})
	}
	return items, nil
}

func readMember(f *zip.File) (*tensor.Tensor, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return ReadNPY(r)
}
