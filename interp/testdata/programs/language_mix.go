package main

import (
	"fmt"
	"math"
	"os"
	"strings"
)

type Weekday uint8

const (
	Sunday Weekday = iota
	Monday
	Tuesday
	numDays = iota
)
const (
	_  = iota
	KB = 1 << (10 * iota)
	MB
)
const (
	a, b = iota, iota * 10
	c, d
)
const (
	FlagA uint = 1 << iota
	FlagB
	FlagC
	mask = FlagA | FlagC
)

type Point struct{ X, Y int }

func (p Point) Add(q Point) Point { return Point{p.X + q.X, p.Y + q.Y} }
func (p *Point) Scale(k int)      { p.X *= k; p.Y *= k }

type Line struct {
	Point
	End  *Point
	name string
}

type Grid [3][3]int

type Animal interface {
	Sound() string
	Namer
}
type Namer interface{ Name() string }
type base struct{ name string }

func (b base) Name() string     { return b.name }
func (b *base) Rename(n string) { b.name = n }

type Dog struct {
	*base
	age int
}

func (d Dog) Sound() string { return "woof" }

type Loud struct{ Animal }

func (l Loud) Sound() string { return strings.ToUpper(l.Animal.Sound()) + "!" }

type Handler func(string) string

func (h Handler) Handle(s string) string { return "<" + h(s) + ">" }

type Middleware func(Handler) Handler

func chain(h Handler, ms ...Middleware) Handler {
	for i := len(ms) - 1; i >= 0; i-- {
		h = ms[i](h)
	}
	return h
}

func divmod(a, b int) (q, r int, err error) {
	defer func() {
		if e := recover(); e != nil {
			err = fmt.Errorf("caught: %v", e)
		}
	}()
	q = a / b
	r = a % b
	return
}

func fib() func() int {
	a, b := 0, 1
	return func() int {
		defer func() { a, b = b, a+b }()
		return a
	}
}

func deferOrder() (s string) {
	for i := range 3 {
		defer func() { s += fmt.Sprint(i) }()
	}
	defer func(x string) { s += x }(s + "arg")
	s = "body"
	return s + "ret"
}

func variadic(pre string, xs ...int) string { return fmt.Sprint(pre, len(xs), xs == nil, xs) }

func multi() (int, string, error) { return 1, "two", nil }

func gotoLoop(n int) (out []int) {
	i := 0
loop:
	if i < n {
		out = append(out, i*i)
		i++
		goto loop
	}
	return
}

var (
	x0 = y0 + 1
	y0 = f0()
	z0 = func() int { return x0 * 2 }()
)

func f0() int { return 10 }

func start1() { fmt.Println("init1", x0, y0, z0) }
func start2() { fmt.Println("init2", numDays, KB, MB, a, b, c, d, mask) }

