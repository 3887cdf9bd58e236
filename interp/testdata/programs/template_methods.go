package main

import (
	"fmt"
	html "html/template"
	"os"
	"text/template"
	"time"
)

type Row struct {
	Name string
	Vals []float64
	At   time.Time
}

func (r Row) Sum(scale float64, more ...int) float64 {
	t := 0.0
	for _, v := range r.Vals {
		t += v * scale
	}
	return t + float64(len(more))
}
func (r *Row) Join(sep string, other Row) string { return r.Name + sep + other.Name }
func (r Row) Self() Row                          { return r }

type Table struct{ Rows []*Row }

func (t Table) Get(i int) *Row { return t.Rows[i] }
func (t Table) Find(name string) (*Row, error) {
	for _, r := range t.Rows {
		if r.Name == name {
			return r, nil
		}
	}
	return nil, fmt.Errorf("no row %s", name)
}

func (r Row) Load() (string, error) {
	if r.Name == "a" {
		return "", fmt.Errorf("cannot load %s", r.Name)
	}
	return "loaded", nil
}

func main() {
	t := Table{[]*Row{{"a", []float64{1, 2}, time.Unix(0, 0).UTC()}, {"b", []float64{3}, time.Unix(1e9, 0).UTC()}}}
	text := `{{(.Get 1).Name}} {{range .Rows}}{{.Name}}={{.Sum 2 1 2}} {{.At.Format "2006-01-02"}} {{.Join "-" .Self}}; {{end}}
{{with .Find "b"}}{{.Name}} {{2.5 | .Sum}} {{.Sum 1.0 | printf "%.2f"}}{{end}} {{$r := .Get 0}}{{$r.Name}} {{$r.Sum 3}} {{if gt ($r.Sum 1) 2.0}}big{{end}}
`
	fmt.Println(template.Must(template.New("t").Parse(text)).Execute(os.Stdout, t))
	h := html.Must(html.New("h").Parse(`<p>{{(.Get 0).Sum 1.5}}</p>` + "\n"))
	fmt.Println(h.Execute(os.Stdout, t))
	fmt.Println(template.Must(template.New("e").Parse(`{{(.Find "zz").Name}}`)).Execute(os.Stdout, t) != nil)
	row := template.Must(template.New("r").Parse("{{.Load}} {{.Self.Load}}\n"))
	fmt.Println(row.Execute(os.Stdout, *t.Rows[1]))
	fmt.Println(row.Execute(&discard{}, *t.Rows[0]) != nil)
	fmt.Println(template.Must(template.New("i").Parse("{{if false}}{{.Load}}{{end}}{{.Self.Self.Sum 1}}\n")).Execute(os.Stdout, t.Rows[0]))
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }
