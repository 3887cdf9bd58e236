package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"
)

type Func func(int) int

func (f Func) Twice() Func      { return func(x int) int { return f(f(x)) } }
func (f Func) Then(g Func) Func { return func(x int) int { return g(f(x)) } }
func compose(fs ...Func) Func {
	return func(x int) int {
		for _, f := range fs {
			x = f(x)
		}
		return x
	}
}
func memo(f func(int) int) func(int) int {
	cache := map[int]int{}
	return func(n int) int {
		if v, ok := cache[n]; ok {
			return v
		}
		v := f(n)
		cache[n] = v
		return v
	}
}
func curry(a int) func(int) func(int) int {
	return func(b int) func(int) int { return func(c int) int { return a*100 + b*10 + c } }
}
func counter() (inc func() int, get func() int, reset func()) {
	n := 0
	inc = func() int { n++; return n }
	get = func() int { return n }
	reset = func() { n = 0 }
	return
}

type resource struct {
	name string
	log  *[]string
}

func open(name string, log *[]string) (*resource, error) {
	if strings.HasPrefix(name, "bad") {
		return nil, errors.New("cannot open " + name)
	}
	*log = append(*log, "open "+name)
	return &resource{name, log}, nil
}
func (r *resource) Close() error { *r.log = append(*r.log, "close "+r.name); return nil }

func use(names ...string) (log []string, err error) {
	for _, n := range names {
		r, e := open(n, &log)
		if e != nil {
			return log, fmt.Errorf("use: %w", e)
		}
		defer r.Close()
		defer func() {
			if p := recover(); p != nil {
				err = fmt.Errorf("panic: %v", p)
				log = append(log, "recovered "+r.name)
			}
		}()
		if n == "boom" {
			panic("boom!")
		}
	}
	return
}

func named() (x, y int, s string) {
	defer func() { x *= 2; s += "!" }()
	x, y = 1, 2
	s = "a"
	if x > 0 {
		y := 50
		_ = y
		return x + 10, y, s + "b"
	}
	return
}

func rec() (out string) {
	defer func() { out += fmt.Sprint(recover()) + ";" }()
	defer func() {
		defer func() { out += fmt.Sprint(recover()) + ";" }()
		panic("two")
	}()
	panic("one")
}

func tryAll(fs ...func()) (errs []string) {
	for i, f := range fs {
		func() {
			defer func() {
				switch r := recover().(type) {
				case nil:
					errs = append(errs, fmt.Sprint(i, " ok"))
				case error:
					errs = append(errs, fmt.Sprint(i, " error ", r))
				case fmt.Stringer:
					errs = append(errs, fmt.Sprint(i, " stringer ", r))
				default:
					errs = append(errs, fmt.Sprintf("%d %T %v", i, r, r))
				}
			}()
			f()
		}()
	}
	return
}

type person struct {
	name string
	kids []*person
}

func (p *person) walk(f func(*person, int) bool, depth int) bool {
	if !f(p, depth) {
		return false
	}
	for _, k := range p.kids {
		if !k.walk(f, depth+1) {
			return false
		}
	}
	return true
}

var global = func() string { return "g" + fmt.Sprint(len(os.Args) > 0) }()

type op int

const (
	add op = iota
	sub
	mul
)

var ops = [...]func(a, b int) int{
	add: func(a, b int) int { return a + b },
	sub: func(a, b int) int { return a - b },
	mul: func(a, b int) int { return a * b },
}

