package format

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/gophergrad/gophergrad/tensor"
)

// NPY is NumPy's format of one array: a magic string, a version, the length of a
// header, the header (a Python dict) and the elements
// (numpy.lib.format, versions 1.0 to 3.0).

const magic = "\x93NUMPY"

// descriptions are NumPy's names of dtypes; it has none for bfloat16.
var descriptions = map[tensor.DType]string{
	tensor.Float16: "<f2", tensor.Float32: "<f4", tensor.Float64: "<f8", tensor.Bool: "|b1", tensor.UInt8: "|u1", tensor.Int8: "|i1",
	tensor.Int16: "<i2", tensor.Int32: "<i4", tensor.Int64: "<i8", tensor.Complex64: "<c8", tensor.Complex128: "<c16",
}

// WriteNPY writes a tensor as an .npy file.
func WriteNPY(w io.Writer, t *tensor.Tensor) error {
	descr, ok := descriptions[t.DType()]
	if !ok {
		return fmt.Errorf("npy: NumPy has no %v; Cast the tensor to float32", t.DType())
	}
	shape := ""
	for _, n := range t.Shape() {
		shape += fmt.Sprintf("%d, ", n)
	}
	if t.Dim() > 1 {
		shape = strings.TrimSuffix(shape, ", ")
	}
	header := fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': (%s), }", descr, strings.TrimSuffix(shape, " "))
	const before = len(magic) + 4
	header += strings.Repeat(" ", 63-(before+len(header))%64) + "\n" // elements start at a multiple of 64
	b := append([]byte(magic), 1, 0)
	b = binary.LittleEndian.AppendUint16(b, uint16(len(header)))
	if _, err := w.Write(append(b, header...)); err != nil {
		return err
	}
	_, err := w.Write(t.Bytes())
	return err
}

// ReadNPY reads an .npy file, in either byte order and in C or Fortran order. Unsigned numbers of more than 8 bits become signed
// ones that hold them: uint16 Int32, uint32 and uint64 Int64; a uint64 beyond that is an error.
func ReadNPY(r io.Reader) (*tensor.Tensor, error) {
	header, err := readHeader(r)
	if err != nil {
		return nil, err
	}
	h, err := parseHeader(header)
	if err != nil {
		return nil, err
	}
	n := h.size
	for _, s := range h.shape {
		if s > 0 && n > (1<<40)/s {
			return nil, fmt.Errorf("npy: shape %v is too large", h.shape)
		}
		n *= s
	}
	data := &bytes.Buffer{} // grows with what is there, not with what the header claims
	if _, err := io.CopyN(data, r, int64(n)); err != nil {
		return nil, fmt.Errorf("npy: %d of %d bytes of elements: %w", data.Len(), n, err)
	}
	if h.swapped {
		for number := range slices.Chunk(data.Bytes(), h.numberSize()) {
			slices.Reverse(number)
		}
	}
	elements := data.Bytes()
	if h.unsigned {
		if elements, err = signed(elements, h); err != nil {
			return nil, err
		}
	}
	if !h.fortran {
		return tensor.FromBytes(elements, h.dtype, h.shape...), nil
	}
	slices.Reverse(h.shape)
	order := make([]int, len(h.shape))
	for i := range order {
		order[i] = len(order) - 1 - i
	}
	return tensor.FromBytes(elements, h.dtype, h.shape...).Permute(order...).Contiguous(), nil
}

// signed makes elements of a header's dtype of unsigned ones.
func signed(data []byte, h npyHeader) ([]byte, error) {
	out := make([]byte, 0, len(data)/h.size*h.dtype.Size())
	wide := make([]byte, 8)
	for number := range slices.Chunk(data, h.size) {
		clear(wide)
		copy(wide, number)
		if wide[7] > 127 {
			return nil, fmt.Errorf("npy: the uint64 %d is too large for int64", binary.LittleEndian.Uint64(wide))
		}
		out = append(out, wide[:h.dtype.Size()]...)
	}
	return out, nil
}

