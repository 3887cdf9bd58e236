package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"reflect"
	"slices"
	"sort"
	"strings"
	"time"
)

type Color int

func (c Color) String() string { return fmt.Sprintf("C%d", int(c)) }

type Point struct{ X, Y int }
type List []Point
type Dict map[Color]Point
type Key struct{ A, B string }
type Grid [2][3]Color
type Fn func(Color) Point
type Str string
type Bytes []byte
type Temp float64
type Flag bool
type Cplx complex128
type Seq func(yield func(Point) bool)
type Seq2 func(yield func(Color, Point) bool)
type Ch chan Point

type Node struct {
	Val         int
	Left, Right *Node
	Kids        []*Node
	Named       map[string]*Node
	parent      *Node
}

type A struct {
	N int
	B *B
	F func(*A) *B
}
type B struct {
	S  string
	A  *A
	As []*A
	M  map[string]A
}
type Tree map[string]Tree
type Nest []Nest
type State func(int) State
type P *P

type Inner struct{ V, W int }
type Mid struct {
	Inner
	W string
	x int
}
type Outer struct {
	*Mid
	Name string
	inner
	Point
}
type inner struct{ Q int }

type Pair[K comparable, V any] struct {
	Key K
	Val V
}

func try(name string, f func()) {
	defer func() {
		if p := recover(); p != nil {
			fmt.Println(name, "panic:", p)
		}
	}()
	f()
}

var vo = reflect.ValueOf

