package main

import (
	"errors"
	"fmt"
	"reflect"
	"time"
)

type Color int

const (
	Red Color = iota
	Green
)

func (c Color) String() string { return [...]string{"Red", "Green"}[c] }
func (c *Color) Set(s string) error {
	switch s {
	case "red":
		*c = Red
	case "green":
		*c = Green
	default:
		return fmt.Errorf("no color %q", s)
	}
	return nil
}

type Point struct{ X, Y float64 }

func (p Point) Add(q Point) Point        { return Point{p.X + q.X, p.Y + q.Y} }
func (p *Point) Scale(f float64)         { p.X *= f; p.Y *= f }
func (p Point) Hello(name string) string { return "hello " + name }
func (p Point) Sum(xs ...float64) float64 {
	s := p.X + p.Y
	for _, x := range xs {
		s += x
	}
	return s
}
func (p Point) hidden() {}

type Shape interface {
	Area() float64
	Name() string
}

type Named struct {
	Title string `json:"title" db:"t"`
}

func (n Named) Name() string { return n.Title }

type Square struct {
	Named
	Side   float64 `json:"side,omitempty" unit:"m"`
	Color  Color
	at     Point
	Tags   []string
	Meta   map[string]int
	Next   *Square
	F      func(int) int
	Any    any
	Err    error
	Shape  Shape
	When   time.Duration
	Arr    [2]Color
	Ch     chan Color
	_      int
	points map[Color][]Point
}

func (s Square) Area() float64 { return s.Side * s.Side }

type List []Point
type Dict map[Color]Point
type Fn func(Color) Point
type Bytes []byte
type Str string

func try(name string, f func()) {
	defer func() {
		if p := recover(); p != nil {
			fmt.Println(name, "panic:", p)
		}
	}()
	f()
}

func show(name string, v reflect.Value) {
	fmt.Printf("%s: ", name)
	if !v.IsValid() {
		fmt.Println("invalid", v.String(), v.Kind())
		return
	}
	fmt.Println(v.Kind(), v.Type(), v.Type().Name(), v.Type().PkgPath() != "", v.CanSet(), v.CanAddr(), v.CanInterface(), v.NumMethod(), v.IsZero(), v.String())
}

