package interp

import (
	"fmt"
	"go/types"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/gophergrad/gophergrad/interp/box"
	"github.com/gophergrad/gophergrad/tensor"
)

// valueText shows the variable's value in at most limit letters, "" while something runs that may change it. It calls
// no method that a cell defines: looking must not run anything.
func (s *Session) valueText(e *entry, limit int) string {
	if s.busy() || !e.value.IsValid() {
		return ""
	}
	p := valuePrinter{limit: limit}
	p.print(e.value.Elem(), e.obj.Type(), 0)
	return p.text.String()
}

// busy reports whether code of cells runs, at whose values one must not look.
func (s *Session) busy() bool { return s.running.Load() > 0 || s.rt.Busy() }

// valuePrinter prints a value as a Go programmer would write it, as far as there is room.
type valuePrinter struct {
	text  strings.Builder
	limit int
}

// deepest is how far nested values are followed.
const deepestValue = 3

func (p *valuePrinter) full() bool { return p.text.Len() >= p.limit }

// print prints v, which holds a value of type t; t is nil where only compiled code knows it.
func (p *valuePrinter) print(v reflect.Value, t types.Type, depth int) {
	if v.IsValid() && v.Kind() == reflect.Interface {
		v, t = v.Elem(), nil
	}
	if !v.IsValid() {
		p.text.WriteString("nil")
		return
	}
	if v.CanInterface() {
		if b, ok := v.Interface().(box.Boxed); ok {
			v, t = reflect.ValueOf(b.Unwrap_().Value), b.Unwrap_().Type.Go
		}
	}
	if p.full() || depth > deepestValue {
		p.text.WriteString("…")
		return
	}
	if text, ok := ownText(v); ok {
		p.text.WriteString(cut(text, p.limit))
		return
	}
	switch v.Kind() {
	case reflect.String:
		p.text.WriteString(strconv.Quote(cut(v.String(), p.limit)))
	case reflect.Pointer:
		p.pointer(v, t, depth)
	case reflect.Struct:
		p.structure(v, t, depth)
	case reflect.Slice, reflect.Array:
		p.list(v, t, depth)
	case reflect.Map:
		p.entries(v, t, depth)
	case reflect.Func:
		p.text.WriteString(map[bool]string{true: "nil", false: "func"}[v.IsNil()])
	case reflect.Chan:
		fmt.Fprintf(&p.text, "channel, %d of %d", v.Len(), v.Cap())
	default:
		fmt.Fprint(&p.text, v)
	}
}

// ownText is the text of a compiled value that has a String or Error method.
func ownText(v reflect.Value) (text string, ok bool) {
	defer func() {
		if recover() != nil { // as a nil pointer's method may
			text, ok = "", false
		}
	}()
	if !v.CanInterface() || v.Kind() == reflect.Pointer && v.IsNil() {
		return "", false
	}
	switch v := v.Interface().(type) {
	case fmt.Stringer:
		return v.String(), true
	case error:
		return v.Error(), true
	}
	return "", false
}

// cut shortens text to limit bytes.
func cut(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	return strings.ToValidUTF8(text[:limit], "") + "…"
}

func (p *valuePrinter) pointer(v reflect.Value, t types.Type, depth int) {
	if v.IsNil() {
		p.text.WriteString("nil")
		return
	}
	var elem types.Type
	if pointer, ok := underlying[*types.Pointer](t); ok {
		elem = pointer.Elem()
	}
	p.text.WriteString("&")
	p.print(v.Elem(), elem, depth+1)
}

func (p *valuePrinter) structure(v reflect.Value, t types.Type, depth int) {
	st, ok := underlying[*types.Struct](t)
	p.text.WriteString("{")
	for i := range v.NumField() {
		if i > 0 {
			p.text.WriteString(", ")
		}
		if p.full() {
			p.text.WriteString("…")
			break
		}
		name, field := v.Type().Field(i).Name, types.Type(nil)
		if ok && i < st.NumFields() {
			name, field = st.Field(i).Name(), st.Field(i).Type()
		}
		p.text.WriteString(name + ": ")
		p.print(v.Field(i), field, depth+1)
	}
	p.text.WriteString("}")
}

