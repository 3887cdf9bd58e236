package main

import (
	"bytes"
	"encoding/gob"
	"errors"
	"fmt"
	"math"
	"sort"
)

type Shape interface {
	Area() float64
}
type Square struct{ Side float64 }
type Circle struct{ R float64 }
type Named string

func (s Square) Area() float64  { return s.Side * s.Side }
func (c *Circle) Area() float64 { return math.Round(math.Pi * c.R * c.R) }
func (n Named) Area() float64   { return float64(len(n)) }

type Drawing struct {
	Title  string
	Shapes []Shape
	Best   Shape
	Meta   map[string]any
	Sub    *Drawing
	hidden int
	Pts    [2]P
	ByName map[Named]P
}
type P struct{ X, Y int }

type Secret struct{ a, b int }

func (s Secret) MarshalBinary() ([]byte, error) { return []byte{byte(s.a), byte(s.b)}, nil }
func (s *Secret) UnmarshalBinary(b []byte) error {
	if len(b) != 2 {
		return errors.New("bad length")
	}
	s.a, s.b = int(b[0]), int(b[1])
	return nil
}

type GE struct{ m map[string]int }

func (g GE) GobEncode() ([]byte, error) {
	var b bytes.Buffer
	err := gob.NewEncoder(&b).Encode(g.m)
	return b.Bytes(), err
}
func (g *GE) GobDecode(b []byte) error { return gob.NewDecoder(bytes.NewReader(b)).Decode(&g.m) }

type Wrap struct {
	S  Secret
	PS *Secret
	L  []Secret
	G  GE
}
type TextT struct{ v string }

func (t TextT) MarshalText() ([]byte, error)  { return []byte("<" + t.v + ">"), nil }
func (t *TextT) UnmarshalText(b []byte) error { t.v = string(b[1 : len(b)-1]); return nil }

func init() {
	gob.Register(Square{})
	gob.Register(&Circle{})
	gob.Register(Named(""))
	gob.RegisterName("pt", P{})
}

func main() {
	var buf bytes.Buffer
	enc, dec := gob.NewEncoder(&buf), gob.NewDecoder(&buf)
	d := Drawing{Title: "t", Shapes: []Shape{Square{2}, &Circle{1}, Named("abc")}, Best: &Circle{2}, Meta: map[string]any{"n": 1, "p": P{1, 2}, "s": "x", "sq": Square{5}}, Sub: &Drawing{Title: "sub"}, hidden: 4, Pts: [2]P{{1, 2}, {3, 4}}, ByName: map[Named]P{"k": {7, 8}}}
	if err := enc.Encode(d); err != nil {
		fmt.Println("enc:", err)
	}
	var back Drawing
	if err := dec.Decode(&back); err != nil {
		fmt.Println("dec:", err)
	}
	fmt.Println(back.Title, len(back.Shapes), back.Sub.Title, back.hidden, back.Pts, back.ByName)
	for _, s := range back.Shapes {
		fmt.Printf("%T %v\n", s, s.Area())
	}
	fmt.Printf("%T %v\n", back.Best, back.Best.Area())
	var ks []string
	for k := range back.Meta {
		ks = append(ks, k)
	}
	sort.Strings(ks)
	for _, k := range ks {
		fmt.Printf("%s %T %v\n", k, back.Meta[k], back.Meta[k])
	}
	buf.Reset()
	enc, dec = gob.NewEncoder(&buf), gob.NewDecoder(&buf)
	w := Wrap{Secret{1, 2}, &Secret{3, 4}, []Secret{{5, 6}, {7, 8}}, GE{map[string]int{"a": 1}}}
	fmt.Println(enc.Encode(w))
	var w2 Wrap
	fmt.Println(dec.Decode(&w2))
	fmt.Println(w2.S, *w2.PS, w2.L, w2.G)
	buf.Reset()
	enc, dec = gob.NewEncoder(&buf), gob.NewDecoder(&buf)
	var s Shape = Square{9}
	fmt.Println(enc.Encode(&s))
	var s2 Shape
	fmt.Println(dec.Decode(&s2), s2)
	buf.Reset()
	fmt.Println(gob.NewEncoder(&buf).Encode(Secret{9, 8}))
	var sec Secret
	fmt.Println(gob.NewDecoder(&buf).Decode(&sec), sec)
	// struct evolution
	type V1 struct {
		A int
		B string
	}
	type V2 struct {
		B string
		C float64
		A int64
	}
	buf.Reset()
	gob.NewEncoder(&buf).Encode(V1{5, "b"})
	var v2 V2
	fmt.Println(gob.NewDecoder(&buf).Decode(&v2), v2)
	buf.Reset()
	fmt.Println(enc.Encode(struct{ T TextT }{TextT{"x"}}))
	type Unreg struct{ X int }
	fmt.Println(gob.NewEncoder(&buf).Encode(struct{ A any }{Unreg{1}}))
	fmt.Println(gob.NewEncoder(&buf).Encode(struct{ a int }{1}))
	type Tree struct {
		L, R *Tree
		V    int
		Kids []Tree
		M    map[string]*Tree
	}
	tree := &Tree{V: 1, L: &Tree{V: 2, R: &Tree{V: 3}}, Kids: []Tree{{V: 4}, {V: 5, L: &Tree{V: 6}}}, M: map[string]*Tree{"a": {V: 7}}}
	buf.Reset()
	fmt.Println(gob.NewEncoder(&buf).Encode(tree))
	var tb *Tree
	fmt.Println(gob.NewDecoder(&buf).Decode(&tb), tb.V, tb.L.V, tb.L.R.V, tb.L.R.L == nil, tb.Kids[1].L.V, tb.M["a"].V, len(tb.Kids))
	buf.Reset()
	fmt.Println(gob.NewEncoder(&buf).Encode(map[string]any{"p": P{1, 2}, "c": Square{3}, "l": []int{1}}))
	var anym map[string]any
	fmt.Println(gob.NewDecoder(&buf).Decode(&anym), anym)
	fmt.Println(gob.NewEncoder(&buf).Encode([]P{{1, 2}}), gob.NewDecoder(bytes.NewReader(nil)).Decode(&v2))
	var ps []P
	fmt.Println(gob.NewDecoder(&buf).Decode(&ps), ps)
}
