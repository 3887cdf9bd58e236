package main

import (
	"encoding/xml"
	"fmt"
	"os"
	"strings"
	"time"
)

type Addr struct {
	City  string `xml:"city"`
	State string `xml:"state,attr"`
}
type Person struct {
	XMLName xml.Name `xml:"person"`
	ID      int      `xml:"id,attr"`
	First   string   `xml:"name>first"`
	Last    string   `xml:"name>last"`
	Addr
	Phones  []Phone   `xml:"phone"`
	Comment string    `xml:",comment"`
	Level   Level     `xml:"level"`
	LAttr   Level     `xml:"lattr,attr"`
	Opt     *string   `xml:"opt,omitempty"`
	T       Temp      `xml:"temp"`
	When    time.Time `xml:"when"`
	Ptr     *Addr     `xml:"ptr"`
	skip    int
	Skip    int `xml:"-"`
}
type Phone struct {
	Kind string `xml:"kind,attr"`
	Num  string `xml:",chardata"`
}
type Level int

func (l Level) MarshalText() ([]byte, error) { return []byte(fmt.Sprintf("lvl-%d", int(l))), nil }
func (l *Level) UnmarshalText(b []byte) error {
	_, e := fmt.Sscanf(string(b), "lvl-%d", (*int)(l))
	return e
}

type Temp float64

func (t Temp) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	start.Attr = append(start.Attr, xml.Attr{Name: xml.Name{Local: "unit"}, Value: "C"})
	return e.EncodeElement(float64(t), start)
}
func (t *Temp) UnmarshalXML(d *xml.Decoder, start xml.StartElement) error {
	var f float64
	if err := d.DecodeElement(&f, &start); err != nil {
		return err
	}
	*t = Temp(f)
	for _, a := range start.Attr {
		if a.Value == "F" {
			*t = Temp((f - 32) / 1.8)
		}
	}
	return nil
}

type Node struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Content string     `xml:",chardata"`
	Nodes   []Node     `xml:",any"`
}

type Feed struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	Entries []struct {
		Title string `xml:"title"`
		Link  struct {
			Href string `xml:"href,attr"`
		} `xml:"link"`
	} `xml:"entry"`
	Inner string `xml:",innerxml"`
}

func walk(n Node, d int) {
	fmt.Printf("%s%s %v %q\n", strings.Repeat(" ", d), n.XMLName.Local, len(n.Attrs), strings.TrimSpace(n.Content))
	for _, c := range n.Nodes {
		walk(c, d+1)
	}
}

func main() {
	o := "opt"
	p := Person{ID: 3, First: "A", Last: "B<", Addr: Addr{"X", "Y"}, Phones: []Phone{{"home", "1"}, {"work", "2"}}, Comment: " c ", Level: 2, LAttr: 3, Opt: &o, T: 36.6, When: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)}
	b, err := xml.MarshalIndent(p, "", "  ")
	fmt.Println(string(b), err)
	var q Person
	err = xml.Unmarshal(b, &q)
	fmt.Println(err)
	q.XMLName = xml.Name{}
	fmt.Printf("%+v\n", q.Phones)
	fmt.Println(q.ID, q.First, q.Last, q.City, q.State, q.Level, q.LAttr, *q.Opt, q.T, q.When, q.Ptr, q.Comment)
	err = xml.Unmarshal([]byte(`<person id="x"></person>`), &q)
	fmt.Println(err)
	err = xml.Unmarshal([]byte(`<person><temp unit="F">212</temp><level>lvl-9</level></person>`), &q)
	fmt.Println(err, q.T, q.Level)
	err = xml.Unmarshal([]byte(`<person><a></person>`), &q)
	fmt.Println(err)
	err = xml.Unmarshal([]byte(`<other></other>`), &q)
	fmt.Println(err)
	var n Node
	fmt.Println(xml.Unmarshal([]byte(`<a x="1"><b>t<c y="2" z="3"/></b><d>u</d></a>`), &n))
	walk(n, 0)
	var f Feed
	fmt.Println(xml.Unmarshal([]byte(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T1</title><link href="h1"/></entry><entry><title>T2</title></entry></feed>`), &f))
	fmt.Println(len(f.Entries), f.Entries[0].Title, f.Entries[0].Link.Href, f.Inner)
	enc := xml.NewEncoder(os.Stdout)
	enc.Encode([]Phone{{"a", "b"}})
	fmt.Println()
	enc.Encode(struct {
		XMLName xml.Name `xml:"w"`
		A       any
		B       []any
		Lv      []Level `xml:"lvs>lv"`
		T       []Temp
	}{A: Level(4), B: []any{1, "x", Phone{"k", "n"}}, Lv: []Level{1, 2}, T: []Temp{1, 2}})
	fmt.Println()
	dec := xml.NewDecoder(strings.NewReader(`<r><i v="1"/><i v="2">x</i></r>`))
	for {
		t, err := dec.Token()
		if err != nil {
			fmt.Println(err)
			break
		}
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local == "i" {
				var it struct {
					V int    `xml:"v,attr"`
					T string `xml:",chardata"`
				}
				fmt.Println(dec.DecodeElement(&it, &t), it)
			}
		case xml.EndElement:
			fmt.Println("end", t.Name.Local)
		}
	}
}
