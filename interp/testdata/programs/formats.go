// Values of cells' types through json, errors, fmt, templates and readers.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strings"
	"text/template"
	"time"
)

type Money int64

func (m Money) String() string               { return fmt.Sprintf("$%d.%02d", m/100, m%100) }
func (m Money) MarshalJSON() ([]byte, error) { return json.Marshal(m.String()) }
func (m *Money) UnmarshalJSON(b []byte) error {
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	var d, c int64
	if _, err := fmt.Sscanf(s, "$%d.%d", &d, &c); err != nil {
		return fmt.Errorf("money %q: %w", s, err)
	}
	*m = Money(d*100 + c)
	return nil
}

type Item struct {
	Name  string            `json:"name"`
	Price Money             `json:"price"`
	Tags  map[string]*Money `json:"tags,omitempty"`
	Inner struct {
		X, Y float64 `json:",omitempty"`
	} `json:"inner"`
	when time.Time
	Any  any `json:"any"`
}

type upper struct{ r io.Reader }

func (u upper) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	copy(p, bytes.ToUpper(p[:n]))
	return n, err
}

type multi []error

func (m multi) Error() string   { return fmt.Sprint(len(m), " errors") }
func (m multi) Unwrap() []error { return m }

type Temp float64

func (t Temp) Format(f fmt.State, c rune) {
	w, ok := f.Width()
	fmt.Fprintf(f, "<%c %v %v %.1f>", c, w, ok, float64(t))
}

type G struct{}

func (G) GoString() string { return "G!" }

func main() {
	m := Money(250)
	it := Item{Name: "pen", Price: m, Tags: map[string]*Money{"a": &m, "b": nil}, Any: []Money{1, 2}}
	b, err := json.MarshalIndent([]any{it, &it, map[Money]Item{}}, "", " ")
	fmt.Println(string(b), err)
	var back []Item
	err = json.Unmarshal([]byte(`[{"name":"x","price":"$3.50","tags":{"k":"$0.07"},"inner":{"X":1.5},"any":{"q":[1,"z"]}}]`), &back)
	fmt.Printf("%+v %v %v\n", back[0].Price, *back[0].Tags["k"], err)
	fmt.Println(back[0].Any, back[0].Inner)
	err = json.Unmarshal([]byte(`[{"price":"oops"}]`), &back)
	fmt.Println(err)
	err = json.Unmarshal([]byte(`[{"name":5}]`), &back)
	var te *json.UnmarshalTypeError
	fmt.Println(errors.As(err, &te))
	sc := bufio.NewScanner(upper{strings.NewReader("hello\nworld\n")})
	for sc.Scan() {
		fmt.Println(sc.Text())
	}
	e := fmt.Errorf("wrap: %w", multi{os.ErrNotExist, io.EOF})
	var mm multi
	fmt.Println(errors.Is(e, io.EOF), errors.As(e, &mm), len(mm), e)
	fmt.Printf("%v|%8.2f|%s|%d\n", Temp(3), Temp(4), Temp(5), []Temp{6})
	fmt.Printf("%#v %v %#v %#v\n", G{}, G{}, []G{{}}, struct{ A G }{})
	fmt.Printf("%v %+v %s %d %x\n", it.Price, []Money{1}, map[string]Money{"a": 5}, m, m)
	tpl := template.Must(template.New("t").Parse(
		"{{range $i, $x := .}}{{$i}}:{{$x.Name}} {{$x.Price}}{{if gt $x.Inner.X 1.0}} big{{end}}\n{{else}}none{{end}}"))
	if err := tpl.Execute(os.Stdout, []Item{it, {Name: "y", Inner: struct {
		X, Y float64 `json:",omitempty"`
	}{2, 3}}}); err != nil {
		fmt.Println(err)
	}
	w := bufio.NewWriter(os.Stdout)
	defer w.Flush()
	fmt.Fprintln(w, math.Inf(1), math.NaN(), -0.0, 1e21, 1e20, float32(0.1), 100000000.0, 123456789.0)
	fmt.Fprintf(w, "%6.2f|%-8s|%+d|%08b|%o|%e|%g|%t|%p\n", math.Pi, "go", 5, 5, 8, 12345.678, 1e-10, true, nil)
	fmt.Fprintf(w, "%T %T %T %T %T\n", it, &it, it.Tags, m, func(Item) error { return nil })
	fmt.Fprintf(w, "%!|%z %d|%s\n", 1, "x", 5)
}