func main() {
	s := Square{Named: Named{"sq"}, Side: 2, Color: Green, at: Point{1, 2}, Tags: []string{"a"}, Meta: map[string]int{"k": 1}, Any: Point{3, 4}, Err: errors.New("bad"), Shape: Square{Side: 9}, When: time.Second, points: map[Color][]Point{Red: {{1, 1}}}}
	walk := func(v reflect.Value) {
		t := v.Type()
		for i := 0; i < t.NumField(); i++ {
			f := t.Field(i)
			fmt.Printf("%d %s %s %q %q pkg=%v anon=%v idx=%v exp=%v off=%d\n", i, f.Name, f.Type, f.Tag, f.Tag.Get("json"), f.PkgPath != "", f.Anonymous, f.Index, f.IsExported(), f.Offset)
			show("  "+f.Name, v.Field(i))
			if v.Field(i).Kind() != reflect.Func {
				fmt.Println("  ", v.Field(i))
			}
			if v.Field(i).CanInterface() && f.Type.Kind() != reflect.Func {
				fmt.Printf("   %v %T\n", v.Field(i).Interface(), v.Field(i).Interface())
			}
		}
	}
	walk(reflect.ValueOf(s))
	walk(reflect.ValueOf(&s).Elem())
	fmt.Println(reflect.TypeOf(s).Size(), reflect.TypeOf(s).Align(), reflect.TypeOf(s).Comparable())

	// setting
	e := reflect.ValueOf(&s).Elem()
	e.FieldByName("Side").SetFloat(7)
	e.FieldByName("Title").SetString("new")
	e.FieldByName("Color").SetInt(0)
	e.FieldByName("Color").Set(reflect.ValueOf(Green))
	e.FieldByName("Tags").Set(reflect.Append(e.FieldByName("Tags"), reflect.ValueOf("b")))
	e.FieldByName("Meta").SetMapIndex(reflect.ValueOf("z"), reflect.ValueOf(26))
	e.FieldByName("Next").Set(reflect.New(reflect.TypeOf(s)))
	e.FieldByName("Next").Elem().FieldByName("Side").SetFloat(3)
	e.FieldByName("Any").Set(reflect.ValueOf(Point{9, 9}))
	e.FieldByName("Err").Set(reflect.ValueOf(errors.New("other")))
	e.FieldByName("Shape").Set(reflect.ValueOf(Square{Side: 4}))
	e.FieldByName("F").Set(reflect.ValueOf(func(i int) int { return i * 2 }))
	e.FieldByName("Arr").Index(1).SetInt(1)
	e.FieldByName("Ch").Set(reflect.MakeChan(e.FieldByName("Ch").Type(), 1))
	s.Ch <- Green
	fmt.Println(s.Side, s.Title, s.Color, s.Tags, s.Meta, s.Next.Side, s.Any, s.Err, s.Shape.Area(), s.F(4), s.Arr, <-s.Ch)
	for _, bad := range []struct {
		n string
		f func()
	}{
		{"unexported", func() { e.FieldByName("at").Set(reflect.ValueOf(Point{})) }},
		{"unexported2", func() { e.FieldByName("at").Field(0).SetFloat(1) }},
		{"unexported3", func() { _ = e.FieldByName("at").Interface() }},
		{"unexported4", func() { _ = e.FieldByName("at").Field(0).Interface() }},
		{"unexported5", func() { e.FieldByName("at").Method(0).Call(nil) }},
		{"unaddr", func() { reflect.ValueOf(s).Field(1).SetFloat(1) }},
		{"unaddr2", func() { reflect.ValueOf(s).FieldByName("Color").SetInt(1) }},
		{"unaddr3", func() { reflect.ValueOf(s).FieldByName("Color").Set(reflect.ValueOf(Red)) }},
		{"unaddr4", func() { reflect.ValueOf(s).FieldByName("Color").Addr() }},
		{"kind", func() { e.FieldByName("Color").SetString("x") }},
		{"kind2", func() { e.FieldByName("Color").SetFloat(1) }},
		{"kind3", func() { reflect.ValueOf(s).Elem() }},
		{"kind4", func() { reflect.ValueOf(s).Len() }},
		{"kind5", func() { reflect.ValueOf(s).Index(0) }},
		{"kind6", func() { reflect.ValueOf(Red).Field(0) }},
		{"kind7", func() { reflect.ValueOf(Red).NumField() }},
		{"kind8", func() { reflect.ValueOf(s).IsNil() }},
		{"kind9", func() { reflect.ValueOf(s).Int() }},
		{"kind10", func() { reflect.ValueOf(s).MapKeys() }},
		{"kind11", func() { reflect.ValueOf(s).MapRange() }},
		{"kind12", func() { reflect.ValueOf(Red).FieldByName("x") }},
		{"kind13", func() { reflect.ValueOf(s).Call(nil) }},
		{"type", func() { e.FieldByName("Color").Set(reflect.ValueOf(1)) }},
		{"type2", func() { e.FieldByName("Side").Set(reflect.ValueOf("x")) }},
		{"type3", func() { e.FieldByName("Shape").Set(reflect.ValueOf(Point{})) }},
		{"type4", func() { e.FieldByName("Meta").SetMapIndex(reflect.ValueOf(1), reflect.ValueOf(1)) }},
		{"type5", func() { reflect.Append(e.FieldByName("Tags"), reflect.ValueOf(1)) }},
		{"zero1", func() { reflect.Value{}.Type() }},
		{"zero2", func() { reflect.Value{}.Interface() }},
		{"zero3", func() { reflect.Value{}.Elem() }},
		{"zero4", func() { reflect.Value{}.Field(0) }},
		{"zero5", func() { reflect.Value{}.Int() }},
		{"zero6", func() { reflect.Value{}.Set(reflect.ValueOf(1)) }},
		{"zero7", func() { e.Field(1).Set(reflect.Value{}) }},
		{"zero8", func() { reflect.Value{}.IsNil() }},
		{"zero9", func() { reflect.Value{}.Len() }},
		{"zero10", func() { reflect.Value{}.NumMethod() }},
		{"zero11", func() { reflect.Value{}.MethodByName("x") }},
		{"zero12", func() { reflect.ValueOf(nil).IsZero() }},
		{"range1", func() { e.Field(99) }},
		{"range2", func() { reflect.ValueOf(List{}).Index(0) }},
		{"range3", func() { reflect.ValueOf(Str("abc")).Index(5) }},
		{"range4", func() { reflect.ValueOf(s).Method(99) }},
		{"range5", func() { reflect.TypeOf(s).Field(99) }},
		{"range6", func() { reflect.TypeOf(s).Method(99) }},
		{"range7", func() { reflect.ValueOf(s.Arr).Index(2) }},
		{"elem", func() { reflect.TypeOf(s).Elem() }},
		{"key", func() { reflect.TypeOf(s).Key() }},
		{"in", func() { reflect.TypeOf(s).In(0) }},
		{"len", func() { reflect.TypeOf(s).Len() }},
		{"field", func() { reflect.TypeOf(Red).Field(0) }},
		{"numfield", func() { reflect.TypeOf(Red).NumField() }},
		{"call1", func() { reflect.ValueOf(Point{}).MethodByName("Hello").Call(nil) }},
		{"call2", func() { reflect.ValueOf(Point{}).MethodByName("Hello").Call([]reflect.Value{reflect.ValueOf(1)}) }},
		{"call3", func() {
			reflect.ValueOf(Point{}).MethodByName("Hello").Call([]reflect.Value{reflect.ValueOf("a"), reflect.ValueOf("a")})
		}},
		{"call4", func() { reflect.ValueOf(Point{}).MethodByName("Sum").Call([]reflect.Value{reflect.ValueOf("a")}) }},
		{"call5", func() { reflect.ValueOf(Point{}).MethodByName("Hello").Call([]reflect.Value{{}}) }},
		{"call6", func() { reflect.ValueOf((func())(nil)).Call(nil) }},
		{"call7", func() { reflect.ValueOf(Fn(nil)).Call([]reflect.Value{reflect.ValueOf(Red)}) }},
		{"new", func() { reflect.New(nil) }},
		{"zero", func() { reflect.Zero(nil) }},
		{"mapof", func() { reflect.MapOf(reflect.TypeOf(s), reflect.TypeOf(1)) }},
		{"makeslice", func() { reflect.MakeSlice(reflect.TypeOf(s), 1, 1) }},
		{"makemap", func() { reflect.MakeMap(reflect.TypeOf(s)) }},
		{"makechan", func() { reflect.MakeChan(reflect.TypeOf(s), 1) }},
		{"makefunc", func() { reflect.MakeFunc(reflect.TypeOf(s), nil) }},
		{"convert", func() { reflect.ValueOf(s).Convert(reflect.TypeOf(1)) }},
		{"nilptr", func() { reflect.ValueOf((*Square)(nil)).Elem().Field(0) }},
		{"nilmap", func() { reflect.ValueOf(Dict(nil)).SetMapIndex(reflect.ValueOf(Red), reflect.ValueOf(Point{})) }},
		{"setlen", func() { v := List{{1, 2}}; reflect.ValueOf(&v).Elem().SetLen(9) }},
		{"slice", func() { reflect.ValueOf(List{}).Slice(0, 4) }},
		{"implements", func() { reflect.TypeOf(s).Implements(reflect.TypeOf(s)) }},
		{"equal", func() { reflect.ValueOf(List{}).Equal(reflect.ValueOf(List{})) }},
	} {
		try(bad.n, bad.f)
	}
}
