package rt

import (
	"bytes"
	"encoding/gob"
	"errors"
	"go/types"
	"reflect"
	"strings"
	"sync"

	"github.com/gophergrad/gophergrad/interp/box"
)

// EncodeGob is e.Encode.
func (r *Runtime) EncodeGob(e *gob.Encoder, v any) error {
	defer r.Lend(v)()
	if v == nil {
		return e.Encode(nil)
	}
	m := r.gobMirrors()
	return m.named(e.EncodeValue(m.whole(v)))
}

// DecodeGob is d.Decode.
func (r *Runtime) DecodeGob(d *gob.Decoder, v any) error {
	m := r.gobMirrors()
	return m.named(m.decode(v, d.Decode))
}

// RegisterGob is gob.Register.
func (r *Runtime) RegisterGob(v any) {
	if b, ok := Canon(v).(box.Box); ok {
		r.gobRegister(b.Type.Name, b)
		return
	}
	gob.Register(v)
}

// RegisterGobName is gob.RegisterName.
func (r *Runtime) RegisterGobName(name string, v any) {
	if b, ok := Canon(v).(box.Box); ok {
		r.gobRegister(name, b)
		return
	}
	gob.RegisterName(name, v)
}

// registered are the types of cells by those of their mirrors in interfaces.
var registered sync.Map

func (r *Runtime) gobRegister(name string, b box.Box) {
	m := r.gobMirrors()
	m.of = b.Type.Of
	mt := m.teller(b.Type.Go)
	gob.RegisterName(name, reflect.Zero(mt).Interface())
	registered.Store(mt, b.Type)
}

func (r *Runtime) gobMirrors() *mirrors {
	return &mirrors{
		r: r, tells: true, itself: reflect.TypeFor[gobPart](), inside: map[*box.Type]bool{}, made: map[reflect.Type]*box.Type{},
		standIn: func(_ flags, has func(string) bool) reflect.Type {
			switch {
			case has("GobEncode") || has("GobDecode"):
				return reflect.TypeFor[gobPart]()
			case has("MarshalBinary") || has("UnmarshalBinary"):
				return reflect.TypeFor[binaryPart]()
			}
			return nil
		},
	}
}

// named gives an error of package gob with the names of cells' types.
func (m *mirrors) named(err error) error {
	if err == nil {
		return nil
	}
	text := err.Error()
	for t, bt := range m.made {
		text = strings.ReplaceAll(text, t.String(), bt.Name)
	}
	if text == err.Error() {
		return err
	}
	return errors.New(text)
}

// teller is the type of mirrors in interfaces, by which gob tells cells' types apart: those of other types than structs are inside of one.
func (m *mirrors) teller(t types.Type) reflect.Type {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return reflect.PointerTo(m.teller(p.Elem()))
	}
	mt := m.typ(t, m.of(t).Raw, flags{})
	if m.tellsItself(mt) {
		return mt
	}
	return reflect.StructOf([]reflect.StructField{{Name: "V", Type: mt, Tag: reflect.StructTag(`cell:"` + m.of(t).Name + `"`)}})
}

func (m *mirrors) tellsItself(mt reflect.Type) bool {
	return mt.Kind() == reflect.Struct && !isStandIn(mt)
}

// telling gives the mirror of a boxed value in an interface.
func (m *mirrors) telling(b box.Box) reflect.Value {
	v, t := reflect.ValueOf(b.Value), b.Type.Go
	out := reflect.New(m.teller(t)).Elem()
	made := out
	for made.Kind() == reflect.Pointer {
		if v.IsNil() {
			return out
		}
		v, t = box.Pointed(v, m.of(elemOf(t))), elemOf(t)
		made.Set(reflect.New(made.Type().Elem()))
		made = made.Elem()
	}
	mt := m.typ(t, m.of(t).Raw, flags{})
	if !m.tellsItself(mt) {
		made = made.Field(0)
	}
	made.Set(m.out(v, t, mt))
	return out
}

// told gives the value of a mirror in an interface.
func (m *mirrors) told(mirror reflect.Value) (any, error) {
	known, ok := registered.Load(mirror.Type())
	if !ok {
		return mirror.Interface(), nil
	}
	bt := known.(*box.Type)
	inner := m.bare()
	inner.of = bt.Of
	made := reflect.New(bt.Raw).Elem()
	v, t := made, bt.Go
	for mirror.Kind() == reflect.Pointer {
		v, t, mirror = box.Point(v, inner.of(elemOf(t))), elemOf(t), mirror.Elem()
	}
	if !m.tellsItself(inner.typ(t, inner.of(t).Raw, flags{})) {
		mirror = addressed(mirror).Field(0)
	}
	err := inner.in(addressed(mirror), v, t)
	return box.Box{Type: bt, Value: made.Interface()}, err
}

// gobPart stands for a value that encodes itself, and for one inside of a value of its own type, which is encoded on its own.
type gobPart struct {
	encode func() ([]byte, error)
	data   []byte
}

func (p *gobPart) hold(m *mirrors, v reflect.Value, t types.Type) {
	p.encode = func() ([]byte, error) {
		for _, name := range []string{"GobEncode", "MarshalBinary"} {
			if f, ok := m.method(v, t, name).(func() ([]byte, error)); ok {
				return f()
			}
		}
		var buf bytes.Buffer
		inner := m.bare()
		err := gob.NewEncoder(&buf).EncodeValue(inner.out(v, t, inner.parts(t, v.Type(), flags{})))
		return buf.Bytes(), err
	}
}

func (p *gobPart) give(m *mirrors, v reflect.Value, t types.Type) error {
	if p.data == nil {
		return nil
	}
	for _, name := range []string{"GobDecode", "UnmarshalBinary"} {
		if f, ok := m.method(v, t, name).(func([]byte) error); ok {
			return f(p.data)
		}
	}
	inner := m.bare()
	mirror := reflect.New(inner.parts(t, v.Type(), flags{}))
	if err := gob.NewDecoder(bytes.NewReader(p.data)).DecodeValue(mirror); err != nil {
		return err
	}
	return inner.in(mirror.Elem(), v, t)
}

// GobEncode calls the method of the value.
func (p gobPart) GobEncode() ([]byte, error) { return p.encode() }

// GobDecode keeps what the method of the value gets.
func (p *gobPart) GobDecode(data []byte) error {
	p.data = append([]byte{}, data...)
	return nil
}

// binaryPart is gobPart for the methods of package encoding, which gob tells from its own.
type binaryPart struct{ part gobPart }

func (p *binaryPart) hold(m *mirrors, v reflect.Value, t types.Type) { p.part.hold(m, v, t) }
func (p *binaryPart) give(m *mirrors, v reflect.Value, t types.Type) error {
	return p.part.give(m, v, t)
}

// MarshalBinary calls the method of the value.
func (p binaryPart) MarshalBinary() ([]byte, error) { return p.part.encode() }

// UnmarshalBinary keeps what the method of the value gets.
func (p *binaryPart) UnmarshalBinary(data []byte) error { return p.part.GobDecode(data) }

// method gives a method of v, a value of type t, or of its address, bound to it.
func (m *mirrors) method(v reflect.Value, t types.Type, name string) any {
	if !v.CanAddr() {
		v = addressed(v)
	}
	return box.Box{Type: m.of(types.NewPointer(t)), Value: v.Addr().Interface()}.Method(name)
}
