package main

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"sort"
	"strings"
)

type T struct{ A, B int }

func (t T) Less(u T) bool  { return t.A < u.A }
func (t T) String() string { return fmt.Sprintf("T(%d,%d)", t.A, t.B) }
func (t *T) Inc()          { t.A++ }
func (t T) Cmp(any) int    { return 0 }
func (t T) unexp() int     { return t.A }

type Iface interface {
	Less(T) bool
	unexp() int
	fmt.Stringer
}
type Emb struct {
	Iface
	io.Reader
	N int
}
type E2 struct{ *T }
type E3 struct {
	E2
	error
}
type Any interface{}
type HasElem interface{ Elem() reflect.Value }
type Typed interface {
	Kind() reflect.Kind
	Type() reflect.Type
}
type Num interface{ ~int | ~float64 }
type Box[V any] struct {
	Val  V
	Next *Box[V]
}

func (b *Box[V]) Get() V                { return b.Val }
func (b Box[V]) Map(f func(V) V) Box[V] { return Box[V]{Val: f(b.Val)} }
func kindOf[V any](v V) (reflect.Kind, string) {
	t := reflect.TypeFor[V]()
	return t.Kind(), t.String()
}
func zero[V any]() V { return reflect.Zero(reflect.TypeFor[V]()).Interface().(V) }

type V struct{ reflect.Value }

func (v V) Double() int64 { return v.Int() * 2 }

type Celsius float64
type Day int
type Op func(int, int) int
type Matrix [2][2]float64
type Set map[string]struct{}
type Rec struct {
	Self  *Rec
	Items []Rec
	By    map[string]Rec
	F     func(Rec) *Rec
	I     interface{ Do(Rec) Rec }
}

func (r Rec) Do(x Rec) Rec { return Rec{Items: []Rec{x}} }

func try(name string, f func()) {
	defer func() {
		if p := recover(); p != nil {
			fmt.Println(name, "panic:", p)
		}
	}()
	f()
}