func main() {
	inc := Func(func(x int) int { return x + 1 })
	fmt.Println(inc.Twice()(1), inc.Then(func(x int) int { return x * 10 }).Twice()(1), compose(inc, inc.Twice(), nil2)(1))
	var fib func(int) int
	fib = memo(func(n int) int {
		if n < 2 {
			return n
		}
		return fib(n-1) + fib(n-2)
	})
	fmt.Println(fib(60), curry(1)(2)(3))
	i, g, r := counter()
	i()
	i()
	fmt.Print(g(), " ")
	r()
	fmt.Println(g(), i())
	var fs []func() int
	for i := 0; i < 3; i++ {
		j := i * i
		fs = append(fs, func() int { i += 10; j++; return i + j })
	}
	for _, f := range fs {
		fmt.Print(f(), " ", f(), " ")
	}
	fmt.Println()
	x := 1
	f := func() { x++ }
	{
		x := 100
		f()
		x++
		_ = x
	}
	f()
	fmt.Println(x)
	for _, ns := range [][]string{{"a", "b"}, {"a", "bad"}, {"a", "boom", "c"}, nil} {
		log, err := use(ns...)
		fmt.Println(log, err)
	}
	fmt.Println(named())
	fmt.Println(rec())
	var np *person
	var m map[string]int
	var e error
	zero := 0
	for _, s := range tryAll(
		func() {},
		func() { panic(errors.New("e")) },
		func() { panic(time.Second) },
		func() { panic(42) },
		func() { _ = np.name },
		func() { m["x"] = 1 },
		func() { _ = e.Error() },
		func() { _ = 1 / zero },
		func() { var a any = "s"; _ = a.(fmt.Stringer) },
		func() { var a any = 1.5; _ = a.(int) },
		func() { close((chan int)(nil)) },
		func() { c := make(chan int); close(c); close(c) },
		func() { c := make(chan int); close(c); c <- 1 },
		func() { _ = make([]int, zero-1) },
		func() { panic(fmt.Sprintf("%05d", 42)) },
		func() { panic((&person{name: "p"}).name) },
		func() { var f func(); f() },
		func() { panic(nil) },
	) {
		fmt.Println(s)
	}
	tree := &person{"root", []*person{{"a", []*person{{"a1", nil}}}, {"b", nil}}}
	tree.walk(func(p *person, d int) bool {
		fmt.Print(strings.Repeat(" ", d), p.name, ";")
		return p.name != "a1"
	}, 0)
	fmt.Println(global)
	for o, f := range ops {
		fmt.Print(op(o), f(6, 3), " ")
	}
	fmt.Println()
	acc := 0
	apply := func(n int, fn func(int)) {
		for i := range n {
			fn(i)
		}
	}
	apply(4, func(i int) { acc += i })
	func(vals ...int) {
		for _, v := range vals {
			acc += v
		}
	}([]int{10, 20}...)
	fmt.Println(acc)
	y := func(f func(func(int) int) func(int) int) func(int) int {
		var g func(int) int
		g = func(n int) int { return f(g)(n) }
		return g
	}
	fmt.Println(y(func(self func(int) int) func(int) int {
		return func(n int) int {
			if n == 0 {
				return 1
			}
			return n * self(n-1)
		}
	})(10))
	defer fmt.Println("deferred", x)
	x = 999
	for i := range 2 {
		defer func(n int) { fmt.Println("loop", n, i, x) }(i * 10)
	}
	var once bool
	retry := func(n int, f func(int) error) (err error) {
		for i := range n {
			if err = f(i); err == nil {
				return nil
			}
		}
		return fmt.Errorf("after %d: %w", n, err)
	}
	fmt.Println(retry(3, func(i int) error {
		if i == 1 && !once {
			once = true
			return nil
		}
		return fmt.Errorf("try %d", i)
	}), retry(2, func(i int) error { return os.ErrNotExist }))
	type shape interface{ area() float64 }
	fmt.Println(func() (s shape) { return }() == nil)
	a := []int{1, 2, 3}
	idx := 0
	next := func() int { idx++; return idx - 1 }
	a[next()], a[next()] = a[next()]*10, 5
	fmt.Println(a, idx)
	switch v := next(); {
	case v > 100, v == 3:
		fmt.Println("three")
	}
}

func nil2(x int) int { return x }
