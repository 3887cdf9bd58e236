package main

import (
	"fmt"
	html "html/template"
	"os"
	"reflect"
	"strings"
	"text/template"
)

type ID int

func (i ID) String() string { return fmt.Sprintf("#%d", int(i)) }

type Level int

type Item struct {
	ID    ID
	Name  string
	Price float64
	Tags  []string
	Sub   []Item
	Next  *Item
	Level Level
}

func (i Item) Total() float64 {
	t := i.Price
	for _, s := range i.Sub {
		t += s.Total()
	}
	return t
}
func (i *Item) Rename(s string) string { i.Name = s; return s }

type Shape interface{ Area() float64 }
type Sq struct{ Side float64 }

func (s Sq) Area() float64 { return s.Side * s.Side }

type Order struct {
	Items []Item
	ByID  map[ID]Item
	Shape Shape
	Any   any
	First *Item
	M     map[string]float64
}

func main() {
	items := []Item{{ID: 1, Name: "a", Price: 2, Tags: []string{"x", "y"}}, {ID: 2, Name: "b", Price: 3.5, Sub: []Item{{Name: "c", Price: 1}}, Level: 4}}
	items[0].Next = &items[1]
	o := Order{Items: items, ByID: map[ID]Item{7: items[0]}, Shape: Sq{3}, Any: items[1], First: &items[0], M: map[string]float64{"q": 1}}
	funcs := template.FuncMap{
		"upper": strings.ToUpper,
		"label": func(i Item) string { return fmt.Sprintf("<%s %v>", i.Name, i.ID) },
		"sum": func(is []Item) (s float64) {
			for _, i := range is {
				s += i.Total()
			}
			return
		},
		"ptr":   func(p *Item) string { return "ptr " + p.Name },
		"area":  func(s Shape) string { return fmt.Sprintf("%.1f %T", s.Area(), s) },
		"kind":  func(v any) string { return fmt.Sprintf("%v %T", reflect.ValueOf(v).Kind(), v) },
		"id":    func(i ID) string { return "id" + i.String() },
		"lev":   func(l Level) int { return int(l) * 2 },
		"join":  func(sep string, xs ...any) string { return strings.Trim(fmt.Sprint(xs...), "[]") + sep },
		"first": func(xs ...Item) Item { return xs[0] },
		"fail":  func(i Item) (Item, error) { return i, fmt.Errorf("no %s", i.Name) },
		"mk":    func(n string) *Item { return &Item{Name: n, Price: 9} },
		"look":  func(m map[ID]Item, id int) Item { return m[ID(id)] },
	}
	text := `{{range .Items}}{{label .}} {{upper .Name}} {{.Total}} {{kind .}} {{id .ID}} {{lev .Level}} {{len .Tags}}
{{end}}{{sum .Items}} {{ptr .First}} {{area .Shape}} {{kind .Shape}} {{kind .Any}} {{kind .First}} {{kind .Items}}
{{join "!" 1 "a" .First.ID}} {{(first (index .Items 1)).Name}} {{with mk "new"}}{{.Name}} {{.Total}}{{end}} {{.Items | sum | printf "%.2f"}}
{{(look .ByID 7).Name}} {{.M.q}} {{.First.Next.Name}} {{printf "%v" .ID1}}
`
	text = strings.Replace(text, ".ID1", "(index .Items 0).ID", 1)
	if err := template.Must(template.New("t").Funcs(funcs).Parse(text)).Execute(os.Stdout, o); err != nil {
		fmt.Println(err)
	}
	fmt.Println(items[0].Name)
	err := template.Must(template.New("f").Funcs(funcs).Parse("{{fail .}}")).Execute(os.Stdout, items[0])
	fmt.Println(err)
	h := html.Must(html.New("h").Funcs(html.FuncMap(funcs)).Parse("<p>{{label .}}</p>{{. | label | upper}}\n"))
	fmt.Println(h.Execute(os.Stdout, items[1]))
	defer func() { fmt.Println(recover()) }()
	template.New("x").Funcs(template.FuncMap{"no": 3})
}
