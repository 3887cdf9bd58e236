package format

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/gophergrad/gophergrad/tensor"
)

// A pickle is a program for a stack machine. This one runs the instructions that
// occur in PyTorch's files and calls only the functions that rebuild tensors, so
// that no file can make it do anything else.

type (
	dict  struct{ keys, values []any }
	list  struct{ items []any }
	tuple []any
	// global names a Python function or class.
	global string
	// storage is the memory of tensors.
	storage struct {
		dtype tensor.DType
		data  *tensor.Tensor
	}
	mark struct{}
)

// machine runs a pickle. Its methods panic with malformed; unpickle recovers.
type machine struct {
	program []byte
	at      int
	stack   []any
	memo    map[int]any
	read    func(key string) ([]byte, error)
	loaded  map[string]*storage
}

type malformed struct{ error }

func bad(format string, args ...any) { panic(malformed{fmt.Errorf(format, args...)}) }

// unpickle returns the value that a pickle describes; read returns the memory of
// a storage.
func unpickle(program []byte, read func(key string) ([]byte, error)) (value any, err error) {
	m := &machine{program: program, memo: map[int]any{}, read: read, loaded: map[string]*storage{}}
	defer func() {
		switch e := recover().(type) {
		case nil:
		case malformed:
			err = fmt.Errorf("data.pkl, byte %d: %w", m.at, e.error)
		default:
			panic(e)
		}
	}()
	for {
		if op := m.take(1)[0]; op == '.' {
			return m.pop(), nil
		} else {
			m.step(op)
		}
	}
}

func (m *machine) take(n int) []byte {
	if n < 0 || n > len(m.program)-m.at {
		bad("the pickle ends too early")
	}
	b := m.program[m.at : m.at+n]
	m.at += n
	return b
}

func (m *machine) line() string {
	n := bytes.IndexByte(m.program[m.at:], '\n')
	text := string(m.take(n))
	m.at++
	return text
}

func (m *machine) push(v any) { m.stack = append(m.stack, v) }

func (m *machine) pop() any {
	if len(m.stack) == 0 {
		bad("the stack is empty")
	}
	v := m.stack[len(m.stack)-1]
	m.stack = m.stack[:len(m.stack)-1]
	return v
}

// popMark returns what was pushed since the last mark.
func (m *machine) popMark() []any {
	for i := len(m.stack) - 1; i >= 0; i-- {
		if _, ok := m.stack[i].(mark); ok {
			items := append([]any{}, m.stack[i+1:]...)
			m.stack = m.stack[:i]
			return items
		}
	}
	bad("there is no mark")
	return nil
}

func popAs[T any](m *machine) T {
	v := m.pop()
	t, ok := v.(T)
	if !ok {
		bad("a %T stands where %T was expected", v, t)
	}
	return t
}

func (m *machine) top() any {
	v := m.pop()
	m.push(v)
	return v
}

// step runs one instruction, by its letter of Python's pickletools.
func (m *machine) step(op byte) {
	switch op {
	case 0x80: // PROTO
		m.take(1)
	case 0x95: // FRAME
		m.take(8)
	case '}':
		m.push(&dict{})
	case ']':
		m.push(&list{})
	case ')':
		m.push(tuple{})
	case '(':
		m.push(mark{})
	case 'N':
		m.push(nil)
	case 0x88:
		m.push(true)
	case 0x89:
		m.push(false)
	case 'K':
		m.push(int(m.take(1)[0]))
	case 'M':
		m.push(int(binary.LittleEndian.Uint16(m.take(2))))
	case 'J':
		m.push(int(int32(binary.LittleEndian.Uint32(m.take(4)))))
	case 0x8a: // LONG1
		m.push(long(m.take(int(m.take(1)[0]))))
	case 'G':
		m.push(math.Float64frombits(binary.BigEndian.Uint64(m.take(8))))
	case 'X':
		m.push(string(m.take(int(binary.LittleEndian.Uint32(m.take(4))))))
	case 0x8c: // SHORT_BINUNICODE
		m.push(string(m.take(int(m.take(1)[0]))))
	case 'U':
		m.push(string(m.take(int(m.take(1)[0]))))
	case 'q':
		m.memo[int(m.take(1)[0])] = m.top()
	case 'r':
		m.memo[int(binary.LittleEndian.Uint32(m.take(4)))] = m.top()
	case 0x94: // MEMOIZE
		m.memo[len(m.memo)] = m.top()
	case 'h':
		m.recall(int(m.take(1)[0]))
	case 'j':
		m.recall(int(binary.LittleEndian.Uint32(m.take(4))))
	case 't':
		m.push(tuple(m.popMark()))
	case 0x85, 0x86, 0x87: // TUPLE1 to TUPLE3
		t := make(tuple, op-0x84)
		for i := len(t) - 1; i >= 0; i-- {
			t[i] = m.pop()
		}
		m.push(t)
	case 's':
		v, k := m.pop(), m.pop()
		m.set([]any{k, v})
	case 'u':
		m.set(m.popMark())
	case 'a':
		v := m.pop()
		m.extend([]any{v})
	case 'e':
		m.extend(m.popMark())
	case 'c':
		module := m.line()
		m.push(global(module + "." + m.line()))
	case 0x93: // STACK_GLOBAL
		name, module := popAs[string](m), popAs[string](m)
		m.push(global(module + "." + name))
	case 'R':
		args, f := popAs[tuple](m), popAs[global](m)
		m.push(m.call(f, args))
	case 'b': // attributes of a dict, such as _metadata, are left out
		m.pop()
	case 'Q':
		m.push(m.storage(popAs[tuple](m)))
	default:
		bad("the instruction %q is not supported", op)
	}
}

