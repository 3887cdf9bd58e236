package main

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"sort"
	"strings"
	"time"
)

type Color int

func (c Color) String() string { return fmt.Sprintf("C%d", int(c)) }
func (c *Color) Bump()         { *c++ }

type Point struct{ X, Y float64 }

func (p Point) Add(q Point) Point        { return Point{p.X + q.X, p.Y + q.Y} }
func (p *Point) Scale(f float64) *Point  { p.X *= f; p.Y *= f; return p }
func (p Point) Hello(name string) string { return "hello " + name }
func (p Point) Sum(xs ...float64) float64 {
	s := p.X + p.Y
	for _, x := range xs {
		s += x
	}
	return s
}
func (p Point) Points(ps ...Point) int { return len(ps) }
func (p Point) Div(by float64) (Point, error) {
	if by == 0 {
		return Point{}, errors.New("div by zero")
	}
	return Point{p.X / by, p.Y / by}, nil
}
func (p Point) Apply(f func(float64) float64) Point { return Point{f(p.X), f(p.Y)} }
func (p Point) Any(x any) any                       { return x }
func (p Point) Shape(s Shape) Shape                 { return s }
func (p Point) Fail(e error) error                  { return fmt.Errorf("wrap: %w", e) }
func (p Point) hidden()                             {}
func (p Point) Area() float64                       { return p.X * p.Y }

type Shape interface{ Area() float64 }
type Circle struct{ R float64 }

func (c *Circle) Area() float64 { return c.R * c.R * 3 }

type MyErr struct{ Code int }

func (e MyErr) Error() string { return fmt.Sprint("code ", e.Code) }

type Base struct{ ID int }

func (b Base) GetID() int   { return b.ID }
func (b *Base) SetID(i int) { b.ID = i }

type Derived struct {
	Base
	*strings.Builder
	Name string
}
type List []Point
type Dict map[Color]Point
type Fn func(Color) Point

func (f Fn) Call(c Color) Point { return f(c) }

type Empty struct{}

func (Empty) M() string { return "M" }

type Pair[K comparable, V any] struct {
	Key K
	Val V
}

func (p Pair[K, V]) Swap() Pair[string, K] { return Pair[string, K]{"s", p.Key} }

func free(a int, b string, p Point) (string, Point) { return fmt.Sprint(a, b), p.Add(p) }
func variadic(prefix string, xs ...any) string      { return prefix + fmt.Sprint(xs...) }