func main() {
	start1()
	start2()
	p := Point{1, 2}
	pp := &p
	pp.Scale(3)
	add := p.Add
	scale := pp.Scale
	p = Point{0, 0}
	scale(2)
	fmt.Println(p, add(Point{1, 1}), Point.Add(p, Point{5, 5}), pp == &p, *pp == Point{})
	(*Point).Scale(pp, 9)
	l := Line{Point{1, 2}, &Point{3, 4}, "l"}
	l2 := l
	l2.X = 100
	l2.End.X = 200
	l.Scale(2)
	fmt.Println(l.X, l.Point, l.End.X, l2.X, l.Add(*l.End), l == l2)
	var g Grid
	h := g
	h[1][1] = 5
	row := h[1]
	row[0] = 7
	for _, r := range h {
		r[2] = 9
	}
	ph := &h
	ph[2][0] = 1
	for i := range ph {
		ph[i][2]--
	}
	fmt.Println(g == h, g, h, row, len(h), len(h[0]))
	m := map[Point][]string{{1, 2}: {"a"}, {3, 4}: nil}
	m[Point{1, 2}] = append(m[Point{1, 2}], "b")
	m[Point{9, 9}] = append(m[Point{9, 9}], "new")
	fmt.Println(len(m), m[Point{1, 2}], m[Point{9, 9}], m[Point{0, 0}] == nil)
	ms := map[string]Point{"o": {}}
	if v, ok := ms["o"]; ok {
		v.X = 1
		ms["o"] = v
	}
	mp := map[string]*Point{"p": {1, 1}}
	mp["p"].X++
	fmt.Println(ms, *mp["p"])
	mm := map[string]map[string]int{}
	for _, kv := range []string{"a:x", "a:y", "b:x"} {
		k, v, _ := strings.Cut(kv, ":")
		if mm[k] == nil {
			mm[k] = map[string]int{}
		}
		mm[k][v]++
	}
	fmt.Println(mm)
	dog := Dog{&base{"rex"}, 3}
	var an Animal = dog
	dog.Rename("max")
	loud := Loud{an}
	fmt.Println(an.Name(), an.Sound(), loud.Sound(), loud.Name(), loud.Animal.Sound())
	if n, ok := an.(Namer); ok {
		fmt.Println("namer", n.Name())
	}
	if _, ok := an.(fmt.Stringer); !ok {
		fmt.Println("no stringer")
	}
	logm := func(tag string) Middleware {
		return func(h Handler) Handler {
			return func(s string) string { return tag + h(s) + tag }
		}
	}
	ch := chain(strings.ToUpper, logm("1"), logm("2"))
	fmt.Println(ch("x"), ch.Handle("y"))
	fmt.Println(divmod(7, -2))
	fmt.Println(divmod(1, 0))
	f := fib()
	for range 8 {
		fmt.Print(f(), " ")
	}
	fmt.Println(deferOrder())
	fmt.Println(variadic("a"), variadic("b", 1, 2), variadic("c", []int{3}...), variadic("d", nil...))
	fmt.Println(multi())
	fmt.Println(gotoLoop(5))
outer:
	for i := 0; i < 4; i++ {
		for j := 0; ; j++ {
			switch {
			case j == 2:
				continue outer
			case i == 3:
				break outer
			case i == j:
				continue
			}
			fmt.Print(i, j, " ")
		}
	}
	fmt.Println()
	switch x := 5; {
	case x > 3:
		fmt.Print("big ")
		fallthrough
	case x > 100:
		fmt.Print("fall ")
	default:
		fmt.Print("no")
	}
	switch y := interface{}(p).(type) {
	case *Point, Point:
		fmt.Printf("%T\n", y)
	}
	var i8 int8 = 127
	i8++
	var u8 uint8 = 3
	u8 -= 5
	var u32 uint32 = 1 << 31
	u32 <<= 1
	i := -7
	fmt.Println(i8, u8, u32, i>>1, i/2, i%3, uint32(i), int8(i), i&^3, 5^3, ^5, -8>>1, 1<<3|1)
	fmt.Println(math.MaxInt64, uint64(1)<<63, float32(0.1), 0.1+0.2, 1e100, 5/2, 5/2.0, 7.0/2, 'a'+1, "s"+"t", 0x1p-2, 0b101, 0o17, 1_000)
	var f32 float32 = 16777216
	fmt.Println(f32+1 == f32, int(f32), int64(float32(0.7)*10), uint8(int(f32)%256))
	s := []int{1, 2, 3, 4, 5}
	t := s[1:3]
	t = append(t, 99)
	u := s[1:3:3]
	u = append(u, 77)
	fmt.Println(s, t, u, len(t), cap(t), cap(u))
	copy(s[1:], s)
	fmt.Println(s, s[len(s)-1], s[:0], append([]int(nil), s[2:]...))
	s = append(s[:1], s[2:]...)
	var ns []int
	es := []int{}
	fmt.Println(s, ns == nil, es == nil, len(ns), append(ns, 1))
	arr := [...]string{2: "c", 0: "a"}
	sl := arr[:]
	sl[1] = "b"
	fmt.Println(arr, len(arr), arr == [3]string{"a", "b", "c"})
	var np *Point
	func() {
		defer func() { fmt.Println(recover()) }()
		np.Scale(1)
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		var e any = "str"
		_ = e.(int)
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		var an Animal
		an.Sound()
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		defer panic("second")
		panic("first")
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		x := []any{[]int{1}}
		fmt.Println(x[0] == x[0])
	}()
	if x := 1; x > 0 {
		x := "shadow"
		fmt.Print(x, " ")
	} else if y := x; y > 0 {
		fmt.Print(y)
	}
	{
		p := "inner"
		_ = p
	}
	fmt.Println(p)
	anon := struct {
		A int
		B []string
	}{1, []string{"x"}}
	anon2 := struct {
		A int
		B []string
	}{A: 2}
	anon, anon2 = anon2, anon
	fmt.Printf("%v %+v %#v\n", anon, anon2, anon.B)
	fmt.Printf("%5d|%-5d|%05d|%x|%X|%o|%b|%c|%q|%U|%e|%8.3f|%+d|%t|%p|%v\n", 42, 42, 42, 255, 255, 8, 5, 'A', 'B', 0x1F600, 1234.5678, math.Pi, 5, true, nil, nil)
	fmt.Printf("%s|%10s|%-10s|%.2s|%q|%x|% x|%v|%T|%*d|%[2]v %[1]v\n", "go", "go", "go", "golang", "a\"b", "hi", "hi", []string{"a"}, m, 5, 42)
	fmt.Printf("%v %+v %#v %T\n", p, l.Point, p, p)
	fmt.Printf("%!|%d %s\n", "str", 5)
	fmt.Printf("%d %d\n", 1)
	fmt.Fprintln(os.Stdout, &p, &l.Point, []*int{nil}, &[]int{1}, &map[string]int{"a": 1}, struct{}{}, [2]bool{true}, Tuesday)
	var iface interface {
		Add(Point) Point
	} = p
	fmt.Println(iface.Add(Point{1, 1}), iface == interface{}(p), iface != nil)
	func(xs ...interface{}) { fmt.Println(len(xs), xs) }(1, "a", nil, p)
	for i, c := range []byte("hé") {
		fmt.Print(i, c, " ")
	}
	for i := range 3 {
		defer fmt.Print("d", i, " ")
	}
	k := 0
	inc := func() int { k++; return k }
	arr2 := [3]int{inc(), inc(), inc()}
	arr2[inc()-4], k = inc(), 50
	fmt.Println(arr2, k)
}
