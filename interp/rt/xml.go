package rt

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"go/types"
	"io"
	"reflect"
	"strings"

	"github.com/gophergrad/gophergrad/interp/box"
)

// XMLMarshal is xml.Marshal.
func (r *Runtime) XMLMarshal(v any) ([]byte, error) {
	defer r.Lend(v)()
	return xml.Marshal(r.xmlElement(v))
}

// XMLMarshalIndent is xml.MarshalIndent.
func (r *Runtime) XMLMarshalIndent(v any, prefix, indent string) ([]byte, error) {
	defer r.Lend(v)()
	return xml.MarshalIndent(r.xmlElement(v), prefix, indent)
}

// EncodeXML is e.Encode.
func (r *Runtime) EncodeXML(e *xml.Encoder, v any) error {
	defer r.Lend(v)()
	return e.Encode(r.xmlElement(v))
}

// EncodeXMLElement is e.EncodeElement.
func (r *Runtime) EncodeXMLElement(e *xml.Encoder, v any, start xml.StartElement) error {
	defer r.Lend(v)()
	return e.EncodeElement(r.xmlMirror(v), start)
}

// XMLUnmarshal is xml.Unmarshal.
func (r *Runtime) XMLUnmarshal(data []byte, v any) error {
	return r.xmlMirrors().decode(v, func(v any) error { return xml.Unmarshal(data, v) })
}

// DecodeXML is d.Decode.
func (r *Runtime) DecodeXML(d *xml.Decoder, v any) error {
	return r.xmlMirrors().decode(v, d.Decode)
}

// DecodeXMLElement is d.DecodeElement.
func (r *Runtime) DecodeXMLElement(d *xml.Decoder, v any, start *xml.StartElement) error {
	return r.xmlMirrors().decode(v, func(v any) error { return d.DecodeElement(v, start) })
}

func (r *Runtime) xmlMirrors() *mirrors {
	return &mirrors{
		r: r, embeds: true, itself: reflect.TypeFor[xmlPart](), inside: map[*box.Type]bool{}, made: map[reflect.Type]*box.Type{},
		standIn: func(f flags, has func(string) bool) reflect.Type {
			switch {
			case f.attribute && (has("MarshalXMLAttr") || has("UnmarshalXMLAttr")):
				return reflect.TypeFor[xmlAttr]()
			case !f.attribute && (has("MarshalXML") || has("UnmarshalXML")):
				return reflect.TypeFor[xmlPart]()
			case has("MarshalText") || has("UnmarshalText"):
				return reflect.TypeFor[xmlText]()
			}
			return nil
		},
	}
}

func (r *Runtime) xmlMirror(v any) any {
	if v == nil {
		return nil
	}
	return r.xmlMirrors().whole(v).Interface()
}

// xmlElement gives a value to package xml, which names an element by its type.
func (r *Runtime) xmlElement(v any) any {
	if list := reflect.ValueOf(Unboxed(Canon(v))); list.Kind() == reflect.Slice && list.Type().Elem().Kind() == reflect.Interface {
		elements := make([]any, list.Len())
		for i := range elements {
			elements[i] = r.xmlElement(list.Index(i).Interface())
		}
		return elements
	}
	mirror := r.xmlMirror(v)
	b, ok := Canon(v).(box.Box)
	if !ok {
		return mirror
	}
	t := b.Type.Go
	for {
		part, ok := t.Underlying().(interface{ Elem() types.Type })
		if _, isMap := t.Underlying().(*types.Map); !ok || isMap {
			break
		}
		t = part.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if obj, _, _ := types.LookupFieldOrMethod(t, false, nil, "XMLName"); !ok || obj != nil || b.Type.Of(t) == nil {
		return mirror
	}
	name, _, _ := strings.Cut(named.Obj().Name(), "[")
	return namedElement{mirror, name}
}

// namedElement is a value with the name of its type.
type namedElement struct {
	value any
	name  string
}

// MarshalXML encodes the value, or each of a list, as an element of the name.
func (x namedElement) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	start.Name.Local = x.name
	if v := reflect.ValueOf(x.value); v.Kind() == reflect.Slice || v.Kind() == reflect.Array {
		for i := range v.Len() {
			if err := e.EncodeElement(v.Index(i).Interface(), start); err != nil {
				return err
			}
		}
		return nil
	}
	return e.EncodeElement(x.value, start)
}

// own gives a method of v, a value of type t, that package xml would call.
func (m *mirrors) own(v reflect.Value, t types.Type, name string) any {
	if bt := m.of(t); v.CanAddr() || (box.Box{Type: bt}).Has(name) {
		return m.method(v, t, name)
	}
	return nil
}

// xmlText stands for a value that is written as a text.
type xmlText struct {
	encode func() ([]byte, error)
	text   []byte // nil if none was read
}

