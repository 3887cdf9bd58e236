package main

import (
	"fmt"
	"io"
	"sort"
	"strings"
	"sync"
)

type Logger interface{ Log(string) }
type ConsoleLogger struct {
	prefix string
	lines  []string
}

func (c *ConsoleLogger) Log(s string) { c.lines = append(c.lines, c.prefix+s) }

type Service struct {
	Logger
	*strings.Builder
	sync.Mutex
	name  string
	stats struct{ hits, misses int }
	hooks map[string][]func(*Service)
}

func (s *Service) Do(x string) {
	s.Lock()
	defer s.Unlock()
	s.Log("do " + x)
	s.WriteString(x)
	s.stats.hits++
	for _, h := range s.hooks[x] {
		h(s)
	}
}

type A struct{ v int }

func (a A) Get() int   { return a.v }
func (a *A) Set(v int) { a.v = v }

type B struct {
	A
	w int
}
type C struct {
	*B
	A2 A
}

func (c C) Get() int { return c.B.Get() * 10 }

type Getter interface{ Get() int }
type Setter interface{ Set(int) }
type GS interface {
	Getter
	Setter
}

type Shape interface {
	Area() float64
	Perimeter() float64
}
type Rect struct{ W, H float64 }
type Circle struct{ R float64 }

func (r Rect) Area() float64         { return r.W * r.H }
func (r Rect) Perimeter() float64    { return 2 * (r.W + r.H) }
func (c *Circle) Area() float64      { return 3 * c.R * c.R }
func (c *Circle) Perimeter() float64 { return 6 * c.R }
func (c *Circle) String() string     { return fmt.Sprintf("Circle(%g)", c.R) }

type byArea []Shape

func (s byArea) Len() int           { return len(s) }
func (s byArea) Swap(i, j int)      { s[i], s[j] = s[j], s[i] }
func (s byArea) Less(i, j int) bool { return s[i].Area() < s[j].Area() }

type reversed struct{ sort.Interface }

func (r reversed) Less(i, j int) bool { return r.Interface.Less(j, i) }

type upper struct{ io.Writer }

func (u upper) Write(p []byte) (int, error) {
	return u.Writer.Write([]byte(strings.ToUpper(string(p))))
}

type Stack struct{ data []any }

func (s *Stack) Push(x any) *Stack { s.data = append(s.data, x); return s }
func (s *Stack) Pop() any {
	x := s.data[len(s.data)-1]
	s.data = s.data[:len(s.data)-1]
	return x
}

type Visitor interface {
	VisitNum(Num) any
	VisitAdd(Add) any
}
type Expr interface{ Accept(Visitor) any }
type Num struct{ V int }
type Add struct{ L, R Expr }

func (n Num) Accept(v Visitor) any { return v.VisitNum(n) }
func (a Add) Accept(v Visitor) any { return v.VisitAdd(a) }

type eval struct{}

func (eval) VisitNum(n Num) any   { return n.V }
func (e eval) VisitAdd(a Add) any { return a.L.Accept(e).(int) + a.R.Accept(e).(int) }

type show struct{ depth *int }

func (show) VisitNum(n Num) any { return fmt.Sprint(n.V) }
func (s show) VisitAdd(a Add) any {
	*s.depth++
	return "(" + a.L.Accept(s).(string) + "+" + a.R.Accept(s).(string) + ")"
}

type Option func(*config)
type config struct {
	host string
	port int
	tags []string
}

func WithPort(p int) Option       { return func(c *config) { c.port = p } }
func WithTags(t ...string) Option { return func(c *config) { c.tags = append(c.tags, t...) } }
func New(host string, opts ...Option) *config {
	c := &config{host: host, port: 80}
	for _, o := range opts {
		o(c)
	}
	return c
}

type Temp float64
type Celsius = Temp
type Matrix [][]float64

func (m Matrix) T() Matrix {
	t := make(Matrix, len(m[0]))
	for i := range t {
		t[i] = make([]float64, len(m))
		for j := range m {
			t[i][j] = m[j][i]
		}
	}
	return t
}

type Event struct {
	Name string
	Data any
}
type Bus struct{ handlers map[string][]func(Event) }

func (b *Bus) On(n string, h func(Event)) func() {
	if b.handlers == nil {
		b.handlers = make(map[string][]func(Event))
	}
	b.handlers[n] = append(b.handlers[n], h)
	i := len(b.handlers[n]) - 1
	return func() { b.handlers[n][i] = nil }
}
func (b *Bus) Emit(n string, d any) (count int) {
	for _, h := range b.handlers[n] {
		if h != nil {
			h(Event{n, d})
			count++
		}
	}
	return
}

