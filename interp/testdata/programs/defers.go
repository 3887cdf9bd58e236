package main

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
)

var tr []string

func log(a ...any) { tr = append(tr, strings.TrimSpace(fmt.Sprintln(a...))) }
func out(n string) { fmt.Println(n, "->", strings.Join(tr, " | ")); tr = nil }

type R struct{ name string }

func (r R) Close()              { log("close", r.name) }
func (r *R) PClose()            { log("pclose", r.name) }
func (r *R) Rename(s string) *R { r.name = s; return r }

func a() (n int, err error) {
	defer func() {
		if r := recover(); r != nil {
			n, err = n*10, fmt.Errorf("a: %v", r)
		}
	}()
	n = 4
	defer func() { n++ }()
	panic("boom")
}
func b() (s string) {
	defer func() { s += "-d1" }()
	defer func() { s += "-d2" }()
	return "ret" + func() string { s = "lost"; return "!" }()
}
func c() int {
	x := 1
	defer func() { x = 100 }()
	return x
}
func d() (x int) {
	defer func(p *int) { *p *= 2 }(&x)
	x = 5
	return x + 1
}
func e() (err error) {
	defer func() { err = errors.Join(err, errors.New("close failed")) }()
	return errors.New("main")
}
func helper() any { return recover() }
func nested() {
	defer func() {
		log("helper", helper())
		func() { log("inner", recover()) }()
		log("direct", recover())
		log("again", recover())
	}()
	panic("n")
}
func deferLoop() {
	for i := 0; i < 3; i++ {
		defer log("i", i)
		defer func() { log("c", i) }()
	}
	for i, s := range []string{"x", "y"} {
		defer func(j int) { log(i, j, s) }(i * 10)
	}
}
func methodDefers() {
	r := R{"first"}
	defer r.Close()
	defer r.PClose()
	defer (&r).Rename("renamed-late").Close()
	f := r.Close
	defer f()
	defer R.Close(r)
	defer (*R).PClose(&r)
	r.name = "second"
	rs := []R{{"s0"}, {"s1"}}
	for _, x := range rs {
		defer x.Close()
		defer x.PClose()
	}
	m := map[string]func(){"k": r.Close}
	defer m["k"]()
	m["k"] = nil
	var iface interface{ Close() } = r
	defer iface.Close()
	iface = R{"other"}
}
func chain() (s string) {
	defer func() { s = fmt.Sprint("final:", recover()) }()
	defer func() {
		defer func() { log("rec2", recover()); panic("third") }()
		panic("second")
	}()
	panic("first")
}
func replaced() {
	defer func() { log("got", recover()) }()
	defer func() { panic("newer") }()
	panic("older")
}
func recoverThenPanic() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = r.(error)
		}
	}()
	func() {
		defer func() {
			if r := recover(); r != nil {
				panic(fmt.Errorf("wrapped: %v", r))
			}
		}()
		var m map[string][]int
		m["a"] = append(m["a"], 1)
	}()
	return errors.New("unreached")
}
func early(n int) (s string) {
	defer func() { s += "." }()
	if n == 0 {
		return "zero"
	}
	defer func() { s += "+" }()
	for i := range n {
		if i == 2 {
			return fmt.Sprint("loop", i)
		}
		defer func() { s += fmt.Sprint(i) }()
	}
	switch {
	case n == 1:
		return "one"
	}
	return "end"
}
func rec(n int) (r int) {
	defer func() {
		if x := recover(); x != nil {
			if n < 3 {
				panic(fmt.Sprint(x, n))
			}
			log("stopped", x, n)
			r = n
		}
	}()
	if n == 0 {
		panic("p")
	}
	return rec(n-1) * 10
}
func goexit() {
	done := make(chan bool)
	go func() {
		defer close(done)
		defer func() { log("rec in goexit", recover()) }()
		defer log("deferred")
		func() {
			defer log("inner deferred")
			runtime.Goexit()
		}()
		log("not here")
	}()
	<-done
}
func closureResult() (f func() int) {
	x := 0
	defer func() { x += 100 }()
	f = func() int { x++; return x }
	f()
	return f
}
func variadic(pre string, xs ...int) { log(pre, len(xs), xs) }
func argsEval() {
	xs := []int{1, 2}
	defer variadic("spread", xs...)
	defer variadic("copy", append([]int(nil), xs...)...)
	defer variadic("list", xs[0], len(xs))
	defer variadic("none")
	xs[0] = 99
	xs = append(xs, 3)
	defer func(f func(string, ...int), y []int) { f("fn", y...) }(variadic, xs)
	defer copy(xs, []int{7, 8})
	defer delete(map[int]int{1: 1}, 1)
	defer print()
	ch := make(chan int)
	defer close(ch)
}
func panicTypes(v any) (res string) {
	defer func() {
		switch r := recover().(type) {
		case nil:
			res = "nil"
		case runtime.Error:
			res = "runtime " + r.Error()
		case error:
			res = "error " + r.Error()
		case fmt.Stringer:
			res = "stringer " + r.String()
		case string:
			res = "string " + r
		default:
			res = fmt.Sprintf("%T %v", r, r)
		}
	}()
	panic(v)
}

type st struct{ a int }

func (s st) String() string { return fmt.Sprint("st", s.a) }

type code int

func (c code) Error() string { return fmt.Sprint("code", int(c)) }

func condRecover() {
	for i := range 4 {
		func() {
			defer func() {
				if i%2 == 0 {
					log("rec", i, recover())
				}
			}()
			defer func() {
				if i%2 == 1 {
					log("odd", recover())
				}
			}()
			if i < 3 {
				panic(i)
			}
		}()
	}
}
func gotoDefer() (s string) {
	i := 0
again:
	defer func(j int) { s += fmt.Sprint(j) }(i)
	if i++; i < 3 {
		goto again
	}
	return "g"
}

func main() {
	fmt.Println(a())
	fmt.Println(b(), c(), d(), e())
	nested()
	out("nested")
	deferLoop()
	out("deferLoop")
	methodDefers()
	out("methodDefers")
	fmt.Println(chain())
	out("chain")
	replaced()
	out("replaced")
	fmt.Println(recoverThenPanic())
	fmt.Println(early(0), early(1), early(2), early(5))
	fmt.Println(rec(5))
	out("rec")
	goexit()
	out("goexit")
	f := closureResult()
	fmt.Println(f(), f())
	argsEval()
	out("argsEval")
	for _, v := range []any{"s", 5, errors.New("e"), st{1}, &st{2}, code(3), []int{1}, st{}, 1.5, nil, struct{ X int }{4}} {
		fmt.Println(panicTypes(v))
	}
	condRecover()
	out("cond")
	fmt.Println(gotoDefer())
}
