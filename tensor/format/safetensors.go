package format

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sort"

	"github.com/gophergrad/gophergrad/tensor"
)

// A safetensors file is the length of a JSON header (8 bytes, little-endian), the
// header, which gives each tensor's dtype, shape and place, and the data.
// https://huggingface.co/docs/safetensors

var safeNames = map[tensor.DType]string{
	tensor.Float64: "F64", tensor.Float32: "F32", tensor.Float16: "F16", tensor.BFloat16: "BF16",
	tensor.Int64: "I64", tensor.Int32: "I32", tensor.Int16: "I16", tensor.Int8: "I8", tensor.UInt8: "U8", tensor.Bool: "BOOL",
}

type safeInfo struct {
	DType   string `json:"dtype"`
	Shape   []int  `json:"shape"`
	Offsets [2]int `json:"data_offsets"`
}

// WriteSafetensors writes tensors as a safetensors file.
func WriteSafetensors(w io.Writer, items []Named) error {
	header, data := map[string]any{"__metadata__": map[string]string{"format": "pt"}}, []byte{}
	for _, e := range items {
		name, ok := safeNames[e.Tensor.DType()]
		if !ok {
			return fmt.Errorf("%s: safetensors has no %v", e.Name, e.Tensor.DType())
		}
		start := len(data)
		data = append(data, e.Tensor.Bytes()...)
		header[e.Name] = safeInfo{name, e.Tensor.Shape(), [2]int{start, len(data)}}
	}
	text, err := json.Marshal(header)
	if err != nil {
		return err
	}
	for len(text)%8 != 0 { // the data begin aligned
		text = append(text, ' ')
	}
	for _, part := range [][]byte{binary.LittleEndian.AppendUint64(nil, uint64(len(text))), text, data} {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}

// ReadSafetensors reads the contents of a safetensors file.
func ReadSafetensors(file []byte) ([]Named, error) {
	if len(file) < 8 {
		return nil, errors.New("too short for a safetensors file")
	}
	size := binary.LittleEndian.Uint64(file)
	if size > uint64(len(file)-8) {
		return nil, fmt.Errorf("no safetensors file: its header is said to have %d bytes, the file has %d", size, len(file))
	}
	var header map[string]json.RawMessage
	if err := json.Unmarshal(file[8:8+size], &header); err != nil {
		return nil, fmt.Errorf("no safetensors file: its header is no JSON: %w", err)
	}
	data := file[8+size:]
	infos := map[string]safeInfo{}
	var names []string
	for name, raw := range header {
		if name == "__metadata__" {
			continue
		}
		var info safeInfo
		if err := json.Unmarshal(raw, &info); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		infos[name] = info
		names = append(names, name)
	}
	sort.Slice(names, func(i, j int) bool {
		a, b := infos[names[i]].Offsets, infos[names[j]].Offsets
		return a[0] < b[0] || a[0] == b[0] && (a[1] < b[1] || a[1] == b[1] && names[i] < names[j])
	})
	items := make([]Named, len(names))
	for i, name := range names {
		info := infos[name]
		d, ok := keyOf(safeNames, info.DType)
		if !ok {
			return nil, fmt.Errorf("%s has the dtype %q, which is not supported", name, info.DType)
		}
		from, to := info.Offsets[0], info.Offsets[1]
		if from < 0 || to < from || to > len(data) {
			return nil, fmt.Errorf("%s lies at bytes %d to %d; there are %d", name, from, to, len(data))
		}
		t, err := fromBytes(data[from:to], d, info.Shape...)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		items[i] = Named{name, t}
	}
	return items, nil
}