func main() {
	vo := reflect.ValueOf
	p := Point{1, 2}
	for _, x := range []any{p, &p, Color(3), new(Color), Derived{Base: Base{4}}, &Derived{Base: Base{5}}, Empty{}, MyErr{3}, Fn(func(c Color) Point { return Point{float64(c), 0} }), Pair[string, int]{"a", 1}, Pair[Color, Point]{}} {
		t := reflect.TypeOf(x)
		fmt.Println(t, t.Name(), t.Kind(), t.NumMethod())
		for i := 0; i < t.NumMethod(); i++ {
			m := t.Method(i)
			fmt.Println("  ", i, m.Index, m.Name, m.Type, m.PkgPath, m.IsExported(), m.Func.Type(), m.Func.Kind(), vo(x).Method(i).Type())
		}
	}
	call := func(v reflect.Value, name string, args ...any) {
		m := v.MethodByName(name)
		if !m.IsValid() {
			fmt.Println(name, "not found")
			return
		}
		in := make([]reflect.Value, len(args))
		for i, a := range args {
			in[i] = vo(a)
		}
		for _, out := range m.Call(in) {
			if out.Kind() != reflect.Interface {
				fmt.Print(out)
			}
			fmt.Print(out.Type(), " ", out.Kind(), " ")
			fmt.Printf("%v %T;", out.Interface(), out.Interface())
		}
		fmt.Println()
	}
	call(vo(p), "Add", Point{3, 4})
	call(vo(p), "Hello", "you")
	call(vo(p), "Sum", 1.0, 2.0)
	call(vo(p), "Sum")
	call(vo(p), "Points", p, p, p)
	call(vo(p), "Div", 0.0)
	call(vo(p), "Div", 2.0)
	call(vo(p), "Apply", func(f float64) float64 { return f + 1 })
	call(vo(p), "Any", 3)
	call(vo(p), "Any", Color(3))
	call(vo(p), "Shape", p)
	call(vo(p), "Shape", &Circle{2})
	call(vo(p), "Fail", MyErr{3})
	call(vo(p), "Fail", io.EOF)
	call(vo(p), "Scale", 3.0)
	call(vo(&p), "Scale", 3.0)
	call(vo(p), "hidden")
	call(vo(p), "Nope")
	call(vo(&Derived{Base: Base{5}}), "GetID")
	d := &Derived{Base: Base{5}, Builder: &strings.Builder{}}
	call(vo(d), "SetID", 8)
	call(vo(d), "WriteString", "abc")
	call(vo(d), "Len")
	call(vo(d), "GetID")
	call(vo(Fn(func(c Color) Point { return Point{float64(c), 0} })), "Call", Color(4))
	call(vo(Pair[Color, Point]{Color(2), p}), "Swap")
	call(vo(time.Second), "String")
	call(vo(Empty{}), "M")
	fmt.Println(p)

	fmt.Println(vo(free).Call([]reflect.Value{vo(1), vo("x"), vo(p)})[1].Field(0))
	fmt.Println(vo(variadic).Call([]reflect.Value{vo("x"), vo(1), vo(p), vo(Color(2))})[0])
	fmt.Println(vo(variadic).CallSlice([]reflect.Value{vo("x"), vo([]any{p, 1})})[0])
	fmt.Println(vo(Fn(func(c Color) Point { return Point{float64(c), 0} })).Call([]reflect.Value{vo(Color(7))})[0].Interface().(Point).X)
	fmt.Println(reflect.TypeOf(free), reflect.TypeOf(variadic).IsVariadic(), reflect.TypeOf(free).In(2), reflect.TypeOf(free).Out(1), reflect.TypeOf(free).NumOut())

	// method expressions
	m, ok := reflect.TypeOf(p).MethodByName("Add")
	fmt.Println(m.Name, ok, m.Func.Call([]reflect.Value{vo(p), vo(Point{1, 1})})[0])
	f := m.Func.Interface().(func(Point, Point) Point)
	fmt.Println(f(p, p))
	pm, _ := reflect.TypeOf(&p).MethodByName("Scale")
	pm.Func.Call([]reflect.Value{vo(&p), vo(10.0)})
	fmt.Println(p)
	sm, _ := reflect.TypeOf(p).MethodByName("Sum")
	fmt.Println(sm.Type, sm.Func.Call([]reflect.Value{vo(p), vo(1.0), vo(2.0)})[0], sm.Func.Interface().(func(Point, ...float64) float64)(p, 1, 2, 3))
	_, ok = reflect.TypeOf(p).MethodByName("Scale")
	fmt.Println(ok)
	bound := vo(p).MethodByName("Hello").Interface().(func(string) string)
	fmt.Println(bound("b"))
	vb := vo(p).MethodByName("Sum").Interface().(func(...float64) float64)
	fmt.Println(vb(1, 2, 3))

	// interface types
	st := reflect.TypeOf((*Shape)(nil)).Elem()
	fmt.Println(st, st.Name(), st.Kind(), st.NumMethod(), st.Method(0).Name, st.Method(0).Type, st.PkgPath() != "")
	fmt.Println(reflect.TypeFor[Shape]() == st, reflect.TypeFor[Point]() == reflect.TypeOf(p), reflect.TypeFor[error](), reflect.TypeFor[fmt.Stringer]())
	stringer, errT := reflect.TypeFor[fmt.Stringer](), reflect.TypeFor[error]()
	for _, t := range []reflect.Type{reflect.TypeOf(p), reflect.TypeOf(&p), reflect.TypeOf(&Circle{}), reflect.TypeOf(Circle{}), reflect.TypeOf(Color(1)), reflect.TypeOf(MyErr{}), st, stringer, reflect.TypeOf(time.Second), reflect.TypeOf(1), reflect.TypeOf(List{}), reflect.TypeOf([]Point{}), reflect.TypeOf(Dict{}), reflect.TypeOf(map[Color]Point{}), reflect.TypeFor[any](), reflect.TypeOf(Fn(nil)), reflect.TypeOf((func(Color) Point)(nil)), reflect.TypeOf(struct{ X, Y float64 }{}), reflect.TypeOf("")} {
		fmt.Println(t, t.Implements(st), t.Implements(stringer), t.Implements(errT), t.AssignableTo(st), t.ConvertibleTo(reflect.TypeOf(Color(1))), t.ConvertibleTo(reflect.TypeOf(1.5)), t.AssignableTo(reflect.TypeOf(p)), t.ConvertibleTo(reflect.TypeOf(p)), t.AssignableTo(reflect.TypeOf([]Point{})), t.AssignableTo(reflect.TypeOf(List{})), t.AssignableTo(reflect.TypeOf(Fn(nil))), t.ConvertibleTo(reflect.TypeOf("")), t.Comparable())
	}

	// identity
	types := map[reflect.Type]string{reflect.TypeOf(p): "point", reflect.TypeOf(1): "int", reflect.TypeOf([]Point{}): "points"}
	fmt.Println(types[reflect.TypeOf(Point{9, 9})], types[reflect.SliceOf(reflect.TypeOf(p))], types[vo(3).Type()], types[reflect.TypeOf(&p).Elem()])
	pt, ct := reflect.TypeOf(p), reflect.TypeOf(Color(0))
	fmt.Println(reflect.PointerTo(pt) == reflect.TypeOf(&p), reflect.MapOf(ct, pt) == reflect.TypeOf(map[Color]Point{}), reflect.MapOf(reflect.TypeOf(""), pt), reflect.ArrayOf(3, pt) == reflect.TypeOf([3]Point{}), reflect.ChanOf(reflect.RecvDir, pt), reflect.FuncOf([]reflect.Type{ct, reflect.TypeOf([]int{})}, []reflect.Type{pt, errT}, true), reflect.FuncOf([]reflect.Type{ct}, []reflect.Type{pt}, false) == reflect.TypeOf(Fn(nil)), reflect.FuncOf([]reflect.Type{ct}, []reflect.Type{pt}, false) == reflect.TypeOf((func(Color) Point)(nil)))
	fmt.Println(reflect.MapOf(reflect.TypeOf(time.Second), ct), reflect.TypeOf(map[time.Duration]Color{}) == reflect.MapOf(reflect.TypeOf(time.Second), ct))

	// sorted method dispatch table
	var names []string
	for i := range vo(&p).NumMethod() {
		names = append(names, vo(&p).Type().Method(i).Name)
	}
	fmt.Println(names, sort.StringsAreSorted(names))
	for m := range reflect.TypeOf(p).Methods() {
		fmt.Print(m.Name, " ")
	}
	for m, v := range vo(p).Methods() {
		fmt.Print(m.Name, " ", v.Type(), " ")
	}
	fmt.Println()
	for f := range reflect.TypeOf(p).Fields() {
		fmt.Print(f.Name, " ")
	}
	for f, v := range vo(p).Fields() {
		fmt.Print(f.Name, "=", v, " ")
	}
	for in := range reflect.TypeOf(free).Ins() {
		fmt.Print(in, " ")
	}
	for out := range reflect.TypeOf(free).Outs() {
		fmt.Print(out, " ")
	}
	fmt.Println()
	var ifv Shape = &Circle{2}
	iv := vo(&ifv).Elem()
	fmt.Println(iv.Kind(), iv.Type(), iv.NumMethod(), iv.Elem().Type(), iv.Method(0).Call(nil)[0], iv.MethodByName("Area").Call(nil)[0].Float(), iv.Elem().Elem().Field(0))
	var se fmt.Stringer = Color(4)
	sv := vo(&se).Elem()
	fmt.Println(sv.Kind(), sv.Type(), sv.Elem().Type(), sv.Method(0).Call(nil)[0], sv)
	sv.Set(vo(Color(8)))
	fmt.Println(se)
	sv.Set(vo(time.Minute))
	fmt.Println(se)
	sv.SetZero()
	fmt.Println(se == nil)
}