func (p *valuePrinter) list(v reflect.Value, t types.Type, depth int) {
	var elem types.Type
	if list, ok := underlying[interface {
		types.Type
		Elem() types.Type
	}](t); ok {
		elem = list.Elem()
	}
	p.text.WriteString("[")
	for i := range v.Len() {
		if i > 0 {
			p.text.WriteString(" ")
		}
		if p.full() {
			fmt.Fprintf(&p.text, "…] (%d elements)", v.Len())
			return
		}
		p.print(v.Index(i), elem, depth+1)
	}
	p.text.WriteString("]")
}

func (p *valuePrinter) entries(v reflect.Value, t types.Type, depth int) {
	var key, elem types.Type
	if m, ok := underlying[*types.Map](t); ok {
		key, elem = m.Key(), m.Elem()
	}
	var shown []string
	room := p.limit - p.text.Len()
	for iter := v.MapRange(); iter.Next() && room > 0; {
		one := valuePrinter{limit: room}
		one.print(iter.Key(), key, depth+1)
		one.text.WriteString(": ")
		one.print(iter.Value(), elem, depth+1)
		shown = append(shown, one.text.String())
		room -= one.text.Len()
	}
	slices.Sort(shown)
	p.text.WriteString("{" + strings.Join(shown, ", "))
	if len(shown) < v.Len() {
		fmt.Fprintf(&p.text, ", …} (%d entries)", v.Len())
		return
	}
	p.text.WriteString("}")
}

func underlying[T types.Type](t types.Type) (T, bool) {
	if t == nil {
		var none T
		return none, false
	}
	u, ok := t.Underlying().(T)
	return u, ok
}

// summary is the value in a table of variables: one line, a tensor's shape instead of its numbers.
func (s *Session) summary(e *entry) string {
	if !s.busy() && e.value.IsValid() {
		if t, ok := e.value.Elem().Interface().(*tensor.Tensor); ok && t != nil {
			return fmt.Sprintf("%v %v on %v", t.Shape(), t.DType(), t.Device())
		}
	}
	return strings.Join(strings.Fields(s.valueText(e, 60)), " ")
}

// sizer adds up the memory that values reach.
type sizer struct {
	seen map[uintptr]bool
	left int // values still to look at: what reaches very far is counted in part
}

// sizeOf is the memory in bytes that v and all it leads to take.
func sizeOf(v reflect.Value) uint64 {
	s := sizer{map[uintptr]bool{}, 100_000}
	return uint64(v.Type().Size()) + s.beyond(v)
}

// beyond is the memory that v leads to, without its own.
func (s *sizer) beyond(v reflect.Value) (bytes uint64) {
	if s.left--; s.left < 0 || !leads(v.Type()) {
		return 0
	}
	switch v.Kind() {
	case reflect.String:
		return uint64(v.Len())
	case reflect.Interface:
		if !v.IsNil() {
			return uint64(v.Elem().Type().Size()) + s.beyond(v.Elem())
		}
	case reflect.Pointer:
		if !v.IsNil() && s.first(v.Pointer()) {
			return uint64(v.Type().Elem().Size()) + s.beyond(v.Elem())
		}
	case reflect.Slice:
		if v.Len() == 0 || !s.first(v.Pointer()) {
			return 0
		}
		bytes = uint64(v.Cap()) * uint64(v.Type().Elem().Size())
		if leads(v.Type().Elem()) {
			for i := range v.Len() {
				bytes += s.beyond(v.Index(i))
			}
		}
	case reflect.Array:
		for i := range v.Len() {
			bytes += s.beyond(v.Index(i))
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[tensor.Storage]() { // its memory is no Go slice
			return uint64(v.FieldByName("bytes").Int())
		}
		for i := range v.NumField() {
			bytes += s.beyond(v.Field(i))
		}
	case reflect.Map:
		if v.IsNil() || !s.first(v.Pointer()) {
			return 0
		}
		bytes = uint64(v.Len()) * uint64(v.Type().Key().Size()+v.Type().Elem().Size())
		if leads(v.Type().Key()) || leads(v.Type().Elem()) {
			for iter := v.MapRange(); iter.Next(); {
				bytes += s.beyond(iter.Key()) + s.beyond(iter.Value())
			}
		}
	}
	return bytes
}

func (s *sizer) first(p uintptr) bool {
	seen := s.seen[p]
	s.seen[p] = true
	return !seen
}

// leads reports whether values of t can lead to other memory.
func leads(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.String, reflect.Interface, reflect.Pointer, reflect.Slice, reflect.Map, reflect.Struct:
		return true
	case reflect.Array:
		return leads(t.Elem())
	}
	return false
}