func main() {
	vo := reflect.ValueOf
	// method values & exprs of reflect itself
	ln := reflect.Value.Len
	fmt.Println(ln(vo([]T{{1, 2}})), reflect.Value.Int(vo(5)))
	iv := vo(T{3, 4}).Field
	fmt.Println(iv(1))
	kinds := []reflect.Type{reflect.TypeOf(T{}), reflect.TypeOf(1)}
	names := reflect.Type.Name
	nm := kinds[0].NumMethod
	fmt.Println(names(kinds[0]), names(kinds[1]), nm(), kinds[0].Method(0).Name)
	impl := kinds[0].Implements
	fmt.Println(impl(reflect.TypeFor[fmt.Stringer]()), impl(reflect.TypeFor[Iface]()), impl(reflect.TypeFor[error]()))
	// interfaces with unexported methods
	it := reflect.TypeFor[Iface]()
	for i := range it.NumMethod() {
		m := it.Method(i)
		fmt.Println(m.Name, m.Type, m.PkgPath != "", m.IsExported())
	}
	_, ok := it.MethodByName("unexp")
	fmt.Println(ok, it.Kind(), it)
	// embedded interface
	e := Emb{Iface: T{1, 2}, Reader: strings.NewReader("abc"), N: 3}
	ev := vo(e)
	for i := range ev.NumMethod() {
		fmt.Print(ev.Type().Method(i).Name, " ")
	}
	fmt.Println(ev.MethodByName("String").Call(nil)[0], ev.MethodByName("Less").Call([]reflect.Value{vo(T{5, 5})})[0])
	buf := make([]byte, 2)
	out := ev.MethodByName("Read").Call([]reflect.Value{vo(buf)})
	fmt.Println(out[0], out[1].IsNil(), string(buf), ev.Field(0).Type(), ev.Field(0).Elem().Type(), ev.Field(1).Elem().Type())
	e3 := E3{E2{&T{7, 8}}, errors.New("err")}
	v3 := vo(&e3).Elem()
	fmt.Println(v3.FieldByName("A"), v3.MethodByName("Error").Call(nil)[0], v3.NumMethod(), v3.FieldByName("error").CanInterface(), v3.FieldByName("E2").Field(0).Elem().Field(1))
	v3.FieldByName("B").SetInt(80)
	v3.MethodByName("Inc").Call(nil)
	fmt.Println(e3.A, e3.B)
	// named empty interface
	at := reflect.TypeFor[Any]()
	fmt.Println(at, at.Name(), at.Kind(), at.NumMethod(), reflect.TypeOf([]Any{1}), reflect.TypeOf(struct{ X Any }{}))
	var anyv Any = T{1, 1}
	fmt.Println(vo(&anyv).Elem().Type(), vo(&anyv).Elem().Kind(), vo(&anyv).Elem().Elem().Type(), vo(anyv).Type())
	vo(&anyv).Elem().Set(vo("str"))
	fmt.Println(anyv)
	// interfaces of Values
	var he HasElem = vo(&T{9, 9})
	fmt.Println(he.Elem().Field(0))
	var ty Typed = vo(Day(3))
	fmt.Println(ty.Kind(), ty.Type())
	var st fmt.Stringer = vo(Day(3))
	fmt.Println(st.String(), st)
	var an any = vo(T{1, 2})
	if rv, ok := an.(reflect.Value); ok {
		fmt.Println("a Value of", rv.Type())
	}
	switch x := an.(type) {
	case fmt.Stringer:
		fmt.Println("stringer", x.String())
	}
	var tt any = reflect.TypeOf(T{})
	if rt, ok := tt.(reflect.Type); ok {
		fmt.Println("a Type", rt.Name())
	}
	if s, ok := tt.(interface{ NumMethod() int }); ok {
		fmt.Println(s.NumMethod())
	}
	if s, ok := tt.(interface {
		MethodByName(string) (reflect.Method, bool)
		AssignableTo(reflect.Type) bool
	}); ok {
		m, ok := s.MethodByName("String")
		fmt.Println(m.Name, ok, s.AssignableTo(reflect.TypeFor[fmt.Stringer]()))
	}
	// struct with reflect.Value embedded
	fmt.Println(V{vo(21)}.Double(), V{vo("x")}.Kind(), V{vo(T{1, 2})}.Field(0))
	// generics
	fmt.Println(kindOf(T{}))
	fmt.Println(kindOf([]Day{}))
	fmt.Println(kindOf(map[Day]*T{}))
	fmt.Println(kindOf[error](nil))
	fmt.Println(kindOf[Iface](nil))
	fmt.Println(kindOf(Box[T]{}))
	fmt.Println(zero[T](), zero[Day](), zero[*T]() == nil, zero[[]T]() == nil)
	bx := &Box[T]{Val: T{1, 2}}
	bv := vo(bx)
	fmt.Println(bv.Type(), bv.NumMethod(), bv.MethodByName("Get").Call(nil)[0], bv.Elem().Field(1).IsNil(), bv.Elem().Type().Field(1).Type)
	bv.Elem().FieldByName("Next").Set(vo(&Box[T]{Val: T{3, 4}}))
	fmt.Println(bx.Next.Val, bv.MethodByName("Map").Call([]reflect.Value{vo(func(t T) T { return T{t.B, t.A} })})[0].Field(0))
	// sorting by any
	items := []T{{3, 1}, {1, 2}, {2, 3}}
	var anyItems any = items
	sort.Slice(anyItems, func(i, j int) bool { return items[i].A < items[j].A })
	fmt.Println(items)
	sort.Slice(vo(items).Interface(), func(i, j int) bool { return items[i].A > items[j].A })
	fmt.Println(items)
	// type switches on Interface
	for _, x := range []any{T{1, 2}, &T{3, 4}, Day(4), Celsius(3.5), []T{{5, 6}}, Op(func(a, b int) int { return a + b }), Set{"a": {}}, Matrix{{1, 2}}, nil, errors.New("e")} {
		if x == nil {
			fmt.Println("nil", vo(x).IsValid())
			continue
		}
		switch y := vo(x).Interface().(type) {
		case T:
			fmt.Println("T", y.A)
		case *T:
			fmt.Println("*T", y.A)
		case Day:
			fmt.Println("Day", y)
		case Celsius:
			fmt.Println("C", y)
		case []T:
			fmt.Println("[]T", y[0])
		case Op:
			fmt.Println("Op", y(1, 2))
		case Set:
			fmt.Println("Set", len(y))
		case Matrix:
			fmt.Println("M", y[0][1])
		case error:
			fmt.Println("error", y)
		}
	}
	// recursive with functions and interfaces
	r := Rec{Self: &Rec{}, Items: []Rec{{}}, By: map[string]Rec{"x": {}}, F: func(r Rec) *Rec { return &Rec{Items: []Rec{r, r}} }, I: Rec{}}
	rv := vo(&r).Elem()
	for f, v := range rv.Fields() {
		fmt.Println(f.Name, f.Type, v.Kind(), v.IsNil(), v.Type() == f.Type)
	}
	fmt.Println(rv.FieldByName("F").Call([]reflect.Value{rv})[0].Elem().FieldByName("Items").Len(), rv.FieldByName("I").MethodByName("Do").Call([]reflect.Value{rv})[0].FieldByName("Items").Index(0).FieldByName("By").Len())
	rv.FieldByName("F").SetZero()
	rv.FieldByName("I").Set(vo(Rec{}))
	rv.FieldByName("Items").Set(vo([]Rec{{}, {}, {}}))
	fmt.Println(r.F == nil, len(r.Items), rv.FieldByName("By").MapIndex(vo("x")).IsZero())
	// local types
	type local struct {
		X int `t:"1"`
		y string
	}
	lv := vo(local{1, "a"})
	fmt.Println(lv.Type(), lv.Type().Name(), lv.Field(1), lv.Type().Field(0).Tag)
	ls := []local{{1, "a"}, {2, "b"}}
	fmt.Println(vo(ls).Index(1).Field(0), vo(ls).Type())
	func() {
		type local struct{ Z float64 }
		fmt.Println(vo(local{2}).Type() == lv.Type(), vo(local{2}).Type().String() == lv.Type().String(), vo(local{2}).NumField())
	}()
	// anonymous
	an1 := []struct {
		N string
		V T
	}{{"a", T{1, 2}}}
	fmt.Println(vo(an1).Index(0).Field(1).Type(), vo(an1).Type(), vo(an1).Index(0).Field(1).Field(0))
	// pointers to pointers, nil
	p := &T{1, 1}
	pp := &p
	vo(pp).Elem().Set(vo(&T{5, 5}))
	fmt.Println(p, vo(pp).Elem().Elem().Field(0), vo((*T)(nil)).IsNil(), vo((*T)(nil)).Elem().IsValid(), vo([]T(nil)).IsNil(), vo(map[string]T(nil)).IsNil())
	try("nil method", func() { vo((*T)(nil)).MethodByName("String").Call(nil) })
	try("nil iface", func() { var s fmt.Stringer; vo(&s).Elem().Method(0).Call(nil) })
	// CanX
	fmt.Println(vo(Day(1)).CanInt(), vo(Celsius(1)).CanFloat(), vo(Day(1)).CanUint(), vo(1i).CanComplex(), vo(Day(300)).OverflowInt(1<<40), reflect.TypeOf(Celsius(1)).OverflowFloat(1e300), reflect.TypeOf(Day(1)).Bits())
	// %v forms with reflect.Type
	fmt.Printf("%v %s %T %T %T\n", reflect.TypeOf(T{}), reflect.TypeOf(Day(1)), reflect.TypeOf(T{}), vo(1), reflect.TypeOf(T{}).Kind())
	fmt.Println(fmt.Sprint(vo(T{1, 2})), fmt.Sprintf("%v|%d|%5v", vo(T{1, 2}), vo(Day(4)), vo("ab")), fmt.Sprintln(vo(1), vo("a")), string(fmt.Append(nil, vo(T{1, 2}))), string(fmt.Appendf(nil, "%v", vo(3))))
	fmt.Println([]any{vo(1)}, map[string]reflect.Value{"a": vo(T{1, 2})}, struct{ T reflect.Type }{reflect.TypeOf(T{})}, &struct{ V reflect.Value }{vo(3)})
	fmt.Printf("%#v %#v %+v\n", vo(3), vo(T{1, 2}), vo(struct{ A, B int }{1, 2}))
	// errors
	var target *T
	_ = target
	fmt.Println(reflect.TypeOf(errors.New("x")), reflect.TypeOf(io.EOF).Elem().Name(), vo(io.EOF).MethodByName("Error").Call(nil)[0], reflect.TypeOf(fmt.Errorf("%w", io.EOF)))
	ve := func() (err error) {
		defer func() {
			if e, ok := recover().(*reflect.ValueError); ok {
				err = e
				fmt.Println(e.Method, e.Kind)
			}
		}()
		vo(T{}).Len()
		return
	}()
	fmt.Println(ve)
	re := func() (err error) {
		defer func() {
			if e, ok := recover().(*reflect.ValueError); ok {
				fmt.Println(e.Method, e.Kind)
			}
		}()
		reflect.Value{}.Type()
		return
	}()
	fmt.Println(re)
}
