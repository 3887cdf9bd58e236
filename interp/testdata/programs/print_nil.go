package main

import "fmt"

type P struct{ n int }

func (p *P) String() string {
	if p == nil {
		return "none"
	}
	return fmt.Sprint(p.n)
}

type V struct{ n int }

func (v V) String() string { return "v" }

type E struct{}

func (e *E) Error() string { return "nil E" }

func main() {
	var p *P
	var v *V
	var e *E
	fmt.Println(p, v, e, error(e))
	fmt.Printf("%s %v %d %+v\n", p, v, p, e)
	var s fmt.Stringer = p
	fmt.Println(s, []fmt.Stringer{p, v}, []*P{nil}, map[string]*V{"a": nil}, struct{ E error }{e})
}