func main() {
	cl := &ConsoleLogger{prefix: "> "}
	s := &Service{Logger: cl, Builder: &strings.Builder{}, name: "svc"}
	s.hooks = map[string][]func(*Service){"b": {func(s *Service) { s.stats.misses += 2 }, (*Service).bump}}
	s.Do("a")
	s.Do("b")
	fmt.Println(cl.lines, s.String(), s.Len(), s.stats, s.name)
	b := B{A{1}, 2}
	b.Set(5)
	c := C{&b, A{9}}
	c.Set(7)
	var g Getter = c
	var gs GS = &b
	gs.Set(8)
	fmt.Println(b.Get(), c.Get(), g.Get(), c.A2.Get(), b.v, c.v, c.B.A.v, gs.Get(), b)
	set, get := b.Set, b.Get
	set(100)
	fmt.Println(get(), b.Get(), A.Get(b.A), (*A).Get(&b.A))
	shapes := []Shape{Rect{3, 4}, &Circle{1}, Rect{1, 1}, &Circle{R: 2}}
	sort.Sort(byArea(shapes))
	fmt.Println(shapes)
	sort.Sort(reversed{byArea(shapes)})
	for i, sh := range shapes {
		switch v := sh.(type) {
		case Rect:
			v.W = 100
			fmt.Print(i, " rect ", v.W, " ", v.Area(), "; ")
		case *Circle:
			v.R++
			fmt.Print(i, " ", v, "; ")
		}
	}
	fmt.Println(shapes[0].Area(), shapes)
	var buf strings.Builder
	fmt.Fprintf(upper{&buf}, "hello %d %v", 5, shapes[3])
	fmt.Println(buf.String())
	st := (&Stack{}).Push(1).Push("two").Push(Rect{1, 2}).Push(nil)
	for range 4 {
		fmt.Printf("%v ", st.Pop())
	}
	fmt.Println()
	e := Add{Num{1}, Add{Num{2}, Num{3}}}
	depth := 0
	fmt.Println(e.Accept(eval{}), e.Accept(show{&depth}), depth, e)
	fmt.Printf("%+v %v\n", *New("h", WithPort(8), WithTags("a", "b"), WithTags()), *New("x"))
	var t Celsius = 5
	fmt.Printf("%T %v %v\n", t, t+1.5, Temp(2)*t)
	fmt.Println(Matrix{{1, 2, 3}, {4, 5, 6}}.T())
	var bus Bus
	total := 0
	off := bus.On("x", func(e Event) { total += e.Data.(int) })
	bus.On("x", func(e Event) { total *= 2 })
	fmt.Println(bus.Emit("x", 3), total, bus.Emit("y", 0))
	off()
	fmt.Println(bus.Emit("x", 10), total)
	funcs := map[string]func(...float64) float64{
		"sum": func(xs ...float64) (t float64) {
			for _, x := range xs {
				t += x
			}
			return
		},
		"max": func(xs ...float64) float64 {
			m := xs[0]
			for _, x := range xs[1:] {
				m = max(m, x)
			}
			return m
		},
	}
	names := []string{}
	for n := range funcs {
		names = append(names, n)
	}
	sort.Strings(names)
	for _, n := range names {
		fmt.Print(n, "=", funcs[n](1, 5, 2), " ")
	}
	fmt.Println()
	type key struct {
		a string
		b int
	}
	m := map[key]*[]int{{"x", 1}: {1, 2}}
	*m[key{"x", 1}] = append(*m[key{"x", 1}], 3)
	fmt.Println(*m[key{"x", 1}], m[key{"y", 0}] == nil)
	arr := [2]struct{ n int }{{1}, {2}}
	brr := arr
	brr[0].n = 9
	parr := &arr
	parr[1].n++
	for i := range arr {
		arr[i].n *= 10
	}
	fmt.Println(arr, brr, arr != brr)
	var x interface{} = arr
	_, ok := x.([2]struct{ n int })
	fmt.Println(ok, x == interface{}(arr))
	i1, i2 := interface{}(Rect{1, 2}), interface{}(Rect{1, 2})
	fmt.Println(i1 == i2, shapes[0] == shapes[0], map[interface{}]int{Rect{1, 2}: 3, 1: 4, "a": 5}[i1])
	fmt.Printf("%v %+v %T\n", struct {
		Shape
		N *int
	}{Rect{1, 1}, nil}, struct{ E error }{io.EOF}, s.stats)
}

func (s *Service) bump() { s.stats.hits += 10 }
