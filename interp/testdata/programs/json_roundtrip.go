package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"
)

type Color int

const (
	Red Color = iota
	Green
)

func (c Color) MarshalText() ([]byte, error) { return []byte([]string{"red", "green"}[c]), nil }
func (c *Color) UnmarshalText(b []byte) error {
	switch string(b) {
	case "red":
		*c = Red
	case "green":
		*c = Green
	default:
		return fmt.Errorf("no color %q", b)
	}
	return nil
}

type Base struct {
	ID      int       `json:"id"`
	Created time.Time `json:"created"`
}
type Address struct {
	Street, City string
	Zip          *string `json:"zip,omitempty"`
}
type Person struct {
	Base
	Name    string             `json:"name"`
	Age     int                `json:"age,omitempty"`
	Emails  []string           `json:"emails"`
	Addr    *Address           `json:"addr,omitempty"`
	Tags    map[string]any     `json:"tags,omitempty"`
	Fav     Color              `json:"fav"`
	Colors  map[Color]int      `json:"colors,omitempty"`
	Scores  map[string]float64 `json:"scores"`
	secret  string
	Skip    string          `json:"-"`
	Raw     json.RawMessage `json:"raw,omitempty"`
	Num     json.Number     `json:"num,omitempty"`
	Str     int             `json:"str,string"`
	Nested  [][2]int
	Any     any
	Friends []*Person `json:"friends,omitempty"`
	F       float64
	B       []byte
}

type Temp float64

func (t Temp) MarshalJSON() ([]byte, error) { return fmt.Appendf(nil, `"%.1fC"`, float64(t)), nil }
func (t *Temp) UnmarshalJSON(b []byte) error {
	_, err := fmt.Sscanf(string(b), `"%gC"`, (*float64)(t))
	return err
}

type Shape interface{ Area() float64 }
type Sq struct{ S float64 }

func (s Sq) Area() float64 { return s.S * s.S }

type Doc struct {
	Temps  []Temp
	ByName map[string]Temp
	Shapes []Shape
	P      *Temp
	Anon   struct{ X, Y int }
	E      struct{} `json:"e"`
	Color  `json:"color"`
}

func main() {
	zip := "123"
	p := Person{
		Base: Base{7, time.Date(2024, 2, 29, 12, 0, 0, 0, time.UTC)}, Name: "Ann <&>", Emails: nil,
		Addr: &Address{"S", "C", &zip}, Tags: map[string]any{"b": 1, "a": []int{1}, "c": nil},
		Fav: Green, Colors: map[Color]int{Red: 1, Green: 2}, secret: "x", Skip: "y", Raw: json.RawMessage(`{"k":[1,2]}`), Num: "12.5",
		Str: 9, Nested: [][2]int{{1, 2}}, Any: Green, Friends: []*Person{{Name: "Bob"}, nil}, F: 1e21, B: []byte("hi"),
	}
	text, err := json.Marshal(p)
	fmt.Println(string(text), err)
	var q Person
	err = json.Unmarshal(text, &q)
	fmt.Println(err, q.ID, q.Created.Year(), q.Name, q.Addr.City, *q.Addr.Zip, q.Tags, q.Fav, q.Colors, string(q.Raw), q.Num, q.Str, q.Nested, q.Any, q.Friends[0].Name, q.Friends[1] == nil, string(q.B))
	d := Doc{Temps: []Temp{1, 2.5}, ByName: map[string]Temp{"x": 3}, Shapes: []Shape{Sq{2}, nil}, Color: Green}
	text, err = json.MarshalIndent(d, ">", "  ")
	fmt.Println(string(text), err)
	var e Doc
	err = json.Unmarshal([]byte(`{"Temps":["3.5C"],"ByName":{"q":"1C"},"P":"4C","anon":{"x":1,"Y":2},"color":"green","unknown":1}`), &e)
	fmt.Println(err, e.Temps, e.ByName, e.P == nil, e.Anon, e.Color)
	err = json.Unmarshal([]byte(`{"color":"blue"}`), &e)
	fmt.Println(err)
	var generic map[string]any
	json.Unmarshal([]byte(`{"a":[1,"x",null,true,{"b":1.5}],"n":12345678901}`), &generic)
	for _, v := range generic["a"].([]any) {
		switch v := v.(type) {
		case float64:
			fmt.Print("num ", v, " ")
		case string:
			fmt.Print("str ", v, " ")
		case nil:
			fmt.Print("nil ")
		case bool:
			fmt.Print("bool ", v, " ")
		case map[string]any:
			fmt.Print("map ", v["b"], " ")
		}
	}
	fmt.Println(generic["n"])
	dec := json.NewDecoder(strings.NewReader(`{"S":1} {"S":2.5} [`))
	for {
		var s Sq
		if err := dec.Decode(&s); err != nil {
			fmt.Println(err)
			break
		}
		fmt.Println(s, s.Area())
	}
	dec = json.NewDecoder(strings.NewReader(`{"S":1,"Z":2}`))
	dec.DisallowUnknownFields()
	var s Sq
	fmt.Println(dec.Decode(&s))
	enc := json.NewEncoder(os.Stdout)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	enc.Encode(map[string]any{"z": Sq{1}, "a": []Temp{1}, "h": "<b>", "arr": [2]bool{true}})
	var buf bytes.Buffer
	json.Compact(&buf, []byte("{ \"a\" : 1 }"))
	fmt.Println(buf.String(), json.Valid([]byte("{}")), json.Valid([]byte("{")))
	var arr [3]int
	var ptr *int
	var ifc any
	fmt.Println(json.Unmarshal([]byte("[1,2]"), &arr), arr, json.Unmarshal([]byte("5"), &ptr), *ptr, json.Unmarshal([]byte(`"s"`), &ifc), ifc)
	var sl []Sq
	fmt.Println(json.Unmarshal([]byte(`[{"S":1},{"s":2}]`), &sl), sl)
	fmt.Println(json.Unmarshal([]byte(`{"S":"x"}`), &s))
	fmt.Println(json.Unmarshal([]byte(`{"S":}`), &s))
	_, err = json.Marshal(map[string]any{"f": func() {}})
	fmt.Println(err)
	_, err = json.Marshal(make(chan int))
	fmt.Println(err)
	type inner struct {
		A int `json:"a"`
	}
	type outer struct {
		inner
		*Base
		B bool `json:",omitempty"`
		C any  `json:"c,omitempty"`
		D int  `json:"d,omitzero"`
	}
	text, _ = json.Marshal([]outer{{inner{1}, nil, true, nil, 0}, {inner{2}, &Base{ID: 3}, false, 0, 4}})
	fmt.Println(string(text))
}
