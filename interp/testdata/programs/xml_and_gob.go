package main

import (
	"bytes"
	"encoding/gob"
	"encoding/xml"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"time"
)

type Kind uint8

func (k *Kind) UnmarshalXMLAttr(a xml.Attr) error {
	switch a.Value {
	case "a":
		*k = 1
	case "b":
		*k = 2
	default:
		return fmt.Errorf("bad kind %q in %s", a.Value, a.Name.Local)
	}
	return nil
}
func (k Kind) MarshalXMLAttr(n xml.Name) (xml.Attr, error) {
	if k == 0 {
		return xml.Attr{}, nil
	}
	return xml.Attr{Name: n, Value: string(rune('a' + k - 1))}, nil
}

type Opt struct {
	A Kind   `xml:"a,attr"`
	B Kind   `xml:"b,attr,omitempty"`
	L Lvl    `xml:"l,omitempty"`
	M *Lvl   `xml:"m,omitempty"`
	N []Lvl  `xml:"n,omitempty"`
	C string `xml:",cdata"`
}
type Lvl int

func (l Lvl) MarshalText() ([]byte, error) {
	if l < 0 {
		return nil, errors.New("negative")
	}
	return []byte(strings.Repeat("I", int(l))), nil
}
func (l *Lvl) UnmarshalText(b []byte) error { *l = Lvl(len(b)); return nil }

type PtrM struct{ v int }

func (p *PtrM) MarshalXML(e *xml.Encoder, s xml.StartElement) error {
	return e.EncodeElement(fmt.Sprint("ptr", p.v), s)
}
func (p *PtrM) UnmarshalXML(d *xml.Decoder, s xml.StartElement) error {
	var x struct {
		V int    `xml:"v,attr"`
		S string `xml:",chardata"`
	}
	if err := d.DecodeElement(&x, &s); err != nil {
		return err
	}
	p.v = x.V + len(x.S)
	return nil
}

type Holder struct {
	XMLName xml.Name `xml:"holder"`
	P       PtrM     `xml:"p"`
	Q       *PtrM    `xml:"q"`
	R       []PtrM   `xml:"rs>r"`
}

type Tree struct {
	Name string  `xml:"name,attr"`
	Kids []*Tree `xml:"tree"`
	Any  any     `xml:"any,omitempty"`
}

type Map map[string]int

func (m Map) MarshalXML(e *xml.Encoder, s xml.StartElement) error {
	if err := e.EncodeToken(s); err != nil {
		return err
	}
	for _, k := range []string{"a", "b"} {
		if v, ok := m[k]; ok {
			e.EncodeElement(v, xml.StartElement{Name: xml.Name{Local: k}})
		}
	}
	return e.EncodeToken(s.End())
}
func (m *Map) UnmarshalXML(d *xml.Decoder, s xml.StartElement) error {
	*m = Map{}
	for {
		t, err := d.Token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			var v int
			if err := d.DecodeElement(&v, &t); err != nil {
				return err
			}
			(*m)[t.Name.Local] = v
		case xml.EndElement:
			if t == s.End() {
				return nil
			}
		}
	}
}

type base struct {
	ID  int `xml:"id"`
	hid int
}
type Named struct{ Nm string }
type Deep struct {
	base
	Named
	Lv Lvl
	T  time.Time `xml:"t"`
	U  Map
}

type Op interface{ Do() int }
type Add struct{ A, B int }
type Neg struct{ X Op }

func (a Add) Do() int  { return a.A + a.B }
func (n *Neg) Do() int { return -n.X.Do() }

type Prog struct {
	Ops  []Op
	Vars map[string]Op
	Err  error
	When time.Time
	F    func()
	C    chan int
	URL  url.Values
	Big  [3]*Add
	L    Lvl
	Anon struct{ X, Y float64 }
	Nest [][]Add
}
type MyErr struct{ Code int }

func (e *MyErr) Error() string { return fmt.Sprint("code ", e.Code) }

type Emb struct {
	Add
	Extra string
}

