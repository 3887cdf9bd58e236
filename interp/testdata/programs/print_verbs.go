package main

import (
	"errors"
	"fmt"
	"time"
)

type Color int

const (
	Red Color = iota
	Green
	Blue
)

func (c Color) String() string { return [...]string{"R", "G", "B"}[c] }

type PS struct{ n int }

func (p *PS) String() string { return fmt.Sprintf("PS(%d)", p.n) }

type GS struct{ a, b int }

func (g GS) GoString() string { return fmt.Sprintf("GS!%d!%d", g.a, g.b) }

type F struct{ v float64 }

func (f F) Format(s fmt.State, verb rune) {
	w, wok := s.Width()
	p, pok := s.Precision()
	fmt.Fprintf(s, "F[%c %d %v %d %v %v%v%v]", verb, w, wok, p, pok, s.Flag('+'), s.Flag('-'), s.Flag('#'))
}

type E struct{ code int }

func (e E) Error() string { return fmt.Sprint("E", e.code) }

type Plain struct {
	A int
	B string
	C *int
	D []byte
	E map[string]Color
	F any
	G error
	H func()
	I chan int
	J [2]bool
	K Color
	L PS
	M *PS
	N GS
}
type Inner struct {
	Plain
	X struct{ Y, Z int }
}
type Named []Color
type MapT map[Color]PS
type Fn func(int) string
type Bytes []byte
type Str string
type Flt float32
type Cplx complex64
type Rn rune
type Bl bool
type Panicky struct{}

func (Panicky) String() string { panic("boo") }

type NilS struct{ x int }

func (n *NilS) String() string { return fmt.Sprint("x=", n.x) }

func main() {
	for _, v := range []any{Red, Blue, &PS{1}, PS{2}, GS{1, 2}, &GS{3, 4}, F{1}, &F{2}, E{3}, &E{4},
		Named{Red, Green}, MapT{Blue: {1}}, Bytes("hi"), Str("s"), Flt(1.5), Cplx(1 + 2i), Rn('x'), Bl(true),
		[]PS{{1}}, []*PS{nil}, [2]Color{1, 2}, map[string]any{"a": Red, "b": E{1}, "c": PS{4}}, struct{ A, B Color }{1, 2}, []any{Red, nil, GS{}, "s"}, []error{E{1}, nil}, [][]Color{{1}, {2, 0}}, (*PS)(nil) == nil,
		Panicky{}, errors.New("plain"), time.Second, []time.Duration{1, 2e9}, []Str{"a", "b"}, []Bytes{Bytes("a")}, map[Str]Bytes{"k": Bytes("v")},
		[3]byte{1, 2, 3}, []F{{1}}, struct{ F F }{F{2}}, map[GS]E{{1, 2}: {3}}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%T", "%d", "%s", "%q", "%x", "%8v", "%-8v|", "%t", "%6.2f"} {
			fmt.Printf(verb+" ; ", v)
		}
		fmt.Println()
	}
	pl := Plain{A: 1, B: "b", D: []byte("d"), E: map[string]Color{"z": Red, "a": Blue}, F: Green, G: E{9}, K: Blue, L: PS{7}, N: GS{1, 1}}
	fmt.Printf("%v\n%+v\n", pl, pl)
	fmt.Printf("%+v\n", Inner{Plain: pl})
	fmt.Printf("%#v\n", pl)
	fmt.Println((*NilS)(nil), []any{(*NilS)(nil)})
	fmt.Printf("%v %d %s\n", (*NilS)(nil), &[]int{1}, &map[string]int{"a": 1})
	fmt.Printf("%v %+v\n", &pl.N, &struct{ A *int }{})
	fmt.Printf("%[2]v %[1]v %v %!|%z %d\n", Red, Blue, Green, 3)
	fmt.Printf("%*d|%-*d|%.*f\n", 5, 42, 5, Color(1), 2, 3.14159)
	fmt.Printf("%08.3f|%+d|%x|%X|%#x|%b|%o|%#o|%O|%c|%U|%#U\n", 3.14159, 5, "hi", []byte("hi"), 255, 5, 8, 8, 8, 'x', 'x', 'ä')
	fmt.Printf("%e|%E|%g|%G|%.3g|%6.1f|%+.2e\n", 12345.678, 0.00012, 1e21, 1e-7, 12345.678, 2.25, 1e100)
	fmt.Printf("%t|%v|%5t|%q|%#q|%+q|%x|% x|%# x\n", true, false, true, "a\"b", "a`b", "ä", "abc", "abc", "abc")
	fmt.Printf("%s|%10s|%-10s|%.2s|%q\n", "abc", "abc", "abc", "abc", 'x')
	fmt.Printf("%s %v %d\n", []string{"a", "b"}, []byte("ab"), []byte("ab"))
	fmt.Printf("%v %s\n", struct{ e error }{E{5}}, struct{ E error }{E{6}})
	fmt.Printf("%d %d\n", 1)
	fmt.Printf("%d\n", 1, 2)
	fmt.Printf("%s %d\n", Red, "x")
	fmt.Println(fmt.Errorf("a %w b %w", E{1}, E{2}), fmt.Sprint(1, 2, "a", 3, "b", "c", Red, Blue))
	fmt.Printf("%v %v\n", Fn(nil) == nil, []Fn{nil})
	fmt.Printf("%T %T %T %T %T %T\n", Fn(nil), Named{}, MapT{}, struct{ X Color }{}, map[Color][]*PS{}, func(Color, ...PS) (E, error) { return E{}, nil })
	fmt.Printf("%T %T %T\n", [3]Named{}, make(chan<- Color), new(Inner))
}