func readHeader(r io.Reader) (string, error) {
	start := make([]byte, len(magic)+4)
	if _, err := io.ReadFull(r, start); err != nil {
		return "", fmt.Errorf("npy: %w", err)
	}
	if !strings.HasPrefix(string(start), magic) {
		return "", fmt.Errorf("npy: no .npy file: it starts with %q", start[:len(magic)])
	}
	n := int(binary.LittleEndian.Uint16(start[len(magic)+2:]))
	switch version := start[len(magic)]; version {
	case 1:
	case 2, 3: // the length has four bytes
		var more [2]byte
		if _, err := io.ReadFull(r, more[:]); err != nil {
			return "", fmt.Errorf("npy: %w", err)
		}
		n |= int(binary.LittleEndian.Uint16(more[:])) << 16
	default:
		return "", fmt.Errorf("npy: version %d is unknown", version)
	}
	if n > 1<<20 {
		return "", fmt.Errorf("npy: a header of %d bytes", n)
	}
	header := make([]byte, n)
	if _, err := io.ReadFull(r, header); err != nil {
		return "", fmt.Errorf("npy: %w", err)
	}
	return string(header), nil
}

// npyHeader says what the elements are and how they lie.
type npyHeader struct {
	dtype            tensor.DType
	size             int  // of an element in the file, in bytes
	unsigned         bool // the file's elements are unsigned, dtype is a wider one
	swapped, fortran bool
	shape            []int
}

// numberSize returns the bytes of one number; a complex element has two.
func (h *npyHeader) numberSize() int {
	if h.dtype.IsComplex() {
		return h.size / 2
	}
	return h.size
}

// unsigned are NumPy's dtypes that tensors lack, and what holds them.
var unsigned = map[string]npyHeader{
	"u2": {dtype: tensor.Int32, size: 2, unsigned: true}, "u4": {dtype: tensor.Int64, size: 4, unsigned: true}, "u8": {dtype: tensor.Int64, size: 8, unsigned: true},
}

var (
	descrField   = regexp.MustCompile(`'descr':\s*'([<>|=])(\w+)'`)
	fortranField = regexp.MustCompile(`'fortran_order':\s*(True|False)`)
	shapeField   = regexp.MustCompile(`'shape':\s*\(([\d\s,L]*)\)`) // Python 2 wrote 3L
)

func parseHeader(header string) (h npyHeader, err error) {
	descr, fortran, shape := descrField.FindStringSubmatch(header), fortranField.FindStringSubmatch(header), shapeField.FindStringSubmatch(header)
	if descr == nil || fortran == nil || shape == nil {
		return h, fmt.Errorf("npy: cannot read the header %q; arrays of plain numbers can be read, not of structures or dates", strings.TrimSpace(header))
	}
	h, known := unsigned[descr[2]]
	for dtype, d := range descriptions {
		if d[1:] == descr[2] {
			h, known = npyHeader{dtype: dtype, size: dtype.Size()}, true
		}
	}
	if !known {
		return h, fmt.Errorf("npy: elements of type %q; read are %s", descr[1]+descr[2], "float16 to float64, int8 to int64, uint8 to uint64, bool, complex64 and complex128")
	}
	h.swapped, h.fortran = descr[1] == ">", fortran[1] == "True"
	for _, s := range strings.FieldsFunc(shape[1], func(r rune) bool { return strings.ContainsRune(", L", r) }) {
		n, err := strconv.Atoi(s)
		if err != nil {
			return h, fmt.Errorf("npy: %w", err)
		}
		h.shape = append(h.shape, n)
	}
	return h, nil
}

// SaveNPY writes a tensor to an .npy file.
func SaveNPY(path string, t *tensor.Tensor) error {
	return create(path, func(w io.Writer) error { return WriteNPY(w, t) })
}

// LoadNPY reads an .npy file.
func LoadNPY(path string) (*tensor.Tensor, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return ReadNPY(bufio.NewReader(f))
}

// create writes a file, which appears complete or not at all.
func create(path string, write func(w io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // nothing, once it was renamed
	w := bufio.NewWriter(f)
	if err = write(w); err == nil {
		err = w.Flush()
	}
	if e := f.Chmod(0o644); err == nil {
		err = e
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
