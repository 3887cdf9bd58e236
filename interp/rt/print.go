package rt

import (
	"fmt"
	"reflect"
	"strconv"
	"unsafe"

	"github.com/gophergrad/gophergrad/interp/box"
	"github.com/gophergrad/gophergrad/tensor"
)

// Print is the builtin print.
func (r *Runtime) Print(args ...any) { r.host.Write(r.currentRun(), builtinText(args, "")) }

// Println is the builtin println.
func (r *Runtime) Println(args ...any) { r.host.Write(r.currentRun(), builtinText(args, " ")+"\n") }

// builtinText prints as the Go runtime does, which knows no methods, but for tensors.
func builtinText(args []any, sep string) string {
	var text []byte
	for i, a := range args {
		if i > 0 {
			text = append(text, sep...)
		}
		if b, ok := a.(box.Box); ok {
			a = b.Value
		}
		if t, ok := a.(*tensor.Tensor); ok && t != nil { // an address tells nobody anything
			text = append(text, t.String()...)
			continue
		}
		text = appendValue(text, reflect.ValueOf(a))
	}
	return string(text)
}

func appendValue(text []byte, v reflect.Value) []byte {
	switch v.Kind() {
	case reflect.Bool:
		return strconv.AppendBool(text, v.Bool())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return strconv.AppendInt(text, v.Int(), 10)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return strconv.AppendUint(text, v.Uint(), 10)
	case reflect.Float32, reflect.Float64:
		return strconv.AppendFloat(text, v.Float(), 'g', -1, v.Type().Bits())
	case reflect.Complex64, reflect.Complex128:
		return append(text, strconv.FormatComplex(v.Complex(), 'g', -1, v.Type().Bits())...)
	case reflect.Slice:
		return fmt.Appendf(text, "[%d/%d]%#x", v.Len(), v.Cap(), v.Pointer())
	case reflect.Pointer, reflect.Map, reflect.Chan, reflect.Func, reflect.UnsafePointer:
		return fmt.Appendf(text, "%#x", v.Pointer())
	}
	return fmt.Append(text, v)
}

// Words is what print shows of an interface value: the addresses of its type and of its data.
func Words(v any) string {
	words := (*[2]uintptr)(unsafe.Pointer(&v))
	return fmt.Sprintf("(%#x,%#x)", words[0], words[1])
}
