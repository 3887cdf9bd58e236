package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

type Node interface{ node() }
type (
	Num struct{ V float64 }
	Bin struct {
		Op   rune
		L, R Node
	}
	Neg   struct{ X Node }
	List  []Node
	Ident string
	Fn    func(...Node) Node
	Obj   map[string]Node
	Null  struct{}
	Ref   struct{ p *Node }
)

func (Num) node()   {}
func (*Bin) node()  {}
func (Neg) node()   {}
func (List) node()  {}
func (Ident) node() {}
func (Fn) node()    {}
func (Obj) node()   {}
func (Null) node()  {}
func (Ref) node()   {}

func str(n Node) string {
	switch n := n.(type) {
	case nil:
		return "<nil>"
	case Num:
		return fmt.Sprint(n.V)
	case *Bin:
		if n == nil {
			return "nilbin"
		}
		return "(" + str(n.L) + string(n.Op) + str(n.R) + ")"
	case Neg:
		return "-" + str(n.X)
	case List:
		var ss []string
		for _, x := range n {
			ss = append(ss, str(x))
		}
		return "[" + strings.Join(ss, " ") + "]"
	case Ident:
		return string(n)
	case Fn:
		return "fn" + str(n(Num{1}, Num{2}))
	case Obj:
		return fmt.Sprintf("{%d}", len(n))
	case Null, Ref:
		return fmt.Sprintf("%T", n)
	default:
		return "?"
	}
}
func simplify(n Node) (out Node) {
	defer func() {
		if b, ok := out.(*Bin); ok {
			if l, ok := b.L.(Num); ok {
				if r, ok := b.R.(Num); ok && b.Op == '+' {
					out = Num{l.V + r.V}
				}
			}
		}
	}()
	switch n := n.(type) {
	case *Bin:
		return &Bin{n.Op, simplify(n.L), simplify(n.R)}
	case Neg:
		switch x := simplify(n.X).(type) {
		case Neg:
			return x.X
		case Num:
			return Num{-x.V}
		default:
			return Neg{x}
		}
	case List:
		l := make(List, len(n))
		for i := range n {
			l[i] = simplify(n[i])
		}
		return l
	case Ref:
		return simplify(*n.p)
	}
	return n
}

type kind int

const (
	kInt kind = iota
	kStr
	kOther
)

func kindOf[T any](v T) kind {
	switch any(v).(type) {
	case int, int8, int16, int32, int64:
		return kInt
	case string, fmt.Stringer:
		return kStr
	}
	return kOther
}
func conv[T any](v any) (T, bool) {
	switch x := v.(type) {
	case T:
		return x, true
	case *T:
		return *x, true
	case func() T:
		return x(), true
	case []T:
		if len(x) > 0 {
			return x[0], true
		}
	case map[string]T:
		return x["k"], true
	case chan T:
		return <-x, true
	}
	var z T
	return z, false
}

type Celsius float64

func (c Celsius) String() string { return fmt.Sprint(float64(c), "C") }

func flow(vs ...any) (s string) {
loop:
	for i, v := range vs {
		switch x := v.(type) {
		case int:
			if x < 0 {
				continue loop
			}
			if x > 100 {
				break
			}
			s += fmt.Sprint("i", x, " ")
		case string:
			if x == "stop" {
				break loop
			}
			s += x + " "
		case error:
			switch {
			case errors.Is(x, io.EOF):
				s += "EOF "
			case os.IsNotExist(x):
				s += "NE "
			default:
				s += "err "
			}
		case []any:
			s += "[" + flow(x...) + "]"
		case func() (int, error):
			n, err := x()
			s += flow(n, err)
		case interface{ Unwrap() []error }:
			s += "multi "
		case nil:
			s += "nil "
		case time.Duration, time.Month:
			s += fmt.Sprintf("%v/%T ", x, x)
		case struct{ A, B int }:
			s += fmt.Sprint(x.A+x.B, " ")
		case *int, **int:
			s += fmt.Sprintf("%T ", x)
		case [2]string:
			x[0] = "changed"
			s += fmt.Sprint(x, vs[i], " ")
		case bool:
			defer func() { s += fmt.Sprint("deferred ", x) }()
		}
	}
	return
}

func main() {
	var b *Bin
	var in Node = Num{7}
	for _, n := range []Node{nil, b, Num{1.5}, &Bin{'+', Num{1}, &Bin{'*', Ident("x"), Neg{Num{2}}}}, List{Num{1}, nil, Ident("y"), List{}}, Fn(func(a ...Node) Node { return List(a) }), Obj{"a": nil}, Null{}, Ref{&in}} {
		fmt.Print(str(n), "; ")
	}
	fmt.Println()
	fmt.Println(str(simplify(&Bin{'+', Neg{Neg{Num{1}}}, Ref{&in}})), str(simplify(Neg{Neg{Ident("z")}})), str(simplify(List{Neg{Num{3}}, &Bin{'+', Num{1}, Num{2}}})))
	fmt.Println(kindOf(1), kindOf("a"), kindOf(Celsius(1)), kindOf(1.5), kindOf(time.Second), kindOf(int8(3)), kindOf[any](5), kindOf[Node](Num{}))
	n := 5
	c := make(chan int, 1)
	c <- 9
	for _, v := range []any{1, &n, func() int { return 3 }, []int{4}, []int{}, map[string]int{"k": 6}, c, "x", nil, Celsius(1)} {
		fmt.Print(conv[int](v))
		fmt.Print(" ")
		fmt.Print(conv[Celsius](v))
		fmt.Print("; ")
	}
	fmt.Println(conv[Node](Node(Num{3})))
	fmt.Println(conv[fmt.Stringer](Celsius(4)))
	fmt.Println(conv[any](nil))
	p := &n
	fmt.Println(flow(1, -1, 200, "a", io.EOF, os.ErrNotExist, errors.New("q"), []any{2, "b", []any{nil}}, func() (int, error) { return 3, io.EOF }, errors.Join(io.EOF), time.Second, time.May, struct{ A, B int }{1, 2}, p, &p, [2]string{"u", "v"}, true, "stop", 5))
	var r io.Reader = strings.NewReader("abc")
	switch r := r.(type) {
	case io.ByteReader:
		b, _ := r.ReadByte()
		fmt.Println(string(b))
	}
	switch x := r.(type) {
	case *strings.Reader, *os.File:
		_, ok := x.(io.Seeker)
		fmt.Println(ok, x == r)
	}
	switch f := any(str).(type) {
	case func(Node) string:
		fmt.Println(f(Num{2}))
	}
	switch _, isNode := any(Num{}).(Node); isNode {
	case true:
		fmt.Println("node")
	}
	if bin, ok := Node(&Bin{Op: '/'}).(*Bin); ok && bin.Op == '/' {
		bin.Op = '%'
		fmt.Println(str(bin))
	}
	if _, ok := in.(interface {
		Node
		Extra()
	}); !ok {
		fmt.Println("no extra")
	}
	m := map[string]any{"a": 1, "b": []string{"x"}}
	if l, ok := m["b"].([]string); ok {
		l[0] = "mut"
	}
	_, ok := m["zz"].(int)
	v, ok2 := m["a"].(int)
	fmt.Println(m["b"], ok, v, ok2)
	var arr [2]any
	arr[0], ok = any("s").(string)
	m["c"], ok2 = arr[0].(string)
	fmt.Println(arr, m["c"], ok, ok2)
}