func main() {
	l := Lvl(3)
	show := func(v any) {
		b, err := xml.Marshal(v)
		fmt.Println(string(b), err)
	}
	show(Opt{A: 1, L: 0, M: &l, N: []Lvl{1, 2}, C: "x<y"})
	show(Opt{B: 2, L: 2})
	show(Opt{L: -1})
	show(Holder{P: PtrM{1}, Q: &PtrM{2}, R: []PtrM{{3}}})
	show(&Holder{P: PtrM{1}, Q: &PtrM{2}, R: []PtrM{{3}}})
	show(Tree{"r", []*Tree{{"a", nil, 5}, {"b", []*Tree{{Name: "c"}}, Add{1, 2}}}, nil})
	show(Map{"a": 1, "b": 2})
	show([]any{Add{1, 2}, "s", 3, &Tree{Name: "z"}, l})
	show(Deep{base{1, 2}, Named{"nm"}, 4, time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC), Map{"b": 9}})
	show(Emb{Add{1, 2}, "e"})
	show(struct{ A int }{1})
	show(l)
	var o Opt
	fmt.Println(xml.Unmarshal([]byte(`<Opt a="b" b="a"><l>III</l><m>IIII</m><n>I</n><n></n>text</Opt>`), &o), o.A, o.B, o.L, *o.M, o.N, o.C)
	fmt.Println(xml.Unmarshal([]byte(`<Opt a="zz"></Opt>`), &o))
	var h Holder
	fmt.Println(xml.Unmarshal([]byte(`<holder><p v="5">abc</p><q v="1"></q><rs><r v="2">x</r><r/></rs></holder>`), &h), h.P, *h.Q, h.R)
	var t Tree
	fmt.Println(xml.Unmarshal([]byte(`<tree name="x"><tree name="y"><tree name="z"/></tree><tree name="w"/></tree>`), &t), t.Name, t.Kids[0].Name, t.Kids[0].Kids[0].Name, t.Kids[1].Name, len(t.Kids))
	var m Map
	fmt.Println(xml.Unmarshal([]byte(`<m><a>5</a><zz>6</zz></m>`), &m), m)
	var d Deep
	fmt.Println(xml.Unmarshal([]byte(`<Deep><id>7</id><Nm>q</Nm><Lv>II</Lv><t>2020-01-02T03:04:05Z</t><U><k>1</k></U></Deep>`), &d), d.ID, d.Named.Nm, d.Lv, d.T, d.U)
	keep := Deep{base: base{ID: 1, hid: 99}}
	fmt.Println(xml.Unmarshal([]byte(`<Deep><Nm>q</Nm></Deep>`), &keep), keep.hid, keep.ID, keep.Nm)
	e := xml.NewEncoder(os.Stdout)
	e.Indent(">", "  ")
	e.EncodeElement(Add{3, 4}, xml.StartElement{Name: xml.Name{Local: "sum"}, Attr: []xml.Attr{{Name: xml.Name{Local: "k"}, Value: "v"}}})
	fmt.Println()

	gob.Register(Add{})
	gob.Register(&Neg{})
	gob.Register(&MyErr{})
	gob.Register(Lvl(0))
	gob.Register([]Add{})
	gob.Register(map[string]Lvl{})
	var buf bytes.Buffer
	p := Prog{Ops: []Op{Add{1, 2}, &Neg{Add{3, 4}}, &Neg{&Neg{Add{5, 6}}}}, Vars: map[string]Op{"x": Add{9, 9}}, Err: &MyErr{4}, When: time.Unix(5, 0).UTC(), URL: url.Values{"a": {"b"}}, Big: [3]*Add{{1, 1}, {2, 2}, {3, 3}}, L: 5, Nest: [][]Add{{{1, 2}}, {{3, 4}, {5, 6}}}}
	p.Anon.Y = 2.5
	fmt.Println(gob.NewEncoder(&buf).Encode(&p))
	var q Prog
	fmt.Println(gob.NewDecoder(&buf).Decode(&q))
	for _, o := range q.Ops {
		fmt.Printf("%T %d ", o, o.Do())
	}
	fmt.Println(q.Vars["x"], q.Err, q.When, q.F == nil, q.URL, *q.Big[2], q.L, q.Anon, q.Nest)
	var me *MyErr
	fmt.Println(errors.As(q.Err, &me), me.Code)
	enc, dec := gob.NewEncoder(&buf), gob.NewDecoder(&buf)
	for _, v := range []any{Add{1, 2}, &Neg{Add{1, 1}}, Lvl(4), []Add{{1, 2}}, map[string]Lvl{"k": 3}, 5, "s", nil} {
		if err := enc.Encode(&v); err != nil {
			fmt.Println("enc", err)
			continue
		}
		var w any
		err := dec.Decode(&w)
		fmt.Printf("%v %T %v\n", err, w, w)
		if n, ok := w.(*Neg); ok {
			fmt.Println(n.Do())
		}
	}
	fmt.Println(enc.Encode(Emb{Add{1, 2}, "x"}))
	var em Emb
	fmt.Println(dec.Decode(&em), em)
	em2 := Emb{Extra: "kept"}
	fmt.Println(enc.Encode(struct{ Add Add }{Add{7, 8}}), dec.Decode(&em2), em2)
	fmt.Println(enc.Encode(Add{1, 2}))
	var wrong struct{ A string }
	fmt.Println(dec.Decode(&wrong) != nil)
	fmt.Println(dec.Decode(Add{}) != nil)
	var bad struct{ X Op }
	fmt.Println(enc.Encode(struct{ X any }{&MyErr{1}}), dec.Decode(&bad) != nil)
}