func (p *xmlText) hold(m *mirrors, v reflect.Value, t types.Type) {
	p.encode = func() ([]byte, error) {
		if f, ok := m.own(v, t, "MarshalText").(func() ([]byte, error)); ok {
			return f()
		}
		return fmt.Append(nil, v), nil
	}
}

func (p *xmlText) give(m *mirrors, v reflect.Value, t types.Type) error {
	if p.text == nil {
		return nil
	}
	if f, ok := m.method(v, t, "UnmarshalText").(func([]byte) error); ok {
		return f(p.text)
	}
	var element bytes.Buffer
	element.WriteString("<x>")
	xml.EscapeText(&element, p.text)
	element.WriteString("</x>")
	return xml.Unmarshal(element.Bytes(), v.Addr().Interface())
}

// MarshalText calls the method of the value.
func (p xmlText) MarshalText() ([]byte, error) { return p.encode() }

// UnmarshalText keeps what the method of the value gets.
func (p *xmlText) UnmarshalText(text []byte) error {
	p.text = append([]byte{}, text...)
	return nil
}

// xmlAttr stands for a value that has methods for attributes.
type xmlAttr struct {
	text   xmlText
	encode func(xml.Name) (xml.Attr, error)
	attr   *xml.Attr // nil if none was read
}

func (p *xmlAttr) hold(m *mirrors, v reflect.Value, t types.Type) {
	p.text.hold(m, v, t)
	p.encode, _ = m.own(v, t, "MarshalXMLAttr").(func(xml.Name) (xml.Attr, error))
}

func (p *xmlAttr) give(m *mirrors, v reflect.Value, t types.Type) error {
	if p.attr == nil {
		return nil
	}
	if f, ok := m.method(v, t, "UnmarshalXMLAttr").(func(xml.Attr) error); ok {
		return f(*p.attr)
	}
	p.text.text = []byte(p.attr.Value)
	return p.text.give(m, v, t)
}

// MarshalXMLAttr calls the method of the value.
func (p xmlAttr) MarshalXMLAttr(name xml.Name) (xml.Attr, error) {
	if p.encode != nil {
		return p.encode(name)
	}
	text, err := p.text.encode()
	return xml.Attr{Name: name, Value: string(text)}, err
}

// UnmarshalXMLAttr keeps what the method of the value gets.
func (p *xmlAttr) UnmarshalXMLAttr(attr xml.Attr) error {
	p.attr = &attr
	return nil
}

// xmlPart stands for a value that encodes itself, and for one inside of a value of its own type.
type xmlPart struct {
	encode func(*xml.Encoder, xml.StartElement) error
	start  *xml.StartElement // nil if none was read
	inner  []xml.Token       // up to its end
}

func (p *xmlPart) hold(m *mirrors, v reflect.Value, t types.Type) {
	p.encode = func(e *xml.Encoder, start xml.StartElement) error {
		if f, ok := m.own(v, t, "MarshalXML").(func(*xml.Encoder, xml.StartElement) error); ok {
			return f(e, start)
		}
		if f, ok := m.own(v, t, "MarshalText").(func() ([]byte, error)); ok {
			text, err := f()
			if err != nil {
				return err
			}
			return e.EncodeElement(string(text), start)
		}
		inner := m.bare()
		return e.EncodeElement(inner.out(v, t, inner.parts(t, v.Type(), flags{})).Interface(), start)
	}
}

func (p *xmlPart) give(m *mirrors, v reflect.Value, t types.Type) error {
	if p.start == nil {
		return nil
	}
	d := xml.NewTokenDecoder(p)
	if _, err := d.Token(); err != nil { // the start
		return err
	}
	start := *p.start
	if f, ok := m.method(v, t, "UnmarshalXML").(func(*xml.Decoder, xml.StartElement) error); ok {
		return f(d, start)
	}
	inner := m.bare()
	mirror := reflect.New(inner.parts(t, v.Type(), flags{}))
	mirror.Elem().Set(inner.out(v, t, mirror.Type().Elem()))
	if err := d.DecodeElement(mirror.Interface(), &start); err != nil {
		return err
	}
	return inner.in(mirror.Elem(), v, t)
}

// MarshalXML calls the method of the value.
func (p xmlPart) MarshalXML(e *xml.Encoder, start xml.StartElement) error { return p.encode(e, start) }

// UnmarshalXML keeps what the method of the value gets.
func (p *xmlPart) UnmarshalXML(d *xml.Decoder, start xml.StartElement) error {
	start = start.Copy()
	p.start, p.inner = &start, []xml.Token{start}
	for depth := 1; depth > 0; {
		token, err := d.Token()
		if err != nil {
			return err
		}
		switch token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
		p.inner = append(p.inner, xml.CopyToken(token))
	}
	return nil
}

// Token gives what was read, for the decoder of the value's method.
func (p *xmlPart) Token() (xml.Token, error) {
	if len(p.inner) == 0 {
		return nil, io.EOF
	}
	token := p.inner[0]
	p.inner = p.inner[1:]
	return token, nil
}