func main() {
	// maps
	d := Dict{1: {1, 2}, 2: {3, 4}}
	v := vo(d)
	keys := v.MapKeys()
	sort.Slice(keys, func(i, j int) bool { return keys[i].Int() < keys[j].Int() })
	for _, k := range keys {
		fmt.Println(k, k.Type(), k.Interface(), v.MapIndex(k), v.MapIndex(k).Type(), v.MapIndex(k).Field(1), v.MapIndex(k).CanSet())
	}
	fmt.Println(v.MapIndex(vo(Color(9))).IsValid(), v.Len(), v.Type().Key(), v.Type().Elem(), v.Type())
	v.SetMapIndex(vo(Color(5)), vo(Point{5, 5}))
	v.SetMapIndex(vo(Color(1)), reflect.Value{})
	fmt.Println(d)
	iter_ := v.MapRange()
	total := 0
	for iter_.Next() {
		total += int(iter_.Key().Int()) + int(iter_.Value().Field(0).Int())
	}
	fmt.Println(total)
	km := map[Key][]Point{{"a", "b"}: {{1, 1}}}
	kv := vo(km)
	fmt.Println(kv.MapIndex(vo(Key{"a", "b"})).Index(0).Field(0), kv.MapKeys()[0].Field(1))
	im := map[any]any{Color(1): Point{1, 1}, "x": Color(2), 3: nil}
	for _, k := range []any{Color(1), "x", 3, 1} {
		e := vo(im).MapIndex(vo(k))
		if e.IsValid() {
			fmt.Println(k, e.Kind(), e.Type(), e.IsNil(), e)
			if !e.IsNil() {
				fmt.Println(e.Elem().Type(), e.Elem().Kind())
			}
		} else {
			fmt.Println(k, "missing")
		}
	}
	nm := reflect.MakeMap(reflect.TypeOf(d))
	nm.SetMapIndex(vo(Color(7)), vo(Point{7, 7}))
	fmt.Println(nm, nm.Interface().(Dict)[7], nm.Len())
	nm2 := reflect.MakeMapWithSize(reflect.MapOf(reflect.TypeOf(""), reflect.TypeOf(Point{})), 10)
	nm2.SetMapIndex(vo("k"), vo(Point{1, 2}))
	fmt.Println(nm2.Interface().(map[string]Point)["k"], nm2)
	kk := reflect.New(reflect.TypeOf(Color(0))).Elem()
	vv := reflect.New(reflect.TypeOf(Point{})).Elem()
	for it := nm.MapRange(); it.Next(); {
		kk.SetIterKey(it)
		vv.SetIterValue(it)
	}
	fmt.Println(kk, vv)
	nm.Clear()
	fmt.Println(nm.Len())

	// slices, arrays
	l := List{{1, 1}, {2, 2}, {3, 3}}
	lv := vo(&l).Elem()
	lv.Index(0).Field(0).SetInt(100)
	lv.Index(1).Set(vo(Point{9, 9}))
	lv.Set(reflect.Append(lv, vo(Point{4, 4}), vo(Point{5, 5})))
	lv.Set(reflect.AppendSlice(lv, vo(List{{6, 6}})))
	fmt.Println(l, lv.Len(), lv.Slice(1, 3), lv.Slice(1, 3).Type(), lv.Slice3(0, 1, 2).Cap())
	lv.SetLen(2)
	fmt.Println(l)
	lv.SetZero()
	fmt.Println(l == nil, lv.IsNil())
	ms := reflect.MakeSlice(reflect.SliceOf(reflect.TypeOf(Point{})), 2, 5)
	ms.Index(0).Field(0).SetInt(3)
	fmt.Println(ms, ms.Len(), ms.Cap(), reflect.Copy(ms, vo([]Point{{8, 8}})), ms)
	ml := reflect.MakeSlice(reflect.TypeOf(l), 1, 1)
	fmt.Println(ml.Interface().(List), ml.Type())
	var g Grid
	gv := vo(&g).Elem()
	gv.Index(1).Index(2).SetInt(6)
	fmt.Println(g, gv.Type(), gv.Index(1).Type(), gv.Len(), gv.Type().Len(), gv.Slice(0, 1).Type())
	sw := []Point{{1, 1}, {2, 2}, {3, 3}}
	swap := reflect.Swapper(sw)
	swap(0, 2)
	fmt.Println(sw)
	cs := []Color{3, 1, 2}
	reflect.Swapper(cs)(0, 1)
	fmt.Println(cs)
	b := Bytes("hey")
	fmt.Println(string(vo(b).Bytes()), vo(b).Type().Elem(), vo(Str("héy")).Len(), vo(Str("hey")).Index(1), vo(Str("hey")).Slice(1, 3), vo(Str("hey")).Slice(1, 3).Type())
	vo(&b).Elem().SetBytes([]byte("new"))
	fmt.Println(string(b))

	// New, Zero, Indirect
	np := reflect.New(reflect.TypeOf(Point{}))
	np.Elem().Field(1).SetInt(7)
	fmt.Println(np.Type(), np.Elem(), np.Interface().(*Point).Y, reflect.Indirect(np), reflect.Zero(reflect.TypeOf(Point{})), reflect.Zero(np.Type()).IsNil())
	nc := reflect.New(reflect.TypeOf(Color(0)))
	nc.Elem().SetInt(4)
	fmt.Println(*nc.Interface().(*Color), nc.Elem().Interface().(Color))
	nl := reflect.New(reflect.TypeOf(l))
	nl.Elem().Set(vo(List{{1, 2}}))
	fmt.Println(*nl.Interface().(*List))
	npp := reflect.New(np.Type())
	npp.Elem().Set(np)
	(*npp.Interface().(**Point)).X = 11
	fmt.Println(npp.Type(), np.Elem(), npp.Elem().Elem().Field(0))
	av := vo(&Mid{}).Elem().FieldByName("V").Addr()
	*av.Interface().(*int) = 3
	fmt.Println(av.Elem())
	pa := vo(&Outer{}).Elem().FieldByName("Point").Addr().Interface().(*Point)
	pa.X = 1
	fmt.Println(*pa)

	// conversions
	for _, c := range []struct {
		v any
		t reflect.Type
	}{
		{Color(65), reflect.TypeOf(1.5)}, {2.7, reflect.TypeOf(Color(0))}, {"abc", reflect.TypeOf(Str(""))}, {Str("abc"), reflect.TypeOf([]byte{})}, {Str("abc"), reflect.TypeOf(Bytes{})}, {Bytes("xy"), reflect.TypeOf(Str(""))}, {[]Point{{1, 2}}, reflect.TypeOf(List{})}, {List{{1, 2}}, reflect.TypeOf([]Point{})}, {Point{1, 2}, reflect.TypeOf(struct{ X, Y int }{})}, {struct{ X, Y int }{3, 4}, reflect.TypeOf(Point{})}, {Color(3), reflect.TypeFor[fmt.Stringer]()}, {Color(3), reflect.TypeFor[any]()}, {Color(65), reflect.TypeOf("")}, {Temp(1.5), reflect.TypeOf(Color(0))}, {time.Second, reflect.TypeOf(Color(0))}, {Color(1000), reflect.TypeOf(time.Second)}, {func(c Color) Point { return Point{int(c), 0} }, reflect.TypeOf(Fn(nil))}, {[]Color{1, 2, 3}, reflect.TypeOf([2]Color{})}, {[]Color{1}, reflect.TypeOf([2]Color{})}, {&Point{1, 2}, reflect.TypeOf(&struct{ X, Y int }{})}, {Flag(true), reflect.TypeOf(true)}, {Cplx(1i), reflect.TypeOf(complex64(0))}, {Point{}, reflect.TypeOf(Key{})},
	} {
		try("convert", func() {
			v := vo(c.v)
			fmt.Print(v.Type(), " to ", c.t, " ", v.CanConvert(c.t), ": ")
			out := v.Convert(c.t)
			fmt.Println(out.Type(), out.Kind() == c.t.Kind(), out.CanInterface())
			if out.Kind() != reflect.Func && out.Kind() != reflect.Pointer {
				fmt.Printf("%v %T\n", out, out.Interface())
			}
		})
	}
	fmt.Println(vo(func(c Color) Point { return Point{int(c), 0} }).Convert(reflect.TypeOf(Fn(nil))).Interface().(Fn)(4))

	// DeepEqual
	n1 := &Node{Val: 1, Kids: []*Node{{Val: 2}}, Named: map[string]*Node{"a": {Val: 3}}}
	n2 := &Node{Val: 1, Kids: []*Node{{Val: 2}}, Named: map[string]*Node{"a": {Val: 3}}}
	fmt.Println(reflect.DeepEqual(n1, n2), reflect.DeepEqual(*n1, *n2), reflect.DeepEqual(d, Dict{2: {3, 4}, 5: {5, 5}}), reflect.DeepEqual(Color(1), 1), reflect.DeepEqual(List{}, []Point{}), reflect.DeepEqual(List(nil), List{}), reflect.DeepEqual(errors.New("a"), errors.New("a")), reflect.DeepEqual([]any{Color(1), Point{}}, []any{Color(1), Point{}}), reflect.DeepEqual(map[string]any{"a": Point{1, 2}}, map[string]any{"a": Point{1, 3}}))
	n2.Kids[0].Val = 9
	fmt.Println(reflect.DeepEqual(n1, n2))

	// recursive types
	nv := vo(n1).Elem()
	nv.FieldByName("Left").Set(vo(&Node{Val: 42}))
	nv.FieldByName("Left").Elem().FieldByName("Right").Set(vo(n1))
	nv.FieldByName("Kids").Set(reflect.Append(nv.FieldByName("Kids"), vo(&Node{Val: 8})))
	nv.FieldByName("Named").SetMapIndex(vo("b"), vo(&Node{Val: 9}))
	fmt.Println(n1.Left.Val, n1.Left.Right == n1, n1.Kids[1].Val, n1.Named["b"].Val, nv.FieldByName("Left").Interface().(*Node).Val, nv.FieldByName("Kids").Interface().([]*Node)[1].Val, nv.FieldByName("Kids").Index(0).Elem().Field(0), nv.FieldByName("parent").IsNil(), nv.Type().Field(1).Type, nv.Type().Field(3).Type, nv.Type().Field(4).Type.Elem().Elem() == nv.Type())
	*nv.FieldByName("Right").Addr().Interface().(**Node) = n2
	fmt.Println(n1.Right.Val, nv.FieldByName("Right").Elem().FieldByName("Kids").Len())
	var depth func(v reflect.Value) int
	depth = func(v reflect.Value) int {
		if v.IsNil() {
			return 0
		}
		return 1 + max(depth(v.Elem().FieldByName("Left")), depth(v.Elem().FieldByName("Right")))
	}
	fmt.Println(depth(vo(&Node{Left: &Node{Right: &Node{}}})))

	a := &A{N: 1, B: &B{S: "s"}}
	a.B.A = a
	a.B.As = []*A{a, {N: 2}}
	a.B.M = map[string]A{"q": {N: 3}}
	a.F = func(a *A) *B { return a.B }
	ae := vo(a).Elem()
	for i := range ae.NumField() {
		fmt.Println(ae.Type().Field(i).Name, ae.Type().Field(i).Type, ae.Field(i).Kind(), ae.Field(i).IsZero(), ae.Field(i).Type())
	}
	be := ae.Field(1).Elem()
	for i := range be.NumField() {
		fmt.Println(be.Type().Field(i).Name, be.Type().Field(i).Type, be.Field(i).Kind(), be.Field(i).Type(), be.Field(i).IsZero(), be.Field(i).CanSet(), be.Type().Field(i).Offset)
	}
	fmt.Println(be.Type().Size(), ae.Type().Size(), be.FieldByName("A").Elem().FieldByName("N"), be.FieldByName("As").Index(1).Elem().Field(0), be.FieldByName("M").MapIndex(vo("q")).Field(0), be.FieldByName("As").Len())
	be.FieldByName("A").Set(vo(&A{N: 77}))
	be.FieldByName("As").Set(reflect.Append(be.FieldByName("As"), vo(&A{N: 78})))
	be.FieldByName("M").SetMapIndex(vo("z"), vo(A{N: 79}))
	ae.FieldByName("B").Set(vo(&B{S: "t"}))
	fmt.Println(be.FieldByName("A").Interface().(*A).N, be.FieldByName("As").Interface().([]*A)[2].N, be.FieldByName("M").Interface().(map[string]A)["z"].N, a.B.S, ae.FieldByName("F").Call([]reflect.Value{vo(a)})[0].Elem().Field(0), ae.FieldByName("F").Interface().(func(*A) *B)(a).S)
	be.FieldByName("A").SetZero()
	fmt.Println(be.FieldByName("A").IsNil(), be.FieldByName("A").Interface().(*A) == nil)
	ae.FieldByName("F").Set(vo(func(a *A) *B { return &B{S: "fresh"} }))
	fmt.Println(a.F(nil).S)
	tr := Tree{"a": {"b": nil, "c": {}}, "d": nil}
	tv := vo(tr)
	fmt.Println(tv.Type(), tv.Kind(), tv.Len(), tv.Type().Elem(), tv.MapIndex(vo("a")).Len(), tv.MapIndex(vo("d")).IsNil(), tv.MapIndex(vo("a")).Type(), tv.Type().Elem() == tv.Type())
	tv.SetMapIndex(vo("new"), vo(Tree{"deep": nil}))
	fmt.Println(tr, len(tr["new"]), tv.MapIndex(vo("a")).Interface().(Tree))
	ns := Nest{{}, {{}}, nil}
	fmt.Println(vo(ns).Len(), vo(ns).Index(1).Index(0).Len(), vo(ns).Index(2).IsNil(), vo(&ns).Elem().Type(), vo(ns).Type().Elem())
	vo(ns).Index(2).Set(vo(Nest{nil, nil}))
	vo(&ns).Elem().Set(reflect.Append(vo(ns), vo(Nest{})))
	fmt.Println(ns, len(ns))
	np2 := reflect.New(reflect.TypeOf(ns))
	np2.Elem().Set(vo(ns))
	fmt.Println(*np2.Interface().(*Nest), np2.Type())
	var st State = func(i int) State { fmt.Println("state", i); return nil }
	res := vo(st).Call([]reflect.Value{vo(3)})
	fmt.Println(res[0].IsNil(), res[0].Type(), vo(st).Type().Out(0) == vo(st).Type())

	// embedded
	o := Outer{Mid: &Mid{Inner{1, 2}, "w", 3}, Name: "n", inner: inner{4}, Point: Point{5, 6}}
	ov := vo(&o).Elem()
	for _, f := range reflect.VisibleFields(ov.Type()) {
		fmt.Println(f.Name, f.Type, f.Index, f.Anonymous, f.IsExported(), ov.FieldByIndex(f.Index).CanSet(), ov.FieldByIndex(f.Index).CanInterface())
	}
	for _, n := range []string{"V", "W", "X", "Q", "x", "inner", "Inner", "Nope"} {
		f, ok := ov.Type().FieldByName(n)
		fmt.Println(n, ok, f.Name, f.Index, ov.FieldByName(n).IsValid())
	}
	ov.FieldByName("V").SetInt(50)
	ov.FieldByName("Q").SetInt(51)
	try("embedded", func() { ov.FieldByName("inner").Set(vo(inner{})) })
	try("embedded2", func() { ov.FieldByName("x").SetInt(1) })
	fmt.Println(o.V, o.Q)
	try("nil embedded", func() { vo(Outer{}).FieldByName("V") })
	_, err := vo(Outer{}).FieldByIndexErr([]int{0, 0, 0})
	fmt.Println(err)
	ff, ok := ov.Type().FieldByNameFunc(func(s string) bool { return strings.ToLower(s) == "name" })
	fmt.Println(ff.Name, ok, ov.FieldByNameFunc(func(s string) bool { return s == "Name" }))
	_, ok = ov.Type().FieldByNameFunc(func(s string) bool { return true })
	fmt.Println(ok, ov.Type().FieldByIndex([]int{0, 0, 1}).Name)

	// MakeFunc
	swapFn := func(in []reflect.Value) []reflect.Value { return []reflect.Value{in[1], in[0]} }
	var ps func(Point, Color) (Color, Point)
	vo(&ps).Elem().Set(reflect.MakeFunc(vo(ps).Type(), swapFn))
	fmt.Println(ps(Point{1, 2}, 3))
	var is func(int, int) (int, int)
	vo(&is).Elem().Set(reflect.MakeFunc(vo(is).Type(), swapFn))
	fmt.Println(is(1, 2))
	mf := reflect.MakeFunc(reflect.TypeOf(Fn(nil)), func(in []reflect.Value) []reflect.Value {
		return []reflect.Value{vo(Point{int(in[0].Int()), 1})}
	}).Interface().(Fn)
	fmt.Println(mf(8))
	me := reflect.MakeFunc(reflect.TypeOf((func(...Point) error)(nil)), func(in []reflect.Value) []reflect.Value {
		fmt.Println(in[0].Len(), in[0].Type())
		return []reflect.Value{reflect.Zero(reflect.TypeFor[error]())}
	}).Interface().(func(...Point) error)
	fmt.Println(me(Point{}, Point{}))
	try("mf count", func() {
		reflect.MakeFunc(reflect.TypeOf(Fn(nil)), func([]reflect.Value) []reflect.Value { return nil }).Call([]reflect.Value{vo(Color(1))})
	})
	try("mf zero", func() {
		reflect.MakeFunc(reflect.TypeOf(Fn(nil)), func([]reflect.Value) []reflect.Value { return []reflect.Value{{}} }).Call([]reflect.Value{vo(Color(1))})
	})
	try("mf type", func() {
		reflect.MakeFunc(reflect.TypeOf(Fn(nil)), func([]reflect.Value) []reflect.Value { return []reflect.Value{vo(1)} }).Call([]reflect.Value{vo(Color(1))})
	})

	// channels
	ch := make(Ch, 2)
	cv := vo(ch)
	cv.Send(vo(Point{1, 1}))
	fmt.Println(cv.TrySend(vo(Point{2, 2})), cv.TrySend(vo(Point{3, 3})), cv.Len(), cv.Cap())
	x, ok := cv.Recv()
	fmt.Println(x, ok, x.Type())
	x, ok = cv.TryRecv()
	fmt.Println(x, ok)
	x, ok = cv.TryRecv()
	fmt.Println(x.IsValid(), ok)
	cv.Close()
	x, ok = cv.Recv()
	fmt.Println(x, ok, x.Type())
	x, ok = cv.TryRecv()
	fmt.Println(x, ok)
	c1, c2 := make(chan Color, 1), make(chan Point, 1)
	c2 <- Point{7, 7}
	i, rv, rok := reflect.Select([]reflect.SelectCase{{Dir: reflect.SelectRecv, Chan: vo(c1)}, {Dir: reflect.SelectRecv, Chan: vo(c2)}})
	fmt.Println(i, rv, rok, rv.Type())
	i, rv, rok = reflect.Select([]reflect.SelectCase{{Dir: reflect.SelectRecv, Chan: vo(c1)}, {Dir: reflect.SelectDefault}})
	fmt.Println(i, rv.IsValid(), rok)
	i, _, _ = reflect.Select([]reflect.SelectCase{{Dir: reflect.SelectSend, Chan: vo(c1), Send: vo(Color(3))}, {Dir: reflect.SelectRecv}})
	fmt.Println(i, <-c1)
	mc := reflect.MakeChan(reflect.ChanOf(reflect.BothDir, reflect.TypeOf(Point{})), 1)
	mc.Interface().(chan Point) <- Point{4, 4}
	pv, _ := mc.Recv()
	fmt.Println(pv, vo((<-chan Point)(ch)).Type(), vo(ch).Type(), vo(ch).Type().ChanDir())
	try("send type", func() { vo(make(chan Point, 1)).Send(vo(1)) })
	try("recv dir", func() { vo((chan<- Point)(ch)).Recv() })
	try("closed", func() { cv.Send(vo(Point{})) })

	// Seq
	for v := range vo(Color(3)).Seq() {
		fmt.Print(v, " ", v.Type(), ";")
	}
	for v := range vo(uint8(2)).Seq() {
		fmt.Print(v, " ", v.Type(), ";")
	}
	for v := range vo(List{{1, 1}, {2, 2}}).Seq() {
		fmt.Print(v, ";")
	}
	for i, v := range vo(List{{1, 1}, {2, 2}}).Seq2() {
		fmt.Print(i, v, v.Type(), ";")
	}
	for i, v := range vo(&Grid{}).Seq2() {
		fmt.Print(i, v, v.Type(), ";")
	}
	for k, v := range vo(Dict{1: {1, 2}}).Seq2() {
		fmt.Print(k, v, ";")
	}
	for k := range vo(Dict{1: {1, 2}}).Seq() {
		fmt.Print(k, ";")
	}
	for i, r := range vo(Str("hé!")).Seq2() {
		fmt.Print(i, r, r.Type(), ";")
	}
	fmt.Println()
	sq := Seq(func(yield func(Point) bool) { _ = yield(Point{1, 1}) && yield(Point{2, 2}) && yield(Point{3, 3}) })
	for v := range vo(sq).Seq() {
		fmt.Print(v, v.Type(), ";")
		if v.Field(0).Int() == 2 {
			break
		}
	}
	sq2 := Seq2(func(yield func(Color, Point) bool) { _ = yield(1, Point{1, 1}) && yield(2, Point{2, 2}) })
	for k, v := range vo(sq2).Seq2() {
		fmt.Print(k, v, ";")
	}
	sc := make(chan Point, 2)
	sc <- Point{1, 2}
	close(sc)
	for v := range vo(sc).Seq() {
		fmt.Print(v, ";")
	}
	var is2 iter.Seq[int] = slices.Values([]int{4, 5})
	for v := range vo(is2).Seq() {
		fmt.Print(v, ";")
	}
	for k := range vo(maps.Keys(map[Color]int{3: 1})).Seq() {
		fmt.Print(k, ";")
	}
	fmt.Println()
	try("noseq", func() { vo(Point{}).Seq() })
	try("noseq2", func() { vo(Color(1)).Seq2() })
	fmt.Println(reflect.TypeOf(sq).CanSeq(), reflect.TypeOf(sq2).CanSeq2(), reflect.TypeOf(Point{}).CanSeq(), reflect.TypeOf(Color(1)).CanSeq())

	// StructOf
	so := reflect.StructOf([]reflect.StructField{{Name: "P", Type: reflect.TypeOf(Point{}), Tag: `json:"p"`}, {Name: "C", Type: reflect.TypeOf(Color(0))}, {Name: "N", Type: reflect.TypeOf(0)}})
	sv := reflect.New(so).Elem()
	sv.Field(0).Set(vo(Point{1, 2}))
	sv.Field(1).SetInt(4)
	fmt.Println(so, sv, sv.Interface())
	js, err := json.Marshal(sv.Interface())
	fmt.Println(string(js), err)
	so2 := reflect.StructOf([]reflect.StructField{{Name: "X", Type: reflect.TypeOf(0)}, {Name: "Y", Type: reflect.TypeOf(0)}})
	fmt.Println(so2, so2 == reflect.TypeOf(struct{ X, Y int }{}), so2.ConvertibleTo(reflect.TypeOf(Point{})), reflect.Zero(so2).Convert(reflect.TypeOf(Point{})))
	try("structof", func() { reflect.StructOf([]reflect.StructField{{Name: "x", Type: reflect.TypeOf(0)}}) })

	// generics
	pr := Pair[string, Point]{"a", Point{1, 2}}
	fmt.Println(vo(pr).Type(), vo(pr).Type().Name(), vo(pr).Field(1).Type(), vo(pr).FieldByName("Val").Field(1), reflect.TypeFor[Pair[Color, List]]())
	if p, ok := reflect.TypeAssert[Point](vo(pr).Field(1)); ok {
		fmt.Println(p.Y)
	}
	_, ok = reflect.TypeAssert[Color](vo(pr).Field(1))
	fmt.Println(ok)

	// comparing, equality
	fmt.Println(vo(Point{1, 2}).Equal(vo(Point{1, 2})), vo(Point{1, 2}).Comparable(), vo(List{}).Comparable(), vo(Color(1)).Equal(vo(1)), vo(any(nil)).IsValid(), reflect.TypeOf(nil) == nil)
	fmt.Println(vo(Point{1, 2}).Interface() == vo(Point{1, 2}).Interface(), vo(1).Kind() == reflect.Int)
	anon := struct {
		A int `k:"v"`
		b string
	}{1, "x"}
	fmt.Println(vo(anon).Type(), vo(anon).Field(0), vo(anon).Field(1), vo(anon).Type().Name() == "", vo(anon).Type().Field(0).Tag.Get("k"), vo(anon).Type().Field(1).PkgPath != "")
	fmt.Printf("%v %+v %d %T %s %q\n", vo(Point{1, 2}), vo(Point{1, 2}), vo(Color(3)), vo(Color(3)), vo(Color(3)), vo("q"))
	fmt.Println([]reflect.Value{vo(1), vo(Point{}), vo("s")}, vo(nil), struct{ V reflect.Value }{vo(Color(2))})
	fmt.Println(vo(Color(3)).String(), vo(Str("s")).String(), vo(vo(1)).Type().String() != "")
	var e1 reflect.Value
	fmt.Println(e1.IsValid(), e1 == reflect.Value{}, e1.String(), e1.Kind())
}