func (m *machine) recall(key int) {
	v, ok := m.memo[key]
	if !ok {
		bad("nothing was stored under %d", key)
	}
	m.push(v)
}

func (m *machine) set(pairs []any) {
	d, ok := m.top().(*dict)
	if !ok || len(pairs)%2 != 0 {
		bad("items are set in a %T", m.top())
	}
	for i := 0; i < len(pairs); i += 2 {
		d.keys, d.values = append(d.keys, pairs[i]), append(d.values, pairs[i+1])
	}
}

func (m *machine) extend(items []any) {
	l, ok := m.top().(*list)
	if !ok {
		bad("items are appended to a %T", m.top())
	}
	l.items = append(l.items, items...)
}

// long reads a little-endian two's complement integer.
func long(b []byte) int {
	if len(b) > 8 {
		bad("an integer has %d bytes", len(b))
	}
	v := int64(0)
	for i, c := range b {
		v |= int64(c) << (8 * i)
	}
	if n := len(b); n > 0 && n < 8 && b[n-1]&0x80 != 0 {
		v -= 1 << (8 * n)
	}
	return int(v)
}

// call runs one of the functions that PyTorch's files call.
func (m *machine) call(f global, args tuple) any {
	switch f {
	case "collections.OrderedDict":
		return &dict{}
	case "torch._utils._rebuild_tensor_v2":
		return rebuild(args)
	case "torch._utils._rebuild_parameter":
		if len(args) > 0 {
			if t, ok := args[0].(*tensor.Tensor); ok {
				return t
			}
		}
	default:
		bad("the file calls %s; only tensors are loaded", f)
	}
	bad("%s is called with %v", f, args)
	return nil
}

// storage returns the memory that a persistent id names: ("storage", class, key,
// device, elements).
func (m *machine) storage(id tuple) *storage {
	if len(id) != 5 {
		bad("a storage is described by %d values", len(id))
	}
	class, _ := id[1].(global)
	key, ok := id[2].(string)
	d, known := keyOf(torchStorages, strings.TrimPrefix(string(class), "torch."))
	if !ok || !known {
		bad("the storage %v of %s is not supported", id[2], class)
	}
	if s := m.loaded[key]; s != nil {
		return s
	}
	raw, err := m.read(key)
	if err != nil {
		bad("storage %s: %w", key, err)
	}
	if len(raw)%d.Size() != 0 {
		bad("storage %s holds %d bytes, no whole number of %v", key, len(raw), d)
	}
	t, err := fromBytes(raw, d, len(raw)/d.Size())
	if err != nil {
		bad("storage %s: %w", key, err)
	}
	m.loaded[key] = &storage{d, t}
	return m.loaded[key]
}

// rebuild returns the tensor that _rebuild_tensor_v2(storage, offset, shape,
// strides, …) describes.
func rebuild(args tuple) *tensor.Tensor {
	var s *storage
	var offset int
	var shape, strides []int
	err := errors.New("a tensor's description is not understood")
	if len(args) >= 4 {
		var ok [4]bool
		s, ok[0] = args[0].(*storage)
		offset, ok[1] = args[1].(int)
		shape, ok[2] = ints(args[2])
		strides, ok[3] = ints(args[3])
		if ok == [4]bool{true, true, true, true} && len(shape) == len(strides) {
			err = nil
		}
	}
	if err != nil {
		bad("%w", err)
	}
	last, n := offset, 1
	for i, size := range shape {
		const limit = 1 << 40 // elements; keeps the products below from overflowing
		if size < 0 || strides[i] < 0 || size > limit || strides[i] > limit/max(size, 1) || n > limit/max(size, 1) {
			bad("a tensor has shape %v and strides %v", shape, strides)
		}
		last += (size - 1) * strides[i]
		n *= size
	}
	if offset < 0 || n > 0 && last >= s.data.NumEl() {
		bad("a tensor of shape %v and strides %v at %d leaves its storage of %d elements", shape, strides, offset, s.data.NumEl())
	}
	if n == 0 {
		return tensor.As(s.dtype).Zeros(shape...)
	}
	return s.data.AsStrided(shape, strides, offset).Clone()
}

func ints(v any) ([]int, bool) {
	t, ok := v.(tuple)
	out := make([]int, len(t))
	for i, x := range t {
		n, isInt := x.(int)
		out[i], ok = n, ok && isInt
	}
	return out, ok
}
