package format

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/gophergrad/gophergrad/tensor"
)

// A .pt file of PyTorch 1.6 and later is a zip archive: data.pkl, a pickle that
// describes the tensors, and their memory in data/0, data/1, ….

var torchStorages = map[tensor.DType]string{
	tensor.Float64: "DoubleStorage", tensor.Float32: "FloatStorage", tensor.Float16: "HalfStorage", tensor.BFloat16: "BFloat16Storage",
	tensor.Int64: "LongStorage", tensor.Int32: "IntStorage", tensor.Int16: "ShortStorage", tensor.Int8: "CharStorage",
	tensor.UInt8: "ByteStorage", tensor.Bool: "BoolStorage",
}

// WritePT writes tensors as torch.save writes a state dict.
func WritePT(w io.Writer, items []Named) error {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	add := func(name string, data []byte) error {
		if err := z.Flush(); err != nil {
			return err
		}
		name = "archive/" + name
		// PyTorch maps data from the file, so they begin at multiples of 64 bytes
		const localHeader, extraHeader = 30, 4
		pad := (64 - (out.Len()+localHeader+len(name)+extraHeader)%64) % 64
		extra := append([]byte("FB"), byte(pad), 0)
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store, Extra: append(extra, bytes.Repeat([]byte("Z"), pad)...)})
		if err != nil {
			return err
		}
		_, err = w.Write(data)
		return err
	}
	description, err := pickleTensors(items)
	if err == nil {
		err = add("data.pkl", description)
	}
	if err == nil {
		err = add("byteorder", []byte("little"))
	}
	for i, e := range items {
		if err == nil {
			err = add("data/"+strconv.Itoa(i), e.Tensor.Bytes())
		}
	}
	if err == nil {
		err = add("version", []byte("3\n"))
	}
	if err == nil {
		err = z.Close()
	}
	if err == nil {
		_, err = out.WriteTo(w)
	}
	return err
}

// pickleTensors writes an OrderedDict of tensors whose memory lies in data/i.
func pickleTensors(items []Named) ([]byte, error) {
	var p bytes.Buffer
	text := func(s string) {
		p.WriteByte('X')
		p.Write(binary.LittleEndian.AppendUint32(nil, uint32(len(s))))
		p.WriteString(s)
	}
	integer := func(n int) {
		p.Write([]byte{0x8a, 8}) // LONG1
		p.Write(binary.LittleEndian.AppendUint64(nil, uint64(n)))
	}
	integers := func(list []int) {
		p.WriteByte('(')
		for _, n := range list {
			integer(n)
		}
		p.WriteByte('t')
	}
	const newDict = "ccollections\nOrderedDict\n)R"
	p.WriteString("\x80\x02" + newDict + "(")
	for i, e := range items {
		storage, ok := torchStorages[e.Tensor.DType()]
		if !ok {
			return nil, fmt.Errorf("%s: PyTorch's files have no %v", e.Name, e.Tensor.DType())
		}
		text(e.Name)
		p.WriteString("ctorch._utils\n_rebuild_tensor_v2\n((")
		text("storage")
		p.WriteString("ctorch\n" + storage + "\n")
		text(strconv.Itoa(i))
		text("cpu")
		integer(e.Tensor.NumEl())
		p.WriteString("tQ")
		integer(0)
		shape := e.Tensor.Shape()
		integers(shape)
		strides, step := make([]int, len(shape)), 1
		for d := len(shape) - 1; d >= 0; d-- {
			strides[d] = step
			step *= max(shape[d], 1)
		}
		integers(strides)
		p.WriteString("\x89" + newDict + "tR")
	}
	p.WriteString("u.")
	return p.Bytes(), nil
}

// ReadPT reads the contents of a file that torch.save wrote.
func ReadPT(data []byte) ([]Named, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("no zip archive, as PyTorch 1.6 and later save; load and save the file again there: %w", err)
	}
	files := map[string]*zip.File{}
	for _, f := range z.File {
		_, name, _ := strings.Cut(f.Name, "/")
		files[name] = f
	}
	read := func(name string) ([]byte, error) {
		if files[name] == nil {
			return nil, fmt.Errorf("the archive lacks %s", name)
		}
		r, err := files[name].Open()
		if err != nil {
			return nil, err
		}
		defer r.Close()
		return io.ReadAll(r)
	}
	if order, err := read("byteorder"); err == nil && string(order) != "little" {
		return nil, fmt.Errorf("the file was saved in %s-endian order, which is not supported", order)
	}
	pickle, err := read("data.pkl")
	if err != nil {
		return nil, err
	}
	value, err := unpickle(pickle, func(key string) ([]byte, error) { return read("data/" + key) })
	if err != nil {
		return nil, err
	}
	var items []Named
	flatten(&items, "", value)
	if items == nil {
		return nil, errors.New("the file holds no named tensors; save a state dict: torch.save(model.state_dict(), path)")
	}
	return items, nil
}

// flatten lists the tensors of nested dictionaries and lists, names joined by
// dots; numbers become tensors, other values are left out.
func flatten(items *[]Named, name string, value any) {
	inner := func(key string) string {
		if name == "" {
			return key
		}
		return name + "." + key
	}
	switch v := value.(type) {
	case *tensor.Tensor:
		*items = append(*items, Named{name, v})
	case *dict:
		for i, k := range v.keys {
			flatten(items, inner(fmt.Sprint(k)), v.values[i])
		}
	case *list:
		for i, x := range v.items {
			flatten(items, inner(strconv.Itoa(i)), x)
		}
	case int:
		*items = append(*items, Named{name, tensor.As(tensor.Int64).Scalar(float64(v))})
	case float64:
		*items = append(*items, Named{name, tensor.As(tensor.Float64).Scalar(v)})
	}
}
