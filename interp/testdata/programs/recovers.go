// A panic is recovered by what is deferred itself, whatever way the deferred call goes.
package main

import (
	"fmt"
	"io"
	"os"
	"sort"
)

type C struct{ name string }

func (c C) Close() error {
	fmt.Println("Close", c.name, recover())
	return nil
}

type P struct{ C }
type Q struct{ *C }

type closer interface{ Close() error }

func direct()   { fmt.Println("direct", recover()) }
func indirect() { direct() }

func arg(int) { fmt.Println("arg", recover()) }

func nested() {
	defer func() { fmt.Println("nested", recover()) }()
}

func try(name string, f func()) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println(name, "left", r)
		}
	}()
	f()
}

type G[T any] struct{ v T }

func (g G[T]) Do(x float64) { fmt.Println("G", g.v, x, recover()) }

func gen[T any](x T) { fmt.Println("gen", x, recover()) }

type fnt func()

func (f fnt) call() { f() }

func pass(f func(func())) {
	f(func() { fmt.Println("in pass", recover()) })
}

func main() {
	try("direct", func() { defer direct(); panic(1) })
	try("indirect", func() { defer indirect(); panic(2) })
	try("value", func() { f := direct; defer f(); panic(3) })
	try("method", func() { c := C{"m"}; defer c.Close(); panic(4) })
	try("promoted", func() { c := P{C{"p"}}; defer c.Close(); panic(5) })
	try("promoted ptr", func() { c := Q{&C{"q"}}; defer c.Close(); panic(6) })
	try("iface", func() { var c closer = C{"i"}; defer c.Close(); panic(7) })
	try("iface2", func() { var c closer = &P{C{"ip"}}; defer c.Close(); panic(8) })
	try("io", func() { var c io.Closer = C{"io"}; defer c.Close(); panic(9) })
	try("io2", func() { var c io.Closer = &Q{&C{"ioq"}}; defer c.Close(); panic(10) })
	try("mval", func() { f := C{"mv"}.Close; defer f(); panic(11) })
	try("mexpr", func() { f := C.Close; defer f(C{"me"}); panic(12) })
	try("pexpr", func() { f := P.Close; defer f(P{C{"pe"}}); panic(13) })
	try("ptrexpr", func() { f := (*P).Close; defer f(&P{C{"ppe"}}); panic(14) })
	try("ioexpr", func() { f := io.Closer.Close; defer f(C{"ie"}); panic(15) })
	try("arg", func() { defer arg(1); panic(16) })
	try("nested", func() { defer nested(); panic(17) })
	try("lit", func() { defer func(s string) { fmt.Println(s, recover()) }("lit"); panic(18) })
	try("lit2", func() { defer func() { func() { fmt.Println("lit2", recover()) }() }(); panic(19) })
	try("sort", func() {
		defer sort.Slice([]int{2, 1}, func(i, j int) bool { fmt.Println("sort", recover()); return i < j })
		panic(20)
	})
	try("sort value", func() {
		f := sort.Slice
		defer f([]int{2, 1}, func(i, j int) bool { fmt.Println("sort", recover()); return i < j })
		panic(21)
	})
	try("recover", func() { defer recover(); panic(22) })
	try("gen", func() { defer gen("x"); panic(23) })
	try("genval", func() { f := gen[float64]; defer f(1); panic(24) })
	try("G", func() { defer G[int]{3}.Do(2); panic(25) })
	try("Gval", func() { f := G[int]{3}.Do; defer f(2); panic(26) })
	try("call", func() { defer fnt(direct).call(); panic(27) })
	try("fnt", func() { defer fnt(direct)(); panic(28) })
	try("pass", func() { defer pass(func(f func()) { f() }); panic(29) })
	try("map", func() { m := map[string]func(){"a": direct}; defer m["a"](); panic(30) })
	try("field", func() { s := struct{ f func() }{direct}; defer s.f(); panic(31) })
	try("returned", func() { defer func() func() { return direct }()(); panic(32) })
	try("loop", func() {
		for i := range 3 {
			defer func() { fmt.Println("loop", i, recover()) }()
		}
		panic(33)
	})
	try("seq", func() {
		defer func() {
			for x := range func(yield func(int) bool) { yield(1) } {
				fmt.Println("seq", x, recover())
			}
		}()
		panic(34)
	})
	try("again", func() {
		defer func() { fmt.Println("second", recover()) }()
		defer func() { fmt.Println("first", recover()); panic("again") }()
		panic(35)
	})
	try("any", func() { var x any = direct; defer x.(func())(); panic(36) })
	try("file", func() { defer (*os.File).Close(nil); panic(37) })
}
