package main

import (
	"encoding/json"
	"fmt"
	"image"
	"math/big"
	"net/http"
	"os"
	"strings"
	"text/template"
	"time"
	"unicode"
)

type Big big.Int

func (b *Big) Double() *Big {
	x := (*big.Int)(b)
	x.Add(x, x)
	return b
}
func (b Big) String() string { x := big.Int(b); return "Big" + x.String() }

type Srv http.Server
type Tm template.Template
type Pt image.Point

func (p Pt) String() string { return fmt.Sprint(p.X, ";", p.Y) }

type Stamp struct {
	T    Date2
	Opt  *Date2 `json:",omitempty"`
	List []Date2
}
type Date2 time.Time

type Deep Date2

func (d Date2) MarshalText() ([]byte, error) { return []byte(time.Time(d).Format(time.DateOnly)), nil }

func main() {
	b := (*Big)(big.NewInt(21))
	fmt.Println(b.Double(), *b)
	s := Srv{Addr: ":80"}
	s.ReadTimeout = 3
	fmt.Println(s.Addr, s.ReadTimeout, (*http.Server)(&s).Addr)
	fmt.Printf("%T\n", s.Handler)
	t := template.Must(template.New("x").Parse("hi {{.}}\n"))
	tm := (*Tm)(t)
	fmt.Println(tm.Tree.Name, tm.Copy().Name, tm.Root.String())
	(*template.Template)(tm).Execute(os.Stdout, Pt{1, 2})
	d := time.Date(2020, 1, 2, 0, 0, 0, 0, time.UTC)
	x := Date2(d)
	j, err := json.Marshal(Stamp{x, &x, []Date2{x}})
	fmt.Println(string(j), err)
	j, err = json.Marshal(Deep(d))
	fmt.Println(string(j), err)
	fmt.Println(unicode.In('x', unicode.PrintRanges...), unicode.In('\u2028', unicode.GraphicRanges...))
	var e any = Deep(x)
	switch v := e.(type) {
	case time.Time:
		fmt.Println("time", v)
	case Deep:
		fmt.Println("deep", time.Time(v).Year())
	}
	fmt.Println(strings.Repeat("a", 2), Pt(image.Pt(3, 4)), image.Point(Pt{5, 6}))
	var z Deep
	fmt.Println(z == Deep(time.Time{}), time.Time(z).IsZero())
	pp := &struct {
		Date2
		N int
	}{x, 1}
	fmt.Println(time.Time(pp.Date2).Day())
	zs := make([]Deep, 2)
	zs[1] = Deep(d)
	m := map[string]Deep{"a": zs[1]}
	fmt.Println(time.Time(m["a"]).Month(), len(zs))
	var sb = strings.Builder{}
	type SB strings.Builder
	var my SB
	(*strings.Builder)(&my).WriteString("q")
	fmt.Println(sb.Len(), (*strings.Builder)(&my).String())
}
